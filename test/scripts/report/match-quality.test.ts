// The estimate of match quality: what it counts, and what would raise it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createFolder } from '../../support/command';
import { SETTINGS, track } from '../../support/world';
import { lines, report, reportAsJson } from './commands';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});

const BY_EMAIL = { email: 'jane@example.com' };
const sent = (properties: object, change: object = {}) => track({ ...change, properties });
/** An event without contact data. */
const refused = (properties: object = {}, change: object = {}) => sent(properties, change);

async function estimate(events: readonly unknown[], settings: object = {}) {
  const { report: got } = await reportAsJson([files.file('events.ndjson', lines(events))], {
    settings: files.file('settings.json', JSON.stringify({ ...SETTINGS, ...settings })),
  });
  return got.matchQuality;
}

/** The advice on a parameter, without the rest. */
const adviceOn = async (parameter: string, events: readonly unknown[], settings: object = {}) =>
  (await estimate(events, settings)).advice
    .filter((one) => one.parameter === parameter)
    .map(({ reason, count, newlySent }) => [reason, count, newlySent]);

describe('for each TikTok event, how many events have each identifier', () => {
  test('that TikTok documents for offline events, valid ones only; events that are refused for want of one count', async () => {
    const { events, conversions } = await estimate([
      sent({ email: 'jane@example.com', phone: '+1 415 555 0100' }),
      sent({ email: 'nobody', phone: '+1 415 555 0100', lead_id: 'lead-1' }),
      refused({ email: 'nobody' }, { userId: 'customer-1' }),
      sent(BY_EMAIL, { event: 'Signed Up' }),
    ]);
    expect(events).toBe(4);
    expect(conversions).toEqual([
      {
        name: 'Purchase',
        count: 3,
        identifiers: [
          { parameter: 'user.email', count: 1 },
          { parameter: 'user.phone', count: 2 },
        ],
        none: 1,
      },
      {
        name: 'CompleteRegistration',
        count: 1,
        identifiers: [
          { parameter: 'user.email', count: 1 },
          { parameter: 'user.phone', count: 0 },
        ],
        none: 0,
      },
    ]);
  });

  test('of a CRM event set, the lead ID and the external ID too', async () => {
    const { conversions } = await estimate(
      [
        sent({ lead_id: 'lead-1' }, { userId: 'customer-1' }),
        refused({ lead_id: 'n/a' }, { userId: 'customer-2' }),
        refused({ lead_id: 'n/a' }, { userId: '0' }),
      ],
      { eventSource: 'crm' },
    );
    expect(conversions).toEqual([
      {
        name: 'Purchase',
        count: 3,
        identifiers: [
          { parameter: 'user.email', count: 0 },
          { parameter: 'user.phone', count: 0 },
          { parameter: 'lead.lead_id', count: 1 },
          { parameter: 'user.external_id', count: 2 },
        ],
        none: 1,
      },
    ]);
  });

  test('but not events that are not for TikTok, or have no time', async () => {
    const { events, conversions, advice } = await estimate([
      track({ event: 'Video Playback Started' }),
      track({ integrations: { All: false } }),
      track({ timestamp: 'yesterday' }),
    ]);
    expect({ events, conversions, advice }).toEqual({ events: 0, conversions: [], advice: [] });
  });

  test('of an event that is sent in part, what is refused has none', async () => {
    const { events, conversions } = await estimate([sent({ ...BY_EMAIL, phone: 'none' })], {
      eventMappings: { 'Order Completed': 'Purchase', 'By phone': 'Contact if event = "Order Completed"' },
      parameterMappings: { 'By phone: user.email': '' },
    });
    expect(events).toBe(1);
    expect(conversions.map(({ name, none }) => [name, none])).toEqual([
      ['Contact', 1],
      ['Purchase', 0],
    ]);
  });
});

describe('what would raise it', () => {
  const NATIONAL = { phone: '(415) 555-0100' };

  test.each<[what: string, parameter: string, events: readonly unknown[], settings: object, advice: unknown]>(
    [
      ['nothing, if every event has everything', 'user.phone', [sent({ phone: '+1 415 555 0100' })], {}, []],
      [
        'nothing, if another source gives it',
        'user.email',
        [sent({ email: 'nobody' }, { context: { traits: BY_EMAIL } })],
        {},
        [],
      ],
      [
        'Default Country for national numbers',
        'user.phone',
        [sent(NATIONAL), sent({ ...NATIONAL, ...BY_EMAIL })],
        {},
        [['national', 2, 1]],
      ],
      [
        'the country of the event, for national numbers of another country than the default',
        'user.phone',
        [sent({ ...BY_EMAIL, phone: '020 7946 0958' })],
        { defaultCountry: 'US' },
        [['foreign', 1, 0]],
      ],
      [
        'the same if a mapping says the country',
        'user.phone',
        [sent({ ...BY_EMAIL, phone: '020 7946 0958', country: 'us' })],
        { parameterMappings: { 'user.phone.country': 'properties.country' } },
        [['foreign', 1, 0]],
      ],
      [
        'a country that can be read, for national numbers beside one that cannot, whatever the default',
        'user.phone',
        [refused({ ...NATIONAL, country: 'USofA' }), refused({ phone: 'call me', country: 'USofA' })],
        { defaultCountry: 'US', parameterMappings: { 'user.phone.country': 'properties.country' } },
        [
          ['unreadable_country', 1, 1],
          ['invalid', 1, 1],
        ],
      ],
      [
        'a number, for what is none',
        'user.phone',
        [sent({ ...BY_EMAIL, phone: 'call me' }), sent({ ...BY_EMAIL, phone: '+1 415' })],
        {},
        [['invalid', 2, 0]],
      ],
      [
        'an address, for what is none',
        'user.email',
        [refused({ email: 'jane at example.com' })],
        {},
        [['invalid', 1, 1]],
      ],
      [
        'what a placeholder stands for',
        'user.email',
        [refused({ email: 'n/a' })],
        {},
        [['placeholder', 1, 1]],
      ],
      [
        'a source, for what is absent at all of them',
        'user.phone',
        [sent(BY_EMAIL), refused()],
        {},
        [['absent', 2, 1]],
      ],
      [
        'nothing, for a parameter that is mapped to nothing',
        'user.phone',
        [sent(BY_EMAIL)],
        { parameterMappings: { 'user.phone': '' } },
        [],
      ],
      [
        'each of two flaws, for an event that has both',
        'user.email',
        [refused({ email: 'nobody' }, { context: { traits: { email: 'unknown' } } })],
        {},
        [
          ['invalid', 1, 1],
          ['placeholder', 1, 1],
        ],
      ],
      [
        'a lead ID for a CRM event set; an external ID alone does not send an event',
        'user.external_id',
        [refused({}, { userId: '0' })],
        { eventSource: 'crm' },
        [['placeholder', 1, 0]],
      ],
      [
        'but an event without a readable time is not sent all the same',
        'user.email',
        [refused({ email: 'nobody' }, { timestamp: 'yesterday' }), refused({ email: 'nobody' })],
        {},
        [['invalid', 2, 1]],
      ],
      [
        'one of a list',
        'user.phone',
        [sent({ ...BY_EMAIL, phone: ['call me', '0151 23456789'] })],
        {},
        [['national', 1, 0]],
      ],
    ],
  )('%s', async (_, parameter, events, settings, advice) => {
    expect(await adviceOn(parameter, events, settings)).toEqual(advice);
  });

  test('what it says comes true: with Default Country, as many events more have a phone number', async () => {
    const events = Array.from({ length: 9 }, (_, index) =>
      sent({ phone: index % 3 === 0 ? 'call me' : `(415) 555-010${index}` }),
    );
    expect(await adviceOn('user.phone', events)).toEqual([
      ['national', 6, 6],
      ['invalid', 3, 3],
    ]);
    expect((await estimate(events)).conversions[0]?.none).toBe(9);
    expect((await estimate(events, { defaultCountry: 'US' })).conversions[0]?.none).toBe(3);
  });

  test('an event that becomes two conversions counts once for each advice', async () => {
    expect(
      await adviceOn('user.phone', [sent(BY_EMAIL)], {
        eventMappings: { 'Order Completed': 'Purchase, store_purchase' },
      }),
    ).toEqual([['absent', 1, 0]]);
  });

  test('comes in words, most gain first, with an example', async () => {
    const { advice } = await estimate([
      sent(NATIONAL, { messageId: 'first' }),
      sent({ ...NATIONAL, email: 'nobody' }, { messageId: 'second' }),
      sent({ ...NATIONAL, email: 'nobody' }),
      sent({ ...NATIONAL, email: 'jane@example.com' }),
    ]);
    expect(advice).toEqual([
      {
        parameter: 'user.phone',
        reason: 'national',
        finding: 'a national phone number',
        advice: 'set Default Country',
        count: 4,
        newlySent: 3,
        example: { at: expect.stringContaining('events.ndjson:1'), messageId: 'first' },
      },
      {
        parameter: 'user.email',
        reason: 'invalid',
        finding: 'something other than an email address',
        advice: 'check it where it is entered',
        count: 2,
        newlySent: 2,
        example: { at: expect.stringContaining('events.ndjson:2'), messageId: 'second' },
      },
      expect.objectContaining({ parameter: 'user.email', reason: 'absent', count: 1, newlySent: 1 }),
    ]);
  });

  test('says so to a person: shares, and what to do', async () => {
    const name = files.file(
      'person.ndjson',
      lines([sent(NATIONAL), sent({ ...NATIONAL, ...BY_EMAIL }), sent(BY_EMAIL), sent(BY_EMAIL)]),
    );
    const settings = files.file('person.json', JSON.stringify(SETTINGS));
    const { stdout } = await report([name], { settings });
    expect(stdout).toMatch(/\| Estimated match quality \| Events \| +email \| phone \| +none \|/);
    expect(stdout).toMatch(/\| Purchase +\| +4 \| 75\.0 % \| 0\.0 % \| 25\.0 % \|/);
    expect(stdout).toContain("An estimate, not a score of TikTok's: ");
    expect(stdout).toContain(
      '     50.0 %  have a national phone number: set Default Country. 1 event would newly be sent.\n' +
        '             For example ',
    );
    expect(stdout).not.toMatch(/jane|555/);
  });

  test('nothing is said of it if no event is for TikTok', async () => {
    const { stdout } = await report([files.file('none.ndjson', lines([track({ event: 'Nothing' })]))]);
    expect(stdout).not.toContain('match quality');
  });
});

type Event = Readonly<Record<string, unknown>>;

describe('what stands at another path', () => {
  const people = (make: (person: string, number: number) => unknown) =>
    Array.from({ length: 20 }, (_, index) => make(`customer-${index}@example.com`, index));
  const places = async (events: readonly unknown[], settings: object = {}) =>
    (await estimate(events, settings)).advice
      .filter(({ reason }) => reason === 'elsewhere')
      .map(({ finding, advice, count, newlySent }) => [finding, advice, count, newlySent]);

  test.each<[what: string, event: (email: string, number: number) => Event, finding: string, advice: string]>(
    [
      [
        'an address in a property',
        (email) => ({ properties: { customer: { mail: email } } }),
        'an email address at properties.customer.mail',
        "if it is the customer's, add this source to user.email",
      ],
      [
        'an address as the user ID',
        (email) => ({ userId: email, properties: {} }),
        'an email address at userId',
        "if it is the customer's, add this source to user.email",
      ],
      [
        'a path that needs quotes',
        (email) => ({ properties: { 'E-Mail (privat)': email } }),
        'an email address at properties["E-Mail (privat)"]',
        "if it is the customer's, add this source to user.email",
      ],
      [
        'a number with its country code',
        (_, number) => ({ properties: { contact: `+1 415 555 01${String(number).padStart(2, '0')}` } }),
        'a phone number at properties.contact',
        "if it is the customer's, add this source to user.phone",
      ],
      [
        'a national number whose key says what it is',
        (_, number) => ({
          traits: { mobile: `415 555 01${String(number).padStart(2, '0')}` },
          properties: {},
        }),
        'a phone number at traits.mobile',
        "if it is the customer's, add this source to user.phone",
      ],
    ],
  )('is said: %s', async (_, make, finding, advice) => {
    const events = people((email, number) => track(make(email, number)));
    expect(await places(events, { defaultCountry: 'US' })).toEqual([[finding, advice, 20, 20]]);
  });

  test.each<[what: string, event: (email: string, number: number) => Event]>([
    [
      "the shop's own address, which is always the same",
      () => ({ properties: { shop: 'shop@example.com' } }),
    ],
    ['a text with an address in it', (email) => ({ properties: { note: `write to ${email}` } })],
    [
      'digits without a key that says what they are',
      (_, number) => ({ properties: { basket: `41555501${number + 10}` } }),
    ],
    ['a list, whose items may be anybody', (email) => ({ properties: { guests: [email] } })],
    ['a key that is personal itself', (email) => ({ properties: { [email]: email } })],
    [
      'a key that is another one in each event, such as a name',
      (email, number) => ({ properties: { [`Jane ${number}`]: email } }),
    ],
    [
      'what is a source already',
      (email, number) => ({ properties: { lead_id: `${email} ${number}` }, userId: 'customer' }),
    ],
    ['what no mapping can read', (email) => ({ anything: email, properties: {} })],
  ])('is not: %s', async (_, make) => {
    const events = people((email, number) => track(make(email, number)));
    expect(await places(events, { defaultCountry: 'US', eventSource: 'crm' })).toEqual([]);
  });

  test('a national number is not beside a country that cannot be read', async () => {
    const placesIn = (country: string) =>
      places(
        people((_, number) => track({ properties: { mobile: `415 555 01${number + 10}`, country } })),
        { defaultCountry: 'US', parameterMappings: { 'user.phone.country': 'properties.country' } },
      );
    expect(await placesIn('USA')).toHaveLength(1);
    expect(await placesIn('USofA')).toEqual([]);
  });

  test('for a CRM event set, also a lead ID and an external ID', async () => {
    const events = people((_, number) =>
      track({
        anonymousId: undefined,
        properties: { lead: { leadId: `lead-${number}` }, customer_id: `c-${number}` },
      }),
    );
    expect(
      (await places(events, { eventSource: 'crm' })).map(([finding, , , newly]) => [finding, newly]),
    ).toEqual([
      ['a lead ID at properties.lead.leadId', 20],
      ['an external ID at properties.customer_id', 0],
    ]);
  });

  test('adding that source gives every event what was promised', async () => {
    const events = people((email) => track({ properties: { mail: email } }));
    const mapped = {
      parameterMappings: { 'user.email': 'properties.email ?? context.traits.email ?? properties.mail' },
    };
    expect((await estimate(events)).conversions[0]?.none).toBe(20);
    expect((await estimate(events, mapped)).conversions[0]?.none).toBe(0);
  });
});

test('whatever the events are: shares add up, gains are not larger than what is missing, nothing personal is said', async () => {
  const contact = fc.oneof(
    fc.constantFrom('jane@example.com', '+1 415 555 0100', '(415) 555-0100', 'n/a', 'nobody', ''),
    fc.jsonValue(),
  );
  const key = fc.constantFrom(
    'email',
    'phone',
    'mail',
    'mobile',
    'lead_id',
    'customer_id',
    'jane@example.com',
  );
  const event = fc.record({
    event: fc.constantFrom('Order Completed', 'Signed Up', 'Nothing'),
    userId: contact,
    properties: fc.dictionary(key, contact),
    traits: fc.dictionary(key, contact),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('offline', 'crm'),
      async (changes, eventSource) => {
        const events = changes.map((change) => track(change));
        const { report: got } = await reportAsJson([files.file('any.ndjson', lines(events))], {
          settings: files.file('any.json', JSON.stringify({ ...SETTINGS, eventSource })),
        });
        const { conversions, advice, events: all } = got.matchQuality;
        for (const { count, identifiers, none } of conversions) {
          expect(Math.max(...identifiers.map((one) => one.count)) + none).toBeLessThanOrEqual(count);
          expect(identifiers.reduce((sum, one) => sum + one.count, none)).toBeGreaterThanOrEqual(count);
        }
        for (const { parameter, count, newlySent } of advice) {
          const having = conversions.flatMap(({ identifiers }) =>
            identifiers.filter((one) => one.parameter === parameter),
          );
          expect(count).toBeGreaterThan(0);
          expect(count + having.reduce((sum, one) => sum + one.count, 0)).toBeLessThanOrEqual(all);
          expect(newlySent).toBeLessThanOrEqual(Math.min(count, got.discarded));
        }
        expect(JSON.stringify(got.matchQuality)).not.toMatch(/jane@|555/);
      },
    ),
    { numRuns: 25 },
  );
});

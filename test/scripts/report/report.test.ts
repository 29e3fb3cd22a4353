// What npm run report says about events.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PRESETS_OFF_BY_DEFAULT } from '../../../lib/configuration/event-mappings';
import { createFolder } from '../../support/command';
import { SETTINGS, track } from '../../support/world';
import { lines, report, reportAsJson, show } from './commands';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});

const reportAsText = (names: readonly string[], options: { readonly settings: string }) =>
  report(names, { ...options, json: true });

describe('npm run report reports', () => {
  const old = new Date(Date.now() - 29 * 86_400_000).toISOString();
  const young = new Date(Date.now() - 27 * 86_400_000).toISOString();
  const EVENTS = [
    track({
      timestamp: young,
      userId: 'customer-1',
      properties: { email: 'jane@example.com', phone: '+1 415 555 0100', ttclid: 'E.C.P.x' },
    }),
    track({ timestamp: young, event: ' order completed ', properties: { phone: '+1 415 555 0101' } }),
    track({ timestamp: old, event: 'Product Clicked' }),
    track({ timestamp: young, event: 'Order Placed', anonymousId: 'visitor-1' }),
    {
      type: 'page',
      name: 'Home',
      timestamp: young,
      messageId: 'page-1',
      properties: { email: 'jane@example.com' },
    },
    track({ messageId: 'no-identity', properties: {} }),
    track({ messageId: 'no-identity-2', properties: {} }),
    track({ event: 'Call from jane@example.com, +1 415 555 0102', messageId: 'jane@example.com' }),
    track({
      event: 'Coupon Applied',
      messageId: 'ajs-next-1795169700123-0f0e0d0c-0b0a-4908-8706-000000000001',
    }),
    track({ event: 'Coupon Applied' }),
    { type: 'identify', userId: 'customer-1' },
    track({ integrations: { All: false } }),
  ];

  /** Settings with the presets that are off by default. */
  const withPresets = () =>
    files.file('presets.json', JSON.stringify({ ...SETTINGS, eventMappings: PRESETS_OFF_BY_DEFAULT }));

  test.each([20, 3, 1])(
    'in batches of %i: outcomes, reasons with an example, names, identifiers, age, names that end',
    async (batch) => {
      const name = files.file(`report-${batch}.ndjson`, lines(EVENTS));
      const { report: got } = await reportAsJson([name], { batch, settings: withPresets() });
      const at = (line: number) => `${name}:${line}`;
      expect(got).toMatchObject({
        events: 12,
        delivered: 5,
        discarded: 2,
        unsupported: 4,
        retried: 0,
        notHandedOver: 1,
        interrupted: false,
      });
      expect(got.reasons).toEqual(
        expect.arrayContaining([
          {
            outcome: 'discarded',
            reason: 'no_contact',
            problem: 'TikTok needs a valid email address or phone number.',
            advice: [{ text: 'Send a valid value, or map another source in Parameter Mappings.', count: 2 }],
            count: 2,
            flaws: expect.arrayContaining([
              { parameter: 'user.email', source: 'properties.email', flaw: 'absent', count: 2 },
              { parameter: 'user.phone', source: 'context.traits.phone', flaw: 'absent', count: 2 },
            ]),
            example: { at: at(6), messageId: 'no-identity' },
          },
          {
            outcome: 'unsupported',
            problem: 'No TikTok event is mapped to its name. Event Mappings can add one.',
            advice: [],
            count: 3,
            flaws: [],
            example: { at: at(8), messageId: '[email]' },
          },
        ]),
      );
      expect(got.names).toEqual(
        expect.arrayContaining([
          { name: 'Order Completed', count: 5, becomes: ['Purchase'], isUnmet: false },
          { name: 'Coupon Applied', count: 2, becomes: [], isUnmet: false },
          { name: 'Product Clicked', count: 1, becomes: ['ClickButton'], isUnmet: false },
          { name: 'Order Placed', count: 1, becomes: ['PlaceAnOrder'], isUnmet: false },
          { name: 'Page Viewed', count: 1, becomes: ['PageView'], isUnmet: false },
          { name: 'Call from [email], +[number]', count: 1, becomes: [], isUnmet: false },
          { name: '(identify call)', count: 1, becomes: [], isUnmet: false },
        ]),
      );
      expect(got.names).toHaveLength(7);
      expect(got.identifiers).toEqual({ events: 5, email: 4, phone: 2, both: 1, externalId: 2, ttclid: 1 });
      expect(got.warnings.map(({ kind, message }) => [kind, message])).toEqual(
        expect.arrayContaining([
          ['old', '1 event older than 28 days: too old for TikTok to attribute to an ad.'],
          ['name', expect.stringMatching(/^ClickButton was sent 1 time\. TikTok retires it in 2027/)],
          ['name', expect.stringMatching(/^PlaceAnOrder was sent 1 time\. TikTok retires it in 2027/)],
        ]),
      );
      expect(got.timeline).toHaveLength(12);
      expect(got.timeline[5]).toEqual({
        events: 1,
        delivered: 0,
        discarded: 1,
        unsupported: 0,
        retried: 0,
        notHandedOver: 0,
      });
      expect(JSON.stringify(got)).not.toMatch(/jane|555/);
    },
  );

  test('to a person: tables, reasons and a last line, and nothing personal', async () => {
    const name = files.file('person.ndjson', lines(EVENTS));
    const { stdout, stderr } = await report([name], { settings: withPresets() });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/\| discarded +\| +2 \| 16\.7 % \|/);
    expect(stdout).toMatch(/\| not handed over +\| +1 \| +8\.3 % \|/);
    expect(stdout).toMatch(
      /\n2 discarded\n {4}TikTok needs a valid email address or phone number\.\n {4}2 {2}user\.email: "properties\.email" is absent\n[^]+? {4}for example \S+person\.ndjson:6, message no-identity\n/,
    );
    expect(stdout).toMatch(/\| Coupon Applied +\| +2 \| not mapped +\|/);
    expect(stdout).toMatch(/\| email and phone +\| +1 \| 20\.0 % \|/);
    expect(stdout).toContain('1 event older than 28 days');
    expect(stdout).toMatch(/ClickButton was sent 1 time\. TikTok retires it in 2027/);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^12 events: 5 delivered, 2 discarded, 4 unsupported, 0 retried, 1 not handed over\. TikTok counted 5 conversions in 1 request, [\d.]+ KB\.$/,
    );
    expect(stdout).not.toMatch(/jane|555/);
  });

  test('reasons by what to do, with what is wrong with each source counted below', async () => {
    const contact = (properties: object) => track({ properties });
    const name = files.file(
      'reasons.ndjson',
      lines([
        contact({}),
        contact({ email: 'nobody' }),
        contact({ email: 'nobody', phone: 'call me' }),
        contact({ email: 'n/a' }),
      ]),
    );
    const { report: got } = await reportAsJson([name]);
    expect(got.reasons).toHaveLength(1);
    const emails = got.reasons[0]?.flaws.filter(({ source }) => source === 'properties.email');
    expect(emails?.map(({ flaw, count }) => [flaw, count])).toEqual([
      ['not an email address', 2],
      ['absent', 1],
      ['only a placeholder', 1],
    ]);
  });

  test('a text of a mapping in quotes of its own', async () => {
    const settings = files.file(
      'quoted.json',
      JSON.stringify({ ...SETTINGS, parameterMappings: { 'user.email': '"nobody"' } }),
    );
    const name = files.file('quoted.ndjson', lines([track({ properties: {} })]));
    const { stdout } = await report([name], { settings });
    expect(stdout).toContain('    1  user.email: "nobody" is not an email address\n');
  });

  test('what was there and was not sent: parameter, source, reason, events, an example', async () => {
    const name = files.file(
      'left-out.ndjson',
      lines([
        track({ properties: { email: 'jane@example.com', value: '1,250', total: 7 } }),
        track({ messageId: 'two', properties: { email: ['jane@example.com', 'x'], value: '2,250' } }),
        track({
          properties: {
            email: 'jane@example.com',
            products: [
              { sku: 'a', price: 'n/a' },
              { sku: 'b', price: '-' },
            ],
          },
        }),
        // Nothing of these is sent, so nothing of them is left out.
        track({ properties: { value: '3,250' } }),
        track({ properties: { email: 'jane@example.com', value: '3,250' }, integrations: { All: false } }),
      ]),
    );
    const at = (line: number) => `${name}:${line}`;
    for (const batch of [1, 20]) {
      const { report: got } = await reportAsJson([name], { batch });
      expect(
        got.leftOut.map(({ parameter, source, reason, count, isPart, replacedBy, example }) => [
          parameter,
          source,
          reason,
          count,
          isPart,
          replacedBy,
          example.at,
        ]),
      ).toEqual([
        ['properties.value', 'properties.value', 'doubtful', 1, false, 'properties.total', at(1)],
        ['user.email', 'properties.email', 'invalid', 1, true, undefined, at(2)],
        ['properties.value', 'properties.value', 'doubtful', 1, false, undefined, at(2)],
        ['properties.contents.price', 'price', 'placeholder', 1, false, undefined, at(3)],
      ]);
    }
    const { stdout } = await report([name]);
    expect(stdout).toMatch(/\| There, but not sent +\| Reason +\| Events \| For example +\|/);
    expect(stdout).toMatch(
      /\| user\.email +\| a part of "properties\.email" is not an email address +\| +1 \| \S+:2 \|/,
    );
  });

  test('the events whose presets are off by default, with the entry that brings each back', async () => {
    const { report: got } = await reportAsJson([files.file('presets.ndjson', lines(EVENTS))]);
    expect(got.reasons.filter(({ problem }) => problem.includes('has the entry'))).toMatchObject([
      { outcome: 'unsupported', count: 1, problem: expect.stringContaining('Product Clicked → ClickButton') },
      { outcome: 'unsupported', count: 1, problem: expect.stringContaining('Order Placed → PlaceAnOrder') },
      { outcome: 'unsupported', count: 1, problem: expect.stringContaining('Page Viewed → PageView') },
    ]);
    expect(got.warnings.filter(({ kind }) => kind === 'name')).toEqual([]);
  });

  test('what marketers ask first: purchases with value and currency, products with an ID', async () => {
    const sent = (properties: object, event = 'Order Completed') =>
      track({ event, properties: { email: 'jane@example.com', ...properties } });
    const name = files.file(
      'essentials.ndjson',
      lines([
        sent({ value: 0, currency: 'EUR', products: [{ sku: 'a' }, { name: 'b' }] }),
        sent({ value: 5 }),
        sent({ currency: 'EUR' }),
        sent({ value: 5, currency: 'EUR', product_id: 'c' }, 'Product Viewed'),
      ]),
    );
    const { stdout } = await report([name]);
    expect(stdout).toMatch(/\| purchases with value and currency +\| +1 \| +3 \| 33\.3 % \|/);
    expect(stdout).toMatch(/\| products with an ID +\| +2 \| +3 \| 66\.7 % \|/);
  });

  test('what is sent and should be looked at, with an example', async () => {
    const in3days = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const sent = (change: object) => track({ timestamp: young, ...change });
    const name = files.file(
      'warnings.ndjson',
      lines([
        sent({ timestamp: in3days }),
        sent({ timestamp: young.replace('Z', '') }),
        sent({ timestamp: young.slice(0, 10) }),
        sent({ timestamp: young.replace('Z', '+02:00') }),
        sent({ properties: { email: 'jane@example.com', value: -5, currency: 'EUR' } }),
        sent({
          properties: { email: 'jane@example.com', currency: 'EUR', products: [{ sku: 'a', price: -1 }] },
        }),
        sent({ properties: { email: 'jane@example.com', value: 5 } }),
        sent({ event: 'Quote Sent' }),
        sent({ event: 'Store Visited' }),
      ]),
    );
    const settings = files.file(
      'test-code.json',
      JSON.stringify({
        ...SETTINGS,
        testEventCode: 'TEST1',
        eventMappings: { 'Quote Sent': 'purchase', 'Store Visited': 'walk-in' },
      }),
    );
    const at = (line: number) => `${name}:${line}`;
    const { report: got } = await reportAsJson([name], { settings });
    expect(got.delivered).toBe(9);
    expect(got.warnings.map(({ kind, count, example }) => [kind, count, example?.at])).toEqual([
      ['test_event_code', undefined, undefined],
      ['future', 1, at(1)],
      ['no_zone', 2, at(2)],
      ['negative', 2, at(5)],
      ['no_currency', 1, at(7)],
      ['name', 1, at(8)],
      ['name', 1, at(9)],
    ]);
    expect(got.warnings.slice(-2).map(({ message }) => message)).toEqual([
      "purchase was sent 1 time. It is not one of TikTok's standard events, and ads cannot be optimised for it. Did you mean Purchase?",
      "walk-in was sent 1 time. It is not one of TikTok's standard events, and ads cannot be optimised for it.",
    ]);
  });

  test('entries of Event Mappings that no event used, and the event that was probably meant', async () => {
    const eventMappings = {
      'Store Visited': 'FindLocation',
      'In-Store Purchase': 'Purchase',
      'Won deals': 'Lead if type = "identify" and traits.status = "won"',
      'Order Completed': 'Purchase if properties.channel = "store"',
      'Call from jane@example.com': 'Contact',
      'Signed Up': '',
    };
    const settings = files.file('unused.json', JSON.stringify({ ...SETTINGS, eventMappings }));
    const events = [
      track({ event: 'Store Visited' }),
      track({ event: 'In-Store Purchased' }),
      track({ event: 'Won Deal' }),
      track(),
    ];
    const { report: got } = await reportAsJson([files.file('unused.ndjson', lines(events))], { settings });
    expect(new Set(got.warnings.map(({ kind }) => kind))).toEqual(new Set(['unused_entry']));
    expect(got.warnings.map(({ message }) => message)).toEqual([
      'No event used the entry Order Completed of Event Mappings.',
      'No event used the entry In-Store Purchase of Event Mappings. Did you mean In-Store Purchased?',
      'No event used the entry Call from [email] of Event Mappings.',
      'No event used the entry Won deals of Event Mappings.',
    ]);
  });

  test('names in settings and integrations as safely as those of events', async () => {
    const contact = 'jane@example.com +1 415 555 0102';
    const given = {
      ...SETTINGS,
      [contact]: 1,
      eventMappings: { [`${contact} \u001b[31mred`]: 'Purchase' },
    };
    const name = files.file(
      'names-of-settings.ndjson',
      lines([
        track({ event: `${contact} \u001b[31mred` }),
        track({ integrations: { [`TikTok Offline Conversions (${contact})`]: false } }),
      ]),
    );
    const settings = files.file('names.json', JSON.stringify(given));
    for (const command of [show, report, reportAsText]) {
      const { status, stdout, stderr } = await command([name], { settings });
      expect(status).toBe(0);
      expect(stdout).toContain('[email] +[number]');
      expect(stderr).toContain('"[email] +[number]" is not a setting');
      expect(stdout + stderr).not.toMatch(/jane|555/);
      expect(stdout).not.toContain('\u001b');
    }
  });

  test('a thousand different names are told apart, more are counted together, and the file is shown in 50 parts at most', async () => {
    const names = Array.from({ length: 1500 }, (_, index) =>
      track({ event: `Event ${index}`, messageId: undefined }),
    );
    // What is mapped is told apart also if it comes last.
    const all = [...names, track()];
    const { report: got } = await reportAsJson([files.file('names.ndjson', lines(all))]);
    expect(got.names).toContainEqual({
      name: 'Order Completed',
      count: 1,
      becomes: ['Purchase'],
      isUnmet: false,
    });
    expect(got.names).toHaveLength(1002);
    expect(got.names[0]).toEqual({
      name: expect.stringContaining('more than 1000'),
      count: 500,
      becomes: [],
      isUnmet: false,
    });
    expect(got.reasons).toHaveLength(1);
    expect(got.reasons[0]?.example).not.toHaveProperty('messageId');
    expect(got.timeline.length).toBeGreaterThan(25);
    expect(got.timeline.length).toBeLessThanOrEqual(50);
    expect(got.timeline.reduce((sum, { unsupported }) => sum + unsupported, 0)).toBe(1500);
    expect(new Set(got.timeline.slice(0, -1).map(({ events }) => events)).size).toBe(1);
  });
});

// What npm run report says TikTok gets, and what may be wrong with it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSent } from '../../../scripts/report/sent';
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

const settings = (values: object) => files.file('settings.json', JSON.stringify({ ...SETTINGS, ...values }));
const order = (properties: object, others: object = {}) =>
  track({ properties: { email: 'jane@example.com', ...properties }, ...others });

describe('what TikTok gets', () => {
  test('by name and currency: how many, the sum of their values, and how many without an event_id', async () => {
    const name = files.file(
      'sent.ndjson',
      lines([
        order({ value: 0.1, currency: 'EUR' }),
        order({ value: 0.2, currency: 'EUR' }),
        order({ value: 1234.5, currency: 'USD' }, { messageId: undefined }),
        order({ currency: 'EUR' }),
        order({ value: 5 }),
        order({ value: 7, currency: 'EUR' }, { event: 'Product Viewed' }),
        // Not sent.
        track({ properties: { value: 9, currency: 'EUR' } }),
      ]),
    );
    const { report: got } = await reportAsJson([name]);
    expect(got.sent).toEqual([
      {
        name: 'Purchase',
        count: 5,
        withoutId: 1,
        currencies: [
          { currency: 'EUR', count: 3, values: 2, sum: 0.3 },
          { currency: 'USD', count: 1, values: 1, sum: 1234.5 },
          { count: 1, values: 1, sum: 5 },
        ],
      },
      {
        name: 'ViewContent',
        count: 1,
        withoutId: 0,
        currencies: [{ currency: 'EUR', count: 1, values: 1, sum: 7 }],
      },
    ]);
    expect(got.repeats).toEqual({ count: 0, ids: [], isComplete: true });
    const { stdout } = await report([name]);
    expect(stdout).toMatch(/\| Purchase +\| +5 \| EUR +\| +3 \| +0\.30 in 2 \| +1 \|/);
    expect(stdout).toMatch(/\| +\| +\| USD +\| +1 \| +1,234\.50 \| +\|/);
    expect(stdout).toMatch(/\| +\| +\| none +\| +1 \| +5\.00 \| +\|/);
    expect(stdout).toContain('Of events without an event_id, TikTok cannot tell which ones are repeated.');
  });

  test.each([1, 2, 20])(
    'in batches of %i: which IDs come again and where, masked; under another name they do not',
    async (batch) => {
      const name = files.file(
        'again.ndjson',
        lines([
          order({}, { messageId: '10002' }),
          order({}, { messageId: 'from jane@example.com' }),
          order({}, { messageId: '10002', event: 'Product Viewed' }),
          order({}, { messageId: '10002' }),
          order({}, { messageId: 'from jane@example.com' }),
          ...Array.from({ length: 3 }, () => order({}, { messageId: '10002' })),
        ]),
      );
      const at = (line: number) => `${name}:${line}`;
      const { report: got } = await reportAsJson([name], { batch });
      expect(got.repeats).toEqual({
        count: 5,
        ids: [
          { name: 'Purchase', id: '10002', count: 4, places: [at(1), at(4), at(6)] },
          {
            name: 'Purchase',
            id: expect.not.stringContaining('jane'),
            count: 1,
            places: [at(2), at(5)],
          },
        ],
        isComplete: true,
      });
      const { stdout } = await report([name], { batch });
      expect(stdout).toContain(
        '5 events come again under the same name and event_id: TikTok counts each ID once.',
      );
      expect(stdout.replace(/\s+/g, ' ')).toContain(
        `Purchase 10002: ${at(1)}, ${at(4)}, ${at(6)} and 2 more`,
      );
      expect(stdout).toContain('TikTok counted 3 conversions');
    },
  );

  test('no more IDs are remembered than there is memory for, and the report says so', () => {
    const sent = createSent('', 2);
    const purchase = {
      name: 'Purchase',
      identifiers: [],
      isPurchase: true,
      hasValue: false,
      hasId: true,
      products: 0,
      identifiedProducts: 0,
    };
    const count = sent.find(purchase, () => ({ at: ':0' }));
    for (const [index, id] of ['a', 'b', 'c', 'c', 'a'].entries())
      count(
        { value: undefined, key: id.charCodeAt(0), id: () => id },
        () => ({ index, name: 'Order', at: `:${index}` }),
        () => undefined,
      );
    expect(sent.result().repeats).toEqual({
      count: 1,
      ids: [{ name: 'Purchase', id: 'a', count: 1, places: [':0', ':4'] }],
      isComplete: false,
    });
  });
});

describe('a fixed currency', () => {
  const EVENTS = [
    order({ currency: 'EUR' }),
    order({ currency: 'usd' }, { messageId: 'dollars' }),
    order({ currency: 'Euro' }),
    order({ currency: 'n/a' }),
    order({}),
    // Not sent.
    track({ properties: { currency: 'USD' } }),
  ];

  test.each(['"EUR"', 'properties.currency.code ?? "EUR"'])(
    'is warned of if the event says otherwise: %s',
    async (expression) => {
      const name = files.file('fixed.ndjson', lines(EVENTS));
      const { report: got } = await reportAsJson([name], {
        settings: settings({ parameterMappings: { 'properties.currency': expression } }),
      });
      expect(got.warnings).toEqual([
        {
          kind: 'fixed_value',
          message:
            '2 events sent with the fixed properties.currency "EUR", although properties.currency is something else. To leave such events out, add to the condition of their entry in Event Mappings: properties.currency = "EUR".',
          count: 2,
          example: { at: `${name}:2`, messageId: 'dollars' },
        },
      ]);
    },
  );

  test('in the place of a value that cannot be sent is named beside that value', async () => {
    const { report: got } = await reportAsJson([files.file('fixed.ndjson', lines(EVENTS))], {
      settings: settings({ parameterMappings: { 'properties.currency': 'properties.currency ?? "EUR"' } }),
    });
    expect(got.warnings.map(({ count }) => count)).toEqual([1]);
    expect(got.leftOut.map(({ reason, replacedBy, count }) => [reason, replacedBy, count])).toEqual([
      ['invalid', '"EUR"', 1],
      ['placeholder', '"EUR"', 1],
    ]);
    const { stdout } = await report([files.file('fixed.ndjson', lines(EVENTS))], {
      settings: settings({ parameterMappings: { 'properties.currency': 'properties.currency ?? "EUR"' } }),
    });
    expect(stdout).toContain('"properties.currency" is not a currency of ISO 4217, replaced by "EUR"');
  });

  test('is not warned of if no event says otherwise', async () => {
    const name = files.file('same.ndjson', lines([order({ currency: 'eur' }), order({})]));
    const { report: got } = await reportAsJson([name], {
      settings: settings({ parameterMappings: { 'properties.currency': '"EUR"' } }),
    });
    expect(got.warnings).toEqual([]);
  });
});

test('events whose entry has a condition that does not hold are listed apart from those without an entry', async () => {
  const name = files.file(
    'unmet.ndjson',
    lines([
      order({ channel: 'store' }),
      order({ channel: 'web' }),
      order({ channel: 'web' }),
      order({}, { event: 'Coupon Applied' }),
    ]),
  );
  const given = {
    settings: settings({ eventMappings: { 'Order Completed': 'Purchase if properties.channel = "store"' } }),
  };
  const { report: got } = await reportAsJson([name], given);
  expect(got.names).toEqual([
    { name: 'Order Completed', count: 2, becomes: [], isUnmet: true },
    {
      name: 'Order Completed',
      count: 1,
      becomes: ['Purchase by the entry Order Completed'],
      isUnmet: false,
    },
    { name: 'Coupon Applied', count: 1, becomes: [], isUnmet: false },
  ]);
  const { stdout } = await report([name], given);
  expect(stdout).toMatch(/\| Order Completed +\| +2 \| condition not met +\|/);
  expect(stdout).toMatch(/\| Coupon Applied +\| +1 \| not mapped +\|/);
});

test('one problem is one reason, and what to do is said for as many events as it is for', async () => {
  const name = files.file(
    'contacts.ndjson',
    lines([
      track({ properties: { phone: '030 1234567' } }),
      track({ properties: {} }),
      track({ properties: { email: 'n/a' } }),
    ]),
  );
  const { report: got } = await reportAsJson([name], { settings: settings({}) });
  const advice = 'Send a valid value, or map another source in Parameter Mappings.';
  expect(got.reasons).toHaveLength(1);
  expect(got.reasons[0]).toMatchObject({
    problem: 'TikTok needs a valid email address or phone number.',
    count: 3,
    advice: [
      { text: advice, count: 2 },
      { text: expect.stringMatching(/If the phone numbers have no country code/), count: 1 },
    ],
  });
  const { stdout } = await report([name], { settings: settings({}) });
  expect(stdout.replace(/\s+/g, ' ')).toContain(`For 2 of them: ${advice} For 1 of them: ${advice} If the`);
});

// What the page says of the settings: at each setting, and at each entry of a map.
import { describe, expect, test } from '@jest/globals';
import type { Values } from '../../../scripts/tester/api';
import { describeSettings } from '../../../scripts/tester/notes';
import type { Known } from '../../../scripts/tester/notes/paths';

const GOOD: Values = { accessToken: 'example-access-token', eventSetId: '7000000000000000001' };

const KNOWN: Known = {
  paths: [
    'properties.order_number',
    'properties.channel',
    'properties.products[].net',
    'properties.total',
    'properties.details',
    'context.traits.phone',
  ],
  events: 60,
};

const ORDER = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'm-1',
  properties: {
    order_number: 10000,
    total: '1,299',
    channel: 'Store',
    buyer: 'jane@example.com',
    phone: '030 123456',
    products: [
      { net: 5, sku: 'a' },
      { net: '6', sku: 'b' },
    ],
  },
};

/** Each note as `setting:key tone message`. */
const notesOf = (values: Values, event?: unknown, known: Known = { paths: [], events: 0 }) =>
  describeSettings({ ...GOOD, ...values }, event, known).map(
    ({ setting, key, tone, message }) => `${setting}${key === undefined ? '' : `:${key}`} ${tone} ${message}`,
  );

test.each<[what: string, changed: Values, problems: readonly RegExp[]]>([
  ['none', {}, []],
  [
    'a setting that is missing, and one that is malformed',
    { eventSetId: '', defaultCountry: 'Germany' },
    [
      /^eventSetId bad Event Set ID is missing$/,
      /^defaultCountry bad Default Country must be the two letters/,
    ],
  ],
  [
    'entries of both maps',
    {
      eventMappings: { 'Order Completed': 'Purchase', ' Leads': 'Lead if type =' },
      parameterMappings: { 'user.mail': 'properties.mail', 'user.email': 'propertys.mail' },
    },
    [
      /^eventMappings: Leads bad expected a path.* \(character 7 of type =\)$/,
      /^parameterMappings:user\.mail bad .*did you mean user\.email\?$/,
      /^parameterMappings:user\.email bad .*did you mean properties\? \(character 1 of propertys.mail\)$/,
    ],
  ],
])('problems: %s', (_, changed, problems) => {
  expect(notesOf(changed)).toEqual(problems.map((one) => expect.stringMatching(one)));
});

const entryNotes = (map: 'eventMappings' | 'parameterMappings', value: string, key: string, known?: Known) =>
  notesOf({ [map]: { [key]: value } }, ORDER, known).map((note) => note.slice(`${map}:${key} `.length));

test.each<[entry: string, key: string, notes: readonly string[]]>([
  ['Purchase', 'order completed', ['good Matches this event: sent as Purchase.']],
  ['', 'Order Completed', ['wait Order Completed is not sent any more.']],
  ['', 'Quote Sent', ['wait Quote Sent is not sent.']],
  ['CompleteRegistration', 'Signed Up', ['quiet Not for this event: its name is Order Completed.']],
  [
    'Purch, CompletePayment, Consult, order_paid',
    'Order Completed',
    [
      'good Matches this event: sent as Purch, CompletePayment, Consult, order_paid.',
      'wait Purch is not a standard event of TikTok: did you mean Purchase?',
      'wait CompletePayment: TikTok renamed it: use Purchase.',
      'wait Consult: TikTok counts it as Contact: use that.',
      'quiet order_paid is not a standard event of TikTok.',
    ],
  ],
  [
    'Purchase if properties.total = "1,299" and properties.channel = "store"',
    'Order Completed',
    [
      'quiet Not for this event: properties.channel = "store" does not hold. Here properties.channel is "Store".',
    ],
  ],
  [
    'Purchase if properties.buyer = "x" or properties.shop = "y"',
    'Order Completed',
    [
      'quiet Not for this event: properties.buyer = "x" or properties.shop = "y" does not hold. Here properties.buyer is "[email]" and properties.shop is absent.',
    ],
  ],
  [
    'Purchase if properties.products.length > 0',
    'Order Completed',
    [
      'quiet Not for this event: properties.products.length > 0 does not hold. Here properties.products.length is absent (write length(properties.products)).',
    ],
  ],
  [
    'Purchase if properties.channel.length > 0',
    'Order Completed',
    [
      'quiet Not for this event: properties.channel.length > 0 does not hold. Here properties.channel.length is absent.',
    ],
  ],
  ['Purchase if false', 'Order Completed', ['quiet Not for this event: false does not hold.']],
  [
    'Purchase if properties.order_number = 10000 and "a" = 5',
    'Order Completed',
    ['quiet Not for this event: "a" = 5 does not hold.'],
  ],
])('of the entry %j of Event Mappings, for %s', (value, key, notes) => {
  expect(entryNotes('eventMappings', value, key)).toEqual(notes);
});

test('a call without a name of its own needs a condition on its type', () => {
  expect(notesOf({ eventMappings: { Leads: 'Lead' } }, { type: 'identify' })).toEqual([
    'eventMappings:Leads quiet Not for this event: for a call of the type identify, the entry needs a condition on the type.',
  ]);
});

test.each<[type: string, event: object]>([
  ['delete', { type: 'delete', userId: 'u-1' }],
  ['(none)', { event: 'Order Completed' }],
])('a call of the type %s is never sent, whatever a condition says', (type, event) => {
  const eventMappings = {
    'Order Completed': 'Purchase',
    A: 'Lead if type = "delete"',
    B: 'Lead if type != "track"',
  };
  const parameterMappings = { 'user.email': '"jane@example.com"', 'B: properties.value': '5' };
  expect(notesOf({ eventMappings, parameterMappings }, event)).toEqual([
    ...Object.keys(eventMappings).map(
      (key) => `eventMappings:${key} quiet Not for this event: calls of the type ${type} are never sent.`,
    ),
    'parameterMappings:user.email quiet If this event were sent: 8c87b489ce…',
    'parameterMappings:B: properties.value quiet Not for this event: only for B.',
  ]);
});

describe('of several entries that give the same name, each says which of them sends it', () => {
  const ORDERS = 'if event = "Order Completed"';
  test.each<[what: string, eventMappings: Readonly<Record<string, string>>, notes: readonly string[]]>([
    [
      'one with a condition, before the one with the name of the event',
      { 'Order Completed': 'Purchase', A: `Purchase ${ORDERS}` },
      [
        'Order Completed quiet Matches this event. A sends Purchase instead.',
        'A good Matches this event: sent as Purchase.',
      ],
    ],
    [
      'only some of the names',
      { 'Order Completed': 'Purchase, Lead', A: `Purchase ${ORDERS}` },
      [
        'Order Completed good Matches this event: sent as Lead. A sends Purchase instead.',
        'A good Matches this event: sent as Purchase.',
      ],
    ],
    [
      'several entries, each with other names',
      { C: `Purchase, Lead, Search ${ORDERS}`, B: `Lead, Search ${ORDERS}`, A: `Purchase ${ORDERS}` },
      [
        'C quiet Matches this event. A sends Purchase instead. B sends Lead, Search instead.',
        'B good Matches this event: sent as Lead, Search.',
        'A good Matches this event: sent as Purchase.',
      ],
    ],
    [
      'no entry whose condition does not hold',
      { 'Order Completed': 'Purchase', A: `Purchase ${ORDERS} and false` },
      [
        'Order Completed good Matches this event: sent as Purchase.',
        'A quiet Not for this event: false does not hold.',
      ],
    ],
  ])('%s', (_, eventMappings, notes) => {
    expect(notesOf({ eventMappings }, ORDER)).toEqual(notes.map((note) => `eventMappings:${note}`));
  });
});

describe('a mapping of a parameter says so if no entry that sends the event uses it', () => {
  const PURCHASE = 'Purchase if event = "Order Completed"';
  test.each<
    [
      what: string,
      eventMappings: Readonly<Record<string, string>>,
      parameterMappings: Readonly<Record<string, string>>,
      notes: readonly string[],
    ]
  >([
    [
      'its entry sends nothing, as another one sends the same name',
      { A: PURCHASE },
      { 'Order Completed: properties.value': '999', 'properties.order_id': 'properties.order_number' },
      [
        'Order Completed: properties.value quiet Not for this event: A sends Purchase instead.',
        'properties.order_id good For this event: 10000',
      ],
    ],
    [
      'its entry still sends another name',
      { A: PURCHASE, 'Order Completed': 'Purchase, Lead' },
      { 'Order Completed: properties.value': '999' },
      ['Order Completed: properties.value good For this event: 999'],
    ],
    [
      'its entry is turned off',
      { 'Order Completed': '' },
      { 'Order Completed: properties.value': '999' },
      ['Order Completed: properties.value quiet Not for this event: Order Completed is not sent.'],
    ],
    [
      'it is for all entries, and the one that sends has its own',
      { A: PURCHASE },
      { 'properties.value': '999', 'A: properties.value': '5' },
      [
        'properties.value quiet Not for this event: replaced by A: properties.value.',
        'A: properties.value good For this event: 5',
      ],
    ],
    [
      'it is for all entries, and one of two that send has its own',
      { A: 'Lead if event = "Order Completed"' },
      { 'properties.value': '999', 'A: properties.value': '5' },
      ['properties.value good For this event: 999', 'A: properties.value good For this event: 5'],
    ],
  ])('%s', (_, eventMappings, parameterMappings, notes) => {
    const all = notesOf({ eventMappings, parameterMappings }, ORDER);
    expect(all.filter((note) => note.startsWith('parameterMappings:'))).toEqual(
      notes.map((note) => `parameterMappings:${note}`),
    );
  });
});

test.each<[entry: string, key: string, notes: readonly string[]]>([
  ['properties.order_number', 'event_id', ['good For this event: 10000']],
  ['properties.products[].sku', 'properties.content_ids', ['good For this event: a, b']],
  ['net', 'properties.contents.price', ['good For this event: 5, 6']],
  ['properties.buyer', 'user.email', ['good For this event: 8c87b489ce…']],
  ['properties.shop', 'properties.shop_id', ['quiet No value in this event.']],
  ['', 'event_id', ['wait Empty: event_id is not sent.']],
  [
    'properties.phone',
    'user.phone',
    ['wait Left out: not a phone number with a country code, or one of Default Country.'],
  ],
  ['"DE"', 'user.phone.country', ['good For this event: DE']],
  ['properties.shop', 'user.phone.country', ['quiet No value in this event.']],
  ['"{{properties.order_number}}"', 'Signed Up: event_id', ['quiet Not for this event: only for Signed Up.']],
  ['properties.order_number', 'Order Completed: event_id', ['good For this event: 10000']],
])('of the source %j of Parameter Mappings, for %s', (value, key, notes) => {
  expect(entryNotes('parameterMappings', value, key)).toEqual(notes);
});

test.each<
  [map: 'eventMappings' | 'parameterMappings', key: string, value: string, unknown: readonly string[]]
>([
  [
    'parameterMappings',
    'event_id',
    'properties.ordernumber ?? properties.order_number',
    ['None of 60 events has properties.ordernumber; did you mean properties.order_number?'],
  ],
  ['parameterMappings', 'properties.contents.price', 'net', []],
  [
    'parameterMappings',
    'properties.contents.price',
    'nett',
    ['None of 60 events has nett; did you mean net?'],
  ],
  ['parameterMappings', 'properties.net', 'properties.products[0].net', []],
  ['parameterMappings', 'properties.shop_id', 'properties.details.shop', []],
  ['parameterMappings', 'user.email', 'userId', ['None of 60 events has userId']],
  [
    'eventMappings',
    'Order Completed',
    'Purchase if properties.chanel = "store"',
    ['None of 60 events has properties.chanel; did you mean properties.channel?'],
  ],
])('%s, %s from %s: paths that no event has are named', (map, key, value, unknown) => {
  const messages = entryNotes(map, value, key, KNOWN).flatMap((note) =>
    note.startsWith('wait None') ? [note.slice('wait '.length)] : [],
  );
  expect(messages).toEqual(unknown);
  expect(entryNotes(map, value, key).join()).not.toContain('None of');
});

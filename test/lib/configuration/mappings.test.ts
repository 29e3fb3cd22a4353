// The two maps of the settings: what matches an event, and what is said of an entry that is wrong.
import '../../../scripts/local/segment/install-globals';
import { describe, expect, test } from '@jest/globals';
import { impossiblePath } from '../../../lib/configuration/event-fields';
import {
  DEFAULT_EVENT_MAPPINGS,
  isProductEvent,
  mappedName,
  presetOffByDefault,
  readEventMappings,
} from '../../../lib/configuration/event-mappings';
import { notMapped } from '../../../lib/configuration/not-mapped';
import { partsOf, readParameterMappings } from '../../../lib/configuration/parameter-mappings';
import { readSettings } from '../../../lib/configuration/settings';
import { isFailure } from '../../../lib/result';

const PAID = { type: 'track', event: 'Paid' };
/** By the label of the entry, the names that an event is sent with. */
const matchOf = (map: Readonly<Record<string, string>>, event: unknown = PAID) =>
  readEventMappings(map, '')
    .match(event)
    .map(({ label, names }) => [label, ...names]);

describe('the name that an event is mapped under', () => {
  test.each([
    [{ type: 'track', event: ' Paid ' }, 'Paid'],
    [{ type: 'page', event: 'Paid', name: 'Pricing' }, 'Page Viewed'],
    [{ type: 'screen', event: 'Paid', name: 'Pricing' }, ''],
    [{ type: 'identify' }, ''],
    [{ type: 'track' }, ''],
    [null, ''],
  ])('%j', (event, name) => {
    expect(mappedName(event)).toBe(name);
  });
});

test.each([
  ['Product Viewed', true],
  [' product clicked ', true],
  ['Product Added', true],
  ['Product Added to Wishlist', true],
  ['Products Searched', true],
  ['Product\u00a0Viewed', true],
  ['Order Completed', false],
  ['', false],
])('the own properties of %j are those of a product: %s', (event, is) => {
  expect(isProductEvent({ type: 'track', event })).toBe(is);
});

describe('entries', () => {
  test('are the defaults, unless they are replaced, and those of the setting', () => {
    const map = { 'Signed Up': 'Lead', Trials: 'StartTrial if type = "page"', Paid: 'Purchase' };
    const { entries, problems } = readEventMappings(map, '');
    expect(entries.map(({ label, names }) => [label, names.join()])).toEqual([
      ...Object.entries({ ...DEFAULT_EVENT_MAPPINGS, 'Signed Up': 'Lead' }),
      ['Paid', 'Purchase'],
      ['Trials', 'StartTrial'],
    ]);
    expect(problems).toEqual([]);
  });

  test('have a name of TikTok that begins like a condition', () => {
    expect(matchOf({ Paid: 'A iffy, if_B' })).toEqual([['Paid', 'A iffy', 'if_B']]);
  });

  test('are labels only if their condition tests the type or the name', () => {
    const { entries } = readEventMappings({ Paid: 'A if properties.a', Page: 'A if type = "page"' }, '');
    expect(entries.filter(({ isLabel }) => isLabel).map(({ label }) => label)).toEqual(['Page']);
  });

  test.each(['Order\u00a0Completed', 'order  completed', '\tORDER\u2009\u202fCompleted\n'])(
    'match a name whatever its case and white space: %j',
    (name) => {
      expect(matchOf({}, { type: 'track', event: name })).toEqual([['Order Completed', 'Purchase']]);
      expect(matchOf({ [name]: 'Lead' }, { type: 'track', event: 'Order Completed' })).toEqual([
        [name.trim(), 'Lead'],
      ]);
      expect(matchOf({}, { type: 'track', event: name.replace(/\s+/g, '') })).toEqual([]);
    },
  );

  test.each(['Order\u200b Completed', '\u200fOrder Com\u00adpleted', '\ufeff Order Completed \u2060'])(
    'match a name whatever nobody sees in it: %j',
    (name) => {
      expect(matchOf({}, { type: 'track', event: name })).toEqual([['Order Completed', 'Purchase']]);
      for (const event of ['Order Completed', name])
        expect(matchOf({ [name]: 'Lead' }, { type: 'track', event })).toMatchObject([{ 1: 'Lead' }]);
    },
  );

  test('under Page Viewed match page calls, and no other call without a name', () => {
    const map = { 'Page Viewed': 'ViewContent' };
    expect(matchOf(map, { type: 'page' })).toEqual([['Page Viewed', 'ViewContent']]);
    for (const type of ['screen', 'identify', 'group', 'alias', 'delete'])
      expect(matchOf(map, { type })).toEqual([]);
  });

  test('with the same names give each once: the one with a condition, or the first of several by its label', () => {
    const when = 'if type = "track"';
    expect(matchOf({ Paid: 'A, B', 'order 2': `B, C ${when}`, order: `C, D ${when}` })).toEqual([
      ['order', 'C', 'D'],
      ['order 2', 'B'],
      ['Paid', 'A'],
    ]);
    expect(matchOf({ Paid: 'A', order: `A ${when}` })).toEqual([['order', 'A']]);
    expect(matchOf({ 'a\u0000': `A ${when}`, a: `A ${when}` })).toEqual([['a', 'A']]);
    expect(matchOf({ a: `A ${when}`, 'a\u0000': `A ${when}` })).toEqual([['a', 'A']]);
    expect(matchOf({ '\u{10000}': `A ${when}`, '\uffff': `A ${when}` })).toEqual([['\uffff', 'A']]);
  });

  test('say which part of their condition does not hold', () => {
    const { findUnmet } = readEventMappings({ paid: 'A if properties.a = 1 and properties.b = 2' }, '');
    expect(findUnmet({ ...PAID, properties: { a: 1 } })).toEqual({
      label: 'paid',
      part: 'properties.b = 2',
    });
    expect(findUnmet({ ...PAID, properties: { a: 1, b: 2 } })).toBeUndefined();
    expect(findUnmet({ type: 'track', event: 'Signed Up' })).toBeUndefined();
    expect(findUnmet({ type: 'track', event: 'Other' })).toBeUndefined();
  });

  test.each<[key: string, value: string, problem: string]>([
    ['Paid', 'A if', 'expected a path, a value, a function or "(" (character 1 of the condition)'],
    ['Paid', 'A if ', 'expected a path, a value, a function or "(" (character 1 of the condition)'],
    [
      'Paid',
      'A if userId > 1 x',
      'expected "and", "or" (in lower case) or the end (character 12 of userId > 1 x)',
    ],
    [
      'Paid',
      'A if   userId > 1 x',
      'expected "and", "or" (in lower case) or the end (character 12 of userId > 1 x)',
    ],
    [
      'Paid',
      'A if event = "😀" x',
      'expected "and", "or" (in lower case) or the end (character 13 of event = "😀" x)',
    ],
    ['Paid', 'if type = "page"', 'expected TikTok event names before "if"'],
    ['Paid', ' , if type = "page"', 'expected TikTok event names before "if"'],
  ])('%j → %j is wrong: %s', (key, value, problem) => {
    expect(readEventMappings({ [key]: value }, '').problems).toEqual([
      `Event Mappings, entry "${key}": ${problem}`,
    ]);
  });

  const CHARACTER = '"," or "if", or a character of a TikTok event name: a letter, a digit, a space, _ or -';
  const NAME_OR_NOTHING = 'a TikTok event name, or nothing if the event is not to be sent';
  test.each<[value: string, expected: string, character: number]>([
    ['Purchase if: properties.a = 1', CHARACTER, 12],
    ['Purchase when properties.a = 1', CHARACTER, 25],
    ['Purchase ifproperties.a', CHARACTER, 22],
    ['Purchase (if properties.a)', CHARACTER, 10],
    ['Purchase; Lead', CHARACTER, 9],
    ['Purchase, Lead|Contact', CHARACTER, 15],
    ['  Purchase ,  "Lead"', CHARACTER, 13],
    ['Purchase\nLead', CHARACTER, 9],
    ['“Purchase”', CHARACTER, 1],
    ['["Purchase"]', CHARACTER, 1],
    ['$.properties.name', CHARACTER, 1],
    ['Purchase\u200b', CHARACTER, 9],
    ['Purchase. if properties.a', CHARACTER, 9],
    ['Purchase if properties.a = 1', '', 0],
    ['2nd_purchase', 'a letter, as TikTok event names begin', 1],
    ['_a', 'a letter, as TikTok event names begin', 1],
    [`Lead, ${'a'.repeat(51)}`, 'at most 50 characters in a TikTok event name', 57],
    ['None', NAME_OR_NOTHING, 1],
    ['Lead, n/a', NAME_OR_NOTHING, 7],
    ['{{properties.name}}', NAME_OR_NOTHING, 1],
    ['FALSE', NAME_OR_NOTHING, 1],
    ['true', NAME_OR_NOTHING, 1],
    ['off', NAME_OR_NOTHING, 1],
    ['No', NAME_OR_NOTHING, 1],
    ['0', NAME_OR_NOTHING, 1],
    ['(empty)', NAME_OR_NOTHING, 1],
    ['empty', NAME_OR_NOTHING, 1],
    ['skip', NAME_OR_NOTHING, 1],
    ['Ignore', NAME_OR_NOTHING, 1],
    ['disabled', NAME_OR_NOTHING, 1],
    ['do not send', NAME_OR_NOTHING, 1],
  ])('%j sends no event under a name that TikTok does not take', (value, expected, character) => {
    const { problems, match } = readEventMappings({ 'Order Completed': value }, '');
    const what = `expected ${expected} (character ${character} of ${value.trim()})`;
    expect(problems.map((problem) => problem.replace('\\u{200b}', '\u200b'))).toEqual(
      character === 0 ? [] : [`Event Mappings, entry "Order Completed": ${what.replace('\n', ' ')}`],
    );
    expect(match({ type: 'track', event: 'Order Completed' })).toEqual([]);
  });

  test.each(['type = "track" and event = "Paid"', 'contains(event, "Paid")', 'properties.total > 5'])(
    'with only the condition %j on the right are answered with what is missing',
    (value) => {
      expect(readEventMappings({ Paid: value }, '').problems).toEqual([
        'Event Mappings, entry "Paid": expected TikTok event names and "if" before the condition',
      ]);
    },
  );

  test.each(['A,B', 'A， B', 'A、B', 'A، B'])(
    'are sent under the names of %j, whatever its comma',
    (names) => {
      expect(matchOf({ Paid: names })).toEqual([['Paid', 'A', 'B']]);
    },
  );

  test.each([
    'first_purchase',
    'skipped_trial',
    'Skipped',
    'Dropped',
    'Drop',
    'Empty Cart',
    'Walk-in 2',
    'Käufe',
    'खरीद',
    'a'.repeat(50),
    'True Story',
    'Not true',
    'Dream Come True',
    'Purchase  DE',
  ])('are sent under the name %j, as TikTok takes it', (name) => {
    expect(readEventMappings({ Paid: name }, '').problems).toEqual([]);
    expect(matchOf({ Paid: name })).toEqual([['Paid', name]]);
  });

  const SEVERAL =
    'the whole name of an event; for several, write a label here, and match(event, "Order *") after "if" on the right';
  const CONDITION = 'an event name or a label; a condition stands on the right, after "if"';
  test.each<[key: string, expected: string]>([
    ['"Order Paid"', 'an event name without quotes around it'],
    ['“Order Paid”', 'an event name without quotes around it'],
    ["'Order Paid':", 'an event name without quotes around it'],
    ["'Jane’s Order',", 'an event name without quotes around it'],
    ['Order Paid,', 'an event name without , behind it'],
    ['Order *', SEVERAL],
    ['Order*', SEVERAL],
    ['* Paid', SEVERAL],
    ['*', SEVERAL],
    ['event = "Order Paid"', CONDITION],
    ['type = "track" and event = "Order Paid"', CONDITION],
    ['contains(event, "Paid")', CONDITION],
    ['Order Paid if properties.channel = "store"', CONDITION],
    ['Purchase IF event = "Order Paid"', CONDITION],
    ['^Order.*', SEVERAL],
    ['^Order Paid$', SEVERAL],
  ])('with %j on the left would never match: their events wait until that is fixed', (key, expected) => {
    for (const value of ['Purchase', 'Purchase if properties.a = 1']) {
      const { problems, mayBeMeantFor } = readEventMappings({ [key]: value }, '');
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(`: expected ${expected}`);
      expect(mayBeMeantFor({ type: 'track', event: 'Order Paid' })).toBe(true);
    }
    expect(readEventMappings({ [key]: 'Purchase if event = "Order Paid"' }, '').problems).toEqual([]);
  });

  test.each(['Page', 'Screen', 'group', 'Alias', 'track', 'identify', 'Delete'])(
    'called %s are for track calls of this name, which apps do send, and for no other calls',
    (name) => {
      expect(readEventMappings({ [name]: 'Lead' }, '').problems).toEqual([]);
      expect(matchOf({ [name]: 'Lead' }, { type: 'track', event: name })).toEqual([[name, 'Lead']]);
      expect(matchOf({ [name]: 'Lead' }, { type: name.toLowerCase(), event: 'Paid' })).toEqual([]);
    },
  );

  test.each(['"Order Paid"', 'Order *', 'properties.total > 5', 'Paid,'])(
    'with %j on the left keep events that have a name from being discarded, and no others',
    (key) => {
      const { mayBeMeantFor } = readEventMappings({ [key]: 'Purchase' }, '');
      expect(mayBeMeantFor({ type: 'page' })).toBe(true);
      for (const event of [{ type: 'identify' }, { type: 'track' }, { type: 'delete', event: 'Order Paid' }])
        expect(mayBeMeantFor(event)).toBe(false);
    },
  );

  test('with a condition on type or event on the left keep any call from being discarded', () => {
    for (const key of ['type = "identify"', 'match(event, "Order *")']) {
      const { mayBeMeantFor } = readEventMappings({ [key]: 'Lead' }, '');
      expect(mayBeMeantFor({ type: 'identify' })).toBe(true);
    }
  });

  test.each([
    'Clicked "Buy"',
    '"Buy" clicked',
    '"Buy" or "Sell"',
    "'Buy' or 'Sell'",
    'A*B Tested',
    'Rated 5*',
    '**Sale**',
    '^',
    '^_^ Clicked',
    "Jane's order",
    'a = b',
    'Order (2)',
    'Order, paid',
    'Order:',
    'Page Loaded',
    'Asked if (ready)',
    'Asked if properties',
    '❤\ufe0f',
    'می\u200cخواهم',
    'true',
    '"',
  ])('may have the name %j on the left', (key) => {
    expect(matchOf({ [key]: 'Purchase' }, { type: 'track', event: key })).toEqual([[key, 'Purchase']]);
  });

  test('whose right side is not a string replace a default, and the events of their name wait', () => {
    const map: Readonly<Record<string, unknown>> = { Paid: ['Purchase'], 'Signed Up': { event: 'Lead' } };
    const { problems, match, mayBeMeantFor } = readEventMappings(map, '');
    expect(problems).toEqual(
      ['Paid', 'Signed Up'].map(
        (key) => `Event Mappings, entry "${key}": expected a string such as "Purchase, Lead"`,
      ),
    );
    for (const event of [PAID, { type: 'track', event: 'Signed Up' }]) {
      expect(match(event)).toEqual([]);
      expect(mayBeMeantFor(event)).toBe(true);
    }
    expect(mayBeMeantFor({ type: 'track', event: 'Other' })).toBe(false);
  });

  test('what was expected is said of a long condition too, before its beginning', () => {
    const skus = Array.from({ length: 100 }, (_, index) => `"sku-${index}"`).join(', ');
    const [problem] = readEventMappings({ Paid: `A if properties.sku in [${skus}] ?` }, '').problems;
    expect(problem).toMatch(
      /: expected "and", "or".* \(character 1010 of properties\.sku in \["sku-0", .*…$/,
    );
  });

  test('that are wrong may be meant for the events of their name, and for any if they test the type or the name', () => {
    const isMeant = (map: Readonly<Record<string, string>>, event: unknown) =>
      readEventMappings(map, '').mayBeMeantFor(event);
    expect(isMeant({ ' PAID ': 'A if properties.' }, PAID)).toBe(true);
    expect(isMeant({ Other: 'A if properties.' }, PAID)).toBe(false);
    expect(isMeant({ Other: 'A if type = ' }, PAID)).toBe(true);
    expect(isMeant({ Other: 'A if event = ' }, PAID)).toBe(true);
    expect(isMeant({ Other: 'A if properties.event_type = ' }, PAID)).toBe(false);
    expect(isMeant({ Other: 'A if type = ' }, { type: 'delete' })).toBe(false);
    expect(isMeant({ Other: 'A' }, PAID)).toBe(false);
  });

  test.each<[value: string, isForAny: boolean]>([
    ['A if', true],
    ['A when event = "a"', true],
    ['type = "track" and event = "Other"', true],
    ['A when properties.a = 1', false],
    ['A if Type = "identify" and', true],
    ['A if TYPE = "identify"(', true],
    ['A if tpye = "identify"(', true],
    ['A if evnt = "a" and', true],
    ['A if !(events = ', true],
    ['A if properties.a and match(event', true],
    ['A if properties.type == "store"', false],
    ['A if properties.a = "the type or event" and', false],
    ["A if properties.a = 'event' and", false],
    ['A if traits.event-name =', false],
    ['A if traits.a\\ event =', false],
    ['A if a\\ event =', false],
  ])('%j, which cannot be read, may be meant for any event: %j', (value, isForAny) => {
    const { problems, mayBeMeantFor } = readEventMappings({ Other: value }, '');
    expect(problems).toHaveLength(1);
    expect(mayBeMeantFor(PAID)).toBe(isForAny);
    expect(mayBeMeantFor({ type: 'track', event: 'other' })).toBe(true);
  });

  test.each([
    'A if(properties.a = 1)',
    'A IF properties.a = 1',
    'A If!(properties.a != 1)',
    'A if"a" != properties.b and properties.a = 1',
    'A\nif\nproperties.a = 1',
  ])('%j has a condition: no event is sent without it', (value) => {
    const { match, problems } = readEventMappings({ Paid: value }, '');
    expect(problems).toEqual([]);
    expect(match({ ...PAID, properties: { a: 2 } })).toEqual([]);
    expect(match({ ...PAID, properties: { a: 1 } })).toMatchObject([{ names: ['A'] }]);
  });

  test.each(['Notification', 'Verified, Gift', 'A iff', 'if-then', 'A if-then'])('%j has none', (value) => {
    const { entries, problems } = readEventMappings({ Paid: value }, '');
    expect(problems).toEqual([]);
    expect(entries.find(({ label }) => label === 'Paid')?.condition).toBeUndefined();
  });
});

describe('of an event that nothing matches, it is said', () => {
  const ADD = 'Event Mappings can add one.';
  test.each<[event: unknown, message: string]>([
    [{ type: 'track' }, `No TikTok event is mapped to a track call without a name. ${ADD}`],
    [
      { type: 'identify' },
      'No TikTok event is mapped to this identify call. Event Mappings can add one, with the condition type = "identify".',
    ],
    [PAID, `No TikTok event is mapped to "Paid". ${ADD}`],
    [{ type: 'track', event: 'for jane@example.com' }, `No TikTok event is mapped to "for [email]". ${ADD}`],
    [
      { type: 'track', event: 'order placed' },
      '"order placed" is not sent unless Event Mappings has the entry Order Placed → PlaceAnOrder.',
    ],
    [
      { type: 'page' },
      '"Page Viewed" is not sent unless Event Mappings has the entry Page Viewed → PageView.',
    ],
    [{ type: 'delete' }, 'Only track, page, screen, identify, group and alias calls are sent.'],
    [null, 'Only track, page, screen, identify, group and alias calls are sent.'],
  ])('of %j: %s', (event, message) => {
    expect(notMapped(event, undefined, '')).toEqual({ kind: 'unsupported', message });
  });

  test('which condition does not hold', () => {
    expect(notMapped(PAID, { label: 'for jane@example.com', part: 'properties.a = 1' }, '').message).toBe(
      'The condition of Event Mappings, entry "for [email]", does not hold for this event: properties.a = 1.',
    );
  });

  test('which preset brings it back', () => {
    expect(presetOffByDefault(' product clicked ')).toBe('Product Clicked → ClickButton');
    expect(presetOffByDefault('Paid')).toBeUndefined();
  });
});

describe('a path', () => {
  test.each<[path: string, wrongKey: number | undefined, expected: string]>([
    ['properties.total', undefined, ''],
    ['_metadata.bundled', undefined, ''],
    ['userId', undefined, ''],
    ['userId.x', 1, 'nothing after userId, which has no fields of its own'],
    ['property.total', 0, 'a field of a Segment event; did you mean properties?'],
    ['zzz', 0, 'a field of a Segment event, such as properties'],
    ['', 0, 'a field of a Segment event, such as properties'],
  ])('%j', (path, wrongKey, expected) => {
    const wrong = impossiblePath(path === '' ? [] : path.split('.'));
    expect(wrong).toEqual(wrongKey === undefined ? undefined : { wrongKey, expected });
  });

  const VALUES =
    'anonymousId userId messageId timestamp originalTimestamp receivedAt sentAt type event name category groupId ' +
    'previousId channel version projectId writeKey';
  test.each(VALUES.split(' '))('has nothing after %s', (field) => {
    expect(impossiblePath([field])).toBeUndefined();
    expect(impossiblePath([field, 'x'])).toMatchObject({ wrongKey: 1 });
  });

  test.each(['properties', 'traits', 'context', 'integrations', '_metadata'])(
    'may go on after %s',
    (field) => {
      expect(impossiblePath([field, 'x'])).toBeUndefined();
    },
  );
});

describe('parameter mappings', () => {
  const read = (parameterMappings: object, own: object = {}) => {
    const settings = readSettings({ accessToken: 'x', eventSetId: '1', parameterMappings, ...own });
    if (isFailure(settings)) throw new Error('The settings are wrong');
    return readParameterMappings(settings);
  };
  const problemsOf = (parameterMappings: object, own?: object) => read(parameterMappings, own).problems;
  const entry = (key: string, problem: string) => `Parameter Mappings, entry "${key}": ${problem}`;

  // First: the defaults are read once.
  test('a product of the event is read from its own properties, unless its parameter is mapped', () => {
    const idOf = (map: object) =>
      read(map)
        .parametersFor('paid')
        .parameters.contents.find(({ field }) => field === 'content_id');
    expect(idOf({})?.ofEvent?.expression.map(({ text }) => text)).toEqual(['product_id', 'sku']);
    expect(idOf({ 'properties.contents.content_id': 'id' })?.ofEvent).toBeUndefined();
    const nameOf = (map: object) =>
      read(map)
        .parametersFor('paid')
        .parameters.contents.find(({ field }) => field === 'content_name');
    expect(nameOf({})).toMatchObject({ mayBePersons: true, ofEvent: undefined });
    expect(nameOf({ 'properties.contents.content_name': 'title' })).toMatchObject({ mayBePersons: false });
    expect(idOf({})).toMatchObject({ mayBePersons: false });
  });

  test.each<[key: string, value: string]>([
    ['properties.shop_id', '"properties.store"'],
    ['properties.shop_id', '"$.properties.store"'],
    ['properties.shop_id', 'properties.shop ?? "context.store"'],
    ['properties.shop_id', '"shop ${properties.store}"'],
    ['properties.shop_id', '"{properties.store}"'],
    ['properties.shop_id', '"{{properties.city}}-%properties.store%"'],
    ['properties.order_id', '"properties.order_id"'],
    ['user.ip', '"context.ip"'],
    ['user.external_id', '"userId"'],
    ['properties.contents.content_id', '"sku"'],
    ['properties.contents.brand', '"brand"'],
  ])('%s → %s is a path in quotes, and would be sent as it stands for every event', (key, value) => {
    const literal = value.replace('properties.shop ?? ', '');
    const expected = `expected a path without quotes, or {{ }} around each path of a text, not ${literal}`;
    expect(problemsOf({ [key]: value })).toEqual([entry(key, expected)]);
  });

  test.each<[key: string, value: string]>([
    ['properties.shop_id', '"properties\\u002ecom"'],
    ['properties.shop_id', '"example-properties.com"'],
    ['properties.shop_id', '"our properties. And more"'],
    ['properties.shop_id', String.raw`"\{{properties.store}}"`],
    ['properties.shop_id', '"{{properties.store}}"'],
    ['properties.shop_id', '"sku"'],
    ['properties.contents.brand', '"Example"'],
    ['properties.shop_id', String.raw`"\"properties.x"`],
    ['properties.shop_id', String.raw`"properties.x\" y"`],
    ['event_id', '"{{properties.store}}-1"'],
  ])('%s → %s is not a path in quotes', (key, value) => {
    expect(problemsOf({ [key]: value })).toEqual([]);
  });

  test.each(['"1"', 'properties.order_id ?? "none"', '5', 'true'])(
    'event_id → %s would give different events the same ID: TikTok would count one of them',
    (value) => {
      const literal = value.replace('properties.order_id ?? ', '');
      const expected = `expected a source that each event has its own of, not ${literal}: TikTok counts events with the same ID once`;
      expect(problemsOf({ event_id: value })).toEqual([entry('event_id', expected)]);
    },
  );

  test.each([
    ['external_ids', 'user.external_id'],
    ['ttclid', 'user.ttclid'],
    ['descriptions', 'properties.description'],
    ['Quantity', 'properties.contents.quantity'],
    ['phone_numbers', 'user.phone'],
    ['email_addresses', 'user.email'],
    ['timestamp', 'event_time'],
    ['userId', 'user.external_id'],
    ['user.externalId', 'user.external_id'],
    ['user.phone_number', 'user.phone'],
    ['user.zip', 'user.zip_code'],
    ['user.name', 'user.first_name'],
    ['userAgent', 'user.user_agent'],
    ['context.page.url', 'page.url'],
    ['revenue', 'properties.value'],
    ['properties.contents.sku', 'properties.contents.content_id'],
    ['properties.contents[].price', 'properties.contents.price'],
    ['usr.email', 'user.email'],
  ])('%s, as others call it, is probably %s', (given, meant) => {
    expect(problemsOf({ [given]: 'properties.x' })).toEqual([
      entry(given, `expected a TikTok parameter, alone or after "Segment event: "; did you mean ${meant}?`),
    ]);
  });

  test.each([
    'properties.a,',
    'properties."a"',
    'properties.a;',
    'properties.lines[0]',
    'properties.a\u200b',
  ])('%j is not a property of your own', (key) => {
    expect(problemsOf({ [key]: 'properties.x' })).toHaveLength(1);
  });

  test.each<[key: string, value: string, problem: string]>([
    ['zzzzzzzz', 'userId', 'expected a TikTok parameter, alone or after "Segment event: "'],
    [
      'user.mail',
      'userId',
      'expected a TikTok parameter, alone or after "Segment event: "; did you mean user.email?',
    ],
    ['lead.lead_id', 'userId', 'lead.lead_id is for crm event sets, and Event Source is offline'],
    ['user.gender', 'userId', 'expected a TikTok parameter, alone or after "Segment event: "'],
    [
      'properties.gift.x',
      'userId',
      'expected a TikTok parameter, alone or after "Segment event: ", or a property of your own whose name has no dots, spaces or other signs',
    ],
    [
      'test_event_code',
      '"TEST1"',
      'expected a TikTok parameter, alone or after "Segment event: "; it is the setting Test Event Code',
    ],
    [
      'event_name',
      'event',
      'expected a TikTok parameter, alone or after "Segment event: "; the event\'s name comes from Event Mappings',
    ],
    ['properties.currency', 'properties.currency ?? "dollars"', '"dollars" is not a currency of ISO 4217'],
    ['properties.value', 'true', '"true" is not an amount'],
    [
      'properties.value',
      'properties.total ?? "1,250"',
      '"1,250" is an amount that could be read in two ways, such as "1,250"',
    ],
    [
      'properties.content_type',
      '"products"',
      '"products" is not a content type of TikTok, such as product or product_group',
    ],
    ['user.country', '"Atlantis"', '"Atlantis" is not a country, by its two letters or its English name'],
    ['user.phone.country', '"+1"', '"+1" is not a country, by its two letters or its English name'],
    ['limited_data_use', 'properties.ldu ?? "maybe"', '"maybe" is neither yes nor no'],
    ['user.ip', '"localhost"', '"localhost" is not an IP address'],
    [
      'event_time',
      'timestamp ?? "now"',
      '"now" is not a time in ISO 8601, RFC 2822, or Unix seconds or milliseconds, from 2010 to a year ahead',
    ],
    [
      'properties.currency',
      '"USD" ?? properties.currency',
      'expected "USD" as the last source: what follows a literal is never read',
    ],
    [
      'Paid: properties.gift',
      'true ?? properties.gift',
      'expected true as the last source: what follows a literal is never read',
    ],
    ['event_time', '', 'expected a source: TikTok needs the time'],
    ['properties.contents', 'properties.a ?? "b"', 'expected a path, not "b"'],
    [
      'user.city',
      'properties.a ?? properties.b[]',
      'expected a path to one value, not properties.b[]: user.city is not a list',
    ],
  ])('%j → %j is wrong: %s', (key, value, problem) => {
    expect(problemsOf({ [key]: value })).toEqual([entry(key, problem)]);
  });

  test.each<[key: string, value: string]>([
    ['properties.currency', 'properties.currency ?? "usd"'],
    ['properties.currency', 'properties.currency ?? ""'],
    ['properties.currency', 'properties.currency ?? "none"'],
    ['properties.value', 'properties.total ?? "N/A"'],
    ['properties.value', '"null" ?? properties.total'],
    ['user.country', '"NA"'],
    ['properties.content_type', '"hotel"'],
    ['properties.currency', '"" ?? properties.currency'],
    ['properties.value', 'properties.total ?? 0'],
    ['properties.value', '"€ 12,50"'],
    ['properties.num_items', '3'],
    ['user.country', '"UK"'],
    ['user.phone.country', '"Germany"'],
    ['limited_data_use', 'properties.ldu ?? "yes"'],
    ['event_time', '"2026-11-20T10:15:00Z"'],
    ['event_time', 'timestamp ?? 1763633700'],
    ['user.email', 'properties.email ?? "n/a"'],
    ['user.state', '"Bayern"'],
  ])('%s → %s may be sent', (key, value) => {
    expect(problemsOf({ [key]: value })).toEqual([]);
  });

  test.each([
    ['user.email', 'user.phone', 'user.external_id', 'properties.content_ids', 'limited_data_use'],
    ['properties.contents'],
  ])('%s may have a list', (...names) => {
    for (const name of names) expect(problemsOf({ [name]: 'properties.a[]' })).toEqual([]);
  });

  test('a property of your own has any name but __proto__, without dots', () => {
    expect(problemsOf({ 'properties.__proto__x': 'userId', 'properties.gift': 'userId' })).toEqual([]);
    for (const name of ['properties.__proto__', 'myproperties.gift', 'properties.gift.x', 'properties.'])
      expect(problemsOf({ [name]: 'userId' })).toHaveLength(1);
  });

  test('the time may come from elsewhere', () => {
    expect(problemsOf({ event_time: 'properties.time' })).toEqual([]);
  });

  test('user.lead_id is for offline event sets', () => {
    expect(problemsOf({ 'user.lead_id': 'userId' }, { eventSource: 'crm' })).toEqual([
      entry('user.lead_id', 'user.lead_id is for offline event sets, and Event Source is crm'),
    ]);
    expect(problemsOf({ 'lead.lead_id': 'userId' }, { eventSource: 'crm' })).toEqual([]);
  });

  test('an entry is known by all before its last colon and space, and the parameter', () => {
    expect(partsOf('Paid: user.email')).toEqual({ segmentEvent: 'Paid', name: 'user.email' });
    expect(partsOf('Shop: Paid:  user.email')).toEqual({ segmentEvent: 'Shop: Paid', name: 'user.email' });
    expect(partsOf('a\nb: user.email')).toEqual({ segmentEvent: 'a\nb', name: 'user.email' });
    for (const name of ['user.email', 'Paid:user.email', ': user.email', 'Paid: user email', 'Paid: '])
      expect(partsOf(name)).toEqual({ segmentEvent: '', name });
  });

  test('an entry of all events holds unless an event has its own', () => {
    const { parametersFor } = read({
      'user.city': 'traits.town',
      'Paid: user.city': 'traits.place',
      'Paid: properties.gift': 'true',
      'Lost: user.city': '',
    });
    const sourcesOf = (key: string, name: string) =>
      Object.values(parametersFor(key).parameters)
        .flat()
        .find((parameter) => parameter.name === name)
        ?.expression.map(({ text }) => text);
    expect(sourcesOf('paid', 'user.city')).toEqual(['traits.place']);
    expect(sourcesOf('lost', 'user.city')).toBeUndefined();
    expect(sourcesOf('other', 'user.city')).toEqual(['traits.town']);
    expect([sourcesOf('paid', 'properties.gift'), sourcesOf('other', 'properties.gift')]).toEqual([
      ['true'],
      undefined,
    ]);
    expect(sourcesOf('paid', 'properties.currency')).toEqual(['properties.currency']);
    expect(parametersFor('paid').parameters.properties).toContainEqual(
      expect.objectContaining({ name: 'properties.gift', type: 'custom', mayBePersons: false }),
    );
    expect(parametersFor('other')).toBe(parametersFor('another'));
    expect(parametersFor('paid')).not.toBe(parametersFor('other'));
    expect(read({}).parametersFor('a')).toBe(read({}).parametersFor('b'));
  });

  test('a phone number is looked for wherever one may stand, once', () => {
    const sourcesOf = (map: object) =>
      read(map)
        .parametersFor('paid')
        .phoneSources.map((source) => ('keys' in source ? source.keys.join('.') : source.kind));
    const DEFAULT = ['properties.phone', 'context.traits.phone', 'traits.phone'];
    expect(sourcesOf({})).toEqual(DEFAULT);
    expect(sourcesOf({ 'user.phone': 'traits.phone ?? traits.mobile' })).toEqual([
      ...DEFAULT,
      'traits.mobile',
    ]);
    expect(sourcesOf({ 'user.phone': '"+{{traits.mobile}}"', 'Paid: user.phone': 'traits.tel' })).toEqual([
      ...DEFAULT,
      'template',
      'traits.mobile',
      'traits.tel',
    ]);
  });
});

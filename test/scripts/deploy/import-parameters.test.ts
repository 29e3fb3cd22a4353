// What fills the fields of a mapping becomes an expression that fills our parameter from the same places.
import { describe, expect, test } from '@jest/globals';
import { parseExpression } from '../../../lib/configuration/expression';
import { isFailure } from '../../../lib/result';
import { CONTENT_FIELDS, contentsOf, FIELDS } from '../../../scripts/deploy/import/fields';
import { importMappings } from '../../../scripts/deploy/import/import';
import { mapping, presetFields } from '../../support/built-in';

const path = (text: string) => ({ '@path': text });
const ORDER = presetFields('Complete Payment');

/** What an import of one mapping with some fields changed says of parameters, and what it leaves to be done by hand. */
function importWith(changes: Readonly<Record<string, unknown>>) {
  const { settings, byHand, differences } = importMappings({ eventSetID: '1' }, [
    mapping({ name: 'Orders', settings: { ...ORDER, ...changes } }),
  ]);
  return { parameters: settings.parameterMappings ?? {}, byHand, differences, settings };
}

describe('a field that is filled with', () => {
  test.each<[what: string, field: string, value: unknown, parameter: string, text: string]>([
    ['another path', 'order_id', path('$.properties.invoice'), 'properties.order_id', 'properties.invoice'],
    ['a path without its root', 'order_id', path('properties.id'), 'properties.order_id', 'properties.id'],
    [
      'a path through a list and an odd key',
      'shop_id',
      path(`$.properties.shops[0]['odd key']`),
      'properties.shop_id',
      'properties.shops[0]["odd key"]',
    ],
    [
      'a path with brackets that belong to a key',
      'shop_id',
      path('$.properties.shop[main]'),
      'properties.shop_id',
      'properties["shop[main]"]',
    ],
    ['a text', 'description', 'an order', 'properties.description', '"an order"'],
    ['a literal text', 'currency', { '@literal': 'EUR' }, 'properties.currency', '"EUR"'],
    ['a number', 'value', 12.5, 'properties.value', '12.5'],
    ['yes, where a text is expected', 'description', true, 'properties.description', '"true"'],
    ['yes', 'limited_data_use', true, 'limited_data_use', 'true'],
    ['nothing', 'ip', undefined, 'user.ip', ''],
    ['null', 'ip', null, 'user.ip', ''],
    ['an empty text', 'user_agent', '', 'user.user_agent', ''],
    ['a list of one', 'email_addresses', [path('$.properties.mail')], 'user.email', 'properties.mail'],
    [
      'one of two values',
      'value',
      {
        '@if': {
          exists: path('$.properties.net'),
          then: path('$.properties.net'),
          else: path('$.properties.total'),
        },
      },
      'properties.value',
      'properties.net ?? properties.total',
    ],
    [
      'the first of three values that is not blank',
      'phone_numbers',
      {
        '@if': {
          blank: path('$.properties.mobile'),
          then: path('$.properties.mobile'),
          else: {
            '@if': {
              exists: path('$.properties.phone'),
              then: path('$.properties.phone'),
              else: path('$.traits.phone'),
            },
          },
        },
      },
      'user.phone',
      'properties.mobile ?? properties.phone ?? traits.phone',
    ],
    [
      'a value, or else a text',
      'currency',
      { '@if': { exists: path('$.properties.currency'), then: path('$.properties.currency'), else: 'EUR' } },
      'properties.currency',
      'properties.currency ?? "EUR"',
    ],
    [
      'a text with a place',
      'shop_id',
      { '@template': '{{properties.shop}}' },
      'properties.shop_id',
      '"{{properties.shop}}"',
    ],
    [
      'a text with places',
      'event_id',
      { '@template': '{{ properties.store }}-{{{properties.receipt}}}' },
      'event_id',
      '"{{properties.store}}-{{properties.receipt}}"',
    ],
    ['a template without places', 'shop_id', { '@template': 'main' }, 'properties.shop_id', '"main"'],
    [
      'a value unless it is null',
      'lead_id',
      { '@excludeWhenNull': path('$.traits.lead') },
      'user.lead_id',
      'traits.lead',
    ],
    [
      'an address in lower case',
      'email_addresses',
      { '@case': { operator: 'lower', value: path('$.properties.mail') } },
      'user.email',
      'properties.mail',
    ],
    [
      'a phone number without dashes',
      'phone_numbers',
      { '@replace': { pattern: '-', replacement: '', value: path('$.properties.tel') } },
      'user.phone',
      'properties.tel',
    ],
    [
      'a list out of JSON',
      'email_addresses',
      { '@json': { mode: 'decode', value: path('$.properties.mails') } },
      'user.email',
      'properties.mails',
    ],
    ['a list', 'external_ids', { '@arrayPath': ['$.properties.ids'] }, 'user.external_id', 'properties.ids'],
  ])('%s', (_, field, value, parameter, text) => {
    const { parameters, byHand } = importWith({ [field]: value });
    expect({ parameters, byHand }).toEqual({ parameters: { [parameter]: text }, byHand: [] });
  });
});

describe('a field that is left to be done by hand, and not sent until then: filled with', () => {
  const cannot = (problem: string, parameter: string) => ({ problem, parameter });
  test.each<[what: string, field: string, value: unknown, expected: ReturnType<typeof cannot>]>([
    [
      'a Liquid template',
      'shop_id',
      { '@liquid': '{{properties.shop}}' },
      cannot('a Liquid template (@liquid)', 'properties.shop_id'),
    ],
    [
      'an object made flat',
      'description',
      { '@flatten': { separator: '.', value: path('$.properties') } },
      cannot('an object made flat (@flatten)', 'properties.description'),
    ],
    [
      'several objects made one',
      'description',
      { '@merge': { direction: 'left', objects: [] } },
      cannot('several objects made one (@merge)', 'properties.description'),
    ],
    [
      'the event changed first',
      'description',
      { '@transform': { apply: {}, mapping: {} } },
      cannot('the whole event changed first (@transform)', 'properties.description'),
    ],
    [
      'an ID in upper case',
      'order_id',
      { '@case': { operator: 'upper', value: path('$.properties.order_id') } },
      cannot('a change of upper and lower case (@case)', 'properties.order_id'),
    ],
    [
      'an amount without its commas',
      'value',
      { '@replace': { pattern: ',', replacement: '', value: path('$.properties.total') } },
      cannot('characters that are replaced (@replace)', 'properties.value'),
    ],
    [
      'a phone number with another prefix',
      'phone_numbers',
      { '@replace': { pattern: '0', replacement: '+49', value: path('$.properties.phone') } },
      cannot('characters that are replaced (@replace)', 'user.phone'),
    ],
    [
      'JSON',
      'description',
      { '@json': { mode: 'encode', value: path('$.properties') } },
      cannot('JSON (@json)', 'properties.description'),
    ],
    [
      'two values',
      'phone_numbers',
      [path('$.a'), path('$.b')],
      cannot('several values at once', 'user.phone'),
    ],
    ['an object', 'description', { a: 1 }, cannot('an object', 'properties.description')],
    [
      'a value that depends on another one',
      'currency',
      { '@if': { exists: path('$.properties.euro'), then: 'EUR', else: 'USD' } },
      cannot('a value that depends on whether another one is there (@if)', 'properties.currency'),
    ],
    [
      'a text that is always there, or else a value',
      'shop_id',
      {
        '@if': {
          exists: { '@template': '{{properties.shop}}' },
          then: { '@template': '{{properties.shop}}' },
          else: path('$.properties.store'),
        },
      },
      cannot('a value that depends on whether another one is there (@if)', 'properties.shop_id'),
    ],
    [
      'a directive that nobody knows',
      'shop_id',
      { '@new': 1 },
      cannot('the directive @new, which this command does not know', 'properties.shop_id'),
    ],
    [
      'a path that is computed',
      'shop_id',
      { '@path': path('$.properties.which') },
      cannot('a path that is computed', 'properties.shop_id'),
    ],
    [
      'a path that begins with no field of an event',
      'shop_id',
      path('$.shop'),
      cannot(
        'Parameter Mappings, entry "properties.shop_id": expected properties.shop, "shop" in double quotes, or a field of a Segment event, such as properties (character 1 of shop)',
        'properties.shop_id',
      ),
    ],
  ])('%s', (_, field, value, { problem, parameter }) => {
    const { parameters, byHand } = importWith({ [field]: value });
    expect(byHand).toEqual([
      {
        mapping: 'Orders',
        field,
        problem,
        advice: expect.stringMatching(/^[a-z].*[^.]$/),
        meanwhile: 'Until then it is not sent.',
      },
    ]);
    expect(parameters).toEqual({ [parameter]: '' });
  });

  test('a field that is not known: it fills nothing', () => {
    const { parameters, byHand } = importWith({
      first_name: path('$.traits.name'),
      event_channel: 'in_store',
    });
    expect(parameters).toEqual({});
    expect(byHand).toMatchObject([
      { field: 'first_name', problem: 'a field that this command does not know' },
    ]);
  });

  test.each<[field: string, value: unknown]>([
    ['event_id', { '@liquid': '{{messageId}}' }],
    ['timestamp', { '@liquid': '{{timestamp}}' }],
    ['timestamp', undefined],
  ])('what TikTok needs keeps its default until then: %s', (field, value) => {
    const { parameters, byHand } = importWith({ [field]: value });
    expect(parameters).toEqual({});
    expect(byHand).toMatchObject([{ field, meanwhile: 'Until then it is filled by default.' }]);
  });
});

describe('contents', () => {
  const items = (root: unknown, shape?: object) => ({ '@arrayPath': [root, ...(shape ? [shape] : [])] });
  const SHAPE = {
    price: path('$.price'),
    quantity: path('$.quantity'),
    content_category: path('$.category'),
    content_id: path('$.product_id'),
    content_name: path('$.name'),
    brand: path('$.brand'),
  };
  const contents = (value: unknown) => {
    const { parameters, byHand } = importWith({ contents: value });
    return { parameters, problems: byHand.map(({ field, problem }) => `${field}: ${problem}`) };
  };

  test.each<[what: string, value: unknown, parameters: object]>([
    ['from another list', items('$.properties.lines', SHAPE), { 'properties.contents': 'properties.lines' }],
    [
      'with other fields',
      items('$.properties.products', { ...SHAPE, content_id: path('$.sku'), brand: undefined }),
      { 'properties.contents.content_id': 'sku', 'properties.contents.brand': '' },
    ],
    [
      "with fields that have TikTok's names already",
      items('$.properties.contents'),
      {
        'properties.contents': 'properties.contents',
        'properties.contents.content_id': 'content_id',
        'properties.contents.content_name': 'content_name',
        'properties.contents.content_category': 'content_category',
      },
    ],
    [
      'from one of two lists',
      {
        '@if': {
          exists: path('$.properties.lines'),
          then: items('$.properties.lines', SHAPE),
          else: items('$.properties.products', SHAPE),
        },
      },
      { 'properties.contents': 'properties.lines ?? properties.products' },
    ],
    [
      'from one list that a directive leads to',
      items(path('$.properties.lines'), SHAPE),
      { 'properties.contents': 'properties.lines' },
    ],
    ['of the event itself', items('$.properties', SHAPE), { 'properties.contents': 'properties' }],
    ['not at all', undefined, { 'properties.contents': '' }],
  ])('%s', (_, value, parameters) => {
    expect(contents(value)).toEqual({ parameters, problems: [] });
  });

  test.each<[what: string, value: unknown, parameters: object, problem: string]>([
    [
      'by hand, if the fields of two lists differ',
      {
        '@if': {
          exists: path('$.properties.lines'),
          then: items('$.properties.lines', SHAPE),
          else: items('$.properties.products', {}),
        },
      },
      { 'properties.contents': '' },
      'contents: products from two places whose fields differ (@if)',
    ],
    [
      'by hand, if they are an object',
      { price: path('$.properties.price') },
      { 'properties.contents': '' },
      'contents: an object',
    ],
    [
      'by hand, if a field of them cannot be said',
      items('$.properties.products', { ...SHAPE, content_id: { '@liquid': '{{sku}}' } }),
      { 'properties.contents.content_id': '' },
      'contents: content_id: a Liquid template (@liquid)',
    ],
  ])('%s', (_, value, parameters, problem) => {
    expect(contents(value)).toEqual({ parameters, problems: [problem] });
  });
});

test('the click ID is read out of what fills the URL, too, as the built-in destination does', () => {
  expect(importWith({ url: path('$.properties.url') }).parameters).toEqual({
    'page.url': 'properties.url',
    'user.ttclid': 'properties.ttclid ?? integrations["TikTok Offline Conversions"].ttclid ?? properties.url',
  });
  expect(importWith({ ttclid: undefined }).parameters).toEqual({ 'user.ttclid': 'context.page.url' });
  expect(importWith({ ttclid: 'E.C.P.example' })).toMatchObject({
    parameters: { 'user.ttclid': '"E.C.P.example"' },
    byHand: [],
  });
  expect(importWith({ ttclid: undefined, url: undefined }).parameters).toEqual({
    'page.url': '',
    'user.ttclid': '',
  });
});

test('a text with several parts is absent if a place of it is, which is said', () => {
  const { differences } = importWith({ shop_id: { '@template': 'shop-{{properties.shop}}' } });
  expect(differences).toEqual([
    '"Orders", shop_id: not sent if a place of its text is absent; the built-in destination leaves the place empty.',
  ]);
});

test('without the field, an event and the setting can ask for limited use of its data nevertheless', () => {
  expect(importWith({ limited_data_use: undefined }).parameters).toEqual({});
});

describe('the test event code', () => {
  test('of all mappings is the setting', () => {
    const { settings, differences } = importWith({ test_event_code: 'TEST12345' });
    expect(settings.testEventCode).toBe('TEST12345');
    expect(differences).toEqual([expect.stringMatching(/^Test Event Code is set: .*Take it out/)]);
  });

  test('of some mappings is left to be done by hand', () => {
    const { settings, byHand } = importMappings({ eventSetID: '1' }, [
      mapping({ settings: { ...ORDER, test_event_code: 'TEST12345' } }),
      mapping({ trigger: 'event = "Signed Up"', settings: ORDER }),
    ]);
    expect(settings.testEventCode).toBeUndefined();
    expect(byHand).toMatchObject([{ field: 'test_event_code', problem: 'not the same for all mappings' }]);
  });

  test('of a disabled mapping does not matter', () => {
    const { settings, byHand } = importMappings({ eventSetID: '1' }, [
      mapping({ settings: { ...ORDER, test_event_code: 'TEST12345' }, enabled: false }),
    ]);
    expect([settings.testEventCode, byHand]).toEqual([undefined, []]);
  });
});

describe('what all entries have is said once', () => {
  const of = (event: string, changes: object) =>
    mapping({ trigger: `event = "${event}"`, settings: { ...ORDER, ...changes } });
  const parameters = (...mappings: Parameters<typeof importMappings>[1]) =>
    importMappings({ eventSetID: '1' }, mappings).settings.parameterMappings;
  const mail = { email_addresses: path('$.properties.mail') };
  const other = { email_addresses: path('$.properties.other') };

  test('and what only some have before their names', () => {
    expect(parameters(of('A', mail), of('B', mail), of('C', other))).toEqual({
      'user.email': 'properties.mail',
      'C: user.email': 'properties.other',
    });
  });

  test('but not if one has the default', () => {
    expect(parameters(of('A', mail), of('B', mail), of('C', {}))).toEqual({
      'A: user.email': 'properties.mail',
      'B: user.email': 'properties.mail',
    });
  });

  test('and what does not matter to one is no exception', () => {
    const sku = { contents: { '@arrayPath': ['$.properties.products', { content_id: path('$.sku') }] } };
    const off = {
      'properties.contents.content_name': '',
      'properties.contents.content_category': '',
      'properties.contents.brand': '',
      'properties.contents.price': '',
      'properties.contents.quantity': '',
    };
    expect(parameters(of('A', sku), of('B', { contents: undefined }))).toEqual({
      'properties.contents.content_id': 'sku',
      ...off,
      'B: properties.contents': '',
    });
  });
});

test("each default of the built-in destination's is an expression as the import writes it", () => {
  for (const [fields, root] of [
    [{ ...FIELDS, one: contentsOf('ViewContent'), several: contentsOf('PageView') }, 'event'],
    [CONTENT_FIELDS, 'item'],
  ] as const)
    for (const { defaults } of Object.values(fields))
      for (const text of defaults)
        expect([text, isFailure(parseExpression(text, root))]).toEqual([text, false]);
});

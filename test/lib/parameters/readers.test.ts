// What is sent of a value, and why not, by the type of its parameter.
import '../../../scripts/local/segment/install-globals';
import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { READERS, TYPES_OF_WORDS, type Context, type TypeName } from '../../../lib/parameters/readers';
import { describeFlaw, describeLeftOut, type Reason } from '../../../lib/parameters/reasons';
import { MAX_TEXT } from '../../../lib/values/text';
import { phonesOf } from '../../support/texts';

const NOW = Date.UTC(2026, 10, 20);
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const JANE = 'jane@example.com';

function contextOf(reasons: Reason[], own: Partial<Context>): Context {
  return {
    now: NOW,
    limitedDataUse: undefined,
    phoneCountry: undefined,
    addressCountry: () => undefined,
    hasAddressCountry: () => false,
    currency: () => undefined,
    phones: phonesOf('+1 415 555 0100'),
    readItem: (item, index) => ('bad' in Object(item) ? undefined : { item, index }),
    readProduct: (object) => ('sku' in Object(object) ? { product: object } : undefined),
    isLiteral: false,
    path: [],
    leaveOut: (reason) => reasons.push(reason),
    ...own,
  };
}

type Row = [value: unknown, sent: unknown, reasons?: readonly Reason[], context?: Partial<Context>];
const LITERAL = { isLiteral: true };
const US = { addressCountry: () => 'US' };
const EUR = { currency: () => 'EUR' };
const MXN = { currency: () => 'MXN' };
const OF_PRODUCTS = { path: ['properties', 'products'] };
const OF_PAGE = { path: ['context', 'page', 'url'] };

const ROWS: Readonly<Record<Exclude<TypeName, 'leadId'>, readonly Row[]>> = {
  text: [
    [' words ', 'words'],
    ['n/a', 'n/a'],
    [42, '42'],
    ['', undefined, ['invalid']],
    [{}, undefined, ['invalid']],
    [`for ${JANE}`, undefined, ['personal']],
    ['call 555-0100', undefined, ['personal']],
    ['a'.repeat(MAX_TEXT), 'a'.repeat(MAX_TEXT)],
    ['a'.repeat(MAX_TEXT + 1), undefined, ['too_long']],
  ],
  id: [
    [' o-1 ', 'o-1'],
    [42, '42'],
    ['5550100', '5550100'],
    ['n/a', undefined, ['placeholder']],
    ['n/a', 'n/a', [], LITERAL],
    [12.5, undefined, ['invalid']],
    [JANE, undefined, ['personal']],
  ],
  ids: [
    ['a', ['a']],
    [['a', '', null, 'b', 'a', 'n/a', 7], ['a', 'b', '7'], ['placeholder']],
    ['["a","b"]', ['a', 'b']],
    [{ 0: 'a', 2: 'b' }, ['a', 'b']],
    [['', null], undefined],
    [['n/a', {}], undefined, ['placeholder', 'invalid']],
  ],
  eventId: [
    ['m-1', 'm-1'],
    ['5550100', '5550100'],
    ['', undefined, ['invalid']],
    ['null', undefined, ['placeholder']],
    [JANE, hash(JANE), ['personal']],
    ['a'.repeat(MAX_TEXT + 1), hash('a'.repeat(MAX_TEXT + 1)), ['too_long']],
  ],
  email: [
    [' JANE@example.com ', [hash(JANE)]],
    [[JANE, '', 'nobody', JANE], [hash(JANE)], ['invalid']],
    [`["${JANE}"]`, [hash(JANE)]],
    [hash(JANE).toUpperCase(), [hash(JANE)]],
    [[hash('null')], undefined, ['placeholder']],
    ['n/a', undefined, ['placeholder']],
    ['nobody', undefined, ['invalid']],
    ['', undefined, ['invalid']],
    [[''], undefined],
    [`b'${JANE}'`, [hash(JANE)]],
    [`Optional("${JANE}")`, [hash(JANE)]],
    [`b'${hash(JANE)}'`, [hash(JANE)]],
  ],
  phone: [
    ['Optional("+14155550100")', [hash('+14155550100')]],
    ['+1 415 555 0100', [hash('+14155550100')]],
    ['020 7946 0958', [hash('+442079460958')], [], { phoneCountry: 'GB' }],
    ['020 7946 0958', undefined, ['invalid']],
    ['+266696687', undefined, ['placeholder']],
  ],
  externalId: [
    [' ID 1 ', [hash('id 1')]],
    [
      ['a', 'b'],
      [hash('a'), hash('b')],
    ],
    ['0', undefined, ['placeholder']],
    ['0', [hash('0')], [], LITERAL],
    ['null', undefined, ['placeholder']],
    ['null', [hash('null')], [], LITERAL],
    [{}, undefined, ['invalid']],
    // As Swift, Scala and Python print a text by mistake.
    ['Optional("u-1")', [hash('u-1')]],
    ['Optional("u-1 ")', [hash('u-1')]],
    ['Optional(42)', [hash('42')]],
    ['Some(u-1)', [hash('u-1')]],
    ["b'u-1'", [hash('u-1')]],
    ['u"u-1"', [hash('u-1')]],
    ['Optional("null")', undefined, ['placeholder']],
    ['Optional()', undefined, ['invalid']],
    ['optional', [hash('optional')]],
    ["b'u-1", [hash("b'u-1")]],
    ["sub'u-1'", [hash("sub'u-1'")]],
    ['some(u-1)?', [hash('some(u-1)?')]],
  ],
  name: [
    ["b'Marco'", hash('marco')],
    [' Null ', hash('null')],
    ['n/a', undefined, ['placeholder']],
    ['\\N', undefined, ['placeholder']],
    ['{{first_name}}', undefined, ['placeholder']],
    [['Jane'], undefined, ['invalid']],
    ['123', undefined, ['invalid']],
  ],
  postcode: [
    ['94103-1234', hash('94103'), [], US],
    ['94103-1234', hash('941031234')],
    ['n/a', undefined, ['placeholder']],
  ],
  city: [
    ['San Francisco', 'sanfrancisco'],
    ['n/a', undefined, ['placeholder']],
    ['—', undefined, ['invalid']],
    ['', undefined, ['invalid']],
    ['call 555-0100', undefined, ['personal']],
  ],
  state: [
    ['California', 'ca', [], US],
    ['California', 'california'],
    ['Ontario', 'ontario', [], US],
    ['Ontario', undefined, ['invalid'], { ...US, hasAddressCountry: () => true }],
    ['—', undefined, ['invalid']],
  ],
  country: [
    ['UK', 'gb'],
    ['NA', 'na'],
    ['n/a', undefined, ['placeholder']],
    ['N.A.', undefined, ['placeholder']],
    ['n/a', undefined, ['invalid'], LITERAL],
    ['Germany', 'de'],
    ['Deutschland', undefined, ['invalid']],
  ],
  phoneCountry: [
    ['uk', 'GB'],
    ['United States', 'US'],
    ['U.S.', 'US'],
    ['N.A.', undefined, ['placeholder']],
    ['xx', undefined, ['invalid']],
  ],
  ip: [
    ['203.0.113.10:80', '203.0.113.10'],
    ['203.0.113', undefined, ['invalid']],
    ['0.0.0.0', undefined, ['placeholder']],
    ['::', undefined, ['placeholder']],
    [{}, undefined, ['invalid']],
    ['unknown', undefined, ['placeholder']],
  ],
  contentType: [
    [' PRODUCT ', 'product'],
    ['product_group', 'product_group'],
    ['Hotel', 'hotel'],
    ['flight', 'flight'],
    ['destination', 'destination'],
    ['vehicle', 'vehicle'],
    ['products', undefined, ['invalid']],
    ['a product', undefined, ['invalid']],
  ],
  currency: [
    ['usd', 'USD'],
    ['euros', undefined, ['invalid']],
  ],
  number: [
    [12.5, 12.5],
    [0, 0],
    ['12,50 €', 12.5],
    ['12,50 €', 12.5, [], EUR],
    ['₹12.50', undefined, ['other_currency'], EUR],
    ['$12.50', undefined, ['other_currency'], EUR],
    ['$12.50', 12.5, [], MXN],
    ['R$ 12,50', undefined, ['other_currency'], MXN],
    ['12,50 zł', undefined, ['other_currency'], EUR],
    ['£12.50', undefined, ['other_currency'], EUR],
    ['12 kr', undefined, ['other_currency'], EUR],
    ['Fr. 12.50', 12.5, [], EUR],
    ['10 USD', 10],
    ['10 EUR', 10, [], EUR],
    ['10', 10, [], EUR],
    ['10 USD', undefined, ['other_currency'], EUR],
    ['1,250', undefined, ['doubtful']],
    ['n/a', undefined, ['placeholder']],
    [NaN, undefined, ['invalid']],
    [{}, undefined, ['invalid']],
    [4155550100, undefined, ['personal']],
    ['4155550100', undefined, ['personal']],
    [4111111111111111, 4111111111111111],
  ],
  technical: [
    ['Mozilla/5.0', 'Mozilla/5.0'],
    ['undefined', undefined, ['placeholder']],
    [JANE, undefined, ['personal']],
    ['', undefined, ['invalid']],
  ],
  url: [
    ['undefined', undefined, ['placeholder']],
    ['{{Page URL}}', undefined, ['placeholder']],
    [' https://example.com/?a=b#c ', 'https://example.com/?a=b#c'],
    [`https://example.com/a?mail=${JANE}`, 'https://example.com/a', ['personal']],
    [`https://example.com/a#${JANE}?`, 'https://example.com/a', ['personal']],
    [`https://example.com/a?b\n${JANE}`, 'https://example.com/a', ['personal']],
    [`https://example.com/${JANE}?a`, undefined, ['personal']],
    [`?${JANE}`, undefined, ['personal']],
    [`https://example.com/?${'a'.repeat(MAX_TEXT)}`, 'https://example.com/', ['too_long']],
    ['https://example.com/5550100', 'https://example.com/5550100'],
    ['', undefined, ['invalid']],
  ],
  clickId: [
    [' E.C.P.1 ', 'E.C.P.1'],
    ['https://example.com/?ttclid=E.C.P.1', 'E.C.P.1', [], OF_PAGE],
    ['https://example.com/', undefined, [], OF_PAGE],
    ['not an id', undefined, [], OF_PAGE],
    ['a=1&attclid=x', undefined, [], OF_PAGE],
    ['https://example.com/?next=%2F%3Fttclid%3DE.C.P.1', 'E.C.P.1', [], OF_PAGE],
    ['not an id', undefined, ['invalid'], { path: ['context', 'ttclid'] }],
    ['not an id', undefined, ['invalid'], { path: ['properties', 'page'] }],
    ['https://example.com/', undefined],
    ['https://example.com/?ttclid=', undefined],
    ['https://example.com/?ttclid=null', undefined, ['placeholder']],
    ['https://example.com/?ttclid=%7B%7Bclick%7D%7D', undefined, ['placeholder'], OF_PAGE],
    ['https://example.com/?ttclid=hello%20world', undefined, ['invalid'], OF_PAGE],
    ['https://example.com/?ttclid=hello%20world', undefined, ['invalid']],
    ['https://example.com/?ttclid=%20', undefined],
    ['https://example.com/?a=1&amp;ttclid=E.C.P.1', 'E.C.P.1', [], OF_PAGE],
    ['https://example.com/?a=1&amp;ttclid=E.C.P.1', 'E.C.P.1'],
    ['n/a', undefined, ['placeholder']],
    ['', undefined, ['invalid']],
    ['[object Object]', undefined, ['placeholder']],
    ['14155550100', undefined, ['personal']],
    ['5550100', '5550100'],
  ],
  contents: [
    [
      [{ a: 1 }, '{"b":2}'],
      [
        { item: { a: 1 }, index: 0 },
        { item: { b: 2 }, index: 1 },
      ],
    ],
    ['[{"a":1}]', [{ item: { a: 1 }, index: 0 }]],
    [{ 3: { a: 1 } }, [{ item: { a: 1 }, index: 0 }]],
    [[{ bad: 1 }, { a: 1 }, 'x'], [{ item: { a: 1 }, index: 1 }], ['invalid']],
    [[{ bad: 1 }], undefined, ['invalid']],
    [{ sku: 'a' }, [{ product: { sku: 'a' } }]],
    ['{"sku":"a"}', [{ product: { sku: 'a' } }]],
    [{ a: 1 }, undefined],
    [{ a: 1 }, undefined, [], { path: ['properties'] }],
    [{ a: 1 }, undefined, ['invalid'], OF_PRODUCTS],
    ['{"a":1}', undefined, ['invalid'], OF_PRODUCTS],
    [{ sku: 'a' }, [{ product: { sku: 'a' } }], [], OF_PRODUCTS],
    [{}, undefined, [], OF_PRODUCTS],
    ['words', undefined, ['invalid']],
    [[], undefined],
  ],
  custom: [
    [true, true],
    [false, false],
    [7, 7],
    ['n/a', 'n/a'],
    [4111111111111111, undefined, ['personal']],
    [JANE, undefined, ['personal']],
    [{}, undefined, ['invalid']],
  ],
  time: [
    ['2026-11-20T00:00:01Z', NOW / 1000 + 1],
    ['2028-01-01T00:00:00Z', undefined, ['invalid']],
    ['yesterday', undefined, ['invalid']],
    ['n/a', undefined, ['placeholder']],
  ],
  limitedDataUse: [
    ['no', false],
    ['LDU', true],
    [['ldu'], true],
    ['["yes"]', true],
    ['ldux', undefined, ['invalid']],
    ['xldu', undefined, ['invalid']],
    ['n/a', undefined, ['placeholder']],
    [[], undefined, ['invalid']],
  ],
};

const short = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  return typeof value === 'number' ? String(value) : JSON.stringify(value).slice(0, 40);
};

describe.each(Object.entries<readonly Row[]>(ROWS))('%s:', (type, rows) => {
  const reader = Object.entries(READERS).find(([name]) => name === type)?.[1];

  test.each(
    rows.map(([value, sent, reasons = [], own = {}]) => ({
      title: `${short(value)} with ${short(own)} is sent as ${short(sent)}${reasons.map((reason) => `, ${reason}`).join('')}`,
      value,
      sent,
      reasons,
      own,
    })),
  )('$title', ({ value, sent, reasons, own }) => {
    const said: Reason[] = [];
    expect([reader?.read(value, contextOf(said, own)), said]).toEqual([sent, reasons]);
  });
});

test('the ID of a lead is read as any other', () => {
  expect(READERS.leadId.read).toBe(READERS.id.read);
});

test('without a value, the time is that of handling, unless there was one; limited data use is the setting', () => {
  const { time, limitedDataUse } = READERS;
  expect(time.readAbsent(contextOf([], { now: NOW + 999 }), false)).toBe(NOW / 1000);
  expect(time.readAbsent(contextOf([], {}), true)).toBeUndefined();
  expect(limitedDataUse.readAbsent(contextOf([], { limitedDataUse: false }))).toBe(false);
  expect([time.absentSource, limitedDataUse.absentSource]).toEqual([
    'the time of handling',
    'the setting Limited Data Use',
  ]);
});

test('only what must be hashed is, and words may be placeholders elsewhere', () => {
  const hashed = Object.entries(READERS).filter(([, reader]) => 'isHashed' in reader && reader.isHashed);
  expect(hashed.map(([name]) => name)).toEqual(['email', 'phone', 'externalId', 'name', 'postcode']);
  expect([...TYPES_OF_WORDS]).toEqual(['name', 'text', 'custom']);
});

test('what an invalid value is, in words', () => {
  const flaws = Object.entries(READERS).map(([name, { flaw }]) => [name, flaw]);
  expect(Object.fromEntries(flaws)).toEqual({
    email: 'not an email address',
    phone: 'not a phone number with a country code, or one of Default Country',
    phoneCountry: 'not a country, by its two letters or its English name',
    externalId: 'not a string or a whole number',
    name: 'not a name',
    postcode: 'not a postcode',
    city: 'not a town',
    state: 'not a state or, in the US, not one of its states',
    country: 'not a country, by its two letters or its English name',
    text: 'not a string',
    technical: 'not a string',
    id: 'not a string or a whole number',
    ids: 'not a string or a whole number',
    leadId: 'not a string or a whole number',
    eventId: 'not a string or a whole number',
    ip: 'not an IP address',
    url: 'not a string',
    clickId: 'not a click ID',
    contentType: 'not a content type of TikTok, such as product or product_group',
    currency: 'not a currency of ISO 4217',
    number: 'not an amount',
    time: 'not a time in ISO 8601, RFC 2822, or Unix seconds or milliseconds, from 2010 to a year ahead',
    limitedDataUse: 'neither yes nor no',
    contents: 'not a list of products with anything to send',
    custom: 'not a string, number or boolean',
  });
});

test('what was left out is said with its source, in quotes', () => {
  const leftOut = {
    parameter: 'user.email',
    source: 'traits.email',
    reason: 'invalid',
    flaw: 'wrong',
  } as const;
  expect(describeLeftOut({ ...leftOut, isPart: false })).toBe('user.email: "traits.email" is wrong');
  expect(describeLeftOut({ ...leftOut, isPart: true })).toBe('user.email: a part of "traits.email" is wrong');
  expect(describeFlaw({ source: '"words"', flaw: 'wrong' })).toBe('"words" is wrong');
});

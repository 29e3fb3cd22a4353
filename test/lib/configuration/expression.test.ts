// The language in which a mapping says where a value comes from.
import '../../../scripts/local/segment/install-globals';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  parseExpression,
  pathsOf,
  type Expression,
  type Path,
  type Root,
  type SourceForm,
} from '../../../lib/configuration/expression';
import { printExpression } from '../../../lib/configuration/print-expression';
import { readSource } from '../../../lib/configuration/read-source';
import { DEFINITIONS } from '../../../lib/parameters/definitions';
import { Failure, isFailure } from '../../../lib/result';
import { OwnPhones } from '../../../lib/privacy/own-phones';
import { isPresent } from '../../../lib/values/json';

const EVENT = {
  userId: 'customer-1',
  event: 'Order Completed',
  properties: {
    total: 12.5,
    cents: 1999,
    written: '1.999,00',
    doubtful: '1,250',
    zero: 0,
    no: false,
    word: 'Yes',
    blank: ' ',
    nothing: null,
    store: ' berlin-3 ',
    receipt: 17,
    unknown: 'n/a',
    large: 2 ** 60,
    'odd key': 'odd',
    'a.b': 'dotted',
    'a/b': 'slashed',
    '{': 'brace',
    '': 'empty',
    '"': 'quote',
    products: [
      { sku: 'one', sizes: [{ of: 'S' }, { of: 'M' }] },
      { sku: 'two', sizes: { of: 'L' } },
      {},
      null,
    ],
    gaps: { 2: { sku: 'two' }, 7: { sku: 'seven' } },
    column: '[{"sku":"text"}]',
    lone: { sku: 'lone' },
    phones: ['14155550100', '', '14155550101'],
    none: [null, ''],
  },
  context: {
    traits: { email: 'jane@example.com' },
    externalIds: [
      { type: 'phone', id: 'p-1', of: { 'the key': 5 } },
      { type: 'email', id: 'e-1', primary: true },
      { type: 'email', id: 'e-2' },
    ],
    consent: { categoryPreferences: { Advertising: false, Analytics: 'true' } },
  },
  traits: '{"email":"text@example.com","phones":["+14155550100"]}',
};

function parse(text: string, root: Root = 'event'): Expression {
  const parsed = parseExpression(text, root);
  if (isFailure(parsed)) throw new Error(`${text}: ${JSON.stringify(parsed.reason)}`);
  return parsed;
}

/** The first value that is there, for an id. */
const valueOf = (text: string, root: Root = 'event'): unknown =>
  parse(text, root)
    .map((source) => readSource(source, EVENT, 'id'))
    .find(isPresent);

test.each<[text: string, value: unknown]>([
  ['userId', 'customer-1'],
  ['properties.total', 12.5],
  ['$.properties.total', 12.5],
  ['$["properties"].total', 12.5],
  ['  properties.total  ', 12.5],
  ['properties.products[1].sku', 'two'],
  ['properties.products.0.sku', 'one'],
  ['properties.products[7].sku', undefined],
  ['properties["odd key"]', 'odd'],
  ['properties["a.b"]', 'dotted'],
  ['properties["a/b"]', 'slashed'],
  ['properties["{"]', 'brace'],
  ['properties[""]', 'empty'],
  ['properties["\\""]', 'quote'],
  ['properties["\\u0074otal"]', 12.5],
  ['"USD"', 'USD'],
  ['"a ?? \\"b\\""', 'a ?? "b"'],
  ['12.5', 12.5],
  ['-3', -3],
  ['1e3', 1000],
  ['true', true],
  ['false', false],
  ['properties.missing ?? properties.total', 12.5],
  ['properties.missing??properties.nothing??properties.blank ?? "x"', 'x'],
  ['properties.zero ?? 7', 0],
  ['properties.no ?? true', false],
  ['properties.none ?? "x"', 'x'],
  ['properties.missing', undefined],
  ['traits.email', 'text@example.com'],
  ['traits.phones[0]', '+14155550100'],
  ['traits.length', undefined],
  ['properties.total.more', undefined],
  ['properties.constructor', undefined],
  ['properties.__proto__', undefined],
  ['properties["__proto__"].toString', undefined],
])('%s gives %j', (text, value) => {
  expect(valueOf(text)).toEqual(value);
});

test.each<[text: string, value: unknown]>([
  ['properties.products[].sku', ['one', 'two']],
  ['properties.products[].sizes[].of', ['S', 'M', 'L']],
  ['properties.products[].sizes[0].of', ['S']],
  ['properties.products[].missing', undefined],
  ['properties.gaps[].sku', ['two', 'seven']],
  ['properties.column[].sku', ['text']],
  ['properties.lone[].sku', ['lone']],
  ['properties.store[]', [' berlin-3 ']],
  ['properties.missing[].sku', undefined],
  ['properties.products["sku"]', undefined],
  ['context.externalIds[type="email"].id', 'e-1'],
  ['context.externalIds[type = "email"].id', 'e-1'],
  ['context.externalIds[type="email"][id="e-2"].id', undefined],
  ['context.externalIds[type="fax"].id', undefined],
  ['context.externalIds[of["the key"]=5].id', 'p-1'],
  ['context.externalIds[of["the key"]="5"].id', undefined],
  ['context.externalIds[primary=true].id', 'e-1'],
  ['properties.lone[sku="lone"].sku', 'lone'],
  ['properties.products[].sizes[of="M"].of', ['M']],
  ['properties.products[sku="two"].sizes[].of', ['L']],
])('%s picks items of a list: %j', (text, value) => {
  expect(valueOf(text)).toEqual(value);
});

test.each<[text: string, value: unknown]>([
  ['"{{properties.store}}-{{properties.receipt}}"', 'berlin-3-17'],
  ['"{{ properties.store }}"', 'berlin-3'],
  ['"{{properties["odd key"]}} {{properties.no}} {{properties.total}}"', 'odd false 12.5'],
  ['"{{context.externalIds[type="email"].id}}!"', 'e-1!'],
  ['"\\u0041\\n{{properties.receipt}}\\""', 'A\n17"'],
  ['"{{properties.store}}-{{properties.missing}}" ?? "x"', 'x'],
  ['"{{properties.store}}-{{properties.blank}}"', undefined],
  ['"+{{properties.phones[]}}"', ['+14155550100', '+14155550101']],
  ['"+{{properties.phones}}."', ['+14155550100.', '+14155550101.']],
  ['"{{properties.lone}}"', undefined],
  ['"{{properties.phones}}{{properties.gaps}}"', undefined],
  ['"{{properties.unknown}}-17"', undefined],
  ['"{{properties.large}}"', undefined],
  ['"\\{{properties.store}}"', '{{properties.store}}'],
  ['"\\u007b\\u007bproperties.store}}"', '{{properties.store}}'],
  ['"{a} }} \\{"', '{a} }} {'],
  ['"\\\\{{properties.receipt}}"', '\\17'],
  ['"\\{{{properties.receipt}}}"', '{17}'],
])('the text %s is filled in: %j', (text, value) => {
  expect(valueOf(text)).toEqual(value);
});

test.each<[text: string, value: unknown]>([
  ['properties.cents / 100', 19.99],
  ['properties.cents/100', 19.99],
  ['properties.total * 1.19', 14.875],
  ['properties.total * -2', -25],
  ['properties.written / 100', 19.99],
  ['properties.doubtful / 100', undefined],
  ['properties.store / 100', undefined],
  ['properties.unknown / 100', undefined],
  ['properties.missing / 100 ?? 7', 7],
  ['properties.zero * 3', 0],
  ['properties.products[sku="one"].missing * 2', undefined],
  ['properties.no * 2', undefined],
  ['!context.consent.categoryPreferences.Advertising', true],
  ['! context.consent.categoryPreferences.Analytics', false],
  ['!properties.word', false],
  ['!properties.zero', true],
  ['!properties.total', undefined],
  ['!properties.missing ?? 7', 7],
])('%s is worked out: %j', (text, value) => {
  expect(valueOf(text)).toBe(value);
});

test('amounts are worked out as in decimals', () => {
  const amount = fc.integer({ min: -(10 ** 9), max: 10 ** 9 });
  const factor = fc.integer({ min: 1, max: 99_999 });
  fc.assert(
    fc.property(amount, fc.nat(3), factor, fc.nat(4), (digits, places, factorDigits, factorPlaces) => {
      // Number reads a decimal to the nearest double.
      const written = (whole: bigint, decimals: number) => Number(`${whole}e-${decimals}`);
      const [value, by] = [written(BigInt(digits), places), written(BigInt(factorDigits), factorPlaces)];
      const [source] = parse(`properties.amount * ${by}`);
      const exact = written(BigInt(digits) * BigInt(factorDigits), places + factorPlaces);
      const result = source && readSource(source, { properties: { amount: value } }, 'number');
      expect(Number(result) + 0).toBe(exact + 0);
    }),
    { numRuns: 2000 },
  );
  for (const cents of [1, 7, 10, 1999, 123_456_789, 2 ** 53 - 1]) {
    const [source] = parse('properties.amount / 100');
    const result = source && readSource(source, { properties: { amount: cents } }, 'number');
    expect(result).toBeCloseTo(Number(`${cents}e-2`), 1);
    if (cents < 10 ** 13) expect(result).toBe(Number(`${cents}e-2`));
  }
});

const A_PATH = 'a path or a literal';
const UNFILLED =
  'a path without signs around it, or a template in double quotes, such as "{{properties.store}}"';
const STRAIGHT = 'a literal in straight double quotes, such as "USD", or a path';
const A_STEP = 'an index, a name in double quotes, ] or name="text"';
const NEXT = '?? before the next source, or the end';
const CALCULATED =
  '?? or the end; * and / calculate, and "{{properties.store}}-{{properties.receipt}}" joins strings';
const CONDITION = '?? or the end; conditions stand in Event Mappings, after "if"';
const NO_FUNCTIONS = 'a path or a literal: there are no functions';

test.each<[text: string, offset: number, expected: string]>([
  ['properties..x', 11, 'a name'],
  ['properties.', 11, 'a name'],
  ['.x', 0, A_PATH],
  ['$', 0, UNFILLED],
  ['${properties.x}', 0, UNFILLED],
  ['{{properties.x}}', 0, UNFILLED],
  ['@path($.properties.x)', 0, UNFILLED],
  ["'USD'", 0, STRAIGHT],
  ['properties.x ?? “USD”', 16, STRAIGHT],
  ['USD', 0, 'properties.USD, "USD" in double quotes, or a field of a Segment event'],
  [
    'x'.repeat(40),
    0,
    `properties.${'x'.repeat(40)}, "${'x'.repeat(40)}" in double quotes, or a field of a Segment event, such as properties`,
  ],
  ['properties.x ?? USD', 16, 'a field of a Segment event'],
  ['null', 0, 'nothing if the parameter is not to be sent, or a path or a literal'],
  ['(empty)', 0, 'nothing if the parameter is not to be sent, or a path or a literal'],
  ['skip', 0, 'nothing if the parameter is not to be sent, or properties.skip, "skip" in double quotes, or'],
  ['n/a', 0, 'nothing if the parameter is not to be sent, or a field of a Segment event'],
  ['properties.x;', 12, NEXT],
  ['properties.x”', 12, '.name, [index]'],
  ['properties.x\u200b', 12, '.name, [index]'],
  ['properties.a.$.b', 13, 'a name; for all items, write [] instead of the dot'],
  ['properties.a.*.b', 13, 'a name; for all items, write [] instead of the dot'],
  ['$.', 2, 'a name'],
  ['$..email', 2, 'a name'],
  ['$.*.email', 2, 'a name; for all items, write [] instead of the dot'],
  ["$['properties']", 2, 'an index, a name in double quotes'],
  ['properties.a.[0]', 13, 'a name, or [ without the dot before it'],
  ['properties."a b"', 11, 'a name; write one with a space as ["first name"], without the dot'],
  ["properties.'a b'", 11, 'a name; write one with a space as ["first name"], without the dot'],
  ['properties?.total', 10, '"." without "?"'],
  ['properties.x || traits.x', 13, NEXT],
  ['properties.x or traits.x', 13, NEXT],
  ['properties.x, traits.x', 12, NEXT],
  ['properties.x ? traits.x : 1', 13, NEXT],
  ['properties.x | downcase', 13, '?? or the end: there are no filters'],
  ['properties.x + 5', 13, CALCULATED],
  ['properties.x - properties.y', 13, CALCULATED],
  ['"+1" + properties.x', 5, CALCULATED],
  ['properties.x = "a"', 13, CONDITION],
  ['"USD" if properties.country = "US"', 6, CONDITION],
  ['"a"(properties.x)', 3, '?? or the end: there are no functions'],
  ['coalesce(properties.a, properties.b)', 0, NO_FUNCTIONS],
  ['_.get(event, "properties.a")', 0, NO_FUNCTIONS],
  ['properties.x.toLowerCase()', 0, NO_FUNCTIONS],
  ['properties.x ?? Number(properties.y)', 16, NO_FUNCTIONS],
  ['(properties.x / 100)', 0, 'a path or a literal, without brackets around it'],
  ['+{{properties.phone}}', 0, 'a template in double quotes, such as "+{{properties.phone}}"'],
  ['{"@path":"$.properties.x"}', 0, 'a path such as properties.total or another expression, not a directive'],
  [String.raw`properties.x ?? \"USD\"`, 16, 'a literal in double quotes without "\\" before them'],
  ['properties.x ?? null', 16, 'a path or a literal: what is absent is not sent'],
  ['not properties.x', 0, 'a path, with ! before it instead of "not"'],
  ['message.properties.x', 0, 'a field of a Segment event; did you mean properties, without message?'],
  ['properties.x * 0,01', 15, 'a number as in JSON'],
  ['12,50', 0, 'a number as in JSON'],
  ['properties.x ??', 15, A_PATH],
  ['?? x', 0, A_PATH],
  ['properties.a ?? ?? properties.b', 16, A_PATH],
  ['properties.a ? b', 13, NEXT],
  ['properties.a[] / 2', 0, 'a path to one value, without []'],
  ['"{{properties.a}}" / 2', 19, '?? or the end'],
  ['properties["x', 13, 'the closing quotation mark'],
  ['properties["x"', 14, ']'],
  ["properties['x']", 11, A_STEP],
  ['properties[x]', 12, '= and a literal, or the name in double quotes'],
  ['properties[01]', 11, A_STEP],
  ['properties[-1]', 11, A_STEP],
  ['properties.a[x=]', 15, 'a literal'],
  ['properties.a[x=y]', 15, 'a literal, such as "text" in double quotes'],
  ['properties.a[x="y]', 18, 'the closing quotation mark'],
  ['properties.a[x="y"', 18, ']'],
  ['properties.a[x=01]', 15, 'a number as in JSON'],
  ['properties.a[x.=1]', 15, 'a name'],
  ['properties.a[b[].c=1]', 14, '= and a literal'],
  ['"open', 5, 'the closing quotation mark'],
  ['"bad \\x"', 5, 'an escape of JSON, or \\{'],
  ['"a\nb"', 2, 'no control character'],
  ['"{{"', 3, 'a path; {{ that is meant as it stands is written \\{{'],
  ['"a {{properties.store"', 21, '}}'],
  ['"a {{properties.store|upcase}}"', 21, '}}: a path stands alone in a place, without filters'],
  ['"a {{properties.store | upcase}}"', 21, '}}: a path stands alone in a place, without filters'],
  ['"{{properties.a ?? properties.b}}"', 15, '}}'],
  ['"{{email}}"', 3, 'a field of a Segment event'],
  ['"{{properties.a[]}}{{properties.b[]}}"', 19, 'a path to one value'],
  ['12abc', 0, 'a number as in JSON'],
  ['1e999', 0, 'a number as in JSON'],
  ['properties.a / 0', 15, 'a number other than 0'],
  ['properties.a * properties.b', 15, 'a number as in JSON'],
  ['properties.a / 100 * 2', 19, '?? or the end: a source has one * or /, between a path and a number'],
  ['100 * properties.a', 4, '?? or the end: a source has one * or /, between a path and a number'],
  ['!', 1, 'a path'],
  ['!!properties.a', 1, 'a path'],
  ['!true ?? properties.a', 1, 'a field of a Segment event'],
  ['!properties.a[]', 1, 'a path to one value, without []'],
  ['[0]', 0, A_PATH],
  ['{"a":1}', 0, UNFILLED],
  ['event.properties.total', 5, 'nothing after event'],
  ['property.total', 0, 'a field of a Segment event; did you mean properties?'],
  ['property..', 0, 'a field of a Segment event; did you mean properties?'],
  ['$.property.total', 1, 'a field of a Segment event; did you mean properties?'],
  ['userId ?? trait.id', 10, 'a field of a Segment event; did you mean traits?'],
  ['$[].a', 0, 'a field of a Segment event'],
  ['properties[].sku', 10, 'a name: no field of a Segment event is a list'],
  ['$.properties[a="b"].c', 12, 'a name: no field of a Segment event is a list'],
  ['trueish', 0, 'a field of a Segment event'],
])('%j is malformed, and its problem is at %i', (text, offset, expected) => {
  expect(parseExpression(text, 'event')).toEqual(
    new Failure({ offset, expected: expect.stringContaining(expected) }),
  );
});

test.each([
  ['properties.price', 0, 'properties'],
  ['$.properties.price', 0, 'properties'],
  ['sku ?? context.ip', 7, 'context'],
  ['"{{traits.name}}"', 3, 'traits'],
])('a path of a product does not start at the event: %s', (text, offset, field) => {
  expect(parseExpression(text, 'item')).toEqual(
    new Failure({
      offset,
      expected: `a path from the product, such as product_id; if it has a field called ${field}, write $["${field}"]`,
    }),
  );
});

test.each([
  '$["properties"].color',
  'properties[name="colour"].value',
  'properties.0.value',
  'properties',
  'contexts.a',
  'nullable',
  'null',
  'sku ?? undefined.id',
  'not ?? sku',
  'notes',
  'order',
  'iffy.or',
])('a field of a product may be called %s', (text) => {
  expect(isFailure(parseExpression(text, 'item'))).toBe(false);
});

test('a word of more than 40 characters is not shown again', () => {
  expect(parseExpression('x'.repeat(41), 'event')).toEqual(
    new Failure({ offset: 0, expected: 'a field of a Segment event, such as properties' }),
  );
});

test.each<[text: string, offset: number, expected: string]>([
  ['properties.a)', 12, '.name, [index], ["name"], * or / and a number, ?? or the end'],
  ['userId ?? properties.a) b', 22, '.name, [index], ["name"], * or / and a number, ?? or the end'],
  ['properties.a b', 13, '["first name"] for a name with a space, * or / and a number, ?? or the end'],
  ['properties.a[])', 14, '.name, [index], ["name"], ?? or the end'],
  ['properties.a[] x', 15, '["first name"] for a name with a space, ?? or the end'],
  ['"USD" x', 6, '?? or the end'],
])('whatever may follow instead is named: %j', (text, offset, expected) => {
  expect(parseExpression(text, 'event')).toEqual(new Failure({ offset, expected }));
});

test.each<[text: string, paths: readonly string[]]>([
  ['traits.email ?? properties.a[].b', ['traits.email', 'properties.a[].b']],
  ['"USD" ?? 1 ?? true', []],
  ['"{{properties.a}}-{{traits.b}}"', ['properties.a', 'traits.b']],
  ['properties.a / 100', ['properties.a']],
  ['!context.a', ['context.a']],
])('%s is made of the paths %j', (text, paths) => {
  const made = parse(text).flatMap(pathsOf);
  expect(made.map((path) => printExpression([{ kind: 'path', ...path }]))).toEqual(paths);
});

test('a path in an item of the products begins with any name', () => {
  expect(parse('article ?? größe.cm ?? true.x ?? $.true', 'item').map(({ kind }) => kind)).toEqual(
    Array(4).fill('path'),
  );
});

test('a blank expression has no sources', () => {
  expect(parse(' ')).toEqual([]);
});

test('every default source is an expression', () => {
  for (const { from, group } of DEFINITIONS) parse(from, group === 'contents' ? 'item' : 'event');
});

test('the longest expressions and lists cost no more than their length', () => {
  const deep = Array(3000).fill('[]').join('');
  expect(valueOf(`properties.store${deep}`)).toEqual([' berlin-3 ']);
  expect(parseExpression(`properties.a${'[b'.repeat(10_000)}`, 'event')).toBeInstanceOf(Failure);
  expect(parseExpression(`"${'{{'.repeat(10_000)}`, 'event')).toBeInstanceOf(Failure);
  const many = { properties: { text: 'x'.repeat(20_000), list: Array(10_000).fill('y'.repeat(3)) } };
  for (const text of ['"{{properties.text}}{{properties.text}}"', '"{{properties.list[]}}-1"']) {
    const reasons: string[] = [];
    const context = { currency: () => undefined, phones: new OwnPhones(), isLiteral: false };
    const [source] = parse(text);
    const filled =
      source && readSource(source, many, 'id', { ...context, leaveOut: (reason) => reasons.push(reason) });
    expect([filled, reasons]).toEqual([expect.not.stringContaining('x'), ['too_long']]);
  }
});

describe('for any text', () => {
  const tokens = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...['properties', '.', '..', '$', '[0]', '["a b"]', '["', ']', '"x"', '12', '??', '?', ' ', 'true'],
        ...['\\', '[]', '[a="b"]', '"', '{{', '}}', '\\{', '!', '*', '/', '=', '['],
      ),
      fc.string({ maxLength: 3 }),
    ),
  );

  test('it is either an expression or has a problem at a place within it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          tokens.map((list) => list.join('')),
          fc.string({ unit: 'binary' }),
        ),
        fc.constantFrom<Root>('event', 'item'),
        (text, root) => {
          const parsed = parseExpression(text, root);
          if (!isFailure(parsed)) return parsed.length > 0 || text.trim() === '';
          return parsed.reason.offset >= 0 && parsed.reason.offset <= text.length;
        },
      ),
      { numRuns: 5000 },
    );
  });

  const key = fc.oneof(
    fc.constantFrom('total', 'odd-key', '0', '17', '01', '$', 'a.b', ']', '["', '??', ' ', 'true', '{{', ''),
    fc.string({ unit: 'binary' }),
  );
  const keys = fc.array(key, { minLength: 1, maxLength: 4 });
  const text = fc.oneof(fc.constantFrom('{', '{{', '}}', '\\{', '"', '\x7f'), fc.string({ unit: 'binary' }));
  const number = fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => (Object.is(value, -0) ? 0 : value));
  const value = fc.oneof(text, number, fc.boolean());
  const where = fc.record({ keys, value });
  const rest = fc.array(key, { maxLength: 3 });
  const list = fc.oneof(fc.record({ keys: rest }), fc.record({ where, keys: rest }));
  const single = fc.record({ keys, lists: fc.array(fc.record({ where, keys: rest }), { maxLength: 2 }) });
  const path: fc.Arbitrary<Path> = fc.record({ keys, lists: fc.array(list, { maxLength: 3 }) });
  const form: fc.Arbitrary<SourceForm> = fc.oneof(
    path.map((one): SourceForm => ({ kind: 'path', ...one })),
    value.map((one): SourceForm => ({ kind: 'literal', value: one })),
    single.map((one): SourceForm => ({ kind: 'negation', path: one })),
    fc.tuple(single, fc.constantFrom<'*' | '/'>('*', '/'), number).map(([one, operator, by]): SourceForm => ({
      kind: 'product',
      path: one,
      operator,
      operand: by === 0 ? 1 : by,
    })),
    // At most one list; no two characters in a row, as a reader finds them.
    fc.tuple(path, fc.array(fc.oneof(single, text), { maxLength: 4 })).map(([first, others]): SourceForm => ({
      kind: 'template',
      parts: [first, ...others].filter(
        (part, index, all) => typeof part !== 'string' || (part !== '' && typeof all[index - 1] !== 'string'),
      ),
    })),
  );

  test('what is printed is what is read', () => {
    fc.assert(
      fc.property(fc.array(form, { minLength: 1, maxLength: 3 }), (sources) => {
        const printed = printExpression(sources);
        const read = parse(printed, 'item').map((source) => ({ ...source, text: undefined }));
        expect(read).toEqual(sources);
        expect(printExpression(parse(printed, 'item'))).toBe(printed);
      }),
      { numRuns: 5000 },
    );
  });

  test('a key may be written in several ways, and spaces may stand between', () => {
    const joint = fc.constantFrom('??', ' ?? ', '  ??\n');
    const spelt = keys.chain((all) =>
      fc
        .tuple(...all.map((one) => fc.constantFrom(...spellings(one))))
        .map((steps) => ({ text: `$${steps.join('')}`, kind: 'path', keys: all, lists: [] })),
    );
    fc.assert(
      fc.property(fc.array(spelt, { minLength: 1 }), joint, (sources, between) => {
        const texts = sources.map((source) => source.text);
        expect(parse(texts.join(between), 'item')).toEqual(sources);
      }),
    );
  });

  /** The ways to write a key. */
  function spellings(one: string): readonly string[] {
    return [
      `[${JSON.stringify(one)}]`,
      ...(/^(?:0|[1-9]\d*)$/.test(one) ? [`[${one}]`] : []),
      ...(/^[\p{L}\d_$-]+$/u.test(one) && one !== '$' ? [`.${one}`] : []),
    ];
  }
});

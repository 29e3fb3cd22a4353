// The language in which a mapping says where a value comes from.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { evaluate, parseExpression, type Expression } from '../../../lib/configuration/expression';
import { DEFINITIONS } from '../../../lib/parameters/definitions';
import { Failure, isFailure } from '../../../lib/result';

const EVENT = {
  userId: 'customer-1',
  properties: {
    total: 12.5,
    zero: 0,
    no: false,
    blank: ' ',
    nothing: null,
    'odd key': 'odd',
    'a.b': 'dotted',
    '': 'empty',
    '"': 'quote',
    products: [{ sku: 'one' }, { sku: 'two' }],
    none: [null, ''],
  },
  context: { traits: { email: 'jane@example.com' } },
  traits: '{"email":"text@example.com","phones":["+14155550100"]}',
};

function parse(text: string): Expression {
  const parsed = parseExpression(text);
  if (isFailure(parsed)) throw new Error(`${text}: ${JSON.stringify(parsed.reason)}`);
  return parsed;
}

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
  ['trueish', undefined],
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
  ['userId.length', undefined],
  ['toString', undefined],
  ['properties.constructor', undefined],
  ['properties.__proto__', undefined],
  ['__proto__.toString', undefined],
])('%s gives %j', (text, value) => {
  expect(evaluate(parse(text), EVENT)).toEqual(value);
});

test.each<[text: string, offset: number, expected: string]>([
  ['properties..x', 10, '.name'],
  ['properties.', 10, '.name'],
  ['.x', 0, 'a path or a literal'],
  ['$', 0, 'a path or a literal'],
  ['properties.x ??', 15, 'a path or a literal'],
  ['properties.x ?? ', 16, 'a path or a literal'],
  ['?? x', 0, 'a path or a literal'],
  ['a ?? ?? b', 5, 'a path or a literal'],
  ['a ? b', 2, '?? or the end'],
  ['a b', 2, '?? or the end'],
  ['properties["x', 10, '["name"]'],
  ["properties['x']", 10, '["name"]'],
  ['properties[x]', 10, '[index]'],
  ['properties[01]', 10, '[index]'],
  ['properties[-1]', 10, '[index]'],
  ['"open', 0, 'a path or a literal'],
  ['"bad \\x"', 0, 'a path or a literal'],
  ['12abc', 0, 'a path or a literal'],
  ['[0]', 0, 'a path or a literal'],
  ['{"a":1}', 0, 'a path or a literal'],
])('%j is malformed, and its problem is at %i', (text, offset, expected) => {
  expect(parseExpression(text)).toEqual(new Failure({ offset, expected: expect.stringContaining(expected) }));
});

test('a blank expression has no sources', () => {
  expect(parse(' ')).toEqual([]);
});

test('every default source is an expression', () => {
  for (const { from } of DEFINITIONS) parse(from);
});

describe('for any text', () => {
  const tokens = fc.array(
    fc.oneof(
      fc.constantFrom(
        'properties',
        '.',
        '..',
        '$',
        '[0]',
        '["a b"]',
        '["',
        ']',
        '"x"',
        '12',
        '??',
        '?',
        ' ',
        'true',
        '\\',
      ),
      fc.string({ maxLength: 3 }),
    ),
  );

  test('it is either an expression or has a problem at a place within it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          tokens.map((list) => list.join('')),
          fc.string(),
        ),
        (text) => {
          const parsed = parseExpression(text);
          if (!isFailure(parsed)) return parsed.length > 0 || text.trim() === '';
          return parsed.reason.offset >= 0 && parsed.reason.offset <= text.length;
        },
      ),
      { numRuns: 5000 },
    );
  });

  test('what was written is what is read: keys of a path, and the value of a literal', () => {
    const key = fc.oneof(
      fc.constantFrom('total', 'odd-key', '0', '17', '$', 'a.b', ']', '["', '??', ' '),
      fc.string(),
    );
    const path = fc
      .tuple(fc.constantFrom('properties', '$', 'user_id', 'größe'), fc.array(key))
      .chain(([first, keys]) =>
        fc.tuple(...keys.map((one) => fc.constantFrom(...spellings(one)))).map((spelt) => {
          const isWhole = first === '$';
          // The event itself is no value: a path has a key.
          const rest = isWhole && keys.length === 0 ? '.userId' : spelt.join('');
          return {
            text: `${first}${rest}`,
            kind: 'path',
            keys: [...(isWhole ? [] : [first]), ...(isWhole && keys.length === 0 ? ['userId'] : keys)],
          };
        }),
      );
    const literal = fc
      .oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean())
      .map((value) => ({
        text: JSON.stringify(value),
        kind: 'literal',
        value: z.unknown().parse(JSON.parse(JSON.stringify(value))),
      }));
    const joint = fc.constantFrom('??', ' ?? ', '  ??\n');
    fc.assert(
      fc.property(fc.array(fc.oneof(path, literal), { minLength: 1 }), joint, (sources, between) => {
        expect(parse(sources.map(({ text }) => text).join(between))).toEqual(sources);
      }),
      { numRuns: 2000 },
    );
  });

  /** The ways to write a key. */
  function spellings(key: string): readonly string[] {
    return [
      `[${JSON.stringify(key)}]`,
      ...(/^(?:0|[1-9]\d{0,8})$/.test(key) ? [`[${key}]`] : []),
      ...(/^[^\s.?,"'[\]]+$/.test(key) ? [`.${key}`] : []),
    ];
  }
});

// What conditions cost, in steps, and that nothing in an event or in a text of a setting makes them fail.
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { Condition } from '../../../lib/configuration/condition/condition';
import {
  CALL_TYPES,
  evaluate,
  failedPart,
  testsTypeOrEvent,
  typesOf,
} from '../../../lib/configuration/condition/evaluate';
import { FUNCTIONS } from '../../../lib/configuration/condition/functions';
import { matchesPattern, readPattern, type PatternPart } from '../../../lib/configuration/condition/glob';
import { MAX_DEPTH, MAX_LENGTH, parseCondition } from '../../../lib/configuration/condition/parse';
import { isFailure } from '../../../lib/result';
import { MAX_TEXT } from '../../../lib/values/text';

afterEach(() => {
  jest.restoreAllMocks();
});

function parse(text: string): Condition {
  const condition = parseCondition(text);
  if (isFailure(condition)) throw new Error(`${text}: ${JSON.stringify(condition.reason)}`);
  return condition;
}

/** A list in a list, and so on: unless told otherwise, deeper than a recursion gets. */
function nestedList(depth = 100_000): unknown {
  let list: unknown = [];
  for (let around = 1; around < depth; around += 1) list = [list];
  return list;
}

describe('steps', () => {
  test.each(
    [
      'event = "a" and '.repeat(2000),
      '('.repeat(MAX_LENGTH),
      '!'.repeat(MAX_LENGTH),
      `type in [${'"a", '.repeat(3000)}`,
      'string('.repeat(2000),
      `"${'a'.repeat(MAX_LENGTH - 1)}`,
      `properties${'.a'.repeat(4000)}`,
      `properties${'\\'.repeat(9000)}`,
      '1'.repeat(MAX_LENGTH),
      `${'1'.repeat(MAX_LENGTH - 1)}x`,
      ' '.repeat(MAX_LENGTH),
      `true${' '.repeat(MAX_LENGTH - 5)}x`,
      'and '.repeat(2500),
      `event = "a" ${'or '.repeat(2500)}`,
      'a'.repeat(10 * MAX_LENGTH),
    ].map((text) => ({ text, beginning: text.slice(0, 20) })),
  )('of reading $beginning…: at most two regular expressions for each character', ({ text }) => {
    const exec = jest.spyOn(RegExp.prototype, 'exec');
    parseCondition(text);
    const { length } = exec.mock.calls;
    expect(length).toBeLessThanOrEqual(2 * Math.min(text.length, MAX_LENGTH) + 2);
  });

  test('of evaluating: each key of each path is read once', () => {
    let reads = 0;
    const event: unknown = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => ({ value: event, configurable: true, enumerable: true }),
        get() {
          reads += 1;
          return event;
        },
      },
    );
    const keys = 10;
    const paths = 500;
    const text = Array.from({ length: paths }, () => `properties${'.a'.repeat(keys - 1)} = 1`).join('\nor ');
    expect(text.length).toBeLessThan(MAX_LENGTH * 2);
    const condition = parse(text.slice(0, text.lastIndexOf('\nor ', MAX_LENGTH)));
    const count = condition.kind === 'or' ? condition.conditions.length : 0;
    expect(count).toBeGreaterThan(200);
    expect(evaluate(condition, event)).toBe(false);
    expect(reads).toBe(keys * count);
  });

  test.each<[name: string, pattern: string, text: string]>([
    ['many stars', '*a'.repeat(30) + 'b', 'a'.repeat(2000)],
    ['a long end', '*' + 'a'.repeat(240) + 'b', 'a'.repeat(4000)],
    ['classes', '*[a-z]?[abc]'.repeat(20) + '[0-9]', 'abc'.repeat(1000)],
    ['only stars', '*'.repeat(250), 'a'.repeat(1000)],
  ])('of matching %s: at most one for each character and part', (_, pattern, text) => {
    let steps = 0;
    const counted = (part: PatternPart): PatternPart =>
      part === '*'
        ? part
        : (character) => {
            steps += 1;
            return part(character);
          };
    const parts = readPattern(pattern) ?? [];
    expect(parts.length).toBeGreaterThan(0);
    matchesPattern(text, parts.map(counted));
    expect(steps).toBeLessThanOrEqual(text.length * parts.length);
  });

  test('of matching are bounded: a text or a pattern that no event can hold never matches', () => {
    const matches = (text: string) =>
      evaluate(parse('match(properties.text, "*")'), { properties: { text } });
    expect([matches('a'.repeat(MAX_TEXT)), matches('a'.repeat(MAX_TEXT + 1))]).toEqual([true, false]);
    expect(evaluate(parse('match("", properties.text)'), { properties: { text: '*'.repeat(251) } })).toBe(
      false,
    );
  });
});

test('a pattern matches what a regular expression made of it matches', () => {
  const literal = fc.constantFrom('a', 'b', 'é', '😀', '.', '^', '-');
  const part = fc.oneof(
    literal.map((character) => ({
      glob: `\\${character}`,
      regex: `[\\${character}]`.replace(/\\([é😀ab])/u, '$1'),
    })),
    fc.constant({ glob: '*', regex: '[^]*' }),
    fc.constant({ glob: '?', regex: '[^]' }),
    fc.constant({ glob: '[ab]', regex: '[ab]' }),
    fc.constant({ glob: '[a-z.]', regex: '[a-z.]' }),
    fc.constant({ glob: String.raw`[\^\-é]`, regex: String.raw`[\^\-é]` }),
  );
  const text = fc.array(literal, { maxLength: 8 }).map((characters) => characters.join(''));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), text, (parts, given) => {
      const pattern = readPattern(parts.map(({ glob }) => glob).join('')) ?? [];
      const regex = new RegExp(`^${parts.map((one) => one.regex).join('')}$`, 'u');
      expect(matchesPattern(given, pattern)).toBe(regex.test(given));
    }),
    { numRuns: 5000 },
  );
});

test('lists are compared down to the 50th level of lists within them', () => {
  const isEqual = (depth: number) =>
    evaluate(parse('properties.x = properties.y'), {
      properties: { x: nestedList(depth), y: nestedList(depth) },
    });
  expect([MAX_DEPTH + 1, MAX_DEPTH + 2].map(isEqual)).toEqual([true, false]);
});

describe('no exception', () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const bare: unknown = Object.create(null);
  const HOSTILE: readonly unknown[] = [
    ...[undefined, null, true, 0, NaN, Infinity, '', 'text', [], {}, () => 0, Symbol('x'), 1n, new Date(NaN)],
    ...[nestedList(), cyclic, [1n], [undefined], [NaN], bare, { toString: null, valueOf: null }],
    ...['\ud800', 'a'.repeat(100_000), { toJSON: () => 1n }, [{ toJSON: null }], new Array<unknown>(3)],
  ];

  const names = Object.keys(FUNCTIONS);
  const TEXTS = [
    'properties.x',
    '!properties.x',
    'properties.x = properties.y',
    'properties.x != properties.y',
    'properties.x in properties.y',
    'properties.x in [properties.y, null]',
    '[properties.x] = [properties.y]',
    'properties.x < properties.y',
    'properties.x.a.0.length = properties.y.0.0',
    ...names.map((name) =>
      ['contains', 'match'].includes(name)
        ? `${name}(properties.x, properties.y)`
        : `${name}(properties.x) = properties.y`,
    ),
  ];
  // Read by each test: at loading, mutation testing cannot tell which of them reach the parser.
  const conditions = () => TEXTS.map(parse);

  test('whatever an event holds', () => {
    const isRight = (condition: Condition, event: unknown): boolean => {
      const result: unknown = evaluate(condition, event);
      return typeof result === 'boolean' && (failedPart(condition, event) === undefined) === result;
    };
    for (const condition of conditions()) {
      const wrong = HOSTILE.flatMap((x) =>
        HOSTILE.filter((y) => !isRight(condition, { type: 'track', properties: { x, y } })),
      );
      expect(wrong).toHaveLength(0);
    }
  });

  test('for a list that is too deep to be a text: it has none', () => {
    const event = { properties: { x: nestedList() } };
    expect(evaluate(parse('string(properties.x) = null'), event)).toBe(true);
  });

  test('whatever an event is', () => {
    for (const condition of conditions())
      for (const event of HOSTILE) {
        const inside: unknown = { properties: event };
        expect(typeof evaluate(condition, event)).toBe('boolean');
        expect(typeof evaluate(condition, inside)).toBe('boolean');
      }
  });

  test('for events of JSON', () => {
    const properties = fc.record({ x: fc.jsonValue(), y: fc.jsonValue() });
    fc.assert(
      fc.property(fc.constantFrom(...conditions()), properties, (condition, given) => {
        const event = { properties: given };
        expect(failedPart(condition, event) === undefined).toBe(evaluate(condition, event));
      }),
      { numRuns: 5000 },
    );
  });

  test('for the deepest conditions', () => {
    const half = MAX_DEPTH / 2;
    const deepest = [
      `${'('.repeat(MAX_DEPTH)}type = "track"${')'.repeat(MAX_DEPTH)}`,
      `${'!'.repeat(MAX_DEPTH)}properties.x`,
      `${'!('.repeat(half)}type = "track"${')'.repeat(half)}`,
      `${'lowercase('.repeat(MAX_DEPTH)}type${')'.repeat(MAX_DEPTH)} = "track"`,
      `properties.x = ${'['.repeat(MAX_DEPTH)}${']'.repeat(MAX_DEPTH)}`,
    ].map(parse);
    const event = { type: 'track', properties: { x: nestedList() } };
    for (const condition of deepest) {
      expect(failedPart(condition, event) === undefined).toBe(evaluate(condition, event));
      expect(typesOf(condition).length).toBeGreaterThan(0);
      expect(typeof testsTypeOrEvent(condition)).toBe('boolean');
    }
  });
});

test('a condition is never true of an event whose type is not among its types', () => {
  const part = fc.constantFrom(
    ...[
      'type = "track"',
      'type != "page"',
      'type in ["identify", "track"]',
      '!(type = "group")',
      'match(type, "*e*")',
    ],
    ...['properties.x', 'event = "a"', '!properties.x', 'type = properties.type', 'true', 'false'],
  );
  const text = fc
    .tuple(
      fc.array(part, { minLength: 1 }),
      fc.array(part, { minLength: 1 }),
      fc.constantFrom('and', 'or'),
      fc.constantFrom('', '!'),
    )
    .map(([left, right, word, not]) => {
      const other = word === 'and' ? 'or' : 'and';
      return `${not}(${left.join(` ${other} `)}) ${word} ${not}(${right.join(` ${other} `)})`;
    });
  const event = fc.record({
    type: fc.constantFrom(...CALL_TYPES),
    event: fc.constantFrom('a', 'b'),
    properties: fc.record({ x: fc.boolean(), type: fc.constantFrom(...CALL_TYPES) }),
  });
  fc.assert(
    fc.property(text, event, (given, sent) => {
      const condition = parse(given);
      if (evaluate(condition, sent)) expect(typesOf(condition)).toContain(sent.type);
    }),
    { numRuns: 5000 },
  );
});

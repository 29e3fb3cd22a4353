// What a source gives for a parameter, what is said of what it cannot use, and how it is written.
import '../../../scripts/local/segment/install-globals';
import { describe, expect, test } from '@jest/globals';
import { parseExpression } from '../../../lib/configuration/expression';
import { printExpression } from '../../../lib/configuration/print-expression';
import { OPERAND_FLAWS, readSource, valueAt } from '../../../lib/configuration/read-source';
import type { TypeName } from '../../../lib/parameters/readers';
import type { Reason } from '../../../lib/parameters/reasons';
import { OwnPhones } from '../../../lib/privacy/own-phones';
import { isFailure } from '../../../lib/result';
import { MAX_TEXT } from '../../../lib/values/text';

const EVENT = {
  properties: {
    a: 'a',
    unknown: 'n/a',
    object: { x: 1 },
    list: ['a', 'b'],
    mixed: ['a', {}, 'n/a', null, 'b', 2 ** 60, 1.5],
    long: 'l'.repeat(MAX_TEXT),
    halves: ['l'.repeat(MAX_TEXT / 2), 'l'.repeat(MAX_TEXT / 2)],
    doubtful: '1,250',
    dollars: '10 USD',
    big: 2 ** 53 - 1,
    tenth: 0.1,
    items: [{ id: 1 }, { id: null }, '{"id":2}'],
  },
};

function sourcesOf(text: string) {
  const parsed = parseExpression(text, 'event');
  if (isFailure(parsed)) throw new Error(`${text}: ${JSON.stringify(parsed.reason)}`);
  return parsed;
}

function readWithReasons(text: string, type: TypeName = 'id'): [read: unknown, reasons: readonly Reason[]] {
  const reasons: Reason[] = [];
  const [source] = sourcesOf(text);
  const context = {
    currency: () => 'EUR',
    phones: new OwnPhones(),
    isLiteral: false,
    leaveOut: (reason: Reason) => reasons.push(reason),
  };
  return [source && readSource(source, EVENT, type, context), reasons];
}

test.each<[text: string, value: unknown, reasons?: readonly Reason[], type?: TypeName]>([
  ['properties.unknown', 'n/a'],
  ['"n/a"', 'n/a'],
  ['"{{properties.unknown}}-1"', undefined, ['placeholder']],
  ['"{{properties.unknown}}-1"', 'n/a-1', [], 'text'],
  ['"{{properties.object}}"', undefined, ['invalid']],
  ['"{{properties.object}}{{properties.missing}}"', undefined, ['invalid']],
  ['"{{properties.missing}}{{properties.object}}"', undefined, []],
  ['"{{properties.a}}{{properties.missing}}"', undefined, []],
  ['"{{properties.mixed}}{{properties.missing}}"', undefined, []],
  ['"+{{properties.mixed}}"', ['+a', '+b', '+1.5'], ['invalid', 'placeholder', 'invalid']],
  ['"{{properties.list}}{{properties.a}}!"', ['aa!', 'ba!']],
  ['"{{properties.a}}{{properties.list}}"', ['aa', 'ab']],
  ['"{{properties.list}}{{properties.list}}"', [], ['invalid']],
  ['properties.doubtful / 100', undefined, ['doubtful']],
  ['properties.unknown * 2', undefined, ['placeholder']],
  ['properties.missing * 2', undefined, []],
  ['properties.dollars * 2', undefined, ['other_currency']],
  ['properties.big * 1', 2 ** 53 - 1],
  ['properties.tenth * 3', 0.3],
  ['properties.tenth / 3', 0.0333333333333333],
  ['!properties.a', undefined, ['invalid']],
  ['!properties.unknown', undefined, ['placeholder']],
  ['!properties.missing', undefined, []],
  ['properties.items[].id', [1, 2]],
])('%s gives %j, and says %j', (text, value, reasons = [], type = 'id') => {
  expect(readWithReasons(text, type)).toEqual([value, reasons]);
});

test('a text that is filled in is as long as any text can be, all items of a list together', () => {
  const { long, halves } = EVENT.properties;
  expect(readWithReasons('"{{properties.long}}"')).toEqual([long, []]);
  expect(readWithReasons('"{{properties.long}}!"')).toEqual([undefined, ['too_long']]);
  expect(readWithReasons('"{{properties.halves}}"')).toEqual([halves, []]);
  expect(readWithReasons('"{{properties.halves}}!"')).toEqual([[], ['too_long']]);
});

test('without anything known but the event, a source is read alike', () => {
  const [dollars] = sourcesOf('properties.dollars * 2');
  expect(dollars && readSource(dollars, EVENT, 'number')).toBe(20);
  const [unknown] = sourcesOf('properties.unknown * 2');
  expect(unknown && readSource(unknown, EVENT, 'number')).toBeUndefined();
});

test('the first item with a field is taken, and nothing of a list without one', () => {
  const where = (value: number) => ({
    keys: ['list'],
    lists: [{ where: { keys: ['id'], value }, keys: [] }],
  });
  const root = {
    list: [
      { id: 1, n: 'a' },
      { id: 1, n: 'b' },
    ],
  };
  expect(valueAt(where(1), root)).toEqual({ id: 1, n: 'a' });
  expect(valueAt(where(2), root)).toBeUndefined();
  expect(valueAt({ keys: ['list'], lists: [{ keys: [] }] }, root)).toEqual(root.list);
  expect(valueAt({ keys: ['none'], lists: [{ keys: [] }] }, root)).toEqual([]);
});

test('what a source is of which a part cannot be used, in words', () => {
  expect(OPERAND_FLAWS).toEqual({
    template: 'not a string: one of its paths leads to an object, or two lead to lists',
    product: 'not an amount',
    negation: 'neither yes nor no',
  });
});

describe('an expression is written', () => {
  test.each([
    'properties.total ?? context.traits.total',
    'properties["odd key"][0].x["a.b"]',
    '$["odd key"].x',
    '$.true',
    '$.true.x',
    'properties.products[].sizes[of="M"].id',
    'properties.products[$["a b"]=5].id',
    'properties.products[a.b=true].id',
    '"text \\"quoted\\" \\n"',
    '12.5 ?? -3 ?? true',
    '"a{{properties.a}}-{{properties.list[].x}}}"',
    '"\\{{ \\{{{properties.a}} {b} \\{"',
    'properties.a / 100 ?? properties.b * -1.5',
    '!properties.a',
    'properties.01',
    'properties[10]',
  ])('as it is read: %s', (text) => {
    const sources = parseExpression(text, text.startsWith('$') ? 'item' : 'event');
    expect(isFailure(sources) ? sources : printExpression(sources)).toBe(text);
  });

  test.each<[keys: readonly string[], text: string]>([
    [[], '$'],
    [['true'], '$.true'],
    [['trueish'], 'trueish'],
    [['untrue'], 'untrue'],
    [['a', '123', '012', '0'], 'a[123].012[0]'],
  ])('with the keys %j: %s', (keys, text) => {
    expect(printExpression([{ kind: 'path', keys, lists: [] }])).toBe(text);
  });
});

// Texts and JSON of which nothing is known.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isPresent, itemsOf, listOf, ownProperty, parsedValue, parseJson } from '../../../lib/values/json';
import { decodeText, textOf } from '../../../lib/values/text';

describe('the text of a value', () => {
  test.each<[value: unknown, text: string]>([
    [' a ', 'a'],
    [0, '0'],
    [1001, '1001'],
    [2 ** 53 - 1, '9007199254740991'],
    [2 ** 53, ''],
    [-1, ''],
    [1.5, ''],
    [NaN, ''],
    [true, ''],
    [null, ''],
    [undefined, ''],
    [['a'], ''],
    [{ toString: 'a' }, ''],
  ])('%j', (value, text) => {
    expect(textOf(value)).toBe(text);
  });
});

describe('a text as a person would read it', () => {
  test.each([
    ['plain text', 'plain text'],
    ['jane%40example.com', 'jane@example.com'],
    ['jane%2540example.com', 'jane@example.com'],
    ['jane%252540example.com', 'jane@example.com'],
    ['jane%25252540example.com', 'jane%40example.com'],
    ['caf%C3%A9', 'café'],
    ['caf%E9', 'café'],
    ['100 %', '100 %'],
    ['%zz', '%zz'],
    ['ＡＢＣ', 'ABC'],
    ['٠١٢٣٤٥٦٧٨٩', '0123456789'],
    ['۰۱۲۳۴۵۶۷۸۹', '0123456789'],
  ])('%j', (text, decoded) => {
    expect(decodeText(text)).toBe(decoded);
  });

  test('whatever was escaped up to three times', () => {
    // Half of a surrogate pair cannot be escaped.
    const text = fc.string({ unit: 'grapheme-ascii' }).filter((one) => !one.includes('%'));
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 3 }), (plain, times) => {
        let escaped = plain;
        for (let time = 0; time < times; time += 1) escaped = encodeURIComponent(escaped);
        expect(decodeText(escaped)).toBe(plain);
      }),
    );
  });
});

describe('whether there is anything to read', () => {
  test.each<[value: unknown, is: boolean]>([
    [0, true],
    [false, true],
    ['a', true],
    [{}, true],
    [['', 'a'], true],
    [undefined, false],
    [null, false],
    ['', false],
    [' \n', false],
    [[], false],
    [[null, ' '], false],
  ])('%j', (value, is) => {
    expect(isPresent(value)).toBe(is);
  });
});

test('own properties only are read, of objects only', () => {
  expect(ownProperty({ a: 1 }, 'a')).toBe(1);
  expect(ownProperty(['x'], '0')).toBe('x');
  expect(ownProperty({}, 'toString')).toBeUndefined();
  expect(ownProperty({}, '__proto__')).toBeUndefined();
  expect(ownProperty('text', 'length')).toBeUndefined();
  expect(ownProperty(null, 'a')).toBeUndefined();
});

test('what is not a list is the only item of one', () => {
  expect(listOf([1, 2])).toEqual([1, 2]);
  expect(listOf('a')).toEqual(['a']);
  expect(listOf(undefined)).toEqual([undefined]);
});

test('what is not JSON is undefined', () => {
  expect(parseJson('{"a":[1]}')).toEqual({ a: [1] });
  expect(parseJson('{"a":')).toBeUndefined();
  expect(parseJson('')).toBeUndefined();
});

describe('a list', () => {
  test.each<[value: unknown, items: unknown]>([
    [
      [1, 2],
      [1, 2],
    ],
    [{ 0: 'a', 4: 'b' }, ['a', 'b']],
    [{ 0: 'a', x: 'b' }, undefined],
    [{}, undefined],
    ['[1]', undefined],
    [null, undefined],
  ])('%j', (value, items) => {
    expect(itemsOf(value)).toEqual(items);
  });

  test('in a text is read, and any other text is left as it is', () => {
    expect(parsedValue(' [1, 2] ')).toEqual([1, 2]);
    expect(parsedValue('{"a":1}')).toEqual({ a: 1 });
    expect(parsedValue('[broken')).toBe('[broken');
    expect(parsedValue('12')).toBe('12');
    expect(parsedValue(12)).toBe(12);
  });
});

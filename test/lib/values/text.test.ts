// Texts and JSON of which nothing is known.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isPresent, itemsOf, listOf, ownProperty, parsedValue, parseJson } from '../../../lib/values/json';
import { isPlaceholder } from '../../../lib/values/placeholder';
import {
  decodeText,
  joinBounded,
  MAX_TEXT,
  normalise,
  printable,
  textOf,
  visible,
} from '../../../lib/values/text';

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
    ['०१२३४५६७८९', '0123456789'],
    ['๐๑๒๓๔๕๖๗๘๙', '0123456789'],
    ['𑛀𑛉𑛐𑛣', '0909'],
    ['exam\u200bple\u00ad.\u{e0041}\ufeff\u3164', 'example.'],
    ['a\u0000b%00c\ud800d', 'abcd'],
    ['example。com｡jp', 'example.com.jp'],
    ['one\ntwo', 'one\ntwo'],
    [String.raw`{"e":"jane\u0040example.com"}`, '{"e":"jane@example.com"}'],
    [String.raw`\u002B44 \u002b44`, '+44 +44'],
    [String.raw`\\u0040 \u005cu0040 %5Cu0040`, String.raw`\@ @ @`],
    [String.raw`\ud83d\ude00 \ud83d\u0040`, '😀 @'],
    [String.raw`C:\users \u00 \n`, String.raw`C:\users \u00 \n`],
    ['jane&#64;example&#x2E;com &#X40; &#0064;', 'jane@example.com @ @'],
    ['jane&commat;example&period;com &plus;44&nbsp;20', 'jane@example.com +44 20'],
    ['jane&amp;#64;example.com %26%2364;', 'jane@example.com @'],
    ['a&#1114112;b &#x110000; &#128512;', 'a\ufffdb \ufffd 😀'],
    [
      'R&D; &lt; &#; &#x; &#64 &#12345678; &#x1234567; &',
      'R&D; &lt; &#; &#x; &#64 &#12345678; &#x1234567; &',
    ],
  ])('%j', (text, decoded) => {
    expect(decodeText(text)).toBe(decoded);
  });

  test('whatever bytes are escaped: UTF-8 as what it says, any other byte as one of Latin-1', () => {
    const utf8 = new TextDecoder('utf-8', { fatal: true });
    const character = fc.constantFrom('a', 'é', '山', '😀').map((one) => [...new TextEncoder().encode(one)]);
    const bytes = fc
      .array(
        fc.oneof(
          character,
          fc.uint8Array({ maxLength: 3 }).map((some) => [...some]),
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.flat());
    fc.assert(
      fc.property(bytes, (some) => {
        const escaped = some.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
        let expected = '';
        for (let at = 0; at < some.length;) {
          const lengths = [4, 3, 2, 1].filter((length) => at + length <= some.length);
          const length = lengths.find((one) => {
            try {
              return Array.from(utf8.decode(Uint8Array.from(some.slice(at, at + one)))).length === 1;
            } catch {
              return false;
            }
          });
          const code = some[at] ?? 0;
          expected +=
            length === undefined
              ? String.fromCharCode(code)
              : utf8.decode(Uint8Array.from(some.slice(at, at + length)));
          at += length ?? 1;
        }
        fc.pre(!expected.includes('%') && !expected.includes('\ufeff'));
        expect(decodeText(escaped)).toBe(decodeText(expected));
      }),
      { numRuns: 2000 },
    );
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

describe('a normalised text', () => {
  /** Unicode's canonical order needs the marks of a character sorted, which takes the square of their number. */
  const marks = '\u0345'.repeat(5000) + '\u0300'.repeat(5000) + '\u0316'.repeat(5000);

  test.each([
    ['letters and their marks', 'e\u0301', 'é'],
    ['thirty marks', `a${'\u0316'.repeat(30)}b`, `a${'\u0316'.repeat(30)}b`],
    ['more of them', `a${'\u0316'.repeat(31)}b`, `a${'\u0316'.repeat(30)}b`],
    ['half-width marks among them', `a${'\uff9e'.repeat(40)}b`, `a${'\u3099'.repeat(30)}b`],
    ['fifteen thousand in disorder', `a${marks}b`, `a${'\u0345'.repeat(30)}b`],
    ['marks with nothing visible between them', `a${'\u0316\u200b'.repeat(40)}b`, `a${'\u0316'.repeat(30)}b`],
  ])('%s', (_, text, normalised) => {
    expect(normalise(text)).toBe(normalised);
  });

  test('is cut', () => {
    expect(normalise('a'.repeat(MAX_TEXT + 1)).length).toBe(MAX_TEXT);
    expect(normalise('é'.repeat(MAX_TEXT + 1)).length).toBe(MAX_TEXT);
    expect(decodeText('%61'.repeat(MAX_TEXT)).length).toBeLessThan(MAX_TEXT / 2);
  });

  test('is that of Unicode for any text of any language', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const visible = text.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');
        expect(normalise(text)).toBe(visible.normalize('NFKC'));
      }),
    );
  });
});

test('a printable text is in one line', () => {
  expect(printable('a\nb\r\nc\td\u2028e')).toBe('a b  c d e');
  expect(printable('\u001b[1m\u202eabc\u0085\ud800')).toBe('[1mabc');
});

test('what nobody sees in a text is shown by its code points', () => {
  expect(visible('a\u202e\u200bb\u{e0041}\ud800')).toBe('a\\u{202e}\\u{200b}b\\u{e0041}\\u{d800}');
  expect(visible('\u202e')).toBe('\\u{202e}');
  expect(visible('plain ü')).toBe('plain ü');
});

test.each([
  ['__WORD__', true],
  ['{{a\nb}}', true],
  ['%%a%%', true],
  ['[object Object]', true],
  ['00000000-0000-0000-0000-000000000000', true],
  ['__a__ b', false],
  ['__a b__c__', false],
  ['{{a}} b', false],
  ['b {{a}}', false],
  ['%%a', false],
  ['unknown reason', false],
])('%j stands for a value that nobody has: %s', (text, is) => {
  expect(isPlaceholder(text)).toBe(is);
});

describe('joined parts', () => {
  test.each<[parts: readonly string[], joined: string]>([
    [[], ''],
    [['one'], 'one'],
    [['one', 'two'], 'one; two'],
    [['one', 'two', 'three'], 'one; two; and 1 more'],
    [['one', 'two', 'three', 'four'], 'one; two; and 2 more'],
    [['one', 'three'], 'one; three'],
    [['one', 'threes'], 'one; and 1 more'],
    [['longer than all', 'two'], 'longer than all; and 1 more'],
  ])('%j', (parts, joined) => {
    expect(joinBounded(parts, '; ', 10)).toBe(joined);
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
    [{ 10: 'a' }, ['a']],
    [{ 0: 'a', x: 'b' }, undefined],
    [{ x1: 'a' }, undefined],
    [{ '1x': 'a' }, undefined],
    [[], []],
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
    expect(parsedValue(JSON.stringify(JSON.stringify([1])))).toEqual([1]);
    expect(parsedValue('"[broken"')).toBe('[broken');
    expect(parsedValue('"[')).toBe('"[');
    for (const text of ['"words"', '"a [1]"', '"a[1]"', 'a [1]']) expect(parsedValue(text)).toBe(text);
    expect(parsedValue(['[1]'])).toEqual(['[1]']);
  });
});

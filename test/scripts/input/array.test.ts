// A long array is read element by element.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readArray } from '../../../scripts/input/array';

/** The text in pieces that end at these places. */
async function* pieces(text: string, cuts: readonly number[]): AsyncGenerator<string> {
  let from = 0;
  for (const cut of [...cuts].sort((one, other) => one - other)) {
    if (cut > from && cut < text.length) {
      yield text.slice(from, cut);
      from = cut;
    }
  }
  yield await Promise.resolve(text.slice(from));
}

async function read(text: string, cuts: readonly number[] = []) {
  const values: unknown[] = [];
  let problem = '';
  try {
    for await (const { event } of readArray('a.json', pieces(text, cuts))) values.push(event);
  } catch (error) {
    problem = String(error);
  }
  return { values, problem };
}

describe('an array', () => {
  test('is what JSON.parse reads, however it is written and wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 4 })),
        fc.constantFrom(undefined, 1, '\t'),
        fc.array(fc.nat(2000), { maxLength: 20 }),
        async (values, space, cuts) => {
          const text = JSON.stringify(values, undefined, space);
          const whole: unknown = JSON.parse(text);
          expect(await read(text, cuts)).toEqual({ values: whole, problem: '' });
        },
      ),
    );
  });

  test.each<[text: string, values: readonly unknown[], problem: string]>([
    [' [ ] \n', [], ''],
    ['[1, "]", "\\",[", {"a": "}"}]', [1, ']', '",[', { a: '}' }], ''],
    ['[1,, 2]', [1], 'InputError: a.json:1:4: bad JSON: "," was not expected here'],
    ['[1, 2, ]', [1, 2], 'InputError: a.json:1:8: bad JSON: "]" was not expected here'],
    ['[1] x', [1], 'InputError: a.json:1:3: bad JSON: "x" was not expected here'],
    ['[1, 2', [1], 'InputError: a.json:1:6: bad JSON: the end of the text was not expected here'],
    [
      '[\n  {"a": 1},\n  {"b": }\n]',
      [{ a: 1 }],
      'InputError: a.json:3:9: bad JSON: "}" was not expected here',
    ],
    ['[{"a": 1}, {"b": }]', [{ a: 1 }], 'InputError: a.json:1:18: bad JSON: "}" was not expected here'],
  ])(
    '%j: what comes before a mistake is read, and the mistake is reported with its place',
    async (text, values, problem) => {
      for (let cut = 0; cut < text.length; cut += 1)
        expect(await read(text, [cut])).toEqual({ values, problem });
    },
  );
});

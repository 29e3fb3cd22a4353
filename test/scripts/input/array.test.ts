// A long array is read element by element.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isFailure } from '../../../lib/result';
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
    for await (const entry of readArray('a.json', pieces(text, cuts)))
      values.push(isFailure(entry) ? entry.reason : entry.event);
  } catch (error) {
    problem = String(error);
  }
  return { values, problem };
}

const notAnEvent = (number: number) => `a.json: event ${number}: expected a Segment event, a JSON object`;

describe('an array', () => {
  test('is what JSON.parse reads, however it is written and wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))),
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
    ['[{"a": ["]"]}, {"b": "\\",["}, {"c": "}"}]', [{ a: [']'] }, { b: '",[' }, { c: '}' }], ''],
    ['[{}, 1, "x"]', [{}, notAnEvent(2), notAnEvent(3)], ''],
    ['[{},, {}]', [{}], 'InputError: a.json:1:5: bad JSON: "," was not expected here'],
    ['[{}, {}, ]', [{}, {}], 'InputError: a.json:1:10: bad JSON: "]" was not expected here'],
    ['[{}, {', [{}], 'InputError: a.json:1:7: bad JSON: the end of the text was not expected here'],
    ['[{}] x', [{}], 'InputError: a.json:1:4: bad JSON: "x" was not expected here'],
    ['[{}, {}', [{}, {}], 'InputError: a.json:1:8: bad JSON: the end of the text was not expected here'],
    ['[\n  {"a": 1},\n  {"b": }\n]', [{ a: 1 }, 'a.json:3:9: bad JSON: "}" was not expected here'], ''],
    [
      '[{"a": 1}, {"b": }, {"c": 1}]',
      [{ a: 1 }, 'a.json:1:18: bad JSON: "}" was not expected here', { c: 1 }],
      '',
    ],
  ])(
    '%j: what is beside a mistake is read, and the mistake is reported with its place',
    async (text, values, problem) => {
      for (let cut = 0; cut < text.length; cut += 1)
        expect(await read(text, [cut])).toEqual({ values, problem });
    },
  );
});

// The lines that the function logs: how much fits into them.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { configure } from '../../lib/configuration/configure';
import { logLeftOut, type Note } from '../../lib/log';
import type { LeftOut } from '../../lib/parameters/reasons';
import { isFailure } from '../../lib/result';

const TOKEN = 'token-for-the-tests-4f1c';
const configuration = configure({ accessToken: TOKEN, eventSetId: '1' });
if (isFailure(configuration)) throw new Error('The settings are wrong');
const { settings } = configuration;

const lines: unknown[] = [];
beforeEach(() => {
  lines.length = 0;
  jest.spyOn(console, 'log').mockImplementation((line) => {
    lines.push(line);
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const leftOut = (source: string): LeftOut => ({
  parameter: 'p',
  source,
  reason: 'invalid',
  flaw: 'wrong',
  isPart: false,
});
const note = (sources: readonly string[], index = 0, event = ''): Note => ({
  index,
  event: { type: 'track', event },
  leftOut: sources.map(leftOut),
});
const finding = (source: string) => `p: "${source}" is wrong`;
const BEGIN = 'Left out of event 1, : ';

test('each finding once, in one line, with the place of the event', () => {
  logLeftOut([note(['a', 'b', 'a'], 0, 'Won\n deals'), note(['c'], 11, 'Lost')], settings);
  expect(lines).toEqual([
    'Left out of event 1, Won deals: p: "a" is wrong; p: "b" is wrong',
    'Left out of event 12, Lost: p: "c" is wrong',
  ]);
});

test('nothing of no event', () => {
  logLeftOut([], settings);
  expect(lines).toEqual([]);
});

test('without the token', () => {
  logLeftOut([note([TOKEN], 0, `for ${TOKEN}`)], settings);
  expect(lines).toEqual(['Left out of event 1, for [token]: p: "[token]" is wrong']);
});

describe('of an event, findings of 1,000 bytes', () => {
  /** Findings that take so many bytes, with two more after each, and those of `and 5 more`, for which room is kept. */
  const filling = (bytes: number) => {
    const rest = bytes - 'and 5 more'.length - 4 * 202 - 2;
    const all = [...['a', 'b', 'c', 'd'].map((letter) => letter.padEnd(200, letter)), 'e'.padEnd(rest, 'e')];
    return all.map((text) => text.slice(finding('').length));
  };

  test('are logged', () => {
    const all = filling(1000);
    logLeftOut([note(all)], settings);
    expect(lines).toEqual([BEGIN + all.map(finding).join('; ')]);
  });

  test('are not, if there is one byte more: the last is counted', () => {
    const all = filling(1001);
    logLeftOut([note(all)], settings);
    expect(lines).toEqual([`${BEGIN}${all.slice(0, 4).map(finding).join('; ')}; and 1 more`]);
  });

  test.each([
    ['two bytes', 'é', 2],
    ['two bytes, the last of them', '\u07ff', 2],
    ['three bytes, the first of them', '\u0800', 3],
    ['three bytes', 'く', 3],
    ['three bytes, before the halves of pairs', '\ud7ff', 3],
    ['three bytes, after them', '\ue000', 3],
    ['four bytes', '😀', 4],
    ['four bytes, with the first half of all', '\u{10000}', 4],
    ['four bytes, with the last half of all', '🏿', 4],
  ])('count a character of %s (%j) as that many', (_, character, bytes) => {
    const cut = (all: readonly string[]) =>
      all.map((text) => (text.startsWith('e') ? character + text.slice(bytes) : text));
    logLeftOut([note(cut(filling(1000)))], settings);
    logLeftOut([note(cut(filling(1001)))], settings);
    expect(lines.map((line) => String(line).endsWith('and 1 more'))).toEqual([false, true]);
  });
});

test('of a call, lines of 3,000 bytes are logged, and the others are counted', () => {
  const notes = Array.from({ length: 30 }, (_, index) => note(['x'.repeat(90)], index));
  logLeftOut(notes, settings);
  const last = lines.pop();
  expect(lines).toHaveLength(23);
  expect(last).toBe('and 7 more');
  for (const [index, line] of lines.entries())
    expect(line).toBe(`Left out of event ${index + 1}, : ${finding('x'.repeat(90))}`);
});

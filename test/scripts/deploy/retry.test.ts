// When a request is tried again: direct tests of the waits, and of the header that asks for one.
import { describe, expect, test } from '@jest/globals';
import { done, readRetryAfter, retry, type Attempt, type Notice } from '../../../scripts/deploy/retry';

const failure = (wait?: number): Attempt<string> => ({
  kind: 'passing failure',
  reason: 'It failed.',
  error: new Error('It failed for good.'),
  wait,
});

/** Tries with these outcomes one after the other; no time passes. */
async function tryWith(outcomes: readonly Attempt<string>[]) {
  const left = [...outcomes];
  const waits: number[] = [];
  const notices: Notice[] = [];
  const attempt = () => Promise.resolve(left.shift() ?? done('too late'));
  const notify = (notice: Notice) => {
    notices.push(notice);
  };
  const end = await retry(attempt, notify, (milliseconds) => Promise.resolve(waits.push(milliseconds))).catch(
    String,
  );
  return { end, waits, notices, left: left.length };
}

describe('a request', () => {
  test('that is done is not tried again', async () => {
    expect(await tryWith([done('value'), failure()])).toEqual({
      end: 'value',
      waits: [],
      notices: [],
      left: 1,
    });
  });

  test('that fails is tried again after half a second, and then twice as long each time, up to half of it less', async () => {
    const { end, waits } = await tryWith([failure(), failure(), failure(), failure(), done('value')]);
    expect(end).toBe('value');
    expect(waits).toHaveLength(4);
    waits.forEach((wait, index) => {
      expect(wait).toBeGreaterThanOrEqual(250 * 2 ** index);
      expect(wait).toBeLessThanOrEqual(500 * 2 ** index);
    });
  });

  test('waits as long as Segment asks for, up to two minutes, and each wait is reported before', async () => {
    const { end, waits, notices } = await tryWith([failure(0), failure(120_000), done('value')]);
    expect({ end, waits, notices }).toEqual({
      end: 'value',
      waits: [0, 120_000],
      notices: [
        { wait: 0, reason: 'It failed.', attempt: 2, attempts: 5 },
        { wait: 120_000, reason: 'It failed.', attempt: 3, attempts: 5 },
      ],
    });
  });

  test.each([
    ['five attempts', [failure(0), failure(0), failure(0), failure(0), failure(0)], 4],
    ['one that asks for a longer wait', [failure(120_001)], 0],
  ])('fails for good after %s', async (_, outcomes, waits) => {
    const tried = await tryWith([...outcomes, done('value')]);
    expect(tried).toMatchObject({ end: 'Error: It failed for good.', left: 1 });
    expect(tried.waits).toHaveLength(waits);
  });
});

test.each([
  ['0', 0],
  ['120', 120_000],
  ['Fri, 20 Nov 2026 10:15:30 GMT', 30_000],
  ['Fri, 20 Nov 2026 10:14:00 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['2', 2000],
  ['2026-11-20T10:15:30Z', undefined],
  ['Fri, 40 Nov 2026 10:15:30 GMT', undefined],
  [null, undefined],
])('Retry-After: %s is %s ms', (header, expected) => {
  expect(readRetryAfter(header, Date.parse('2026-11-20T10:15:00Z'))).toBe(expected);
});

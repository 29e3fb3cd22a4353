// Jobs run in parallel, and may give further jobs.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runJobs } from '../../lib/scheduler';

/** A job that has begun; `end` finishes it. */
interface Running {
  readonly job: string;
  readonly end: (left?: readonly string[]) => Promise<void>;
}

/** Starts jobs; `running` are those that have begun and not ended, in the order in which they began. */
function start(jobs: readonly string[], maxParallel: number) {
  const running: Running[] = [];
  let isDone = false;
  const all = runJobs(
    jobs,
    maxParallel,
    (job) =>
      new Promise<readonly string[]>((resolve) => {
        running.push({
          job,
          async end(left = []) {
            running.splice(
              running.findIndex((one) => one.job === job),
              1,
            );
            resolve(left);
            // What follows from it happens in microtasks.
            await new Promise(setImmediate);
          },
        });
      }),
  ).then(() => {
    isDone = true;
  });
  return {
    all,
    names: () => running.map(({ job }) => job),
    end: (job: string, left?: readonly string[]) => running.find((one) => one.job === job)?.end(left),
    isDone: () => isDone,
  };
}

describe('jobs', () => {
  test('without any, it is done', async () => {
    const { all } = start([], 8);
    await expect(all).resolves.toBeUndefined();
  });

  test('begin before the call returns, the last one first', () => {
    expect(start(['a', 'b', 'c'], 8).names()).toEqual(['c', 'b', 'a']);
  });

  test('are never more at once than allowed; each that ends makes way for the next', async () => {
    const { names, end } = start(['a', 'b', 'c'], 2);
    expect(names()).toEqual(['c', 'b']);
    await end('b');
    expect(names()).toEqual(['c', 'a']);
  });

  test('that are left by one run before those that wait, the last one first', async () => {
    const { names, end } = start(['a', 'b'], 1);
    await end('b', ['b2', 'b1']);
    expect(names()).toEqual(['b1']);
    await end('b1');
    expect(names()).toEqual(['b2']);
    await end('b2');
    expect(names()).toEqual(['a']);
  });

  test('that are left by one run side by side, if there is room', async () => {
    const { names, end } = start(['a'], 3);
    await end('a', ['a4', 'a3', 'a2', 'a1']);
    expect(names()).toEqual(['a1', 'a2', 'a3']);
  });

  test('are done only if all that they left are', async () => {
    const { all, end, isDone } = start(['a'], 8);
    await end('a', ['b']);
    expect(isDone()).toBe(false);
    await end('b');
    await all;
    expect(isDone()).toBe(true);
  });

  test('run once each, however they are split and in whatever order they end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 20 }),
        async (sizes, maxParallel, turns) => {
          let [atOnce, most, finished, ran] = [0, 0, 0, 0];
          await runJobs(sizes, maxParallel, async (size) => {
            atOnce += 1;
            ran += 1;
            most = Math.max(most, atOnce);
            for (let turn = turns[ran % turns.length] ?? 0; turn > 0; turn -= 1) await Promise.resolve();
            atOnce -= 1;
            if (size > 1) return [Math.ceil(size / 2), Math.floor(size / 2)];
            finished += 1;
            return [];
          });
          expect(finished).toBe(sizes.reduce((sum, size) => sum + size, 0));
          expect(most).toBeLessThanOrEqual(maxParallel);
        },
      ),
    );
  });
});

// Work runs side by side, and never more at once than allowed.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { limitParallel } from '../../lib/scheduler';

/** Work that has begun; `end` and `fail` finish it. */
interface Running {
  readonly name: string;
  readonly end: () => Promise<void>;
  readonly fail: () => Promise<void>;
}

function start(maxParallel: number) {
  const runLimited = limitParallel(maxParallel);
  const running: Running[] = [];
  const ended: string[] = [];

  function add(name: string): void {
    const result = runLimited(
      () =>
        new Promise<string>((resolve, reject) => {
          const finish = (settle: () => void) => async () => {
            running.splice(
              running.findIndex((one) => one.name === name),
              1,
            );
            settle();
            // What follows from it happens in microtasks.
            await new Promise(setImmediate);
          };
          running.push({
            name,
            end: finish(() => {
              resolve(`${name} is done`);
            }),
            fail: finish(() => {
              reject(new Error(`${name} failed`));
            }),
          });
        }),
    );
    result.then(
      (value) => ended.push(value),
      (error: unknown) => ended.push(String(error)),
    );
  }

  return {
    add: (...names: readonly string[]) => {
      names.forEach(add);
    },
    names: () => running.map(({ name }) => name),
    end: (name: string) => running.find((one) => one.name === name)?.end(),
    fail: (name: string) => running.find((one) => one.name === name)?.fail(),
    ended,
  };
}

describe('work', () => {
  test('begins at once if there is room, in the order in which it was added', () => {
    const { add, names } = start(8);
    add('a', 'b', 'c');
    expect(names()).toEqual(['a', 'b', 'c']);
  });

  test('is never more at once than allowed; each that ends makes way for the next', async () => {
    const { add, names, end } = start(2);
    add('a', 'b', 'c');
    expect(names()).toEqual(['a', 'b']);
    await end('a');
    expect(names()).toEqual(['b', 'c']);
  });

  test('that was added last begins first', async () => {
    const { add, names, end } = start(1);
    add('a', 'b', 'c');
    await end('a');
    expect(names()).toEqual(['c']);
    add('d');
    await end('c');
    expect(names()).toEqual(['d']);
    await end('d');
    expect(names()).toEqual(['b']);
  });

  test('gives its result, or its error; one that fails makes way, too', async () => {
    const { add, names, end, fail, ended } = start(1);
    add('a', 'b');
    await fail('a');
    expect(names()).toEqual(['b']);
    await end('b');
    expect(ended).toEqual(['Error: a failed', 'b is done']);
  });

  test('that is added when all has ended begins at once', async () => {
    const { add, names, end } = start(1);
    add('a');
    await end('a');
    add('b');
    expect(names()).toEqual(['b']);
  });
});

test('all work is done once, however it splits and in whatever order it ends', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 20 }),
      async (sizes, maxParallel, turns) => {
        const runLimited = limitParallel(maxParallel);
        let [atOnce, most, finished, ran] = [0, 0, 0, 0];
        async function split(size: number): Promise<void> {
          await runLimited(async () => {
            atOnce += 1;
            ran += 1;
            most = Math.max(most, atOnce);
            for (let turn = turns[ran % turns.length] ?? 0; turn > 0; turn -= 1) await Promise.resolve();
            atOnce -= 1;
          });
          if (size > 1) await Promise.all([split(Math.ceil(size / 2)), split(Math.floor(size / 2))]);
          else finished += 1;
        }
        await Promise.all(sizes.map(split));
        const total = sizes.reduce((sum, size) => sum + size, 0);
        expect(finished).toBe(total);
        expect(ran).toBe(2 * total - sizes.length);
        expect(most).toBeLessThanOrEqual(maxParallel);
      },
    ),
  );
});

// Events that are typed on the page, the calls that are kept of them, and the settings that they run with.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Problem, Run } from '../../../scripts/tester/api';
import { latestOf } from '../../../scripts/tester/history';
import { openTester, order, type Tester } from './open-tester';

let tester: Tester;
beforeAll(async () => {
  tester = await openTester();
});
afterAll(() => tester.close());

/** Runs what must be accepted. */
const run = async (event: unknown) => Run.parse(JSON.parse((await tester.run(JSON.stringify(event))).body));

/** Runs what must be refused. */
async function refusalOf(json: string) {
  const { status, body } = await tester.run(json);
  return { status, ...Problem.parse(JSON.parse(body)) };
}

describe('what is typed', () => {
  test.each([
    ['{\n  "type": }', 'Line 2, column 11: bad JSON: "}" was not expected here'],
    ['{"type": "track"', 'Line 1, column 17: bad JSON: the end of the text was not expected here'],
    ['', 'There is no event: choose one, or type one.'],
    ['[]', 'The array is empty: put an event into it.'],
    ['7', 'Expected a Segment event, which is a JSON object, or an array of them.'],
    ['[[]]', 'Expected a Segment event, which is a JSON object, or an array of them.'],
  ])('%j is refused: %s', async (json, problem) => {
    await expect(refusalOf(json)).resolves.toEqual({ status: 400, problem });
  });

  test.each([401, 100_000])('an array of %d events is refused', async (length) => {
    await expect(refusalOf(JSON.stringify(Array.from({ length }, () => ({}))))).resolves.toEqual({
      status: 400,
      problem: `The array has ${length} events, and Segment hands over at most 400 in a call: split it into several arrays, or drop it as a file.`,
    });
  });

  test('an array of 400 events is run', async () => {
    const { results } = await run(
      Array.from({ length: 400 }, (_, index) => order({ messageId: `full-${index}` })),
    );
    expect(results.filter(({ outcome }) => outcome === 'Delivered')).toHaveLength(400);
  });

  /** The JSON of an event with a number of levels. */
  const nested = (levels: number): string =>
    `{"type":"track","event":"Order Completed","x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

  // A function that calls itself for each level overflows its stack at a few thousand levels.
  test.each([101, 6000, 100_000])('an event of %d levels is nested too deeply', async (levels) => {
    await expect(refusalOf(nested(levels))).resolves.toEqual({
      status: 400,
      problem:
        'The event is nested too deeply: expected at most 100 levels. Remove its innermost objects and arrays.',
    });
    await expect(refusalOf(`[${nested(2)},${nested(levels)}]`)).resolves.toMatchObject({ status: 400 });
    const ofShop = await tester.ask('/v1/t', { method: 'POST', body: nested(levels) });
    expect(ofShop.status).toBe(400);
  });

  test('an event of 100 levels is run', async () => {
    await expect(tester.run(nested(100))).resolves.toMatchObject({ status: 200 });
  });

  test('one event goes to its handler, an array to the batch handler', async () => {
    const one = await run(order());
    expect(one).toMatchObject({ isBatch: false, results: [{ outcome: 'Delivered' }] });
    const batch = await run([
      order({ messageId: 'a' }),
      order({ properties: {} }),
      order({ messageId: 'b' }),
    ]);
    expect(batch.results.map(({ outcome, conversions }) => [outcome, conversions.length])).toEqual([
      ['Delivered', 1],
      ['Message Rejected', 0],
      ['Delivered', 1],
    ]);
    expect(batch.traces).toHaveLength(1);
  });
});

test('a save changes the settings that it names, and keeps what another page saved', async () => {
  const save = (values: object) =>
    tester.ask('/api/settings', { method: 'PATCH', body: JSON.stringify({ values }) });
  const before = (await tester.readState()).settings.values;
  await Promise.all([save({ defaultCountry: 'GB' }), save({ eventMappings: { 'Quote Sent': 'Lead' } })]);
  const { values } = (await tester.readState()).settings;
  expect(values).toEqual({ ...before, defaultCountry: 'GB', eventMappings: { 'Quote Sent': 'Lead' } });
});

test('another event set has counted nothing yet, and the next event counts there', async () => {
  await run(order({ messageId: 'before' }));
  expect((await tester.readState()).totals.counted).toBeGreaterThan(0);
  await tester.ask('/api/settings', {
    method: 'PATCH',
    body: JSON.stringify({ values: { eventSetId: '7000000000000000002' } }),
  });
  expect((await tester.readState()).totals).toEqual({ requests: 0, counted: 0 });
  await expect(run(order({ messageId: 'after' }))).resolves.toMatchObject({
    results: [{ outcome: 'Delivered' }],
  });
  expect((await tester.readState()).totals).toEqual({ requests: 1, counted: 1 });
});

describe('of the last calls', () => {
  test('at most 50 are kept', async () => {
    const allEnded = new Promise<void>((resolve) => {
      const end = tester.workspace.watch(({ pending }) => {
        if (pending !== 0) return;
        end();
        resolve();
      });
    });
    const batch = Array.from({ length: 60 }, (_, index) => order({ messageId: `kept-${index}` }));
    await tester.ask('/v1/b', { method: 'POST', body: JSON.stringify({ batch }) });
    await allEnded;
    expect((await tester.readState()).runs).toHaveLength(50);
  });

  test('at most 8 MB are kept, but always the newest call', () => {
    let runs: readonly Run[] = [];
    function keep(messageId: string, megabytes: number): void {
      const run: Run = {
        id: 1,
        at: '2026-11-20T10:15:00.000Z',
        from: 'page',
        json: JSON.stringify({ messageId, note: 'x'.repeat(megabytes * 1024 * 1024) }),
        isBatch: false,
        isPageCall: false,
        results: [],
        milliseconds: 1,
        logs: '',
        traces: [],
      };
      runs = latestOf([run, ...runs]);
    }
    const keptIds = () =>
      runs.map(({ json }) => z.object({ messageId: z.string() }).parse(JSON.parse(json)).messageId);

    for (const id of ['a', 'b', 'c', 'd']) keep(id, 3);
    expect(keptIds()).toEqual(['d', 'c']);
    keep('larger than everything that is kept', 9);
    expect(keptIds()).toEqual(['larger than everything that is kept']);
    keep('small', 1);
    expect(keptIds()).toEqual(['small']);
  });
});

// npm run report and npm run check on files that are long enough for several threads.
import { availableParallelism } from 'node:os';
import { PassThrough } from 'node:stream';
import type * as workerThreads from 'node:worker_threads';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { makeShopEvent } from '../../../scripts/generate/events';
import { createRandom } from '../../../scripts/generate/random';
import { createFolder } from '../../support/command';
import { check, lines, readReport, report } from './commands';

let mockStarted = 0;
jest.mock('node:worker_threads', () => {
  const actual = jest.requireActual<typeof workerThreads>('node:worker_threads');
  class Worker extends actual.Worker {
    constructor(...given: ConstructorParameters<typeof actual.Worker>) {
      super(...given);
      mockStarted += 1;
    }
  }
  return { ...actual, Worker };
});

const NOW = Date.UTC(2026, 10, 27);
const EVENTS = 7000;
let files: ReturnType<typeof createFolder>;
let long: string;
beforeAll(() => {
  files = createFolder();
  const random = createRandom(23);
  const events = Array.from({ length: EVENTS }, (_, index) =>
    makeShopEvent(index, index / EVENTS, NOW, random),
  );
  long = files.file('long.ndjson', `{"type": }\n${lines(events)}7\n`);
});
afterAll(() => {
  files.remove();
});

/** What a command did, which two threads must have shared if the machine has more than one core. */
async function shared<Result>(command: () => Promise<Result>): Promise<Result> {
  mockStarted = 0;
  const result = await command();
  expect(mockStarted).toBe(availableParallelism() > 1 ? 2 : 0);
  return result;
}

test('the progress goes on to all events, and to the end of the file', async () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 20 });
  let shown = '';
  stream.setEncoding('utf8').on('data', (text: string) => (shown += text));
  const { status } = await shared(() => report([long], {}, { progressStream: stream }));
  expect(status).toBe(1);
  const steps = [...shown.matchAll(/(\d+) %, ([\d,]+) events/g)].map(([, share, events = '']) => [
    Number(share),
    Number(events.replace(',', '')),
  ]);
  expect(steps[0]).toEqual([0, 0]);
  expect(steps.at(-1)).toEqual([100, EVENTS]);
  for (const column of [0, 1]) {
    const numbers = steps.map((step) => step[column] ?? 0);
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  }
});

test('a check fails for as many events as the report counts', async () => {
  const { stdout } = await shared(() => report([long], { json: true }));
  const { discarded, events, reasons, leftOut, skipped } = readReport(stdout);
  const { status, stdout: json } = await shared(() => check([long], { json: true }));
  expect(status).toBe(1);
  const checked = z.looseObject({ failed: z.number() }).parse(JSON.parse(json));
  expect(checked).toMatchObject({
    events,
    leftOut,
    skipped,
    reasons: reasons.filter(({ reason }) => reason !== undefined),
  });
  expect({ events, skipped: skipped.count }).toEqual({ events: EVENTS, skipped: 2 });
  expect(checked.failed).toBeGreaterThan(discarded);
  const allowed = await shared(() => check([long], { json: true, allow: ['invalid'] }));
  expect(JSON.parse(allowed.stdout)).toMatchObject({ failed: discarded, leftOut: [] });
});

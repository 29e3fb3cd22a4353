// A report of several threads is the same as that of one.
import { readFileSync } from 'node:fs';
import type * as workerThreads from 'node:worker_threads';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { configure } from '../../../lib/configuration/configure';
import { Failure, isFailure } from '../../../lib/result';
import { InputError } from '../../../scripts/cli/command';
import { BUNDLE, FUNCTION_NAME } from '../../../scripts/cli/project';
import { makeShopEvent } from '../../../scripts/generate/events';
import { createRandom } from '../../../scripts/generate/random';
import type { Entry, Input } from '../../../scripts/input/json';
import type { Finding } from '../../../scripts/report/finding';
import { survey, type SurveyOptions } from '../../../scripts/report/survey';
import { createSurveyor } from '../../../scripts/report/surveyor';
import { SETTINGS, track } from '../../support/world';

/** All threads that were started. */
const mockStarted: workerThreads.Worker[] = [];
jest.mock('node:worker_threads', () => {
  const actual = jest.requireActual<typeof workerThreads>('node:worker_threads');
  class Worker extends actual.Worker {
    constructor(...given: ConstructorParameters<typeof actual.Worker>) {
      super(...given);
      mockStarted.push(this);
    }
  }
  return { ...actual, Worker };
});

/** A thread that has ended has this id. */
const ENDED = -1;
afterEach(() => {
  const running = mockStarted.splice(0).filter(({ threadId }) => threadId !== ENDED);
  expect(running).toEqual([]);
});

const NOW = Date.UTC(2026, 10, 27);
const configuration = configure(SETTINGS);
if (isFailure(configuration)) throw new Error('The settings do not work');

const OPTIONS = {
  code: readFileSync(BUNDLE, 'utf8'),
  functionName: FUNCTION_NAME,
  settings: SETTINGS,
  configuration,
  batch: 20,
  now: NOW,
} as const;
const ALONE = { count: 1, alone: 0, chunk: 0 };

async function* give(entries: readonly Entry[], error?: Error): AsyncGenerator<Entry> {
  for (const entry of entries) yield await Promise.resolve(entry);
  if (error !== undefined) throw error;
}

const inputOf = (event: object, index: number): Input => ({
  event,
  at: `month.ndjson:${index + 1}`,
  text: JSON.stringify(event),
});

const shopEvents = (count: number, seed: number): readonly object[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, index) => makeShopEvent(index, index / count, NOW, random));
};

/** All that a survey gives, and what it calls back with. */
async function surveyed(entries: readonly Entry[], options: Partial<SurveyOptions>, error?: Error) {
  const findings: Finding[] = [];
  const progress: number[] = [];
  const result = await survey({
    ...OPTIONS,
    ...options,
    events: give(entries, error),
    onFinding: (finding) => findings.push(finding),
    onProgress: (events) => void progress.push(events),
  });
  return { ...result, behind: [...result.behind], findings, progress: progress.reduce((a, b) => a + b, 0) };
}

/** Few enough for many to come again, and one that could be taken for all others. */
const NAMES = ['Order Completed', 'Product Viewed', 'jane@example.com called', '(others: more than 1000)'];
const VALUES = [
  'jane@example.com',
  'n/a',
  '1,250',
  12.5,
  '+1 415 555 0100',
  '',
  null,
  ['x', 'jo@example.com'],
];
const anyEvent = fc.record(
  {
    type: fc.constantFrom('track', 'track', 'track', 'page', 'identify', 'delete', 7),
    event: fc.oneof(fc.constantFrom(...NAMES), fc.string()),
    messageId: fc.oneof(fc.constantFrom('again', 'jane@example.com'), fc.string()),
    timestamp: fc.constantFrom('2026-11-27T00:00:00Z', '2020-01-01', 'today', 1_795_000_000),
    properties: fc.dictionary(
      fc.constantFrom('email', 'phone', 'value', 'currency', 'products', 'query'),
      fc.oneof(fc.constantFrom(...VALUES), fc.constant([{ sku: 'a', price: 'n/a' }, { price: 2 }])),
    ),
    integrations: fc.constantFrom({}, { All: false }),
  },
  { requiredKeys: [] },
);
const anyEntries = fc
  .array(fc.oneof({ weight: 9, arbitrary: anyEvent }, { weight: 1, arbitrary: fc.constant(null) }), {
    maxLength: 300,
    size: 'max',
  })
  .map((events) =>
    events.map((event, index) =>
      event === null ? new Failure(`month.ndjson:${index + 1}: bad JSON`) : inputOf(event, index),
    ),
  );

describe('threads give the same report as one', () => {
  test('for any events, batches and chunks, to the byte, with the same events behind each number', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyEntries,
        fc.constantFrom(1, 3, 20),
        fc.record({
          count: fc.integer({ min: 2, max: 3 }),
          alone: fc.integer({ min: 0, max: 20_000 }),
          chunk: fc.integer({ min: 0, max: 20_000 }),
        }),
        fc.constantFrom(0, 1, 100),
        async (entries, batch, threads, kept) => {
          const alone = await surveyed(entries, { batch, kept, threads: ALONE });
          const shared = await surveyed(entries, { batch, kept, threads });
          expect(shared).toEqual(alone);
          expect(JSON.stringify(shared)).toBe(JSON.stringify(alone));
          expect(shared.progress).toBe(shared.report.events);
        },
      ),
      { numRuns: 12 },
    );
  });

  test("for a month of the made-up shop, of which TikTok's local copy gets events twice", async () => {
    const month = shopEvents(1500, 7);
    const entries = [...month, ...month.slice(300, 700)].map(inputOf);
    const alone = await surveyed(entries, { kept: 100, threads: ALONE });
    const shared = await surveyed(entries, {
      kept: 100,
      threads: { count: 2, alone: 100_000, chunk: 100_000 },
    });
    expect(shared).toEqual(alone);
    expect(alone.counted).toBeLessThan(alone.report.delivered);
    expect(alone.report.requests).toBe(95);
  });

  test('for more different names and reasons than are told apart', async () => {
    const entries = Array.from({ length: 2400 }, (_, index) =>
      track({ event: `Event ${index % 1200}`, messageId: `m-${index}` }),
    ).map(inputOf);
    const settings = { ...SETTINGS, eventMappings: { 'Event 1199': 'Purchase' } };
    const configured = configure(settings);
    if (isFailure(configured)) throw new Error('The settings do not work');
    const options = { settings, configuration: configured, kept: 100 };
    const alone = await surveyed(entries, { ...options, threads: ALONE });
    const shared = await surveyed(entries, { ...options, threads: { count: 2, alone: 0, chunk: 30_000 } });
    expect(shared).toEqual(alone);
    expect(alone.report.names[0]?.name).toContain('others');
    expect(alone.report.delivered).toBe(2);
  });
});

describe('the memory for a report ends somewhere', () => {
  /** The most events that were read at a time and not counted yet. */
  async function mostHeld(count: number): Promise<number> {
    const entries = shopEvents(count, 6).map(inputOf);
    let [read, counted, most] = [0, 0, 0];
    async function* events(): AsyncGenerator<Entry> {
      for await (const entry of give(entries)) {
        read += 1;
        most = Math.max(most, read - counted);
        yield entry;
      }
    }
    await survey({
      ...OPTIONS,
      events: events(),
      threads: { count: 2, alone: 0, chunk: 20_000 },
      onProgress: (more) => void (counted += more),
    });
    expect(counted).toBe(count);
    return most;
  }

  test('no more events are held than some chunks for each thread, however many there are', async () => {
    const most = await mostHeld(600);
    // A chunk of 20,000 characters is one of 40 events or less: two for each thread, and one that is filled.
    expect(most).toBeLessThanOrEqual(5 * 40);
    expect(await mostHeld(1800)).toBeLessThanOrEqual(5 * 40);
  });

  test('different findings are forgotten when they are many, and the report stays the same', async () => {
    const entries = Array.from({ length: 5000 }, (_, index) =>
      track({ event: `Event ${index}`, messageId: `m-${index}`, properties: {} }),
    ).map(inputOf);
    const settings = { ...SETTINGS, eventMappings: { All: 'Lead if type = "track"' } };
    const configured = configure(settings);
    if (isFailure(configured)) throw new Error('The settings do not work');
    const options = { settings, configuration: configured };
    const alone = await surveyed(entries, { ...options, threads: ALONE });
    const shared = await surveyed(entries, {
      ...options,
      threads: { count: 2, alone: 10_000, chunk: 20_000 },
    });
    expect(shared).toEqual(alone);

    const given = { isLive: false, startedAt: NOW, keepsIds: false };
    const surveyor = createSurveyor({ ...OPTIONS, ...given, settings });
    const texts = entries.map(({ text }) => text);
    for (let start = 0; start < texts.length; start += 100) {
      const { findings, events } = await surveyor.survey(texts.slice(start, start + 100));
      expect(findings.length).toBeLessThanOrEqual(1100);
      expect(events.map((place) => findings[place]?.name)).toEqual(
        texts.slice(start, start + 100).map((_, index) => `Event ${start + index}`),
      );
    }
  });
});

/** An event whose text is not what it was read from: whoever hands it over notices. */
const broken: Input = { ...inputOf(track(), 0), text: 'not JSON' };
const SOON = { count: 2, alone: 0, chunk: 0 };

describe('how threads start and end', () => {
  test('few events start none', async () => {
    const entries = shopEvents(100, 5).map(inputOf);
    expect((await survey({ ...OPTIONS, events: give(entries) })).report.events).toBe(100);
    expect(mockStarted).toEqual([]);
  });

  test('an error in one of them ends the survey, as it would without threads', async () => {
    const entries = [...shopEvents(100, 1).map(inputOf), broken, ...shopEvents(200, 2).map(inputOf)];
    await expect(survey({ ...OPTIONS, events: give(entries), threads: SOON })).rejects.toThrow(/JSON/);
  });

  test('a mistake in a file ends it with the events before it', async () => {
    const error = new InputError('month.gz: the gzip data breaks off');
    const entries = shopEvents(130, 3).map(inputOf);
    const shared = await surveyed(entries, { threads: SOON }, error);
    expect(shared).toMatchObject({ error, report: { events: 130, requests: 7 } });
    expect(mockStarted).toHaveLength(2);
  });

  test('so does any other error, which is thrown', async () => {
    const entries = shopEvents(130, 3).map(inputOf);
    const events = give(entries, new RangeError('a fault'));
    await expect(survey({ ...OPTIONS, events, threads: SOON })).rejects.toThrow('a fault');
    expect(mockStarted).toHaveLength(2);
  });

  test('a command that shows calls gets all of them, in order, from none', async () => {
    const places: string[] = [];
    await survey({
      ...OPTIONS,
      events: give(shopEvents(100, 4).map(inputOf)),
      threads: SOON,
      onCall({ inputs, examined, traces }) {
        expect(examined).toHaveLength(inputs.length);
        expect(traces).toHaveLength(1);
        places.push(...inputs.map(({ at }) => at));
      },
    });
    expect(mockStarted).toEqual([]);
    expect(places).toEqual(Array.from({ length: 100 }, (_, index) => `month.ndjson:${index + 1}`));
  });
});

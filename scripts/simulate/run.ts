// Months of trouble in a minute: many events through the bundle to a TikTok that fails at random, in simulated time.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createClock, type Clock } from '@sinonjs/fake-timers';
import { createRandom } from '../generate/random';
import { createGlobals } from '../local/segment/globals';
import { loadFunction } from '../local/segment/load';
import { createNetwork } from '../local/segment/network';
import { deliverUntilSettled } from '../local/segment/retries';
import {
  describeThrown,
  LARGEST_BATCH,
  resultOfStatus,
  TIMEOUT,
  type Result,
} from '../local/segment/runtime';
import { createLedger } from '../local/tiktok/ledger';
import { conversionKey, EVENT_MAPPINGS, makeEvent, REFUSED_QUERY, type Expectation } from './events';
import { createSimulatedNetwork, type SimulatedNetwork } from './network';

const TOKEN = 'token-for-the-simulation-2d84';
const EVENT_SET_ID = '7000000000000000004';
const SETTINGS = { accessToken: TOKEN, eventSetId: EVENT_SET_ID, eventMappings: EVENT_MAPPINGS };

export interface SimulationOptions {
  /** The function's text. */
  readonly code: string;
  readonly events: number;
  /** The share of bad events, from 0 to 1. */
  readonly bad: number;
  /** The share of requests that fail, from 0 to 1. */
  readonly failures: number;
  readonly seed: number;
}

export interface SimulationReport {
  /** Events that Segment shows as delivered in the end, as discarded, or has given up after 4 hours. */
  readonly delivered: number;
  readonly discarded: number;
  readonly givenUp: number;
  /** How often an event was handed over again. */
  readonly retries: number;
  readonly calls: number;
  readonly requests: number;
  /** The most requests that were on their way at one time. */
  readonly mostAtOnce: number;
  /** The longest call, in milliseconds of simulated time. */
  readonly longestCall: number;
  /** Conversions that TikTok counted. */
  readonly counted: number;
  /** What must not be: good events that were not delivered, conversions counted twice, bad events not discarded. */
  readonly lost: number;
  readonly doubled: number;
  readonly undiscarded: number;
  /** Events without a reason for what became of them. */
  readonly unexplained: number;
}

export async function simulate({
  code,
  events,
  bad,
  failures,
  seed,
}: SimulationOptions): Promise<SimulationReport> {
  const random = createRandom(seed);
  const clock = createClock(Date.UTC(2026, 10, 20, 12));
  const ledger = createLedger({
    token: TOKEN,
    eventSetId: EVENT_SET_ID,
    refuses: ({ properties }) => properties?.query === REFUSED_QUERY,
  });
  const network = createSimulatedNetwork(ledger, clock, failures, random);
  const handOver = createBatchHandler(code, network, clock);
  let calls = 0;
  let longestCall = 0;

  const expectations = new Map<unknown, Expectation>();
  const made = Array.from({ length: events }, (_, number) => {
    const expectation = makeEvent(number, bad, random);
    // A bad event may be any value, and is told apart by the object that holds it.
    const holder = { event: expectation.event };
    expectations.set(holder, expectation);
    return holder;
  });
  const fates = await deliverUntilSettled(
    inBatches(made, random),
    async (holders) => {
      calls += 1;
      const began = clock.now;
      const results = await handOver(holders.map(eventOf));
      longestCall = Math.max(longestCall, clock.now - began);
      return results;
    },
    random,
  );

  const counts = new Map<string, number>();
  for (const { event } of ledger.counted) {
    const key = conversionKey(event.event, event.event_id ?? '');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const outcomes = new Map(fates.map(({ event, result }) => [event, result.outcome]));
  const of = (outcome: Result['outcome']) => fates.filter(({ result }) => result.outcome === outcome);
  const isGood = (holder: unknown) => (expectations.get(holder)?.conversions.length ?? 0) > 0;
  return {
    delivered: of('Delivered').length,
    discarded: of('Message Rejected').length,
    givenUp: of('Retry').length + of('Timeout').length,
    retries: fates.reduce((sum, { tries }) => sum + tries - 1, 0),
    calls,
    requests: network.requests(),
    mostAtOnce: network.mostAtOnce(),
    longestCall,
    counted: ledger.counted.length,
    lost: made.filter(
      (holder) =>
        isGood(holder) &&
        (outcomes.get(holder) !== 'Delivered' ||
          expectations.get(holder)?.conversions.some((key) => !counts.has(key)) === true),
    ).length,
    doubled: [...counts.values()].filter((count) => count > 1).length,
    undiscarded: made.filter((holder) => !isGood(holder) && outcomes.get(holder) !== 'Message Rejected')
      .length,
    unexplained: fates.filter(
      ({ result }) => result.outcome !== 'Delivered' && (result.error?.message ?? '') === '',
    ).length,
  };
}

const eventOf = (holder: unknown): unknown =>
  typeof holder === 'object' && holder !== null && 'event' in holder ? holder.event : undefined;

function* inBatches(list: readonly unknown[], random: () => number): Generator<readonly unknown[]> {
  for (let at = 0; at < list.length;) {
    const size = 1 + Math.floor(random() * LARGEST_BATCH);
    yield list.slice(at, at + size);
    at += size;
  }
}

/** `onBatch` in an environment whose clock and network are simulated. */
function createBatchHandler(
  code: string,
  network: SimulatedNetwork,
  clock: Clock,
): (events: readonly unknown[]) => Promise<readonly Result[]> {
  const { handlers, parse } = loadFunction(code, {
    ...createGlobals(
      createNetwork({}, () => undefined),
      () => undefined,
    ),
    fetch: network.fetch,
    https: network.https,
    Date: clock.Date,
    setTimeout: clock.setTimeout,
    clearTimeout: clock.clearTimeout,
  });
  const onBatch = handlers.get('onBatch');
  if (onBatch === undefined) throw new Error('The bundle has no onBatch');

  return async (events) => {
    const end: { returned?: unknown; thrown?: unknown } = {};
    const call = Promise.resolve(onBatch(parse(JSON.stringify(events)), parse(JSON.stringify(SETTINGS))));
    call.then(
      (returned) => (end.returned = returned),
      (thrown: unknown) => (end.thrown = thrown),
    );
    const deadline = clock.now + TIMEOUT;
    for (;;) {
      // All that can be done now, then on to the next point in time at which something happens.
      await nextTurn();
      if ('returned' in end || clock.now >= deadline || clock.countTimers() === 0) break;
      clock.next();
    }
    if ('thrown' in end) throw new Error(`onBatch threw ${describeThrown(end.thrown).message}`);
    const { returned } = end;
    if (!Array.isArray(returned)) {
      throw new Error(`onBatch did not end with an array within ${TIMEOUT} ms`);
    }
    return returned.map(resultOfStatus);
  };
}

// Months of trouble in a minute: many events go through the bundle to a TikTok that fails at random, in simulated time.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createClock, type Clock } from '@sinonjs/fake-timers';
import { createRandom } from '../generate/random';
import { createGlobals } from '../local/segment/globals';
import { handlerOf, loadFunction } from '../local/segment/load';
import { deliverUntilSettled, type Settlement } from '../local/segment/retries';
import {
  describeThrown,
  LARGEST_BATCH,
  resultOfStatus,
  TIMEOUT,
  type Result,
} from '../local/segment/runtime';
import { createLedger } from '../local/tiktok/ledger';
import { WORDINGS, type Wording } from '../local/tiktok/wordings';
import { conversionKey, EVENT_MAPPINGS, makeEvent, REFUSED_QUERY, type Expectation } from './events';
import { createSimulatedNetwork, type SimulatedNetwork } from './network';

const TOKEN = 'token-for-the-simulation-2d84';
const EVENT_SET_ID = '7000000000000000004';
const SETTINGS = { accessToken: TOKEN, eventSetId: EVENT_SET_ID, eventMappings: EVENT_MAPPINGS };

interface SimulationOptions {
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
  /** Events that were delivered in the end. */
  readonly delivered: number;
  readonly discarded: number;
  /** Events that Segment gave up after 4 hours. */
  readonly givenUp: number;
  /** How many times an event was handed over again. */
  readonly retries: number;
  readonly calls: number;
  readonly requests: number;
  /** How many of these a batch took: the mean of the calls with several events. */
  readonly requestsPerBatch: number;
  /** The largest number of requests in progress at the same time. */
  readonly mostAtOnce: number;
  /** The longest call, in milliseconds of simulated time. */
  readonly longestCall: number;
  /** Conversions that TikTok counted. */
  readonly counted: number;
  /** Good events that were not delivered or not counted: a fault. */
  readonly lost: number;
  /** Conversions that were counted twice: a fault. */
  readonly doubled: number;
  /** Bad events that were not discarded: a fault. */
  readonly undiscarded: number;
  /** Events that were not delivered, without a reason: a fault. */
  readonly unexplained: number;
}

/** Hands over made-up events until each is settled, and checks what TikTok counted of them. */
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
    refuses: ({ properties }) => properties?.search_string === REFUSED_QUERY,
    wording: (refusal) => pickWording(random)(refusal),
  });
  const network = createSimulatedNetwork(ledger, clock, failures, random);
  const handOver = createBatchHandler(code, network, clock);
  let [calls, batches, batchRequests, longestCall] = [0, 0, 0, 0];

  const expectations = Array.from({ length: events }, (_, number) => makeEvent(number, bad, random));
  const settlements = await deliverUntilSettled(
    inBatches(expectations, random),
    async (batch) => {
      calls += 1;
      const [began, requestsBefore] = [clock.now, network.requests()];
      const results = await handOver(batch.map(({ event }) => event));
      longestCall = Math.max(longestCall, clock.now - began);
      if (batch.length > 1) {
        batches += 1;
        batchRequests += network.requests() - requestsBefore;
      }
      return results;
    },
    random,
  );

  const counts = new Map<string, number>();
  for (const { event } of ledger.counted) {
    const key = conversionKey(event.event, event.event_id ?? '');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const countOf = (outcome: Result['outcome']) =>
    settlements.filter(({ result }) => result.outcome === outcome).length;
  const isGood = ({ event }: Settlement<Expectation>) => event.conversions.length > 0;
  const isCounted = ({ event }: Settlement<Expectation>) => event.conversions.every((key) => counts.has(key));
  return {
    delivered: countOf('Delivered'),
    discarded: countOf('Message Rejected'),
    givenUp: countOf('Retry') + countOf('Timeout'),
    retries: settlements.reduce((sum, { tries }) => sum + tries - 1, 0),
    calls,
    requests: network.requests(),
    requestsPerBatch: batches === 0 ? 0 : batchRequests / batches,
    mostAtOnce: network.mostAtOnce(),
    longestCall,
    counted: ledger.counted.length,
    lost: settlements.filter(
      (settlement) =>
        isGood(settlement) && !(settlement.result.outcome === 'Delivered' && isCounted(settlement)),
    ).length,
    doubled: [...counts.values()].filter((count) => count > 1).length,
    undiscarded: settlements.filter(
      (settlement) => !isGood(settlement) && settlement.result.outcome !== 'Message Rejected',
    ).length,
    unexplained: settlements.filter(
      ({ result }) => result.outcome !== 'Delivered' && (result.error?.message ?? '') === '',
    ).length,
  };
}

const pickWording = (random: () => number): Wording => {
  const wordings = Object.values(WORDINGS);
  return wordings[Math.floor(random() * wordings.length)] ?? WORDINGS['without an index'];
};

/** Cuts a list into batches of 1 to {@link LARGEST_BATCH}. */
function* inBatches<Item>(list: readonly Item[], random: () => number): Generator<readonly Item[]> {
  for (let start = 0; start < list.length;) {
    const size = 1 + Math.floor(random() * LARGEST_BATCH);
    yield list.slice(start, start + size);
    start += size;
  }
}

/** How a call of `onBatch` ended. */
type End =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly value: unknown };

/** Gives `onBatch` in an environment whose clock and network are simulated. */
function createBatchHandler(
  code: string,
  network: SimulatedNetwork,
  clock: Clock,
): (events: readonly unknown[]) => Promise<readonly Result[]> {
  const loaded = loadFunction(code, {
    ...createGlobals(),
    fetch: network.fetch,
    https: network.https,
    Date: clock.Date,
    setTimeout: clock.setTimeout,
    clearTimeout: clock.clearTimeout,
  });
  const onBatch = handlerOf(loaded, 'onBatch');

  return async (events) => {
    const ends: End[] = [];
    const [given, settings] = [events, SETTINGS].map((value) => loaded.parse(JSON.stringify(value)));
    const call = Promise.resolve(onBatch(given, settings));
    call.then(
      (value) => ends.push({ kind: 'returned', value }),
      (value: unknown) => ends.push({ kind: 'threw', value }),
    );
    const deadline = clock.now + TIMEOUT;
    for (;;) {
      // First everything that can be done now; then the clock moves to the next point in time at which something happens.
      await nextTurn();
      if (ends.length > 0 || clock.now >= deadline || clock.countTimers() === 0) break;
      clock.next();
    }
    const [end] = ends;
    if (end?.kind === 'threw') throw new Error(`onBatch threw ${describeThrown(end.value).message}`);
    if (!Array.isArray(end?.value)) throw new Error(`onBatch did not return an array within ${TIMEOUT} ms`);
    return end.value.map(resultOfStatus);
  };
}

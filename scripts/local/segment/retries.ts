// What Segment does with events until each is settled: it hands them over in batches, and retries one by one those that
// ask for it, with random exponential back-off, for 4 hours. The waits are only counted, so nothing here takes time.
// Segment, "Destination Functions", section "Batching the destination function":
// https://segment.com/docs/connections/functions/destination-functions/#batching-the-destination-function
import type { Result } from './runtime';

const HOUR = 3_600_000;
const GIVES_UP_AFTER = 4 * HOUR;
/** Segment does not document its waits: these begin with 10 seconds and double up to 10 minutes. */
const FIRST_WAIT = 10_000;
const LONGEST_WAIT = 600_000;

/** How an event was settled. */
export interface Settlement<Event> {
  readonly event: Event;
  /** The last result; one that asks for a retry if Segment gave the event up. */
  readonly result: Result;
  /** How many times the event was handed over. */
  readonly tries: number;
}

/**
 * Hands over batches of events, and retries events until each is settled.
 *
 * @param handOver calls the function, and gives a result for each event, in order.
 * @param random gives numbers from 0 to 1.
 * @returns a settlement for each event, in no particular order.
 * @throws Error if there is not exactly one result for each event.
 */
export async function deliverUntilSettled<Event>(
  batches: Iterable<readonly Event[]>,
  handOver: (events: readonly Event[]) => Promise<readonly Result[]>,
  random: () => number,
): Promise<readonly Settlement<Event>[]> {
  const settlements: Settlement<Event>[] = [];
  let waiting: { readonly event: Event; readonly tries: number; readonly waited: number }[] = [];

  function settleOrWait(event: Event, result: Result, tries: number, waited: number): void {
    const wait = Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT) * (0.5 + random());
    const isRetried = result.outcome === 'Retry' || result.outcome === 'Timeout';
    if (isRetried && waited + wait <= GIVES_UP_AFTER) waiting.push({ event, tries, waited: waited + wait });
    else settlements.push({ event, result, tries });
  }

  async function tryBatch(batch: readonly Event[], tries: number, waited: number): Promise<void> {
    const results = await handOver(batch);
    if (results.length !== batch.length) throw new Error('There must be one result for each event');
    for (const [index, event] of batch.entries()) {
      const result = results[index];
      if (result !== undefined) settleOrWait(event, result, tries, waited);
    }
  }

  for (const batch of batches) await tryBatch(batch, 1, 0);
  while (waiting.length > 0) {
    const round = waiting;
    waiting = [];
    for (const { event, tries, waited } of round) await tryBatch([event], tries + 1, waited);
  }
  return settlements;
}

// What Segment does with events until each is settled: it hands them over in batches, and those that are to be tried
// again one by one, with random exponential back-off, for 4 hours. The time is not waited for.
// https://segment.com/docs/connections/functions/destination-functions/#batching-the-destination-function
import type { Result } from './runtime';

const HOUR = 3_600_000;
const GIVES_UP_AFTER = 4 * HOUR;
/** Segment does not say how long it waits: from 10 seconds, doubled each time, to 10 minutes. */
const FIRST_WAIT = 10_000;
const LONGEST_WAIT = 600_000;

/** How it went with an event. */
export interface Fate {
  readonly event: unknown;
  /** The last result; one that is to be tried again, where Segment gave it up. */
  readonly result: Result;
  /** How often it was handed over. */
  readonly tries: number;
}

/**
 * Hands over batches, and again what is to be tried again.
 *
 * @param random gives a number from 0 to 1.
 * @returns one fate for each event, in no order.
 */
export async function deliverUntilSettled(
  batches: Iterable<readonly unknown[]>,
  handOver: (events: readonly unknown[]) => Promise<readonly Result[]>,
  random: () => number,
): Promise<readonly Fate[]> {
  const fates: Fate[] = [];
  let waiting: { readonly event: unknown; readonly tries: number; readonly waited: number }[] = [];

  function note(event: unknown, result: Result, tries: number, waited: number): void {
    const wait = Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT) * (0.5 + random());
    const isRetried = result.outcome === 'Retry' || result.outcome === 'Timeout';
    if (isRetried && waited + wait <= GIVES_UP_AFTER) waiting.push({ event, tries, waited: waited + wait });
    else fates.push({ event, result, tries });
  }

  async function tryBatch(batch: readonly unknown[], tries: number, waited: number): Promise<void> {
    const results = await handOver(batch);
    if (results.length !== batch.length) throw new Error('There must be one result for each event');
    results.forEach((result, index) => {
      note(batch[index], result, tries, waited);
    });
  }

  for (const batch of batches) await tryBatch(batch, 1, 0);
  while (waiting.length > 0) {
    const round = waiting;
    waiting = [];
    for (const { event, tries, waited } of round) await tryBatch([event], tries + 1, waited);
  }
  return fates;
}

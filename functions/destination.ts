// The handlers that Segment calls. https://segment.com/docs/connections/functions/destination-functions/
import { deliver } from '../lib/delivery';
import { settle, statusOf, type Status } from '../lib/outcome';
import { listOf } from '../lib/record';

/** A track call: delivered when it returns, and otherwise one of Segment's error classes. */
export async function onTrack(event: unknown, settings: unknown): Promise<void> {
  (await deliver([event], settings)).forEach(settle);
}

/** A page call. */
export const onPage = onTrack;

/** Calls of any type: a status for each, in order. It does not throw. */
export async function onBatch(events: unknown, settings: unknown): Promise<readonly Status[]> {
  return (await deliver(listOf(events), settings)).map(statusOf);
}

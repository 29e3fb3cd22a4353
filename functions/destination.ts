// The handlers that Segment calls.
// Segment, "Destination Functions": https://segment.com/docs/connections/functions/destination-functions/
import { deliver } from '../lib/delivery';
import { statusOf, throwUnlessDelivered, type Status } from '../lib/outcome';
import { listOf } from '../lib/values/json';

/** A track call: delivered if it returns, and otherwise one of Segment's error classes. */
export async function onTrack(event: unknown, settings: unknown): Promise<void> {
  const outcomes = await deliver([event], settings);
  outcomes.forEach(throwUnlessDelivered);
}

/** Calls of the other types, which an entry of Event Mappings can send. A delete call is never sent. */
export const onPage = onTrack;
export const onScreen = onTrack;
export const onIdentify = onTrack;
export const onGroup = onTrack;
export const onAlias = onTrack;

/** Calls of any type: a status for each, in order. It does not throw. */
export async function onBatch(events: unknown, settings: unknown): Promise<readonly Status[]> {
  const outcomes = await deliver(listOf(events), settings);
  return outcomes.map(statusOf);
}

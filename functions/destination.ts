// The handlers that Segment calls. https://segment.com/docs/connections/functions/destination-functions/
import { deliver } from '../lib/delivery';
import { settle } from '../lib/outcome';

/** A track call: delivered when it returns, and otherwise one of Segment's error classes. */
export async function onTrack(event: unknown, settings: unknown): Promise<void> {
  settle(await deliver(event, settings));
}

/** A page call; as {@link onTrack}. */
export async function onPage(event: unknown, settings: unknown): Promise<void> {
  settle(await deliver(event, settings));
}

// What an event is called.
import { masked } from '../cli/printable';

/** An event's name for a person: its own name, or its type if it has none. */
export function nameOf(event: unknown): string {
  if (typeof event !== 'object' || event === null) return 'no event';
  const type = 'type' in event ? String(event.type) : 'no type';
  const name = 'event' in event ? event.event : 'name' in event ? event.name : undefined;
  const shown = typeof name !== 'string' ? type : type === 'track' ? name : `${type} ${name}`;
  return masked(shown, '');
}

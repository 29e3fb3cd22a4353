// The fields of a Segment event: where a path into one can begin.
import { nearestOf } from '../values/nearest';

/**
 * By its name, what a field holds: a value of its own, or more fields.
 *
 * Segment, "Spec: Common Fields": https://segment.com/docs/connections/spec/common/
 */
const EVENT_FIELDS: ReadonlyMap<string, 'value' | 'object'> = new Map([
  ['anonymousId', 'value'],
  ['userId', 'value'],
  ['messageId', 'value'],
  ['timestamp', 'value'],
  ['originalTimestamp', 'value'],
  ['receivedAt', 'value'],
  ['sentAt', 'value'],
  ['type', 'value'],
  ['event', 'value'],
  ['name', 'value'],
  ['category', 'value'],
  ['properties', 'object'],
  ['traits', 'object'],
  ['context', 'object'],
  ['integrations', 'object'],
  ['groupId', 'value'],
  ['previousId', 'value'],
  ['channel', 'value'],
  ['version', 'value'],
  ['projectId', 'value'],
  ['writeKey', 'value'],
  ['_metadata', 'object'],
]);

/**
 * What is wrong with a path that cannot be in a Segment event, as the words after "expected"; `undefined` if it can.
 *
 * @param keys the path's: `['properties', 'total']`.
 * @returns `wrongKey` is the place in `keys` of the first one that is wrong.
 */
export function impossiblePath(
  keys: readonly string[],
): { readonly wrongKey: number; readonly expected: string } | undefined {
  const [field = '', next = ''] = keys;
  const kind = EVENT_FIELDS.get(field);
  if (kind === undefined) {
    const nearest = nearestOf(field, [...EVENT_FIELDS.keys()]);
    const hint = nearest === undefined ? ', such as properties' : `; did you mean ${nearest}?`;
    return { wrongKey: 0, expected: `a field of a Segment event${hint}` };
  }
  if (kind === 'object' || keys.length === 1) return undefined;
  // As code in Segment's functions has it: `event.properties.total`.
  const hint = EVENT_FIELDS.has(next) ? `; did you mean ${next}, without ${field}?` : '';
  return { wrongKey: 1, expected: `nothing after ${field}, which has no fields of its own${hint}` };
}

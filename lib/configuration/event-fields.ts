// The fields of a Segment event: where a path into one can begin.
import { isTypingError, nearestOf } from '../values/nearest';

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

/** Those that hold more fields: only there can a longer path begin. */
const OBJECTS: readonly string[] = Array.from(EVENT_FIELDS).flatMap(([field, kind]) =>
  kind === 'object' ? [field] : [],
);

/**
 * What people write as a field of an event, in lower case and without `_`, and where it stands.
 *
 * Segment, "Spec: Common Fields", section "Context": https://segment.com/docs/connections/spec/common/#context
 */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ...[
    'app',
    'campaign',
    'consent',
    'device',
    'externalIds',
    'ip',
    'library',
    'locale',
    'location',
    'network',
    'os',
    'page',
    'screen',
    'timezone',
    'userAgent',
  ].map((field): [string, string] => [field.toLowerCase(), `context.${field}`]),
  ['user', 'traits or context.traits'],
]);

/** Whether an event has one value in a field, never a list or more fields. */
export const hasOneValue = ([field = '', ...others]: readonly string[]): boolean =>
  others.length === 0 && EVENT_FIELDS.get(field) === 'value';

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
    const meant = whatIsMeant(field, next);
    const hint = meant === undefined ? ', such as properties' : `; did you mean ${meant}?`;
    return { wrongKey: 0, expected: `a field of a Segment event${hint}` };
  }
  if (kind === 'object' || keys.length === 1) return undefined;
  // As code in Segment's functions has it: `event.properties.total`.
  const hint = EVENT_FIELDS.has(next) ? `; did you mean ${next}, without ${field}?` : '';
  return { wrongKey: 1, expected: `nothing after ${field}, which has no fields of its own${hint}` };
}

/** The beginning of a path that is probably meant. `next` is the key after the field, or empty. */
function whatIsMeant(field: string, next: string): string | undefined {
  const nearest = nearestOf(field, next === '' ? [...EVENT_FIELDS.keys()] : OBJECTS);
  const isMistyped = nearest !== undefined && isTypingError(field, nearest);
  // As code elsewhere has it: `message.properties.total`, `payload.context.ip`.
  if (OBJECTS.includes(next) && !isMistyped) return `${next}, without ${field}`;
  return ELSEWHERE.get(field.toLowerCase().replaceAll('_', '')) ?? nearest;
}

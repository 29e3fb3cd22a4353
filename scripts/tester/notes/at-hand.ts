// The event at hand, and why an entry of Event Mappings does not send it. Pure.
import { failedPart } from '../../../lib/configuration/condition/evaluate';
import { parseCondition } from '../../../lib/configuration/condition/parse';
import { pathText } from '../../../lib/configuration/condition/tokens';
import { isSendable, mappedName, type EventMapping } from '../../../lib/configuration/event-mappings';
import { keyOf } from '../../../lib/configuration/key';
import { isFailure } from '../../../lib/result';
import { ownProperty } from '../../../lib/values/json';
import { textOf } from '../../../lib/values/text';
import { masked } from '../../cli/printable';
import { pathsIn, printPath } from './paths';

/** The event at hand, if there is one, and what the settings say of it. */
export interface AtHand {
  readonly event: unknown;
  /** All entries of Event Mappings, the defaults among them. */
  readonly entries: readonly EventMapping[];
  /** Those that send the event, with the names that each sends. */
  readonly senders: readonly EventMapping[];
}

/** Which entries send names of an entry in its place, as each name is sent once: `A sends Purchase instead.` */
export const describeOverruling = (
  { key, names }: EventMapping,
  senders: readonly EventMapping[],
): readonly string[] =>
  senders.flatMap((sender) => {
    const taken = sender.key === key ? [] : sender.names.filter((name) => names.includes(name));
    return taken.length === 0 ? [] : [`${sender.label} sends ${taken.join(', ')} instead.`];
  });

/** Why an entry does not match an event; `undefined` if it does. */
export function obstacleOf({ key, condition, isLabel }: EventMapping, event: unknown): string | undefined {
  const type = textOf(ownProperty(event, 'type')) || '(none)';
  if (!isSendable(event)) return `calls of the type ${type} are never sent.`;
  const name = mappedName(event);
  if (!isLabel && keyOf(name) !== key)
    return name === ''
      ? `for a call of the type ${type}, the entry needs a condition on the type.`
      : `its name is ${name}.`;
  const part = condition && failedPart(condition, event);
  return part === undefined ? undefined : [`${part} does not hold.`, ...describeMet(part, event)].join(' ');
}

/** What a part of a condition reads, if it has paths: `Here properties.channel is "Store".` */
function describeMet(part: string, event: unknown): readonly string[] {
  const condition = parseCondition(part);
  const paths = isFailure(condition) ? [] : pathsIn(condition);
  const met = new Set(paths.map((path) => `${printPath(path)} is ${describeRead(path.keys, event)}`));
  return met.size === 0 ? [] : [`Here ${[...met].join(' and ')}.`];
}

/** What a condition reads at a path. A path does not read the length of a list: `length()` does. */
function describeRead(keys: readonly string[], event: unknown): string {
  const parent = keys.slice(0, -1);
  const isLengthOfList =
    keys.at(-1) === 'length' && Array.isArray(parent.reduce<unknown>(ownProperty, event));
  return isLengthOfList
    ? `absent (write length(${pathText(parent)}))`
    : describeValue(keys.reduce<unknown>(ownProperty, event));
}

/** Characters of a value that are shown. */
const LONGEST = 80;

function describeValue(value: unknown): string {
  if (value === undefined || value === null) return 'absent';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const shown = masked(text.slice(0, LONGEST), '');
  return typeof value === 'string' ? `"${shown}"` : shown;
}

// Which entries of Event Mappings match an event, and why the others do not. Pure.
import { failedPart } from '../../lib/configuration/condition/evaluate';
import { keyOf } from '../../lib/configuration/entries';
import { mappedName, readEventMappings, type EventMapping } from '../../lib/configuration/event-mappings';
import { ownProperty } from '../../lib/values/json';
import { textOf } from '../../lib/values/text';
import type { EntryMatch } from './api';

/** Describes each entry that can be read; a malformed one is a problem of the settings. */
export function describeMatches(
  eventMappings: Readonly<Record<string, string>>,
  event: unknown,
): readonly EntryMatch[] {
  const { entries } = readEventMappings(eventMappings, '');
  return Object.keys(eventMappings).flatMap((label) => {
    const entry = entries.find(({ key }) => key === keyOf(label));
    if (entry?.label !== label.trim()) return [];
    const obstacle = obstacleOf(entry, event);
    const sent = entry.names.length === 0 ? 'nothing is sent' : `sent as ${entry.names.join(', ')}`;
    return {
      label,
      isMatch: obstacle === undefined,
      note: obstacle === undefined ? `Matches this event: ${sent}.` : `Not for this event: ${obstacle}`,
    };
  });
}

/** Why an entry does not match an event; `undefined` if it does. */
function obstacleOf({ key, condition, isLabel }: EventMapping, event: unknown): string | undefined {
  const name = mappedName(event);
  if (!isLabel && keyOf(name) !== key)
    return name === ''
      ? `for a call of the type ${textOf(ownProperty(event, 'type')) || '(none)'}, the entry needs a condition on the type.`
      : `its name is ${name}.`;
  const part = condition && failedPart(condition, event);
  return part === undefined ? undefined : `${part} does not hold.`;
}

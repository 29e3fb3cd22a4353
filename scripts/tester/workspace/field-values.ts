// The values of a field in the events at hand, and how many of the events with each were delivered.
import { parseExpression } from '../../../lib/configuration/expression';
import { readSource } from '../../../lib/configuration/read-source';
import { isFailure } from '../../../lib/result';
import { isPresent } from '../../../lib/values/json';
import { InputError } from '../../cli/command';
import { masked } from '../../cli/printable';
import type { Input } from '../../input/json';
import type { Fate } from '../../local/segment/outcomes';
import { createBehind, type EventsBehind } from '../../report/behind';
import { createGroups, OTHERS } from '../../report/groups';
import type { FieldValues } from '../api';
import { describe } from './event-files';

/** Values that are listed, and characters of each. */
const LISTED = 20;
const LONGEST = 100;

interface Group {
  readonly value: string | undefined;
  readonly delivered: { count: number };
  readonly others: { count: number };
}

/**
 * @param path as Parameter Mappings spell it.
 * @param outcomes what became of the events.
 * @param token masked in the values.
 * @param kept how many events are remembered behind each number.
 * @throws InputError if the path cannot be read.
 */
export async function countValues(
  path: string,
  inputs: AsyncIterable<Input>,
  outcomes: readonly Fate[],
  token: string,
  kept: number,
): Promise<{ readonly counted: FieldValues; readonly behind: EventsBehind }> {
  const expression = parseExpression(path, 'event');
  const source = isFailure(expression) || expression.length > 1 ? undefined : expression[0];
  if (source?.kind !== 'path') throw new InputError(`${path}: expected a path, such as properties.currency`);
  const groups = createGroups<Group>();
  const behind = createBehind(kept);
  let index = 0;
  for await (const input of inputs) {
    const fate = outcomes[index];
    // The report ended here.
    if (fate === undefined) break;
    const value = show(readSource(source, input.event, 'text'), token);
    const group = groups.count(value ?? '', (isOther) => ({
      value: isOther ? OTHERS : value,
      delivered: { count: 0 },
      others: { count: 0 },
    }));
    const part = fate === 'delivered' ? group.delivered : group.others;
    part.count += 1;
    const number = index;
    behind.add(part, () => describe(input, number));
    index += 1;
  }
  const listed = groups.groups().slice(0, LISTED);
  return {
    counted: {
      path,
      values: listed.map(({ value, delivered, others }) => ({
        ...(value !== undefined && { value }),
        delivered: delivered.count,
        others: others.count,
      })),
      rest: Math.max(groups.groups().length - LISTED, 0),
    },
    behind: behind.list({
      'values.delivered': listed.map(({ delivered }) => delivered),
      'values.others': listed.map(({ others }) => others),
    }),
  };
}

/** A value as it may be shown; `undefined` if it is absent. */
function show(value: unknown, token: string): string | undefined {
  if (!isPresent(value)) return undefined;
  const text = masked(typeof value === 'string' ? value : JSON.stringify(value), token);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

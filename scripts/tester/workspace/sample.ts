// What the first events at hand have in them: where values stand, what the events are called, and which values there are.
import { parseCondition } from '../../../lib/configuration/condition/parse';
import { printCondition } from '../../../lib/configuration/condition/print';
import { isFailure } from '../../../lib/result';
import { ownProperty } from '../../../lib/values/json';
import { textOf } from '../../../lib/values/text';
import { InputError } from '../../cli/command';
import { masked } from '../../cli/printable';
import type { Input } from '../../input/json';
import type { Counts, Sources } from '../api';
import { pathsOf } from './paths';

/** Events that are looked at. */
const SAMPLE = 1000;
/** Values of a path that are offered, and characters of one. */
const VALUES = 20;
const LONGEST = 60;

export async function readSources(inputs: AsyncGenerator<Input, undefined>): Promise<Sources> {
  const [paths, names] = [createCounts(), createCounts()];
  const read = await forEach(inputs, (event) => {
    pathsOf(event).forEach(paths.add);
    if (ownProperty(event, 'type') === 'track') names.add(textOf(ownProperty(event, 'event')));
  });
  return {
    read,
    paths: paths.ranked(),
    names: names.ranked(),
  };
}

/**
 * The values at a path. What may be personal is not among them: masked, it would be another value.
 *
 * @param path as a condition writes it.
 */
export async function readValues(inputs: AsyncGenerator<Input, undefined>, path: string): Promise<Counts> {
  const parsed = parseCondition(path);
  const values = createCounts();
  await forEach(inputs, (event) => {
    if (isFailure(parsed) || parsed.kind !== 'path') return;
    const value = parsed.keys.reduce<unknown>(ownProperty, event);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return;
    const written = printCondition({ kind: 'literal', value });
    if (written.length <= LONGEST && masked(written, '') === written) values.add(written);
  });
  return values.ranked().slice(0, VALUES);
}

/** Looks at the first events, up to a mistake in their files. @returns how many there were. */
async function forEach(
  inputs: AsyncGenerator<Input, undefined>,
  look: (event: object) => void,
): Promise<number> {
  let read = 0;
  try {
    for await (const { event } of inputs) {
      look(event);
      read += 1;
      if (read === SAMPLE) break;
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  return read;
}

function createCounts() {
  const counts = new Map<string, number>();
  return {
    add: (value: string): void => void counts.set(value, (counts.get(value) ?? 0) + 1),
    /** Most frequent first. */
    ranked: (): Counts =>
      Array.from(counts, ([value, count]) => ({ value, count })).sort(
        (one, other) => other.count - one.count,
      ),
  };
}

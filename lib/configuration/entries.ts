// The entries of a setting that is a map.
import { mask } from '../privacy/mask';
import { isPresent } from '../values/json';
import { isPlaceholder } from '../values/placeholder';
import { labelOf } from './settings';

/** Reads an entry, without leading and trailing spaces; gives what is wrong with it, or `undefined`. */
type ReadEntry = (key: string, value: string) => string | undefined;

export const DUPLICATE = 'duplicate entry (case and spacing are ignored)';

type MapName = 'eventMappings' | 'parameterMappings';

/** A right side: people write a list or an object there. */
const EXAMPLES: Readonly<Record<MapName, string>> = {
  eventMappings: '"Purchase, Lead"',
  parameterMappings: '"properties.mail ?? traits.email"',
};

/** An entry that cannot be used. */
interface MalformedEntry {
  /** Its left side, and its right side, which is empty if it is not a string. */
  readonly key: string;
  readonly value: string;
  /** The setting, the entry, and what is wrong with it. */
  readonly problem: string;
}

/**
 * Reads every entry of a map; a blank row is not one.
 *
 * @param token masked in the problems.
 * @returns the malformed ones.
 */
export function readEntries(
  setting: MapName,
  map: Readonly<Record<string, unknown>>,
  token: string,
  read: ReadEntry,
): readonly MalformedEntry[] {
  const malformed: MalformedEntry[] = [];
  for (const [left, right] of Object.entries(map)) {
    // Segment's editor keeps a row that nothing was typed in.
    if (left.trim() === '' && !isPresent(right)) continue;
    const [key, value] = [left.trim(), typeof right === 'string' ? right.trim() : ''];
    const problem =
      typeof right === 'string' ? read(key, value) : `expected a string such as ${EXAMPLES[setting]}`;
    if (problem !== undefined)
      malformed.push({
        key,
        value,
        problem: mask(`${labelOf(setting)}, entry "${left}": ${problem}`, token),
      });
  }
  return malformed;
}

/** What is wrong with each of them. */
export const problemsOf = (malformed: readonly MalformedEntry[]): readonly string[] =>
  malformed.map(({ problem }) => problem);

/** What people write into a field that is to be left empty: words that name no event (as `Skipped` may), and switches. */
const NOTHING: ReadonlySet<string> = new Set([
  ...['empty', 'blank', 'nothing', 'not sent', 'do not send', "don't send", 'skip', 'ignore', 'exclude'],
  ...['disable', 'disabled', 'off', 'on', 'no', 'yes', 'false', 'true', '0', '1'],
]);

/** Whether a trimmed text means that there is to be nothing, with or without the brackets that documentation has. */
export const meansNothing = (text: string): boolean =>
  isPlaceholder(text) || NOTHING.has(text.toLowerCase().replace(/^\(|\)$/g, ''));

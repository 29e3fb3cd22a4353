// The entries of a setting that is a map.
import { mask } from '../privacy/mask';
import { isPresent } from '../values/json';
import { labelOf, type SettingName } from './settings';

/** Reads an entry, without leading and trailing spaces; gives what is wrong with it, or `undefined`. */
type ReadEntry = (key: string, value: string) => string | undefined;

export const DUPLICATE = 'duplicate entry (case and spacing are ignored)';

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
  setting: SettingName,
  map: Readonly<Record<string, unknown>>,
  token: string,
  read: ReadEntry,
): readonly MalformedEntry[] {
  const malformed: MalformedEntry[] = [];
  for (const [left, right] of Object.entries(map)) {
    // Segment's editor keeps a row that nothing was typed in.
    if (left.trim() === '' && !isPresent(right)) continue;
    const [key, value] = [left.trim(), typeof right === 'string' ? right.trim() : ''];
    const problem = typeof right === 'string' ? read(key, value) : 'expected a string';
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

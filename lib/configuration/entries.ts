// The entries of a setting that is a map.
import { mask } from '../privacy/mask';
import { isPresent } from '../values/json';
import { labelOf, type SettingName } from './settings';

/** Reads an entry, without leading and trailing spaces; gives what is wrong with it, or `undefined`. */
type ReadEntry = (key: string, value: string) => string | undefined;

export const DUPLICATE = 'duplicate entry (case and spacing are ignored)';

/**
 * Reads every entry of a map; a blank row is not one.
 *
 * @param token masked in the problems.
 * @returns what is wrong with it: for each malformed entry the setting, the key and the place in it.
 */
export function readEntries(
  setting: SettingName,
  map: Readonly<Record<string, unknown>>,
  token: string,
  read: ReadEntry,
): readonly string[] {
  const problems: string[] = [];
  for (const [key, value] of Object.entries(map)) {
    // Segment's editor keeps a row that nothing was typed in.
    if (key.trim() === '' && !isPresent(value)) continue;
    const problem = typeof value === 'string' ? read(key.trim(), value.trim()) : 'expected a string';
    if (problem !== undefined) problems.push(mask(`${labelOf(setting)}, entry "${key}": ${problem}`, token));
  }
  return problems;
}

// The entries of a setting that is a map.
import { mask } from '../privacy/mask';

/** Reads an entry, its key and value without leading and trailing spaces; gives what is wrong with it. */
type ReadEntry = (key: string, value: string) => string | undefined;

/** Names match without regard to case and surrounding spaces. */
export const keyOf = (name: string): string => name.trim().toLowerCase();

export const DUPLICATE = 'duplicate entry (case and surrounding spaces are ignored)';

/**
 * Reads every entry of a map.
 *
 * @param label of the setting.
 * @param token must not be seen in a problem.
 * @returns what is wrong with it: for each malformed entry the setting, the key and the place in it.
 */
export function readEntries(
  label: string,
  map: Readonly<Record<string, unknown>>,
  token: string,
  read: ReadEntry,
): readonly string[] {
  const problems: string[] = [];
  for (const [key, value] of Object.entries(map)) {
    const problem = typeof value === 'string' ? read(key.trim(), value.trim()) : 'expected a text';
    if (problem !== undefined) problems.push(mask(`${label}, entry "${key}": ${problem}`, token));
  }
  return problems;
}

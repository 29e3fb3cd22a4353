// Yes and no.
import { textOf } from './text';

/** The words of people, CRM systems (Y and N), databases (t and f) and forms (on and off). */
const YES = ['true', 'yes', '1', 'y', 't', 'on'];
const NO = ['false', 'no', '0', 'n', 'f', 'off'];
const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...YES.map((word) => [word, true] as const),
  ...NO.map((word) => [word, false] as const),
]);

/** `true`, `false`, 1, 0, or a word for one of them in any case. */
export const booleanOf = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : WORDS.get(textOf(value).toLowerCase());

// Yes and no.
import { textOf } from './text';

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

/** `true`, `false`, 1, 0, or a word for one of them in any case. */
export const booleanOf = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : WORDS.get(textOf(value).toLowerCase());

// What the name of an event, or the label of an entry, is known by.
import { INVISIBLE_CHARACTERS } from '../values/text';

const INVISIBLE = new RegExp(`[${INVISIBLE_CHARACTERS}]+`, 'g');
/** A no-break space, two spaces, a tab, what nobody sees: almost no name has any. */
const ODD = /[^ -~]| {2}/;

/**
 * Names match without regard to case, surrounding spaces, the number and kind of spaces between words, and the invisible
 * characters of a text that was copied from a document or a web page.
 */
export function keyOf(name: string): string {
  const key = name.trim().toLowerCase();
  return ODD.test(key) ? key.replace(INVISIBLE, '').trim().replace(/\s+/g, ' ') : key;
}

// How the names of events, and the labels of entries, are matched.

/**
 * Characters that nobody sees, for a class of a pattern: a soft hyphen, a zero-width space, marks of direction. Joiners
 * and variation selectors are not among them: emoji and some scripts need these.
 */
export const INVISIBLE_CHARACTERS = String.raw`\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff`;
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

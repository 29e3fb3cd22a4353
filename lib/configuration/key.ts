// What the name of an event, or the label of an entry, is known by.

/** White space that is not just one space between two words: a spreadsheet's no-break space, two spaces, a tab. */
const ODD_SPACING = /[^\S ]| {2}/;

/** Names match without regard to case, surrounding spaces, and the number and kind of spaces between words. */
export function keyOf(name: string): string {
  const key = name.trim().toLowerCase();
  return ODD_SPACING.test(key) ? key.replace(/\s+/g, ' ') : key;
}

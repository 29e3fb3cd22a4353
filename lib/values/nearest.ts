// The valid name that a mistyped one probably means.

/**
 * The name that differs least from a mistyped one, without regard to case; `undefined` if none is like it. Two names are
 * alike if edits to half of the longer one make it the other (`user.mail` and `user.email`), or if one holds the other
 * (`value` and `properties.value`).
 */
export function nearestOf(mistyped: string, names: readonly string[]): string | undefined {
  const given = mistyped.toLowerCase();
  let nearest: string | undefined;
  let least = Infinity;
  for (const name of names) {
    const known = name.toLowerCase();
    const difference = editsBetween(given, known);
    if (difference < least && isLike(given, known, difference)) [nearest, least] = [name, difference];
  }
  return nearest;
}

/** A longer text is not a mistyped name, and comparing it would take long. */
const MAX_LENGTH = 64;
/** What is shorter stands in many names by chance. */
const SHORTEST_PART = 4;

function isLike(given: string, known: string, difference: number): boolean {
  const [shorter, longer] = given.length < known.length ? [given, known] : [known, given];
  const isPart = shorter.length >= SHORTEST_PART && longer.includes(shorter);
  return isPart || difference <= longer.length / 2;
}

/** Changes of a character that make a typing error, such as `tpye`. */
const MAX_TYPING_ERRORS = 2;

/** Whether a text is probably a mistyped other one, or the same. */
export const isTypingError = (text: string, meant: string): boolean =>
  editsBetween(text, meant) <= MAX_TYPING_ERRORS;

/** How many characters must be added, removed or replaced to make one text the other (Levenshtein's distance). */
export function editsBetween(one: string, other: string): number {
  if (one.length > MAX_LENGTH) return Infinity;
  // By the length of the other text's beginning: the edits that make it out of the beginning of the one so far.
  let edits = Array.from({ length: other.length + 1 }, (_, length) => length);
  for (let at = 0; at < one.length; at += 1) {
    const next = [at + 1];
    for (let length = 1; length <= other.length; length += 1)
      next[length] = Math.min(
        (edits[length] ?? 0) + 1,
        (next[length - 1] ?? 0) + 1,
        (edits[length - 1] ?? 0) + (one[at] === other[length - 1] ? 0 : 1),
      );
    edits = next;
  }
  return edits[other.length] ?? 0;
}

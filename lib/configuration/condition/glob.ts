// The patterns of FQL's `match`: `*`, `?`, `[abc]`, `[a-z]`, and `\` before a character that means itself.
import { MAX_TEXT } from '../../values/text';

/** Any run of characters, or whether a part takes this one character. */
export type PatternPart = '*' | ((character: string) => boolean);

/** Matching takes at most the length of the text times that of the pattern. */
export const MAX_PATTERN = 250;

/** One part of a pattern. Right after `[`, `^` and `!` mean "none of" elsewhere and nothing in FQL: `[\^a]` is clear. */
const CHARACTER = String.raw`\\[^]|[^\\\]]`;
const PART = new RegExp(String.raw`(\*)|(\?)|\[(?![!^])((?:${CHARACTER})+)\]|\\([^])|([^\\[])`, 'uy');
/** A character of a class, or a range of them. */
const CLASS_ITEM = new RegExp(String.raw`(${CHARACTER})(?:-(${CHARACTER}))?`, 'gu');

/** The parts of a pattern; `undefined` if it is malformed: an open `[`, a range backwards, `\` at the end, or too long. */
export function readPattern(pattern: string): readonly PatternPart[] | undefined {
  if (pattern.length > MAX_PATTERN) return undefined;
  const parts: PatternPart[] = [];
  for (let offset = 0; offset < pattern.length; offset = PART.lastIndex) {
    PART.lastIndex = offset;
    const match = PART.exec(pattern);
    if (match === null) return undefined;
    const [, anyRun, anyOne, characters, escaped, plain] = match;
    if (anyRun !== undefined) parts.push('*');
    else if (anyOne !== undefined) parts.push(() => true);
    else if (characters === undefined) parts.push((character) => character === (escaped ?? plain));
    else {
      const takes = classOf(characters);
      if (takes === undefined) return undefined;
      parts.push(takes);
    }
  }
  return parts;
}

function classOf(characters: string): ((character: string) => boolean) | undefined {
  const ranges = Array.from(characters.matchAll(CLASS_ITEM), ([, from = '', to = from]) => ({
    first: codeOf(from),
    last: codeOf(to),
  }));
  if (ranges.some(({ first, last }) => first > last)) return undefined;
  return (character) => {
    const code = codeOf(character);
    return ranges.some(({ first, last }) => first <= code && code <= last);
  };
}

/** The code point of a character, which may have `\` before it. */
const codeOf = (character: string): number =>
  character.codePointAt(character.length > 1 && character.startsWith('\\') ? 1 : 0) ?? 0;

/** Whether the whole text matches; nothing longer than a Segment event does. */
export function matchesPattern(text: string, parts: readonly PatternPart[]): boolean {
  if (text.length > MAX_TEXT) return false;
  const characters = Array.from(text);
  let at = 0;
  let part = 0;
  // If what follows the last `*` does not match, that `*` takes one character more. An earlier one need not: whatever it
  // would take, the last one can.
  let afterStar: number | undefined;
  let takenByStar = 0;
  for (;;) {
    const current = parts[part];
    const character = characters[at];
    if (current === '*') {
      part += 1;
      [afterStar, takenByStar] = [part, at];
    } else if (current === undefined && character === undefined) return true;
    else if (current !== undefined && character !== undefined && current(character)) {
      part += 1;
      at += 1;
    } else if (afterStar === undefined || character === undefined) return false;
    else {
      takenByStar += 1;
      [part, at] = [afterStar, takenByStar];
    }
  }
}

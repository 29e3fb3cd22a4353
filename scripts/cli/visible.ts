// Makes visible what would be invisible in a text from an event, a file, TikTok or Segment.

/** An invisible character, except line breaks and tabs. */
export const UNSEEN = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Writes invisible characters (control characters, marks that change the direction of the text) by their code point,
 * such as `\u{202e}`; line breaks and tabs stay.
 */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);

/** An escape sequence that picocolors writes around a text. */
const COLOUR = /(\p{Cc}\[\d{1,2}m)/u;

/** Likewise, but colours stay. */
export const visibleInColour = (text: string): string =>
  text
    .split(COLOUR)
    .map((part, index) => (index % 2 === 1 && part.startsWith('\u001b') ? part : visible(part)))
    .join('');

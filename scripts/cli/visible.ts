// Text that comes from an event, a file, TikTok or Segment, as a person may see it.

export const UNSEEN = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Shows what would not be seen (control characters, marks that turn the direction of the text) by its number, such as
 * `\u{202e}`; line breaks and tabs stay.
 */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);

/** What picocolors writes around a text; its first character is the escape. */
const COLOUR = /(\p{Cc}\[\d{1,2}m)/u;

/** Likewise, but colours stay. */
export const visibleInColour = (text: string): string =>
  text
    .split(COLOUR)
    .map((part, index) => (index % 2 === 1 && part.startsWith('\u001b') ? part : visible(part)))
    .join('');

// Text that comes from an event, a file or TikTok, as a person may see it.

export const UNSEEN = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Shows what would not be seen (control characters, marks that turn the direction of the text) by its number, such as
 * `\u{202e}`; line breaks and tabs stay.
 */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);

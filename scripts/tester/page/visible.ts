// Text that comes from an event, a file or TikTok, as the page shows it.

/**
 * Shows what would not be seen (control characters, marks that turn the direction of the text) by its number, such as
 * `\u{202e}`; line breaks and tabs stay.
 */
export const visible = (text: string): string =>
  text.replace(
    /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu,
    (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`,
  );

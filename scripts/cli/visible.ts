// Makes visible what would be invisible in a text from an event, a file, TikTok or Segment.

/**
 * A character that cannot be seen, or not for what it is; line breaks, tabs and ordinary spaces are left out: control and
 * format characters, lone surrogates and what has no character assigned (`C`), all other kinds of spaces and separators
 * (`Z`), what Unicode calls default ignorable, such as U+034F and U+3164, and two that look empty: the Braille pattern
 * U+2800 and the musical symbol U+1D159.
 * Unicode Standard Annex #44, "Unicode Character Database", section "Property Definitions":
 * https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
export const UNSEEN = /[^\P{C}\n\t]|[^\P{Z} ]|[\p{Default_Ignorable_Code_Point}\u{2800}\u{1d159}]/gu;

/**
 * Writes invisible characters (escape sequences, marks that change the direction of the text, fillers) by their code
 * point, such as `\u{202e}`; line breaks and tabs stay. A colour is added to a text after this, never before.
 */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);

// Texts of the page: how its lists are searched, how values are short enough to be read in a line, and words that come
// in two places. Pure.

export const wordsOf = (search: string): readonly string[] => search.toLowerCase().split(/\s+/);

/** Whether a text has all words in it, in any case and order. @param words in lower case. */
export function hasWords(text: string, words: readonly string[]): boolean {
  const searched = text.toLowerCase();
  return words.every((word) => searched.includes(word));
}

/** Only the beginning of a hash; strings without their quotes. @param value as JSON. */
export const shorten = (value: string): string =>
  value
    .replace(/^"(.*)"$/s, '$1')
    .replace(/[0-9a-f]{64}/g, (hash) => `${hash.slice(0, 10)}…`)
    .replace(/^\["(.*)"\]$/s, '$1')
    .replaceAll('","', ', ');

/** Why a file was not read. */
export const describeBusy = (file: string): string =>
  `${file} was not read: a report is being made. Choose it again afterwards.`;

/** A problem that ended a report early. */
export const describeEarlyEnd = (problem: string): string =>
  `${problem}. The report covers the events before that.`;

// How a list of the page is searched. Pure.

export const wordsOf = (search: string): readonly string[] => search.toLowerCase().split(/\s+/);

/** Whether a text has all words in it, in any case and order. @param words in lower case. */
export function hasWords(text: string, words: readonly string[]): boolean {
  const searched = text.toLowerCase();
  return words.every((word) => searched.includes(word));
}

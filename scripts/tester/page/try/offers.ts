// What a field offers while one types: names, sources found in events, and the values there. Pure.

export interface Offer {
  readonly value: string;
  /** What it is, in words. */
  readonly about: string;
}

/** What the fields of a map offer for a key and for a value, whatever has been typed so far. */
export interface Offers {
  readonly key: (typed: string) => readonly Offer[];
  readonly value: (typed: string) => readonly Offer[];
}

/** What is offered is a whole text: all up to the last separator stays as it was typed. */
export function complete(typed: string, separator: RegExp, offers: readonly Offer[]): readonly Offer[] {
  const [kept = ''] = separator.exec(typed) ?? [];
  return offers.map((offer) => ({ ...offer, value: kept + offer.value }));
}

/** Up to where a condition has a value: behind `=`, `!=`, `in [` and the commas of a list. */
const UP_TO_VALUE =
  /^.*\sif\s(?:.*[\s(!])?(?<path>[^\s()[\]!=<>"',]+)\s*(?:!?=|in\s*\[(?:[^\]]*,)?)\s*(?=(?:"[^"]*|'[^']*|[\w.]*)$)/s;

/** What a condition is about to compare with a value: its path, and the text before the value. */
export function comparison(typed: string): { readonly path: string; readonly kept: string } | undefined {
  const found = UP_TO_VALUE.exec(typed);
  const path = found?.groups?.['path'];
  return found === null || path === undefined ? undefined : { path, kept: found[0] };
}

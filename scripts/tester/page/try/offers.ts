// What a field offers while one types: names, and sources found in events. Pure.

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

// Why a value that was there was not sent.

/** Each completes the sentence `"properties.email" is …`; what is invalid depends on the parameter. */
export const REASONS = {
  placeholder: 'only a placeholder',
  invalid: 'not what the parameter takes',
  doubtful: 'an amount that could be read in two ways, such as "1,250"',
  other_currency: "an amount in a currency other than the event's",
  too_long: 'longer than any event can be',
  personal: 'a string that contains personal data',
} as const;
export type Reason = keyof typeof REASONS;

/** A value that was there and was not sent, or not whole; never the value itself. */
export interface LeftOut {
  /** As TikTok's payload spells it: `user.email`. */
  readonly parameter: string;
  /** The path or literal that it came from. */
  readonly source: string;
  readonly reason: Reason;
  /** The reason in words, as in {@link REASONS}. */
  readonly flaw: string;
  /** Whether something of it was sent all the same. */
  readonly isPart: boolean;
  /** Of a parameter of the contents: the place of the item, from 0. */
  readonly item?: number;
}

/** What is wrong with a source: `"properties.email" is not an email address`. */
export const describeFlaw = ({
  source,
  flaw,
  isPart = false,
}: Pick<LeftOut, 'source' | 'flaw'> & Partial<Pick<LeftOut, 'isPart'>>): string => {
  // A text of a mapping has its own quotes.
  const quoted = source.startsWith('"') ? source : `"${source}"`;
  return `${isPart ? 'a part of ' : ''}${quoted} is ${flaw}`;
};

/** Likewise, with the parameter. The source is the workspace's own text, and not masked. */
export const describeLeftOut = (leftOut: LeftOut): string => `${leftOut.parameter}: ${describeFlaw(leftOut)}`;

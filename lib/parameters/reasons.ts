// Why a value that was there was not sent.

/** Each completes the sentence `"properties.email" is …`; what is invalid depends on the parameter. */
export const REASONS = {
  placeholder: 'only a placeholder',
  invalid: 'not what the parameter takes',
  doubtful: 'an amount that could be read in two ways, such as "1,250"',
  other_currency: 'an amount in another currency than the event',
  personal: 'a text that contains personal data',
  too_long: 'longer than any event can be',
} as const;
export type Reason = keyof typeof REASONS;

/** A value that was there and was not sent, or not whole; never the value itself. */
export interface LeftOut {
  /** As TikTok's payload spells it: `user.email`. */
  readonly parameter: string;
  /** The path or literal that it came from. */
  readonly source: string;
  readonly reason: Reason;
  /** Whether something of it was sent all the same. */
  readonly isPart: boolean;
  /** Of a parameter of the contents: the place of the item, from 0. */
  readonly item?: number;
}

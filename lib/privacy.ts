// Personal data where it does not belong: in a field that is sent as it is, in a message, in a log.

// Both are bounded, so that a long text costs no more than its length. `%40` is an `@` in a URL.
const EMAIL_WITHIN =
  /[^\s@/?&=#,;:<>()"']{1,64}(?:@|%(?:25)?40)[^\s@/?&=#,;:<>()"'.]{1,63}\.[^\s@/?&=#,;:<>()"']{2,63}/gi;
const NUMBER_WITHIN = /\d(?:[\s().+-]{0,3}\d){6,}/g;

/** The digits of whatever in a text is long enough for a phone number, without leading zeros. */
export const numbersWithin = (text: string): readonly string[] =>
  (text.match(NUMBER_WITHIN) ?? [])
    .map((number) => number.replace(/\D/g, '').replace(/^0+/, ''))
    .filter((digits) => digits.length >= 7);

/**
 * Whether a text holds an email address, or one of these phone numbers in whatever way it is written.
 *
 * @param phones as {@link numbersWithin} gives them.
 */
export function holdsPersonalData(text: string, phones: readonly string[]): boolean {
  if ((text.includes('@') || text.includes('%')) && text.search(EMAIL_WITHIN) >= 0) return true;
  if (phones.length === 0) return false;
  return numbersWithin(text).some((number) =>
    phones.some((phone) => number.endsWith(phone) || phone.endsWith(number)),
  );
}

/** A text from outside for a message: without email addresses and the token, and not endless. */
export function maskText(text: string, token: string): string {
  const masked = text.replaceAll(token, '[token]').replace(EMAIL_WITHIN, '[email]');
  return masked.length > 300 ? `${masked.slice(0, 300)}…` : masked;
}

/** A name from outside for a message: as {@link maskText}, and without what may be a phone number. */
export const maskName = (name: string, token: string): string =>
  `"${maskText(name, token).replace(NUMBER_WITHIN, '[number]')}"`;

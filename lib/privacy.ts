// Personal data where it does not belong: in a field that is sent as it is, in a message, in a log.

// Both are bounded, so that a long text costs no more than its length. `%40` is an `@` in a URL.
const EMAIL_WITHIN =
  /[^\s@/?&=#,;:<>()"']{1,64}(?:@|%40)[^\s@/?&=#,;:<>()"'.]{1,63}\.[^\s@/?&=#,;:<>()"']{2,63}/gi;
const NUMBER_WITHIN = /\d(?:[\s().+-]{0,3}\d){6,}/g;

const INTERNATIONAL_WITHIN = /(?:\+|%2B)\d(?:[\s().-]{0,3}\d){6}/i;

/** Whatever in a text is long enough for a phone number: its last 7 or 8 digits, which every way to write it has. */
export const numbersWithin = (text: string): readonly string[] =>
  (text.match(NUMBER_WITHIN) ?? []).map((number) => number.replace(/\D/g, '').slice(-8));

/**
 * Whether a text holds an email address, an international phone number, or one of these phone numbers in whatever way
 * it is written.
 *
 * @param phones as {@link numbersWithin} gives them.
 */
export const holdsPersonalData = (text: string, phones: readonly string[]): boolean =>
  (/[@%+]/.test(text) && (text.search(EMAIL_WITHIN) >= 0 || INTERNATIONAL_WITHIN.test(text))) ||
  (phones.length > 0 &&
    numbersWithin(text).some((number) =>
      phones.some((phone) => number.endsWith(phone) || phone.endsWith(number)),
    ));

/** A text from outside for a message: without email addresses and the token, and not endless. */
export function maskText(text: string, token: string): string {
  const masked = text.replaceAll(token, '[token]').replace(EMAIL_WITHIN, '[email]');
  return masked.length > 300 ? `${masked.slice(0, 300)}…` : masked;
}

/** A name from outside for a message: as {@link maskText}, and without what may be a phone number. */
export const maskName = (name: string, token: string): string =>
  `"${maskText(name, token).replace(NUMBER_WITHIN, '[number]')}"`;

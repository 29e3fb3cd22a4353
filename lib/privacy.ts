// Personal data where it does not belong: in a field that is sent as it is, or in a message.

// All are bounded, so that a long text costs no more than its length.
const EMAIL_WITHIN =
  /[^\s@/,;:<>()"]{1,64}(?:@|%40)[^\s@/?&=#,;:<>()"'.]{1,63}\.[^\s@/?&=#,;:<>()"']{2,63}/gi;
const NUMBER_WITHIN = /\d(?:[^\p{L}\p{N}]{0,3}\d){6,}/gu;
const INTERNATIONAL_WITHIN = /(?:^|\W)\+\d(?:[^\p{L}\p{N}]{0,3}\d){6}/u;

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/**
 * What every way to write a phone number has in common: its last 8 digits. `undefined` for what is none: too short, or
 * of one or two digits as a till's placeholder is, which may stand in any order number.
 */
export function phoneTail(text: string): string | undefined {
  const tail = digitsOf(text).slice(-8);
  return tail.length >= 7 && new Set(tail).size > 2 ? tail : undefined;
}

/**
 * Whether a text holds an email address, an international phone number, or one of these phone numbers in whatever way
 * it is written.
 *
 * @param phones as {@link phoneTail} gives them.
 */
export function holdsPersonalData(text: string, phones: readonly string[]): boolean {
  if (/[@%]/.test(text) && text.search(EMAIL_WITHIN) >= 0) return true;
  if (text.includes('+') && INTERNATIONAL_WITHIN.test(text)) return true;
  return phones.length > 0 && phones.some((phone) => digitsOf(text).includes(phone));
}

/** A text from outside for a message: without email addresses, what may be phone numbers, and the token. */
export function mask(text: string, token: string): string {
  const masked = text
    .replaceAll(token, '[token]')
    .replace(EMAIL_WITHIN, '[email]')
    .replace(NUMBER_WITHIN, '[number]');
  return masked.length > 300 ? `${masked.slice(0, 300)}…` : masked;
}

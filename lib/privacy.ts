// Personal data where it does not belong: in a field that is sent as it is, or in a message.

// All are bounded, so that a long text costs no more than its length.
const EMAIL_WITHIN = /[^\s@/,;:<>()]{1,64}@[-\p{L}\p{N}]{1,63}\.[-.\p{L}\p{N}]{2,63}/gu;
const NUMBER_WITHIN = /\d(?:[^\p{L}\p{N}]{0,6}\d){6,}/gu;
const INTERNATIONAL_WITHIN = /(?:^|[\W_])\+\d(?:[^\p{L}\p{N}]{0,6}\d){6}/u;

/**
 * A text as it is meant: the escapes of a URL read (as bytes: enough to find what is looked for), however often it was
 * escaped, and wide characters as plain ones.
 */
export function plain(text: string): string {
  if (!/[%\u0080-\uffff]/.test(text)) return text;
  let read = text;
  for (let round = 0; round < 3; round += 1) {
    read = read.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }
  return read.normalize('NFKC');
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/**
 * What every way to write a phone number has in common: its last 7 digits, or 10 where the 7 are of one or two digits
 * only and may stand in any order number. `undefined` for what is none: too short, or a till's placeholder.
 */
export function phoneTail(text: string): string | undefined {
  const digits = digitsOf(plain(text));
  return [digits.slice(-7), digits.slice(-10)].find((tail) => tail.length >= 7 && new Set(tail).size > 2);
}

/**
 * Whether a text holds an email address, an international phone number, or one of these phone numbers in whatever way
 * it is written.
 *
 * @param phones as {@link phoneTail} gives them.
 */
export function holdsPersonalData(text: string, phones: readonly string[]): boolean {
  const read = plain(text);
  if (read.includes('@') && read.search(EMAIL_WITHIN) >= 0) return true;
  if (read.includes('+') && INTERNATIONAL_WITHIN.test(read)) return true;
  const digits = digitsOf(read);
  return phones.some((phone) => digits.includes(phone));
}

/** A text from outside for a message, not endless: without email addresses, what may be phone numbers, and the token. */
export const mask = (text: string, token: string): string =>
  plain(text)
    // A token as short as a word is one of a test, and would hide words.
    .replaceAll(token.length < 8 ? /(?!)/g : token, '[token]')
    .replace(EMAIL_WITHIN, '[email]')
    .replace(NUMBER_WITHIN, '[number]')
    .slice(0, 300);

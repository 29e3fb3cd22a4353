// Personal data where it does not belong: in a field that is sent as it is, or in a message.

// All are bounded, so that a long text costs no more than its length.
const EMAIL_WITHIN = /[^\s@/,;:<>()]{1,64}@[-\p{L}\p{M}\p{N}]{1,63}\.[-.\p{L}\p{M}\p{N}]{2,63}/gu;
const NUMBER_WITHIN = /\d(?:[^\p{L}\p{N}]{0,6}\d){6,}/gu;
const PHONE_WITHIN = /(?:^|[\W_])\+\d(?:[^\p{L}\p{N}]{0,6}\d){6}/u;

const unescape = (text: string): string =>
  text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/**
 * A text as it is meant: the escapes of a URL read (as bytes: enough to find what is looked for), were it escaped three
 * times, and wide characters as plain ones.
 */
export const plain = (text: string): string =>
  /[%\u0080-\uffff]/.test(text)
    ? unescape(unescape(unescape(text)))
        .normalize('NFKC')
        .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    : text;

/**
 * What every way to write a phone number has in common: its last 7 digits, or 10 where the 7 are of one or two digits
 * only and may stand in any order number. `undefined` for what is none: too short, or a till's placeholder.
 */
export function phoneTail(text: string): string | undefined {
  // Without the 00 of an international number, and the `.0` that a spreadsheet makes of one.
  const digits = plain(text).replace(/\.0$(?<=^\d+..)|^\D*0\D*0|\D+/g, '');
  return [digits.slice(-7), digits.slice(-10)].find((tail) => tail.length >= 7 && new Set(tail).size > 2);
}

/**
 * Whether a text holds an email address, an international phone number, or one of these phone numbers in whatever way
 * it is written.
 *
 * @param phones as {@link phoneTail} gives them.
 */
export function isPersonal(text: string, phones: readonly string[]): boolean {
  const read = plain(text);
  return (
    (read.includes('@') && read.search(EMAIL_WITHIN) >= 0) ||
    (read.includes('+') && PHONE_WITHIN.test(read)) ||
    // Most texts do not even have its first digit.
    phones.some((phone) => read.includes(phone.charAt(0)) && read.replace(/\D+/g, '').includes(phone))
  );
}

/** A text from outside for a message, not endless: without email addresses, what may be phone numbers, and the token. */
export const mask = (text: string, token: string): string =>
  // What is cut off first cannot become part of the result: nine letters become one at most.
  plain(text.slice(0, 9999))
    // A token as short as a word is one of a test, and would hide words.
    .replaceAll(token.length < 8 ? /(?!)/g : token, '[token]')
    .replace(EMAIL_WITHIN, '[email]')
    .replace(NUMBER_WITHIN, '[number]')
    .slice(0, 300);

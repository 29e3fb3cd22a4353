// Personal data where it does not belong: in a field that is sent as it is, or in a message.

// Bounded, as those below are, so that a long text costs no more than its length.
const EMAIL_WITHIN = /[^\s@/,;:<>()]{1,64}@[-\p{L}\p{M}\p{N}]{1,63}\.[-.\p{L}\p{M}\p{N}]{2,63}/gu;

const unescape = (text: string): string =>
  text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    }
  });

const ESCAPED = /[%\u0080-\uffff]/;

/**
 * A text as it is meant: the escapes of a URL read (as bytes where they are not UTF-8: enough to find what is looked
 * for), were it escaped three times, and wide characters as plain ones.
 */
export const plain = (text: string): string =>
  ESCAPED.test(text)
    ? unescape(unescape(unescape(text)))
        .normalize('NFKC')
        .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    : text;

/** A phone number that no text may hold, in whatever way it is written. */
export interface Phone {
  /** What all ways have in common: its last 7 digits, or 10 where the 7 may stand in any order number. */
  readonly tail: string;
  /** The last 7 as a number. */
  readonly seven: number;
}

/**
 * Whether a text holds an email address, an international phone number, or one of these phone numbers in whatever way
 * it is written. One look at each character tells it of most texts: they have nothing of an address, no `+`, no escape,
 * and no such seven digits.
 */
export function isPersonal(text: string, phones: readonly Phone[]): boolean {
  let suspect = false;
  let last = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Most are letters; then digits; of the rest `%`, `+`, `@` and what is beyond ASCII count.
    if (code > 64 && code < 127) continue;
    if (code > 47 && code < 58) {
      last = (last % 1e6) * 10 + code - 48;
      for (const { seven } of phones) suspect ||= seven === last;
    } else suspect ||= code === 37 || code === 43 || code > 63;
  }
  if (!suspect) return false;
  const read = plain(text);
  const digits = read.replace(/\D+/g, '');
  return (
    (read.includes('@') && read.search(EMAIL_WITHIN) >= 0) ||
    (read.includes('+') && /(?:^|[\W_])\+\d(?:[^\p{L}\p{N}]{0,6}\d){6}/u.test(read)) ||
    phones.some(({ tail }) => digits.includes(tail))
  );
}

/** A text from outside for a message, not endless: without email addresses, what may be phone numbers, and the token. */
export const mask = (text: string, token: string): string =>
  // What is cut off first cannot become part of the result: nine letters become one at most.
  plain(text.slice(0, 9999))
    // A token as short as a word is one of a test, and would hide words.
    .replaceAll(token.length < 8 ? /(?!)/g : token, '[token]')
    .replace(EMAIL_WITHIN, '[email]')
    .replace(/\d(?:[^\p{L}\p{N}]{0,6}\d){6,}/gu, '[number]')
    .slice(0, 300);

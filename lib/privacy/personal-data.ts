// Personal data where it does not belong: in a text that is sent as it is. Each gap and each label within the
// patterns is bounded, so that a search costs no more than the text's length.
import type { PhoneTrace } from '../values/phone';
import { decodeText } from '../values/text';

const LABEL_CHARACTER = String.raw`[-\p{L}\p{M}\p{N}]`;
/**
 * The first label of a domain: a letter in it, or three digits. So `react@18.2.0`, `i7@3.20GHz` and a picture's
 * `logo@2x.png` are not addresses.
 */
const FIRST_LABEL = String.raw`(?![23]x\.)(?=[-\p{N}]{0,62}[\p{L}\p{M}]|\d{3})${LABEL_CHARACTER}{1,63}`;
/** The last one begins with a letter. */
const OTHER_LABELS = String.raw`(?:\.${LABEL_CHARACTER}{1,63}){0,8}?\.\p{L}${LABEL_CHARACTER}{1,62}`;
/** An email address anywhere in a text. */
export const EMAIL_WITHIN = new RegExp(String.raw`[^\s@/,;:<>()]{1,64}@${FIRST_LABEL}${OTHER_LABELS}`, 'gu');
/** The next digit of a number, with up to six characters before it that are neither letters nor digits. */
const NEXT_DIGIT = String.raw`(?:[^\p{L}\p{N}]{0,6}\d)`;
/** A number of seven digits or more anywhere in a text. */
export const LONG_NUMBER_WITHIN = new RegExp(String.raw`\d${NEXT_DIGIT}{6,}`, 'gu');
/** Likewise, but no other sign begins before it. */
const NEXT_DIGIT_OF_PHONE = String.raw`(?:[^\p{L}\p{N}+]{0,6}\d)`;
/** In North America, an area code does not begin with 0 or 1: `+100 000 000 coins` is not a number. */
const NOT_IN_NORTH_AMERICA = String.raw`(?!1[^\p{L}\p{N}+]{0,6}[01])`;
/** A phone number with its `+`, which does not stand behind a letter or a digit. */
const INTERNATIONAL_PHONE_WITHIN = new RegExp(
  String.raw`(?:^|[\W_])\+${NOT_IN_NORTH_AMERICA}\d${NEXT_DIGIT_OF_PHONE}{6}`,
  'u',
);

/**
 * Whether a text holds an email address, an international phone number, or one of these phone numbers in whatever way
 * it is written.
 */
export function isPersonal(text: string, phones: readonly PhoneTrace[]): boolean {
  if (!isSuspicious(text, phones)) return false;
  const decoded = decodeText(text);
  const digits = decoded.replace(/\D+/g, '');
  return (
    // Not test(), which would go on from where the global pattern last ended.
    (decoded.includes('@') && decoded.search(EMAIL_WITHIN) >= 0) ||
    (decoded.includes('+') && INTERNATIONAL_PHONE_WITHIN.test(decoded)) ||
    phones.some(({ tail }) => digits.includes(tail))
  );
}

// Codes of characters.
const PERCENT = 0x25;
const PLUS = 0x2b;
const ZERO = 0x30;
const NINE = 0x39;
const AT = 0x40;
const TILDE = 0x7e;

/**
 * Whether a text must be searched. One look at each character clears most texts: they have nothing of an address, no
 * `+`, no escape, nothing beyond ASCII, and the last seven digits of none of these phone numbers.
 */
function isSuspicious(text: string, phones: readonly PhoneTrace[]): boolean {
  let isSuspect = false;
  let lastSeven = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Most are letters; then digits. The branches stand in this order for speed.
    if (code > AT && code <= TILDE) continue;
    if (code >= ZERO && code <= NINE) {
      lastSeven = (lastSeven % 1e6) * 10 + code - ZERO;
      for (const phone of phones) isSuspect ||= phone.lastSeven === lastSeven;
    } else isSuspect ||= code === PERCENT || code === PLUS || code >= AT;
  }
  return isSuspect;
}

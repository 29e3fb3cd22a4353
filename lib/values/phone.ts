// Phone numbers: as they are hashed, the country that they are read for, and what of them is looked for in texts.
// TikTok, "Events API 2.0 parameters": https://business-api.tiktok.com/portal/docs?id=1771101151059969
import { decodeText, ifMatches, textOf } from './text';

/** `+`, a country code, 7 to 15 digits in all. */
const E164 = /^\+[1-9]\d{6,14}$/;

/** A spreadsheet makes `14155550100.0` of a number. */
const withoutDecimal = (text: string): string =>
  text.endsWith('.0') && /^\d+\.0$/.test(text) ? text.slice(0, -2) : text;

/** White space, dots, slashes, dashes, the minus sign, brackets, and the invisible marks of an address book. */
const SEPARATORS = /[\s./\p{Pd}\u2212\p{Ps}\p{Pe}\p{Cf}]+/gu;

/** `+44 (0)20 …` and `+44 020 …`: a group that begins with 0 right after the country code. */
const ZERO_AFTER_COUNTRY_CODE = /^[^\d+]*(?:\+|00)\s*\d{1,3}\D+0/;

/** A zero in brackets is never dialled with the country code. */
const BRACKETED_ZERO = /[([]\s*0\s*[)\]]/;

/** Digits of any script, which libphonenumber reads. */
const DIGITS_OF_ANY_SCRIPT = /^\+?\p{N}+$/u;

/** A number as it is dialled: `+` and digits. */
function dial(text: string): string {
  const dialled = withoutDecimal(text.normalize('NFKC')).replace(SEPARATORS, '');
  return dialled.startsWith('00') ? `+${dialled.slice(2)}` : dialled;
}

const phoneLibrary = () =>
  typeof libphonenumberjslib === 'undefined' ? undefined : libphonenumberjslib.libphonenumberjs;

/**
 * A phone number in E.164; `undefined` if it is not one.
 *
 * A number with `+` or `00` is read by plain rules, which cost less than a tenth of libphonenumber's reading; by
 * libphonenumber only if these may err, as with a trunk zero or digits of another script. Any other number is read by libphonenumber
 * as one of the country; without a country, its digits are taken to begin with their country code. If libphonenumber is
 * missing or finds no valid number, an international number is read by the plain rules, and a national one is refused.
 *
 * @param country ISO 3166-1, two upper-case letters.
 */
export function normalisePhone(text: string, country?: string): string | undefined {
  const dialled = dial(text);
  const isInternational = dialled.startsWith('+');
  if (!isInternational && country === undefined) return ifMatches(`+${dialled}`, E164);
  const isPlain = E164.test(dialled) && !ZERO_AFTER_COUNTRY_CODE.test(text);
  if (!isPlain && DIGITS_OF_ANY_SCRIPT.test(dialled)) {
    const parsed = phoneLibrary()?.parsePhoneNumberFromString?.(dialled, country);
    if (parsed?.isValid()) return ifMatches(parsed.number, E164);
  }
  if (!isInternational) return undefined;
  const withoutZero = text.replace(BRACKETED_ZERO, '');
  return ifMatches(withoutZero === text ? dialled : dial(withoutZero), E164);
}

/**
 * A country of ISO 3166-1 by its two letters, upper-case; with libphonenumber, only one that it knows: UK is refused,
 * its code is GB.
 */
export function countryOf(value: unknown): string | undefined {
  const country = textOf(value).toUpperCase();
  return /^[A-Z]{2}$/.test(country) && phoneLibrary()?.isSupportedCountry?.(country) !== false
    ? country
    : undefined;
}

/** What is looked for in texts: what all ways to write a phone number have in common. */
export interface PhoneTrace {
  /** Its last 7 digits, or 10 if the 7 are so uniform that they may stand in any order number. */
  readonly tail: string;
  /** The last 7 as a number: most texts can be told by this alone. */
  readonly lastSeven: number;
}

const TAIL_LENGTH = 7;
const LONG_TAIL_LENGTH = 10;

/**
 * The same digit again and again is a till's placeholder, or part of any round number. (Three different digits, at any
 * places: as a pattern, because a Set of the digits would take longer than everything else that is done to a number.)
 */
const THREE_DIFFERENT_DIGITS = /(.).*?(?!\1)(.).*?(?!\1|\2)./;
const isVaried = (digits: string): boolean => THREE_DIFFERENT_DIGITS.test(digits);

/** The trace of a phone number; `undefined` for a text too short to be one, and for a till's placeholder. */
export function traceOf(text: string): PhoneTrace | undefined {
  const allDigits = withoutDecimal(decodeText(text)).replace(/\D+/g, '');
  const digits = allDigits.startsWith('00') ? allDigits.slice(2) : allDigits;
  if (digits.length < TAIL_LENGTH) return undefined;
  const lastSeven = digits.slice(-TAIL_LENGTH);
  const tail = isVaried(lastSeven) ? lastSeven : digits.slice(-LONG_TAIL_LENGTH);
  return isVaried(tail) ? { tail, lastSeven: Number(lastSeven) } : undefined;
}

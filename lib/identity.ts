// Who a conversion belongs to: identifiers made uniform as TikTok wants them, then hashed.
// https://business-api.tiktok.com/portal/docs?id=1771101027431425
import { listOf } from './record';
import { matching, some, textOf } from './values';

/** SHA-256 of the text's UTF-8 bytes. */
export const hash = (text: string): Sha256 => crypto.createHash('sha256').update(text).digest('hex');

const isSha256 = (text: string): text is Sha256 => /^[0-9a-f]{64}$/.test(text);

/** Brings one value to the form that is hashed, or gives `undefined` where it is no such identifier. */
type Normalise = (text: string) => string | undefined;

/**
 * Hashes one value or an array of them, each once; what is no such identifier is dropped, and what is a SHA-256
 * in hex already is passed on. `undefined` where nothing is left.
 */
export function hashAll(value: unknown, normalise: Normalise): readonly Sha256[] | undefined {
  const hashes: Sha256[] = [];
  for (const item of listOf(value)) {
    const hashed = hashOne(item, normalise);
    if (hashed && !hashes.includes(hashed)) hashes.push(hashed);
  }
  return hashes[0] && hashes;
}

/** As {@link hashAll}, for one value. */
export function hashOne(value: unknown, normalise: Normalise): Sha256 | undefined {
  const text = textOf(value);
  const lower = text.toLowerCase();
  if (isSha256(lower)) return lower;
  const normal = normalise(text);
  return normal ? hash(normal) : undefined;
}

/** An external id, a name, a zip code: lower-cased. */
export const lowerCase: Normalise = (text) => some(text.toLowerCase());

const EMAIL_ADDRESS =
  /^[^\s\p{Cc}\p{Cf}@,;:<>()[\]\\"]{1,64}@(?:[-\p{L}\p{M}\p{N}]+\.)+[\p{L}][-\p{L}\p{M}\p{N}]*[\p{L}\p{M}\p{N}]$/u;

/** An email address: lower-cased; it must look like one address. */
export const emailAddress: Normalise = (text) =>
  text.length <= 254 && EMAIL_ADDRESS.test(text) ? text.toLowerCase() : undefined;

const E164 = /^\+[1-9]\d{6,14}$/;
// Dashes, brackets, dots, and the invisible marks that come along when a number is copied from an address book; `.0` is
// what a spreadsheet makes of a number.
const SEPARATORS = /\.0$(?<=^\d+..)|[\s./\p{Pd}\u2212\p{Ps}\p{Pe}\p{Cf}]+/gu;
// `+44 (0)20 …`, and the same without the brackets: a group that begins with 0 right after the country code.
const TRUNK_ZERO = /^[^\d+]*(?:\+|00)\s*\d{1,3}\D+0/;
const BRACKETED_ZERO = /[([]\s*0\s*[)\]]/;

/** A number as it is dialled. */
const dial = (text: string): string => text.normalize('NFKC').replace(SEPARATORS, '').replace(/^00/, '+');

const library = () =>
  typeof libphonenumberjslib === 'undefined' ? undefined : libphonenumberjslib.libphonenumberjs;

/**
 * A phone number in E.164: `+`, the country code, 7 to 15 digits in all. A number with `+` or `00` is read by plain
 * rules, and by libphonenumber only where these do not do: a trunk zero may stand in it, or digits of another script.
 * Any other is read by libphonenumber as a number of the country; without a country, its digits are taken to begin
 * with their country code. Where libphonenumber is missing or finds no valid number, an international number goes by
 * the plain rules and a national one is none.
 *
 * @param country ISO 3166-1, two upper-case letters.
 */
export function phoneNumber(text: string, country: string | undefined): string | undefined {
  const dialled = dial(text);
  const isNational = !dialled.startsWith('+');
  if (isNational && !country) return matching(`+${dialled}`, E164);
  const isPlain = E164.test(dialled) && !TRUNK_ZERO.test(text);
  if (!isPlain && /^\+?[\p{N}]+$/u.test(dialled)) {
    const read = library()?.parsePhoneNumberFromString?.(dialled, country);
    if (read?.isValid()) return matching(read.number, E164);
  }
  return isNational ? undefined : matching(dial(text.replace(BRACKETED_ZERO, '')), E164);
}

/**
 * A country of ISO 3166-1 by its two letters, upper-case; where there is libphonenumber, one that it knows: UK is none,
 * it is GB.
 */
export function countryOf(value: unknown): string | undefined {
  const country = textOf(value).toUpperCase();
  return /^[A-Z]{2}$/.test(country) && library()?.isSupportedCountry?.(country) !== false
    ? country
    : undefined;
}

// Who a conversion belongs to: identifiers made uniform as TikTok wants them, then hashed.
// https://business-api.tiktok.com/portal/docs?id=1771101027431425
import { listOf } from './record';
import { textOf } from './values';

const SHA256_HEX = /^[0-9a-f]{64}$/;

/** SHA-256 of the text's UTF-8 bytes. */
export function hash(text: string): Sha256 {
  return crypto.createHash('sha256').update(text, 'utf8').digest('hex');
}

function isSha256(text: string): text is Sha256 {
  return SHA256_HEX.test(text);
}

/** Brings one value to the form that is hashed, or gives `undefined` where it is no such identifier. */
export type Normalise = (text: string) => string | undefined;

/**
 * Hashes one value or an array of them, each once; what is no such identifier is dropped, and what is a SHA-256
 * in hex already is passed on. `undefined` where nothing is left.
 */
export function hashAll(value: unknown, normalise: Normalise): readonly Sha256[] | undefined {
  const hashes = new Set<Sha256>();
  for (const item of listOf(value)) {
    const one = hashOne(item, normalise);
    if (one !== undefined) hashes.add(one);
  }
  return hashes.size > 0 ? [...hashes] : undefined;
}

/** As {@link hashAll}, for one value. */
export function hashOne(value: unknown, normalise: Normalise): Sha256 | undefined {
  const text = typeof value === 'number' && !isWholeNumber(value) ? undefined : textOf(value);
  if (text === undefined) return undefined;
  const lower = text.toLowerCase();
  if (isSha256(lower)) return lower;
  const normal = normalise(text);
  return normal === undefined ? undefined : hash(normal);
}

// -14155550100 and 1415.555 would lose what tells them from a number.
function isWholeNumber(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** An external id, a name, a zip code: lower-cased. */
export const plainIdentifier: Normalise = (text) => text.toLowerCase();

const EMAIL_ADDRESS =
  /^[^\s\p{C}@,;:<>()[\]\\"]{1,64}@(?:[\p{L}\p{M}\p{N}-]+\.)+\p{L}[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}]$/u;

/** An email address: lower-cased; it must look like one address. */
export const emailAddress: Normalise = (text) =>
  text.length <= 254 && EMAIL_ADDRESS.test(text) ? text.toLowerCase() : undefined;

const E164 = /^\+[1-9]\d{6,14}$/;
// Dashes, brackets, dots, and the invisible marks that come along when a number is copied from an address book.
const SEPARATORS = /[\s.\p{Pd}\u2212\p{Ps}\p{Pe}\p{Cf}]/gu;
const INTERNATIONAL = /^(?:\+|00)/;
// `+44 (0)20 …`, and the same without the brackets: a group that begins with 0 right after the country code.
const ZERO_AFTER_COUNTRY_CODE = /^(?:\+|00)\s*\d{1,3}\D+0/;
const BRACKETED_ZERO = /[([]\s*0\s*[)\]]/;

/**
 * A phone number in E.164: `+`, the country code, 7 to 15 digits in all. A number with `+` or `00` is read by plain
 * rules, and by libphonenumber only where a trunk zero may stand in it. Any other is read by libphonenumber as a
 * number of the country; without a country, its digits are taken to begin with their country code.
 *
 * @param country ISO 3166-1, two upper-case letters.
 */
export function phoneNumber(text: string, country: string | undefined): string | undefined {
  const dialled = text.replace(SEPARATORS, '');
  if (INTERNATIONAL.test(dialled)) {
    const withTrunkZero = ZERO_AFTER_COUNTRY_CODE.test(text);
    const plain = withTrunkZero ? text.replace(BRACKETED_ZERO, '').replace(SEPARATORS, '') : dialled;
    const read = withTrunkZero ? parseByLibrary(dialled.replace(INTERNATIONAL, '+'))?.number : undefined;
    return e164(read ?? plain.replace(INTERNATIONAL, '+'));
  }
  if (!/^\d+$/.test(dialled)) return undefined;
  if (country === undefined) return e164(`+${dialled}`);
  const read = parseByLibrary(dialled, country);
  return read?.isValid() === true ? e164(read.number) : undefined;
}

function e164(number: string): string | undefined {
  return E164.test(number) ? number : undefined;
}

function parseByLibrary(number: string, country?: string): PhoneNumber | undefined {
  if (typeof libphonenumberjslib === 'undefined') return undefined;
  return libphonenumberjslib.libphonenumberjs.parsePhoneNumberFromString(number, country);
}

/** Whether libphonenumber knows the country; where there is no libphonenumber, any is as good as another. */
export function isKnownCountry(country: string): boolean {
  if (typeof libphonenumberjslib === 'undefined') return true;
  return libphonenumberjslib.libphonenumberjs.isSupportedCountry?.(country) ?? true;
}

// Who a conversion belongs to: identifiers made uniform as TikTok wants them, then hashed.
// https://business-api.tiktok.com/portal/docs?id=1771101027431425
import { plain, type Phone } from './privacy';
import { matching, textOf } from './values';

/** SHA-256 of the text's UTF-8 bytes. */
export const hash = (text: string): Sha256 =>
  node.hash?.('sha256', text) ?? node.createHash('sha256').update(text).digest('hex');
// Taken once: in Segment's context, each look-up of a global goes by way of the host.
const node = crypto;

const isSha256 = (text: string): text is Sha256 => /^[0-9a-f]{64}$/.test(text);

/** Brings a text in lower case to the form that is hashed, or gives nothing where it is no such identifier. */
type Normalise = (text: string, country?: string) => string | undefined;

/** Hashes a value in lower case, or passes on what is a SHA-256 in hex already; `undefined` for no such identifier. */
export function hashOne(value: unknown, normalise: Normalise, country?: string): Sha256 | undefined {
  const text = textOf(value).toLowerCase();
  if (isSha256(text)) return text;
  const normal = normalise(text, country);
  return normal ? hash(normal) : undefined;
}

/** Hashes one value or an array of them, each once; `undefined` where there is no such identifier among them. */
export function hashAll(
  value: unknown,
  normalise: Normalise,
  country?: string,
): readonly Sha256[] | undefined {
  if (!Array.isArray(value)) {
    const hashed = hashOne(value, normalise, country);
    return hashed && [hashed];
  }
  const hashes = value.flatMap((item) => hashOne(item, normalise, country) ?? []);
  return hashes[0] && [...new Set(hashes)];
}

/** An email address: it must look like one address, in the form that is hashed. */
export const emailAddress: Normalise = (text) =>
  text.length <= 254
    ? matching(
        text,
        /^[^\s\p{Cc}\p{Cf}@,;:<>()[\]\\"]{1,64}@(?:[-\p{L}\p{M}\p{N}]+\.)+[\p{L}][-\p{L}\p{M}\p{N}]*[\p{L}\p{M}\p{N}]$/u,
      )
    : undefined;

const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * A number as it is dialled: without dashes, brackets, dots, the invisible marks that come along when it is copied from
 * an address book, and the `.0` that a spreadsheet makes of it.
 */
const dial = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\.0$(?<=^\d+..)|[\s./\p{Pd}\u2212\p{Ps}\p{Pe}\p{Cf}]+/gu, '')
    .replace(/^00/, '+');

// Holds three different digits.
const VARIED = /(.).*?(?!\1)(.).*?(?!\1|\2)./;

/** What is looked for in texts of a phone number; `undefined` for what is none: too short, or a till's placeholder. */
export function traceOf(text: string): Phone | undefined {
  // Without the 00 of an international number, and the `.0` that a spreadsheet makes of one.
  const digits = plain(text).replace(/\.0$(?<=^\d+..)|^\D*0\D*0|\D+/g, '');
  const seven = digits.slice(-7);
  const tail = VARIED.test(seven) ? seven : digits.slice(-10);
  return digits.length >= 7 && VARIED.test(tail) ? { tail, seven: Number(seven) } : undefined;
}

const phoneLibrary = () =>
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
export function phoneNumber(text: string, country?: string): string | undefined {
  const dialled = dial(text);
  const isNational = !dialled.startsWith('+');
  if (isNational && !country) return matching(`+${dialled}`, E164);
  // `+44 (0)20 …`, and the same without the brackets: a group that begins with 0 right after the country code.
  const isPlain = E164.test(dialled) && !/^[^\d+]*(?:\+|00)\s*\d{1,3}\D+0/.test(text);
  if (!isPlain && /^\+?[\p{N}]+$/u.test(dialled)) {
    const read = phoneLibrary()?.parsePhoneNumberFromString?.(dialled, country);
    if (read?.isValid()) return matching(read.number, E164);
  }
  // A bracketed zero is no part of the number, wherever it stands.
  const bare = text.replace(/[([]\s*0\s*[)\]]/, '');
  return isNational ? undefined : matching(bare === text ? dialled : dial(bare), E164);
}

/**
 * A country of ISO 3166-1 by its two letters, upper-case; where there is libphonenumber, one that it knows: UK is none,
 * it is GB.
 */
export function countryOf(value: unknown): string | undefined {
  const country = textOf(value).toUpperCase();
  return /^[A-Z]{2}$/.test(country) && phoneLibrary()?.isSupportedCountry?.(country) !== false
    ? country
    : undefined;
}

// Phone numbers: as they are hashed, the country that they are read for, and what tells one in a text.
// TikTok, "Events API 2.0 parameters": https://business-api.tiktok.com/portal/docs?id=1771101151059969
import { lazyPattern } from './pattern';
import { decodeText, ifMatches, textOf } from './text';

/** `+`, a first digit from 1 to 9, 7 to 15 digits in all. */
const E164 = /^\+[1-9]\d{6,14}$/;

/** No number is longer, with all that people write around it. */
const MAX_LENGTH = 100;

/** What a link, a channel's address, a person or an export of leads (`p:`) puts before a number. */
const LABELS = [
  'tel|tél|telephone|téléphone|telefon|telefone|teléfono|phone|ph|p|t',
  'mobile|mobil|móvil|movil|mob|cellphone|cell|celular|cel|gsm|handy|portable|m|c',
  'home|work|office|h|w|o',
  'sms|whatsapp|viber|rcs|facetime|callto',
].join('|');
const PREFIX = new RegExp(String.raw`^(?:${LABELS})(?:\s?\.?:(?:\/\/)?|\.|\s(?=[+(\d]))`, 'i');

/** WhatsApp's ids and links, and the address of a caller in a telephone network of the internet. */
const ADDRESS = new RegExp(
  [
    String.raw`^\+?(\d+)@(?:s\.whatsapp\.net|c\.us)$`,
    String.raw`^(?:https?:\/\/)?wa\.me\/\+?(\d+)(?:\?.*)?$`,
    String.raw`^(?:https?:\/\/(?:api|web)\.whatsapp\.com\/)?send\/?\?phone=(?:\+|%2b)?(\d+)(?:&.*)?$`,
    String.raw`^sips?:\+(\d+)@[^\s@]+$`,
  ].join('|'),
  'i',
);

/** How an extension is announced, with what may stand before it; bounded, so that a long text costs only its length. */
const EXTENSION_WORDS = [
  'ext(?:ension|n)?|x|#',
  'anexo|anknytning|ankn|dahili|interno|int|poste|ramal|toestel|tst|wew',
  'добавочный|доб|внутренний|внутр|内線|分机|分機|내선',
].join('|');
const EXTENSION_MARK = String.raw`[\s,;(-]{0,5}(?:${EXTENSION_WORDS})[.:=]?[\s=]{0,3}#?`;
/** `x123`, `ext. 12`, `(ext 12)`, `;ext=12`, `#12` at the end: dialled after the call is taken, so it is nobody's number. */
const EXTENSION = new RegExp(String.raw`${EXTENSION_MARK}\d{1,7}\s?\)?$`, 'i');

/** A spreadsheet makes `14155550100.0` of a number. */
const SPREADSHEET_DECIMALS = /^(\+?\d+)\.0{1,2}$/;

/**
 * White space, dots, slashes, dashes, the minus sign, the long mark of Katakana that is typed for one, brackets, the
 * invisible marks of an address book, and the quotes of a spreadsheet. `_`, `·` and `•` only one by one between digits:
 * elsewhere they stand for digits that are hidden or were not typed.
 */
const SEPARATORS = lazyPattern(
  String.raw`[\s./\p{Pd}\u2212ー\p{Ps}\p{Pe}\p{Cf}'"’=]+|(?<=\d)[_·•](?=\d)`,
  'gu',
);
/** What ends a number in a list. */
const END_MARK = /[,;]$/;

/** A zero in brackets is not dialled from abroad, wherever it stands. */
const BRACKETED_ZERO = /[([]\s*0\s*[)\]]/;

/**
 * The country calling codes of one and two digits; all others have three.
 *
 * ITU-T, "List of ITU-T Recommendation E.164 assigned country codes": https://www.itu.int/pub/T-SP-E.164D
 */
const SHORT_CALLING_CODE = String.raw`1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]`;
const CALLING_CODE = String.raw`(?:${SHORT_CALLING_CODE}|(?!${SHORT_CALLING_CODE})\d{3})`;
/** A zero after the calling code: dialled only within some countries, and part of the number in others. */
const ZERO_AFTER_CALLING_CODE = new RegExp(String.raw`^(\+${CALLING_CODE})0`);

/** Codes that the ITU has given to nobody. +379 and +997 are reserved, so they are not here. */
const NO_CALLING_CODE = [
  '21[04579]|259|28|29[2-6]',
  '38[48]|42[24-9]',
  '671|684|69[3-9]',
  '80[1-79]|83|85[14789]|87[1-79]|88[4579]|89',
  '969|978|99[019]',
].join('|');
/** No number of these countries is as long: behind the calling code stands what is dialled only within the country. */
const TOO_LONG = [
  // 8, in Russia, Kazakhstan, Lithuania, Belarus (also 80), Tajikistan, Uzbekistan and Turkmenistan.
  String.raw`78\d{10}`,
  String.raw`3708\d{8}`,
  String.raw`3758\d{9,10}`,
  String.raw`99[28]8\d{9}`,
  String.raw`9938\d{8}`,
  // 15 behind the area code of a mobile number, in Argentina.
  String.raw`54\d{12,}`,
].join('|');
/** What libphonenumber can read, or nobody: also North America's 1 twice, and what begins with no calling code. */
const UNUSUAL = new RegExp(String.raw`^\+(?:${TOO_LONG}|(?:11|${NO_CALLING_CODE})\d*)$`);

/**
 * The zero is part of the number: of landlines in Italy and the Vatican, with ten digits at most, and of all numbers in
 * San Marino, Ivory Coast, Gabon and Congo.
 */
const ZERO_IS_PART = /^\+(?:39\d{6,10}|(?:378|225|241|242)\d+)$/;

/** Until 2019, Mexico's mobile numbers had a 1 after the calling code, and 044, 045 or 01 were dialled within Mexico. */
const OLD_MEXICAN = String.raw`(?:1|01|04[45])(?=\d{10}$)`;
const OLD_MEXICAN_NUMBER = new RegExp(String.raw`^\+52${OLD_MEXICAN}`);

/** What was dialled within a country before its numbers until some years ago, and libphonenumber does not know any more. */
const FORMER_PREFIXES: Readonly<Partial<Record<string, RegExp>>> = {
  AZ: /^8/,
  CL: /^0(?=9)/,
  GE: /^8/,
  // Not 1, which is the calling code of the United States.
  MX: /^(?:01|04[45])/,
  UA: /^8(?=0)/,
  UZ: /^8/,
};

/** As long as a number of these countries is, it begins so by itself: in Kazakhstan, Italy and India, many do. */
const BEGINS_LIKE_ITS_CODE = String.raw`(?:7|39|91)\d{10}`;
/**
 * A calling code twice: forms ask for it beside the number, and people type it again. That of North America is in
 * {@link UNUSUAL}.
 */
const CALLING_CODE_TWICE = new RegExp(
  String.raw`^\+(?!${BEGINS_LIKE_ITS_CODE}$)(${CALLING_CODE})(?:\+|00)?\1(?=\d+$)`,
);

/** In Brazil: two digits of an area, then 9 and eight digits. */
const BRAZILIAN_MOBILE = /^[1-9]{2}9\d{8}$/;

/**
 * How many digits without `+` are read with the calling code that they begin with, if they could be a national number
 * too. In Brazil a national mobile number has 11 digits.
 */
const MIN_DIGITS_WITH_CALLING_CODE = 11;
const MIN_DIGITS_WITH_CALLING_CODE_BRAZIL = 12;

/** A national number is written with its zero in Sweden: digits that begin with 46 instead could be either. */
const DOUBTFUL_WITHOUT_ZERO = 'SE';

/**
 * What Twilio gives instead of the number of a caller who withholds it.
 *
 * Twilio, "Why am I getting calls from these strange numbers?":
 * https://help.twilio.com/articles/223179988
 */
const WITHHELD = /^\+?(?:266696687|7378742833|2562533|8656696|86282452253)$/;

const isWithheldNumber = (dialled: string): boolean => WITHHELD.test(dialled);

/** Whether a text stands for the number of a caller who withholds it. */
export const isWithheld = (text: string): boolean =>
  text.length <= MAX_LENGTH && isWithheldNumber(dial(numberPart(text)));

/** What a prefix and an extension have, and most numbers have not. */
const LETTER_OR_HASH = /[a-z#]|[^\0-\x7f]/i;

/** The number alone, without what stands before it in a link and behind it for an exchange. */
const numberPart = (text: string): string =>
  LETTER_OR_HASH.test(text)
    ? text.trim().replace(PREFIX, '').replace(ADDRESS, '+$1$2$3$4').replace(EXTENSION, '')
    : text;

/** Almost every number: `+`, digits, and what stands between them in ASCII; no zero alone in brackets, and no 00. */
const ORDINARY = /^\+(?!00|.*\( *0 *\))[\d ()-]+$/;
const ORDINARY_SEPARATORS = /[ ()-]+/g;

/** An ordinary number as it is dialled; `undefined` if it takes more than that to read it. */
const dialOrdinary = (text: string): string | undefined =>
  ORDINARY.test(text) ? text.replace(ORDINARY_SEPARATORS, '') : undefined;

/** Both stand for the same: `+0044`. */
const PLUS_BEFORE_00 = /^\+(?=00)/;

/** The digits of a number, and its `+`. */
const withoutSeparators = (text: string): string =>
  decodeText(text)
    .trim()
    .replace(END_MARK, '')
    .replace(SPREADSHEET_DECIMALS, '$1')
    .replace(SEPARATORS(), '')
    .replace(PLUS_BEFORE_00, '');

/** How most of the world dials abroad. */
const DIALS_ABROAD = '00';

const withPlus = (digits: string): string =>
  digits.startsWith(DIALS_ABROAD) ? `+${digits.slice(DIALS_ABROAD.length)}` : digits;

/** A number as it is dialled: digits, after a `+` if it is international. */
const dial = (text: string): string => withPlus(withoutSeparators(text));

const phoneLibrary = () =>
  typeof libphonenumberjslib === 'undefined' ? undefined : libphonenumberjslib.libphonenumberjs;

/** How libphonenumber reads a number, if it finds it valid. */
function parseValid(dialled: string, country?: string): PhoneNumber | undefined {
  const parsed = phoneLibrary()?.parsePhoneNumberFromString?.(dialled, country);
  return parsed?.isValid() ? parsed : undefined;
}

/**
 * A phone number in E.164; `undefined` if it is not one, or could be anybody's.
 *
 * A number with `+` or `00` is read by plain rules, which cost less than a tenth of libphonenumber's reading; by
 * libphonenumber only if they may err: a zero after the calling code, or more digits than its country has. What begins
 * with `00` is also read as it would be dialled in the country. Any other number is read by libphonenumber: as one of
 * the country, or, without a country, as one that begins with its calling code.
 *
 * @param country ISO 3166-1, two upper-case letters.
 */
export function normalisePhone(text: string, country?: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const ordinary = dialOrdinary(text);
  const number = ordinary ?? numberPart(text);
  const written = ordinary ?? withoutSeparators(number);
  const dialled = withPlus(written);
  if (isWithheldNumber(dialled)) return undefined;
  if (written.startsWith('+')) return readInternational(written, number);
  if (!/^\d+$/.test(written)) return undefined;
  const isAbroad = dialled !== written;
  if (country === undefined)
    return isAbroad ? readInternational(dialled, number) : readOfAnyCountry(written, number);
  return isAbroad ? readDialledAbroad(written, number, country) : readOfCountry(written, number, country);
}

/** @param number as it was written, with its brackets. */
function readInternational(dialled: string, number: string): string | undefined {
  const current = dialled.replace(OLD_MEXICAN_NUMBER, '+52');
  const bare = number.replace(BRACKETED_ZERO, '');
  if (bare !== number) {
    const withoutZero = `+${dial(bare).replace('+', '')}`;
    return ifMatches((parseValid(withoutZero) ?? parseValid(current))?.number ?? withoutZero, E164);
  }
  const once = withCallingCodeOnce(current);
  if (once !== undefined) return once;
  if (UNUSUAL.test(current)) return ifMatches(parseValid(current)?.number ?? '', E164);
  if (!ZERO_AFTER_CALLING_CODE.test(current)) return ifMatches(current, E164);
  const kept = parseValid(current)?.number;
  const dropped = parseValid(current.replace(ZERO_AFTER_CALLING_CODE, '$1'))?.number;
  const isDoubtful = kept !== undefined && dropped !== undefined && kept !== dropped;
  if (isDoubtful && !ZERO_IS_PART.test(current)) return undefined;
  return ifMatches(kept ?? dropped ?? '', E164);
}

/** A number that has its calling code twice, with it once; `undefined` if the number is valid as it is, or neither is. */
function withCallingCodeOnce(dialled: string): string | undefined {
  if (!CALLING_CODE_TWICE.test(dialled) || (E164.test(dialled) && parseValid(dialled))) return undefined;
  return parseValid(dialled.replace(CALLING_CODE_TWICE, '+$1'))?.number;
}

/**
 * Digits that begin with 00. In some countries that is only the beginning of what is dialled before a calling code, such
 * as 0011 in Australia; then libphonenumber's reading counts, unless the digits behind 00 are a valid number too.
 */
function readDialledAbroad(digits: string, number: string, country: string): string | undefined {
  const dialled = withPlus(digits);
  const plain = readInternational(dialled, number);
  const own = parseValid(digits, country);
  if (own === undefined || own.number === plain) return plain;
  const international = parseValid(dialled) ?? parseValid(plain ?? '');
  if (international === undefined) return ifMatches(own.number, E164);
  // Read with the same prefix; or a number of the country itself, which nobody dials with another one.
  const isPlain =
    own.number === international.number || [own.country, international.country].includes(country);
  return isPlain ? plain : undefined;
}

/**
 * Digits of a country, with or without its calling code. If both readings are valid and differ, the number of digits
 * decides: `4915112345678` is a German number with its code, though numbers as long as that exist within Germany.
 */
function readOfCountry(digits: string, number: string, country: string): string | undefined {
  // A zero in brackets that is not the first digit stands behind a calling code.
  const national = number.search(BRACKETED_ZERO) > 0 ? undefined : parseNational(digits, country);
  const international = readWithCallingCode(digits, number);
  // libphonenumber took the code off by itself, and with it a zero that makes the number doubtful.
  if (international === undefined && national?.number === `+${digits}`) return undefined;
  const hasOwnCode = international?.country === country;
  if (national === undefined || international === undefined || !hasOwnCode)
    return ifMatches((hasOwnCode ? international : national)?.number ?? '', E164);
  if (national.number === international.number) return ifMatches(national.number, E164);
  const min = country === 'BR' ? MIN_DIGITS_WITH_CALLING_CODE_BRAZIL : MIN_DIGITS_WITH_CALLING_CODE;
  if (digits.length >= min) return ifMatches(international.number, E164);
  return country === DOUBTFUL_WITHOUT_ZERO ? undefined : ifMatches(national.number, E164);
}

/** As it is dialled in the country, or as it was until some years ago. */
function parseNational(digits: string, country: string): PhoneNumber | undefined {
  const former = FORMER_PREFIXES[country];
  return parseValid(digits, country) ?? (former && parseValid(digits.replace(former, ''), country));
}

/** Digits of whatever country they begin with the code of; none of a number that could be national somewhere. */
function readOfAnyCountry(digits: string, number: string): string | undefined {
  if (digits.length < MIN_DIGITS_WITH_CALLING_CODE || BRAZILIAN_MOBILE.test(digits)) return undefined;
  const read = readWithCallingCode(digits, number);
  return read && ifMatches(read.number, E164);
}

/** Only a number that libphonenumber finds valid: nothing else says that the digits begin with a calling code. */
function readWithCallingCode(digits: string, number: string): PhoneNumber | undefined {
  const read = readInternational(`+${digits}`, number);
  return read === undefined ? undefined : parseValid(read);
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

/** The digits of a number that people wrote, valid or not, without what they put before and behind it. */
export interface NumberParts {
  /** '' if the number does not name one. */
  readonly callingCode: string;
  /** Without leading zeros, if enough is left. */
  readonly national: string;
}

/** Digits of the shortest number, and of the longest. */
export const MIN_DIGITS = 7;
export const MAX_DIGITS = 15;

/** Digits that are dialled between the calling code and a number: Mexico's until 2019, and Argentina's 9. */
const BEFORE_MOBILE = String.raw`52${OLD_MEXICAN}|549(?=\d{10}$)`;
const WITH_CALLING_CODE = new RegExp(`^(${BEFORE_MOBILE}|${CALLING_CODE})0?(\\d{${MIN_DIGITS},})$`);

/** The digits of one number; `undefined` if there are too few or too many. */
export function splitNumber(text: string): NumberParts | undefined {
  const ordinary = dialOrdinary(text);
  const number =
    ordinary ?? numberPart(text).trim().replace(SPREADSHEET_DECIMALS, '$1').replace(BRACKETED_ZERO, '');
  const written = ordinary?.slice(1) ?? number.replace(/\D+/g, '');
  const digits = written.replace(/^00(?=[1-9])/, '');
  const isInternational = number.includes('+') || digits !== written;
  if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS) return undefined;
  const international = isInternational ? withoutCallingCode(digits) : undefined;
  if (international) return international;
  const significant = digits.replace(/^0+/, '');
  return { callingCode: '', national: significant.length < MIN_DIGITS ? digits : significant };
}

/** What may be left of digits without their calling code, if they begin with one; `undefined` if that is too short. */
export function withoutCallingCode(digits: string): NumberParts | undefined {
  const [, callingCode, national] = WITH_CALLING_CODE.exec(digits) ?? [];
  return callingCode === undefined || national === undefined ? undefined : { callingCode, national };
}

/** No area code of North America begins with these. */
const NOT_IN_NORTH_AMERICA = /^1[01]/;
/** Without libphonenumber, what is only likely needs more digits than {@link MIN_DIGITS}. */
const MIN_LIKELY_DIGITS = 9;

/**
 * Whether digits that follow a `+` in a text are a phone number: of a length that its country has, and valid if nothing
 * else says so.
 */
export function isInternationalNumber(digits: string, mustBeValid: boolean): boolean {
  if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS) return false;
  if (NOT_IN_NORTH_AMERICA.test(digits)) return false;
  const library = phoneLibrary();
  if (library === undefined) return !mustBeValid || digits.length >= MIN_LIKELY_DIGITS;
  const number = library.parsePhoneNumberFromString?.(`+${digits}`);
  if (number === undefined) return false;
  return mustBeValid ? number.isValid() : (number.isPossible?.() ?? true);
}

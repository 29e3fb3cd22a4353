// Amounts, prices and quantities, as people and programs write them. What could be read in two ways is doubtful.
import { currencyOf } from './currency';
import { lazyPattern } from './pattern';
import { normalise, withAsciiDigits, withoutQuotes } from './text';

/** An amount, and the ISO 4217 code that stands with it. */
export interface Amount {
  readonly number: number;
  readonly currency?: string;
}
/** Why a text is not an amount: `1,250` is 1250 in one country and 1.25 in another. */
export type AmountProblem = 'doubtful' | 'invalid';

/** A number as programs write it: `12.50`, `-3`, `.5`, `1e3`. No digit can be read in two ways, or it would take long. */
const PLAIN = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i;
/** No amount that people write is longer. */
const MAX_LENGTH = 40;

/** A sign of Unicode, a letter's dollar (`US$`, `R$`), an ISO 4217 code, or a currency's word. */
const WORDS =
  'kr|zł|kč|rp|fr|sfr|ft|lei|лв|руб|р|din|ден|rm|rs|tl|ksh|dhs|r|s/|b/|円|元|원|euros?|dollars?|pounds?|ریال|ريال|درهم|جنيه|دينار';
/** The currencies of Arabic countries by two letters, such as د.إ for dirhams of the Emirates. */
const ARABIC_LETTERS = String.raw`\p{sc=Arab}\.\p{sc=Arab}`;
const MARK = String.raw`\p{Sc}|[a-z]{1,3} ?\$|[a-z]{3}|(?:${WORDS}|${ARABIC_LETTERS})\.?`;
const SIGN = '[-+]';
const NUMBER = String.raw`(?:\d(?:[\d.,' ]*\d)?|[.,]\d+)`;
/** Without cents, as prices are written: `12,-` and `12.–`, in Sweden `12:-`, in India `12/-`. */
const NO_CENTS = /(?<=\d)[.,:/]-{1,2}(?!\d)/;
const DECIMALS = /[.,]\d{1,2}$/;
/** The decimals that the dash stands for, unless there are some: `12.50/-`. Another mark before it is one of groups. */
function centsOf(_: string, offset: number, text: string): string {
  const before = text.slice(0, offset);
  if (DECIMALS.test(before)) return '';
  return before.includes(',') ? '.00' : ',00';
}
/** As accountants write a negative amount: in brackets. */
const IN_BRACKETS = /^\(([^-+()]*)\)$/;
const AMOUNT = lazyPattern(
  String.raw`^(?<sign>${SIGN})? *(?:(?<before>${MARK}) *(?<signBehind>${SIGN})?)? *(?<number>${NUMBER}) *(?<after>${MARK})?$`,
  'iu',
);
const CURRENCY_SIGN = lazyPattern(String.raw`\p{Sc}`, 'gu');
/** The signs of one currency only; $, £, ¥ and ﷼ have several. */
const CODES_BY_SIGN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '€': 'EUR',
    '₹': 'INR',
    '₺': 'TRY',
    '₽': 'RUB',
    '₩': 'KRW',
    '₫': 'VND',
    '₪': 'ILS',
    '₦': 'NGN',
    '₱': 'PHP',
    '₴': 'UAH',
    '₸': 'KZT',
    '₼': 'AZN',
    '₾': 'GEL',
    '₲': 'PYG',
    '₡': 'CRC',
    '₵': 'GHS',
    '₮': 'MNT',
    '₭': 'LAK',
    '฿': 'THB',
    '৳': 'BDT',
    '֏': 'AMD',
    '؋': 'AFN',
    '៛': 'KHR',
  }),
);
const CODE = /^[a-z]{3}$/i;
const WORD = new RegExp(`^(?:${WORDS})$`, 'iu');
/** The marks of Arabic and Persian: each has one meaning. */
const ARABIC_DECIMAL_MARK = '\u066b';
const ARABIC_GROUP_MARK = '\u066c';

/** Reads a trimmed text. */
export function readAmount(text: string): Amount | AmountProblem {
  if (PLAIN.test(text)) return finite(Number(text));
  if (text.length > MAX_LENGTH) return 'invalid';
  // Currency signs become one, digits, white space of any kind, typographic apostrophes and minus signs those of ASCII.
  const written = withAsciiDigits(normalise(text.replace(CURRENCY_SIGN(), '$')))
    .replaceAll(ARABIC_DECIMAL_MARK, '.')
    .replaceAll(ARABIC_GROUP_MARK, "'")
    .replace(/\s/g, ' ')
    .replace(/[’ʼ]/g, "'")
    .replace(/[−–—]/g, '-');
  const plain = withoutQuotes(written).replace(IN_BRACKETS, '-$1').replace(NO_CENTS, centsOf);
  const { sign, before, signBehind, number, after } = AMOUNT().exec(plain)?.groups ?? {};
  if (number === undefined) return 'invalid';
  const marks = [before, after].filter((mark) => mark !== undefined);
  const signs = text.match(CURRENCY_SIGN()) ?? [];
  const codes = [...marks.flatMap(codesOf), ...signs.flatMap((one) => CODES_BY_SIGN.get(one) ?? [])];
  const [code] = codes;
  // Letters that are not a currency; two currencies; a sign on either side.
  if (codes.includes(undefined) || new Set(codes).size > 1 || (sign && signBehind)) return 'invalid';
  const mayGroup = marks.length > 0 && !text.includes(ARABIC_DECIMAL_MARK);
  const read = readGrouped(number, mayGroup);
  if (typeof read === 'string') return read;
  const amount = finite((sign ?? signBehind) === '-' ? -read : read);
  return typeof amount === 'string' || code === undefined ? amount : { ...amount, currency: code };
}

/** The code in a mark, as in `EUR`, `AUD $` and `Euro`; `undefined` for three letters that are not a currency. */
function codesOf(mark: string): readonly (string | undefined)[] {
  // There are several dollars and pounds.
  if (mark.toLowerCase().startsWith('euro')) return ['EUR'];
  const isDollar = mark.endsWith('$');
  const code = currencyOf(isDollar ? mark.slice(0, -1) : mark);
  const isCode = isDollar ? code !== undefined : CODE.test(mark) && !WORD.test(mark);
  return isCode ? [code] : [];
}

const finite = (number: number): Amount | AmountProblem => (Number.isFinite(number) ? { number } : 'invalid');

const THREE = (mark: string) => new RegExp(String.raw`^[1-9]\d{0,2}(?:${mark}\d{3})+$`);
const INDIAN = (mark: string) => new RegExp(String.raw`^[1-9]\d?(?:${mark}\d\d)+${mark}\d{3}$`);
const PATTERNS: Readonly<Record<string, readonly RegExp[]>> = Object.fromEntries(
  [',', '.', ' ', "'"].map((mark) => {
    const escaped = mark === '.' ? String.raw`\.` : mark;
    return [mark, [THREE(escaped), INDIAN(escaped)]];
  }),
);

/**
 * Digits with marks between them. A mark that repeats groups, and so do a space and an apostrophe; one other mark may
 * stand before the decimals.
 *
 * @param mayGroup whether one point before three digits could group as well, as it does beside a currency.
 */
function readGrouped(text: string, mayGroup: boolean): number | AmountProblem {
  const marks = text.replace(/\d/g, '');
  const last = marks.at(-1);
  if (last === undefined) return Number(text);
  const isDecimalMark = last === ',' || last === '.';
  if (marks.length === 1 && isDecimalMark) {
    const [whole = '', decimals = ''] = text.split(last);
    const isDoubtful = decimals.length === 3 && (last === ',' || mayGroup);
    return isDoubtful ? 'doubtful' : Number(`${whole}.${decimals}`);
  }
  const groupsOnly = !isDecimalMark || marks.at(-2) === last;
  const at = groupsOnly ? text.length : text.lastIndexOf(last);
  const [whole, decimals] = [text.slice(0, at), text.slice(at + 1)];
  const [mark = ''] = marks;
  return PATTERNS[mark]?.some((pattern) => pattern.test(whole))
    ? Number(`${whole.replace(/\D/g, '')}.${decimals}`)
    : 'invalid';
}

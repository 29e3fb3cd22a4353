// Amounts, prices and quantities, as people and programs write them. What could be read in two ways is doubtful.
import { CODES_BY_SIGN, CODES_BY_WORD, currencyOf } from './currency';
import { lazyPattern } from './pattern';
import { normalise, withAsciiDigits, withoutQuotes } from './text';

/** An amount, and the ISO 4217 codes that a mark with it may stand for: one for `EUR`, `€` and `zł`, several for `$` and `kr`. */
export interface Amount {
  readonly number: number;
  readonly currencies?: readonly string[] | undefined;
}
/** Why a text is not an amount: `1,250` is 1250 in one country and 1.25 in another. */
export type AmountProblem = 'doubtful' | 'invalid';

/** A number as programs write it: `12.50`, `-3`, `.5`, `1e3`. No digit can be read in two ways, or it would take long. */
const PLAIN = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i;
/** No amount that people write is longer. */
const MAX_LENGTH = 40;

const WORDS = Object.keys(CODES_BY_WORD)
  .join('|')
  .replaceAll('$', String.raw`\$`);
/** The currencies of Arabic countries by two letters, such as د.إ for dirhams of the Emirates. */
const ARABIC_LETTERS = String.raw`\p{sc=Arab}\.\p{sc=Arab}`;
/** A sign, also with letters before it (`US$`), an ISO 4217 code, or a word for a currency. */
const MARK = String.raw`\$|[a-z]{1,3} ?\$|[a-z]{3}|(?:${WORDS}|${ARABIC_LETTERS})\.?`;
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
/** A sign of Unicode, but for that of cents, of which an amount is a hundredth; in `GH¢`, it is that of Ghana's cedi. */
const CURRENCY_SIGN = lazyPattern(String.raw`(?:(?<=gh ?)|(?![¢￠]))\p{Sc}`, 'giu');
const CODE = /^[a-z]{3}$/;
/** The marks of Arabic and Persian: each has one meaning. */
const ARABIC_DECIMAL_MARK = '\u066b';
const ARABIC_GROUP_MARK = '\u066c';

/** Reads a trimmed text. */
export function readAmount(text: string): Amount | AmountProblem {
  if (PLAIN.test(text)) {
    const number = Number(text);
    return Number.isFinite(number) ? { number } : 'invalid';
  }
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
  const currencies = currenciesOf(marks, text.match(CURRENCY_SIGN()) ?? []);
  // Letters that are not a currency; two currencies; a sign on either side.
  if (currencies?.length === 0 || (sign && signBehind)) return 'invalid';
  const mayGroup = marks.length > 0 && !text.includes(ARABIC_DECIMAL_MARK);
  const read = readGrouped(number, mayGroup);
  if (typeof read === 'string') return read;
  return { number: (sign ?? signBehind) === '-' ? -read : read, currencies };
}

/**
 * The currencies that all marks with an amount may stand for; none if they contradict each other; `undefined` if they may
 * stand for any.
 *
 * @param marks with each sign as a `$`.
 */
function currenciesOf(marks: readonly string[], signs: readonly string[]): readonly string[] | undefined {
  const plainSigns = signs.map((sign) => (sign in CODES_BY_SIGN ? sign : sign.normalize('NFKC')));
  const isDollar = plainSigns.includes('$');
  let possible: readonly string[] | undefined;
  for (const codes of [
    ...marks.map((mark) => codesOf(mark.toLowerCase(), isDollar)),
    ...plainSigns.map((sign) => splitCodes(CODES_BY_SIGN[sign])),
  ])
    possible = possible && codes ? possible.filter((code) => codes.includes(code)) : (codes ?? possible);
  return possible;
}

/** What letters with an amount may stand for, in lower case; none if they are not a currency. */
function codesOf(mark: string, isDollar: boolean): readonly string[] | undefined {
  const sign = mark.replace(' ', '');
  if (sign.endsWith('$')) {
    const code = currencyOf(sign.slice(0, -1));
    if (code !== undefined) return [code];
    return isDollar ? splitCodes(CODES_BY_SIGN[sign]) : undefined;
  }
  const word = mark.replace('.', '');
  if (word in CODES_BY_WORD || !CODE.test(word)) return splitCodes(CODES_BY_WORD[word]);
  const code = currencyOf(word);
  return code === undefined ? [] : [code];
}

const splitCodes = (codes: string | undefined): readonly string[] | undefined =>
  codes ? codes.split(' ') : undefined;

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

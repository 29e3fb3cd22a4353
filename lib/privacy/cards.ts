// Numbers of payment cards in a text.
import { lazyPattern } from '../values/pattern';

/** The numbers that a card scheme gives out. */
interface Scheme {
  readonly name: string;
  /** What they begin with. */
  readonly prefix: RegExp;
  /** How many digits they have. */
  readonly lengths: readonly number[];
  /** A number for tests. */
  readonly example: string;
}

/**
 * The schemes whose numbers have 14 digits or more.
 *
 * ISO/IEC 7812-1, "Identification cards, Identification of issuers"; the prefixes are in each scheme's own rules.
 */
export const SCHEMES: readonly Scheme[] = [
  { name: 'Visa', prefix: /^4/, lengths: [16, 19], example: '4111 1111 1111 1111' },
  {
    name: 'Mastercard',
    prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    lengths: [16],
    example: '5555-5555-5555-4444',
  },
  { name: 'American Express', prefix: /^3[47]/, lengths: [15], example: '3782 822463 10005' },
  { name: 'Diners Club', prefix: /^3(?:0[0-5]|[689])/, lengths: [14, 16, 19], example: '3056 930902 5904' },
  { name: 'Discover', prefix: /^6(?:011|4[4-9]|5)/, lengths: [16, 19], example: '6011111111111117' },
  { name: 'JCB', prefix: /^35(?:2[89]|[3-8])/, lengths: [16, 17, 18, 19], example: '3530111333300000' },
  { name: 'UnionPay', prefix: /^62/, lengths: [16, 17, 18, 19], example: '6200000000000005' },
  {
    name: 'Maestro',
    prefix: /^(?:50(?:18|20|38)|5893|6304|67)/,
    lengths: [14, 15, 16, 17, 18, 19],
    example: '6759649826438453',
  },
  { name: 'Mir', prefix: /^220[0-4]/, lengths: [16, 17, 18, 19], example: '2200000000000004' },
  { name: 'RuPay', prefix: /^(?:508|60|81|82)/, lengths: [16], example: '8171 9900 0000 0008' },
];

/** How few digits and how many a number has; each of its groups has some of them. */
const MIN_DIGITS = 14;
const MAX_DIGITS = 19;
const MIN_GROUP = 2;

/** A space, or a dash of any length, as word processors set it. */
const BETWEEN_GROUPS = String.raw`[ \p{Pd}\u2212]`;
const BETWEEN_GROUPS_WITHIN = lazyPattern(BETWEEN_GROUPS, 'u');
/** Digits in groups by single spaces or dashes; no letter and no other digit stands beside them. */
const DIGITS_WITHIN = lazyPattern(
  String.raw`(?<![\p{L}\p{N}])\d{1,19}(?:${BETWEEN_GROUPS}\d{1,19})*(?![\p{L}\p{N}])`,
  'gu',
);

/** Whether a card number is in a text as it was decoded. */
export function hasCard(decoded: string): boolean {
  for (const [written] of decoded.matchAll(DIGITS_WITHIN())) {
    if (written.length < MIN_DIGITS) continue;
    const groups = written.split(BETWEEN_GROUPS_WITHIN());
    // Other numbers may stand before and behind it, such as the month that it is valid to.
    if (groups.some((_, first) => beginsWithCard(groups, first))) return true;
  }
  return false;
}

/** Whether some groups, from this one on, make a card number. */
function beginsWithCard(groups: readonly string[], first: number): boolean {
  let digits = '';
  for (let index = first; digits.length < MAX_DIGITS; index += 1) {
    const group = groups[index];
    if (group === undefined || group.length < MIN_GROUP) return false;
    digits += group;
    if (isCard(digits)) return true;
  }
  return false;
}

/** Whether digits are a card number: those of a scheme, of its length, whose last digit is right. */
export const isCard = (digits: string): boolean =>
  SCHEMES.some(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits)) &&
  hasCheckDigit(digits);

/** Luhn's formula: ISO/IEC 7812-1, annex B. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const weighed = place % 2 === 0 ? digit : 2 * digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

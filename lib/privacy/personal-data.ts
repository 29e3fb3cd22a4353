// Personal data where it does not belong: in a text that is sent as it is. Each gap and each label within the patterns
// is bounded, so that a search costs no more than the text's length.
import { lazyPattern } from '../values/pattern';
import { isInternationalNumber, MAX_DIGITS, MIN_DIGITS } from '../values/phone';
import { decodeText } from '../values/text';
import { hasCard, isCard } from './cards';
import { hasLocalPhone, hasOwnPhone, isOwnPhone, TAIL, type OwnPhones } from './own-phones';

const LABEL_CHARACTER = String.raw`[-\p{L}\p{M}\p{N}]`;
/**
 * The first label of a domain: a letter in it, or three digits. So `react@18.2.0`, `i7@3.20GHz` and a picture's
 * `logo@2x.png` are not addresses.
 */
const FIRST_LABEL = String.raw`(?![23][xX]\.)(?=[-\p{N}]{0,62}[\p{L}\p{M}]|\d{3})${LABEL_CHARACTER}{1,63}`;
/** The last one begins with a letter. */
const OTHER_LABELS = String.raw`(?:\.${LABEL_CHARACTER}{1,63}){0,8}\.\p{M}{0,9}\p{L}${LABEL_CHARACTER}{1,62}`;
const LOCAL_CHARACTER = String.raw`[^\s@/,;:<>()]`;
/** A quotation mark or a bracket before it belongs to the text around it. */
export const LOCAL_PART = String.raw`(?!["'\p{Pi}\p{Ps}])${LOCAL_CHARACTER}{1,64}`;
const DOMAIN = FIRST_LABEL + OTHER_LABELS;
/** An email address anywhere in a text. */
export const EMAIL_WITHIN = lazyPattern(`${LOCAL_PART}@${DOMAIN}`, 'gu');
/** The same, found sooner by its end. */
const END_OF_EMAIL = lazyPattern(`(?<=${LOCAL_CHARACTER})@${DOMAIN}`, 'u');

/** What people write between the digits of a phone number: spaces, dots, slashes, dashes, brackets. */
const PHONE_GAP = String.raw`[\s./_·*\p{Pd}\u2212\p{Ps}\p{Pe}]{0,6}`;
/** A number behind `+` or `00`, which do not stand behind a letter or a digit. */
const INTERNATIONAL_WITHIN = lazyPattern(
  String.raw`(?<![\p{L}\p{N}])(?<begin>\+[\s(]{0,3}|00)(?<number>${PHONE_GAP}[1-9](?:${PHONE_GAP}\d){${MIN_DIGITS - 1},${MAX_DIGITS}})`,
  'gu',
);
/** Whether a number may end here: no further digit follows at once. */
const NUMBER_ENDS = /\d(?!\d)/g;
/** Thousands in groups, or several amounts. */
const LIKE_AN_AMOUNT = /^\d{1,3}(?:[ .]\d{3})+$|\d\.\d\d? ?\//;
/** A coordinate in degrees. */
const COORDINATE = /^\d{1,3}\.\d{1,7}$/;
/** More of them are not made by accident, and reading each takes time. */
const MAX_INTERNATIONAL = 20;

function hasInternationalPhone(decoded: string, _: OwnPhones, place: Place): boolean {
  if (!decoded.includes('+') && !decoded.includes('00')) return false;
  let count = 0;
  for (const found of decoded.matchAll(INTERNATIONAL_WITHIN())) {
    const { index, groups: { begin = '', number = '' } = {} } = found;
    count += 1;
    if (count > MAX_INTERNATIONAL) return true;
    if (place === 'id or URL' && begin === '00' && isOfId(decoded.slice(0, index), number)) continue;
    if (isInternational(begin, number)) return true;
  }
  return false;
}

/** What ends with a part of an id, whose next part begins with zeros. */
const WITHIN_ID = lazyPattern(String.raw`[\p{L}\p{N}]\p{Pd}$`, 'u');
/** What ends within a path. */
const WITHIN_PATH = /[./_]$/;
/** What people put between the digits of a phone number, and programs not between those of an id. */
const SPACE_OR_BRACKET = lazyPattern(String.raw`[\s\p{Ps}\p{Pe}]`, 'u');
/** As a phone number begins in groups: with its calling code alone. */
const CALLING_CODE = /^(?:[17]|[2-9]\d{1,2})(?!\d)/;

/**
 * Whether a number behind 00 is that of an order or a product, such as `INV-002783-6312` or `00-4930-901820`. A phone
 * number does not continue an id; and if nothing but dashes and the like stands between its digits, its calling code
 * comes right behind 00, and nothing behind it.
 */
function isOfId(before: string, number: string): boolean {
  if (WITHIN_ID().test(before)) return true;
  if (SPACE_OR_BRACKET().test(number)) return false;
  const isWhole = isInternationalNumber(number.replace(/\D+/g, ''), true);
  return WITHIN_PATH.test(before) || !CALLING_CODE.test(number) || !isWhole;
}

/** Whether what follows a `+` or `00` begins with a phone number; other numbers may stand behind it. */
function isInternational(begin: string, number: string): boolean {
  // Ids begin with zeros, too, and amounts are added up.
  const isDoubtful = begin !== '+' && begin !== '+(';
  for (const { index } of number.matchAll(NUMBER_ENDS)) {
    const written = number.slice(0, index + 1);
    if (COORDINATE.test(written) || (begin === '00' && /^\d+$/.test(written))) continue;
    const digits = written.replace(/\D+/g, '');
    if (isInternationalNumber(digits, isDoubtful || LIKE_AN_AMOUNT.test(written))) return true;
  }
  return false;
}

/** A kind of personal data in texts. */
interface Kind {
  /** What it is; for documentation. */
  readonly name: string;
  /** Whether it is looked for only in texts of a person's own words, not in ids and URLs. */
  readonly onlyInFreeText: boolean;
  readonly examples: readonly string[];
  /** Whether it is in a text as it was decoded. */
  readonly isIn: (decoded: string, phones: OwnPhones, place: Place) => boolean;
}

/** The phone number of the event in the examples of {@link PERSONAL_DATA}. */
export const PHONE_OF_EXAMPLES = '+1 415 555 0100';

/** All that is looked for. */
export const PERSONAL_DATA: readonly Kind[] = [
  {
    name: 'an email address',
    onlyInFreeText: false,
    examples: [
      'for jane@example.com',
      'mail=jane%40example.com',
      'jane＠example。com',
      'jane@exam\u00adple.com',
      'jane&#64;example.com',
      String.raw`jane\u0040example.com`,
    ],
    isIn: (decoded) => decoded.includes('@') && END_OF_EMAIL().test(decoded),
  },
  {
    name: 'a phone number with its country code',
    onlyInFreeText: false,
    examples: [
      '+44 20 7946 0958',
      '+ 44 20 7946 0958',
      '0044 20 7946 0958',
      '%2B442079460958',
      '&#43;442079460958',
      String.raw`\u002B442079460958`,
    ],
    isIn: hasInternationalPhone,
  },
  {
    name: "one of the event's own phone numbers, in full",
    onlyInFreeText: false,
    examples: ['order 4155550100', '(415) 555-0100', '1.415.555.0100', '٤١٥٥٥٥٠١٠٠'],
    isIn: hasOwnPhone,
  },
  {
    name: 'the last seven digits of one, on their own',
    onlyInFreeText: true,
    examples: ['call 555-0100'],
    isIn: hasLocalPhone,
  },
  {
    name: 'a payment card number',
    onlyInFreeText: true,
    examples: ['4111 1111 1111 1111', '5555-5555-5555-4444', '4111–1111–1111–1111', '378282246310005'],
    isIn: hasCard,
  },
];

/** What is searched: words of a person, or an id or a URL. */
export type Place = 'free text' | 'id or URL';

/** Whether a text holds personal data. A number is searched as an amount: only for a whole number of a phone or a card. */
export function isPersonal(value: string | number, phones: OwnPhones, place: Place): boolean {
  if (typeof value === 'number')
    return isOwnPhone(value, phones) || (place === 'free text' && value >= 1e13 && isCard(String(value)));
  if (!isSuspicious(value, phones, place)) return false;
  const decoded = decodeText(value);
  return PERSONAL_DATA.some(
    ({ onlyInFreeText, isIn }) => !(onlyInFreeText && place !== 'free text') && isIn(decoded, phones, place),
  );
}

// Codes of characters.
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const PLUS = 0x2b;
const ZERO = 0x30;
const NINE = 0x39;
const AT = 0x40;
const BACKSLASH = 0x5c;
const TILDE = 0x7e;
const FIRST_VISIBLE = 0x20;

/** How many digits in a row make a number with its country code, and the number of a card. */
const INTERNATIONAL_DIGITS = 9;
const CARD_DIGITS = 14;
/** How many characters may stand between two of these digits. */
const MAX_GAP = 6;

/**
 * Whether a text must be searched. One look at each character clears most texts: they have nothing of an address, no
 * `+`, no escape, nothing beyond ASCII, the last seven digits of none of these phone numbers, and not digits enough for
 * a number that begins with 00 or for a card.
 */
function isSuspicious(text: string, phones: OwnPhones, place: Place): boolean {
  const mayBeCard = place === 'free text';
  let isSuspect = false;
  let lastSeven = 0;
  /** Of the digits that stand together: how many there are, where they begin and where the last one is. */
  let count = 0;
  let begin = 0;
  let last = -MAX_GAP - 2;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Most are letters; then digits. The branches stand in this order for speed.
    if (code > BACKSLASH && code <= TILDE) continue;
    if (code > AT && code < BACKSLASH) continue;
    if (code >= ZERO && code <= NINE) {
      lastSeven = ((lastSeven * 10) % TAIL) + code - ZERO;
      if (at - last > MAX_GAP + 1) {
        count = 0;
        begin = at;
      }
      last = at;
      count += 1;
      if (count < MIN_DIGITS) continue;
      isSuspect ||= phones.has(lastSeven) || (mayBeCard && count === CARD_DIGITS);
      if (count === INTERNATIONAL_DIGITS) isSuspect ||= text.startsWith('00', begin);
    } else
      isSuspect ||=
        code > PLUS
          ? code >= AT
          : code === PLUS ||
            code === PERCENT ||
            code < FIRST_VISIBLE ||
            (code === AMPERSAND && isHtmlEscape(text, at + 1));
  }
  return isSuspect;
}

/**
 * Whether what stands behind an `&` makes it an escape that hides an `@`, a `+`, a digit or another escape. In a URL, it
 * usually begins a parameter.
 */
function isHtmlEscape(text: string, at: number): boolean {
  switch (text.charAt(at)) {
    case '#':
      return true;
    case 'a':
      return text.startsWith('amp;', at);
    case 'c':
      return text.startsWith('commat;', at);
    case 'p':
      return text.startsWith('plus;', at);
    default:
      return false;
  }
}

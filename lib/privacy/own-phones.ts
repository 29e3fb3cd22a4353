// The event's own phone numbers, which no text that is sent may contain: whatever stands where a phone number may stand.
import { isSha256 } from '../values/hash';
import { isRecord } from '../values/json';
import { lazyPattern } from '../values/pattern';
import { MAX_DIGITS, MIN_DIGITS, splitNumber, withoutCallingCode, type NumberParts } from '../values/phone';
import { decodeText } from '../values/text';

/** A number that is looked for. */
interface OwnPhone extends NumberParts {
  /** Whether {@link NumberParts.national} is the number, not what is left without what may be a calling code. */
  readonly isWhole: boolean;
  /**
   * Whether it is so uniform that it may stand in any long number (`98 98 98 98`, a till's zeros): then it is found only
   * where no other digits stand beside it.
   */
  readonly isUniform: boolean;
}

/** A remainder of this is the last seven digits. Written out, as V8 takes a power for a double: 6 ns more a digit. */
export const TAIL = 10_000_000;
const tailOf = (digits: string): number => Number(digits.slice(-MIN_DIGITS));

/** Almost every value: a number without letters. */
const ORDINARY = /^\+?[\d ().-]{7,20}$/;
/** Fewer digits are one number. */
const MIN_DIGITS_OF_TWO = 2 * MIN_DIGITS;
/** What stands between two numbers. Dots, dashes, brackets and single spaces stand within one. */
const BETWEEN_NUMBERS = lazyPattern(
  String.raw`[^\d\s().+\p{Pd}\u2212]+|\s\p{Pd}\s|\s\s+|(?=\+)|\s(?=00[1-9])`,
  'u',
);
/** How deep values are looked into. */
const MAX_DEPTH = 4;

/** The same digit again and again, or the same two. */
const UNIFORM = /^(.)\1*(?:(?!\1)(.)(?:\1|\2)*)?$/;

/** The numbers of an event. */
export class OwnPhones {
  /** By their last seven digits, as a number: most texts can be told by these alone. */
  readonly #byTail = new Map<number, OwnPhone[]>();
  /** The first of these. Most events have one, and comparing takes less time than looking it up. */
  #firstTail = -1;

  /**
   * Collects every number of a value: of a text, also of one with several numbers or an extension, of a number, and of
   * all that an array or an object holds.
   */
  collect(value: unknown, depth = 0): void {
    if (typeof value === 'string') this.#collectFromText(value.trim());
    else if (typeof value === 'number') this.#collectFromText(String(value));
    else if (isRecord(value) && depth < MAX_DEPTH)
      for (const item of Object.values(value)) this.collect(item, depth + 1);
  }

  get isEmpty(): boolean {
    return this.#byTail.size === 0;
  }

  /** Whether one of them ends with these seven digits. */
  has(tail: number): boolean {
    return tail === this.#firstTail || (this.#byTail.size > 1 && this.#byTail.has(tail));
  }

  /** Those that end with these seven digits. */
  get(tail: number): readonly OwnPhone[] {
    return this.#byTail.get(tail) ?? [];
  }

  #collectFromText(text: string): void {
    if (ORDINARY.test(text)) {
      const parts = splitNumber(text);
      if (parts && parts.callingCode.length + parts.national.length < MIN_DIGITS_OF_TWO) {
        this.#add(parts);
        return;
      }
    }
    if (text === '' || isSha256(text.toLowerCase())) return;
    const decoded = decodeText(text);
    this.#add(splitNumber(decoded));
    for (const part of decoded.split(BETWEEN_NUMBERS()))
      for (const number of numbersOf(part)) this.#add(splitNumber(number));
  }

  #add(parts: NumberParts | undefined): void {
    if (parts === undefined) return;
    this.#addOne(parts, true);
    // Nothing says whether digits alone begin with a calling code, nor whether it stands there twice.
    const { callingCode, national } = parts;
    const rest = national.startsWith(callingCode) ? withoutCallingCode(national) : undefined;
    if (rest) this.#addOne(rest, false);
  }

  #addOne({ callingCode, national }: NumberParts, isWhole: boolean): void {
    const tail = tailOf(national);
    const others = this.#byTail.get(tail);
    if (others?.some((other) => other.national === national && other.callingCode === callingCode)) return;
    const phone = { callingCode, national, isWhole, isUniform: UNIFORM.test(national) };
    if (others) others.push(phone);
    else this.#byTail.set(tail, [phone]);
    if (this.#firstTail < 0) this.#firstTail = tail;
  }
}

/**
 * Digits of one number; of too many for one, groups that together are long enough for a number, and each group that may
 * be one by itself. A group of seven digits is usually the end of one.
 */
function numbersOf(part: string): readonly string[] {
  if (countDigits(part) <= MAX_DIGITS) return [part];
  const groups = part.split(/\s/);
  const numbers = groups.filter((group) => countDigits(group) > MIN_DIGITS);
  let number = '';
  for (const group of groups) {
    number += group;
    if (countDigits(number) <= MIN_DIGITS + 1) continue;
    numbers.push(number);
    number = '';
  }
  return numbers;
}

const countDigits = (text: string): number => text.replace(/\D+/g, '').length;

/** What may stand between two digits of a number: up to six characters that are neither letters nor digits. */
export const GAP = String.raw`[^\p{L}\p{N}]{0,6}`;
/** A number of seven digits or more anywhere in a text. */
export const LONG_NUMBER_WITHIN = lazyPattern(String.raw`\d(?:${GAP}\d){${MIN_DIGITS - 1},}`, 'gu');

/** Whether one of the numbers is in a text as it was decoded, in whatever way it is written. */
export function hasOwnPhone(decoded: string, phones: OwnPhones): boolean {
  if (phones.isEmpty) return false;
  for (const [written] of decoded.matchAll(LONG_NUMBER_WITHIN())) {
    const digits = written.replace(/\D+/g, '');
    let tail = 0;
    for (let end = 1; end <= digits.length; end += 1) {
      tail = (tail * 10 + Number(digits[end - 1])) % TAIL;
      if (end < MIN_DIGITS) continue;
      for (const phone of phones.get(tail))
        if (phone.isUniform ? isAlone(phone, decoded) : digits.endsWith(phone.national, end)) return true;
    }
  }
  return false;
}

/** Whether a number stands in a text with no digits beside it but those that are dialled before it. */
function isAlone({ callingCode, national }: OwnPhone, decoded: string): boolean {
  // A till's zeros or nines are in many numbers that begin with another digit.
  const isRepeated = national.replaceAll(national.charAt(0), '') === '';
  const anyCode = isRepeated ? '' : String.raw`\d{0,3}`;
  const before = `(?:00|0)?${GAP}${callingCode === '' ? anyCode : `(?:${callingCode})?`}${GAP}0?${GAP}`;
  return new RegExp(String.raw`(?<!\d)${before}${Array.from(national).join(GAP)}(?!\d)`, 'u').test(decoded);
}

/** Whether the last seven digits of a number, as they are dialled within a town, are all that is written of a number. */
export function hasLocalPhone(decoded: string, phones: OwnPhones): boolean {
  if (phones.isEmpty) return false;
  for (const [written] of decoded.matchAll(LONG_NUMBER_WITHIN())) {
    const digits = written.replace(/\D+/g, '');
    if (digits.length === MIN_DIGITS && !UNIFORM.test(digits) && phones.has(Number(digits))) return true;
  }
  return false;
}

/** The least amount that is looked at: one of seven digits is a price somewhere. */
const MIN_NUMBER = 10 ** MIN_DIGITS;

/** Whether an amount is one of the numbers, whole, with or without its calling code. */
export function isOwnPhone(amount: number, phones: OwnPhones): boolean {
  if (Math.abs(amount) < MIN_NUMBER || !Number.isSafeInteger(amount)) return false;
  const digits = String(Math.abs(amount));
  return phones
    .get(tailOf(digits))
    .some(
      ({ national, isWhole }) =>
        isWhole &&
        national.length > MIN_DIGITS &&
        digits.endsWith(national) &&
        digits.length - national.length <= 3,
    );
}

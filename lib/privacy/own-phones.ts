// The event's own phone numbers, which no text that is sent may contain: whatever stands where a phone number may stand.
import { isSha256 } from '../values/hash';
import { isRecord } from '../values/json';
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

/** By their last seven digits, as a number: most texts can be told by these alone. */
export type OwnPhones = ReadonlyMap<number, readonly OwnPhone[]>;
export type CollectedPhones = Map<number, OwnPhone[]>;

export const TAIL = 10 ** MIN_DIGITS;
const tailOf = (digits: string): number => Number(digits.slice(-MIN_DIGITS));

/** Almost every value: a number without letters. */
const ORDINARY = /^\+?[\d ().-]{7,20}$/;
/** Fewer digits are one number. */
const MIN_DIGITS_OF_TWO = 2 * MIN_DIGITS;
/** What stands between two numbers. Dots, dashes, brackets and single spaces stand within one. */
const BETWEEN_NUMBERS = /[^\d\s().+\p{Pd}\u2212]+|\s\p{Pd}\s|\s\s+|(?=\+)|\s(?=00[1-9])/u;
/** How deep values are looked into. */
const MAX_DEPTH = 4;

/**
 * Collects every number of a value: of a text, also of one with several numbers or an extension, of a number, and of
 * all that an array or an object holds.
 */
export function collectPhones(value: unknown, phones: CollectedPhones, depth = 0): void {
  if (typeof value === 'string') collectFromText(value.trim(), phones);
  else if (typeof value === 'number') collectFromText(String(value), phones);
  else if (isRecord(value) && depth < MAX_DEPTH)
    for (const item of Object.values(value)) collectPhones(item, phones, depth + 1);
}

function collectFromText(text: string, phones: CollectedPhones): void {
  if (text === '' || isSha256(text.toLowerCase())) return;
  const decoded = decodeText(text);
  add(splitNumber(decoded), phones);
  if (ORDINARY.test(decoded) && decoded.replace(/\D+/g, '').length < MIN_DIGITS_OF_TWO) return;
  for (const part of decoded.split(BETWEEN_NUMBERS))
    for (const number of numbersOf(part)) add(splitNumber(number), phones);
}

/** Digits of one number; of too many for one, groups that are long enough for a number each. */
function numbersOf(part: string): readonly string[] {
  if (part.replace(/\D+/g, '').length <= MAX_DIGITS) return [part];
  const numbers: string[] = [];
  let number = '';
  for (const group of part.split(/\s/)) {
    number += group;
    if (number.replace(/\D+/g, '').length <= MIN_DIGITS + 1) continue;
    numbers.push(number);
    number = '';
  }
  return numbers;
}

function add(parts: NumberParts | undefined, phones: CollectedPhones): void {
  if (parts === undefined) return;
  addOne(parts, true, phones);
  // Nothing says whether digits alone begin with a calling code.
  const rest = parts.callingCode === '' ? withoutCallingCode(parts.national) : undefined;
  if (rest) addOne(rest, false, phones);
}

function addOne({ callingCode, national }: NumberParts, isWhole: boolean, phones: CollectedPhones): void {
  const tail = tailOf(national);
  const others = phones.get(tail);
  if (others?.some((other) => other.national === national && other.callingCode === callingCode)) return;
  const phone = { callingCode, national, isWhole, isUniform: isUniform(national) };
  if (others === undefined) phones.set(tail, [phone]);
  else others.push(phone);
}

/** Whether there are fewer than three different digits. */
function isUniform(digits: string): boolean {
  const [first = ''] = digits;
  const others = digits.replaceAll(first, '');
  return others === '' || others.replaceAll(others.charAt(0), '') === '';
}

/** What may stand between two digits of a number: up to six characters that are neither letters nor digits. */
export const GAP = String.raw`[^\p{L}\p{N}]{0,6}`;
/** A number of seven digits or more anywhere in a text. */
export const LONG_NUMBER_WITHIN = new RegExp(String.raw`\d(?:${GAP}\d){${MIN_DIGITS - 1},}`, 'gu');

/** Whether one of the numbers is in a text as it was decoded, in whatever way it is written. */
export function hasOwnPhone(decoded: string, phones: OwnPhones): boolean {
  if (phones.size === 0) return false;
  for (const [written] of decoded.matchAll(LONG_NUMBER_WITHIN)) {
    const digits = written.replace(/\D+/g, '');
    let tail = 0;
    for (let end = 1; end <= digits.length; end += 1) {
      tail = (tail * 10 + Number(digits[end - 1])) % TAIL;
      const found = end >= MIN_DIGITS && phones.get(tail);
      if (!found) continue;
      for (const phone of found)
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
  if (phones.size === 0) return false;
  for (const [written] of decoded.matchAll(LONG_NUMBER_WITHIN)) {
    const digits = written.replace(/\D+/g, '');
    if (digits.length === MIN_DIGITS && !isUniform(digits) && phones.has(Number(digits))) return true;
  }
  return false;
}

/** The least amount that is looked at: one of seven digits is a price somewhere. */
const MIN_NUMBER = 10 ** MIN_DIGITS;

/** Whether an amount is one of the numbers, whole, with or without its calling code. */
export function isOwnPhone(amount: number, phones: OwnPhones): boolean {
  if (Math.abs(amount) < MIN_NUMBER || !Number.isSafeInteger(amount)) return false;
  const digits = String(Math.abs(amount));
  return (phones.get(tailOf(digits)) ?? []).some(
    ({ national, isWhole }) =>
      isWhole &&
      national.length > MIN_DIGITS &&
      digits.endsWith(national) &&
      digits.length - national.length <= 3,
  );
}

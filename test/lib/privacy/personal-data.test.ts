// What tells personal data in a text: nothing may pass that is some, and nothing be held back that is none.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isPersonal } from '../../../lib/privacy/personal-data';
import { traceOf, type PhoneTrace } from '../../../lib/values/phone';

function phone(text: string): PhoneTrace {
  const trace = traceOf(text);
  if (trace === undefined) throw new Error('No phone number');
  return trace;
}

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
/** Seven digits of three kinds at least. */
const seven = digits(7).filter((text) => new Set(text).size > 2);
/** What may stand between two digits, and around them: no digits, and nothing of an address. */
const between = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...Array.from(' .-/()_,;:x\n')),
    fc.constantFrom('–', '\u00a0', '\u200b', 'é'),
  ),
  maxLength: 4,
});
/** The same digit as other scripts write it. */
const wide = (digit: string) =>
  fc.constantFrom(digit, ...[0xff10, 0x660, 0x6f0].map((zero) => String.fromCharCode(zero + Number(digit))));

describe('a text is personal', () => {
  /** A phone number's last seven digits in a text, each written by `write`. */
  const withPhone = (write: (digit: string) => fc.Arbitrary<string>) =>
    fc.tuple(digits(3), seven).chain(([area, tail]) =>
      fc.tuple(
        fc.constant(phone(area + tail)),
        fc
          .tuple(between, ...Array.from(tail).map((digit) => fc.tuple(write(digit), between)), digits(2))
          .map((parts) => parts.flat().join('')),
      ),
    );

  test('with the last seven digits of a phone number, whatever stands between and around them', () => {
    fc.assert(
      fc.property(withPhone(wide), ([number, text]) => {
        expect(isPersonal(text, [phone('+1 201 555 0123'), number])).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('with them in the escapes of a URL, in any script, and beside escapes that are not UTF-8', () => {
    fc.assert(
      fc.property(withPhone(wide), ([number, text]) => {
        const escaped = encodeURIComponent(text);
        expect(isPersonal(escaped, [number])).toBe(true);
        expect(isPersonal(encodeURIComponent(escaped), [number])).toBe(true);
        expect(isPersonal(`100% caf%E9 ${escaped}`, [number])).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    'jane@example.com',
    'for jane.doe+shop@mail.example.com.',
    'a@b.co',
    'mail=jane%40example.com',
    'mail=jane%EF%BC%A0example.com',
    'caf%E9%20jane%40example.com',
    'jane@ex%C3%A4mple.com',
    'jane@ex%E4mple.com',
    'jane＠example.com',
    '+14155550100',
    'call +1 (415) 555-0100',
    'tel=%2B14155550100',
    'tel=%EF%BC%8B14155550100',
  ])('with %j, whosever it is', (text) => {
    expect(isPersonal(text, [])).toBe(true);
    expect(isPersonal(`${'x '.repeat(2000)}${text}`, [])).toBe(true);
  });
});

describe('a text is not personal', () => {
  test('with fewer digits than a phone number has, or with other ones', () => {
    fc.assert(
      fc.property(seven, seven, between, (tail, other, around) => {
        fc.pre(tail !== other);
        expect(isPersonal(around + tail.slice(1) + around, [phone(`415${tail}`)])).toBe(false);
        expect(isPersonal(around + other + around, [phone(`415${tail}`)])).toBe(false);
      }),
    );
  });

  test('with leading zeros missing: 123 is not 0000123', () => {
    expect(isPersonal('123', [phone('4150000123')])).toBe(false);
    expect(isPersonal('0000123', [phone('4150000123')])).toBe(true);
  });

  test.each([
    ...['react@18.2.0', 'i7-8700@3.20GHz', 'logo@2x.webp', 'SALE 2@9.99', '+1.00 / +1.50 / +2.00'],
    ...['Bonus +100 000 000 coins', 'user@host', '@', '100 % cotton', '+1', 'C++', 'café', 'order 5551234'],
  ])('with %j', (text) => {
    expect(isPersonal(text, [phone('+1 415 555 0100')])).toBe(false);
  });
});

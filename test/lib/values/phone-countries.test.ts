// Phone numbers of every country, in all the ways that people write them: the number itself comes out, or none; never
// another one. The numbers are the examples of two libraries, one of which the function does not use.
import '../../../scripts/local/segment/install-globals';
import { describe, expect, test } from '@jest/globals';
import { PhoneNumberFormat, PhoneNumberType, PhoneNumberUtil, type PhoneNumber } from 'google-libphonenumber';
import { getCountries, getCountryCallingCode, isValidPhoneNumber, type CountryCode } from 'libphonenumber-js';
import metadata from 'libphonenumber-js/max/metadata';
import mobileExamples from 'libphonenumber-js/mobile/examples';
import { isWithheld, normalisePhone } from '../../../lib/values/phone';

const google = PhoneNumberUtil.getInstance();

interface Example {
  readonly country: CountryCode;
  readonly callingCode: string;
  /** In E.164. */
  readonly number: string;
  /** Without the calling code. */
  readonly significant: string;
  /** As it is written within the country. */
  readonly national: string;
}

// Not every country has one, whatever the libraries' types say.
const mobileExample = (country: CountryCode): string | undefined => mobileExamples[country];
const fixedExample = (country: CountryCode): PhoneNumber | null =>
  google.getExampleNumberForType(country, PhoneNumberType.FIXED_LINE);

const EXAMPLES: readonly Example[] = getCountries().flatMap((country) => {
  const callingCode = getCountryCallingCode(country);
  const mobile = mobileExample(country);
  const fixed = fixedExample(country);
  const numbers = [
    ...(mobile === undefined ? [] : [`+${callingCode}${mobile}`]),
    ...(fixed === null ? [] : [google.format(fixed, PhoneNumberFormat.E164)]),
  ];
  return [...new Set(numbers)].map((number) => ({
    country,
    callingCode,
    number,
    significant: number.slice(1 + callingCode.length),
    national: google.format(google.parse(number, country), PhoneNumberFormat.NATIONAL),
  }));
});

const WAYS: readonly (readonly [way: string, write: (example: Example) => string])[] = [
  ['E.164', ({ number }) => number],
  ['digits with calling code', ({ number }) => number.slice(1)],
  ['00', ({ number }) => `00${number.slice(1)}`],
  ['national', ({ national }) => national],
  ['a zero after the calling code', ({ callingCode, significant }) => `+${callingCode} 0${significant}`],
  ['one in brackets', ({ callingCode, significant }) => `+${callingCode} (0)${significant}`],
  ['a zero without a plus', ({ callingCode, significant }) => `${callingCode}0${significant}`],
  ['one in brackets without a plus', ({ callingCode, significant }) => `${callingCode} (0) ${significant}`],
  ['an extension', ({ number }) => `${number} ext. 12`],
  ['one in brackets behind it', ({ number }) => `${number} (ext. 12)`],
  ['the calling code twice, both with a plus', ({ callingCode, number }) => `+${callingCode} ${number}`],
  ['a spreadsheet', ({ number }) => `${number.slice(1)}.0`],
];

/** Reads every example, and prints how many come out right, as none, and as another number. */
function readAll(
  title: string,
  write: (example: Example) => string,
  countryOf: (example: Example) => string | undefined,
) {
  const results = EXAMPLES.map((example) => {
    const text = write(example);
    const read = normalisePhone(text.toLowerCase(), countryOf(example));
    return { example, text, read };
  });
  const right = results.filter(({ example, read }) => read === example.number).length;
  const none = results.filter(({ read }) => read === undefined).length;
  console.log(
    `${title}: ${right} of ${results.length} numbers right (${((100 * right) / results.length).toFixed(1)} %), ${none} none`,
  );
  return results.filter(({ example, read }) => read !== undefined && read !== example.number);
}

test('there are examples of every country', () => {
  expect(EXAMPLES.length).toBeGreaterThan(getCountries().length * 1.9);
});

/** The calling codes of no country: services and satellites. */
const NETWORKS = Object.keys(metadata.nonGeographic);

test('a number of a calling code that nobody has is none', () => {
  const isRead = (code: string): boolean => normalisePhone(`+${code}234567`) !== undefined;
  const assigned = [...getCountries().map((country) => getCountryCallingCode(country)), ...NETWORKS];
  expect(assigned.filter((code) => !isRead(code))).toEqual([]);
  const others = Array.from({ length: 800 }, (_, index) => String(200 + index)).filter(
    (code) => !assigned.some((one) => code.startsWith(one)),
  );
  // Reserved for the Vatican and Kazakhstan.
  expect(others.filter(isRead)).toEqual(['379', '997']);
});

describe('with their own country, no number comes out as another one', () => {
  test.each(WAYS)('%s', (way, write) => {
    expect(readAll(`own country, ${way}`, write, ({ country }) => country)).toEqual([]);
  });
});

test('with the calling code twice, a number comes out with it once, unless it is another number as it stands', () => {
  const write = ({ callingCode, number }: Example): string => `+${callingCode}${number.slice(1)}`;
  const wrong = readAll('the calling code twice', write, () => undefined);
  const known = wrong.filter(
    ({ example, text }) => isValidPhoneNumber(text) || !isValidPhoneNumber(example.number),
  );
  expect(wrong).toEqual(known);
  expect(wrong.length).toBeLessThan(10);
});

test('dialled from another country, no number comes out as another one', () => {
  const abroad = ['US', 'GB', 'DE', 'BR', 'IN', 'RU', 'IT'].flatMap((country) =>
    EXAMPLES.filter((example) => example.country === country),
  );
  const results = getCountries().flatMap((country) =>
    abroad.map(({ number }) => {
      // A ~ says where to wait for a tone.
      const text = google.formatOutOfCountryCallingNumber(google.parse(number), country).replace('~', '');
      return { country, text, number, read: normalisePhone(text, country) };
    }),
  );
  const right = results.filter(({ number, read }) => read === number).length;
  console.log(`dialled abroad: ${right} of ${results.length} numbers right`);
  expect(right / results.length).toBeGreaterThan(0.99);
  expect(results.filter(({ number, read }) => read !== undefined && read !== number)).toEqual([]);
});

describe('without a country, no number comes out as another one', () => {
  test.each(WAYS)('%s', (way, write) => {
    const wrong = readAll(`no country, ${way}`, write, () => undefined);
    // Eleven digits that begin with 1 are a number of North America, unless a country is set.
    const known = wrong.filter(({ text }) => way === 'national' && /^1\d{10}$/.test(text.replace(/\D/g, '')));
    expect(wrong).toEqual(known);
  });
});

describe('with the country of another number, nothing invalid comes out', () => {
  const others = ['US', 'DE', 'BR', 'IN', 'IT'] as const;
  test.each(others)('national numbers read as numbers of %s', (other) => {
    const results = EXAMPLES.filter(({ callingCode }) => callingCode !== getCountryCallingCode(other)).map(
      ({ national }) => normalisePhone(national.toLowerCase(), other),
    );
    const read = results.filter((number) => number !== undefined);
    console.log(
      `national numbers of other countries, read as numbers of ${other}: ${read.length} of ${results.length}`,
    );
    for (const number of read) expect([number, isValidPhoneNumber(number)]).toEqual([number, true]);
  });
});

describe('what is left out', () => {
  test.each([
    ['a number that could be Brazilian', '34991234567'],
    ['a number of ten digits', '4155550100'],
  ])('%s (%s), without a country', (_, text) => {
    expect(normalisePhone(text)).toBeUndefined();
  });

  test.each(['+266696687', '00 266 696687', '266696687', 'tel:+8628-2452-253'])(
    'a withheld number (%s)',
    (text) => {
      expect(isWithheld(text)).toBe(true);
    },
  );

  test('without libphonenumber, all that is not plain', () => {
    const library: unknown = Reflect.get(globalThis, 'libphonenumberjslib');
    Reflect.set(globalThis, 'libphonenumberjslib', undefined);
    try {
      expect(normalisePhone('+14155550100')).toBe('+14155550100');
      expect(normalisePhone('+44 (0)20 7946 0958')).toBe('+442079460958');
      expect(normalisePhone('+4402079460958')).toBeUndefined();
      expect(normalisePhone('14155550100')).toBeUndefined();
      expect(normalisePhone('020 7946 0958', 'GB')).toBeUndefined();
    } finally {
      Reflect.set(globalThis, 'libphonenumberjslib', library);
    }
  });
});

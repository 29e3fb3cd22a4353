// Phone numbers: as they are hashed, their countries, and what is looked for in texts.
import '../../../scripts/local/segment/install-globals';
import { describe, expect, test } from '@jest/globals';
import { countryOf, normalisePhone, splitNumber, withoutCallingCode } from '../../../lib/values/phone';

describe('a phone number', () => {
  test.each<[text: string, country: string | undefined, number: string | undefined]>([
    ['+14155550100', undefined, '+14155550100'],
    ['+1 (415) 555-0100', undefined, '+14155550100'],
    ['0014155550100', undefined, '+14155550100'],
    ['14155550100', undefined, '+14155550100'],
    ['14155550100.0', undefined, '+14155550100'],
    ['(415) 555-0100', 'US', '+14155550100'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['+44 (0)20 7946 0958', undefined, '+442079460958'],
    ['+44 020 7946 0958', 'US', '+442079460958'],
    ['+٤٤٢٠٧٩٤٦٠٩٥٨', undefined, '+442079460958'],
    ['+39 06 1234 5678', undefined, '+390612345678'],
    ['+012345678', undefined, undefined],
    ['+123456', undefined, undefined],
    ['+1234567890123456', undefined, undefined],
    ['++14155550100', undefined, undefined],
    ['call me', undefined, undefined],
    ['call me', 'US', undefined],
    ['', undefined, undefined],
  ])('%j of %s', (text, country, number) => {
    expect(normalisePhone(text, country)).toBe(number);
  });
});

describe('a country', () => {
  test.each<[value: unknown, country: string | undefined]>([
    ['US', 'US'],
    [' gb ', 'GB'],
    ['UK', undefined],
    ['USA', undefined],
    ['Germany', undefined],
    [49, undefined],
    [null, undefined],
  ])('%j', (value, country) => {
    expect(countryOf(value)).toBe(country);
  });
});

describe('the digits of a phone number, as they are looked for in texts', () => {
  test.each<[text: string, parts: [callingCode: string, national: string] | undefined]>([
    ['', undefined],
    ['555-010', undefined],
    ['555-0100', ['', '5550100']],
    ['+290501', undefined],
    ['+2905010', ['', '2905010']],
    ['1234567890123456', undefined],
    ['0000000000', ['', '0000000000']],
    ['+1 415 555 0100', ['1', '4155550100']],
    ['14155550100.0', ['', '14155550100']],
    ['00 21 555 5555', ['', '215555555']],
    ['0000012345', ['', '0000012345']],
    ['tel:00376555555', ['', '376555555']],
    ['+44 (0)20 7946 0958', ['44', '2079460958']],
    ['+39 06 1234 5678', ['39', '612345678']],
    ['020 7946 0958', ['', '2079460958']],
    ['+52 1 55 1234 5678', ['521', '5512345678']],
    ['+54 9 11 2345-6789', ['549', '1123456789']],
    ['+1 415 555 0100 ext. 12', ['1', '4155550100']],
  ])('%j', (text, parts) => {
    const [callingCode, national] = parts ?? [];
    expect(splitNumber(text)).toEqual(parts && { callingCode, national });
  });

  test.each([
    ['14155550100', { callingCode: '1', national: '4155550100' }],
    ['4512345678', { callingCode: '45', national: '12345678' }],
    ['5551234', undefined],
  ])('%s without what may be a calling code', (digits, parts) => {
    expect(withoutCallingCode(digits)).toEqual(parts);
  });
});

test('a text longer than a phone number can be is none, however much of it is one', () => {
  expect(normalisePhone(`+14155550100${' '.repeat(88)}`)).toBe('+14155550100');
  expect(normalisePhone(`+14155550100${' '.repeat(89)}`)).toBeUndefined();
});

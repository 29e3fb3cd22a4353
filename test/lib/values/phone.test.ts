// Phone numbers: as they are hashed, their countries, and what is looked for in texts.
import '../../../scripts/local/segment/install-globals';
import { describe, expect, test } from '@jest/globals';
import { countryOf, normalisePhone, traceOf } from '../../../lib/values/phone';

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

describe('what is looked for in texts of a phone number', () => {
  test.each([
    ['', undefined],
    ['555-010', undefined],
    ['0000000000', undefined],
    ['5555555555', undefined],
    ['+1 415 555 0100', { tail: '5550100', lastSeven: 5550100 }],
    ['14155550100.0', { tail: '5550100', lastSeven: 5550100 }],
    ['+1 415 555 0000', { tail: '4155550000', lastSeven: 5550000 }],
    ['00 21 555 5555', { tail: '215555555', lastSeven: 5555555 }],
    ['0000012345', { tail: '0012345', lastSeven: 12345 }],
    ['tel:00376555555', { tail: '376555555', lastSeven: 6555555 }],
    ['+1 415 000 0123', { tail: '0000123', lastSeven: 123 }],
  ])('%j', (text, trace) => {
    expect(traceOf(text)).toEqual(trace);
  });
});

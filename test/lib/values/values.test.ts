// Raw values become what TikTok accepts, or nothing.
import '../../support/function-globals';
import { describe, expect, test } from '@jest/globals';
import { numberOf } from '../../../lib/values/amount';
import { booleanOf } from '../../../lib/values/boolean';
import { clickIdOf } from '../../../lib/values/click-id';
import { currencyOf } from '../../../lib/values/currency';
import { normaliseEmail } from '../../../lib/values/email';
import { timeOf } from '../../../lib/values/time';

describe('an amount', () => {
  test.each<[value: unknown, number: number | undefined]>([
    [12.5, 12.5],
    [0, 0],
    [-3, -3],
    ['12.50', 12.5],
    [' 12.50 ', 12.5],
    ['+1', 1],
    ['1e3', 1000],
    ['.5', 0.5],
    ['', undefined],
    ['1,250', undefined],
    ['$12.50', undefined],
    ['0x10', undefined],
    ['1-2', undefined],
    ['Infinity', undefined],
    [Infinity, undefined],
    [NaN, undefined],
    [true, undefined],
    [null, undefined],
    [[1], undefined],
  ])('%j', (value, number) => {
    expect(numberOf(value)).toBe(number);
  });
});

describe('yes or no', () => {
  test.each<[value: unknown, boolean: boolean | undefined]>([
    [true, true],
    [false, false],
    [1, true],
    [0, false],
    [' TRUE ', true],
    ['Yes', true],
    ['1', true],
    ['false', false],
    ['NO', false],
    ['0', false],
    ['', undefined],
    ['perhaps', undefined],
    [2, undefined],
    [null, undefined],
    [[true], undefined],
  ])('%j', (value, boolean) => {
    expect(booleanOf(value)).toBe(boolean);
  });
});

describe('a click id', () => {
  test.each<[value: unknown, id: string]>([
    ['E.C.P.abc', 'E.C.P.abc'],
    [' E.C.P.abc ', 'E.C.P.abc'],
    [77, '77'],
    ['https://shop.example.com/?ttclid=E.C.P.abc', 'E.C.P.abc'],
    ['https://shop.example.com/?a=1&ttclid=E.C.P.abc&b=2#top', 'E.C.P.abc'],
    ['?ttclid=a%2Eb', 'a.b'],
    ['https://shop.example.com/', ''],
    ['https://shop.example.com/?ttclid=', ''],
    ['https://shop.example.com/?attclid=x', ''],
    ['', ''],
    [null, ''],
  ])('%j', (value, id) => {
    expect(clickIdOf(value)).toBe(id);
  });
});

describe('a currency', () => {
  test.each<[value: unknown, code: string | undefined]>([
    ['USD', 'USD'],
    [' eur ', 'EUR'],
    ['XYZ', undefined],
    ['$', undefined],
    ['Euro', undefined],
    [840, undefined],
    [null, undefined],
  ])('%j', (value, code) => {
    expect(currencyOf(value)).toBe(code);
  });
});

describe('an email address, in lower case', () => {
  const long = (length: number) => `${'a'.repeat(60)}@${`${'b'.repeat(60)}.`.repeat(3)}`.padEnd(length, 'c');
  test.each([
    ['jane@example.com', true],
    ["o'jane.doe+shop@mail.example.com", true],
    ['jane@exämple.com', true],
    ['jürgen@例え.テスト', true],
    [long(254), true],
    [long(255), false],
    [`${'a'.repeat(64)}@example.com`, true],
    [`${'a'.repeat(65)}@example.com`, false],
    ['jane@localhost', false],
    ['jane@example.c', false],
    ['jane@192.0.2.1', false],
    ['jane@example.com-', false],
    ['jane@@example.com', false],
    ['jane@example..com', false],
    ['@example.com', false],
    ['jane@', false],
    ['jane doe@example.com', false],
    ['jane@example.com, john@example.com', false],
    ['<jane@example.com>', false],
    ['jane\u200b@example.com', false],
    ['', false],
  ])('%j', (text, isAddress) => {
    expect(normaliseEmail(text)).toBe(isAddress ? text : undefined);
  });
});

describe('a time', () => {
  const TEN_FIFTEEN = Date.UTC(2026, 10, 20, 10, 15) / 1000;
  test.each<[value: unknown, seconds: number | undefined]>([
    ['2026-11-20T10:15:00.000Z', TEN_FIFTEEN],
    ['2026-11-20T10:15:00.999Z', TEN_FIFTEEN],
    ['2026-11-20T10:15Z', TEN_FIFTEEN],
    ['2026-11-20t10:15:00z', TEN_FIFTEEN],
    ['2026-11-20 10:15', TEN_FIFTEEN],
    ['2026-11-20T11:15:00+01:00', TEN_FIFTEEN],
    ['2026-11-20T11:15:00+0100', TEN_FIFTEEN],
    ['2026-11-20T11:15:00 +01', TEN_FIFTEEN],
    ['2026-11-20T10:15:00,5Z', TEN_FIFTEEN],
    ['2026-11-20', Date.UTC(2026, 10, 20) / 1000],
    ['2028-02-29', Date.UTC(2028, 1, 29) / 1000],
    [TEN_FIFTEEN, TEN_FIFTEEN],
    [String(TEN_FIFTEEN), TEN_FIFTEEN],
    [TEN_FIFTEEN * 1000 + 999, TEN_FIFTEEN],
    [1e9, 1e9],
    [2e9 - 1, 2e9 - 1],
    [1e9 - 1, undefined],
    [2e9, undefined],
    ['2026-02-29', undefined],
    ['2026-04-31T10:15:00.000Z', undefined],
    ['2026-13-01', undefined],
    ['2026-11-20T25:00Z', undefined],
    ['20/11/2026', undefined],
    ['last Tuesday', undefined],
    ['', undefined],
    [null, undefined],
    [true, undefined],
    [{}, undefined],
  ])('%j', (value, seconds) => {
    expect(timeOf(value)).toBe(seconds);
  });
});

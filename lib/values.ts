// Values as TikTok wants them, from values as people send them. What cannot become its type is `undefined`: it is
// left out, not sent wrong. Zero and false are values.
import { plain } from './privacy';

/**
 * A trimmed string, or the digits of a whole number, and '' for anything else. A number beyond 2^53 has lost digits
 * before it came here, so it is no identifier any more.
 */
export const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.trim()
    : Number.isSafeInteger(value) && Number(value) >= 0
      ? String(value)
      : '';

/** The text where it matches, and nothing otherwise. */
export const matching = (text: string, pattern: RegExp): string | undefined =>
  pattern.test(text) ? text : undefined;

/** The text where there is any. */
export const some = (text: string): string | undefined => text || undefined;

/** A finite number, or a string that is one (`"12.50"`, not `"$12.50"` and not `"1,250"`). */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^[-+.\de]+$/i.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** `true`, `false`, 1, 0, or a word for one of them. */
export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = textOf(value);
  return /^(?:true|yes|1)$/i.test(text) || (/^(?:false|no|0)$/i.test(text) ? false : undefined);
}

let currencies: ReadonlySet<string> | undefined;

/** An ISO 4217 code, upper-case. */
export function currencyOf(value: unknown): string | undefined {
  const code = textOf(value).toUpperCase();
  currencies ??= new Set(Intl.supportedValuesOf('currency'));
  return currencies.has(code) ? code : undefined;
}

/** A TikTok click id: as it is, or out of the `ttclid` of the URL that it came with. */
export function clickIdOf(value: unknown): string | undefined {
  const text = textOf(value);
  return /[/?#=:\s]/.test(text) ? plain(/[?&]ttclid=([^&#\s]*)/.exec(text)?.[1] ?? '') : text;
}

/**
 * Whole Unix seconds of a time in ISO 8601 (UTC where it names no zone), or of a Unix time in seconds or milliseconds
 * from 2001 to 2033: a later one may be a phone number.
 */
export function timeOf(value: unknown): number | undefined {
  const number = numberOf(value) ?? 0;
  const unit = [1, 1000].find((one) => number >= 1e9 * one && number < 2e9 * one);
  const seconds = Math.floor(unit ? number / unit : parseIso(textOf(value)) / 1000);
  return seconds > 0 ? seconds : undefined;
}

function parseIso(text: string): number {
  // The usual spelling need not be taken apart; the 29th to the 31st are looked at below.
  if (/^\d{4}-\d\d-(?:[01]\d|2[0-8])T\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return Date.parse(text);
  const [, date = '', day, time = '00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-(\d\d))(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?) *(Z|[+-]\d\d(?::?\d\d)?)?)?$/.exec(
      text.toUpperCase(),
    ) ?? [];
  // Date would read the 31st of April as the 1st of May.
  if (new Date(date).getUTCDate() !== Number(day)) return NaN;
  return Date.parse(`${date}T${time.replace(',', '.')}${zone}${zone.length === 3 ? ':00' : ''}`);
}

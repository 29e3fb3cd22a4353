// Times, in whole Unix seconds.
import { numberOf } from './amount';
import { textOf } from './text';

/** From 2001-09-09 to 2033-05-18: a number beyond that may be a phone number. */
const isPlausible = (unixSeconds: number): boolean => unixSeconds >= 1e9 && unixSeconds < 2e9;

/**
 * Whole Unix seconds of a time in ISO 8601 (UTC if it names no zone), or of a Unix time in seconds or milliseconds;
 * `undefined` if it cannot be read.
 */
export function timeOf(value: unknown): number | undefined {
  const seconds = Math.floor(secondsOfUnixTime(value) ?? millisecondsOfIso(textOf(value)) / 1000);
  return seconds > 0 ? seconds : undefined;
}

function secondsOfUnixTime(value: unknown): number | undefined {
  const number = numberOf(value);
  if (number === undefined) return undefined;
  if (isPlausible(number)) return number;
  return isPlausible(number / 1000) ? number / 1000 : undefined;
}

/** The usual spelling, on a day that every month has. */
const USUAL = /^\d{4}-\d\d-(?:[01]\d|2[0-8])T\d\d:\d\d:\d\d\.\d{3}Z$/;

const DATE = String.raw`(?<date>\d{4}-\d\d-(?<day>\d\d))`;
const TIME = String.raw`(?<time>\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)`;
const ZONE = String.raw`(?<zone>Z|[+-]\d\d(?::?\d\d)?)`;
const ISO_8601 = new RegExp(String.raw`^${DATE}(?:[T ]${TIME} *${ZONE}?)?$`);

/** Unix milliseconds, NaN if the text is not such a time. */
function millisecondsOfIso(text: string): number {
  // Date reads it as it is, so it need not be taken apart.
  if (USUAL.test(text)) return Date.parse(text);
  const { date, day, time = '00:00', zone = 'Z' } = ISO_8601.exec(text.toUpperCase())?.groups ?? {};
  // Date would read the 31st of April as the 1st of May.
  if (date === undefined || new Date(date).getUTCDate() !== Number(day)) return NaN;
  const zoneWithMinutes = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone;
  return Date.parse(`${date}T${time.replace(',', '.')}${zoneWithMinutes}`);
}

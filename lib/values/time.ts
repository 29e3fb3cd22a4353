// Times, in whole Unix seconds.
import { textOf } from './text';

/** Before 2010 there was no ad to attribute it to: a smaller number is something else. */
const EARLIEST = Date.UTC(2010) / 1000;
/** No time is longer; what is longer is not searched for one. */
const MAX_LENGTH = 64;
/** Seconds that a time may lie ahead; a later one is something else, a phone number for instance. */
const ONE_YEAR = 366 * 86_400;

/**
 * Whole Unix seconds of a time in ISO 8601 or RFC 2822 (UTC if it names no zone), or of a Unix time in seconds or
 * milliseconds; `undefined` if it cannot be read.
 *
 * @param now Unix milliseconds.
 */
export function timeOf(value: unknown, now: number): number | undefined {
  const text = textOf(value);
  if (text.length > MAX_LENGTH) return undefined;
  const milliseconds = millisecondsOfIso(text) ?? millisecondsOfRfc2822(text);
  if (milliseconds !== undefined) return plausible(milliseconds / 1000, now);
  const number = unixTimeOf(value, text);
  return plausible(number, now) ?? plausible(number / 1000, now);
}

function plausible(unixSeconds: number, now: number): number | undefined {
  const seconds = Math.floor(unixSeconds);
  return seconds >= EARLIEST && seconds <= now / 1000 + ONE_YEAR ? seconds : undefined;
}

/** Seconds or milliseconds, with decimals or an exponent; NaN if it is neither. */
const unixTimeOf = (value: unknown, text: string): number =>
  typeof value === 'number' ? value : /^\+?\d+(?:\.\d*)?(?:e\+?\d+)?$/i.test(text) ? Number(text) : NaN;

/** The usual spelling, on a day that every month has. */
const USUAL = /^\d{4}-\d\d-(?:[01]\d|2[0-8])T\d\d:\d\d:\d\d\.\d{3}Z$/;

const DATE = String.raw`(?<date>\d{4}-\d\d-(?<day>\d\d))`;
const TIME = String.raw`(?<time>\d\d(?::\d\d(?::\d\d(?:[.,]\d+)?)?)?)`;
const ZONE = String.raw`(?<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)`;
const ISO_8601 = new RegExp(String.raw`^${DATE}(?:[T ]${TIME} *${ZONE}?)?$`);
/** The basic format, which has no marks between its parts. */
const BASIC_FORMAT = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?/;
/** A zone's name behind its offset, as some languages print both. */
const ZONE_NAME = /(?<=[+-]\d\d:?\d\d|Z)(?:\[[^\]]*\]| UTC)$/;

/** Unix milliseconds; `undefined` if the text is not such a time, NaN if there is no such day or hour. */
function millisecondsOfIso(text: string): number | undefined {
  // Date reads it as it is, so it need not be taken apart.
  if (USUAL.test(text)) return Date.parse(text);
  const extended = text
    .toUpperCase()
    .replace(ZONE_NAME, '')
    .replace(
      BASIC_FORMAT,
      (_, year, month, day, hour, minute, second = '00') =>
        `${year}-${month}-${day}T${hour}:${minute}:${second}`,
    );
  const { date, day, time = '00:00', zone } = ISO_8601.exec(extended)?.groups ?? {};
  if (date === undefined) return undefined;
  const clock = time.length === 2 ? `${time}:00` : time.replace(',', '.');
  return millisecondsOf(date, Number(day), clock, zone);
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAY = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*, *)?`;
const DAY_OF_MONTH = String.raw`(?<day>\d{1,2}) +(?<month>${MONTHS.join('|')})\w* +(?<year>\d{4})`;
const CLOCK = String.raw`(?<time>\d\d:\d\d(?::\d\d)?)`;
const RFC_2822 = new RegExp(
  String.raw`^${WEEKDAY}${DAY_OF_MONTH} +${CLOCK} *(?<zone>[+-]\d{4}|[a-z]{1,3})?(?: *\([^)]*\))?$`,
  'i',
);
/** RFC 2822, section 4.3. */
const ZONES: Readonly<Record<string, string>> = {
  EST: '-05:00',
  EDT: '-04:00',
  CST: '-06:00',
  CDT: '-05:00',
  MST: '-07:00',
  MDT: '-06:00',
  PST: '-08:00',
  PDT: '-07:00',
};

/** Likewise: `Fri, 20 Nov 2026 10:15:00 GMT`. */
function millisecondsOfRfc2822(text: string): number | undefined {
  const { day, month, year, time, zone } = RFC_2822.exec(text)?.groups ?? {};
  if (day === undefined || month === undefined || year === undefined || time === undefined) return undefined;
  const number = String(MONTHS.indexOf(month.toLowerCase()) + 1).padStart(2, '0');
  return millisecondsOf(`${year}-${number}-${day.padStart(2, '0')}`, Number(day), time, zone?.toUpperCase());
}

const UTC_ZONE = /^(?:Z|UTC|UT|GMT)$/;

/** Unix milliseconds of a date and a time, in UTC if there is no zone; NaN if there is no such day, hour or zone. */
function millisecondsOf(date: string, day: number, time: string, zone = 'Z'): number {
  // Date would read the 31st of April as the 1st of May.
  if (new Date(date).getUTCDate() !== day) return NaN;
  const offset = UTC_ZONE.test(zone) ? 'Z' : (ZONES[zone] ?? zone.replace(/^([+-]\d\d)$/, '$1:00'));
  return Date.parse(`${date}T${time}${offset}`);
}

// Times, in whole Unix seconds.
import { textOf, withoutQuotes } from './text';

/** Before 2010 there was no ad to attribute it to: a smaller number is something else. */
const EARLIEST = Date.UTC(2010) / 1000;
/** No time is longer; what is longer is not searched for one. */
const MAX_LENGTH = 100;
/** Seconds that a time may lie ahead; a later one is something else, a phone number for instance. */
const ONE_YEAR = 366 * 86_400;

/**
 * Whole Unix seconds of a date with or without a time (UTC if it names no zone), or of a Unix time in seconds or smaller
 * units; `undefined` if it cannot be read without doubt: `11/12/2026` is in November in one country, in December in
 * another.
 *
 * @param now Unix milliseconds.
 */
export function timeOf(value: unknown, now: number): number | undefined {
  const text = textOf(value);
  if (text.length > MAX_LENGTH) return undefined;
  // Date reads it as it is, so it need not be taken apart.
  if (USUAL.test(text)) return plausible(Date.parse(text) / 1000, now);
  return secondsOfUnix(unixTimeOf(value, text), now) ?? plausible(secondsOfDate(text), now);
}

function plausible(unixSeconds: number, now: number): number | undefined {
  const seconds = Math.floor(unixSeconds);
  return seconds >= EARLIEST && seconds <= now / 1000 + ONE_YEAR ? seconds : undefined;
}

/** How many of them are a second: seconds, milliseconds, microseconds, nanoseconds. A number is plausible as one only. */
const UNITS = [1, 1e3, 1e6, 1e9];

function secondsOfUnix(number: number, now: number): number | undefined {
  for (const unit of UNITS) {
    const seconds = plausible(number / unit, now);
    if (seconds !== undefined) return seconds;
  }
  return undefined;
}

/** A whole number, or one with decimals or an exponent; NaN if it is neither. */
const unixTimeOf = (value: unknown, text: string): number =>
  typeof value === 'number' ? value : /^\+?\d+(?:\.\d*)?(?:e\+?\d+)?$/i.test(text) ? Number(text) : NaN;

/** The usual spelling, on a day that every month has. */
const USUAL = /^\d{4}-\d\d-(?:[01]\d|2[0-8])T\d\d:\d\d:\d\d\.\d{3}Z$/;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const YEAR = String.raw`(?<year>\d{4})`;
const MONTH = String.raw`(?<month>\d\d?)`;
const MONTH_NAME = `(?<month>${MONTHS.join('|')})[a-z]*`;
const DAY = String.raw`(?<day>\d\d?)`;
const WEEKDAY = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? *)?';
const CLOCK = String.raw`(?<hour>\d\d?)(?::(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,]\d+)?)?)?(?: ?(?<half>[ap])m)?`;
/** An offset, which many languages print with the zone's name behind it. */
const OFFSET = String.raw`(?:utc|gmt)?(?<offset>[+-]\d\d(?::?\d\d)?)(?:\[[^\]]*\]| ?\([^)]*\)| [a-z]{3,5})?`;
const ZONE = String.raw`(?:${OFFSET}|(?<zone>[a-z]{1,3})(?:\[[^\]]*\]| utc)?)`;
const TIME = `${CLOCK}(?: ?${ZONE})?`;

/** How dates are written whose day and month cannot be mistaken for each other. */
const DATES = [
  // ISO 8601, also with other marks: 2026-11-20T10:15:00+01:00, 2026/11/20 10:15
  String.raw`${YEAR}(?<mark>[-/.])${MONTH}\k<mark>${DAY}(?:(?:t| )${TIME})?`,
  // Its basic format, which has no marks between the parts: 20261120T101500Z, 20261120101500, 20261120; but 12 digits
  // alone may be a phone number
  String.raw`${YEAR}(?<month>\d\d)(?<day>\d\d)(?!\d{4}$)(?:[t ]?(?<hour>\d\d):?(?<minute>\d\d)(?::?(?<second>\d\d)(?:[.,]\d+)?)?(?: ?${ZONE})?)?`,
  // RFC 2822: Fri, 20 Nov 2026 10:15:00 GMT; 20-Nov-2026
  `${WEEKDAY}${DAY}[ -]${MONTH_NAME}[ -]${YEAR}(?:,? ${TIME})?`,
  // JavaScript and people: Fri Nov 20 2026 10:15:00 GMT+0100 (CET); Nov 20, 2026, 10:15 AM
  `${WEEKDAY}${MONTH_NAME} ${DAY},? ${YEAR}(?:,? ${TIME})?`,
  // Unix: Fri Nov 20 10:15:00 UTC 2026
  `${WEEKDAY}${MONTH_NAME} ${DAY} ${TIME} ${YEAR}`,
].map((pattern) => new RegExp(`^${pattern}$`, 'i'));

/** Unix seconds; NaN if the text is not a date, or if its day, hour or zone does not exist. */
function secondsOfDate(text: string): number {
  const plain = withoutQuotes(text).replace(/\s+/g, ' ').replaceAll('\u2212', '-');
  for (const pattern of DATES) {
    const { groups } = pattern.exec(plain) ?? {};
    if (groups) return secondsOf(groups);
  }
  return NaN;
}

type Parts = Readonly<Partial<Record<string, string>>>;

function secondsOf({
  year,
  month = '',
  day,
  hour = '',
  minute = '',
  second = '',
  half,
  ...zone
}: Parts): number {
  const monthIndex = (MONTHS.indexOf(month.toLowerCase()) + 1 || Number(month)) - 1;
  const date = new Date(Date.UTC(Number(year), monthIndex, Number(day)));
  // Date reads the 31st of April as the 1st of May.
  const isDay = date.getUTCMonth() === monthIndex;
  const seconds = hoursOf(Number(hour), half) * 3600 + Number(minute) * 60 + Number(second);
  const isTime = Number(minute) < 60 && Number(second) < 60 && seconds <= 86_400;
  return isDay && isTime ? date.getTime() / 1000 + seconds - secondsOfZone(zone) : NaN;
}

/** @param half `a` or `p`, of a clock with 12 hours. */
function hoursOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return NaN;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** RFC 2822, section 4.3: hours from UTC. */
const ZONES: Readonly<Record<string, number>> = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
};

/** No zone is farther from UTC: that of the Line Islands. */
const MAX_HOURS_OF_ZONE = 14;

/** Seconds from UTC; NaN if the zone does not exist. */
function secondsOfZone({ offset, zone = 'Z' }: Parts): number {
  if (offset === undefined) return (ZONES[zone.toUpperCase()] ?? NaN) * 3600;
  const digits = offset.replace(/\D/g, '');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > MAX_HOURS_OF_ZONE || minutes > 59) return NaN;
  const seconds = hours * 3600 + minutes * 60;
  return offset.startsWith('-') ? -seconds : seconds;
}

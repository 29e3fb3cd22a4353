// Times, in whole Unix seconds.
import { decodeText, textOf, withoutQuotes } from './text';

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

const NUMBER = /^\+?\d+(?:\.\d*)?(?:e\+?\d+)?$/i;
/** As .NET writes a time in JSON: `/Date(1795169700000+0100)/`. The zone is where it was written, and changes nothing. */
const OF_DOTNET = /^\/Date\((\d+)(?:[-+]\d{4})?\)\/$/;

/** A whole number, or one with decimals or an exponent; NaN if it is neither. */
const unixTimeOf = (value: unknown, text: string): number =>
  typeof value === 'number' ? value : Number(NUMBER.test(text) ? text : (OF_DOTNET.exec(text)?.[1] ?? NaN));

/** The usual spelling, on a day that every month has. */
const USUAL = /^\d{4}-\d\d-(?:[01]\d|2[0-8])T\d\d:\d\d:\d\d\.\d{3}Z$/;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const YEAR = String.raw`(?<year>\d{4})`;
const MONTH = String.raw`(?<month>\d\d?)`;
/** In many languages it begins like this; only the Finnish November begins like March. */
const MONTH_NAME = String.raw`(?<month>(?!marras)(?:${MONTHS.join('|')}))[a-z]*\.?`;
const DAY = String.raw`(?<day>\d\d?)`;
/** Beside the name of a month, it may be an ordinal: `20th`, `20.` */
const NUMBERED_DAY = String.raw`${DAY}(?:st|nd|rd|th|\.)?`;
const WEEKDAY = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? *)?`;
const HALF = String.raw`(?: ?(?<half>[ap])\.?m\.?)?`;
const CLOCK = String.raw`(?<hour>\d\d?)(?::(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,]\d+)?)?)?${HALF}`;
/** One digit only behind the name of Greenwich's: `GMT+1`. */
const HOURS = String.raw`(?<sign>[-+])(?<zoneHour>\d\d|(?<=(?:utc|gmt)[-+])\d)`;
/** An offset, which many languages print with the zone's name behind it, and Go with its own clock behind that. */
const OFFSET = String.raw`(?:utc|gmt)?${HOURS}(?::?(?<zoneMinute>\d\d))?(?:\[[^\]]*\]| ?\([^)]*\)| [a-z]{3,5}(?: m=[-+][\d.]+)?)?`;
const ZONE = String.raw`(?:${OFFSET}|(?<zone>[a-z]{1,5})(?:\[[^\]]*\]| utc)?)`;
const TIME = `${CLOCK}(?: ?${ZONE})?`;
/** What stands between a date and its time: a space, a comma, `at`. */
const BETWEEN = ',?(?: at)? ';

/** How dates are written whose day and month cannot be mistaken for each other. */
const DATES = [
  // ISO 8601, also with other marks: 2026-11-20T10:15:00+01:00, 2026/11/20 10:15
  String.raw`${YEAR}(?<mark>[-/.])${MONTH}\k<mark>${DAY}(?:(?:t|${BETWEEN})${TIME})?`,
  // Its basic format, which has no marks between the parts: 20261120T101500Z, 20261120101500, 20261120; but 12 digits
  // alone may be a phone number
  String.raw`${YEAR}(?<month>\d\d)(?<day>\d\d)(?!\d{4}$)(?:[t ]?(?<hour>\d\d):?(?<minute>\d\d)(?::?(?<second>\d\d)(?:[.,]\d+)?)?(?: ?${ZONE})?)?`,
  // RFC 2822: Fri, 20 Nov 2026 10:15:00 GMT; 20-Nov-2026, 20. November 2026
  `${WEEKDAY}${NUMBERED_DAY}[- /]${MONTH_NAME}[- /]${YEAR}(?:${BETWEEN}${TIME})?`,
  // JavaScript and people: Fri Nov 20 2026 10:15:00 GMT+0100 (CET); Nov 20, 2026, 10:15 AM
  `${WEEKDAY}${MONTH_NAME} ${NUMBERED_DAY},? ${YEAR}(?:${BETWEEN}${TIME})?`,
  // Unix: Fri Nov 20 10:15:00 UTC 2026
  `${WEEKDAY}${MONTH_NAME} ${DAY} ${TIME} ${YEAR}`,
].map((pattern) => new RegExp(`^${pattern}$`, 'i'));

/** Two programs that both say UTC: `+00:00Z`. */
const ZERO_AND_Z = /(?<=[-+]00:?00)z/i;

/** Unix seconds; NaN if the text is not a date, or if its day, hour or zone does not exist. */
function secondsOfDate(text: string): number {
  const plain = withoutQuotes(decodeText(text))
    .replace(/\s+/g, ' ')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(ZERO_AND_Z, '');
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

/** Hours from UTC: of RFC 2822, section 4.3, and of other zones whose letters stand for no second one, as IST and BST do. */
const ZONES: Readonly<Record<string, number>> = {
  ...{ Z: 0, UT: 0, UTC: 0, GMT: 0 },
  ...{ EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7, AKST: -9, AKDT: -8, HST: -10 },
  ...{ BRT: -3, ART: -3, CLT: -4, CLST: -3, COT: -5, PET: -5 },
  ...{ WET: 0, WEST: 1, CET: 1, CEST: 2, MEZ: 1, MESZ: 2, EET: 2, EEST: 3, MSK: 3 },
  ...{ WAT: 1, CAT: 2, SAST: 2, EAT: 3 },
  ...{ PKT: 5, ICT: 7, WIB: 7, HKT: 8, SGT: 8, PHT: 8, JST: 9, KST: 9 },
  ...{ AWST: 8, ACST: 9.5, ACDT: 10.5, AEST: 10, AEDT: 11, NZST: 12, NZDT: 13 },
};

/** No zone is farther from UTC: that of the Line Islands. */
const MAX_HOURS_OF_ZONE = 14;

/** Seconds from UTC; NaN if the zone does not exist. */
function secondsOfZone({ zone = 'Z', sign, zoneHour, zoneMinute = '' }: Parts): number {
  if (sign === undefined) return (ZONES[zone.toUpperCase()] ?? NaN) * 3600;
  const [hours, minutes] = [Number(zoneHour), Number(zoneMinute)];
  if (hours > MAX_HOURS_OF_ZONE || minutes > 59) return NaN;
  const seconds = hours * 3600 + minutes * 60;
  return sign === '-' ? -seconds : seconds;
}

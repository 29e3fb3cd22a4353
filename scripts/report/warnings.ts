// What is sent, and should be looked at nevertheless.
import type { TikTokEvent } from '../../lib/tiktok/payload';
import { itemsOf, ownProperty } from '../../lib/values/json';
import { nearestOf } from '../../lib/values/nearest';
import { textOf } from '../../lib/values/text';
import { timeOf } from '../../lib/values/time';
import { ATTRIBUTION_WINDOW, RETIRING, STANDARD_EVENTS } from '../local/tiktok/names';
import { countOf } from './count';
import type { Examined } from './examine';
import type { Overruled } from './overruled';
import { sentFrom } from './source';

/** Seconds that a clock may be fast. */
const CLOCK_SKEW = 300;

interface WarningDefinition {
  /** Whether it concerns an event that was delivered. @param now Unix milliseconds. */
  readonly concerns: (examined: Examined, now: number) => boolean | undefined;
  /** For so many events. */
  readonly describe: (count: number) => string;
}

/** What may be wrong with an event that is delivered, by its key in the report. */
export const EVENT_WARNINGS = {
  old: {
    concerns: ({ converted }, now) =>
      converted?.events.some((one) => timeOfConversion(one) < now / 1000 - ATTRIBUTION_WINDOW),
    describe: (count) =>
      `${countOf(count, 'event')} older than 28 days: too old for TikTok to attribute to an ad.`,
  },
  future: {
    concerns: ({ converted }, now) =>
      converted?.events.some((one) => timeOfConversion(one) > now / 1000 + CLOCK_SKEW),
    describe: (count) =>
      `${countOf(count, 'event')} with a time in the future: look at the clock, and at the time zone.`,
  },
  no_zone: {
    concerns: hasTimeWithoutZone,
    describe: (count) =>
      `${countOf(count, 'event')} with a time without a zone. It is read as UTC: send it with its zone, such as +01:00.`,
  },
  negative: {
    concerns: ({ converted }) => converted?.events.some((one) => amountsOf(one).some((amount) => amount < 0)),
    describe: (count) =>
      `${countOf(count, 'event')} with a negative amount, which is sent as it is: a refund is not a conversion.`,
  },
  no_currency: {
    concerns: ({ converted }) =>
      converted?.events.some(({ properties }) => has(properties, 'value') && !has(properties, 'currency')),
    describe: (count) =>
      `${countOf(count, 'event')} with a value without a currency: TikTok needs both to report what ads earn.`,
  },
} as const satisfies Readonly<Record<string, WarningDefinition>>;
export type EventWarning = keyof typeof EVENT_WARNINGS;
export const EVENT_WARNING_KEYS = Object.keys(EVENT_WARNINGS).filter((key): key is EventWarning =>
  Object.hasOwn(EVENT_WARNINGS, key),
);

const has = (object: unknown, key: string): boolean => ownProperty(object, key) !== undefined;

const timeOfConversion = (conversion: object): number => Number(ownProperty(conversion, 'event_time'));

/** The value of a conversion, and the prices of its products. */
function amountsOf({ properties }: TikTokEvent): readonly number[] {
  const prices = (itemsOf(ownProperty(properties, 'contents')) ?? []).map((item) =>
    ownProperty(item, 'price'),
  );
  return [ownProperty(properties, 'value'), ...prices].flatMap((amount) =>
    typeof amount === 'number' ? [amount] : [],
  );
}

function hasTimeWithoutZone({ event, plans, converted }: Examined, now: number): boolean {
  const parameter = plans[0]?.parameters.event.find(({ type }) => type === 'time');
  const text = parameter ? textOf(sentFrom(parameter, event, converted?.leftOut ?? [])?.value) : '';
  // Most times end like this, and need not be read again.
  if (text.endsWith('Z')) return false;
  const time = timeOf(text, now);
  // It has none if the zone that is read into it can be written behind it.
  return time !== undefined && [`${text}Z`, `${text}T00:00Z`].some((zoned) => timeOf(zoned, now) === time);
}

/** What is wrong with a name of TikTok's under which events were sent; `undefined` if nothing is. */
export function describeName(name: string, count: number): string | undefined {
  if (STANDARD_EVENTS.includes(name)) return undefined;
  const sent = `${name} was sent ${countOf(count, 'time')}.`;
  const advice = RETIRING[name];
  if (advice !== undefined) return `${sent} ${advice}.`;
  const nearest = nearestOf(name, STANDARD_EVENTS);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `${sent} It is not one of TikTok's standard events, and ads cannot be optimised for it.${hint}`;
}

/** What a fixed value was sent for, and what to do. */
export const describeOverruled = ({ parameter, sent, source }: Overruled, count: number): string =>
  `${countOf(count, 'event')} sent with the fixed ${parameter} ${sent}, although ${source} is something else. To leave such events out, add to the condition of their entry in Event Mappings: ${source} = ${sent}.`;

/** An entry of Event Mappings that no event used, and the name of an event that was not sent and is much like its own. */
export function describeUnused(label: string, nearest: string | undefined): string {
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `No event used the entry ${label} of Event Mappings.${hint}`;
}

export const TEST_EVENT_CODE =
  'The settings have a Test Event Code: TikTok shows the events under Test Events, and does not count them. Leave it empty for real traffic.';

// Events for the simulation: most can be delivered, and some are bad, each in one of many ways.

/** An event, and what must become of it. */
export interface Expectation {
  readonly event: unknown;
  /** The keys of the conversions that TikTok must have counted in the end, once each; none for a bad event. */
  readonly conversions: readonly string[];
}

/** Identifies a conversion by its `event` and `event_id`. */
export const conversionKey = (name: string, id: string): string => `${name} ${id}`;

/**
 * TikTok refuses an event with this `query`, although it keeps all documented rules. If its words hold the query, they
 * seem to name the first event of the request.
 */
export const REFUSED_QUERY = 'refused by TikTok, whatever index 0 is';

/** Makes two conversions of one event. */
export const EVENT_MAPPINGS = { 'Subscription Created': 'Subscribe, first_subscription' };

const NAMES: readonly (readonly [segment: string, ...tiktok: readonly string[]])[] = [
  ['Order Completed', 'Purchase'],
  ['Product Viewed', 'ViewContent'],
  ['Subscription Created', 'Subscribe', 'first_subscription'],
  ['Form Submitted', 'Lead'],
];

/** Each makes an event bad in another way. */
const FLAWS: readonly ((event: object) => unknown)[] = [
  (event) => ({ ...event, properties: {} }),
  (event) => ({ ...event, properties: { email: 'not an address', phone: 'call me' } }),
  (event) => ({ ...event, timestamp: 'last Tuesday' }),
  (event) => ({ ...event, event: 'Video Playback Started' }),
  (event) => ({ ...event, type: 'identify' }),
  (event) => ({
    ...event,
    event: 'Products Searched',
    properties: { email: 'a@example.com', query: REFUSED_QUERY },
  }),
  () => null,
  () => 7,
];

/**
 * Makes an event.
 *
 * @param bad the share of bad events, from 0 to 1.
 * @param random gives numbers from 0 to 1.
 */
export function makeEvent(number: number, bad: number, random: () => number): Expectation {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const [name = '', ...names] = pick(NAMES) ?? [];
  const id = `event-${number}`;
  const event = {
    type: 'track',
    event: name,
    messageId: id,
    timestamp: '2026-11-20T10:15:00.000Z',
    userId: `customer-${number % 5000}`,
    properties: {
      email: `customer-${number % 5000}@example.com`,
      value: number % 100,
      currency: 'USD',
    },
  };
  if (random() < bad) return { event: pick(FLAWS)?.(event), conversions: [] };
  return { event, conversions: names.map((tiktokName) => conversionKey(tiktokName, id)) };
}

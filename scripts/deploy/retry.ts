// When a request to the Public API is tried again: 429 and 5xx with back-off, as long as Segment asks to wait.
import { setTimeout as sleep } from 'node:timers/promises';

/** The times that a request is sent at most. */
const ATTEMPTS = 5;
const FIRST_WAIT = 500;
/** In milliseconds; who asks for longer is told to come back later. */
export const LONGEST_WAIT = 120_000;
/** As in "Sat, 21 Nov 2026 08:30:00 GMT". */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** A failure that may pass by itself. */
export interface Passing {
  /** What happened, as a sentence. */
  readonly reason: string;
  /** What to throw in the end. */
  readonly error: Error;
  /** What Segment asks to wait, in milliseconds; `undefined` where it does not say. */
  readonly wait: number | undefined;
}

/**
 * Tries until there is a value, a failure that does not pass, or an end to the patience.
 *
 * @param attempt gives a value or a passing failure, and throws what does not pass.
 * @param notify is told of each wait, in milliseconds, and why.
 */
export async function retry<Value>(
  attempt: () => Promise<{ readonly value: Value } | Passing>,
  notify: (wait: number, reason: string) => void,
): Promise<Value> {
  for (let count = 1; ; count += 1) {
    const result = await attempt();
    if ('value' in result) return result.value;
    // The half of it at random: two that failed together do not come back together.
    const backOff = FIRST_WAIT * 2 ** (count - 1) * (0.5 + Math.random() / 2);
    const wait = result.wait ?? backOff;
    if (count >= ATTEMPTS || wait > LONGEST_WAIT) throw result.error;
    notify(wait, result.reason);
    await sleep(wait);
  }
}

/**
 * Reads `Retry-After`: whole seconds, or an HTTP date (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after).
 *
 * @param now in milliseconds since 1970.
 * @returns milliseconds, `undefined` for what is neither.
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  // Date.parse alone reads more than dates: "-1" is a year to it.
  const date = HTTP_DATE.test(header.trim()) ? Date.parse(header) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

// When a request to the Public API is tried again: with back-off, or after the time that Segment asks for.
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a request is sent at most. */
const ATTEMPTS = 5;
/** In milliseconds; each wait is twice as long as the one before. */
const FIRST_WAIT = 500;
/** In milliseconds; if Segment asks for a longer wait, the person is asked to come back later. */
export const LONGEST_WAIT = 120_000;
/** As in "Sat, 21 Nov 2026 08:30:00 GMT". */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** How an attempt ended. */
export type Attempt<Value> = Done<Value> | PassingFailure;

export interface Done<Value> {
  readonly kind: 'done';
  readonly value: Value;
}

/** A failure that may pass by itself. */
export interface PassingFailure<Failure extends Error = Error> {
  readonly kind: 'passing failure';
  /** What happened, as a sentence. */
  readonly reason: string;
  /** What to throw in the end. */
  readonly error: Failure;
  /** How long Segment asks to wait, in milliseconds; `undefined` if it does not say. */
  readonly wait: number | undefined;
}

/** What is reported before a wait. */
export interface Notice {
  /** In milliseconds. */
  readonly wait: number;
  /** What happened, as a sentence. */
  readonly reason: string;
  /** Which attempt comes after the wait; the first one is 1. */
  readonly attempt: number;
  /** How many attempts there are at most. */
  readonly attempts: number;
}

export const done = <Value>(value: Value): Done<Value> => ({ kind: 'done', value });

/** Waits for a number of milliseconds. */
export type Wait = (milliseconds: number) => Promise<unknown>;

/**
 * Tries until an attempt is done, and gives its value.
 *
 * @param attempt throws a failure that does not pass.
 * @param notify is called before each wait.
 * @throws the last attempt's error if all attempts are used up, or Segment asks for too long a wait.
 */
export async function retry<Value>(
  attempt: () => Promise<Attempt<Value>>,
  notify: (notice: Notice) => void,
  wait: Wait = sleep,
): Promise<Value> {
  for (let count = 1; ; count += 1) {
    const result = await attempt();
    if (result.kind === 'done') return result.value;
    // Half of it is random: two clients that failed together do not come back together.
    const backOff = FIRST_WAIT * 2 ** (count - 1) * (0.5 + Math.random() / 2);
    const milliseconds = result.wait ?? backOff;
    if (count >= ATTEMPTS || milliseconds > LONGEST_WAIT) throw result.error;
    notify({ wait: milliseconds, reason: result.reason, attempt: count + 1, attempts: ATTEMPTS });
    await wait(milliseconds);
  }
}

/**
 * Reads `Retry-After`, whole seconds or an HTTP date.
 * RFC 9110, "HTTP Semantics", section "Retry-After": https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 *
 * @param now in milliseconds since 1970.
 * @returns milliseconds, `undefined` for anything else.
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  // Date.parse alone reads more than dates: it takes "-1" for a year.
  const date = HTTP_DATE.test(header.trim()) ? Date.parse(header) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

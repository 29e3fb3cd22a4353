// What becomes of an event, and how Segment is told: the one place that decides what is retried.

/** Why an event was not delivered, in words for the person who reads Segment's Event Delivery page. */
export interface Failure {
  readonly kind: 'unsupported' | 'invalid' | 'retry';
  readonly message: string;
}
export type Outcome = { readonly kind: 'delivered' } | Failure;

export const delivered: Outcome = { kind: 'delivered' };

/** No TikTok event belongs to it: Segment discards the event. */
export const unsupported = (message: string): Failure => ({ kind: 'unsupported', message });
/** It cannot be delivered as it is: Segment discards the event. */
export const invalid = (message: string): Failure => ({ kind: 'invalid', message });
/** It can be delivered later, or when an operator has mended something: Segment tries again for 4 hours. */
export const retry = (message: string): Failure => ({ kind: 'retry', message });

const ERRORS = {
  unsupported: (message: string) => new EventNotSupported(message),
  invalid: (message: string) => new InvalidEventPayload(message),
  retry: (message: string) =>
    typeof RetryError === 'undefined'
      ? Object.assign(new Error(message), { name: 'RetryError' })
      : new RetryError(message),
};

/**
 * Ends a single handler as Segment understands it: returns for a delivered event, throws the class that Segment
 * has for any other outcome.
 *
 * https://segment.com/docs/connections/functions/destination-functions/#errors-and-error-handling
 */
export function settle(outcome: Outcome): void {
  if (outcome.kind !== 'delivered') throw ERRORS[outcome.kind](outcome.message);
}

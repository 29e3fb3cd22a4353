// What becomes of an event, and how Segment is told.

/** Why an event was not delivered. */
export interface Failure {
  /**
   * `unsupported`: no TikTok event belongs to it, and Segment discards it. `invalid`: it cannot be delivered as it is,
   * and Segment discards it. `retry`: it can be delivered later, or when an operator has mended something, and Segment
   * tries again for 4 hours.
   */
  readonly kind: 'unsupported' | 'invalid' | 'retry';
  /** For the person who reads Segment's Event Delivery page. */
  readonly message: string;
}
export type Outcome = { readonly kind: 'delivered' } | Failure;

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

// What becomes of an event, and how Segment is told.

/**
 * By what becomes of an event, the status that Segment knows it by: 200 is delivered, 400 discarded, 500 tried again
 * for 4 hours. `unsupported`: no TikTok event belongs to it. `invalid`: it cannot be delivered as it is. `retry`: it can
 * be delivered later, or when an operator has mended something.
 */
const STATUSES = { delivered: 200, unsupported: 400, invalid: 400, retry: 500 };
type Kind = keyof typeof STATUSES;

export interface Outcome<K extends Kind = Kind> {
  readonly kind: K;
  /** For the person who reads Segment's Event Delivery page; nobody sees that of a delivered event. */
  readonly message: string;
}
/** Why an event was not delivered. */
export type Failure = Outcome<Exclude<Kind, 'delivered'>>;

/** The one of two that decides for an event which became several. */
export const worse = (one: Outcome | undefined, other: Outcome): Outcome =>
  one && STATUSES[one.kind] > STATUSES[other.kind] ? one : other;

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
export function settle({ kind, message }: Outcome): void {
  if (kind !== 'delivered') throw ERRORS[kind](message);
}

/** What `onBatch` returns for an event. */
export interface Status {
  readonly status: number;
  readonly errormessage?: string;
}

/** https://segment.com/docs/connections/functions/destination-functions/#batching-the-destination-function */
export const statusOf = ({ kind, message }: Outcome): Status => ({
  status: STATUSES[kind],
  ...(kind !== 'delivered' && { errormessage: message }),
});

// What becomes of a Segment event, and how it is reported to Segment.

/**
 * The status that `onBatch` gives an event, by its outcome: 200 is delivered, 400 discarded, 500 tried again for 4
 * hours.
 *
 * - `delivered`: TikTok accepted it.
 * - `unsupported`: no TikTok event is mapped to it.
 * - `invalid`: it cannot be delivered as it is.
 * - `retry`: it can be delivered later, or when an operator has fixed something.
 */
const BATCH_STATUSES = { delivered: 200, unsupported: 400, invalid: 400, retry: 500 } as const;
export type OutcomeKind = keyof typeof BATCH_STATUSES;

export interface Outcome {
  readonly kind: OutcomeKind;
  /** For the person who reads Segment's Event Delivery page; that of a delivered event is shown nowhere. */
  readonly message: string;
}

/** Of the outcomes of an event's TikTok events, the one with the highest status: if any must be retried, all are. */
export const moreSevere = (one: Outcome | undefined, other: Outcome): Outcome =>
  one && BATCH_STATUSES[one.kind] > BATCH_STATUSES[other.kind] ? one : other;

const ERRORS = {
  unsupported: (message: string) => new EventNotSupported(message),
  invalid: (message: string) => new InvalidEventPayload(message),
  // Segment goes by the error's name, so that a runtime without the documented class understands it too.
  retry: (message: string) =>
    typeof RetryError === 'undefined'
      ? Object.assign(new Error(message), { name: 'RetryError' })
      : new RetryError(message),
};

/**
 * Ends a single handler: throws the error class that Segment has for each outcome but that of a delivered event.
 *
 * Segment, "Destination Functions", section "Errors and error handling":
 * https://segment.com/docs/connections/functions/destination-functions/#errors-and-error-handling
 */
export function throwUnlessDelivered({ kind, message }: Outcome): void {
  if (kind !== 'delivered') throw ERRORS[kind](message);
}

/** What `onBatch` returns for an event. */
export interface Status {
  readonly status: number;
  readonly errormessage?: string;
}

/**
 * Segment, "Destination Functions", section "Batching the destination function":
 * https://segment.com/docs/connections/functions/destination-functions/#batching-the-destination-function
 */
export const statusOf = ({ kind, message }: Outcome): Status => ({
  status: BATCH_STATUSES[kind],
  ...(kind !== 'delivered' && { errormessage: message }),
});

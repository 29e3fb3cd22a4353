// The outcomes of an event, as Segment's Event Delivery page names them.

export const OUTCOME_NAMES = [
  'Delivered',
  'Retry',
  'Message Rejected',
  'Unsupported Event Type',
  'Bad Request',
  'Timeout',
] as const;
export type OutcomeName = (typeof OUTCOME_NAMES)[number];

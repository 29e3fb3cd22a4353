// What becomes of an event, in the words of Segment's Event Delivery page.

export const OUTCOME_NAMES = [
  'Delivered',
  'Retry',
  'Message Rejected',
  'Unsupported Event Type',
  'Bad Request',
  'Timeout',
] as const;
export type OutcomeName = (typeof OUTCOME_NAMES)[number];

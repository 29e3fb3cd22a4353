// What happens to an event: Segment's names for it, and the words that the commands and the page have in common.

/** As Segment's Event Delivery page names them; the last one is not shown there. */
export const OUTCOME_NAMES = [
  'Delivered',
  'Retry',
  'Message Rejected',
  'Unsupported Event Type',
  'Bad Request',
  'Timeout',
  'Not handed over',
] as const;
export type OutcomeName = (typeof OUTCOME_NAMES)[number];

/** What became of an event, in the words of the commands, their JSON, the page and the documentation. */
export const FATES = ['delivered', 'discarded', 'unsupported', 'retried', 'notHandedOver'] as const;
export type Fate = (typeof FATES)[number];

export const FATE_NAMES: Readonly<Record<Fate, string>> = {
  delivered: 'delivered',
  discarded: 'discarded',
  unsupported: 'unsupported',
  retried: 'retried',
  notHandedOver: 'not handed over',
};

export const FATE_OF: Readonly<Record<OutcomeName, Fate>> = {
  Delivered: 'delivered',
  'Message Rejected': 'discarded',
  'Bad Request': 'discarded',
  'Unsupported Event Type': 'unsupported',
  Retry: 'retried',
  Timeout: 'retried',
  'Not handed over': 'notHandedOver',
};

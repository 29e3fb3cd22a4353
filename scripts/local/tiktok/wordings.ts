// How TikTok words the refusal of an event. The forms are not documented: some have been seen, the others are possible.

/** What is wrong with an event of a request. */
export interface Refusal {
  /** The event's place in the request, from 0. */
  readonly index: number;
  /** How many events the request has. */
  readonly events: number;
  /** The name of the field within the event; empty if the event as a whole is refused. */
  readonly field: string;
  /** What stands there. */
  readonly value: unknown;
  readonly problem: string;
}

export type Wording = (refusal: Refusal) => string;

const fieldOf = ({ field }: Refusal): string => (field === '' ? 'event' : field);
const below = (path: string, { field }: Refusal): string => (field === '' ? path : `${path}.${field}`);
/** Names an index as the local TikTok does by default. */
const withIndex =
  (indexOf: (refusal: Refusal) => number): Wording =>
  (refusal) =>
    `${below(`data[${indexOf(refusal)}]`, refusal)}: ${refusal.problem}`;

export const WORDINGS = {
  'data[3].event_id': withIndex(({ index }) => index),
  'data.3.event_id': (refusal) => `${below(`data.${refusal.index}`, refusal)}: ${refusal.problem}`,
  'index 3': (refusal) => `${fieldOf(refusal)}: ${refusal.problem} (index ${refusal.index})`,
  'without an index': (refusal) => `${fieldOf(refusal)}: ${refusal.problem}`,
  'with a wrong index': withIndex(({ index, events }) => (index + 1) % events),
  'with an index beyond the request': withIndex(({ events }) => events),
  'always with index 0': withIndex(() => 0),
  'with a value': (refusal) =>
    `${below(`data[${refusal.index}]`, refusal)}: ${refusal.problem}, got ${JSON.stringify(refusal.value)}`,
  'with a value before the index': (refusal) =>
    `${fieldOf(refusal)} ${JSON.stringify(refusal.value)}: ${refusal.problem} (index ${refusal.index})`,
  'with a value and no index': (refusal) =>
    `${fieldOf(refusal)}: ${refusal.problem}, got ${JSON.stringify(refusal.value)}`,
} as const satisfies Readonly<Record<string, Wording>>;

// What became of events in the order they came, in a few parts of the same size.
import { FATES, type Fate } from '../local/segment/outcomes';

/** How many events came to each end. */
export type Fates = Readonly<Record<Fate, number>>;

export interface Part extends Fates {
  readonly events: number;
}

/** Mutable, for counting. */
export type Counts<T> = { -readonly [K in keyof T]: T[K] };

export const noFates = (): Counts<Fates> => ({
  delivered: 0,
  discarded: 0,
  unsupported: 0,
  retried: 0,
  notHandedOver: 0,
});

/** How many there are at most. */
const PARTS = 50;

/** Counts in parts whose size doubles whenever there would be more than {@link PARTS}; the last may be smaller. */
export function createTimeline() {
  let parts: Counts<Part>[] = [];
  let size = 1;

  const merge = (one: Part, other: Part | undefined): Counts<Part> => {
    const sum: Counts<Part> = { ...one };
    if (other === undefined) return sum;
    for (const key of ['events', ...FATES] as const) sum[key] += other[key];
    return sum;
  };

  return {
    add(fate: Fate): void {
      let last = parts.at(-1);
      if (last === undefined || last.events === size) {
        if (parts.length === PARTS) {
          parts = parts.flatMap((part, index) => (index % 2 === 0 ? [merge(part, parts[index + 1])] : []));
          size *= 2;
        }
        last = { events: 0, ...noFates() };
        parts.push(last);
      }
      last.events += 1;
      last[fate] += 1;
    },
    parts: (): readonly Part[] => parts,
  };
}

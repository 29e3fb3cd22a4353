// What has become of the same events since the report before, in a byte for each event.
import { FATES, type Fate } from '../../local/segment/outcomes';
import { createBehind, type CountedEvent, type EventsBehind } from '../../report/behind';
import { createGroups } from '../../report/groups';
import type { FileReport } from '../api';

/** What became of each event, in their order. */
export interface Outcomes {
  readonly add: (fate: Fate) => void;
  readonly at: (index: number) => Fate | undefined;
}

export function createOutcomes(): Outcomes {
  let bytes = new Uint8Array(1024);
  let count = 0;
  return {
    add(fate) {
      if (count === bytes.length) {
        const larger = new Uint8Array(count * 2);
        larger.set(bytes);
        bytes = larger;
      }
      bytes[count] = FATES.indexOf(fate);
      count += 1;
    },
    at: (index) => (index < count ? FATES[bytes[index] ?? 0] : undefined),
  };
}

type Change = Pick<FileReport['changes'][number], 'before' | 'after'>;

/** @param kept how many events are remembered behind each number. */
export function createChanges(kept: number) {
  const groups = createGroups<Change>();
  const behind = createBehind(kept);
  return {
    add(before: Fate, after: Fate, event: () => CountedEvent): void {
      if (before !== after)
        behind.add(
          groups.count(`${before} ${after}`, () => ({ before, after })),
          event,
        );
    },
    /** Most frequent first. */
    list: (): FileReport['changes'] => groups.list(),
    behind: (): EventsBehind => behind.list({ changes: groups.groups() }),
  };
}

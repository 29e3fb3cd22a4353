// What has become of the same events since the report before.
import type { Fate } from '../../local/segment/outcomes';
import { createBehind, type CountedEvent, type EventsBehind } from '../../report/behind';
import { createGroups } from '../../report/groups';
import type { FileReport } from '../api';

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

// The last calls of the function in a workspace, and how many have not ended.
import type { Run } from '../api';
import { latestOf } from '../history';

export interface Runs {
  /** Newest first. */
  readonly list: () => readonly Run[];
  /** How many have begun and not ended. */
  readonly pending: () => number;
  readonly begin: () => void;
  readonly end: () => void;
  /** Keeps a call, with the next number as its id, as long as there is room for it. */
  readonly add: (run: Omit<Run, 'id'>) => Run;
}

export function createRuns(): Runs {
  let runs: readonly Run[] = [];
  let pending = 0;
  let lastId = 0;
  return {
    list: () => runs,
    pending: () => pending,
    begin() {
      pending += 1;
    },
    end() {
      pending -= 1;
    },
    add(run) {
      lastId += 1;
      const added: Run = { id: lastId, ...run };
      runs = latestOf([added, ...runs]);
      return added;
    },
  };
}

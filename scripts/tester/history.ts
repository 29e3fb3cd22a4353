// How many of the last calls are kept, by the server and by the page.
import type { Run } from './api';

const RUNS = 50;
/** Characters of the JSON of all of them together: an event may be large, and its requests are larger. */
const CHARACTERS = 8 * 1024 * 1024;

// A call never changes, so its JSON is measured once.
const sizes = new WeakMap<Run, number>();

function sizeOf(run: Run): number {
  const size = sizes.get(run) ?? JSON.stringify(run).length;
  sizes.set(run, size);
  return size;
}

/** The last calls that there is room for. The newest is always among them. @param runs newest first. */
export function latestOf(runs: readonly Run[]): readonly Run[] {
  let left = CHARACTERS;
  return runs.slice(0, RUNS).filter((run, index) => {
    // Once one is left out, all that are older are left out too.
    left -= sizeOf(run);
    return index === 0 || left >= 0;
  });
}

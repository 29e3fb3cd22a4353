// Runs work side by side, and never more at once than allowed.

/** Runs a piece of work as soon as there is room, and gives its result. */
type RunLimited = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Of the work that waits, what was added last begins first: with batches that are split until they are small, the
 * smallest are finished before the next large one is begun.
 */
export function limitParallel(maxParallel: number): RunLimited {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async (work) => {
    if (running < maxParallel) running += 1;
    // What ends hands its place over.
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await work();
    } finally {
      const begin = waiting.pop();
      if (begin) begin();
      else running -= 1;
    }
  };
}

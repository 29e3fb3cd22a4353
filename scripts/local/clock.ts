// The time of the local services: the machine's, or one that a test makes pass.
import { performance } from 'node:perf_hooks';

export interface Clock {
  /** The time in milliseconds, from any start. */
  readonly now: () => number;
  /** Calls `act` after some milliseconds, unless the function that it returns is called before. */
  readonly schedule: (act: () => void, milliseconds: number) => () => void;
}

export const MACHINE_CLOCK: Clock = {
  now: () => performance.now(),
  schedule(act, milliseconds) {
    const timer = setTimeout(act, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Waits on a clock; for nothing any more if the signal aborts. */
export const wait = (clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = () => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.schedule(end, milliseconds);
    signal.addEventListener('abort', end);
  });

// Reads back what was done: Segment may show it a little later.
import type { Wait } from './retry';
import type { Terminal } from './terminal';

/** How long is waited in all, in milliseconds. */
const PATIENCE = 15_000;
/** The waits between two readings, in milliseconds; all of them together are {@link PATIENCE}. */
const PAUSES = [500, 1000, 1500, 2000, 2500, 3500, 4000];

export interface Waiting {
  readonly terminal: Terminal;
  readonly wait: Wait;
  /** What is waited for; completes `Waiting for Segment to show …`. */
  readonly what: string;
}

/**
 * Reads until what is read is what is waited for, or for 15 s.
 *
 * @returns what was read last.
 */
export async function readUntil<State>(
  read: () => Promise<State>,
  isShown: (now: State) => boolean,
  { terminal, wait, what }: Waiting,
): Promise<State> {
  let now = await read();
  for (const [index, pause] of PAUSES.entries()) {
    if (isShown(now)) break;
    if (index === 0) terminal.print(`Waiting up to ${PATIENCE / 1000} s for Segment to show ${what} …`);
    await wait(pause);
    now = await read();
  }
  return now;
}

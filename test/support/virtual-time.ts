// Time that passes only when nothing else can happen, over real connections: a call that takes 4.5 s takes milliseconds,
// and however busy the machine is, nothing comes too late.
import type { RequestInit } from 'node-fetch';
import type { Clock } from '../../scripts/local/clock';
import type { Globals } from '../../scripts/local/segment/globals';

/** Turns of the event loop, and milliseconds, after which an exchange that nobody works on is not going on any more. */
const QUIET_TURNS = 50;
const QUIET_MILLISECONDS = 100;

interface Timer {
  readonly at: number;
  readonly act: () => void;
}

export interface VirtualTime {
  /** For Segment's runtime, which ends calls. */
  readonly clock: Clock;
  /** For TikTok, whose delays are what requests wait for. */
  readonly tiktokClock: Clock;
  /** The runtime's globals that have to do with time. */
  readonly wrap: (globals: Globals) => Readonly<Record<string, unknown>>;
  /** Waits for as long as a test wants, beside what is going on. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Stops for good: what the function has given up never ends, and the test's process would wait for it. */
  readonly stop: () => void;
}

/**
 * Time stands still while the function or TikTok has something to do. When each request waits for TikTok's delay, it
 * jumps to the next timer, whosever it is; also when a request gets no answer any more, because TikTok is done with it.
 */
export function createVirtualTime(): VirtualTime {
  const start = Date.now();
  let now = start;
  const timers = new Set<Timer>();
  /** Requests that have begun and not ended, and those of them that wait for TikTok's delay. */
  let inFlight = 0;
  let waiting = 0;
  let isPumping = false;
  let isStopped = false;
  let quietTurns = 0;
  let quietSince = performance.now();

  function changed(): void {
    quietTurns = 0;
    quietSince = performance.now();
    if (isPumping) return;
    isPumping = true;
    setImmediate(pump);
  }

  function pump(): void {
    quietTurns += 1;
    const isQuiet = quietTurns > QUIET_TURNS && performance.now() - quietSince > QUIET_MILLISECONDS;
    if (isStopped || inFlight === 0 || (isQuiet && timers.size === 0)) {
      isPumping = false;
      return;
    }
    if (waiting === inFlight || isQuiet) advance();
    setImmediate(pump);
  }

  function advance(): void {
    const [next] = [...timers].sort((one, other) => one.at - other.at);
    if (next === undefined) return;
    timers.delete(next);
    now = Math.max(now, next.at);
    quietTurns = 0;
    next.act();
  }

  function schedule(act: () => void, milliseconds: number): () => void {
    const timer = { at: now + milliseconds, act };
    timers.add(timer);
    return () => {
      timers.delete(timer);
    };
  }

  /** What is scheduled is what a request waits for. */
  function scheduleWaiting(act: () => void, milliseconds: number): () => void {
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      waiting -= 1;
      changed();
    };
    waiting += 1;
    changed();
    const cancel = schedule(() => {
      end();
      act();
    }, milliseconds);
    return () => {
      cancel();
      end();
    };
  }

  class VirtualDate extends Date {
    static override now = () => now;
  }

  /** node-fetch, whose timeout is for the answer to begin, and anew for its body. */
  const fetchWith =
    (fetch: Globals['fetch']): Globals['fetch'] =>
    async (url, { timeout = 0, ...init } = {}) => {
      const controller = new AbortController();
      const abort = () => {
        controller.abort();
      };
      inFlight += 1;
      changed();
      // What node-fetch would have ended by its own timer, it ends in its own words.
      const failWith =
        (type: string) =>
        (error: unknown): never => {
          throw controller.signal.aborted ? Object.assign(new Error(`network timeout`), { type }) : error;
        };
      let cancel = timeout > 0 ? schedule(abort, timeout) : abort;
      const end = () => {
        cancel();
        inFlight -= 1;
        changed();
      };
      try {
        const request: RequestInit = Object.assign({ ...init }, { signal: controller.signal });
        const response = await fetch(url, request);
        cancel();
        if (timeout > 0) cancel = schedule(abort, timeout);
        const text = response.text.bind(response);
        response.text = () => text().catch(failWith('body-timeout')).finally(end);
        return response;
      } catch (error) {
        end();
        return failWith('request-timeout')(error);
      }
    };

  return {
    clock: { now: () => now, schedule },
    tiktokClock: { now: () => now, schedule: scheduleWaiting },
    wrap: ({ fetch }) => ({
      Date: VirtualDate,
      fetch: fetchWith(fetch),
      setTimeout: (act: (value: unknown) => void, milliseconds: number, value: unknown) =>
        schedule(() => {
          act(value);
        }, milliseconds),
      clearTimeout: (cancel: (() => void) | undefined) => cancel?.(),
    }),
    async sleep(milliseconds) {
      inFlight += 1;
      await new Promise<void>((resolve) => scheduleWaiting(resolve, milliseconds));
      inFlight -= 1;
      changed();
    },
    stop() {
      isStopped = true;
    },
  };
}

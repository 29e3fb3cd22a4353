// A network in simulated time with a TikTok behind it: node-fetch and https as a function sees them.
import type { Clock } from '@sinonjs/fake-timers';
import type { Ledger, Ruling, Submission } from '../local/tiktok/ledger';
import { readValidEvents } from '../local/tiktok/rules';
import { PARTIAL_SUCCESS } from '../local/tiktok/names';
import { FAULTS, type Fault } from './faults';

export interface SimulatedNetwork {
  readonly fetch: (url: string, options: FetchOptions) => Promise<SimulatedResponse>;
  readonly https: { readonly Agent: typeof SimulatedAgent };
  readonly requests: () => number;
  /** The largest number of requests in progress at the same time. */
  readonly mostAtOnce: () => number;
}

interface FetchOptions {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeout: number;
  readonly agent?: SimulatedAgent;
}
interface SimulatedResponse {
  readonly status: number;
  readonly text: () => Promise<string>;
}

interface Connection {
  readonly destroy: () => void;
}

/** Keeps connections as Node.js does: those that are not in use are in `freeSockets`. */
class SimulatedAgent {
  readonly freeSockets: { tiktok: Connection[] } = { tiktok: [] };

  /** Takes a connection, and says whether it was a kept one. */
  take(): boolean {
    return this.freeSockets.tiktok.pop() !== undefined;
  }

  keep(): void {
    const connection: Connection = {
      destroy: () => {
        const index = this.freeSockets.tiktok.indexOf(connection);
        if (index >= 0) this.freeSockets.tiktok.splice(index, 1);
      },
    };
    this.freeSockets.tiktok.push(connection);
  }
}

/** Which events of a request TikTok counts, even if its answer does not arrive; `undefined` if none. */
function countedDespite(fault: Fault | undefined, size: number): Fault['counts'] {
  if (fault === undefined) return 'all';
  // A single event cannot be counted in part.
  return fault.counts === 'some' && size === 1 ? 'all' : fault.counts;
}

const fetchError = (type: string, code: string) => Object.assign(new Error('request failed'), { type, code });

/**
 * Makes a network whose requests fail at random.
 *
 * @param failures the share of requests that fail, from 0 to 1.
 * @param random gives numbers from 0 to 1.
 */
export function createSimulatedNetwork(
  ledger: Ledger,
  clock: Clock,
  failures: number,
  random: () => number,
): SimulatedNetwork {
  let requests = 0;
  let atOnce = 0;
  let mostAtOnce = 0;

  function chooseFault(isReused: boolean, size: number, ruling: Ruling): Fault | undefined {
    if (random() >= failures) return undefined;
    const possible = FAULTS.filter(
      ({ code, toReused, toSeveral }) =>
        (isReused || toReused === undefined) &&
        (size > 1 || toSeveral === undefined) &&
        // A request with a single bad event cannot be a partial success.
        (size > 1 || ruling.code === 0 || code !== PARTIAL_SUCCESS),
    );
    return possible[Math.floor(random() * possible.length)];
  }

  async function answer(options: FetchOptions): Promise<SimulatedResponse> {
    const { body, headers, timeout, agent } = options;
    const isReused = agent?.take() ?? false;
    const submission: Submission = {
      token: headers['Access-Token'] ?? '',
      contentType: headers['Content-Type'] ?? '',
      body,
    };
    const size = readValidEvents(body).length;
    const ruling = ledger.judge(submission);
    const fault = chooseFault(isReused, size, ruling);
    const began = clock.now;
    /** Waits, at most for the timeout, which node-fetch applies to the start of the answer and to its end. */
    const wait = async (ms: number, type: string) => {
      await new Promise((resolve) => clock.setTimeout(resolve, Math.min(ms, timeout)));
      if (ms >= timeout) throw fetchError(type, type);
    };

    const which = countedDespite(fault, size);
    if (which !== undefined && (ruling.code === 0 || fault?.code === PARTIAL_SUCCESS)) {
      ledger.count(submission, began, which);
    }

    await wait(fault?.wait ?? 50 + random() * 250, 'request-timeout');
    if (fault?.error !== undefined) throw fetchError('system', fault.error);
    const code = fault?.code ?? ruling.code;
    const message = fault?.message ?? ruling.message;
    const text = fault?.body ?? JSON.stringify({ code, message, request_id: `simulated-${requests}` });
    return {
      status: fault?.status ?? 200,
      text: async () => {
        await wait(fault?.bodyWait ?? 0, 'body-timeout');
        if (fault?.breaksOff !== undefined) throw fetchError('system', 'ERR_STREAM_PREMATURE_CLOSE');
        agent?.keep();
        return text;
      },
    };
  }

  return {
    https: { Agent: SimulatedAgent },
    requests: () => requests,
    mostAtOnce: () => mostAtOnce,
    async fetch(_, options) {
      requests += 1;
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      try {
        return await answer(options);
      } finally {
        atOnce -= 1;
      }
    },
  };
}

// A local copy of Segment's Functions runtime: one environment, in which a destination function lives and is called.
import { AsyncLocalStorage } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';
import { format } from 'node:util';
import { createGlobals } from './globals';
import { HANDLERS, loadFunction } from './load';
import { createNetwork, type Route, type Trace } from './network';

/** What became of an event, in the words of Segment's Event Delivery page. */
export type OutcomeName =
  'Delivered' | 'Retry' | 'Message Rejected' | 'Unsupported Event Type' | 'Bad Request' | 'Timeout';

export interface CallError {
  /** The class of what the handler threw. */
  readonly name: string;
  readonly message: string;
}

export interface Call {
  readonly outcome: OutcomeName;
  /** Why it was not delivered. */
  readonly error?: CallError;
  readonly logs: string;
  readonly traces: readonly Trace[];
  readonly milliseconds: number;
}

export interface Runtime {
  /** Calls the handler for the event's type, with settings of its own. */
  readonly send: (event: unknown, settings: unknown) => Promise<Call>;
  /** The connections that the function has opened so far. */
  readonly connectionsOpened: () => number;
}

export interface RuntimeOptions {
  /** The function's text. */
  readonly code: string;
  /** Where connections go, by host name; there are no other hosts. */
  readonly routes: Readonly<Record<string, Route>>;
  /** Globals to take away or to put another in the place of. */
  readonly globals?: Readonly<Record<string, unknown>>;
}

/** Milliseconds after which Segment ends a call. */
const TIMEOUT = 5000;
/** The editor's tester shows this many bytes of what a function logs. */
const LOG_BYTES = 4096;

/** By the name of what a handler throws; anything else is a Bad Request. */
export const OUTCOMES: ReadonlyMap<string, OutcomeName> = new Map([
  ['RetryError', 'Retry'],
  ['InvalidEventPayload', 'Message Rejected'],
  ['ValidationError', 'Message Rejected'],
  ['EventNotSupported', 'Unsupported Event Type'],
]);

/** What is kept of a call while it runs. */
interface Recording {
  logs: string;
  readonly traces: Trace[];
}

/**
 * Makes an environment and loads the function.
 *
 * @throws what the function's text throws when it is loaded.
 */
export function createRuntime({ code, routes, globals = {} }: RuntimeOptions): Runtime {
  const recordings = new AsyncLocalStorage<Recording>();
  const network = createNetwork(routes, (trace) => recordings.getStore()?.traces.push(trace));
  const log = (...values: unknown[]) => {
    const recording = recordings.getStore();
    if (recording !== undefined) recording.logs += `${format(...values)}\n`;
  };
  const { handlers, parse } = loadFunction(code, { ...createGlobals(network, log), ...globals });

  async function call(event: unknown, settings: unknown): Promise<CallError | undefined> {
    const type =
      typeof event === 'object' && event !== null && 'type' in event ? String(event.type) : 'no type';
    const handler = handlers.get(HANDLERS[type] ?? '');
    if (handler === undefined) return { name: 'EventNotSupported', message: `${type} not supported` };
    try {
      await handler(parse(JSON.stringify(event)), parse(JSON.stringify(settings)));
      return undefined;
    } catch (error) {
      return describeThrown(error);
    }
  }

  return {
    connectionsOpened: network.opened,
    async send(event, settings) {
      const recording: Recording = { logs: '', traces: [] };
      const started = performance.now();
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<'timeout'>((resolve) => {
        timer = setTimeout(resolve, TIMEOUT, 'timeout');
      });
      const end = await Promise.race([recordings.run(recording, call, event, settings), timeout]);
      clearTimeout(timer);
      const milliseconds = performance.now() - started;
      return {
        // A handler that blocks keeps the timer from firing, too.
        ...(end === 'timeout' || milliseconds >= TIMEOUT ? TIMED_OUT : describeEnd(end)),
        logs: Buffer.from(recording.logs).subarray(0, LOG_BYTES).toString(),
        traces: recording.traces,
        milliseconds,
      };
    },
  };
}

const TIMED_OUT = {
  outcome: 'Timeout',
  error: { name: 'Timeout', message: `The call took longer than ${String(TIMEOUT)} ms` },
} as const satisfies Pick<Call, 'outcome' | 'error'>;

function describeEnd(error: CallError | undefined): Pick<Call, 'outcome' | 'error'> {
  if (error === undefined) return { outcome: 'Delivered' };
  return { outcome: OUTCOMES.get(error.name) ?? 'Bad Request', error };
}

/** What a handler threw, whichever context it comes from. */
export function describeThrown(thrown: unknown): CallError {
  // An error of the function's own context is no `instanceof Error` here.
  const isError = typeof thrown === 'object' && thrown !== null && 'name' in thrown && 'message' in thrown;
  return isError
    ? { name: String(thrown.name), message: String(thrown.message) }
    : { name: typeof thrown, message: String(thrown) };
}

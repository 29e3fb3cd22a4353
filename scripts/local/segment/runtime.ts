// A local copy of Segment's Functions runtime: an environment that holds a destination function and calls it.
import { AsyncLocalStorage } from 'node:async_hooks';
import { format } from 'node:util';
import { MACHINE_CLOCK, type Clock } from '../clock';
import { createGlobals, type Globals } from './globals';
import { whyNotHandedOver } from './integrations';
import { handlerOf, HANDLERS, loadFunction } from './load';
import { createNetwork, type Route, type Trace } from './network';
import type { OutcomeName } from './outcomes';

interface CallError {
  /** The class of what the handler threw. */
  readonly name: string;
  readonly message: string;
}

/** The outcome of one event. */
export interface Result {
  readonly outcome: OutcomeName;
  /** Why it was not delivered. */
  readonly error?: CallError;
}

/** What is known of a call, whatever its outcome. */
export interface Invocation {
  readonly logs: string;
  readonly traces: readonly Trace[];
  readonly milliseconds: number;
}

export interface Call extends Result, Invocation {}

export interface BatchCall extends Invocation {
  /** One for each event, in order. */
  readonly results: readonly Result[];
}

export interface Runtime {
  /** Parses JSON into a value of the function's own context. */
  readonly parse: (json: string) => unknown;
  /** Calls the handler for the event's type, with copies of the event and the settings. */
  readonly send: (event: unknown, settings: unknown) => Promise<Call>;
  /** Calls `onBatch`, with copies of the events and the settings. */
  readonly sendBatch: (events: readonly unknown[], settings: unknown) => Promise<BatchCall>;
  /** How many connections the function has opened so far. */
  readonly connectionsOpened: () => number;
}

interface RuntimeOptions {
  /** The function's text. */
  readonly code: string;
  /** Its name in Segment, by which an event's `integrations` turn it on and off; `My function` by default. */
  readonly functionName?: string;
  /** Where connections go, by host name; other hosts cannot be reached. */
  readonly routes: Readonly<Record<string, Route>>;
  /** Globals to replace; those that are `undefined` are taken away. */
  readonly globals?: Readonly<Record<string, unknown>>;
  /** Globals to replace by others that are made of them. */
  readonly wrap?: (globals: Globals) => Readonly<Record<string, unknown>>;
  /**
   * Whether the function gets copies, so that it cannot change what it is called with; true by default. Without them,
   * everything should be a value of its own context.
   */
  readonly givesCopies?: boolean;
  /** Measures the time of a call; the machine's clock by default. */
  readonly clock?: Clock;
}

/** Milliseconds after which Segment ends a call. */
export const TIMEOUT = 5000;
/** How many events Segment hands over in a call by default; on request, up to {@link LARGEST_BATCH}. */
export const BATCH = 20;
export const LARGEST_BATCH = 400;
/** The editor's tester shows this many bytes of what a function logs. */
const LOG_BYTES = 4096;

/** The outcome by the name of the error that a handler throws; any other name is a Bad Request. */
export const OUTCOMES: ReadonlyMap<string, OutcomeName> = new Map([
  ['RetryError', 'Retry'],
  ['InvalidEventPayload', 'Message Rejected'],
  ['ValidationError', 'Message Rejected'],
  ['EventNotSupported', 'Unsupported Event Type'],
]);

/** What is recorded of a call while it runs. */
interface Recording {
  logs: string;
  readonly traces: Trace[];
}

/** The recordings of the calls that run, of all environments: Node.js pays for each storage at each promise. */
const recordings = new AsyncLocalStorage<Recording>();
let callsRunning = 0;

/** Runs a call; what is logged and sent in it is recorded. */
async function record<Ending>(recording: Recording, call: () => Promise<Ending>): Promise<Ending> {
  callsRunning += 1;
  try {
    return await recordings.run(recording, call);
  } finally {
    callsRunning -= 1;
    if (callsRunning === 0) recordings.disable();
  }
}

/**
 * Makes an environment and loads the function into it.
 *
 * @throws whatever the function's text throws when it is loaded.
 */
export function createRuntime({
  code,
  functionName = 'My function',
  routes,
  globals = {},
  wrap = () => ({}),
  givesCopies = true,
  clock = MACHINE_CLOCK,
}: RuntimeOptions): Runtime {
  const network = createNetwork(routes, (trace) => recordings.getStore()?.traces.push(trace));
  const log = (...values: unknown[]) => {
    const recording = recordings.getStore();
    if (recording !== undefined) recording.logs += `${format(...values)}\n`;
  };
  const ours = createGlobals(network, log);
  const loaded = loadFunction(code, { ...ours, ...wrap(ours), ...globals });
  const { handlers, parse } = loaded;

  /** Calls a handler, and says how it ended: it returned, it threw, or Segment ended it after 5 s. */
  async function invoke(
    name: string,
    payload: unknown,
    settings: unknown,
  ): Promise<Invocation & { readonly end: End }> {
    const handler = handlerOf(loaded, name);
    const recording: Recording = { logs: '', traces: [] };
    const started = clock.now();
    let cancel: () => void = () => undefined;
    const timeout = new Promise<End>((resolve) => {
      cancel = clock.schedule(() => {
        resolve(TIMED_OUT);
      }, TIMEOUT);
    });
    const run = async (): Promise<End> => {
      try {
        return { kind: 'returned', value: await handler(copy(payload), copy(settings)) };
      } catch (error) {
        return { kind: 'failed', result: resultOf(describeThrown(error)) };
      }
    };
    const end = await record(recording, () => Promise.race([run(), timeout]));
    cancel();
    const milliseconds = clock.now() - started;
    return {
      // A handler that blocks the thread also keeps the timer from firing.
      end: milliseconds >= TIMEOUT ? TIMED_OUT : end,
      logs: Buffer.from(recording.logs).subarray(0, LOG_BYTES).toString(),
      traces: recording.traces,
      milliseconds,
    };
  }

  /** Copies a value into the function's context, as JSON, which has no `undefined`. */
  const copy = (value: unknown): unknown => (givesCopies ? parse(JSON.stringify(value ?? null)) : value);

  return {
    parse,
    connectionsOpened: network.opened,
    async send(event, settings) {
      const result = resultOfWithheld(event);
      if (result !== undefined) return { ...result, ...NO_INVOCATION };
      const given = typeof event === 'object' && event !== null && 'type' in event ? event.type : undefined;
      const type = typeof given === 'string' ? given : 'no type';
      const name = HANDLERS[type] ?? '';
      if (!handlers.has(name)) {
        const error = { name: 'EventNotSupported', message: `${type} not supported` };
        return { ...resultOf(error), ...NO_INVOCATION };
      }
      const { end, ...invocation } = await invoke(name, event, settings);
      return { ...(end.kind === 'returned' ? DELIVERED : end.result), ...invocation };
    },
    async sendBatch(events, settings) {
      const withheld = events.map(resultOfWithheld);
      const handedOver = events.filter((_, index) => withheld[index] === undefined);
      if (handedOver.length === 0 && events.length > 0)
        return { results: withheld.flatMap((result) => result ?? []), ...NO_INVOCATION };
      const { end, ...invocation } = await invoke('onBatch', handedOver, settings);
      const results = resultsOf(end, handedOver.length);
      return {
        results: withheld.map((result) => result ?? results.shift() ?? resultOfStatus(undefined)),
        ...invocation,
      };
    },
  };

  /** The result of an event that Segment does not hand over; `undefined` if it does. */
  function resultOfWithheld(event: unknown): Result | undefined {
    const message = whyNotHandedOver(event, functionName);
    return message === undefined
      ? undefined
      : { outcome: 'Not handed over', error: { name: 'integrations', message } };
  }
}

/** Of an event without a call. */
const NO_INVOCATION: Invocation = { logs: '', traces: [], milliseconds: 0 };

/** The results of a batch: one for each event. */
function resultsOf(end: End, count: number): Result[] {
  const values: readonly unknown[] =
    end.kind === 'returned' && Array.isArray(end.value) && end.value.length === count ? end.value : [];
  return Array.from({ length: count }, (_, index) =>
    end.kind === 'failed' ? end.result : resultOfStatus(values[index]),
  );
}

/** How a handler ended: with a value, or with the same result for every event of the call. */
type End =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly result: Result };

const DELIVERED: Result = { outcome: 'Delivered' };
const TIMED_OUT: End = {
  kind: 'failed',
  result: {
    outcome: 'Timeout',
    error: { name: 'Timeout', message: `The call took longer than ${TIMEOUT} ms` },
  },
};

const resultOf = (error: CallError): Result => ({
  outcome: OUTCOMES.get(error.name) ?? 'Bad Request',
  error,
});

/**
 * The outcome by the status that `onBatch` returns. Segment, "Destination Functions", section "Batching the destination
 * function": https://segment.com/docs/connections/functions/destination-functions/#batching-the-destination-function
 */
const BATCH_OUTCOMES: ReadonlyMap<unknown, OutcomeName> = new Map([
  [200, 'Delivered'],
  [400, 'Message Rejected'],
  [500, 'Retry'],
]);

/** The result of an event from what `onBatch` returned for it. */
export function resultOfStatus(given: unknown): Result {
  const { status, errormessage }: { status?: unknown; errormessage?: unknown } =
    typeof given === 'object' && given !== null ? given : {};
  const outcome = BATCH_OUTCOMES.get(status);
  if (outcome === 'Delivered') return DELIVERED;
  const message =
    outcome === undefined
      ? 'onBatch returned no status of 200, 400 or 500'
      : typeof errormessage === 'string'
        ? errormessage
        : '';
  return { outcome: outcome ?? 'Bad Request', error: { name: `Status ${String(status)}`, message } };
}

/** Describes what a handler threw, whichever context it comes from. */
export function describeThrown(thrown: unknown): CallError {
  // Not `instanceof Error`: an error of the function's own context is not one here.
  const isError = typeof thrown === 'object' && thrown !== null && 'name' in thrown && 'message' in thrown;
  return isError
    ? { name: String(thrown.name), message: String(thrown.message) }
    : { name: typeof thrown, message: String(thrown) };
}

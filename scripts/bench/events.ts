// What an event costs without the network, in the local runtime's context: up to the bytes of TikTok's request, and as
// a whole call, compared with the work that every such function must do.
import { createHash } from 'node:crypto';
import type { Progress } from '../cli/progress';
import { createGlobals } from '../local/segment/globals';
import { handlerOf, loadFunction } from '../local/segment/load';
import { compare, type Comparison, type Effort, type Work } from './compare';
import {
  ACCEPTED,
  answerWith,
  FIVE_CONDITIONS,
  PAGE_CALL,
  purchase,
  purchases,
  SETTINGS,
  TWENTY_MAPPINGS,
} from './workload';

/** Hashes three texts for each event, and writes the request as JSON: the least that any such function must do. */
const FLOOR = `
  function onTrack({ events, texts, request }) {
    for (let event = 0; event < events; event += 1)
      for (const text of texts) crypto.createHash('sha256').update(text, 'utf8').digest('hex');
    fetch('https://business-api.tiktok.com/', { body: JSON.stringify(request) });
  }`;

/** The identifiers of a purchase's customer, as they are hashed. */
const IDENTIFIERS = ['customer-1@example.com', '+14155550100', 'customer-1'];

/**
 * Gives a promise of the function's own context that never settles. One of another context would keep each call, and
 * everything that it holds, in the queue of microtasks.
 */
const NEVER = '\nfunction onDelete() { return new Promise(() => undefined); }';

/** Segment hands over each event anew: V8 knows the texts of one that it has met before. */
const COPIES = 16;

interface EventCase {
  readonly name: string;
  readonly events: readonly unknown[];
  readonly settings?: object;
  /** Globals of the runtime to replace. */
  readonly globals?: object;
  /** Measured until the call has ended: with timers, TikTok's answer and its verdict. */
  readonly isWhole?: true;
}

const PURCHASE: EventCase = { name: 'a purchase with two products', events: [purchase(2)] };
const MAPPED: EventCase = {
  ...PURCHASE,
  name: '… and twenty parameter mappings',
  settings: { parameterMappings: TWENTY_MAPPINGS },
};
const CONDITIONAL: EventCase = {
  ...MAPPED,
  name: '… and five conditions',
  settings: { parameterMappings: TWENTY_MAPPINGS, eventMappings: FIVE_CONDITIONS },
};
const BATCH: EventCase = { name: '… in a batch of 400', events: purchases(400) };

/** The cases that are profiled. */
export const PROFILED: readonly EventCase[] = [PURCHASE, MAPPED, BATCH];

const CASES: readonly EventCase[] = [
  PURCHASE,
  { ...PURCHASE, name: '… in a runtime without crypto.hash', globals: { crypto: { createHash } } },
  MAPPED,
  CONDITIONAL,
  BATCH,
  { name: 'a purchase with 1 product', events: [purchase(1)] },
  { name: '… with 10 products', events: [purchase(10)] },
  { name: '… with 100 products', events: [purchase(100)] },
  { name: '… with 1,000 products', events: [purchase(1000)] },
  { ...PURCHASE, name: 'a whole call: a purchase with two products', isWhole: true },
  { ...BATCH, name: 'a whole call: an event of 400', isWhole: true },
];

/** Compares each case with the floor of the same request. */
export async function measureEvents(
  code: string,
  effort: Effort,
  progress: Progress,
): Promise<readonly Comparison[]> {
  const measured: Comparison[] = [];
  for (const [index, eventCase] of CASES.entries()) {
    progress(index / CASES.length);
    const [, comparison] = await compare([floorOf(code, eventCase), workOf(code, eventCase)], effort);
    if (comparison !== undefined) measured.push(comparison);
  }
  return measured;
}

/** Compares calls that send nothing, because nothing is mapped to them, with a purchase. */
export function measureUnsent(code: string, effort: Effort): Promise<readonly Comparison[]> {
  const pageCall: EventCase = { name: 'a page call', events: [PAGE_CALL] };
  const settings = { eventMappings: FIVE_CONDITIONS };
  return compare(
    [
      wholeCall(code, PURCHASE),
      unsentCall(code, pageCall),
      unsentCall(code, { ...pageCall, name: '… and five conditions', settings }),
    ],
    effort,
  );
}

/** The calls that another destination is compared with: a purchase alone, and in a batch. */
export const wholeCalls = (code: string): readonly [Work, Work] => [
  wholeCall(code, { ...PURCHASE, name: 'this function, a purchase alone' }),
  wholeCall(code, { ...BATCH, name: 'this function, an event of 400' }),
];

function floorOf(code: string, eventCase: EventCase): Work {
  const { events } = eventCase;
  const floor = loadFunction(FLOOR, {
    ...createGlobals(),
    fetch: (_: string, { body }: { body: string }) => toBytes(body),
  });
  const argument = floor.parse(
    JSON.stringify({ events: events.length, texts: IDENTIFIERS, request: requestOf(code, eventCase) }),
  );
  const handle = handlerOf(floor, 'onTrack');
  return { name: 'floor', events: events.length, run: () => handle(argument, undefined) };
}

/** What the function sends for the events of a case. */
function requestOf(code: string, eventCase: EventCase): unknown {
  let sent = '';
  const { run } = callOf(code, eventCase, (body) => (sent = body.toString()));
  void run();
  return JSON.parse(sent);
}

/** The function on the events of a case. */
export const workOf = (code: string, eventCase: EventCase): Work =>
  eventCase.isWhole === undefined ? untilSent(code, eventCase) : wholeCall(code, eventCase);

/** Until the request is sent: up to then, handlers do not wait. */
function untilSent(code: string, eventCase: EventCase): Work {
  let sent = 0;
  const work = callOf(code, eventCase, () => (sent += 1));
  return {
    ...work,
    run() {
      const before = sent;
      void work.run();
      if (sent === before) throw new Error(`${work.name}: nothing was sent`);
    },
  };
}

/** What node-fetch does at once with the body of a request. */
const toBytes = (body: string): Buffer => Buffer.from(body);

/** Until TikTok's answer is judged, with the runtime's own timers. */
function wholeCall(code: string, eventCase: EventCase): Work {
  const { setTimeout, clearTimeout } = createGlobals();
  const fetch = (_: string, { body }: { body: string }) => {
    toBytes(body);
    return answerWith(ACCEPTED);
  };
  const globals = { ...eventCase.globals, fetch, setTimeout, clearTimeout };
  return { ...callOf(code, { ...eventCase, globals }), isAsync: true };
}

/** Until the handler says that it does not support the event. */
function unsentCall(code: string, eventCase: EventCase): Work {
  const work = callOf(code, eventCase);
  return {
    ...work,
    isAsync: true,
    async run() {
      const wasRefused = await Promise.resolve(work.run()).then(
        () => false,
        () => true,
      );
      if (!wasRefused) throw new Error(`${work.name} was sent`);
    },
  };
}

/**
 * A call of the function in a context of its own, each time with another copy of the events and settings. By default,
 * requests are not answered, and do not time out.
 *
 * @param onSent takes the bytes of each request.
 */
function callOf(
  code: string,
  { name, events, settings, globals }: EventCase,
  onSent: (body: Buffer) => void = () => undefined,
): Work {
  const loaded = loadFunction(code + NEVER, {
    ...createGlobals(),
    fetch(_: string, { body }: { body: string }) {
      onSent(toBytes(body));
      return never(undefined, undefined);
    },
    setTimeout: () => 0,
    clearTimeout: () => undefined,
    ...globals,
  });
  const never = handlerOf(loaded, 'onDelete');
  const [handler, payload] = events.length === 1 ? ['onTrack', events[0]] : ['onBatch', events];
  const handle = handlerOf(loaded, handler);
  const copies = Array.from({ length: COPIES }, () => ({
    event: loaded.parse(JSON.stringify(payload)),
    settings: loaded.parse(JSON.stringify({ ...SETTINGS, ...settings })),
  }));
  let calls = 0;
  return {
    name,
    events: events.length,
    run() {
      const copy = copies[calls % COPIES];
      calls += 1;
      return handle(copy?.event, copy?.settings);
    },
  };
}

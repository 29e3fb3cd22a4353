// What an event costs without the network: from the Segment event to the bytes of TikTok's request, in the local
// runtime's context, compared with the work that every such function must do.
import { createHash } from 'node:crypto';
import { createGlobals } from '../local/segment/globals';
import { loadFunction, type Handler } from '../local/segment/load';
import type { Progress } from '../cli/progress';
import { compare, type Comparison, type Effort, type Work } from './compare';
import { FIVE_CONDITIONS, purchase, purchases, SETTINGS, TWENTY_MAPPINGS } from './workload';

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

interface EventCase {
  readonly name: string;
  readonly events: readonly unknown[];
  readonly settings?: object;
  /** Globals of the runtime to replace. */
  readonly globals?: object;
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
];

/** Compares each case with the floor of the same request; the microseconds are those of one event. */
export function measureEvents(code: string, effort: Effort, progress: Progress): readonly Comparison[] {
  return CASES.flatMap((eventCase, index) => {
    progress(index / CASES.length);
    const { events } = eventCase;
    const { work, request } = workOf(code, eventCase);
    const floor = load(FLOOR).work('floor', 'onTrack', {
      events: events.length,
      texts: IDENTIFIERS,
      request,
    });
    return compare([floor, work], effort)
      .slice(1)
      .map((measured) => ({ ...measured, microseconds: measured.microseconds / events.length }));
  });
}

/** Makes the work of the function on the events of a case, and the request that it sends for them. */
export function workOf(code: string, { name, events, settings, globals }: EventCase) {
  const shipped = load(code, globals);
  const [handler, payload] = events.length === 1 ? ['onTrack', events[0]] : ['onBatch', events];
  const work = shipped.work(name, handler, payload, { ...SETTINGS, ...settings });
  work.run();
  const request: unknown = JSON.parse(shipped.sent());
  return { work, request };
}

/** Loads a function into a context of its own. Its requests are kept, and never answered. */
function load(code: string, globals?: object) {
  let sent = '';
  const fetch = (_: string, { body }: { body: string }) => {
    sent = body;
    return handlers.get('onDelete')?.(undefined, undefined);
  };
  const { handlers, parse } = loadFunction(code + NEVER, {
    ...createGlobals(),
    ...globals,
    fetch,
    // Requests must not time out.
    setTimeout: () => 0,
    clearTimeout: () => undefined,
  });
  return {
    sent: () => sent,
    /** Makes the work of calling a handler until it sends its request: up to then, handlers do not wait. */
    work(name: string, handler: string, event: unknown, settings: unknown = {}): Work {
      const handle: Handler | undefined = handlers.get(handler);
      if (handle === undefined) throw new Error(`The bundle has no ${handler}`);
      const [ownEvent, ownSettings] = [event, settings].map((value) => parse(JSON.stringify(value)));
      return {
        name,
        run() {
          sent = '';
          void handle(ownEvent, ownSettings);
          if (sent === '') throw new Error(`${name}: nothing was sent`);
        },
      };
    },
  };
}

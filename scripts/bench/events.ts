// What an event costs without the network: from the Segment event to the bytes of TikTok's request, in the local
// runtime's context, against the work that no function can do without.
import { createGlobals } from '../segment/globals';
import { loadFunction, type Handler } from '../segment/load';
import { createNetwork } from '../segment/network';
import { compare, type Comparison, type Effort, type Work } from './compare';
import { purchase, SETTINGS, TWENTY_MAPPINGS } from './workload';

/** Three hashes and the request as JSON: what a function that needs to find nothing out would do. */
const FLOOR = `
  function onTrack({ texts, request }) {
    for (const text of texts) crypto.createHash('sha256').update(text, 'utf8').digest('hex');
    fetch('https://business-api.tiktok.com/', { body: JSON.stringify(request) });
  }`;

/** Of the customer of a purchase, as they are hashed. */
const IDENTIFIERS = ['customer-1@example.com', '+14155550100', 'customer-1'];

/** Each case against the floor of the same request. */
export function measureEvents(code: string, effort: Effort): readonly Comparison[] {
  const cases: readonly (readonly [name: string, event: unknown, settings: object])[] = [
    ['a purchase with two products', purchase(2), SETTINGS],
    ['… and twenty parameter mappings', purchase(2), { ...SETTINGS, parameterMappings: TWENTY_MAPPINGS }],
    ...[1, 10, 100, 1000].map(
      (products) =>
        [
          `a purchase with ${String(products)} product${products === 1 ? '' : 's'}`,
          purchase(products),
          SETTINGS,
        ] as const,
    ),
  ];
  return cases.flatMap(([name, event, settings]) => {
    const shipped = load(code);
    const work = shipped.work(name, 'onTrack', event, settings);
    work.run();
    const request: unknown = JSON.parse(shipped.sent());
    const floor = load(FLOOR).work('floor', 'onTrack', { texts: IDENTIFIERS, request });
    return compare([floor, work], effort).slice(1);
  });
}

/** A function in a context of its own, whose requests are kept and never answered. */
function load(code: string) {
  let sent = '';
  const fetch = (_: string, { body }: { body: string }) => {
    sent = body;
    return new Promise(() => undefined);
  };
  const network = createNetwork({}, () => undefined);
  const { handlers, parse } = loadFunction(code, {
    ...createGlobals(network, () => undefined),
    fetch,
    // No request is given up: there is nothing to wait for.
    setTimeout: () => 0,
    clearTimeout: () => undefined,
  });
  return {
    sent: () => sent,
    /** A call of a handler, as far as the request: handlers run without a pause until then. */
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

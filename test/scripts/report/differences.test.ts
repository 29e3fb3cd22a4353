// What differs between two settings, for events and settings of any kind: it is what differs between the requests.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { configure } from '../../../lib/configuration/configure';
import { isFailure } from '../../../lib/result';
import { ownProperty, parseJson } from '../../../lib/values/json';
import { findDifference, type EventDifference } from '../../../scripts/report/differences';
import { createExaminer, type Examined } from '../../../scripts/report/examine';
import { FATE_OF } from '../../../scripts/local/segment/outcomes';
import type { Call } from '../../../scripts/local/segment/runtime';
import { createWorld, SETTINGS, type World } from '../../support/world';

const NOW = Date.UTC(2026, 10, 20, 12);

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const email = fc.constantFrom('jane@example.com', 'joe@example.com', 'not an address', 'n/a');
const phone = fc.constantFrom('+1 415 555 0100', '(415) 555-0101', 'none', 7);
const amount = fc.constantFrom(0, 12.5, '1,250', '19,99', 'n/a');
const optional = { requiredKeys: [] };
const product = fc.record({ product_id: fc.constantFrom('a', 'b'), price: amount, net: amount }, optional);
const properties = fc.record(
  {
    email,
    mail: email,
    phone,
    total: amount,
    net: amount,
    currency: fc.constantFrom('EUR', 'x'),
    channel: fc.constantFrom('store', 'web'),
    products: fc.array(product, { maxLength: 2 }),
    lines: fc.array(product, { maxLength: 2 }),
  },
  optional,
);
const anyEvent = fc.record({
  type: fc.constantFrom('track', 'identify'),
  event: fc.constantFrom('Order Completed', 'Signed Up', 'Store Visit'),
  messageId: fc.constant('message-1'),
  timestamp: fc.constantFrom('2026-11-20T10:15:00.000Z', 'last Tuesday'),
  integrations: fc.constantFrom({}, { All: false }),
  properties,
});

/** Any of these entries. */
const entriesOf = (entries: Readonly<Record<string, readonly string[]>>) =>
  fc.record(
    Object.fromEntries(
      Object.entries(entries).map(([key, values]) => [key, fc.constantFrom(...values)] as const),
    ),
    optional,
  );
const anySettings = fc
  .record(
    {
      eventMappings: entriesOf({
        'Order Completed': ['', 'Purchase', 'CompletePayment', 'Purchase, extra'],
        'Store Visit': ['FindLocation', 'Purchase if properties.channel = "store"'],
        Rule: ['extra if event = "Order Completed"', 'Lead if type = "identify"'],
      }),
      parameterMappings: entriesOf({
        'user.email': ['properties.mail', 'properties.mail ?? properties.email'],
        'user.city': ['properties.channel', 'properties.email'],
        'properties.value': ['', 'properties.net', 'properties.net ?? properties.total', '5'],
        'properties.contents': ['properties.lines'],
        'properties.contents.price': ['net ?? price', ''],
        'properties.note': ['properties.channel', '"x"'],
        'Order Completed: user.email': ['properties.mail', ''],
      }),
      defaultCountry: fc.constantFrom('US', 'GB'),
      limitedDataUse: fc.boolean(),
    },
    optional,
  )
  .map((settings) => ({ ...SETTINGS, ...settings }));

interface Sent {
  readonly call: Call;
  readonly examined: Examined;
}

async function send(event: unknown, settings: object): Promise<Sent> {
  const configuration = configure(settings);
  if (isFailure(configuration)) throw new Error(configuration.reason.message);
  const call = await world.segment.send(event, settings);
  return { call, examined: createExaminer(configuration)(event, call, NOW) };
}

/** What TikTok received: conversions by name. */
const requestOf = ({ call }: Sent): string => {
  const data = ownProperty(parseJson(call.traces.at(-1)?.request.body ?? ''), 'data');
  return JSON.stringify(
    (Array.isArray(data) ? data : []).map((one: unknown) => JSON.stringify(one)).toSorted(),
  );
};

/** Whether a value is left out beside what is sent, which the request does not show. */
const isOnlyLeftOut = ({ outcome, parameters }: EventDifference): boolean =>
  outcome === undefined &&
  parameters.every(
    ({ change, before, after }) =>
      change === 'newly_left_out' && (before === undefined) === (after === undefined),
  );

test('settings compared with themselves never differ', async () => {
  await fc.assert(
    fc.asyncProperty(anyEvent, anySettings, async (event, settings) => {
      const [one, other] = [await send(event, settings), await send(event, settings)];
      expect(findDifference(one.examined, other.examined)).toBeUndefined();
    }),
  );
});

test('something differs if and only if the outcome, what TikTok receives or what is left out does', async () => {
  let differing = 0;
  await fc.assert(
    fc.asyncProperty(anyEvent, anySettings, anySettings, async (event, before, after) => {
      const [one, other] = [await send(event, before), await send(event, after)];
      const found = findDifference(one.examined, other.examined);
      const isOutcomeOther = FATE_OF[one.call.outcome] !== FATE_OF[other.call.outcome];
      if (isOutcomeOther || requestOf(one) !== requestOf(other)) {
        differing += 1;
        expect(found).toBeDefined();
      } else if (found !== undefined) expect(isOnlyLeftOut(found)).toBe(true);
    }),
    { numRuns: 300 },
  );
  expect(differing).toBeGreaterThan(30);
});

test('each change says where the value came from before and after, and why it is left out', async () => {
  await fc.assert(
    fc.asyncProperty(anyEvent, anySettings, anySettings, async (event, before, after) => {
      const [one, other] = [await send(event, before), await send(event, after)];
      for (const { change, before: from, after: to, flaw } of findDifference(one.examined, other.examined)
        ?.parameters ?? []) {
        if (change === 'newly_sent') expect([from, typeof to]).toEqual([undefined, 'string']);
        if (change === 'changed') expect([typeof from, typeof to]).toEqual(['string', 'string']);
        if (change === 'newly_left_out') expect(typeof flaw).toBe('string');
      }
    }),
  );
});

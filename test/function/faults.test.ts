// Whatever goes wrong on the way, over real connections: what Segment is told at once, and that in the end, when
// Segment has tried again as it does, every good event is counted once and every bad one discarded with a reason.
import { expect, test } from '@jest/globals';
import { deliverUntilSettled } from '../../scripts/local/segment/retries';
import type { OutcomeName } from '../../scripts/local/segment/outcomes';
import type { CertificateFlaw } from '../../scripts/local/tiktok/certificate';
import type { Misbehaviour } from '../../scripts/local/tiktok/server';
import { createVirtualTime } from '../support/virtual-time';
import { createWorld, track, type World, type WorldOptions } from '../support/world';

const BAD = 'refused by TikTok';
const PAGE = '<html><body>Not now</body></html>';

/** Three events, the second of which TikTok refuses. */
const makeEvents = () => [
  track(),
  track({ event: 'Products Searched', properties: { email: 'jane@example.com', query: BAD } }),
  track(),
];

interface Fault {
  readonly what: string;
  /** What TikTok does, once. */
  readonly answer: Misbehaviour;
  /** A connection is kept from an event before. */
  readonly isReused?: true;
  /** What the call says of a good single event, Retry by default. */
  readonly single?: OutcomeName;
  /** What it says of the three: `split` if the bad one is found at once, `kept` if all are tried again. */
  readonly batch?: 'split' | 'kept';
}

const FAULTS: readonly Fault[] = [
  { what: 'code 0', answer: {}, single: 'Delivered', batch: 'split' },
  { what: 'partial success', answer: { code: 20001 }, single: 'Delivered', batch: 'split' },
  ...[40000, 40002].map((code) => ({
    what: `code ${code}`,
    answer: { code },
    single: 'Message Rejected' as const,
    batch: 'split' as const,
  })),
  ...[40003, 40099, 40103, 40300, 49999].map((code) => ({
    what: `code ${code}`,
    answer: { code },
    batch: 'split' as const,
  })),
  ...['data[0]', 'data.1', 'index 2', 'data[3]', 'event_source_id'].map((message) => ({
    what: `code 40002, ${message}`,
    answer: { code: 40002, message },
    single: message === 'event_source_id' ? ('Retry' as const) : ('Message Rejected' as const),
    batch: 'split' as const,
  })),
  ...[400, 413, 422].map((status) => ({
    what: `HTTP ${status}`,
    answer: { status, body: PAGE },
    single: 'Message Rejected' as const,
    batch: 'split' as const,
  })),
  ...[40001, 40016, 40100, 40101, 40102, 40104, 40105, 40132, 40133, 50000, 50002, 60001, 12345, -1].map(
    (code) => ({
      what: `code ${code}`,
      answer: { code },
    }),
  ),
  ...[401, 403, 404, 408, 429, 500, 502, 503, 504].map((status) => ({
    what: `HTTP ${status}`,
    answer: { status, body: PAGE },
  })),
  { what: 'HTTP 302', answer: { status: 302, body: '', location: 'https://business-api.tiktok.com/' } },
  { what: 'a page of HTML', answer: { body: PAGE } },
  { what: 'an empty body', answer: { body: '' } },
  { what: 'half a body', answer: { body: '{"code":0,"mess' } },
  { what: 'a body that breaks off', answer: { reset: 'halfway-chunked' } },
  { what: 'a body that breaks off short of its length', answer: { reset: 'halfway' } },
  { what: 'a reset before the request was read', answer: { reset: 'unread' } },
  { what: 'a reset after the request was read', answer: { reset: 'unanswered' } },
  {
    what: 'a reset on a kept connection, before the request was read',
    answer: { reset: 'unread' },
    isReused: true,
    single: 'Delivered',
    batch: 'split',
  },
  {
    what: 'a reset on a kept connection, after the request was read',
    answer: { reset: 'unanswered' },
    isReused: true,
    single: 'Delivered',
    batch: 'split',
  },
  { what: 'an answer after 3.5 s', answer: { delay: 3500 }, single: 'Delivered', batch: 'split' },
  // Too late for another request to be begun.
  { what: 'an answer after 4.4 s', answer: { delay: 4400 }, single: 'Delivered' },
  { what: 'an answer after 6 s', answer: { delay: 6000 } },
  { what: 'an answer a byte at a time', answer: { drip: 400 } },
  {
    what: 'another content type',
    answer: { contentType: 'text/plain' },
    single: 'Delivered',
    batch: 'split',
  },
];

const open = (options: WorldOptions = {}) =>
  createWorld({
    refuses: ({ properties }) => properties?.search_string === BAD,
    time: createVirtualTime(),
    // For connections that are kept, and answers that come late.
    needs: ['https', 'setTimeout', 'clearTimeout'],
    ...options,
  });

/** A generator that gives the same numbers each time; how long Segment waits is nothing to these tests. */
const halfway = () => 0.5;

async function settle(world: World, events: readonly unknown[]) {
  const calls: (readonly OutcomeName[])[] = [];
  const fates = await deliverUntilSettled(
    [events],
    async (batch) => {
      const call = await world.sendBatch(batch);
      expect(call.milliseconds).toBeLessThanOrEqual(4500);
      calls.push(call.results.map(({ outcome }) => outcome));
      return call.results;
    },
    halfway,
  );
  return { first: calls[0], fates };
}

function expectAllSettled(world: World, fates: Awaited<ReturnType<typeof settle>>['fates'], counted: number) {
  const rejected = fates.filter(({ result }) => result.outcome === 'Message Rejected');
  expect(rejected.map(({ result }) => result.error?.message)).toEqual([
    expect.stringMatching(
      /^TikTok answered "data\[0\]: the event is not accepted" \(code 40000, request_id /,
    ),
  ]);
  expect(fates.filter(({ result }) => result.outcome === 'Delivered')).toHaveLength(fates.length - 1);
  expect(world.tiktok.counted).toHaveLength(counted);
}

/** A world in which this goes wrong with the next request. */
async function openWith({ answer, isReused }: Fault): Promise<World> {
  const world = await open();
  if (isReused) await world.deliver(track());
  world.tiktok.misbehave(answer);
  return world;
}

test.each(FAULTS)('$what: a single event is not lost, and not counted twice', async (fault) => {
  const { single = 'Retry', isReused } = fault;
  const world = await openWith(fault);
  const event = track();
  const { outcome } = await world.send(event);
  expect(outcome).toBe(single);
  // What TikTok itself refused for good is not sent again.
  if (outcome === 'Retry') expect((await world.send(event)).outcome).toBe('Delivered');
  expect(world.tiktok.counted).toHaveLength((isReused ? 1 : 0) + (single === 'Message Rejected' ? 0 : 1));
  await world.close();
});

test.each(FAULTS)('$what: of a batch nothing is lost, and nothing counted twice', async (fault) => {
  const { batch = 'kept', isReused } = fault;
  const world = await openWith(fault);
  const { first, fates } = await settle(world, makeEvents());
  const split = ['Delivered', 'Message Rejected', 'Delivered'];
  const kept = ['Retry', 'Retry', 'Retry'];
  expect(first).toEqual(batch === 'split' ? split : kept);
  expectAllSettled(world, fates, isReused ? 3 : 2);
  await world.close();
});

/** What happens to events that Segment hands over first where nobody can be reached, and then where all is well. */
async function settleElsewhere(broken: World, events: readonly unknown[]) {
  const world = await open();
  const worlds = [broken, world];
  const fates = await deliverUntilSettled(
    [events],
    async (batch) => (await (worlds.shift() ?? world).sendBatch(batch)).results,
    halfway,
  );
  expectAllSettled(world, fates, 2);
  await world.close();
}

test.each<[flaw: CertificateFlaw, code: string]>([
  ['another host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['expired', 'CERT_HAS_EXPIRED'],
  ['unknown signer', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
])('a certificate that is not valid (%s): nothing is sent, and all is tried again', async (flaw, code) => {
  const world = await open({ certificateFlaw: flaw });
  expect((await world.send(track())).outcome).toBe('Retry');
  const { results } = await world.sendBatch(makeEvents());
  expect(results.map(({ outcome, error }) => [outcome, error?.message])).toEqual(
    Array(3).fill(['Retry', `The connection to TikTok failed (${code}). Segment tries again.`]),
  );
  expect(world.tiktok.requests).toHaveLength(0);
  await settleElsewhere(world, makeEvents());
  await world.close();
});

test('a refused connection: all is tried again', async () => {
  const world = await open();
  await world.close();
  expect((await world.send(track())).outcome).toBe('Retry');
  const { results } = await world.sendBatch(makeEvents());
  expect(results.map(({ outcome, error }) => [outcome, error?.message])).toEqual(
    Array(3).fill(['Retry', 'The connection to TikTok failed (ECONNREFUSED). Segment tries again.']),
  );
  await settleElsewhere(world, makeEvents());
});

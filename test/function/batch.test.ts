// Batches: a status for each event, one request where that will do, and halves where TikTok refuses.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { OutcomeName } from '../../scripts/local/segment/outcomes';
import type { BatchCall, Result } from '../../scripts/local/segment/runtime';
import type { TikTokEvent } from '../../scripts/local/tiktok/rules';
import type { Misbehaviour } from '../../scripts/local/tiktok/server';
import { createVirtualTime } from '../support/virtual-time';
import { createWorld, SETTINGS, track, type World } from '../support/world';

const BAD = 'refused by TikTok';
/** Passes every rule of the function, and TikTok refuses it. */
const badEvent = () =>
  track({ event: 'Products Searched', properties: { email: 'jane@example.com', query: BAD } });

const refuses = ({ properties }: TikTokEvent) => properties?.query === BAD;

let world: World;
beforeEach(async () => {
  // Without it, no connection is kept.
  world = await createWorld({ refuses, needs: ['https'] });
});
afterEach(() => world.close());

const outcomesOf = ({ results }: BatchCall) => results.map(({ outcome }) => outcome);
const sizesOf = (call: BatchCall) =>
  call.traces.map(({ request }) => request.body.match(/"event_time"/g)?.length ?? 0);
const tracks = (count: number) => Array.from({ length: count }, () => track());

describe('statuses', () => {
  test('each event has one, in order: delivered, discarded with a reason, or tried again', async () => {
    const call = await world.sendBatch([
      track(),
      track({ properties: {} }),
      badEvent(),
      track({ timestamp: 'last Tuesday' }),
      { type: 'page', name: 'Home', properties: { email: 'jane@example.com' } },
      track({ event: 'Video Playback Started' }),
      { type: 'identify', userId: 'customer-1' },
      null,
      7,
      'text',
      [],
      {},
    ]);
    const rejected = (message: string): unknown => ({
      outcome: 'Message Rejected',
      error: { name: 'Status 400', message: expect.stringContaining(message) },
    });
    const noCall = rejected('Only page calls and named track calls are sent.');
    expect(call.results).toEqual([
      { outcome: 'Delivered' },
      rejected(
        'TikTok needs a valid email address or phone number. user.email: "properties.email" is absent',
      ),
      rejected('TikTok answered "data[0]: the event is not accepted" (code 40000, request_id '),
      rejected('The time of the event cannot be read'),
      { outcome: 'Delivered' },
      rejected('No TikTok event is mapped to "Video Playback Started"'),
      ...[noCall, noCall, noCall, noCall, noCall, noCall],
    ]);
    expect(world.tiktok.counted.map(({ event }) => event.event)).toEqual(['Purchase', 'PageView']);
  });

  test('an empty batch is answered with an empty array, and nothing is sent', async () => {
    const call = await world.sendBatch([]);
    expect([call.results, call.traces]).toEqual([[], []]);
  });

  test('what is decided without TikTok costs no request', async () => {
    const call = await world.sendBatch([track({ properties: {} }), null, { type: 'identify' }]);
    expect(call.traces).toEqual([]);
  });

  test.each<[what: string, settings: object, message: string]>([
    ['a missing token', { accessToken: '' }, 'Access Token is missing'],
    ['a malformed mapping', { parameterMappings: { 'user.email': '??' } }, 'entry "user.email": expected'],
    ['a wrong token', { accessToken: 'another-token' }, 'Check Access Token'],
    ['another event set', { eventSetId: '1' }, 'Check Access Token and Event Set ID'],
  ])('with %s, Segment keeps every event', async (_, settings, message) => {
    const call = await world.sendBatch(tracks(3), settings);
    expect(outcomesOf(call)).toEqual(['Retry', 'Retry', 'Retry']);
    for (const { error } of call.results) expect(error?.message).toContain(message);
    expect(call.traces.length).toBeLessThanOrEqual(1);
  });

  test.each([[null], [undefined], [7], ['settings'], [[]], [{ accessToken: {} }]])(
    'settings that are %j are for the operator to mend',
    async (settings) => {
      const { results } = await world.segment.sendBatch(tracks(2), settings);
      expect(results).toMatchObject([{ outcome: 'Retry' }, { outcome: 'Retry' }]);
    },
  );

  test.each<[what: string, globals: object, settings: object]>([
    ['while settings are read', { libphonenumberjslib: { libphonenumberjs: { isSupportedCountry: 7 } } }, {}],
    ['while a request is made', { https: {} }, {}],
  ])('a fault of the function %s costs no event, and it does not throw', async (_, globals, settings) => {
    const own = await createWorld({ globals: { ...globals } });
    const call = await own.sendBatch(tracks(2), { defaultCountry: 'US', ...settings });
    await own.close();
    expect(outcomesOf(call)).toEqual(['Retry', 'Retry']);
    for (const { error } of call.results)
      expect(error?.message).toMatch(/^The function failed \(TypeError\)/);
  });

  test('an error that cannot even be told is one of the function, at once', async () => {
    const error = Object.assign(new Error('wild'), { code: { toString: 'none' } });
    const own = await createWorld({ globals: { fetch: () => Promise.reject(error) } });
    const call = await own.sendBatch(tracks(2));
    await own.close();
    expect(outcomesOf(call)).toEqual(['Retry', 'Retry']);
    expect(call.results[0]?.error?.message).toMatch(/^The function failed/);
  });

  test('an event that breaks the function costs the others nothing', async () => {
    let calls = 0;
    const own = await createWorld({
      globals: {
        crypto: {
          createHash: () => {
            calls += 1;
            if (calls === 1) throw new TypeError('broken');
            return { update: () => ({ digest: () => 'a'.repeat(64) }) };
          },
        },
      },
    });
    const call = await own.sendBatch(tracks(3));
    await own.close();
    expect(outcomesOf(call)).toEqual(['Retry', 'Delivered', 'Delivered']);
    expect(call.results[0]?.error?.message).toBe('The function failed (TypeError). Please report it.');
  });
});

describe('requests', () => {
  test('400 events go in one request', async () => {
    const call = await world.sendBatch(tracks(400));
    expect(new Set(outcomesOf(call))).toEqual(new Set(['Delivered']));
    expect(sizesOf(call)).toEqual([400]);
    expect(world.tiktok.counted).toHaveLength(400);
  });

  test('a request has a thousand TikTok events at most, and those of one Segment event stay together', async () => {
    const settings = { eventMappings: { 'Signed Up': 'A, B, C' } };
    const signedUp = () => track({ event: 'Signed Up' });
    expect(sizesOf(await world.sendBatch(tracks(1001)))).toEqual([1, 1000]);
    expect(sizesOf(await world.sendBatch([...tracks(998), signedUp(), track()], settings))).toEqual([4, 998]);
    expect(sizesOf(await world.sendBatch([...tracks(997), signedUp(), track()], settings))).toEqual([
      1, 1000,
    ]);
  });

  test('one event that is several: its status is the worst of theirs, and the others are delivered', async () => {
    const own = await createWorld({ refuses: ({ event }) => event === 'refused' });
    const settings = { eventMappings: { 'Signed Up': 'A, refused, B' } };
    const call = await own.sendBatch([track({ event: 'Signed Up' }), track()], settings);
    const single = await own.send(track({ event: 'Signed Up' }), settings);
    await own.close();
    expect(outcomesOf(call)).toEqual(['Message Rejected', 'Delivered']);
    expect(single.outcome).toBe('Message Rejected');
    expect(own.tiktok.counted.map(({ event }) => event.event).sort()).toEqual([
      'A',
      'A',
      'B',
      'B',
      'Purchase',
    ]);
  });

  test('one event that is several: tried again where one of them must be', async () => {
    const settings = { eventMappings: { 'Signed Up': 'A, B' } };
    world.tiktok.misbehave({ code: 40000 }, { code: 50000 }, { code: 40000 });
    expect(outcomesOf(await world.sendBatch([track({ event: 'Signed Up' })], settings))).toEqual(['Retry']);
  });
});

describe('a refused request', () => {
  /** A batch with bad events at these places. */
  const withBad = (count: number, places: readonly number[]) =>
    Array.from({ length: count }, (_, index) => (places.includes(index) ? badEvent() : track()));

  /** What binary splitting costs at most: 2k·log2(n/k) + 2k, n being the next power of two. */
  const bound = (count: number, bad: number) =>
    bad === 0 ? 1 : 2 * bad * Math.log2(2 ** Math.ceil(Math.log2(count)) / bad) + 2 * bad;

  async function expectSplit(count: number, places: readonly number[]): Promise<number> {
    const counted = world.tiktok.counted.length;
    const call = await world.sendBatch(withBad(count, places));
    expect(outcomesOf(call)).toEqual(
      Array.from({ length: count }, (_, index) =>
        places.includes(index) ? 'Message Rejected' : 'Delivered',
      ),
    );
    expect(world.tiktok.counted.length - counted).toBe(count - places.length);
    expect(call.traces.length).toBeLessThanOrEqual(bound(count, places.length));
    return call.traces.length;
  }

  test.each<[count: number, places: readonly number[], requests: number]>([
    [2, [0], 3],
    [3, [2], 5],
    [16, [7], 9],
    [20, [3], 11],
    [64, [0, 63], 23],
    [100, [50], 13],
    [400, [0], 17],
    [400, [399], 19],
    [400, [7, 130, 131, 250], 51],
    [8, [0, 1, 2, 3, 4, 5, 6, 7], 15],
  ])(
    'of %i events with bad ones at %j: each stands alone after %i requests',
    async (count, places, requests) => {
      expect(await expectSplit(count, places)).toBe(requests);
    },
  );

  test('for any number of bad events anywhere, the requests stay within the bound', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .integer({ min: 1, max: 120 })
          .chain((count) =>
            fc.tuple(fc.constant(count), fc.uniqueArray(fc.nat(count - 1), { maxLength: 12 })),
          ),
        async ([count, places]) => {
          await expectSplit(count, places);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  test.each<[what: string, answer: Misbehaviour]>([
    ['HTTP 413', { status: 413, body: '<html>Too large</html>' }],
    ['HTTP 400', { status: 400, body: '' }],
    ['HTTP 422', { status: 422, body: '' }],
    ['a parameter error', { code: 40002 }],
    ['partial success', { code: 20001 }],
  ])('%s splits too, and all is delivered once', async (_, answer) => {
    world.tiktok.misbehave(answer);
    const call = await world.sendBatch(tracks(10));
    expect(new Set(outcomesOf(call))).toEqual(new Set(['Delivered']));
    expect(sizesOf(call)).toEqual([10, 5, 5]);
    expect(world.tiktok.counted).toHaveLength(10);
  });

  test('partial success with a bad event in it: that one is found, and nothing is counted twice', async () => {
    world.tiktok.misbehave({ code: 20001 });
    const call = await world.sendBatch([track(), badEvent(), track(), track()]);
    expect(outcomesOf(call)).toEqual(['Delivered', 'Message Rejected', 'Delivered', 'Delivered']);
    expect(world.tiktok.counted).toHaveLength(3);
  });

  test('partial success of a single event is delivery', async () => {
    world.tiktok.misbehave({ code: 20001 });
    expect(outcomesOf(await world.sendBatch([track()]))).toEqual(['Delivered']);
    expect(world.tiktok.requests).toHaveLength(1);
  });

  test.each<[what: string, answer: Misbehaviour]>([
    ['a rate limit', { code: 40100 }],
    ["TikTok's own trouble", { code: 50000 }],
    ['an expired token', { code: 40102 }],
    ['HTTP 503', { status: 503, body: '' }],
  ])('%s does not split: it is tried again for what it concerns', async (_, answer) => {
    world.tiktok.misbehave(answer);
    const call = await world.sendBatch(tracks(4));
    expect(outcomesOf(call)).toEqual(['Retry', 'Retry', 'Retry', 'Retry']);
    expect(call.traces).toHaveLength(1);
  });

  test('trouble with one half is tried again for that half only', async () => {
    world.tiktok.misbehave({ code: 40002 }, { code: 40100 });
    const call = await world.sendBatch(tracks(6));
    expect(outcomesOf(call).sort()).toEqual([
      'Delivered',
      'Delivered',
      'Delivered',
      'Retry',
      'Retry',
      'Retry',
    ]);
    expect(world.tiktok.counted).toHaveLength(3);
  });

  test('halves go side by side, eight at a time, over as many connections', async () => {
    const delays = Array.from({ length: 200 }, () => ({ delay: 20 }));
    world.tiktok.misbehave(...delays);
    const call = await world.sendBatch(Array.from({ length: 64 }, badEvent));
    expect(new Set(outcomesOf(call))).toEqual(new Set(['Message Rejected']));
    expect(call.traces).toHaveLength(127);
    expect(world.tiktok.mostAtOnce()).toBe(8);
    expect(world.segment.connectionsOpened()).toBeLessThanOrEqual(8);
  }, 20_000);
});

describe('the budget of a call', () => {
  let own: World;
  beforeEach(async () => {
    own = await createWorld({
      refuses,
      time: createVirtualTime(),
      needs: ['setTimeout', 'clearTimeout'],
    });
  });
  afterEach(() => own.close());

  test('a slow TikTok: all is tried again before the 5 s of Segment are over, and counted once', async () => {
    own.tiktok.misbehave({ delay: 6000 });
    const events = tracks(3);
    const call = await own.sendBatch(events);
    expect(outcomesOf(call)).toEqual(['Retry', 'Retry', 'Retry']);
    expect(call.milliseconds).toBe(4500);
    expect(outcomesOf(await own.sendBatch(events))).toEqual(['Delivered', 'Delivered', 'Delivered']);
    expect(own.tiktok.counted).toHaveLength(3);
  });

  test('what was decided when it ends stays decided', async () => {
    own.tiktok.misbehave({ code: 40002 }, {}, { delay: 6000 });
    const call = await own.sendBatch([...tracks(4), null]);
    expect(call.milliseconds).toBe(4500);
    expect(outcomesOf(call).sort()).toEqual(['Delivered', 'Delivered', 'Message Rejected', 'Retry', 'Retry']);
  });

  test('nothing is sent any more when it is over', async () => {
    own.tiktok.misbehave({ code: 40002, delay: 4600 });
    const call = await own.sendBatch(tracks(2));
    expect(outcomesOf(call)).toEqual(['Retry', 'Retry']);
    expect(own.tiktok.requests).toHaveLength(1);
  });

  test.each([
    [3999, 3],
    [4001, 1],
  ])('a refusal after %i ms: %i requests in all', async (delay, requests) => {
    own.tiktok.misbehave({ code: 40002, delay });
    await own.sendBatch(tracks(2));
    expect(own.tiktok.requests).toHaveLength(requests);
  });

  test.each(['1', '0', '٣', '1.', '+', '(', 'x(', 'x ', 'x- '])(
    'a batch full of endless phone numbers (%s) is converted within it, and delivered',
    async (sign) => {
      const phone = sign.repeat(30_000 / sign.length);
      const events = Array.from({ length: 20 }, () =>
        track({ properties: { email: 'jane@example.com', phone } }),
      );
      expect(new Set(outcomesOf(await world.sendBatch(events)))).toEqual(new Set(['Delivered']));
    },
  );

  test('it is one for all requests of a call: slow halves after a slow refusal are tried again in time', async () => {
    own.tiktok.misbehave({ code: 40002, delay: 3000 }, { delay: 3000 }, { delay: 3000 });
    const call = await own.sendBatch(tracks(2));
    expect(call.milliseconds).toBe(4500);
    expect(outcomesOf(call)).toEqual(['Retry', 'Retry']);
  });

  test('a half that hangs keeps no other from being decided', async () => {
    own.tiktok.misbehave({ code: 40002 }, { delay: 6000 });
    const call = await own.sendBatch([...tracks(12), badEvent(), ...tracks(3)]);
    expect(outcomesOf(call)).toEqual([
      ...Array<OutcomeName>(8).fill('Retry'),
      ...Array<OutcomeName>(4).fill('Delivered'),
      'Message Rejected',
      ...Array<OutcomeName>(3).fill('Delivered'),
    ]);
  });

  test('near its end no request is begun, and none of an event of several is taken for all', async () => {
    class LateDate extends Date {
      static override now(): number {
        return super.now() + (late.tiktok.requests.length >= 2 ? 4100 : 0);
      }
    }
    const late: World = await createWorld({ globals: { Date: LateDate } });
    late.tiktok.misbehave({ code: 40002 }, {}, { code: 40002 });
    const settings = { eventMappings: { 'Signed Up': 'A, B, C' } };
    const call = await late.sendBatch([track({ event: 'Signed Up' })], settings);
    await late.close();
    expect(late.tiktok.requests).toHaveLength(3);
    expect(late.tiktok.counted).toHaveLength(1);
    expect(call.results).toEqual([
      {
        outcome: 'Retry',
        error: { name: 'Status 500', message: 'The call ran out of time. Segment tries again.' },
      },
    ]);
  });

  test('conversion takes half of it at most: the rest of the batch is for the next call, and some are delivered', async () => {
    let now = Date.UTC(2026, 10, 20);
    class SlowDate extends Date {
      static override now(): number {
        now += 700;
        return now;
      }
    }
    const slow = await createWorld({ globals: { Date: SlowDate } });
    const { results } = await slow.sendBatch(tracks(5));
    await slow.close();
    const late: Result = {
      outcome: 'Retry',
      error: { name: 'Status 500', message: 'The call ran out of time. Segment tries again.' },
    };
    expect(results).toEqual([...Array<Result>(3).fill({ outcome: 'Delivered' }), late, late]);
  });
});

describe('connections', () => {
  test('where all kept ones have died, a batch goes over a fresh one', async () => {
    world.tiktok.misbehave(...Array.from({ length: 15 }, () => ({ delay: 20 })));
    await world.sendBatch(Array.from({ length: 8 }, badEvent));
    expect(world.tiktok.open()).toBeGreaterThan(1);
    world.tiktok.expireConnections();
    expect(outcomesOf(await world.sendBatch(tracks(2)))).toEqual(['Delivered', 'Delivered']);
    expect(world.tiktok.open()).toBe(1);
  });

  test('none is left behind after a slow answer', async () => {
    const own = await createWorld({ refuses, time: createVirtualTime() });
    for (let count = 0; count < 2; count += 1) {
      await own.sendBatch(Array.from({ length: 16 }, badEvent));
      own.tiktok.misbehave({ delay: 6000 });
      await own.sendBatch(tracks(1));
    }
    expect(own.tiktok.open()).toBeLessThanOrEqual(8);
    await own.close();
  });

  test('a hundred batches in a row go over one', async () => {
    for (let count = 0; count < 100; count += 1) await world.sendBatch(tracks(2));
    expect(world.segment.connectionsOpened()).toBe(1);
    expect(world.tiktok.counted).toHaveLength(200);
  });

  test('a batch that dies on a kept one is sent once more on a fresh one, and counted once', async () => {
    await world.sendBatch([track()]);
    world.tiktok.misbehave({ reset: 'unanswered' });
    const call = await world.sendBatch(tracks(3));
    expect(outcomesOf(call)).toEqual(['Delivered', 'Delivered', 'Delivered']);
    expect(call.traces).toHaveLength(2);
    expect(world.tiktok.counted).toHaveLength(4);
  });
});

test('for any batch, any settings and any answers, each event has one status with a reason', async () => {
  const event = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('good', 'bad', 'unknown') },
    fc.jsonValue({ maxDepth: 2 }),
    fc.record({
      type: fc.constantFrom('track', 'page', 'identify'),
      properties: fc.jsonValue({ maxDepth: 2 }),
    }),
  );
  const answer: fc.Arbitrary<Misbehaviour> = fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    fc.record({ code: fc.oneof(fc.constantFrom(0, 20001, 40000, 40001, 40100, 50000), fc.integer()) }),
    fc.record({ status: fc.constantFrom(200, 302, 400, 401, 413, 429, 500, 503), body: fc.string() }),
    fc.record({ body: fc.oneof(fc.string(), fc.json()) }),
    fc.record({ reset: fc.constantFrom('unread', 'unanswered', 'halfway-chunked') }),
  );
  const own = await createWorld({ refuses, time: createVirtualTime() });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 30 }),
      fc.array(answer, { maxLength: 12 }),
      fc.oneof({ weight: 9, arbitrary: fc.constant(SETTINGS) }, fc.jsonValue()),
      async (kinds, answers, settings) => {
        own.tiktok.misbehave(...answers);
        const ids = kinds.map((kind, index) => (kind === 'good' ? `wild-${run}-${index}` : undefined));
        run += 1;
        const events = kinds.map((kind, index) =>
          kind === 'good'
            ? track({ messageId: ids[index] })
            : kind === 'bad'
              ? badEvent()
              : kind === 'unknown'
                ? track({ event: 'Video Playback Started' })
                : kind,
        );
        const { results, logs } = await own.segment.sendBatch(events, settings);
        own.tiktok.behave();
        expect(logs).toBe('');
        expect(results).toHaveLength(events.length);
        for (const { outcome, error } of results) {
          expect(['Delivered', 'Message Rejected', 'Retry']).toContain(outcome);
          expect(outcome === 'Delivered' || (error?.message ?? '') !== '').toBe(true);
          expect(error?.message ?? '').not.toContain('The function failed');
        }
        // A status of 200 is never given for what TikTok has not counted.
        const countedIds = new Set(own.tiktok.counted.map((counted) => counted.event.event_id));
        ids.forEach((id, index) => {
          const isDelivered = results[index]?.outcome === 'Delivered';
          if (id !== undefined) expect(countedIds.has(id) || !isDelivered).toBe(true);
        });
      },
    ),
    { numRuns: 300 },
  );
  await own.close();
}, 120_000);

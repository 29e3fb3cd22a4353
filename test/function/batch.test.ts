// Batches: a status for each event, one request if TikTok accepts it, and more to find what it refuses.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { OutcomeName } from '../../scripts/local/segment/outcomes';
import type { BatchCall, Result } from '../../scripts/local/segment/runtime';
import type { TikTokEvent } from '../../scripts/local/tiktok/rules';
import type { Misbehaviour } from '../../scripts/local/tiktok/server';
import { WORDINGS, type Wording } from '../../scripts/local/tiktok/wordings';
import { createVirtualTime } from '../support/virtual-time';
import { createWorld, SETTINGS, track, type World } from '../support/world';

const BAD = 'refused by TikTok';
/** Passes every rule of the function, and TikTok refuses it. */
const badEvent = () =>
  track({ event: 'Products Searched', properties: { email: 'jane@example.com', query: BAD } });

const refuses = ({ properties }: TikTokEvent) => properties?.search_string === BAD;

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
    const call = await world.sendBatch(
      [
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
      ],
      { eventMappings: { 'Page Viewed': 'PageView' } },
    );
    const rejected = (message: string): unknown => ({
      outcome: 'Message Rejected',
      error: { name: 'Status 400', message: expect.stringContaining(message) },
    });
    const noCall = rejected('Only track, page, screen, identify, group and alias calls are sent.');
    expect(call.results).toEqual([
      { outcome: 'Delivered' },
      rejected(
        'TikTok needs a valid email address or phone number. user.email: "properties.email" is absent',
      ),
      rejected('TikTok answered "data[0]: the event is not accepted" (code 40000, request_id '),
      rejected('The time of the event cannot be read'),
      { outcome: 'Delivered' },
      rejected('No TikTok event is mapped to "Video Playback Started"'),
      rejected('No TikTok event is mapped to this identify call'),
      ...[noCall, noCall, noCall, noCall, noCall],
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
    [
      'a malformed mapping',
      { parameterMappings: { 'user.email': '??' } },
      'entry "user.email": expected a path or a literal (character 1 of ??)',
    ],
    ['a wrong token', { accessToken: 'another-token' }, 'Check Access Token'],
    ['another event set', { eventSetId: '1' }, 'Check Access Token and Event Set ID'],
  ])('with %s, Segment keeps every event', async (_, settings, message) => {
    const call = await world.sendBatch(tracks(3), settings);
    expect(outcomesOf(call)).toEqual(['Retry', 'Retry', 'Retry']);
    for (const { error } of call.results) expect(error?.message).toContain(message);
    expect(call.traces.length).toBeLessThanOrEqual(1);
  });

  test.each([[null], [undefined], [7], ['settings'], [[]], [{ accessToken: {} }]])(
    'settings that are %j are for the operator to fix',
    async (settings) => {
      const { results } = await world.segment.sendBatch(tracks(2), settings);
      expect(results).toMatchObject([{ outcome: 'Retry' }, { outcome: 'Retry' }]);
    },
  );

  test('a fault of the function while settings are read costs no event, and it does not throw', async () => {
    const own = await createWorld({
      globals: { libphonenumberjslib: { libphonenumberjs: { isSupportedCountry: 7 } } },
    });
    const call = await own.sendBatch(tracks(2), { defaultCountry: 'US' });
    await own.close();
    expect(outcomesOf(call)).toEqual(['Retry', 'Retry']);
    for (const { error } of call.results)
      expect(error?.message).toBe('The function failed (TypeError). Please report it.');
  });

  test('a fault of the function while a request is made costs no event, and it is not made again', async () => {
    let requests = 0;
    function Agent(): never {
      requests += 1;
      throw new RangeError('no agent');
    }
    const own = await createWorld({ globals: { https: { Agent } }, needs: ['https'] });
    const call = await own.sendBatch(tracks(2));
    await own.close();
    expect(outcomesOf(call)).toEqual(['Retry', 'Retry']);
    for (const { error } of call.results)
      expect(error?.message).toBe('The function failed (RangeError). Please report it.');
    expect(requests).toBe(1);
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
    expect(sizesOf(await world.sendBatch(tracks(1001)))).toEqual([1000, 1]);
    expect(sizesOf(await world.sendBatch([...tracks(998), signedUp(), track()], settings))).toEqual([998, 4]);
    expect(sizesOf(await world.sendBatch([...tracks(997), signedUp(), track()], settings))).toEqual([
      1000, 1,
    ]);
  });

  test('one event that is more than a thousand goes in several requests, filled up to a thousand', async () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `event_${index}`).join();
    const signedUp = track({ event: 'Signed Up' });
    const settings = { eventMappings: { 'Signed Up': names(2001) } };
    const call = await world.sendBatch([track(), signedUp, track()], settings);
    expect(outcomesOf(call)).toEqual(['Delivered', 'Delivered', 'Delivered']);
    expect(sizesOf(call)).toEqual([1, 1000, 1000, 2]);
    expect((await world.send(signedUp, settings)).outcome).toBe('Delivered');
    expect(
      sizesOf(await world.sendBatch([signedUp], { eventMappings: { 'Signed Up': names(1000) } })),
    ).toEqual([1000]);
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

  /** Sends a batch with bad events at these places, and gives the sizes of the requests. */
  async function expectFound(
    own: World,
    count: number,
    places: readonly number[],
  ): Promise<readonly number[]> {
    const counted = own.tiktok.counted.length;
    const call = await own.sendBatch(withBad(count, places));
    expect(outcomesOf(call)).toEqual(
      Array.from({ length: count }, (_, index) =>
        places.includes(index) ? 'Message Rejected' : 'Delivered',
      ),
    );
    expect(own.tiktok.counted.length - counted).toBe(count - places.length);
    return sizesOf(call);
  }

  test.each([0, 1, 250, 399])(
    'one bad event among 400, the one at %i, costs three requests',
    async (place) => {
      expect(await expectFound(world, 400, [place])).toEqual([400, 1, 399]);
      expect(world.tiktok.counted.every(({ duplicates }) => duplicates === 0)).toBe(true);
    },
  );

  const wordings = Object.entries(WORDINGS).map(([name, wording]) => ({ name, wording }));

  test.each(wordings)(
    'TikTok words its refusal $name: the bad events are found',
    async ({ name, wording }) => {
      const own = await createWorld({ refuses, wording });
      const one = await expectFound(own, 400, [123]);
      expect(one.length).toBe(ONE_BAD[name]);
      await expectFound(own, 20, [3, 4, 19]);
      await expectFound(own, 20, []);
      await own.close();
    },
  );

  /** The requests for one bad event among 400, by wording; 3 if TikTok names it. */
  const ONE_BAD: Readonly<Record<string, number>> = {
    'data[3].event_id': 3,
    'data.3.event_id': 3,
    'index 3': 3,
    'without an index': 24,
    'with a wrong index': 26,
    'with an index beyond the request': 24,
    'always with index 0': 26,
    'with a value': 3,
    'with a value before the index': 3,
    'with a value and no index': 24,
  };

  test('a value in its words may name another index: that costs two requests more', async () => {
    const own = await createWorld({
      refuses: ({ properties }) => properties?.search_string === 'index 0',
      wording: WORDINGS['with a value before the index'],
    });
    const events = tracks(400);
    events[123] = track({
      event: 'Products Searched',
      properties: { email: 'jane@example.com', query: 'index 0' },
    });
    const call = await own.sendBatch(events);
    await own.close();
    expect(outcomesOf(call)).toEqual(
      events.map((_, index) => (index === 123 ? 'Message Rejected' : 'Delivered')),
    );
    expect(call.traces).toHaveLength(26);
  });

  test.each<[count: number, places: readonly number[], sizes: readonly number[]]>([
    [2, [0], [2, 1, 1]],
    [20, [3], [20, 1, 19]],
    [20, [3, 19], [20, 1, 19, 1, 18]],
    [20, [3, 4, 19], [20, 1, 19, 1, 18, 1, 17]],
    // The fourth one is not named any more.
    [20, [3, 4, 9, 19], [20, 1, 19, 1, 18, 1, 17, 2, 2, 2, 2, 2, 2, 2, 3, 1, 2]],
  ])('of %i events with bad ones at %j: requests of %j', async (count, places, sizes) => {
    expect(await expectFound(world, count, places)).toEqual(sizes);
  });

  test('for any number of bad events anywhere and any words, each is found', async () => {
    let nextWording: Wording = WORDINGS['index 3'];
    const own = await createWorld({ refuses, wording: (refusal) => nextWording(refusal) });
    await fc.assert(
      fc.asyncProperty(
        fc
          .integer({ min: 1, max: 120 })
          .chain((count) =>
            fc.tuple(fc.constant(count), fc.uniqueArray(fc.nat(count - 1), { maxLength: 12 })),
          ),
        fc.array(fc.constantFrom(...Object.values(WORDINGS)), { minLength: 1, maxLength: 40 }),
        async ([count, places], chosen) => {
          let refusals = 0;
          nextWording = (refusal) => {
            refusals += 1;
            return chosen[refusals % chosen.length]?.(refusal) ?? '';
          };
          await expectFound(own, count, places);
        },
      ),
      { numRuns: 60 },
    );
    await own.close();
  }, 60_000);

  test.each<[what: string, answer: Misbehaviour]>([
    ['HTTP 413', { status: 413, body: '<html>Too large</html>' }],
    ['HTTP 400', { status: 400, body: '' }],
    ['HTTP 422', { status: 422, body: '' }],
    ['a parameter error', { code: 40002 }],
    ['a code that is not known', { code: 40099 }],
    ['partial success', { code: 20001 }],
  ])('%s splits too, and all is delivered once', async (_, answer) => {
    world.tiktok.misbehave(answer);
    const call = await world.sendBatch(tracks(10));
    expect(new Set(outcomesOf(call))).toEqual(new Set(['Delivered']));
    expect(sizesOf(call)).toEqual([10, 1, 1, 1, 2, 1, 1, 1, 2]);
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

  test('a code that is not known is kept: of several events, the one that gets it alone is tried again', async () => {
    world.tiktok.misbehave({ code: 40099, message: 'data[1]' }, { code: 40099 });
    const call = await world.sendBatch(tracks(3));
    expect(outcomesOf(call)).toEqual(['Delivered', 'Retry', 'Delivered']);
    expect(call.results[1]?.error?.message).toContain('This function does not know the code');
  });

  test.each<[what: string, answer: Misbehaviour]>([
    ...[40016, 40100, 40132, 40133].map((code): [string, Misbehaviour] => ['a rate limit', { code }]),
    ["TikTok's own trouble", { code: 50000 }],
    ['an expired token', { code: 40102 }],
    ['HTTP 503', { status: 503, body: '' }],
  ])('%s (%j) does not split: it is tried again for what it concerns', async (_, answer) => {
    world.tiktok.misbehave(answer);
    const call = await world.sendBatch(tracks(4));
    expect(outcomesOf(call)).toEqual(['Retry', 'Retry', 'Retry', 'Retry']);
    expect(call.traces).toHaveLength(1);
  });

  test('trouble with one part is tried again for that part only', async () => {
    world.tiktok.misbehave({ code: 40002 }, { code: 40100 });
    const call = await world.sendBatch(tracks(16));
    expect(outcomesOf(call).sort()).toEqual([
      ...Array<OutcomeName>(14).fill('Delivered'),
      ...Array<OutcomeName>(2).fill('Retry'),
    ]);
    expect(world.tiktok.counted).toHaveLength(14);
  });

  test('parts go side by side, eight at a time, over as many connections', async () => {
    const own = await createWorld({ refuses, wording: WORDINGS['without an index'], needs: ['https'] });
    own.tiktok.misbehave(...Array.from({ length: 200 }, () => ({ delay: 20 })));
    const call = await own.sendBatch(Array.from({ length: 64 }, badEvent));
    expect(new Set(outcomesOf(call))).toEqual(new Set(['Message Rejected']));
    expect(call.traces).toHaveLength(73);
    expect(own.tiktok.mostAtOnce()).toBe(8);
    expect(own.segment.connectionsOpened()).toBeLessThanOrEqual(8);
    await own.close();
  }, 20_000);
});

describe('words that name a setting', () => {
  const HOSTILE = 'my test_event_code';
  const hostile = () =>
    track({ event: 'Products Searched', properties: { email: 'jane@example.com', query: HOSTILE } });
  const openHostile = (wording: Wording = WORDINGS['with a value and no index']) =>
    createWorld({ refuses: ({ properties }) => properties?.search_string === HOSTILE, wording });

  test.each([
    'event_source_id: no such event set',
    'data.event_source: not valid',
    'data[0].test_event_code: not valid',
  ])(
    'of all requests: nothing is split, all are tried again, and the operator is asked: %s',
    async (message) => {
      world.tiktok.misbehave(...Array.from({ length: 9 }, () => ({ code: 40002, message })));
      const call = await world.sendBatch(tracks(20));
      expect(sizesOf(call)).toEqual([20, 1, 19]);
      for (const { outcome, error } of call.results) {
        expect(outcome).toBe('Retry');
        expect(error?.message).toContain(`"${message}" (code 40002`);
        expect(error?.message).toContain('Check Event Source, Event Set ID and Test Event Code.');
      }
    },
  );

  test.each([0, 7, 19])('that are an echo of the event at %i cost the others nothing', async (place) => {
    const own = await openHostile();
    const events = tracks(20);
    events[place] = hostile();
    const call = await own.sendBatch(events);
    await own.close();
    expect(outcomesOf(call)).toEqual(
      events.map((_, index) => (index === place ? 'Message Rejected' : 'Delivered')),
    );
    expect(call.results[place]?.error?.message).toMatch(/my test_event_code.*Change the event/);
  });

  test('with its index, the echo is found with five requests', async () => {
    const own = await openHostile(WORDINGS['with a value']);
    const call = await own.sendBatch([hostile(), ...tracks(399)]);
    await own.close();
    expect(outcomesOf(call)).toEqual(['Message Rejected', ...Array<OutcomeName>(399).fill('Delivered')]);
    expect(sizesOf(call)).toEqual([400, 1, 399, 1, 398]);
  });

  test('an echo of a single event is tried again: nothing says that the settings are right', async () => {
    const own = await openHostile();
    const call = await own.send(hostile());
    await own.close();
    expect(call.outcome).toBe('Retry');
    expect(call.error?.message).toContain('Check Event Source, Event Set ID and Test Event Code.');
  });
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
    const call = await own.sendBatch([...tracks(2), null]);
    expect(call.milliseconds).toBe(4500);
    expect(outcomesOf(call).sort()).toEqual(['Delivered', 'Message Rejected', 'Retry']);
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

  test('it is one for all requests of a call: slow parts after a slow refusal are tried again in time', async () => {
    own.tiktok.misbehave({ code: 40002, delay: 3000 }, { delay: 3000 }, { delay: 3000 });
    const call = await own.sendBatch(tracks(2));
    expect(call.milliseconds).toBe(4500);
    expect(outcomesOf(call)).toEqual(['Retry', 'Retry']);
  });

  test('a part that hangs keeps no other from being decided', async () => {
    own.tiktok.misbehave({ code: 40002 }, { delay: 6000 });
    const call = await own.sendBatch([...tracks(12), badEvent(), ...tracks(3)]);
    const outcomes = outcomesOf(call);
    expect(outcomes[12]).toBe('Message Rejected');
    expect(outcomes.filter((outcome) => outcome === 'Retry')).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome === 'Delivered')).toHaveLength(13);
  });

  test('of the event that is named and the rest, the one that hangs keeps the other from nothing', async () => {
    own.tiktok.misbehave({ code: 40002, message: 'data[1]' }, { delay: 6000 });
    const call = await own.sendBatch(tracks(3));
    const delivered = outcomesOf(call).filter((outcome) => outcome === 'Delivered');
    expect([1, 2]).toContain(delivered.length);
    expect(call.traces).toHaveLength(3);
  });

  const range = (count: number, step: number) => Array.from({ length: count }, (_, index) => index * step);
  test.each(
    [[], [399], [7, 130, 131], range(20, 20), range(200, 2), range(400, 1)].flatMap((places) =>
      (['data[3].event_id', 'without an index', 'with a wrong index', 'always with index 0'] as const).map(
        (name) => ({ count: places.length, name, places }),
      ),
    ),
  )(
    'of 400 events, $count bad, each request taking 150 ms, words $name: none is lost, none doubled, each has one status',
    async ({ places, name }) => {
      const slow = await createWorld({
        refuses,
        wording: WORDINGS[name],
        otherwise: () => ({ delay: 150 }),
        time: createVirtualTime(),
      });
      const events = range(400, 1).map((index) => (places.includes(index) ? badEvent() : track()));
      const call = await slow.sendBatch(events);
      const ids = new Set(slow.tiktok.counted.map(({ event }) => event.event_id));
      await slow.close();
      expect(call.milliseconds).toBeLessThanOrEqual(4500);
      expect(slow.tiktok.mostAtOnce()).toBeLessThanOrEqual(8);
      expect(ids.size).toBe(slow.tiktok.counted.length);
      for (const [index, outcome] of outcomesOf(call).entries()) {
        const isCounted = ids.has(String(events[index]?.['messageId']));
        // Of what is not decided in time, nothing was counted; all of it is tried again.
        if (outcome === 'Retry') expect(isCounted).toBe(false);
        else
          expect({ outcome, isCounted }).toEqual(
            places.includes(index)
              ? { outcome: 'Message Rejected', isCounted: false }
              : { outcome: 'Delivered', isCounted: true },
          );
      }
      // Up to twenty bad ones are found within the budget.
      if (places.length <= 20) expect(outcomesOf(call)).not.toContain('Retry');
    },
    30_000,
  );

  test('near its end no request is begun, and none of an event of several is taken for all', async () => {
    class LateDate extends Date {
      static override now(): number {
        const isLate = late.tiktok.requests.slice(1).some(({ answer }) => answer !== undefined);
        return super.now() + (isLate ? 4100 : 0);
      }
    }
    const late: World = await createWorld({ globals: { Date: LateDate } });
    // Of the eight parts with two events each, one is refused: these two are not sent alone any more.
    late.tiktok.misbehave({ code: 40002 }, { code: 40002 });
    const settings = { eventMappings: { 'Signed Up': 'A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P' } };
    const call = await late.sendBatch([track({ event: 'Signed Up' })], settings);
    await late.close();
    expect(late.tiktok.requests).toHaveLength(9);
    expect(late.tiktok.counted).toHaveLength(14);
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

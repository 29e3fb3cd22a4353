// What Segment is told for each answer of TikTok's and each trouble on the way; the single handlers.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OutcomeName } from '../../scripts/local/segment/outcomes';
import type { Misbehaviour } from '../../scripts/local/tiktok/server';
import { createVirtualTime, type VirtualTime } from '../support/virtual-time';
import { createWorld, SETTINGS, track, type World } from '../support/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const ERRORS: Readonly<Partial<Record<OutcomeName, string>>> = {
  Retry: 'RetryError',
  'Message Rejected': 'InvalidEventPayload',
  'Unsupported Event Type': 'EventNotSupported',
};

describe("TikTok's answers", () => {
  test.each<[what: string, answer: Misbehaviour, outcome: OutcomeName, advice: RegExp]>([
    ['a parameter error', { code: 40000 }, 'Message Rejected', /Change the event/],
    ['a parameter error', { code: 40002 }, 'Message Rejected', /Change the event/],
    ['a parameter error not known yet', { code: 40099 }, 'Retry', /does not know the code/],
    ['no permission', { code: 40001 }, 'Retry', /Check Access Token and Event Set ID/],
    ...[40016, 40100, 40132, 40133].map((code): [string, Misbehaviour, OutcomeName, RegExp] => [
      'too many requests',
      { code },
      'Retry',
      /\. Segment tries again\.$/,
    ]),
    ['a token that is not known', { code: 40101 }, 'Retry', /Check Access Token/],
    ['an expired token', { code: 40102 }, 'Retry', /Check Access Token/],
    ['an empty token', { code: 40104 }, 'Retry', /Check Access Token/],
    ['a wrong token', { code: 40105 }, 'Retry', /Check Access Token/],
    ['a 4xxxx that is not known', { code: 40300 }, 'Retry', /does not know the code/],
    ['a 4xxxx that is not known with a bad status', { code: 40300, status: 400 }, 'Retry', /does not know/],
    ["TikTok's own trouble", { code: 50000 }, 'Retry', /Segment tries again/],
    ['maintenance', { code: 60001 }, 'Retry', /Segment tries again/],
    ['an unknown code', { code: 12345 }, 'Retry', /Segment tries again/],
    ['a negative code', { code: -1 }, 'Retry', /Segment tries again/],
    [
      'a parameter error with a bad status',
      { code: 40002, status: 400 },
      'Message Rejected',
      /Change the event/,
    ],
    ['a rate limit with a bad status', { code: 40100, status: 400 }, 'Retry', /Segment tries again/],
    [
      'a parameter error from an overloaded gateway',
      { code: 40002, status: 503 },
      'Retry',
      /Segment tries again/,
    ],
    [
      'a parameter error with too many requests',
      { code: 40000, status: 429 },
      'Retry',
      /Segment tries again/,
    ],
    ['a code of a status', { code: 400 }, 'Retry', /Segment tries again/],
  ])('%s, %j: %s, with their words, code and request_id', async (_, answer, outcome, advice) => {
    world.tiktok.misbehave({ message: 'What they say', ...answer });
    const call = await world.send(track());
    expect(call.outcome).toBe(outcome);
    expect(call.error?.name).toBe(ERRORS[outcome]);
    expect(call.error?.message).toMatch(advice);
    const requestId = /"request_id":"(\w+)"/.exec(world.tiktok.requests[0]?.answer ?? '')?.[1];
    expect(requestId).toMatch(/^\w{32}$/);
    expect(call.error?.message).toContain(
      `TikTok answered "What they say" (code ${answer.code}, request_id ${requestId})`,
    );
    expect(world.tiktok.counted).toHaveLength(0);
    expect(world.tiktok.requests).toHaveLength(1);
  });

  test.each([
    'event_source_id: no such event set',
    'data.event_source: not valid',
    'test_event_code: not valid',
  ])('a parameter error that is the same for all events (%s) is for the operator', async (message) => {
    world.tiktok.misbehave({ code: 40002, message });
    const { outcome, error } = await world.send(track());
    expect(outcome).toBe('Retry');
    expect(error?.message).toContain(`"${message}" (code 40002`);
    expect(error?.message).toContain('Check Event Source, Event Set ID and Test Event Code.');
  });

  test.each([200, 201, 202])('code 0 with HTTP %i: delivered', async (status) => {
    world.tiktok.misbehave({ code: 0, status });
    expect((await world.send(track())).outcome).toBe('Delivered');
  });

  test('code 0 behind the mark of UTF-8, which a proxy may put there: delivered', async () => {
    world.tiktok.misbehave({ body: '\ufeff{"code":0,"message":"OK"}' });
    expect((await world.send(track())).outcome).toBe('Delivered');
  });

  test.each([0, 20001])('code %i: delivered', async (code) => {
    world.tiktok.misbehave({ code });
    expect((await world.send(track())).outcome).toBe('Delivered');
    expect(world.tiktok.counted).toHaveLength(1);
  });

  test.each<[status: number, outcome: OutcomeName, advice: RegExp]>([
    [400, 'Message Rejected', /Change the event/],
    [413, 'Message Rejected', /Change the event/],
    [422, 'Message Rejected', /Change the event/],
    [401, 'Retry', /Check Access Token/],
    [403, 'Retry', /Event Set ID/],
    [404, 'Retry', /Segment tries again/],
    [408, 'Retry', /Segment tries again/],
    [429, 'Retry', /Segment tries again/],
    [500, 'Retry', /Segment tries again/],
    [502, 'Retry', /Segment tries again/],
    [503, 'Retry', /Segment tries again/],
    [504, 'Retry', /Segment tries again/],
    [302, 'Retry', /Segment tries again/],
  ])('HTTP %i from a gateway: %s', async (status, outcome, advice) => {
    world.tiktok.misbehave({ status, body: '<html>Sorry</html>' });
    const call = await world.send(track());
    expect(call.outcome).toBe(outcome);
    expect(call.error?.name).toBe(ERRORS[outcome]);
    expect(call.error?.message).toMatch(advice);
    expect(call.error?.message).toContain(`HTTP ${status}`);
    expect(world.tiktok.requests).toHaveLength(1);
  });

  test.each<[what: string, answer: Misbehaviour]>([
    ['a page of HTML', { body: '<html>Welcome</html>' }],
    ['nothing', { body: '' }],
    ['half a JSON', { body: '{"code": 0' }],
    ['JSON without a code', { body: '{"status": "ok"}' }],
    ['JSON with a code that is text', { body: '{"code": "0"}' }],
    ['JSON with a code that is no whole number', { body: '{"code": 0.5}' }],
    ['JSON that is no object', { body: 'null' }],
    ['code 0 with a bad status', { code: 0, status: 500 }],
    ['code 0 with a redirect', { code: 0, status: 302 }],
    ['partial success with a bad status', { code: 20001, status: 502 }],
    ['a gateway that has codes of its own', { code: 400, status: 502 }],
    ['a gateway that has codes of its own', { code: 413, status: 503 }],
  ])('%s is not taken for success: tried again', async (_, answer) => {
    world.tiktok.misbehave(answer);
    const call = await world.send(track());
    expect(call.outcome).toBe('Retry');
    expect(call.error?.name).toBe('RetryError');
    expect(call.error?.message).toMatch(/without a result code|which is not one of its error codes/);
  });

  test('strange types in an answer are no trouble', async () => {
    world.tiktok.misbehave({ body: '{"code": 40002, "message": {"toString": 1}, "request_id": ["x"]}' });
    expect((await world.send(track())).outcome).toBe('Message Rejected');
  });

  test('the token, an email address and a phone number in their words are not passed on', async () => {
    const message = `No ${SETTINGS.accessToken} for o'jane@example.com, +1 (415) 555–0100`;
    world.tiktok.misbehave({ code: 40105, message });
    const call = await world.send(track());
    expect(call.error?.message).toContain('"No [token] for [email], +[number]"');
  });

  test.each([
    'abcDEF',
    '20261120101500',
    '2f1c-88a0',
    'a_b',
    'a.b',
    '0f8fad5b-d9cb-469f-a165-70867728950e',
    'x'.repeat(100),
  ])('the request_id %s is shown', async (id) => {
    world.tiktok.misbehave({ body: JSON.stringify({ code: 50000, message: 'No', request_id: id }) });
    const { error } = await world.send(track());
    expect(error?.message).toBe(`TikTok answered "No" (code 50000, request_id ${id}). Segment tries again.`);
  });

  test.each([
    SETTINGS.accessToken,
    `id-${SETTINGS.accessToken}`,
    'jane@example.com',
    '+1 415 555 0100',
    'x'.repeat(100_000),
  ])('what is no id of a request (%#) is not passed on as one', async (id) => {
    world.tiktok.misbehave({ body: JSON.stringify({ code: 50000, message: 'No', request_id: id }) });
    const { error } = await world.send(track());
    expect(error?.message).toBe('TikTok answered "No" (code 50000, no request_id). Segment tries again.');
  });

  test.each([
    ['digits', '7', '[number]'],
    ['letters', 'a', `${'a'.repeat(299)}…`],
    ['escapes', '%25', `${'%'.repeat(299)}…`],
  ])('three hundred thousand of %s in their words are no trouble', async (_, text, shown) => {
    world.tiktok.misbehave({ code: 50000, message: text.repeat(300_000) });
    expect((await world.send(track())).error?.message).toContain(`TikTok answered "${shown}" (code 50000`);
  });

  test('a redirect is not followed: the token stays with TikTok', async () => {
    // Even back to TikTok, where it would be counted.
    const location = 'https://business-api.tiktok.com/open_api/v1.3/event/track/';
    world.tiktok.misbehave({ status: 307, body: '', location });
    const call = await world.send(track());
    expect(call.outcome).toBe('Retry');
    expect(world.tiktok.requests).toHaveLength(1);
  });

  test('where Segment has no RetryError, an Error of that name is thrown', async () => {
    const own = await createWorld({ globals: { RetryError: undefined } });
    own.tiktok.misbehave({ code: 50000 });
    const call = await own.send(track());
    await own.close();
    expect(call).toMatchObject({ outcome: 'Retry', error: { name: 'RetryError' } });
  });
});

describe('the network', () => {
  test.each<[what: string, answer: Misbehaviour, words: string]>([
    [
      'a connection that is closed before the request is read',
      { reset: 'unread' },
      'The connection to TikTok failed',
    ],
    [
      'a connection that is closed without an answer',
      { reset: 'unanswered' },
      'The connection to TikTok failed',
    ],
  ])('%s: tried again by Segment, and counted once in the end', async (_, answer, words) => {
    world.tiktok.misbehave(answer);
    const event = track();
    const call = await world.send(event);
    expect(call).toMatchObject({ outcome: 'Retry', error: { name: 'RetryError' } });
    expect(call.error?.message).toContain(words);
    expect(world.tiktok.requests).toHaveLength(1);
    expect((await world.send(event)).outcome).toBe('Delivered');
    expect(world.tiktok.counted).toHaveLength(1);
  });

  test('a refused connection: tried again by Segment', async () => {
    await world.close();
    const call = await world.send(track());
    world = await createWorld();
    expect(call.outcome).toBe('Retry');
    expect(call.error?.message).toContain('ECONNREFUSED');
  });

  test('a certificate of another host: nothing is sent, tried again by Segment', async () => {
    const own = await createWorld({ certificateFlaw: 'another host' });
    const call = await own.send(track());
    await own.close();
    expect(call.outcome).toBe('Retry');
    expect(call.error?.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(own.tiktok.requests).toHaveLength(0);
  });
});

describe('time', () => {
  let time: VirtualTime;
  let own: World;
  beforeEach(async () => {
    time = createVirtualTime();
    own = await createWorld({ time, needs: ['https', 'setTimeout', 'clearTimeout'] });
  });
  afterEach(() => own.close());

  test.each([
    [4499, 'Delivered', 4499],
    [4501, 'Retry', 4500],
  ])('an answer after %i ms: %s, after %i ms', async (delay, outcome, milliseconds) => {
    own.tiktok.misbehave({ delay });
    await expect(own.send(track())).resolves.toMatchObject({ outcome, milliseconds });
  });

  test('a slow answer costs no other call that runs beside it', async () => {
    own.tiktok.misbehave({ delay: 6000 }, { delay: 3000 });
    const slow = own.send(track());
    await time.sleep(2000);
    const [one, other] = await Promise.all([slow, own.send(track())]);
    expect([one.outcome, other.outcome]).toEqual(['Retry', 'Delivered']);
  });

  test("a slow answer is given up before Segment's 5 s are over, and a new connection serves the next event", async () => {
    own.tiktok.misbehave({ delay: 6000 });
    const event = track();
    const call = await own.send(event);
    expect(call).toMatchObject({ outcome: 'Retry', error: { name: 'RetryError' } });
    expect(call.error?.message).toContain('TikTok did not answer in time');
    expect((await own.send(event)).outcome).toBe('Delivered');
    expect(own.tiktok.counted).toHaveLength(1);
    expect(own.segment.connectionsOpened()).toBe(2);
  });

  test("an answer that comes a byte at a time is given up before Segment's 5 s are over", async () => {
    own.tiktok.misbehave({ drip: 500 });
    const call = await own.send(track());
    expect(call).toMatchObject({ outcome: 'Retry', error: { name: 'RetryError' }, milliseconds: 4500 });
    await own.deliver(track());
    expect(own.segment.connectionsOpened()).toBe(2);
  });

  test.each<[what: string, answer: Misbehaviour]>([
    ['a slow answer', { delay: 3000 }],
    ['an answer that comes a byte at a time', { drip: 500 }],
  ])("without timers in the runtime, node-fetch's own end %s in time", async (_, answer) => {
    const timeless = await createWorld({ time, globals: { setTimeout: undefined, clearTimeout: undefined } });
    timeless.tiktok.misbehave(answer);
    const call = await timeless.send(track());
    expect(call).toMatchObject({ outcome: 'Retry', error: { name: 'RetryError' } });
    expect(call.error?.message).toContain('TikTok did not answer in time');
    expect(call.milliseconds).toBeLessThanOrEqual(4500);
    expect((await timeless.send(track())).outcome).toBe('Delivered');
    await timeless.close();
  });

  // node-fetch 2.6.0 does not notice it.
  test.each<[what: string, reset: 'halfway' | 'halfway-chunked']>([
    ['short of its length', 'halfway'],
    ['without a length', 'halfway-chunked'],
  ])(
    'an answer that breaks off %s is noticed at once: tried again by Segment, and counted once in the end',
    async (_, reset) => {
      own.tiktok.misbehave({ reset });
      const event = track();
      const call = await own.send(event);
      expect(call).toMatchObject({ outcome: 'Retry', error: { name: 'RetryError' } });
      expect(call.error?.message).toContain("TikTok's answer broke off (the connection ended)");
      expect(call.milliseconds).toBeLessThan(1000);
      expect((await own.send(event)).outcome).toBe('Delivered');
      expect(own.tiktok.counted).toHaveLength(1);
    },
  );
});

describe('connections', () => {
  beforeEach(async () => {
    await world.close();
    world = await createWorld({ needs: ['https'] });
  });

  test('a hundred events in a row go over one connection', async () => {
    for (let count = 0; count < 100; count += 1) await world.deliver(track());
    expect(world.segment.connectionsOpened()).toBe(1);
    expect(world.tiktok.connections()).toBe(1);
  });

  test.each(['unread', 'unanswered'] as const)(
    'a request that dies on a kept connection (%s) is sent once more on a fresh one, and counted once',
    async (reset) => {
      await world.deliver(track());
      world.tiktok.misbehave({ reset });
      const call = await world.send(track());
      expect(call.outcome).toBe('Delivered');
      expect(call.traces).toHaveLength(2);
      expect(world.segment.connectionsOpened()).toBe(2);
      expect(world.tiktok.counted).toHaveLength(2);
    },
  );

  test('it is sent once more, not twice', async () => {
    await world.deliver(track());
    world.tiktok.misbehave({ reset: 'unread' }, { reset: 'unread' });
    const call = await world.send(track());
    expect(call.outcome).toBe('Retry');
    expect(call.traces).toHaveLength(2);
  });

  test('an answer that breaks off on a kept connection is left to Segment', async () => {
    const own = await createWorld({ time: createVirtualTime(), needs: ['https'] });
    await own.deliver(track());
    own.tiktok.misbehave({ reset: 'halfway-chunked' });
    const call = await own.send(track());
    await own.close();
    expect(call.outcome).toBe('Retry');
    expect(call.traces).toHaveLength(1);
  });

  test('without https in the runtime, events are delivered all the same', async () => {
    const own = await createWorld({ globals: { https: undefined } });
    await own.deliver(track());
    await own.deliver(track());
    await own.close();
    expect(own.segment.connectionsOpened()).toBe(2);
  });
});

describe('the request', () => {
  test("goes to TikTok's host with the token in its header, and says where it comes from", async () => {
    const call = await world.send(track(), { testEventCode: 'TEST123' });
    expect(call.traces[0]?.request).toMatchObject({
      method: 'POST',
      url: 'https://business-api.tiktok.com/open_api/v1.3/event/track/',
      headers: { 'Access-Token': SETTINGS.accessToken, 'Content-Type': 'application/json' },
    });
    expect(JSON.parse(call.traces[0]?.request.body ?? '')).toEqual({
      event_source: 'offline',
      event_source_id: SETTINGS.eventSetId,
      partner_name: 'Segment',
      test_event_code: 'TEST123',
      data: [expect.anything()],
    });
  });

  test('an event that Segment tries again is counted once', async () => {
    const event = track();
    await world.deliver(event);
    expect((await world.send(event)).outcome).toBe('Delivered');
    expect(world.tiktok.counted).toHaveLength(1);
    expect(world.tiktok.counted[0]?.duplicates).toBe(1);
  });
});

test("a fault of the function's own does not cost the event", async () => {
  const own = await createWorld({ globals: { crypto: undefined } });
  const call = await own.send(track());
  await own.close();
  expect(call.outcome).toBe('Retry');
  expect(call.error?.message).toBe('The function failed (ReferenceError). Please report it.');
});

describe('events that are none of TikTok', () => {
  test.each([
    [
      { type: 'track', event: 'Video Playback Started' },
      'No TikTok event is mapped to "Video Playback Started"',
    ],
    [
      { type: 'track', event: 'Order for jane@example.com, 415-555-0100' },
      'mapped to "Order for [email], [number]"',
    ],
    [{ type: 'track', event: `Paid with ${SETTINGS.accessToken}` }, 'mapped to "Paid with [token]"'],
    [{ type: 'track' }, 'No TikTok event is mapped to a track call without a name.'],
    [{ type: 'track', event: { name: 'x' } }, 'No TikTok event is mapped to a track call without a name.'],
    [{ type: 'group' }, 'No TikTok event is mapped to this group call.'],
  ])('%j is unsupported, and no request is made', async (event, words) => {
    const call = await world.send(event);
    expect(call).toMatchObject({ outcome: 'Unsupported Event Type', error: { name: 'EventNotSupported' } });
    expect(call.error?.message).toContain(words);
    expect(world.tiktok.requests).toHaveLength(0);
  });

  test.each(['identify', 'screen', 'group', 'alias', 'delete', 'other'])(
    '%s calls are unsupported',
    async (type) => {
      expect((await world.send({ type, userId: 'customer-1' })).outcome).toBe('Unsupported Event Type');
    },
  );
});

describe('the time of an event', () => {
  test.each<[timestamp: unknown, seconds: number]>([
    ['2026-11-20T10:15:00.999Z', 1795169700],
    ['2026-11-20T10:15:00Z', 1795169700],
    ['2026-10-31T10:15:00.000Z', 1793441700],
    ['2024-02-29T10:15:00.000Z', 1709201700],
    ['2026-11-20 10:15:00', 1795169700],
    ['2026-11-20T11:15:00+01:00', 1795169700],
    ['2026-11-20T05:15:00-0500', 1795169700],
    ['2026-11-20', 1795132800],
    [1795169700, 1795169700],
    [1795169700123, 1795169700],
    ['1795169700', 1795169700],
    ['2026-11-20 10:15:00+00', 1795169700],
    ['2026-11-20T11:15:00,5+01', 1795169700],
    ['2010-01-01T00:00:00Z', 1262304000],
    ['1.7e9', 1700000000],
    ['+1700000000000', 1700000000],
  ])('%j is sent as %i', async (timestamp, seconds) => {
    expect((await world.deliver(track({ timestamp }))).event_time).toBe(seconds);
  });

  test.each([undefined, null, ''])('%j is sent as the time of handling', async (timestamp) => {
    const before = Math.floor(Date.now() / 1000);
    const { event_time } = await world.deliver(track({ timestamp }));
    expect(event_time).toBeGreaterThanOrEqual(before);
    expect(event_time).toBeLessThanOrEqual(Date.now() / 1000);
  });

  test.each([
    '202611201015',
    'last Tuesday',
    'order 12',
    '2026-02-31T10:00:00Z',
    '2026-02-29T10:00:00.000Z',
    '2026-04-31T10:00:00.000Z',
    '2026-13-20T10:00:00.000Z',
    '2026-11-00T10:00:00.000Z',
    '2026-11-20T25:00:00Z',
    '20/11/2026',
    12,
    -5,
    {},
    true,
  ])('%j is refused, and the message says where it stands and what would be read', async (timestamp) => {
    const call = await world.send(track({ timestamp }));
    expect(call).toMatchObject({ outcome: 'Message Rejected', error: { name: 'InvalidEventPayload' } });
    expect(call.error?.message).toContain('event_time: "timestamp" is not a time in ISO 8601');
    expect(world.tiktok.requests).toHaveLength(0);
  });
});

describe('a request never waits forever: to node-fetch, a timeout of 0 is none', () => {
  const START = Date.UTC(2026, 10, 20);
  const DELIVERED = {
    status: 200,
    text: () => Promise.resolve('{"code":0,"message":"OK","request_id":"1"}'),
  };

  /** A runtime with a kept connection, as far as the function looks at it. */
  class KeptConnection {
    readonly freeSockets = { 'business-api.tiktok.com:443': [{ destroy: () => undefined }] };
  }

  /**
   * Sends an event while the clock shows these milliseconds, look by look; each request ends as `ends` says.
   *
   * @returns the timeouts of the requests, and what became of the event.
   */
  async function sendAt(looks: readonly number[], ends: readonly ('answered' | 'reset')[]) {
    const rest = [...looks];
    class ClockDate extends Date {
      static override now = () => START + ((rest.length > 1 ? rest.shift() : rest[0]) ?? 0);
    }
    const timeouts: number[] = [];
    const own = await createWorld({
      needs: ['setTimeout', 'clearTimeout'],
      globals: {
        Date: ClockDate,
        https: { Agent: KeptConnection },
        fetch: (_: string, { timeout }: { timeout: number }) => {
          timeouts.push(timeout);
          return ends[timeouts.length - 1] === 'reset'
            ? Promise.reject(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
            : Promise.resolve(DELIVERED);
        },
      },
    });
    const { outcome, error } = await own.send(track());
    await own.close();
    return { timeouts, outcome, message: error?.message };
  }

  const LATE = 'TikTok did not answer in time. Segment tries again.';
  // The clock is looked at when the call begins, before the event is converted, and twice before a request.
  test.each([
    ['in time', [0, 0, 0, 0], ['answered'], [4500], 'Delivered', undefined],
    ['in the last millisecond', [0, 0, 0, 4499], ['answered'], [1], 'Delivered', undefined],
    ['at the very end', [0, 0, 0, 4500], ['answered'], [], 'Retry', LATE],
    ['after the end', [0, 0, 0, 5000], ['answered'], [], 'Retry', LATE],
    [
      'once more in time, after a reset',
      [0, 0, 0, 0, 4000],
      ['reset', 'answered'],
      [4500, 500],
      'Delivered',
      undefined,
    ],
    [
      'once more at the very end, after a reset',
      [0, 0, 0, 0, 4500],
      ['reset', 'answered'],
      [4500],
      'Retry',
      LATE,
    ],
  ] as const)('%s', async (_, looks, ends, timeouts, outcome, message) => {
    await expect(sendAt(looks, ends)).resolves.toEqual({ timeouts, outcome, message });
  });
});

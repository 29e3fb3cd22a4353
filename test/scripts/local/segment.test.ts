// The local copy of Segment's Functions runtime behaves as Segment's pages say.
import vm from 'node:vm';
import { describe, expect, jest, test } from '@jest/globals';
import { createClock, type Clock as FakeClock } from '@sinonjs/fake-timers';
import { z } from 'zod';
import { deliverUntilSettled } from '../../../scripts/local/segment/retries';
import { createRuntime, type BatchCall, type Clock } from '../../../scripts/local/segment/runtime';

const run = (code: string, event: object = { type: 'track' }, settings: object = {}) =>
  createRuntime({ code, routes: {} }).send(event, settings);

const NEVER_ENDS = 'await new Promise(() => {});';

/** A clock that goes on when the test says so. */
const simulated = (clock: FakeClock): Clock => ({
  now: () => clock.now,
  schedule(act, milliseconds) {
    const timer = clock.setTimeout(act, milliseconds);
    return () => {
      clock.clearTimeout(timer);
    };
  },
});

describe('outcomes', () => {
  test.each([
    ['return 1;', 'Delivered'],
    ["throw new RetryError('x');", 'Retry'],
    ["throw new InvalidEventPayload('x');", 'Message Rejected'],
    ["throw new ValidationError('x');", 'Message Rejected'],
    ["throw new EventNotSupported('x');", 'Unsupported Event Type'],
    ["throw new TypeError('x');", 'Bad Request'],
    ["throw 'x';", 'Bad Request'],
    ["const error = new Error('x'); error.name = 'RetryError'; throw error;", 'Retry'],
    ["const error = new Error('x'); error.name = 'Timeout'; throw error;", 'Bad Request'],
    ["const error = new Error('x'); error.name = 'constructor'; throw error;", 'Bad Request'],
  ])('a handler that does: %s is shown as %s', async (body, outcome) => {
    const call = await run(`async function onTrack(event, settings) { ${body} }`);
    expect(call.outcome).toBe(outcome);
  });

  test('a handler that does not end is shown as Timeout after 5 s', async () => {
    const clock = createClock();
    const code = `async function onTrack() { ${NEVER_ENDS} }`;
    const runtime = createRuntime({ code, routes: {}, clock: simulated(clock) });
    const ended = jest.fn();
    const call = runtime.send({ type: 'track' }, {}).finally(ended);
    await clock.tickAsync(4999);
    expect(ended).not.toHaveBeenCalled();
    await clock.tickAsync(1);
    expect(await call).toMatchObject({ outcome: 'Timeout', milliseconds: 5000 });
  });

  test('a handler that keeps the thread busy for longer than 5 s is shown as Timeout', async () => {
    let now = 0;
    class PassingDate extends Date {
      /** Each look at the clock is a tenth of a second later. */
      static override now = () => (now += 100);
    }
    const runtime = createRuntime({
      code: 'async function onTrack() { const end = Date.now() + 5100; while (Date.now() < end); }',
      routes: {},
      globals: { Date: PassingDate },
      // No timer fires while the thread is busy.
      clock: { now: () => now, schedule: () => () => undefined },
    });
    expect((await runtime.send({ type: 'track' }, {})).outcome).toBe('Timeout');
  });

  test('an event goes to the handler of its type, and one without a handler is unsupported', async () => {
    const code = 'async function onPage(event) { throw new ValidationError(event.name); }';
    expect((await run(code, { type: 'page', name: 'Home' })).error?.message).toBe('Home');
    expect((await run(code, { type: 'track' })).outcome).toBe('Unsupported Event Type');
    expect((await run(code, { type: '__proto__' })).outcome).toBe('Unsupported Event Type');
    expect((await run(code, {})).outcome).toBe('Unsupported Event Type');
  });
});

describe('batches', () => {
  function runBatch(
    body: string,
    events: readonly unknown[] = [{ type: 'track' }, null],
    clock?: Clock,
  ): Promise<BatchCall> {
    const code = `async function onBatch(events, settings) { ${body} }`;
    return createRuntime({ code, routes: {}, ...(clock && { clock }) }).sendBatch(events, {});
  }

  test.each([
    ['return [{ status: 200 }, { status: 400 }];', ['Delivered', 'Message Rejected']],
    ['return [{ status: 500 }, { status: 200 }];', ['Retry', 'Delivered']],
    ['return [{ status: 200 }, { status: 201 }];', ['Delivered', 'Bad Request']],
    ["return [{ status: '200' }, null];", ['Bad Request', 'Bad Request']],
    ['return [{ status: 200 }];', ['Bad Request', 'Bad Request']],
    ['return;', ['Bad Request', 'Bad Request']],
    ["throw new RetryError('x');", ['Retry', 'Retry']],
    ["throw new InvalidEventPayload('x');", ['Message Rejected', 'Message Rejected']],
    ["throw new TypeError('x');", ['Bad Request', 'Bad Request']],
  ])('a handler that does: %s is shown as %j', async (body, outcomes) => {
    const { results } = await runBatch(body);
    expect(results.map(({ outcome }) => outcome)).toEqual(outcomes);
  });

  test('a handler that does not end is shown as Timeout for each event', async () => {
    const clock = createClock();
    const call = runBatch(NEVER_ENDS, undefined, simulated(clock));
    await clock.tickAsync(5000);
    expect((await call).results.map(({ outcome }) => outcome)).toEqual(['Timeout', 'Timeout']);
  });

  test('an event that is discarded or tried again has the message that the handler gave', async () => {
    const { results } = await runBatch("return [{ status: 400, errormessage: 'why' }, { status: 500 }];");
    expect(results.map(({ error }) => error?.message)).toEqual(['why', '']);
  });

  test('the handler gets events of any type in one call, and settings of its own', async () => {
    const { logs, results } = await runBatch(
      'console.log(JSON.stringify([events, settings])); return events.map(() => ({ status: 200 }));',
      [{ type: 'track' }, { type: 'identify' }, 7],
    );
    expect(logs).toBe('[[{"type":"track"},{"type":"identify"},7],{}]\n');
    expect(results).toHaveLength(3);
  });

  test('a function without a batch handler has none', async () => {
    const code = 'async function onTrack() {}';
    await expect(createRuntime({ code, routes: {} }).sendBatch([], {})).rejects.toThrow('no onBatch');
  });
});

describe('events that are to be tried again', () => {
  const DELIVERED = { outcome: 'Delivered' } as const;
  const RETRY = { outcome: 'Retry' } as const;

  test('are handed over one by one until they are settled', async () => {
    const calls: (readonly unknown[])[] = [];
    const fates = await deliverUntilSettled(
      [['a', 'b', 'c'], ['d']],
      (events) => {
        calls.push(events);
        const isFirst = calls.length === 1;
        return Promise.resolve(events.map((event) => (isFirst && event !== 'a' ? RETRY : DELIVERED)));
      },
      () => 0.5,
    );
    expect(calls).toEqual([['a', 'b', 'c'], ['d'], ['b'], ['c']]);
    expect(fates.map(({ event, tries }) => [event, tries])).toEqual([
      ['a', 1],
      ['d', 1],
      ['b', 2],
      ['c', 2],
    ]);
  });

  test('are given up after 4 hours', async () => {
    const [fate] = await deliverUntilSettled(
      [['a']],
      () => Promise.resolve([RETRY]),
      () => 0.5,
    );
    // Waits of 10, 20, 40, 80, 160, 320 seconds, then of 10 minutes.
    expect(fate).toEqual({ event: 'a', result: RETRY, tries: 1 + 6 + Math.floor((14_400 - 630) / 600) });
  });
});

describe('the environment', () => {
  test('lives on between calls, with fresh settings and a fresh event for each', async () => {
    const code = `let calls = 0;
      async function onTrack(event, settings) {
        calls += 1;
        console.log(calls, settings.seen, event.seen);
        settings.seen = event.seen = true;
      }`;
    const runtime = createRuntime({ code, routes: {} });
    const settings = {};
    const event = { type: 'track' };
    expect((await runtime.send(event, settings)).logs).toBe('1 undefined undefined\n');
    expect((await runtime.send(event, settings)).logs).toBe('2 undefined undefined\n');
    expect([event, settings]).toEqual([{ type: 'track' }, {}]);
  });

  test('has the documented globals, ECMAScript and nothing else', async () => {
    const code = 'async function onTrack() { console.log(Object.getOwnPropertyNames(globalThis).join()); }';
    const names = new Set((await run(code)).logs.trim().split(','));
    const documented = [
      ...[
        'console',
        'Buffer',
        'URL',
        'URLSearchParams',
        'setTimeout',
        'clearTimeout',
        'setInterval',
        'clearInterval',
      ],
      ...[
        'fetch',
        'Request',
        'Response',
        'Headers',
        'crypto',
        'https',
        'cache',
        '_',
        'moment',
        'libphonenumberjslib',
      ],
      ...[
        'btoa',
        'atob',
        'FormData',
        'EventNotSupported',
        'InvalidEventPayload',
        'ValidationError',
        'RetryError',
      ],
    ];
    for (const name of documented) expect(names).toContain(name);
    for (const name of documented) names.delete(name);
    // What is left is the language's own.
    const bare = z.array(z.string()).parse(vm.runInNewContext('Object.getOwnPropertyNames(globalThis)'));
    expect([...names].filter((name) => !bare.includes(name))).toEqual([]);
    for (const name of [
      'process',
      'require',
      'module',
      'exports',
      'global',
      'AbortController',
      'TextEncoder',
    ]) {
      expect(names).not.toContain(name);
    }
  });

  test('has the real libraries under their documented names', async () => {
    const code = `async function onTrack() {
      console.log(_.VERSION.split('.')[0], moment.utc(0).format('YYYY'), crypto.createHash('sha256').update('abc').digest('hex').slice(0, 4),
        libphonenumberjslib.libphonenumberjs('+14155550100').number, new https.Agent({ keepAlive: true }).keepAlive);
    }`;
    expect((await run(code)).logs).toBe('4 1970 ba78 +14155550100 true\n');
  });

  test('caches values', async () => {
    const code = `async function onTrack() {
      let loads = 0;
      const load = () => cache.load('key', 60000, async () => (loads += 1));
      await load(); await load();
      cache.delete('key');
      console.log(await load());
    }`;
    expect((await run(code)).logs).toBe('2\n');
  });

  test('keeps 4 KB of what is logged', async () => {
    const call = await run(
      "async function onTrack() { for (let i = 0; i < 1000; i += 1) console.warn('0123456789'); }",
    );
    expect(call.logs).toHaveLength(4096);
  });

  test('knows no other host than those of its routes', async () => {
    const call = await run("async function onTrack() { await fetch('https://www.example.com/'); }");
    expect(call.outcome).toBe('Bad Request');
    expect(call.error?.message).toContain('This network has no host www.example.com');
    expect(call.traces).toMatchObject([{ request: { method: 'GET', url: 'https://www.example.com/' } }]);
    expect(call.traces[0]?.error).toContain('no host');
  });
});

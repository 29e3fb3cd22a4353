// How the local Segment shows what a handler did, as Segment's pages say.
import { describe, expect, jest, test } from '@jest/globals';
import { createClock } from '@sinonjs/fake-timers';
import type { Clock } from '../../../../scripts/local/clock';
import { createRuntime, type BatchCall } from '../../../../scripts/local/segment/runtime';
import { clockOf } from '../../../support/fake-clock';

const run = (code: string, event: object = { type: 'track' }, settings: object = {}) =>
  createRuntime({ code, routes: {} }).send(event, settings);

const NEVER_ENDS = 'await new Promise(() => {});';

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
    const runtime = createRuntime({ code, routes: {}, clock: clockOf(clock) });
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
    const call = runBatch(NEVER_ENDS, undefined, clockOf(clock));
    await clock.tickAsync(5000);
    expect((await call).results.map(({ outcome }) => outcome)).toEqual(['Timeout', 'Timeout']);
  });

  test('an event that is discarded or retried has the message that the handler gave', async () => {
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

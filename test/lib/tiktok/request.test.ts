// One request to TikTok: what is asked of node-fetch, connections that are kept, and answers that do not come.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type * as RequestModule from '../../../lib/tiktok/request';

class FakeConnection extends EventEmitter {
  readonly destroy = jest.fn();
}
interface FakeAgent {
  freeSockets: Record<string, FakeConnection[]>;
  sockets: Record<string, FakeConnection[]>;
}

const TOKEN = 'token-for-the-tests-4f1c';
const HOST = 'business-api.tiktok.com:443';
const GLOBALS = ['fetch', 'https', 'setTimeout', 'clearTimeout'] as const;

let agents: FakeAgent[] = [];
const agentOptions: unknown[] = [];
/** The connection of the request, and one of another request. */
let connection: FakeConnection;
let other: FakeConnection;
const before = new Map(GLOBALS.map((name): [string, unknown] => [name, Reflect.get(globalThis, name)]));

/** How node-fetch fails. */
const failure = (code: string) => Object.assign(new Error('failed'), { code, type: 'system' });
type Exchange = (options: Record<string, unknown>) => unknown;
/** What happens to one request after the other. */
let exchanges: Exchange[] = [];
const requests: Record<string, unknown>[] = [];

beforeEach(() => {
  agents = [];
  agentOptions.length = 0;
  requests.length = 0;
  connection = new FakeConnection();
  other = new FakeConnection();
  Reflect.set(globalThis, 'https', {
    Agent: class implements FakeAgent {
      freeSockets = {};
      sockets = { [HOST]: [other] };
      constructor(options: unknown) {
        agents.push(this);
        agentOptions.push(options);
      }
    },
  });
  Reflect.set(globalThis, 'fetch', (url: string, options: Record<string, unknown>) => {
    requests.push({ url, ...options });
    const [agent] = agents;
    if (agent) agent.sockets = { [HOST]: [other, connection] };
    return exchanges.shift()?.(options);
  });
});
afterEach(() => {
  jest.useRealTimers();
  for (const [name, value] of before) Reflect.set(globalThis, name, value);
});

/** The module anew: it keeps its agent for as long as it lives. */
function load(): typeof RequestModule {
  let loaded: typeof RequestModule | undefined;
  jest.isolateModules(() => {
    loaded = jest.requireActual<typeof RequestModule>('../../../lib/tiktok/request');
  });
  if (loaded === undefined) throw new Error('Not loaded');
  return loaded;
}
const post = (module: typeof RequestModule, milliseconds = 1000) =>
  module.post('{}', TOKEN, Date.now() + milliseconds);

const answers = (body: string | (() => unknown)) => () =>
  Promise.resolve({
    status: 200,
    text: typeof body === 'string' ? () => Promise.resolve(body) : body,
  });
const fails = (code: string) => () => Promise.reject(failure(code));
const never = () => new Promise(() => undefined);

test('node-fetch ends a request by itself, and reads one megabyte of the answer', async () => {
  exchanges = [answers('yes')];
  await expect(post(load())).resolves.toEqual({ status: 200, body: 'yes' });
  expect(requests[0]).toMatchObject({
    url: 'https://business-api.tiktok.com/open_api/v1.3/event/track/',
    method: 'POST',
    headers: { 'Access-Token': TOKEN, 'Content-Type': 'application/json' },
    body: '{}',
    size: 1_000_000,
    redirect: 'manual',
    agent: agents[0],
  });
  expect(requests[0]?.['timeout']).toBeGreaterThan(900);
  expect(requests[0]?.['timeout']).toBeLessThanOrEqual(1000);
});

test('connections are kept, by one agent for all requests', async () => {
  exchanges = [answers('first'), answers('second')];
  const module = load();
  await post(module);
  await post(module);
  expect(agentOptions).toEqual([{ keepAlive: true }]);
  expect(requests.map(({ agent }) => agent)).toEqual([agents[0], agents[0]]);
});

test('after the deadline, nothing is sent', async () => {
  const module = load();
  jest.useFakeTimers();
  for (const milliseconds of [0, -1])
    await expect(post(module, milliseconds)).resolves.toMatchObject({
      reason: { message: 'TikTok did not answer in time', isReset: false },
    });
  expect(requests).toEqual([]);
});

test.each([[['setTimeout']], [['clearTimeout']], [['setTimeout', 'clearTimeout']]])(
  'without %j in the runtime, node-fetch has half of the time for the answer, and half for its body',
  async (missing) => {
    for (const name of missing) Reflect.set(globalThis, name, undefined);
    const module = load();
    for (const name of missing) Reflect.set(globalThis, name, before.get(name));
    jest.useFakeTimers();
    exchanges = [answers('yes')];
    await expect(post(module)).resolves.toEqual({ status: 200, body: 'yes' });
    expect(requests[0]).toMatchObject({ timeout: 500 });
    expect(jest.getTimerCount()).toBe(0);
  },
);

describe('a request that dies on a kept connection', () => {
  const kept = [new FakeConnection(), new FakeConnection()];
  async function withKept(module: typeof RequestModule) {
    exchanges = [answers('first')];
    await post(module);
    const [agent] = agents;
    if (agent) agent.freeSockets = { [HOST]: kept };
  }

  test.each(['ECONNRESET', 'EPIPE'])(
    '(%s) is sent once more, after the other old ones were closed',
    async (code) => {
      const module = load();
      await withKept(module);
      exchanges = [fails(code), answers('second')];
      await expect(post(module)).resolves.toEqual({ status: 200, body: 'second' });
      expect(requests).toHaveLength(3);
      for (const { destroy } of kept) expect(destroy).toHaveBeenCalled();
    },
  );

  test.each(['ETIMEDOUT', 'ENOTFOUND', 'CERT_HAS_EXPIRED'])(
    'for another reason (%s) is not',
    async (code) => {
      const module = load();
      await withKept(module);
      exchanges = [fails(code)];
      await expect(post(module)).resolves.toMatchObject({
        reason: { message: `The connection to TikTok failed (${code})` },
      });
      expect(requests).toHaveLength(2);
    },
  );

  test.each(['request-timeout', 'body-timeout'])('because time ran out (%s) is not', async (type) => {
    const module = load();
    await withKept(module);
    exchanges = [() => Promise.reject(Object.assign(new Error('failed'), { type }))];
    await expect(post(module)).resolves.toMatchObject({
      reason: { message: 'TikTok did not answer in time', isReset: false },
    });
    expect(requests).toHaveLength(2);
  });

  test('in the middle of its answer is not', async () => {
    const module = load();
    await withKept(module);
    exchanges = [answers(() => Promise.reject(failure('ECONNRESET')))];
    await expect(post(module)).resolves.toMatchObject({
      reason: { message: "TikTok's answer broke off (ECONNRESET)", isReset: false },
    });
    expect(requests).toHaveLength(2);
  });

  test('is not sent again on a fresh connection', async () => {
    exchanges = [fails('EPIPE')];
    await expect(post(load())).resolves.toMatchObject({ reason: { isReset: true } });
    expect(requests).toHaveLength(1);
  });
});

describe('an answer', () => {
  test('whose connection ends before its body is broken off, long before the deadline', async () => {
    exchanges = [answers(never)];
    const reply = post(load(), 60_000);
    setTimeout(() => connection.emit('close'), 5);
    await expect(reply).resolves.toMatchObject({
      reason: { message: "TikTok's answer broke off (the connection ended)", isReset: false },
    });
  });

  test('whose body still comes after its connection has ended is one', async () => {
    exchanges = [answers(() => new Promise((resolve) => setTimeout(resolve, 30, 'late')))];
    const reply = post(load(), 60_000);
    setTimeout(() => connection.emit('close'), 5);
    await expect(reply).resolves.toEqual({ status: 200, body: 'late' });
  });

  test('of a request is not broken off by the end of another connection', async () => {
    exchanges = [answers(() => new Promise((resolve) => setTimeout(resolve, 200, 'mine')))];
    const module = load();
    const reply = post(module, 60_000);
    other.emit('close');
    await expect(reply).resolves.toEqual({ status: 200, body: 'mine' });
  });

  test('that is given up is not read on: its connection is closed', async () => {
    exchanges = [answers(never)];
    await expect(post(load(), 20)).resolves.toMatchObject({
      reason: { message: 'TikTok did not answer in time' },
    });
    expect(connection.destroy).toHaveBeenCalled();
  });

  test('that is whole leaves its connection to the next request', async () => {
    exchanges = [answers('yes')];
    await post(load());
    expect(connection.destroy).not.toHaveBeenCalled();
    expect(connection.listenerCount('close')).toBe(0);
  });

  test('leaves no timer behind, also if its connection has ended before', async () => {
    jest.useFakeTimers();
    let answer: (body: string) => void = () => undefined;
    exchanges = [
      answers(
        () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      ),
    ];
    const reply = post(load());
    connection.emit('close');
    await jest.advanceTimersByTimeAsync(99);
    expect(jest.getTimerCount()).toBe(2);
    answer('late');
    await expect(reply).resolves.toEqual({ status: 200, body: 'late' });
    expect(jest.getTimerCount()).toBe(0);
  });

  test('that the function cannot read ends the request', async () => {
    const unreadable = {
      get code(): string {
        throw new Error('a fault of its own');
      },
    };
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    exchanges = [() => Promise.reject(unreadable)];
    await expect(post(load())).rejects.toThrow('a fault of its own');
    expect(connection.listenerCount('close')).toBe(0);
  });
});

test('without https in the runtime, nothing is kept, and nothing is watched', async () => {
  Reflect.set(globalThis, 'https', undefined);
  exchanges = [answers('yes')];
  await expect(post(load())).resolves.toEqual({ status: 200, body: 'yes' });
  expect(requests[0]?.['agent']).toBeUndefined();
});

// What a function finds around itself in the local Segment, as Segment's pages say.
import vm from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { version as nodeFetchVersion } from 'node-fetch/package.json';
import { OPTIONAL_GLOBALS } from '../../../../scripts/local/segment/globals';
import { createRuntime } from '../../../../scripts/local/segment/runtime';

const run = (code: string, event: object = { type: 'track' }, settings: object = {}) =>
  createRuntime({ code, routes: {} }).send(event, settings);

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

  test('gets what it is called with itself, and not a copy, if that is wanted: values of its own context', async () => {
    const code = `async function onTrack(event, settings) {
        console.log(event instanceof Object, settings instanceof Object);
        event.seen = true;
      }
      async function onBatch(events) {
        for (const event of events) event.seen = true;
        return events.map(() => ({ status: 200 }));
      }`;
    const runtime = createRuntime({ code, routes: {}, givesCopies: false });
    const [one, other] = [runtime.parse('{ "type": "track" }'), runtime.parse('{ "type": "page" }')];
    expect((await runtime.send(one, runtime.parse('{}'))).logs).toBe('true true\n');
    await runtime.sendBatch([other], runtime.parse('{}'));
    expect([one, other]).toEqual([
      { type: 'track', seen: true },
      { type: 'page', seen: true },
    ]);
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
      'AbortSignal',
      'TextEncoder',
      'structuredClone',
      'setImmediate',
      'performance',
    ]) {
      expect(names).not.toContain(name);
    }
  });

  test('has the real libraries under their documented names', async () => {
    const code = `async function onTrack() {
      console.log(_.VERSION, moment.tz.version, moment.utc(0).format('YYYY'), crypto.createHash('sha256').update('abc').digest('hex').slice(0, 4),
        libphonenumberjslib.libphonenumberjs('+14155550100').number, new https.Agent({ keepAlive: true }).keepAlive);
    }`;
    expect((await run(code)).logs).toBe('4.17.19 0.5.31 1970 ba78 +14155550100 true\n');
    // It does not say its version itself.
    expect(nodeFetchVersion).toBe('2.6.0');
  });

  test.each(Object.values(OPTIONAL_GLOBALS).flat())('can be without %s', async (name) => {
    const code = `async function onTrack() { console.log(typeof ${name}); ${name}; }`;
    const runtime = createRuntime({ code, routes: {}, globals: { [name]: undefined } });
    const { logs, error } = await runtime.send({ type: 'track' }, {});
    expect([logs, error?.name]).toEqual(['undefined\n', 'ReferenceError']);
    expect((await run(code)).outcome).toBe('Delivered');
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

// npm run tester, as whoever can reach its port sees it: it answers its own page, and nobody else.
import { on, once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ROOT } from '../../../scripts/cli/project';
import { FileReport, Problem, Run, State, Update } from '../../../scripts/tester/api';
import { runCommand, startCommand, type Command } from '../../support/command';
import { commandFile } from '../../support/compile';

interface Tester {
  readonly port: number;
  readonly command: Command;
}

/** Starts it, and waits for the link that it prints. */
async function start(root: string, ...args: readonly string[]): Promise<Tester> {
  const command = startCommand('tester', args, { root });
  for await (const [text] of on(command.process.stdout, 'data', { close: ['end'] })) {
    const [, port] = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(String(text)) ?? [];
    if (port !== undefined) return { port: Number(port), command };
  }
  throw new Error(`npm run tester printed no link: ${command.output().stderr}`);
}

async function stop({ command }: Tester): Promise<void> {
  command.process.kill();
  await command.ended;
}

let tester: Tester;
beforeAll(async () => {
  tester = await start(ROOT, '--port', '0');
}, 60_000);
afterAll(() => stop(tester));

/** The lines of an answer as they come. It does not flow until they are asked for, so that none is lost. */
async function* linesOf(stream: IncomingMessage): AsyncGenerator<string> {
  let rest = '';
  for await (const text of stream.setEncoding('utf8')) {
    const lines = (rest + String(text)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

interface Asked {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
  readonly port?: number;
}

/** Asks for a path as it is written, with the headers that the page's own requests have. */
async function open(target: string, { method = 'GET', headers = {}, body, port = tester.port }: Asked = {}) {
  const own = `127.0.0.1:${port}`;
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    path: target,
    method,
    headers: { Host: own, ...(method !== 'GET' && { Origin: `http://${own}` }), ...headers },
  });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
  });
  request.end(body);
  return answer;
}

async function ask(target: string, asked?: Asked) {
  const response = await open(target, asked);
  return { status: response.statusCode, headers: response.headers, body: await readText(response) };
}

const run = (json: string) => ask('/api/run', { method: 'POST', body: JSON.stringify({ json }) });
const readState = async (port = tester.port) =>
  State.parse(JSON.parse((await ask('/api/state', { port })).body));

const order = (change: object = {}) => ({
  type: 'track',
  event: 'Order Completed',
  properties: { email: 'jane@example.com' },
  ...change,
});

describe('the page', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/?ttclid=E.C.P.click', 'text/html; charset=utf-8'],
    ['/main.js', 'text/javascript; charset=utf-8'],
    ['/style.css', 'text/css; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
  ])('%s is there, as %s', async (target, type) => {
    const { status, headers, body } = await ask(target);
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type });
    expect(body).not.toBe('');
  });

  test('may load and ask only what is its own, and stands in no frame', async () => {
    const { headers } = await ask('/');
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.join()).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('names no other host, and has no script of its own in it', async () => {
    const { body } = await ask('/');
    expect(body).not.toMatch(/https?:|<script(?![^>]* src=)|<style| on\w+=/);
  });
});

describe('the server answers', () => {
  test('on 127.0.0.1, and on no other address of this machine', async () => {
    const socket = connect({ host: '127.0.0.2', port: tester.port });
    const thrown: readonly unknown[] = await once(socket, 'error');
    expect(String(thrown[0])).toMatch(/ECONNREFUSED|EADDRNOTAVAIL|ETIMEDOUT/);
  });

  test('to localhost as well', async () => {
    const headers = { Host: `localhost:${tester.port}` };
    await expect(ask('/', { headers })).resolves.toMatchObject({ status: 200 });
  });

  test.each([
    ['another name that leads here', 'rebound.example.com'],
    ['another name with the port', 'rebound.example.com:4747'],
    ['the address without the port', '127.0.0.1'],
    ['a name that begins like its own', '127.0.0.1.example.com'],
    ['its own address with another port', '127.0.0.1:1'],
  ])('not under %s', async (_, host) => {
    await expect(ask('/api/state', { headers: { Host: host } })).resolves.toMatchObject({ status: 421 });
  });

  const CHANGES = [
    ['POST', '/api/run'],
    ['PATCH', '/api/settings'],
    ['PUT', '/api/answer'],
    ['POST', '/api/report'],
    ['POST', '/v1/t'],
  ] as const;

  test.each(
    CHANGES.flatMap(([method, target]) =>
      [
        ['of another site', 'https://shop.example.com'],
        ['of another port', 'http://127.0.0.1:1'],
        ['of no page', 'null'],
      ].map(([what = '', origin = '']) => [method, target, what, origin] as const),
    ),
  )('no %s %s %s', async (method, target, _, origin) => {
    const answer = ask(target, { method, headers: { Origin: origin }, body: '{}' });
    await expect(answer).resolves.toMatchObject({ status: 403 });
  });

  test('no change without an Origin, and no reading by another site', async () => {
    const request = httpRequest({ host: '127.0.0.1', port: tester.port, path: '/v1/t', method: 'POST' });
    const answered = once(request, 'response');
    request.end('{"type":"track"}');
    const responses: readonly unknown[] = await answered;
    expect(responses[0]).toMatchObject({ statusCode: 403 });
    const reading = ask('/api/state', { headers: { 'Sec-Fetch-Site': 'cross-site' } });
    await expect(reading).resolves.toMatchObject({ status: 403 });
    const stream = ask('/api/stream', { headers: { Origin: 'https://shop.example.com' } });
    await expect(stream).resolves.toMatchObject({ status: 403 });
  });

  test.each([
    '/package.json',
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/main.js/../../package.json',
    '/scripts/tester.ts',
    '//etc/passwd',
    '/file:///etc/passwd',
    '/api/report',
    '/api',
    '/__proto__',
    '/constructor',
  ])('nothing at %s', async (target) => {
    const { status, body } = await ask(target);
    expect({ status, body }).toEqual({ status: 404, body: '{"problem":"There is nothing here"}' });
  });

  test('a name of a file reads no file: it is only what the file is called', async () => {
    const target = `/api/report?name=${encodeURIComponent('../package.json')}`;
    const { body } = await ask(target, { method: 'POST', body: '{"type": }' });
    const { report, problem } = FileReport.parse(JSON.parse(body));
    expect(report.events).toBe(0);
    expect(problem).toBe('../package.json:1:10: bad JSON: "}" was not expected here');
  });

  test('too much at once with 413', async () => {
    const answer = await run('x'.repeat(17 * 1024 * 1024)).catch((error: unknown) => error);
    // It does not read on, so that the connection may be closed before all is sent.
    expect(answer).toMatchObject(answer instanceof Error ? { code: /EPIPE|ECONNRESET/ } : { status: 413 });
    await expect(readState()).resolves.toMatchObject({ pending: 0 });
  });
});

describe('what is typed', () => {
  test.each([
    ['{\n  "type": }', 'Line 2, column 11: bad JSON: "}" was not expected here'],
    ['{"type": "track"', 'Line 1, column 17: bad JSON: the end of the text was not expected here'],
    ['', 'There is no event: choose one, or type one.'],
    ['[]', 'The array is empty: put an event into it.'],
    ['7', 'Expected a Segment event, which is a JSON object, or an array of them.'],
    ['[[]]', 'Expected a Segment event, which is a JSON object, or an array of them.'],
  ])('%j is told: %s', async (json, problem) => {
    const { status, body } = await run(json);
    expect({ status, ...Problem.parse(JSON.parse(body)) }).toEqual({ status: 400, problem });
  });

  test.each([
    [401, 'These are 401 events, and Segment hands over 400 at most in a call'],
    [100_000, 'These are 100000 events, and Segment hands over 400 at most in a call'],
  ])('an array of %d events is refused', async (length, problem) => {
    const { status, body } = await run(JSON.stringify(Array.from({ length }, () => ({}))));
    expect({ status, ...Problem.parse(JSON.parse(body)) }).toEqual({
      status: 400,
      problem: `${problem}: make several arrays of them, or drop them as a file.`,
    });
  });

  test('an array of 400 events is run', async () => {
    const batch = Array.from({ length: 400 }, (_, index) => order({ messageId: `full-${index}` }));
    const { results } = Run.parse(JSON.parse((await run(JSON.stringify(batch))).body));
    expect(results.filter(({ outcome }) => outcome === 'Delivered')).toHaveLength(400);
  });

  /** An event of so many levels. */
  const nested = (levels: number): string =>
    `{"type":"track","event":"Order Completed","x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

  test.each([101, 6000, 1_000_000])('an event of %d levels is nested too deeply', async (levels) => {
    const problem =
      'The event is nested too deeply: expected 100 levels at most. Take out what is in its innermost objects and arrays.';
    const one = await run(nested(levels));
    expect({ status: one.status, ...Problem.parse(JSON.parse(one.body)) }).toEqual({ status: 400, problem });
    await expect(run(`[${nested(2)},${nested(levels)}]`)).resolves.toMatchObject({ status: 400 });
    const ofShop = await ask('/v1/t', { method: 'POST', body: nested(levels) });
    expect(ofShop.status).toBe(400);
  });

  test('an event of 100 levels is run', async () => {
    await expect(run(nested(100))).resolves.toMatchObject({ status: 200 });
  });

  test('one event calls its handler, an array the batch handler', async () => {
    const one = Run.parse(JSON.parse((await run(JSON.stringify(order()))).body));
    expect(one).toMatchObject({ isBatch: false, results: [{ outcome: 'Delivered' }] });
    const events = [order({ messageId: 'a' }), order({ properties: {} }), order({ messageId: 'b' })];
    const batch = Run.parse(JSON.parse((await run(JSON.stringify(events))).body));
    expect(batch.results.map(({ outcome, conversions }) => [outcome, conversions.length])).toEqual([
      ['Delivered', 1],
      ['Message Rejected', 0],
      ['Delivered', 1],
    ]);
    expect(batch.traces).toHaveLength(1);
  });

  test.each([
    ['PUT', '/api/answer', { answer: 'none' }],
    ['PUT', '/api/answer', { answer: 'constructor' }],
    ['PATCH', '/api/settings', { values: { accessToken: 7 } }],
    ['POST', '/api/run', {}],
    ['POST', '/v1/t', []],
  ])('%s %s with %j is refused', async (method, target, value) => {
    const answer = ask(target, { method, body: JSON.stringify(value) });
    await expect(answer).resolves.toMatchObject({ status: 400 });
  });
});

test('a save changes the settings that it names, and leaves what another page saved', async () => {
  const save = (values: object) =>
    ask('/api/settings', { method: 'PATCH', body: JSON.stringify({ values }) });
  const before = (await readState()).settings.values;
  await Promise.all([save({ defaultCountry: 'GB' }), save({ eventMappings: { 'Quote Sent': 'Lead' } })]);
  const { values } = (await readState()).settings;
  expect(values).toEqual({ ...before, defaultCountry: 'GB', eventMappings: { 'Quote Sent': 'Lead' } });
  await save({ ...before, eventMappings: {} });
});

test('an event of the shop goes through the function at once, and everybody who watches is told', async () => {
  const stream = await open('/api/stream');
  const sent = { ...order(), writeKey: 'local', context: { locale: 'en-US' } };
  await expect(ask('/v1/t', { method: 'POST', body: JSON.stringify(sent) })).resolves.toMatchObject({
    status: 200,
    body: '{"success":true}',
  });
  for await (const line of linesOf(stream)) {
    const { run: told } = Update.parse(JSON.parse(/^data: (.*)/.exec(line)?.[1] ?? '{}'));
    if (told === undefined) continue;
    expect(told).toMatchObject({ from: 'shop', results: [{ outcome: 'Delivered' }] });
    const event: unknown = JSON.parse(told.json);
    expect(event).toMatchObject({ context: { ip: '127.0.0.1', locale: 'en-US' } });
    expect(event).not.toHaveProperty('writeKey');
    break;
  }
  stream.destroy();
});

test('no more than the last 50 calls are kept', async () => {
  const batch = Array.from({ length: 60 }, (_, index) => order({ messageId: `kept-${index}` }));
  await ask('/v1/b', { method: 'POST', body: JSON.stringify({ batch }) });
  let state = await readState();
  while (state.pending > 0) state = await readState();
  expect(state.runs).toHaveLength(50);
});

describe('of large events', () => {
  const runLarge = async (megabytes: number, messageId: string) => {
    const event = order({ messageId, context: { note: 'x'.repeat(megabytes * 1024 * 1024) } });
    expect(await run(JSON.stringify(event))).toMatchObject({ status: 200 });
  };
  const keptIds = async () =>
    (await readState()).runs.map(
      ({ json }) => z.object({ messageId: z.string() }).parse(JSON.parse(json)).messageId,
    );

  test('no more than 8 MB of the last calls are kept, and the newest always', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await runLarge(3, id);
    await expect(keptIds()).resolves.toEqual(['d', 'c']);
    await runLarge(9, 'larger than all that is kept');
    await expect(keptIds()).resolves.toEqual(['larger than all that is kept']);
    await runLarge(1, 'small');
    await expect(keptIds()).resolves.toEqual(['small']);
  });

  test('a page that does not read its stream loses it, and the server keeps nothing for it', async () => {
    const stream = await open('/api/stream');
    const broken = once(stream, 'error');
    for (let sent = 0; sent < 6; sent += 1) await runLarge(5, String(sent));
    stream.resume();
    const thrown: readonly unknown[] = await broken;
    expect(thrown[0]).toMatchObject({ message: 'aborted' });
  });
});

test.each([
  ['one event a line', (lines: string) => lines],
  ['one event a line, gzipped', (lines: string) => gzipSync(lines)],
])('a file with %s gives the report of the terminal', async (_, pack) => {
  const lines = [order(), order({ properties: {} }), order({ event: 'Video Playback Started' })];
  const body = pack(lines.map((line) => JSON.stringify(line)).join('\n'));
  const { report } = FileReport.parse(JSON.parse((await ask('/api/report', { method: 'POST', body })).body));
  expect(report).toMatchObject({ events: 3, delivered: 1, discarded: 1, unsupported: 1, requests: 1 });
});

test("a port that is taken is told in one line, and nobody else's answer is taken for its own", async () => {
  const { status, stderr } = await runCommand('tester', ['--port', String(tester.port)]);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'error: the port is taken: choose another one with --port, or leave it out\n',
  });
}, 30_000);

test('Ctrl-C ends it, and that is no failure', async () => {
  const { command } = await start(ROOT, '--port', '0');
  command.interrupt();
  expect((await command.ended).status).toBe(0);
}, 30_000);

test('the bundle is rebuilt when the source changes; a bad one is told, and the last good one stays', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tester-'));
  for (const name of ['functions', 'lib', 'scripts', 'examples', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  cpSync(commandFile('tester'), commandFile('tester', folder), { recursive: true });
  const copy = await start(folder, '--port', '0');
  const file = path.join(folder, 'lib/configuration/event-mappings.ts');
  const source = readFileSync(file, 'utf8');
  const body = JSON.stringify({ json: JSON.stringify(order()) });
  const becomes = async () => {
    const answer = await ask('/api/run', { method: 'POST', body, port: copy.port });
    const [result] = Run.parse(JSON.parse(answer.body)).results;
    return z
      .object({ data: z.array(z.object({ event: z.string() })) })
      .parse(JSON.parse(Run.parse(JSON.parse(answer.body)).traces[0]?.request.body ?? '{}'))
      .data.map(({ event }) => [event, result?.outcome]);
  };
  const bundle = async (isIt: (state: State['bundle']) => boolean) => {
    let state = (await readState(copy.port)).bundle;
    while (!isIt(state)) state = (await readState(copy.port)).bundle;
    return state;
  };
  try {
    await expect(becomes()).resolves.toEqual([['Purchase', 'Delivered']]);
    expect((await readState(copy.port)).bundle).toMatchObject({ isRebuilt: false });

    writeFileSync(file, source.replace("'Purchase'", "'Bought'"));
    await bundle(({ isRebuilt }) => isRebuilt);
    await expect(becomes()).resolves.toEqual([['Bought', 'Delivered']]);

    writeFileSync(file, `${source}\nconst broken = ;\n`);
    const { problem } = await bundle((state) => state.problem !== undefined);
    expect(problem).toMatch(/lib\/configuration\/event-mappings\.ts:\d+:\d+: ERROR: Unexpected ";"/);
    await expect(becomes()).resolves.toEqual([['Bought', 'Delivered']]);

    writeFileSync(file, source);
    await bundle((state) => state.problem === undefined);
    await expect(becomes()).resolves.toEqual([['Purchase', 'Delivered']]);
  } finally {
    await stop(copy);
    rmSync(folder, { recursive: true });
  }
}, 60_000);

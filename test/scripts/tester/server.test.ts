// The tester's server, as whoever can reach its port sees it: it serves its own page, and nobody else.
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Problem } from '../../../scripts/tester/api';
import { buildAssets } from '../../../scripts/tester/server/assets';
import { openTester, type Tester } from './open-tester';

let tester: Tester;
beforeAll(async () => {
  tester = await openTester(await buildAssets());
});
afterAll(() => tester.close());

describe('the page', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/?ttclid=E.C.P.click', 'text/html; charset=utf-8'],
    ['/main.js', 'text/javascript; charset=utf-8'],
    ['/style.css', 'text/css; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
  ])('%s is served as %s', async (target, type) => {
    const { status, headers, body } = await tester.ask(target);
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type });
    expect(body).not.toBe('');
  });

  test('may load and ask only what is its own, and appears in no frame', async () => {
    const { headers } = await tester.ask('/');
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

  test('names no other host, and has no inline script or style', async () => {
    const { body } = await tester.ask('/');
    expect(body).not.toMatch(/https?:|<script(?![^>]* src=)|<style| on\w+=/);
  });

  test('has the whole style sheet in one file', async () => {
    const { body } = await tester.ask('/style.css');
    expect(body).not.toContain('@import');
  });
});

describe('the server answers', () => {
  test('on 127.0.0.1, and on no other address of this machine', async () => {
    const socket = connect({ host: '127.0.0.2', port: tester.port });
    const thrown: readonly unknown[] = await once(socket, 'error');
    expect(String(thrown[0])).toMatch(/ECONNREFUSED|EADDRNOTAVAIL|ETIMEDOUT/);
  });

  test('to the name localhost as well', async () => {
    const headers = { Host: `localhost:${tester.port}` };
    await expect(tester.ask('/', { headers })).resolves.toMatchObject({ status: 200 });
  });

  test.each([
    ['another name that leads here', 'rebound.example.com'],
    ['another name with the port', 'rebound.example.com:4747'],
    ['the address without the port', '127.0.0.1'],
    ['a name that begins like its own', '127.0.0.1.example.com'],
    ['its own address with another port', '127.0.0.1:1'],
  ])('not to %s', async (_, host) => {
    const answer = tester.ask('/api/state', { headers: { Host: host } });
    await expect(answer).resolves.toMatchObject({ status: 421 });
  });
});

describe('the server refuses', () => {
  const CHANGES = [
    ['POST', '/api/run'],
    ['PATCH', '/api/settings'],
    ['PUT', '/api/settings'],
    ['DELETE', '/api/settings'],
    ['POST', '/api/settings/file'],
    ['POST', '/api/preview'],
    ['PUT', '/api/answer'],
    ['PUT', '/api/events'],
    ['POST', '/api/report'],
    ['DELETE', '/api/report'],
    ['POST', '/v1/t'],
  ] as const;
  const ORIGINS = [
    ['another site', 'https://shop.example.com'],
    ['another port', 'http://127.0.0.1:1'],
    ['no page', 'null'],
  ] as const;

  test.each(
    CHANGES.flatMap(([method, target]) =>
      ORIGINS.map(([from, origin]) => [method, target, from, origin] as const),
    ),
  )('%s %s from %s', async (method, target, _, origin) => {
    // Without a length, the body of a DELETE would be taken for the next request.
    const body = method === 'DELETE' ? {} : { body: '{}' };
    const answer = tester.ask(target, { method, headers: { Origin: origin }, ...body });
    await expect(answer).resolves.toMatchObject({ status: 403 });
  });

  test('a change without an Origin', async () => {
    const request = httpRequest({ host: '127.0.0.1', port: tester.port, path: '/v1/t', method: 'POST' });
    const answered = once(request, 'response');
    request.end('{"type":"track"}');
    const responses: readonly unknown[] = await answered;
    expect(responses[0]).toMatchObject({ statusCode: 403 });
  });

  test.each([
    '/api/state',
    '/api/settings/file',
    '/api/events',
    '/api/events/one?index=0',
    '/api/report/rejected',
    '/api/runs/cases?id=1',
  ])('reading %s by another site', async (target) => {
    const reading = tester.ask(target, { headers: { 'Sec-Fetch-Site': 'cross-site' } });
    await expect(reading).resolves.toMatchObject({ status: 403 });
  });

  test('listening by another site', async () => {
    const stream = tester.ask('/api/stream', { headers: { Origin: 'https://shop.example.com' } });
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
    '/api',
    '/__proto__',
    '/constructor',
  ])('%s, where there is nothing', async (target) => {
    const { status, body } = await tester.ask(target);
    expect({ status, body }).toEqual({ status: 404, body: '{"problem":"There is nothing here"}' });
  });

  test('more than 16 MB at once', async () => {
    const answer = await tester.run('x'.repeat(17 * 1024 * 1024)).catch((error: unknown) => error);
    // The server stops reading, so the connection may be closed before everything is sent.
    expect(answer).toMatchObject(answer instanceof Error ? { code: /EPIPE|ECONNRESET/ } : { status: 413 });
    await expect(tester.readState()).resolves.toMatchObject({ pending: 0 });
  });

  test.each([
    ['PUT', '/api/answer', { answer: 'none' }],
    ['PUT', '/api/answer', { answer: 'constructor' }],
    ['PATCH', '/api/settings', { values: { accessToken: 7 } }],
    ['POST', '/api/run', {}],
    ['PUT', '/api/settings', { values: {} }],
    ['POST', '/api/preview', {}],
    ['POST', '/v1/t', []],
  ])('%s %s with %j', async (method, target, value) => {
    const answer = tester.ask(target, { method, body: JSON.stringify(value) });
    await expect(answer).resolves.toMatchObject({ status: 400 });
  });
});

test.each(['/api/events?from=-1', '/api/events?from=x', '/api/events/one', '/api/events/one?index=1e3'])(
  'what is not a number is refused: %s',
  async (target) => {
    await expect(tester.ask(target)).resolves.toMatchObject({ status: 400 });
  },
);

test('a file name in a request opens no file: it is only what the report calls the file', async () => {
  const target = `/api/events?name=${encodeURIComponent('../package.json')}`;
  await tester.ask(target, { method: 'PUT', body: '{"type": }' });
  const { body } = await tester.ask('/api/report', { method: 'POST' });
  const { problem } = Problem.parse(JSON.parse(body));
  expect(problem).toBe('../package.json:1:10: bad JSON: "}" was not expected here');
});

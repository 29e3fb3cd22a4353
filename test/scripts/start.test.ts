// npm start, as a person runs it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/cli/project';
import { createFolder, runCommand } from '../support/command';

const start = (args: readonly string[], options?: Parameters<typeof runCommand>[2]) =>
  runCommand('start', args, options);

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});
const file = (name: string, content: string | Buffer) => files.file(name, content);

const event = (change: object = {}) => ({
  type: 'track',
  event: 'Order Completed',
  properties: { email: 'jane@example.com' },
  ...change,
});

describe('npm start', () => {
  test('shows what became of a dozen examples, and counts them in one line', async () => {
    const { status, stdout, stderr } = await start([]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(
      '✔ Order Completed → Purchase\n    event       event_time=2026-11-20T10:15:00Z  event_id=example-order-completed',
    );
    expect(stdout).toMatch(
      /✘ Order Completed → Message Rejected\n {4}TikTok needs a valid email address or phone number\./,
    );
    expect(stdout).toContain('– Video Playback Started → Unsupported Event Type');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      '12 events: 8 delivered, 2 discarded, 2 unsupported, 0 retried. TikTok counted 8 conversions in 8 requests over 1 connection, 4.3 KB.',
    );
    expect(stdout).not.toMatch(/jane\.doe@|shopper@|visitor@|not an address|call me|555-01/i);
  }, 30_000);

  test('prints what the README shows', async () => {
    const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
    const shown = [...readme.matchAll(/```sh\nnpm ci && npm start\n```.*?```text\n(.*?)```/gs)].map(
      ([, text = '']) => ({ args: '', text }),
    );
    for (const [, args = '', text = ''] of readme.matchAll(
      /```sh\nnpm start -- ([^\n]+)\n```\n\n```text\n(.*?)```/gs,
    )) {
      shown.push({ args, text });
    }
    expect(shown).toHaveLength(2);
    for (const { args, text } of shown) {
      const { status, stdout } = await start(args.split(' ').filter((arg) => arg !== ''));
      expect(status).toBe(0);
      for (const block of text.trim().split('\n\n')) expect(stdout).toContain(block);
    }
  }, 30_000);

  test.each([
    ['one event', 'one.json', JSON.stringify(event(), undefined, 2), 1],
    ['an array', 'array.json', JSON.stringify([event(), event()]), 2],
    ['one event a line', 'lines.ndjson', `${JSON.stringify(event())}\n\n${JSON.stringify(event())}\n`, 2],
    [
      'lines of Windows',
      'lines.jsonl',
      `\ufeff${JSON.stringify(event())}\r\n${JSON.stringify(event())}\r\n`,
      2,
    ],
  ])(
    'takes a file with %s',
    async (_, name, text, count) => {
      const { status, stdout } = await start([file(name, text)]);
      expect(status).toBe(0);
      expect(stdout).toContain(`${count} event${count === 1 ? '' : 's'}: ${count} delivered`);
    },
    30_000,
  );

  test('takes settings', async () => {
    const settings = file(
      'settings.json',
      JSON.stringify({
        AccessToken: 'own',
        eventSetID: '1',
        eventMappings: { 'Order Completed': 'my_event' },
      }),
    );
    const { stdout } = await start([file('own.json', JSON.stringify(event())), '--settings', settings]);
    expect(stdout).toContain('✔ Order Completed → my_event');
  }, 30_000);

  test('shows each TikTok event of a Segment event, and tells a setting that is none', async () => {
    const settings = file(
      'several.json',
      JSON.stringify({
        accessToken: 'own',
        eventSetId: '1',
        country: 'US',
        eventMappings: { 'Order Completed': 'A, B' },
      }),
    );
    const { stdout } = await start([
      file('several-events.json', JSON.stringify(event())),
      '--settings',
      settings,
    ]);
    expect(stdout).toContain('Not a setting, and not read: country\n');
    expect(stdout).toMatch(/→ A, B\n {4}A\n {4}event .*\n(?: {4}.*\n)* {4}B\n {4}event /);
  }, 30_000);

  test('finds a file from where the command was typed', async () => {
    file('here.json', JSON.stringify(event()));
    const { stdout } = await start(['here.json'], { env: { INIT_CWD: files.folder } });
    expect(stdout).toContain('here.json with the settings of');
    expect(stdout).toContain('1 delivered');
  }, 30_000);

  test('nothing in an event is personal in what it prints, or steers the terminal', async () => {
    const evil = '\u001b[2J\u001b]0;title\u0007\u202e';
    const { stdout } = await start([
      file(
        'evil.json',
        JSON.stringify([
          event({ properties: { email: 'jane@example.com', order_id: `A${evil}` } }),
          event({ event: `Call from jane@example.com +1 415 555 0102 ${evil}` }),
          event({ type: `${evil}jane@example.com` }),
          event({ event: `Order ${evil}`, properties: {} }),
        ]),
      ),
      '--settings',
      file('evil-settings.json', JSON.stringify({ accessToken: 'own', eventSetId: '1', [evil]: 'x' })),
    ]);
    expect(stdout).toContain('Call from [email] +[number]');
    expect(stdout).toContain('order_id=A');
    expect(stdout).not.toMatch(/jane|555/);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }, 30_000);

  test('shows what an operator must mend', async () => {
    const { status, stdout } = await start([
      file('event.json', JSON.stringify(event())),
      '--settings',
      file('empty.json', '{}'),
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain('↻ Order Completed → Retry');
    expect(stdout).toContain('Access Token is missing; Event Set ID is missing');
  }, 30_000);

  test.each<[what: string, args: () => readonly string[], line: RegExp]>([
    ['a missing file', () => ['missing.json'], /^error: .*missing\.json: there is no such file\n$/],
    ['a folder', () => [files.folder], /^error: .*: it is a folder\n$/],
    [
      'an empty file',
      () => [file('nothing.json', ' \n')],
      /^error: .*nothing\.json: there is no event in it\n$/,
    ],
    [
      'bad JSON',
      () => [file('bad.json', '[\n  {"type": "track"},\n  {"type": }\n]')],
      /^error: .*bad\.json:3:\d+: bad JSON: [^\n]+\n$/,
    ],
    [
      'a tab in a string',
      () => [file('tab.json', '{\n  "type": "track",\n  "event": "a\tb"\n}')],
      /^error: .*tab\.json:3:14: bad JSON: a tab, a line break or another control character within a string\n$/,
    ],
    [
      'JSON that breaks off',
      () => [file('short.json', '[\n  {"type": "track"}')],
      /^error: .*short\.json:2:\d+: bad JSON: [^\n]+\n$/,
    ],
    [
      'a bad line',
      () => [file('bad.ndjson', `${JSON.stringify(event())}\n{"type": }\n`)],
      /^error: .*bad\.ndjson:2:\d+: bad JSON: [^\n]+\n$/,
    ],
    [
      'a line that is no event',
      () => [file('text.ndjson', `${JSON.stringify(event())}\n7\n`)],
      /^error: .*text\.ndjson:2: expected a Segment event, a JSON object\n$/,
    ],
    ['an empty list', () => [file('list.json', '[]')], /^error: .*list\.json: there is no event in it\n$/],
    [
      'no event at all',
      () => [file('none.json', '7')],
      /^error: .*none\.json: event 1: expected a Segment event, a JSON object\n$/,
    ],
    [
      'bad settings',
      () => ['--settings', file('list.json', '[]')],
      /^error: .*list\.json: expected a JSON object of settings\n$/,
    ],
    ['an unknown option', () => ['--setting', 'x'], /^error: unknown option '--setting'\n$/],
    [
      'a damaged gzip',
      () => [file('damaged.gz', Buffer.concat([gzipSync('{}').subarray(0, 12), Buffer.alloc(20, 7)]))],
      /^error: .*damaged\.gz: it is gzipped, and damaged\n$/,
    ],
    [
      'a gzip that breaks off',
      () => [file('short.gz', gzipSync(JSON.stringify(event()).repeat(9)).subarray(0, 60))],
      /^error: .*short\.gz: it is gzipped, and breaks off\n$/,
    ],
    [
      'a batch that is too large',
      () => ['--batch', '401'],
      /^error: option '--batch <events>' argument '401' is invalid. Expected a whole number from 1 to 400\.\n$/,
    ],
    ['a batch of nothing', () => ['--batch', '0'], /from 1 to 400\.\n$/],
    [
      'to send to the real TikTok without a Test Event Code',
      () => ['--live'],
      /^error: examples\/settings\.json: --live needs a testEventCode in the settings, so that TikTok shows the events under Test Events\n$/,
    ],
    [
      'a file for the requests that is the one of the events',
      () => {
        const own = file('mine.json', JSON.stringify(event()));
        return [own, '--out', own];
      },
      /^error: .*mine\.json: --out would overwrite what is read\n$/,
    ],
  ])(
    '%s is one clear line, and exit code 2',
    async (_, args, line) => {
      const { status, stdout, stderr } = await start(args());
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(line);
    },
    30_000,
  );
});

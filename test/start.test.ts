// npm start, as a person runs it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const ROOT = path.join(__dirname, '..');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'start-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a file and gives its name. */
function file(name: string, text: string): string {
  const full = path.join(folder, name);
  writeFileSync(full, text);
  return full;
}

function start(...args: readonly string[]) {
  const command = ['--import', 'tsx', path.join(ROOT, 'scripts/start.ts'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', INIT_CWD: ROOT },
  });
  return { status, stdout, stderr };
}

const event = (change: object = {}) => ({
  type: 'track',
  event: 'Order Completed',
  properties: { email: 'jane@example.com' },
  ...change,
});

describe('npm start', () => {
  test('shows what became of a dozen examples, and counts them in one line', () => {
    const { status, stdout, stderr } = start();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(
      '✔ Order Completed → Purchase\n    event       event_time=2026-11-20T10:15:00Z  event_id=example-order-completed',
    );
    expect(stdout).toMatch(
      /✘ Order Completed → Message Rejected\n {4}TikTok needs a valid email address or phone number\./,
    );
    expect(stdout).toContain('– Video Playback Started → Unsupported Event Type');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      '12 events: 8 delivered, 2 rejected, 2 unsupported, 0 to be retried. TikTok counted 8 conversions in 8 requests over 1 connection.',
    );
    expect(stdout).not.toMatch(/jane\.doe@|shopper@|visitor@|not an address|call me|555-01/i);
  }, 30_000);

  test('prints what the README shows', () => {
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
      const { status, stdout } = start(...args.split(' ').filter((arg) => arg !== ''));
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
    (_, name, text, count) => {
      const { status, stdout } = start(file(name, text));
      expect(status).toBe(0);
      expect(stdout).toContain(`${String(count)} event${count === 1 ? '' : 's'}: ${String(count)} delivered`);
    },
    30_000,
  );

  test('takes settings', () => {
    const settings = file(
      'settings.json',
      JSON.stringify({
        AccessToken: 'own',
        eventSetID: '1',
        eventMappings: { 'Order Completed': 'my_event' },
      }),
    );
    expect(start(file('own.json', JSON.stringify(event())), '--settings', settings).stdout).toContain(
      '✔ Order Completed → my_event',
    );
  }, 30_000);

  test('shows each TikTok event of a Segment event, and tells a setting that is none', () => {
    const settings = file(
      'several.json',
      JSON.stringify({
        accessToken: 'own',
        eventSetId: '1',
        country: 'US',
        eventMappings: { 'Order Completed': 'A, B' },
      }),
    );
    const { stdout } = start(file('several-events.json', JSON.stringify(event())), '--settings', settings);
    expect(stdout).toContain('Not a setting, and not read: country\n');
    expect(stdout).toMatch(/→ A, B\n {4}A\n {4}event .*\n(?: {4}.*\n)* {4}B\n {4}event /);
  }, 30_000);

  test('finds a file from where the command was typed', () => {
    file('here.json', JSON.stringify(event()));
    const command = ['--import', 'tsx', path.join(ROOT, 'scripts/start.ts'), 'here.json'];
    const env = { ...process.env, INIT_CWD: folder };
    expect(spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8', env }).stdout).toContain(
      '1 delivered',
    );
  }, 30_000);

  test('shows what an operator must mend', () => {
    const { status, stdout } = start(
      file('event.json', JSON.stringify(event())),
      '--settings',
      file('empty.json', '{}'),
    );
    expect(status).toBe(0);
    expect(stdout).toContain('↻ Order Completed → Retry');
    expect(stdout).toContain('Access Token is missing; Event Set ID is missing');
  }, 30_000);

  test.each<[what: string, args: () => readonly string[], line: RegExp]>([
    ['a missing file', () => ['missing.json'], /^error: .*missing\.json: there is no such file\n$/],
    ['a folder', () => [folder], /^error: .*: it is a folder\n$/],
    ['an empty file', () => [file('nothing.json', ' \n')], /^error: .*nothing\.json: the file is empty\n$/],
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
    ['too much', () => ['a.json', 'b.json'], /^error: too many arguments/],
  ])(
    '%s is one clear line, and exit code 2',
    (_, args, line) => {
      const { status, stdout, stderr } = start(...args());
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(line);
    },
    30_000,
  );
});

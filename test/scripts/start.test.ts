// npm start in a process of its own, as a person runs it: its options' texts, its input, its output and its end.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ROOT } from '../../scripts/cli/project';
import { HOST, startTikTok } from '../../scripts/local/tiktok/server';
import { createFolder, runCommand, startCommand, writeUntilRead } from '../support/command';
import { commandFile } from '../support/compile';
import { SETTINGS, track } from '../support/world';
import { lines, readReport, tracks } from './report/start';

const start = (args: readonly string[], options?: Parameters<typeof runCommand>[2]) =>
  runCommand('start', args, options);

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});

test('npm start prints what the README shows', async () => {
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
    const { status, stdout, stderr } = await start(args.split(' ').filter((arg) => arg !== ''));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const block of text.trim().split('\n\n')) expect(stdout).toContain(block);
  }
});

describe('what it reads', () => {
  test('a file as it is named where the command was typed', async () => {
    files.file('here.json', JSON.stringify(track()));
    const { stdout } = await start(['here.json'], { env: { INIT_CWD: files.folder } });
    expect(stdout).toContain('here.json with the settings of');
    expect(stdout).toContain('1 delivered');
  });

  test('several files, an empty one among them, and the standard input', async () => {
    const first = files.file('first.json', JSON.stringify(tracks(2)));
    const empty = files.file('empty.ndjson', '');
    const { stdout } = await start([first, empty, '-', '--json'], { input: lines(tracks(3)) });
    expect(readReport(stdout).events).toBe(5);
  });
});

test.each<[what: string, args: readonly string[], line: RegExp]>([
  ['a missing file', ['missing.json'], /^error: .*missing\.json: there is no such file\n$/],
  ['an unknown option', ['--setting', 'x'], /^error: unknown option '--setting'\n$/],
  [
    'a batch that is too large',
    ['--batch', '401'],
    /^error: option '--batch <events>' argument '401' is invalid. Expected a whole number from 1 to 400\.\n$/,
  ],
  ['an empty batch', ['--batch', '0'], /from 1 to 400\.\n$/],
])('%s is one clear line, and exit code 2', async (_, args, line) => {
  const { status, stdout, stderr } = await start(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(line);
});

test('--live sends to the real TikTok, under the Test Event Code', async () => {
  const tiktok = await startTikTok({ token: SETTINGS.accessToken, eventSetId: SETTINGS.eventSetId });
  const route = z.object({ port: z.number(), ca: z.string() }).parse(tiktok.route);
  const settings = files.file('live.json', JSON.stringify({ ...SETTINGS, testEventCode: 'TEST123' }));
  const name = files.file('live.ndjson', lines(tracks(25)));
  const { status, stdout } = await start([name, '--settings', settings, '--live'], {
    preloads: ['live'],
    env: { LIVE_PORT: `${route.port}`, LIVE_CERTIFICATE: files.file('live.pem', route.ca) },
  });
  await tiktok.close();
  expect(status).toBe(0);
  expect(stdout).toContain('against the real TikTok.\nTikTok shows them under the Test Event Code TEST123.');
  expect(stdout).not.toContain('TikTok counted');
  expect(tiktok.counted).toHaveLength(25);
  for (const { headers, body } of tiktok.requests) {
    expect(headers.host).toBe(HOST);
    expect(JSON.parse(body)).toMatchObject({ test_event_code: 'TEST123' });
  }
});

describe('how it ends', () => {
  test('with 1 if an event was rejected and --fail-on-rejected was typed', async () => {
    const name = files.file('rejected.ndjson', lines([track({ properties: {} })]));
    expect((await start([name, '--fail-on-rejected'])).status).toBe(1);
  });

  test('Ctrl-C before there is much prints the report of what there is', async () => {
    const command = startCommand('start', ['-']);
    await writeUntilRead(command, lines(tracks(5)));
    command.interrupt();
    const { status, stdout } = await command.ended;
    expect(status).toBe(130);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^5 events: 5 delivered/);
  });

  test('Ctrl-C prints the report so far', async () => {
    const command = startCommand('start', ['-']);
    await writeUntilRead(command, lines(tracks(40)));
    command.interrupt();
    const { status, stdout, stderr } = await command.ended;
    expect({ status, stderr }).toEqual({ status: 130, stderr: '' });
    expect(stdout).toContain('Interrupted: this is the report of the events until then.');
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^40 events: 40 delivered/);
  });

  test('a report that cannot be written is not a success', () => {
    const name = files.file('full.ndjson', lines([track({ properties: {} })]));
    const run = (to: string) =>
      spawnSync(
        'bash',
        [
          '-c',
          `set -o pipefail; "$0" "$1" "$2" --json --fail-on-rejected ${to}`,
          process.execPath,
          commandFile('start'),
          name,
        ],
        { cwd: ROOT, encoding: 'utf8' },
      );
    const full = run('> /dev/full');
    expect(full.status).toBe(2);
    expect(full.stderr).toMatch(/error: cannot write to the standard output \(ENOSPC\)\n$/);
    expect(run('| true').status).toBe(1);
  });
});

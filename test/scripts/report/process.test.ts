// npm start, npm run report and npm run check in processes of their own, as a person runs them: their options' texts,
// their input, their output and their end.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { EXAMPLES, ROOT } from '../../../scripts/cli/project';
import { HOST } from '../../../scripts/local/tiktok/names';
import { startTikTok } from '../../../scripts/local/tiktok/server';
import { createFolder, runCommand, startCommand, writeUntilRead } from '../../support/command';
import { commandFile } from '../../support/compile';
import { examples, outputsOf, partsOf } from '../../support/documentation';
import { SETTINGS, track } from '../../support/world';
import { lines, readReport, tracks } from './commands';

const runner = (name: string) => (args: readonly string[], options?: Parameters<typeof runCommand>[2]) =>
  runCommand(name, args, options);
const start = runner('start');
const report = runner('report');
const check = runner('check');

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});

test('npm start prints what the documentation shows', async () => {
  const shown = examples.flatMap(({ commands, output }) => {
    const args = /^(?:npm ci && )?npm start(?: -- (.+))?$/.exec(commands.at(-1) ?? '');
    return args === null ? [] : [{ args: args[1]?.split(' ') ?? [], output }];
  });
  expect(shown.length).toBeGreaterThan(2);
  for (const { args, output } of shown) {
    const { status, stdout, stderr } = await start(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const part of partsOf(output)) expect(stdout).toContain(part);
  }
});

const readExample = (name: string): Readonly<Record<string, unknown>> =>
  z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path.join(EXAMPLES, name), 'utf8')));

test('npm run report prints what the documentation shows', async () => {
  const env = { INIT_CWD: files.folder };
  const command = 'npm run report -- month.ndjson.gz';
  const { commands = [], output = 'no such example' } =
    examples.find((example) => example.commands.at(-1) === command) ?? {};
  expect(commands).toEqual(['npm run generate -- --events 2000 --out month.ndjson.gz', command]);
  await runCommand('generate', ['--events', '2000', '--out', 'month.ndjson.gz'], { env });
  const { status, stdout } = await report(['month.ndjson.gz'], { env });
  expect(status).toBe(0);
  expect(partsOf(output).length).toBeGreaterThan(5);
  for (const part of partsOf(output)) expect(stdout).toContain(part);
});

test('npm run report -- --html writes a page beside the report', async () => {
  const env = { INIT_CWD: files.folder };
  files.file('shared.ndjson', lines(tracks(2)));
  const { status, stdout, stderr } = await report(['shared.ndjson', '--html', 'report.html'], { env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('The report as a page: report.html');
  expect(readFileSync(path.join(files.folder, 'report.html'), 'utf8')).toContain('What happens to 2 events');
});

test('npm run report -- --compare prints what the documentation shows', async () => {
  const settings = files.file(
    'new-settings.json',
    JSON.stringify({
      ...readExample('settings.json'),
      eventMappings: {
        'Coupon Applied': 'coupon_used',
        'Form Submitted': 'Lead, form_sent',
        'Signed Up': '',
      },
      parameterMappings: { 'Order Completed: user.phone': '' },
    }),
  );
  const env = { INIT_CWD: files.folder };
  await runCommand('generate', ['--events', '2000', '--out', 'month.ndjson.gz'], { env });
  const { status, stdout } = await report(['month.ndjson.gz', '--compare', settings], { env });
  expect(status).toBe(0);
  const [shown = 'no such example'] = outputsOf(
    'npm run report -- month.ndjson.gz --compare new-settings.json',
  );
  for (const part of partsOf(shown)) expect(stdout).toContain(part);
});

test('npm run check -- --expect prints what the documentation shows', async () => {
  const { parameterMappings, ...store } = readExample('store-settings.json');
  const settings = files.file(
    'value.json',
    JSON.stringify({
      ...store,
      parameterMappings: {
        ...z.record(z.string(), z.string()).parse(parameterMappings),
        'Invoice: Paid: properties.value': 'properties.total',
      },
    }),
  );
  const { status, stdout, stderr } = await check([
    'examples/store-cases.json',
    '--settings',
    settings,
    '--expect',
  ]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect([stdout]).toEqual(
    outputsOf('npm run check -- examples/store-cases.json --settings new-settings.json --expect'),
  );
});

describe('what it reads', () => {
  test('a file as it is named where the command was typed', async () => {
    files.file('here.json', JSON.stringify(track()));
    const { stdout } = await start(['./here.json'], { env: { INIT_CWD: files.folder } });
    expect(stdout).toMatch(/^\.\/here\.json with the settings of /m);
    expect(stdout).toContain('1 delivered');
  });

  test('several files, an empty one among them, and the standard input', async () => {
    const first = files.file('first.json', JSON.stringify(tracks(2)));
    const empty = files.file('empty.ndjson', '');
    const { stdout } = await report([first, empty, '-', '--json'], { input: lines(tracks(3)) });
    expect(readReport(stdout).events).toBe(5);
  });
});

test.each<[name: string, args: readonly string[], option: string, shown: string]>([
  ['start', ['events.json', 'settings.json'], 'settings', 'npm start -- --settings …'],
  ['report', ['month.ndjson.gz'], 'batch', 'npm run report -- --batch …'],
  ['deploy', [], 'dry-run', 'npm run deploy -- --dry-run …'],
  ['deploy', ['settings', 'dst_1'], 'events', 'npm run deploy -- --events …'],
])('npm run %s %j: what npm has taken from it, --%s, is not ignored', async (name, args, option, shown) => {
  const env = { [`npm_config_${option.replace('-', '_')}`]: 'true' };
  expect(await runCommand(name, args, { env })).toEqual({
    status: 2,
    stdout: '',
    stderr: `error: npm took --${option} as an option of its own: write " -- " before the options and files, as in ${shown}\n`,
  });
});

test.each<[what: string, run: typeof start, args: readonly string[], line: RegExp]>([
  ['a missing file', start, ['missing.json'], /^error: missing\.json: there is no such file\n$/],
  ['no file', report, [], /^error: missing required argument 'files'\n$/],
  ['an unknown option', start, ['--setting', 'x'], /^error: unknown option '--setting'\n$/],
  [
    'a batch that is too large',
    report,
    ['x.json', '--batch', '401'],
    /^error: option '--batch <events>' argument '401' is invalid. Expected a whole number from 1 to 400\.\n$/,
  ],
  [
    'the standard input as a file to write',
    report,
    ['x.json', '--out', '-'],
    /^error: option '--out <file>' argument '-' is invalid\. Expected the name of a file\.\n$/,
  ],
  ['an empty batch', report, ['x.json', '--batch', '0'], /from 1 to 400\.\n$/],
  [
    'a comparison of which the requests are to be kept',
    report,
    ['x.json', '--compare', 'b.json', '--out', 'y.ndjson'],
    /^error: option '--compare <file>' cannot be used with option '--out <file>'\n$/,
  ],
  [
    'a comparison as a page',
    report,
    ['x.json', '--compare', 'b.json', '--html', 'y.html'],
    /^error: option '--compare <file>' cannot be used with option '--html <file>'\n$/,
  ],
  [
    'a check of cases that allows something',
    check,
    ['x.json', '--expect', '--allow', 'no_contact'],
    /^error: option '--expect' cannot be used with option '--allow <reason>'\n$/,
  ],
  [
    'personal data in no file',
    start,
    ['--keep-personal-data'],
    /^error: --keep-personal-data is for the file of --cases: name one\n$/,
  ],
  [
    'an unknown reason',
    check,
    ['x.json', '--allow', 'no_contact,place-holder'],
    /^error: option '--allow <reason>' argument 'no_contact,place-holder' is invalid\. Expected one of no_contact, .*, personal\. Did you mean placeholder\?\n$/,
  ],
])('%s is one clear line, and exit code 2', async (_, run, args, line) => {
  const { status, stdout, stderr } = await run(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(line);
});

test('--live sends to the real TikTok, under the Test Event Code', async () => {
  const tiktok = await startTikTok({ token: SETTINGS.accessToken, eventSetId: SETTINGS.eventSetId });
  const route = z.object({ port: z.number(), ca: z.string() }).parse(tiktok.route);
  const settings = files.file('live.json', JSON.stringify({ ...SETTINGS, testEventCode: 'TEST123' }));
  const name = files.file('live.ndjson', lines(tracks(5)));
  const { status, stdout } = await start([name, '--settings', settings, '--live'], {
    preloads: ['live'],
    env: { LIVE_PORT: `${route.port}`, LIVE_CERTIFICATE: files.file('live.pem', route.ca) },
  });
  await tiktok.close();
  expect(status).toBe(0);
  expect(stdout).toContain('against the real TikTok.\nTikTok shows them under the Test Event Code TEST123.');
  expect(stdout).not.toContain('TikTok counted');
  expect(tiktok.counted).toHaveLength(5);
  for (const { headers, body } of tiktok.requests) {
    expect(headers.host).toBe(HOST);
    expect(JSON.parse(body)).toMatchObject({ test_event_code: 'TEST123' });
  }
});

test('npm run report -- --compare prints what would change under other settings', async () => {
  const settings = files.file('other.json', JSON.stringify({ ...SETTINGS, limitedDataUse: true }));
  const name = files.file('compared.ndjson', lines(tracks(2)));
  const { status, stdout, stderr } = await report([name, '--compare', settings]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(
    `${name}: before with the settings of examples/settings.json, after with those of ${settings}.\n`,
  );
  expect(stdout).toMatch(/\| Purchase +\| limited_data_use \| changed +\| +2 \|/);
  const { stdout: json } = await report([name, '--compare', settings, '--json']);
  expect(JSON.parse(json)).toMatchObject({ events: 2, changed: 2, interrupted: false });
});

test('npm start -- --cases writes cases that npm run check -- --expect passes', async () => {
  const name = files.file('case.ndjson', lines(tracks(2)));
  const env = { INIT_CWD: files.folder };
  const { stdout } = await start([name, '--cases', 'cases.json', '--keep-personal-data'], { env });
  expect(stdout).toContain('2 cases written. To prove them: npm run check -- cases.json --expect\n');
  const { status, stdout: proof } = await check(['cases.json', '--expect'], { env });
  expect({ status, proof }).toEqual({ status: 0, proof: 'Passed: 2 cases as expected.\n' });
});

describe('how it ends', () => {
  test('a check with 1 if an event is rejected for a reason that is not allowed', async () => {
    const name = files.file('rejected.ndjson', lines([track({ properties: {} })]));
    expect((await check([name])).status).toBe(1);
    expect((await check([name, '--allow', 'placeholder', '--allow', 'no_contact'])).status).toBe(0);
  });

  test.each(['start', 'report'])('npm start or run %s: Ctrl-C prints what there is so far', async (name) => {
    const command = startCommand(name, ['-']);
    await writeUntilRead(command, lines(tracks(5)));
    command.interrupt();
    const { status, stdout, stderr } = await command.ended;
    expect({ status, stderr }).toEqual({ status: 130, stderr: '' });
    expect(stdout).toContain('\nInterrupted: ');
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^5 events: 5 delivered/);
  });

  test('Ctrl-C within an event leaves that one out', async () => {
    const command = startCommand('report', ['-']);
    await writeUntilRead(command, lines(tracks(5)), '{ "type": "track",');
    command.interrupt();
    const { status, stdout } = await command.ended;
    expect(status).toBe(130);
    expect(stdout).not.toContain('skipped');
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^5 events: 5 delivered/);
  });

  test('Ctrl-C ends a comparison with what would change so far', async () => {
    const settings = files.file('until.json', JSON.stringify({ ...SETTINGS, limitedDataUse: true }));
    const command = startCommand('report', ['-', '--compare', settings]);
    await writeUntilRead(command, lines(tracks(40)));
    command.interrupt();
    const { status, stdout } = await command.ended;
    expect(status).toBe(130);
    expect(stdout).toContain('Interrupted: this is what the events until then would become.\n');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('40 of 40 events would change.');
  });

  test('by itself after a long file, which several threads share', async () => {
    const env = { INIT_CWD: files.folder };
    await runCommand('generate', ['--events', '7000', '--out', 'long.ndjson'], { env });
    const { status, stdout, stderr } = await report(['long.ndjson', '--json'], { env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { events, timeline, requests } = readReport(stdout);
    expect({ events, requests }).toEqual({ events: 7000, requests: 350 });
    expect(timeline.reduce((sum, part) => sum + part.events, 0)).toBe(7000);
  });

  test('Ctrl-C ends a long report with all that was read', async () => {
    const command = startCommand('report', ['-']);
    const long = track({ properties: { email: 'jane@example.com', note: 'long '.repeat(1000) } });
    await writeUntilRead(command, lines(Array.from({ length: 1600 }, () => long)));
    command.interrupt();
    const { status, stdout, stderr } = await command.ended;
    expect({ status, stderr }).toEqual({ status: 130, stderr: '' });
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^1,600 events: 1,600 delivered/);
  });

  test('Ctrl-C says that a report is not of all events, and so does its page', async () => {
    const page = path.join(files.folder, 'until.html');
    const command = startCommand('report', ['-', '--html', page]);
    await writeUntilRead(command, lines(tracks(40)));
    command.interrupt();
    const { stdout } = await command.ended;
    expect(stdout).toContain('Interrupted: this is the report of the events until then.');
    expect(stdout.trimEnd().split('\n').at(-2)).toMatch(/^40 events: 40 delivered/);
    expect(readFileSync(page, 'utf8')).toContain('Interrupted: this is the report of the events until then.');
  });

  test('a result that cannot be written is not a success', () => {
    const name = files.file('full.ndjson', lines([track({ properties: {} })]));
    const run = (command: string, to: string) =>
      spawnSync(
        'bash',
        ['-c', `set -o pipefail; "$0" "$1" "$2" ${to}`, process.execPath, commandFile(command), name],
        { cwd: ROOT, encoding: 'utf8' },
      );
    for (const command of ['start', 'report', 'check']) {
      const full = run(command, '> /dev/full');
      expect(full.status).toBe(2);
      expect(full.stderr).toMatch(/error: cannot write to the standard output \(ENOSPC\)\n$/);
    }
    // A reader that has seen enough does not fail a report, and does not pass a check.
    expect(run('report', '| true').status).toBe(0);
    expect(run('check', '| true').status).toBe(1);
  });
});

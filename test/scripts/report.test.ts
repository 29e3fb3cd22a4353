// npm start with many events, as a person runs it: what it reads, how it sends, and what it reports.
import { spawnSync } from 'node:child_process';
import { linkSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createEventProgress } from '../../scripts/cli/progress';
import { HOST, startTikTok } from '../../scripts/local/tiktok/server';
import { ROOT } from '../../scripts/cli/project';
import { createFolder, runCommand, startCommand, writeUntilRead } from '../support/command';
import { commandFile } from '../support/compile';
import { SETTINGS, track } from '../support/world';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});

const lines = (events: readonly unknown[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');
const tracks = (count: number) => Array.from({ length: count }, () => track());

const counts = z.object({
  events: z.number(),
  delivered: z.number(),
  discarded: z.number(),
  unsupported: z.number(),
  retried: z.number(),
});
const report = counts.extend({
  reasons: z.array(
    z.object({
      outcome: z.string(),
      message: z.string(),
      count: z.number(),
      example: z.object({ at: z.string(), messageId: z.string().optional() }),
    }),
  ),
  names: z.array(z.object({ name: z.string(), count: z.number(), becomes: z.array(z.string()) })),
  identifiers: z.record(z.string(), z.number()),
  old: z.number(),
  retiring: z.array(z.object({ name: z.string(), count: z.number(), advice: z.string() })),
  requests: z.number(),
  bytes: z.number(),
  timeline: z.array(counts),
  interrupted: z.boolean(),
});

type Options = Parameters<typeof runCommand>[2];
const start = (args: readonly string[], options?: Options) => runCommand('start', args, options);

/** Runs it with `--json`, and gives the report. */
async function survey(args: readonly string[], options: Options = {}) {
  const { status, stdout, stderr } = await start([...args, '--json'], options);
  return { status, stderr, report: report.parse(JSON.parse(stdout)) };
}

describe('what it reads', () => {
  const two = tracks(2);
  /** Larger than what is read as a whole. */
  const padding = 'x'.repeat(30_000);
  const many = Array.from({ length: 350 }, () => track({ padding }));

  test.concurrent.each<[what: string, name: string, content: string | Buffer, events: number]>([
    ['gzipped lines', 'lines.ndjson.gz', gzipSync(lines(two)), 2],
    [
      'gzipped lines in two members, as appended',
      'two.gz',
      Buffer.concat([gzipSync(lines(two)), gzipSync(lines(two))]),
      4,
    ],
    ['a gzipped array, whatever its name', 'array.json', gzipSync(JSON.stringify(two)), 2],
    ['a line separator within a line', 'separator.jsonl', lines([track({ note: 'a\u2028b' }), ...two]), 3],
    ['10 MB of lines', 'long.ndjson', lines(many), 350],
    ['an array of 10 MB', 'long.json', JSON.stringify(many), 350],
    ['a gzipped array of 10 MB', 'long.json.gz', gzipSync(JSON.stringify(many)), 350],
    [
      'lines of Windows, the first one short',
      'crlf.ndjson',
      `${JSON.stringify(two[0])}\r\n${JSON.stringify(two[1])}\r\n`,
      2,
    ],
    ['what Windows calls Unicode', 'utf16.json', Buffer.from(`\ufeff${JSON.stringify(two)}`, 'utf16le'), 2],
    ['an event of 9 MB', 'one.json', JSON.stringify(track({ padding: padding.repeat(300) })), 1],
  ])(
    '%s',
    async (_, name, content, events) => {
      const { status, report: read } = await survey([files.file(name, content)]);
      expect({ status, events: read.events, delivered: read.delivered }).toEqual({
        status: 0,
        events,
        delivered: events,
      });
    },
    60_000,
  );

  test('a mistake in the last of many lines of Windows is told there, and the lines before are reported', async () => {
    const name = files.file('windows.ndjson', `${lines(tracks(30)).replaceAll('\n', '\r\n')}{"type": "track`);
    const { status, stderr, report: read } = await survey([name]);
    expect({ status, events: read.events }).toEqual({ status: 2, events: 30 });
    expect(stderr).toMatch(/windows\.ndjson:31:\d+: bad JSON/);
  }, 30_000);

  test('several files, an empty one among them, and the standard input', async () => {
    const first = files.file('first.json', JSON.stringify(two));
    const empty = files.file('empty.ndjson', '');
    const { report: read } = await survey([first, empty, '-'], { input: lines(tracks(3)) });
    expect(read.events).toBe(5);
  }, 30_000);

  test.concurrent.each([
    [
      'lines',
      lines(many) + '{"type": }\n' + lines(two),
      /^error: .*broken-lines\.json:351:10: bad JSON: "}" was not expected here\n$/,
    ],
    [
      'array',
      `[${many.map((event) => JSON.stringify(event)).join()}, {"type": }]`,
      /^error: .*broken-array\.json:1:\d+: bad JSON: "}" was not expected here\n$/,
    ],
  ])(
    'a mistake late in long %s: the report of what came before, then the mistake',
    async (name, content, line) => {
      const { status, stderr, report: read } = await survey([files.file(`broken-${name}.json`, content)]);
      expect(status).toBe(2);
      expect(stderr).toMatch(line);
      expect(read).toMatchObject({ events: 350, delivered: 350 });
    },
    60_000,
  );
});

describe('how it sends', () => {
  test.concurrent.each([
    [[], 45, 3],
    [['--batch', '400'], 45, 1],
    [['--batch', '7'], 45, 7],
    [['--batch', '1'], 45, 45],
    [['--batch', '20'], 12, 1],
    [[], 12, 12],
  ])(
    'with %j, %i events go in %i requests',
    async (options, events, requests) => {
      const name = files.file(`sent-${events}-${options.join('')}.ndjson`, lines(tracks(events)));
      const { report: sent } = await survey([name, ...options]);
      expect([sent.events, sent.delivered, sent.requests]).toEqual([events, events, requests]);
    },
    30_000,
  );

  test('--out keeps each request as it went out, one a line, without clear-text personal data or the token', async () => {
    const out = path.join(files.folder, 'out.ndjson');
    const name = files.file('kept.ndjson', lines(tracks(45)));
    const { report: sent } = await survey([name, '--out', out]);
    const text = readFileSync(out, 'utf8');
    const requests = z.array(z.object({ event_source: z.literal('offline'), data: z.array(z.unknown()) }));
    const kept = requests.parse(
      text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    );
    expect(kept.map(({ data }) => data.length)).toEqual([20, 20, 5]);
    expect(Buffer.byteLength(text) - kept.length).toBe(sent.bytes);
    expect(text).not.toMatch(/jane@|example-access-token/);
  }, 30_000);

  test('--out into a folder that is not there is one clear line', async () => {
    const { status, stderr } = await start(['--out', path.join(files.folder, 'none/out.ndjson')]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .*none\/out\.ndjson: there is no such folder\n$/);
  }, 30_000);

  test.each(['the events by a link', 'the settings'])(
    '--out never overwrites %s',
    async (what) => {
      const name = files.file('precious.ndjson', lines(tracks(2)));
      const settings = files.file('precious.json', JSON.stringify(SETTINGS));
      const link = path.join(files.folder, `link-${what.length}`);
      linkSync(what === 'the settings' ? settings : name, link);
      const { status, stderr } = await start([name, '--settings', settings, '--out', link]);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^error: \S+: --out would overwrite what is read\n$/);
      expect(readFileSync(name, 'utf8').split('\n')).toHaveLength(3);
      expect(readFileSync(settings, 'utf8')).toBe(JSON.stringify(SETTINGS));
    },
    30_000,
  );

  test('--live sends to the real TikTok, under the Test Event Code', async () => {
    const tiktok = await startTikTok({ token: SETTINGS.accessToken, eventSetId: SETTINGS.eventSetId });
    const route = z.object({ port: z.number(), ca: z.string() }).parse(tiktok.route);
    const settings = files.file('live.json', JSON.stringify({ ...SETTINGS, testEventCode: 'TEST123' }));
    const name = files.file('live.ndjson', lines(tracks(25)));
    const { status, stdout } = await start([name, '--settings', settings, '--live'], {
      preloads: ['live'],
      env: { LIVE_PORT: String(route.port), LIVE_CERTIFICATE: files.file('live.pem', route.ca) },
    });
    await tiktok.close();
    expect(status).toBe(0);
    expect(stdout).toContain(
      'against the real TikTok.\nTikTok shows them under the Test Event Code TEST123.',
    );
    expect(stdout).not.toContain('TikTok counted');
    expect(tiktok.counted).toHaveLength(25);
    for (const { headers, body } of tiktok.requests) {
      expect(headers.host).toBe(HOST);
      expect(JSON.parse(body)).toMatchObject({ test_event_code: 'TEST123' });
    }
  }, 30_000);
});

describe('what it reports', () => {
  const old = new Date(Date.now() - 29 * 86_400_000).toISOString();
  const young = new Date(Date.now() - 27 * 86_400_000).toISOString();
  const EVENTS = [
    track({
      timestamp: young,
      userId: 'customer-1',
      properties: { email: 'jane@example.com', phone: '+1 415 555 0100', ttclid: 'E.C.P.x' },
    }),
    track({ timestamp: young, event: ' order completed ', properties: { phone: '+1 415 555 0101' } }),
    track({ timestamp: old, event: 'Product Clicked' }),
    track({ timestamp: young, event: 'Order Placed', anonymousId: 'visitor-1' }),
    {
      type: 'page',
      name: 'Home',
      timestamp: young,
      messageId: 'page-1',
      properties: { email: 'jane@example.com' },
    },
    track({ messageId: 'no-identity', properties: {} }),
    track({ messageId: 'no-identity-2', properties: {} }),
    track({ event: 'Call from jane@example.com, +1 415 555 0102', messageId: 'jane@example.com' }),
    track({
      event: 'Coupon Applied',
      messageId: 'ajs-next-1795169700123-0f0e0d0c-0b0a-4908-8706-000000000001',
    }),
    track({ event: 'Coupon Applied' }),
    { type: 'identify', userId: 'customer-1' },
  ];

  test.concurrent.each([['20'], ['3'], ['1']])(
    'in batches of %s: outcomes, reasons with an example, names, identifiers, age, names that end',
    async (batch) => {
      const name = files.file(`report-${batch}.ndjson`, lines(EVENTS));
      const { report: got } = await survey([name, '--batch', batch]);
      const at = (line: number) => `${path.relative(ROOT, name)}:${line}`;
      expect(got).toMatchObject({
        events: 11,
        delivered: 5,
        discarded: 2,
        unsupported: 4,
        retried: 0,
        old: 1,
        interrupted: false,
      });
      expect(got.reasons).toEqual(
        expect.arrayContaining([
          {
            outcome: 'discarded',
            message:
              'TikTok needs a valid email address or phone number. user.email: "properties.email" is absent, "context.traits.email" is absent, "traits.email" is absent. user.phone: "properties.phone" is absent, "context.traits.phone" is absent, "traits.phone" is absent. Send a valid value, or map another source in Parameter Mappings.',
            count: 2,
            example: { at: at(6), messageId: 'no-identity' },
          },
          {
            outcome: 'unsupported',
            message: 'No TikTok event is mapped to its name. Event Mappings can add one.',
            count: 3,
            example: { at: at(8), messageId: '[email]' },
          },
        ]),
      );
      expect(got.names).toEqual(
        expect.arrayContaining([
          { name: 'Order Completed', count: 4, becomes: ['Purchase'] },
          { name: 'Coupon Applied', count: 2, becomes: [] },
          { name: 'Product Clicked', count: 1, becomes: ['ClickButton'] },
          { name: 'Order Placed', count: 1, becomes: ['PlaceAnOrder'] },
          { name: 'Page Viewed', count: 1, becomes: ['PageView'] },
          { name: 'Call from [email], +[number]', count: 1, becomes: [] },
          { name: '(identify call)', count: 1, becomes: [] },
        ]),
      );
      expect(got.names).toHaveLength(7);
      expect(got.identifiers).toEqual({ events: 5, email: 4, phone: 2, both: 1, externalId: 2, ttclid: 1 });
      expect(got.retiring.map(({ name: retiring, count }) => [retiring, count]).sort()).toEqual([
        ['ClickButton', 1],
        ['PlaceAnOrder', 1],
      ]);
      expect(got.timeline).toHaveLength(11);
      expect(got.timeline[5]).toEqual({ events: 1, delivered: 0, discarded: 1, unsupported: 0, retried: 0 });
      expect(JSON.stringify(got)).not.toMatch(/jane|555/);
    },
    30_000,
  );

  test('to a person: tables, reasons and a last line, and nothing personal', async () => {
    const name = files.file('person.ndjson', lines(EVENTS));
    const { stdout, stderr } = await start([name, '--batch', '20']);
    expect(stderr).toBe('');
    expect(stdout).toContain('| discarded   |      2 | 18.2 % |');
    expect(stdout).toMatch(
      /\n2 discarded\n {4}TikTok needs a valid email address or phone number\. [^]+? {4}for example \S+person\.ndjson:6, message no-identity\n/,
    );
    expect(stdout).toMatch(/\| Coupon Applied +\| +2 \| not mapped +\|/);
    expect(stdout).toMatch(/\| email and phone +\| +1 \| 20\.0 % \|/);
    expect(stdout).toContain('1 event older than 28 days');
    expect(stdout).toMatch(/ClickButton was sent 1 time\. TikTok ends it in 2027/);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^11 events: 5 delivered, 2 discarded, 4 unsupported, 0 retried\. TikTok counted 5 conversions in 1 request over 1 connection, [\d.]+ KB\.$/,
    );
    expect(stdout).not.toMatch(/jane|555/);
  }, 30_000);

  test('what TikTok refuses and what would be tried again is counted with its reason, whatever the id of the answer', async () => {
    const settings = files.file('wrong.json', JSON.stringify({ ...SETTINGS, accessToken: '' }));
    const name = files.file('wrong.ndjson', lines(tracks(30)));
    const { report: got } = await survey([name, '--settings', settings]);
    expect(got).toMatchObject({ events: 30, retried: 30, requests: 0 });
    expect(got.reasons).toMatchObject([{ outcome: 'retried', count: 30 }]);
    expect(got.reasons[0]?.message).toContain('Access Token is missing');
  }, 30_000);

  test('a thousand different names are told apart, more are counted together, and the file is shown in 50 parts at most', async () => {
    const names = Array.from({ length: 1500 }, (_, index) =>
      track({ event: `Event ${index}`, messageId: undefined }),
    );
    const { report: got } = await survey([files.file('names.ndjson', lines(names))]);
    expect(got.names).toHaveLength(1001);
    expect(got.names[0]).toEqual({
      name: expect.stringContaining('more than 1000'),
      count: 500,
      becomes: [],
    });
    expect(got.reasons).toHaveLength(1);
    expect(got.reasons[0]?.example).not.toHaveProperty('messageId');
    expect(got.timeline.length).toBeGreaterThan(25);
    expect(got.timeline.length).toBeLessThanOrEqual(50);
    expect(got.timeline.reduce((sum, { unsupported }) => sum + unsupported, 0)).toBe(1500);
    expect(new Set(got.timeline.slice(0, -1).map(({ events }) => events)).size).toBe(1);
  }, 30_000);
});

describe('a month of a made-up shop', () => {
  const generate = (...args: readonly string[]) =>
    runCommand('generate', args, { env: { INIT_CWD: files.folder } });

  test('is reported as the README shows', async () => {
    const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
    const [, made = '', started = '', shown = ''] =
      /```sh\nnpm run generate -- ([^\n]+)\nnpm start -- ([^\n]+)\n```\n\n```text\n(.*?)```/s.exec(readme) ??
      [];
    expect(await generate(...made.split(' '))).toEqual({ status: 0, stdout: '', stderr: '' });
    const { stdout } = await start(started.split(' '), { env: { INIT_CWD: files.folder } });
    const blocks = shown.trim().split('\n\n');
    expect(blocks.length).toBeGreaterThan(4);
    for (const block of blocks) expect(stdout).toContain(block);
  }, 60_000);

  test('is the same for the same seed, but for its time, and gzipped where its name says so', async () => {
    const read = (name: string) => {
      const bytes = readFileSync(path.join(files.folder, name));
      return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes)
        .toString()
        .replace(/\d{13}|\d{4}-[-\d:.TZ]{19,}/g, '');
    };
    const args = (seed: string, out: string) => ['--events', '250', '--seed', seed, '--out', out];
    await Promise.all([
      generate(...args('7', 'a.ndjson')),
      generate(...args('7', 'b.ndjson.gz')),
      generate(...args('8', 'c.ndjson')),
    ]);
    expect(read('a.ndjson').trimEnd().split('\n')).toHaveLength(250);
    expect(read('b.ndjson.gz')).toBe(read('a.ndjson'));
    expect(read('c.ndjson')).not.toBe(read('a.ndjson'));
  }, 30_000);

  test.each([
    [[], /^error: required option '--out <file>' not specified\n$/],
    [['--events', '0', '--out', 'x'], /Expected a whole number from 1 to 100,000,000\.\n$/],
    [['--out', 'none/x.ndjson'], /^error: none\/x\.ndjson: there is no such folder\n$/],
  ])(
    '%j is one clear line, and exit code 2',
    async (args, line) => {
      const { status, stderr } = await generate(...args);
      expect(status).toBe(2);
      expect(stderr).toMatch(line);
    },
    30_000,
  );
});

describe('how it ends', () => {
  test.concurrent.each<[what: string, events: readonly unknown[], settings: object, status: number]>([
    ['all delivered', tracks(2), {}, 0],
    ['one not mapped', [track({ event: 'Coupon Applied' }), track()], {}, 0],
    ['one discarded', [track({ properties: {} }), track()], {}, 1],
    ['all to be tried again', tracks(2), { accessToken: '' }, 1],
  ])(
    '--fail-on-rejected, %s: exit code %#',
    async (what, events, settings, status) => {
      const name = files.file(`fail-${what}.ndjson`, lines(events));
      const own = files.file(`fail-${what}.json`, JSON.stringify({ ...SETTINGS, ...settings }));
      expect((await start([name, '--settings', own, '--fail-on-rejected'])).status).toBe(status);
      expect((await start([name, '--settings', own])).status).toBe(0);
    },
    60_000,
  );

  test('Ctrl-C before there is much prints the report of what there is', async () => {
    const command = startCommand('start', ['-']);
    await writeUntilRead(command, lines(tracks(5)));
    command.interrupt();
    const { status, stdout } = await command.ended;
    expect(status).toBe(130);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^5 events: 5 delivered/);
  }, 30_000);

  test('a report that cannot be written is no success', () => {
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
    expect(full.stderr).toMatch(/error: the standard output cannot be written to \(ENOSPC\)\n$/);
    expect(run('| true').status).toBe(1);
  }, 60_000);

  test('Ctrl-C prints the report so far', async () => {
    const command = startCommand('start', ['-']);
    await writeUntilRead(command, lines(tracks(40)));
    command.interrupt();
    const { status, stdout, stderr } = await command.ended;
    expect({ status, stderr }).toEqual({ status: 130, stderr: '' });
    expect(stdout).toContain('Interrupted: the report is of the events until then.');
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^40 events: 40 delivered/);
  }, 30_000);
});

describe('progress', () => {
  function terminal(isTTY: boolean) {
    const stream = Object.assign(new PassThrough(), { isTTY, columns: 100, rows: 20 });
    let shown = '';
    stream.setEncoding('utf8').on('data', (text: string) => (shown += text));
    return { stream, shown: () => shown };
  }

  test.each([
    [
      'of files: share, events, events a second, time left',
      2000,
      /50 %, 1,500 events, [\d,]+ a second, \S+ left/,
    ],
    ['of the standard input: events, events a second', undefined, /1,500 events, [\d,]+ a second/],
  ])('on a terminal, %s', (_, size, pattern) => {
    const { stream, shown } = terminal(true);
    const progress = createEventProgress(size, stream);
    progress.read(1000);
    progress.start();
    progress.handled(1500);
    progress.stop();
    expect(shown()).toMatch(pattern);
  });

  test('elsewhere there is none', () => {
    const { stream, shown } = terminal(false);
    const progress = createEventProgress(2000, stream);
    progress.start();
    progress.handled(10);
    progress.stop();
    expect(shown()).toBe('');
  });
});

// What the options of npm start change.
import { linkSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { EXAMPLES } from '../../../scripts/cli/project';
import type { StartOptions } from '../../../scripts/report/run';
import { createFolder } from '../../support/command';
import { SETTINGS, track } from '../../support/world';
import { lines, start, startForReport, tracks } from './start';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});
const file = (name: string, content: string) => files.file(name, content);

describe('--batch', () => {
  test.each<[options: Partial<StartOptions>, events: number, requests: number]>([
    [{}, 45, 3],
    [{ batch: 400 }, 45, 1],
    [{ batch: 7 }, 45, 7],
    [{ batch: 1 }, 45, 45],
    [{ batch: 20 }, 12, 1],
    [{}, 12, 12],
  ])('with %j, %i events go in %i requests', async (options, events, requests) => {
    const { report } = await startForReport([file('sent.ndjson', lines(tracks(events)))], options);
    expect([report.events, report.delivered, report.requests]).toEqual([events, events, requests]);
  });
});

describe('--out', () => {
  test('keeps each request as it went out, one a line, without clear-text personal data or the token', async () => {
    const out = path.join(files.folder, 'out.ndjson');
    const { report } = await startForReport([file('kept.ndjson', lines(tracks(45)))], { out });
    const text = readFileSync(out, 'utf8');
    const requests = z.array(z.object({ event_source: z.literal('offline'), data: z.array(z.unknown()) }));
    const kept = requests.parse(
      text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    );
    expect(kept.map(({ data }) => data.length)).toEqual([20, 20, 5]);
    expect(Buffer.byteLength(text) - kept.length).toBe(report.bytes);
    expect(text).not.toMatch(/jane@|example-access-token/);
  });

  test('a folder that does not exist is one clear line', async () => {
    const examples = [path.join(EXAMPLES, 'events.json')];
    const { status, stderr } = await start(examples, { out: path.join(files.folder, 'none/out.ndjson') });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .*none\/out\.ndjson: there is no such folder\n$/);
  });

  test('the file of the events is one clear line', async () => {
    const own = file('mine.json', lines(tracks(1)));
    const { status, stdout, stderr } = await start([own], { out: own });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*mine\.json: --out would overwrite an input file\n$/);
  });

  test.each(['the events by a link', 'the settings'])('never overwrites %s', async (what) => {
    const name = file('precious.ndjson', lines(tracks(2)));
    const settings = file('precious.json', JSON.stringify(SETTINGS));
    const link = path.join(files.folder, `link-${what.length}`);
    linkSync(what === 'the settings' ? settings : name, link);
    const { status, stderr } = await start([name], { settings, out: link });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: \S+: --out would overwrite an input file\n$/);
    expect(readFileSync(name, 'utf8').split('\n')).toHaveLength(3);
    expect(readFileSync(settings, 'utf8')).toBe(JSON.stringify(SETTINGS));
  });
});

describe('--settings', () => {
  test('takes settings, their names in any case', async () => {
    const settings = file(
      'settings.json',
      JSON.stringify({
        AccessToken: 'own',
        eventSetID: '1',
        eventMappings: { 'Order Completed': 'my_event' },
      }),
    );
    const { stdout } = await start([file('own.json', lines(tracks(1)))], { settings });
    expect(stdout).toContain('✔ Order Completed → my_event');
  });

  test('shows what an operator must fix', async () => {
    const settings = file('empty.json', '{}');
    const { status, stdout } = await start([file('event.json', lines(tracks(1)))], { settings });
    expect(status).toBe(0);
    expect(stdout).toContain('↻ Order Completed → Retry');
    expect(stdout).toContain('Access Token is missing; Event Set ID is missing');
  });

  test('a file that holds no settings is one clear line', async () => {
    const settings = file('list.json', '[]');
    const { status, stdout, stderr } = await start([file('event.json', lines(tracks(1)))], { settings });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*list\.json: expected a JSON object of settings\n$/);
  });
});

test('--live without a Test Event Code is one clear line', async () => {
  const { status, stdout, stderr } = await start([file('event.json', lines(tracks(1)))], { live: true });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(
    /^error: examples\/settings\.json: --live needs a testEventCode in the settings, so that TikTok shows the events under Test Events\n$/,
  );
});

test.each<[what: string, events: readonly unknown[], settings: object, status: number]>([
  ['all delivered', tracks(2), {}, 0],
  ['one not mapped', [track({ event: 'Coupon Applied' }), track()], {}, 0],
  ['one discarded', [track({ properties: {} }), track()], {}, 1],
  ['all to be tried again', tracks(2), { accessToken: '' }, 1],
])('--fail-on-rejected, %s: the exit code says whether any was', async (_, events, change, status) => {
  const name = file('fail.ndjson', lines(events));
  const settings = file('fail.json', JSON.stringify({ ...SETTINGS, ...change }));
  expect((await start([name], { settings, failOnRejected: true })).status).toBe(status);
  expect((await start([name], { settings })).status).toBe(0);
});

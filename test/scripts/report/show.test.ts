// What npm start shows: events, one by one.
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EXAMPLES } from '../../../scripts/cli/project';
import { createFolder } from '../../support/command';
import { track } from '../../support/world';
import { check, lines, report, show, tracks } from './commands';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});
const file = (name: string, content: object) => files.file(name, JSON.stringify(content));

test('what became of a dozen examples, each once, what was left out of them, and one line of summary', async () => {
  const { status, stdout } = await show([path.join(EXAMPLES, 'events.json')]);
  expect(status).toBe(0);
  expect(stdout).toContain(
    '✔ Order Completed → Purchase\n    event       event_time=2026-11-20T10:15:00Z  event_id=example-order-completed',
  );
  expect(stdout).toMatch(
    /✘ Order Completed → discarded\n {4}TikTok needs a valid email address or phone number\.\n {4}user\.email: "properties\.email" is absent\n/,
  );
  expect(stdout).toContain(
    '– Video Playback Started → unsupported\n    No TikTok event is mapped to "Video Playback Started".',
  );
  expect(stdout.match(/^ {4}left out {4}\S/gm)).toHaveLength(8);
  expect(stdout).toContain(
    '    left out    page.url: a part of "context.page.url" is a string that contains personal data\n',
  );
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(
    '12 events: 8 delivered, 2 discarded, 2 unsupported, 0 retried, 0 not handed over. TikTok counted 8 conversions in 8 requests, 4.3 KB.',
  );
  expect(stdout.match(/TikTok needs a valid/g)).toHaveLength(1);
  expect(stdout).not.toMatch(/jane\.doe@|shopper@|visitor@|not an address|call me|555-01/i);
});

test('the first 20 of more, and how to get the report of all', async () => {
  const name = file('many.json', tracks(21));
  const { status, stdout } = await show([name]);
  expect(status).toBe(0);
  expect(stdout.match(/^✔/gm)).toHaveLength(20);
  expect(stdout).toContain(
    `These are the first 20 events. For all of them: npm run report -- ${name}\n20 events: 20 delivered`,
  );
  const { stdout: all } = await show([file('twenty.json', tracks(20))]);
  expect(all).not.toContain('npm run report');
});

test('the command for the report can be pasted: names are quoted, and the options are the same', async () => {
  const name = file("it's $(my) events.json", tracks(21));
  const settings = file('own settings.json', { accessToken: 'own', eventSetId: '1' });
  const { stdout } = await show([name], { settings, name: 'Offline (Berlin)' });
  const quoted = `'${name.replace("'", String.raw`'\''`)}'`;
  expect(stdout).toContain(
    `npm run report -- ${quoted} --settings '${settings}' --name 'Offline (Berlin)'\n20 events`,
  );
});

test('what was left out: parameter, source and reason, once for each', async () => {
  const products = [
    { sku: 'a', price: '1,250' },
    { sku: 'b', price: '2,250' },
  ];
  const { stdout } = await show([
    file(
      'left-out.json',
      track({ properties: { email: ['jane@example.com', 'x'], value: 'n/a', products } }),
    ),
  ]);
  expect(stdout).toMatch(
    / {4}left out {4}user\.email: a part of "properties\.email" is not an email address\n {16}properties\.contents\.price: "price" is an amount that could be read in two ways, such\n {16}as "1,250"\n {16}properties\.value: "properties\.value" is only a placeholder\n\n/,
  );
});

test('what the function logs', async () => {
  const settings = file('logs.json', { accessToken: 'own', eventSetId: '1', testEventCode: 'TEST' });
  const { stdout } = await show(
    [file('logged.json', track({ properties: { email: 'jane@example.com', value: 'n/a' } }))],
    { settings },
  );
  expect(stdout).toMatch(/ {4}log {9}Left out of event 1, Order Completed: properties\.value: /);
});

test('an event that Segment does not hand over', async () => {
  const { status, stdout } = await show([
    file('withheld.json', [
      track({ integrations: { All: false } }),
      track({ integrations: { 'TikTok Offline Conversions (Example)': false } }),
      track({ integrations: { All: false, 'TikTok Offline Conversions (Example)': true } }),
      track({ integrations: { 'TikTok Offline Conversions': false } }),
    ]),
  ]);
  expect(status).toBe(0);
  expect(stdout.match(/^– Order Completed → not handed over$/gm)).toHaveLength(2);
  expect(stdout).toContain('    The event turns all destinations off: integrations.All is false, and');
  expect(stdout).toContain(
    'turns this function off: integrations["TikTok Offline Conversions (Example)"] is\n',
  );
  expect(stdout).toContain(
    '4 events: 2 delivered, 0 discarded, 0 unsupported, 0 retried, 2 not handed over.',
  );
});

test('entries that are not events are skipped with their places, and the exit code is 1', async () => {
  const { status, stdout, stderr } = await show([
    files.file('some.ndjson', `${lines(tracks(1))}{"type": }\n7\n${lines(tracks(1))}`),
  ]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toMatch(
    /2 entries are not events, and were skipped\n {4}\S*some\.ndjson:2:10: bad JSON: "\}" was not expected here\n {4}\S*some\.ndjson:3: expected a Segment event, a JSON object\n/,
  );
  expect(stdout).toContain('2 events: 2 delivered');
});

test('each TikTok event of a Segment event, and a setting that is not one', async () => {
  const settings = file('several.json', {
    accessToken: 'own',
    eventSetId: '1',
    country: 'US',
    eventMappings: { 'Order Completed': 'A, B' },
  });
  const { stdout, stderr } = await show([file('several-events.json', track())], { settings });
  expect(stderr).toMatch(
    /^warning: \S*several\.json: "country" is not a setting, so it is ignored; did you mean defaultCountry\?\n$/,
  );
  expect(stdout).toMatch(/→ A, B\n {4}A\n {4}event .*\n(?: {4}.*\n)* {4}B\n {4}event /);
});

test('an event that TikTok has counted already', async () => {
  const event = track();
  const { stdout } = await show([file('twice.json', [event, event])]);
  expect(stdout.match(/TikTok had already counted it: same event and event_id\n/g)).toHaveLength(1);
  expect(stdout).toContain(
    '2 events: 2 delivered, 0 discarded, 0 unsupported, 0 retried, 0 not handed over. TikTok counted 1 conversion ',
  );
});

test('nothing that steers the terminal in the names of files and in the paths of settings', async () => {
  const evil = '\u001b[2J\u202e\u009b';
  const name = file(`${evil}.json`, [track({ properties: {} }), track({ properties: { value: 'x' } })]);
  const settings = file(`settings${evil}.json`, {
    accessToken: 'own',
    eventSetId: '1',
    country: 'US',
    parameterMappings: { 'user.email': 'properties["e\u202e\u009bmail"]' },
  });
  for (const command of [show, report, check]) {
    const { stdout, stderr } = await command([name], { settings });
    expect(stdout).toContain(String.raw`user.email: "properties["e\u{202e}\u{9b}mail"]" is absent`);
    expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});

test('nothing personal, and nothing that steers the terminal', async () => {
  const evil = '\u001b[2J\u001b]0;title\u0007\u202e';
  const event = (change: Readonly<Record<string, unknown>>) =>
    track({ messageId: undefined, timestamp: undefined, ...change });
  const { stdout } = await show(
    [
      file('evil.json', [
        event({ properties: { email: 'jane@example.com', order_id: `A${evil}` } }),
        event({ event: `Call from jane@example.com +1 415 555 0102 ${evil}` }),
        event({ type: `${evil}jane@example.com` }),
        event({ event: `Order ${evil}`, properties: {} }),
      ]),
    ],
    { settings: file('evil-settings.json', { accessToken: 'own', eventSetId: '1', [evil]: 'x' }) },
  );
  expect(stdout).toContain('Call from [email] +[number]');
  expect(stdout).toContain('order_id=A');
  expect(stdout).not.toMatch(/jane|555/);
  expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

// What npm start shows of a few events, one by one.
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EXAMPLES } from '../../../scripts/cli/project';
import { createFolder } from '../../support/command';
import { track } from '../../support/world';
import { start } from './start';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});
const file = (name: string, content: object) => files.file(name, JSON.stringify(content));

test('what became of a dozen examples, and how many they are in one line', async () => {
  const { status, stdout } = await start([path.join(EXAMPLES, 'events.json')]);
  expect(status).toBe(0);
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
});

test('each TikTok event of a Segment event, and a setting that is not one', async () => {
  const settings = file('several.json', {
    accessToken: 'own',
    eventSetId: '1',
    country: 'US',
    eventMappings: { 'Order Completed': 'A, B' },
  });
  const { stdout } = await start([file('several-events.json', track())], { settings });
  expect(stdout).toContain('Not a setting, so it is ignored: country\n');
  expect(stdout).toMatch(/→ A, B\n {4}A\n {4}event .*\n(?: {4}.*\n)* {4}B\n {4}event /);
});

test('an event that TikTok has counted already', async () => {
  const event = track();
  const { stdout } = await start([file('twice.json', [event, event])]);
  expect(stdout.match(/TikTok had already counted it: same event and event_id\n/g)).toHaveLength(1);
  expect(stdout).toContain(
    '2 events: 2 delivered, 0 discarded, 0 unsupported, 0 retried. TikTok counted 1 conversion ',
  );
});

test('nothing personal, and nothing that steers the terminal', async () => {
  const evil = '\u001b[2J\u001b]0;title\u0007\u202e';
  const event = (change: Readonly<Record<string, unknown>>) =>
    track({ messageId: undefined, timestamp: undefined, ...change });
  const { stdout } = await start(
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

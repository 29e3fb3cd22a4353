// What npm start says about many events.
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../scripts/cli/project';
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

describe('npm start reports', () => {
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

  test.each([20, 3, 1])(
    'in batches of %i: outcomes, reasons with an example, names, identifiers, age, names that end',
    async (batch) => {
      const name = files.file(`report-${batch}.ndjson`, lines(EVENTS));
      const { report: got } = await startForReport([name], { batch });
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
  );

  test('to a person: tables, reasons and a last line, and nothing personal', async () => {
    const name = files.file('person.ndjson', lines(EVENTS));
    const { stdout, stderr } = await start([name], { batch: 20 });
    expect(stderr).toBe('');
    expect(stdout).toContain('| discarded   |      2 | 18.2 % |');
    expect(stdout).toMatch(
      /\n2 discarded\n {4}TikTok needs a valid email address or phone number\. [^]+? {4}for example \S+person\.ndjson:6, message no-identity\n/,
    );
    expect(stdout).toMatch(/\| Coupon Applied +\| +2 \| not mapped +\|/);
    expect(stdout).toMatch(/\| email and phone +\| +1 \| 20\.0 % \|/);
    expect(stdout).toContain('1 event older than 28 days');
    expect(stdout).toMatch(/ClickButton was sent 1 time\. TikTok retires it in 2027/);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^11 events: 5 delivered, 2 discarded, 4 unsupported, 0 retried\. TikTok counted 5 conversions in 1 request over 1 connection, [\d.]+ KB\.$/,
    );
    expect(stdout).not.toMatch(/jane|555/);
  });

  test('what TikTok refuses and what would be tried again is counted with its reason, whatever the id of the answer', async () => {
    const settings = files.file('wrong.json', JSON.stringify({ ...SETTINGS, accessToken: '' }));
    const name = files.file('wrong.ndjson', lines(tracks(30)));
    const { report: got } = await startForReport([name], { settings });
    expect(got).toMatchObject({ events: 30, retried: 30, requests: 0 });
    expect(got.reasons).toMatchObject([{ outcome: 'retried', count: 30 }]);
    expect(got.reasons[0]?.message).toContain('Access Token is missing');
  });

  test('a thousand different names are told apart, more are counted together, and the file is shown in 50 parts at most', async () => {
    const names = Array.from({ length: 1500 }, (_, index) =>
      track({ event: `Event ${index}`, messageId: undefined }),
    );
    const { report: got } = await startForReport([files.file('names.ndjson', lines(names))]);
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
  });
});

// npm start -- --cases: events, and what they become, as cases with example values.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { EXAMPLES } from '../../../../scripts/cli/project';
import { createFolder } from '../../../support/command';
import { hash, SETTINGS, track } from '../../../support/world';
import { lines, prove, show } from '../commands';

let files: ReturnType<typeof createFolder>;
let out: string;
beforeAll(() => {
  files = createFolder();
  out = path.join(files.folder, 'cases.json');
});
afterAll(() => {
  files.remove();
});

const written = z.array(
  z.strictObject({
    name: z.string(),
    note: z.string().optional(),
    handledAt: z.string().optional(),
    event: z.record(z.string(), z.unknown()),
    requests: z.array(z.unknown()).optional(),
    refusal: z.unknown().optional(),
  }),
);
const readCases = () => written.parse(JSON.parse(readFileSync(out, 'utf8')));

/** Writes the cases of events, and gives what was printed. */
async function write(events: readonly unknown[], options: object = {}, settings: object = {}) {
  const name = files.file('events.ndjson', lines(events));
  const settingsFile = files.file('settings.json', JSON.stringify({ ...SETTINGS, ...settings }));
  return { settingsFile, ...(await show([name], { cases: out, settings: settingsFile, ...options })) };
}

const ORDER = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'ajs-next-77',
  timestamp: '2026-11-20T10:15:00.000Z',
  userId: 'ada-7',
  context: { ip: '198.51.100.7', page: { url: 'https://shop.example.com/?mail=ada@example.org' } },
  properties: {
    email: 'Ada@Example.org',
    phone: '+44 20 7946 0958',
    first_name: 'Ada',
    note: 'Ada, ada@example.org',
    total: 12.5,
  },
};
const PERSONAL = /ada|7946|198\.51/i;

test('an event with example values, and the requests that it becomes with these', async () => {
  const { status, stdout, stderr, settingsFile } = await write(
    [ORDER],
    {},
    {
      parameterMappings: { 'user.first_name': 'properties.first_name', 'properties.note': 'properties.note' },
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(
    `1 case written. To prove them: npm run check -- ${out} --settings ${settingsFile} --expect\n`,
  );
  expect(readCases()).toEqual([
    {
      name: 'Order Completed',
      event: {
        ...ORDER,
        messageId: 'message-1',
        userId: 'user-1',
        context: {
          ip: '203.0.113.1',
          page: { url: 'https://shop.example.com/?mail=customer-1@example.com' },
        },
        properties: {
          email: 'Customer-1@example.com',
          phone: '+1 415 555 0100',
          first_name: 'Jane',
          note: 'Jane, customer-1@example.com',
          total: 12.5,
        },
      },
      requests: [
        {
          data: [
            {
              event: 'Purchase',
              event_id: 'message-1',
              event_time: '2026-11-20T10:15:00Z',
              user: {
                email: ['sha256(customer-1@example.com)'],
                phone: ['sha256(+14155550100)'],
                external_id: ['sha256(user-1)'],
                first_name: 'sha256(jane)',
                ip: '203.0.113.1',
              },
              properties: { content_type: 'product', value: 12.5 },
              page: { url: 'https://shop.example.com/' },
            },
          ],
        },
      ],
    },
  ]);
  expect(readFileSync(out, 'utf8')).not.toMatch(PERSONAL);
});

test('with --keep-personal-data, the event as it is', async () => {
  await write([ORDER], { keepPersonalData: true });
  const [made] = readCases();
  expect(made?.event).toEqual(ORDER);
  expect(JSON.stringify(made?.requests)).toContain('sha256(ada@example.org)');
});

test('why nothing is sent, when an event without a time is handled, and each is proven as it was written', async () => {
  const { settingsFile } = await write([
    track({ properties: {} }),
    track({ event: 'Visit' }),
    track({ timestamp: undefined }),
    track({ integrations: { All: false } }),
  ]);
  const cases = readCases();
  expect(cases.map(({ refusal }) => refusal)).toMatchObject([
    { outcome: 'discarded', reason: 'no_contact' },
    { outcome: 'unsupported' },
    undefined,
    { outcome: 'notHandedOver' },
  ]);
  expect(cases.map(({ handledAt }) => typeof handledAt)).toEqual([
    'undefined',
    'undefined',
    'string',
    'undefined',
  ]);
  expect((await prove([out], { settings: settingsFile })).stdout).toBe('Passed: 4 cases as expected.\n');
});

test('the examples of the project become cases that pass', async () => {
  const { status, stderr } = await show([path.join(EXAMPLES, 'events.json')], { cases: out });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect((await prove([out])).stdout).toBe('Passed: 12 cases as expected.\n');
  expect(readFileSync(out, 'utf8')).not.toMatch(/jane\.doe|visitor@|shopper@/i);
});

test('a warning if an event becomes something else with example values, and which case it is', async () => {
  const { stderr } = await write(
    [track(), ORDER],
    {},
    {
      eventMappings: { Ada: 'vip if event = "Order Completed" and userId = "ada-7"' },
    },
  );
  expect(stderr).toMatch(
    /^warning: \S*events\.ndjson:2: with example values it becomes something else\. Look at case 2, or keep the values with --keep-personal-data\n$/,
  );
  expect(readCases().map(({ note }) => note)).toEqual([
    undefined,
    'With its own values, the event becomes something else.',
  ]);
});

describe('a file is not written', () => {
  test.each<[what: string, file: () => string, message: RegExp]>([
    [
      'over the events',
      () => files.file('kept.ndjson', lines([ORDER])),
      /^error: \S*kept\.ndjson: --cases would overwrite an input file\n$/,
    ],
    [
      'into a folder that is not there',
      () => path.join(files.folder, 'none', 'cases.json'),
      /cases\.json: there is no such folder\n$/,
    ],
  ])('%s', async (_, target, message) => {
    const cases = target();
    const name = files.file('kept.ndjson', lines([ORDER]));
    const { status, stderr } = await show([name], { cases });
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(readFileSync(name, 'utf8')).toBe(lines([ORDER]));
  });

  test('if the settings cannot work', async () => {
    const name = path.join(files.folder, 'not-written.json');
    const settings = files.file('none.json', '{}');
    expect((await show([files.file('one.ndjson', lines([ORDER]))], { cases: name, settings })).status).toBe(
      2,
    );
    expect(existsSync(name)).toBe(false);
  });
});

test('whatever the events: each case passes, and holds no hash that nobody can read', async () => {
  const value = fc.oneof(
    fc.constantFrom(
      'ada@example.org',
      'n/a',
      '+44 20 7946 0958',
      '(212) 555-0187',
      'Ada',
      '',
      hash('x@example.org'),
    ),
    fc.integer(),
    fc.string({ maxLength: 20 }),
  );
  const record = fc.dictionary(
    fc.constantFrom('email', 'phone', 'firstName', 'order_id', 'total', 'note', 'url', 'ip'),
    fc.oneof(value, fc.array(value, { maxLength: 2 })),
  );
  const event = fc.record({
    type: fc.constantFrom('track', 'identify', 'page'),
    event: fc.constantFrom('Order Completed', 'Signed Up', 'Visit'),
    messageId: fc.string({ maxLength: 8 }),
    userId: value,
    timestamp: fc.constantFrom('2026-11-20T10:15:00.000Z', 'yesterday', undefined),
    context: fc.record({ ip: value, traits: record }),
    properties: record,
    traits: record,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 8 }), async (events) => {
      const { settingsFile } = await write(events);
      const { status, stdout } = await prove([out], { settings: settingsFile });
      expect({ status, stdout }).toMatchObject({ status: 0 });
      expect(readFileSync(out, 'utf8')).not.toMatch(/ada@|7946 ?0958|555-?0187/i);
    }),
    { numRuns: 20 },
  );
});

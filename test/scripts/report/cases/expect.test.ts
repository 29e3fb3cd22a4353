// npm run check -- --expect: whether events become what their cases say.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { EXAMPLES } from '../../../../scripts/cli/project';
import { createFolder } from '../../../support/command';
import { hash } from '../../../support/world';
import { prove } from '../commands';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});
const file = (cases: unknown, name = 'cases.json') => files.file(name, JSON.stringify(cases));

const EVENT = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'message-1',
  timestamp: '2026-11-20T10:15:00.000Z',
  properties: { email: 'Jane@Example.com', phone: '(415) 555-0100', total: 12.5 },
};
const CONVERSION = {
  event: 'Purchase',
  event_id: 'message-1',
  event_time: '2026-11-20T10:15:00Z',
  limited_data_use: false,
  user: { email: ['sha256(jane@example.com)'], phone: ['sha256(+14155550100)'] },
  properties: { content_type: 'product', value: 12.5 },
};
const requestsOf = (...data: readonly object[]) => [{ data }];
const GOOD = { event: EVENT, requests: requestsOf(CONVERSION) };
const WITHOUT_CONTACT = { ...EVENT, properties: {} };

const difference = z.strictObject({
  path: z.string(),
  expected: z.unknown().optional(),
  got: z.unknown().optional(),
});
const output = z.object({ failed: z.array(z.object({ differences: z.array(difference) })) });

/** What `--json` prints of the fields that differ. */
async function differencesOf(given: unknown, settings?: string): Promise<readonly unknown[]> {
  const options = { json: true, ...(settings !== undefined && { settings }) };
  const { status, stdout } = await prove([file([given])], options);
  const { failed } = output.parse(JSON.parse(stdout));
  expect(status).toBe(failed.length === 0 ? 0 : 1);
  return failed.flatMap(({ differences }) => differences);
}

describe('a case passes that says', () => {
  test.each<[what: string, given: object]>([
    ['all that TikTok gets', GOOD],
    [
      'a hash as such, and a time in Unix seconds',
      {
        event: EVENT,
        requests: requestsOf({
          ...CONVERSION,
          event_time: Date.parse(EVENT.timestamp) / 1000,
          user: { ...CONVERSION.user, email: [hash('jane@example.com')] },
        }),
      },
    ],
    [
      'what stands in every request, too',
      {
        event: EVENT,
        requests: [
          {
            event_source: 'offline',
            event_source_id: '7000000000000000001',
            partner_name: 'Segment',
            data: [CONVERSION],
          },
        ],
      },
    ],
    [
      'why nothing is sent',
      { event: WITHOUT_CONTACT, refusal: { outcome: 'discarded', reason: 'no_contact' } },
    ],
    ['only that nothing is sent', { event: WITHOUT_CONTACT, refusal: { outcome: 'discarded' } }],
    [
      'in which words',
      {
        event: WITHOUT_CONTACT,
        refusal: {
          outcome: 'discarded',
          reason: 'no_contact',
          problem: 'TikTok needs a valid email address or phone number.',
        },
      },
    ],
    [
      'that Segment does not hand it over',
      { event: { ...EVENT, integrations: { All: false } }, refusal: { outcome: 'notHandedOver' } },
    ],
    ['that it is not mapped', { event: { ...EVENT, event: 'Visit' }, refusal: { outcome: 'unsupported' } }],
    [
      'when an event without a time is handled',
      {
        handledAt: '2026-11-20T11:15:00+01:00',
        event: { ...EVENT, timestamp: undefined },
        requests: requestsOf(CONVERSION),
      },
    ],
  ])('%s', async (_, given) => {
    const { status, stdout, stderr } = await prove([file([{ name: 'A case', ...given }])]);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'Passed: 1 case as expected.\n',
      stderr: '',
    });
  });

  test('several conversions, in any order', async () => {
    const settings = files.file(
      'two.json',
      JSON.stringify({
        accessToken: 'own',
        eventSetId: '1',
        defaultCountry: 'US',
        eventMappings: { 'Order Completed': 'Purchase, extra' },
      }),
    );
    const { limited_data_use, ...rest } = CONVERSION;
    expect(limited_data_use).toBe(false);
    const requests = requestsOf({ ...rest, event: 'extra' }, rest);
    expect(await differencesOf({ event: EVENT, requests }, settings)).toEqual([]);
  });
});

describe('what differs is said by field, expected and got:', () => {
  const changed = (change: object) => ({ event: EVENT, requests: requestsOf({ ...CONVERSION, ...change }) });
  const data = 'requests[0].data[0]';
  test.each<[what: string, given: object, differences: readonly object[]]>([
    [
      'another value',
      changed({ properties: { content_type: 'product', value: 12 } }),
      [{ path: `${data}.properties.value`, expected: 12, got: 12.5 }],
    ],
    [
      'a text for a number',
      changed({ properties: { content_type: 'product', value: '12.5' } }),
      [{ path: `${data}.properties.value`, expected: '12.5', got: 12.5 }],
    ],
    [
      'a field that is not sent',
      changed({ properties: { content_type: 'product', value: 12.5, currency: 'EUR' } }),
      [{ path: `${data}.properties.currency`, expected: 'EUR' }],
    ],
    [
      'a field that is sent besides',
      changed({ properties: { value: 12.5 } }),
      [{ path: `${data}.properties.content_type`, got: 'product' }],
    ],
    [
      'the hash of another text',
      changed({ user: { ...CONVERSION.user, email: ['sha256(joe@example.com)'] } }),
      [
        {
          path: `${data}.user.email[0]`,
          expected: 'sha256(joe@example.com)',
          got: 'sha256(jane@example.com)',
        },
      ],
    ],
    [
      'one of several hashes',
      changed({ user: { ...CONVERSION.user, email: [...CONVERSION.user.email, 'sha256(joe@example.com)'] } }),
      [{ path: `${data}.user.email[1]`, expected: 'sha256(joe@example.com)' }],
    ],
    [
      'another time',
      changed({ event_time: '2026-11-20T11:15:00Z' }),
      [{ path: `${data}.event_time`, expected: '2026-11-20T11:15:00Z', got: '2026-11-20T10:15:00Z' }],
    ],
    [
      'another name, and nothing of what is the same',
      changed({ event: 'CompletePayment' }),
      [{ path: `${data}.event`, expected: 'CompletePayment', got: 'Purchase' }],
    ],
    [
      'another event set',
      { event: EVENT, requests: [{ event_source_id: '2', data: [CONVERSION] }] },
      [{ path: 'requests[0].event_source_id', expected: '2', got: '7000000000000000001' }],
    ],
    [
      'a conversion that is not sent',
      { event: EVENT, requests: requestsOf(CONVERSION, { ...CONVERSION, event: 'extra' }) },
      [{ path: 'requests[0].data[1]', expected: { ...CONVERSION, event: 'extra' } }],
    ],
    [
      'a refusal in the place of a request',
      { event: WITHOUT_CONTACT, requests: requestsOf(CONVERSION) },
      [
        { path: 'requests[0].data[0]', expected: CONVERSION },
        { path: 'refusal.outcome', got: 'discarded' },
        { path: 'refusal.reason', got: 'no_contact' },
        { path: 'refusal.problem', got: 'TikTok needs a valid email address or phone number.' },
      ],
    ],
    [
      'a request in the place of a refusal',
      { event: EVENT, refusal: { outcome: 'discarded' } },
      [
        { path: 'requests[0].data[0]', got: CONVERSION },
        { path: 'refusal.outcome', expected: 'discarded' },
      ],
    ],
    [
      'another refusal, with its words',
      {
        event: { ...EVENT, timestamp: 'last Tuesday' },
        refusal: { outcome: 'discarded', reason: 'no_contact' },
      },
      [
        { path: 'refusal.reason', expected: 'no_contact', got: 'unreadable_time' },
        { path: 'refusal.problem', got: 'The time of the event cannot be read.' },
      ],
    ],
  ])('%s', async (_, given, differences) => {
    expect(await differencesOf(given)).toEqual(differences);
  });

  test('which case it is, a table of the fields, and how many cases fail', async () => {
    const name = file([GOOD, { name: 'An order', ...changed({ event_id: 'message-2' }) }]);
    const { status, stdout } = await prove([name]);
    expect(status).toBe(1);
    expect(stdout).toBe(
      [
        `✘ ${name}: case 2: An order`,
        '| Field                        | Expected    | Got         |',
        '| :--------------------------- | :---------- | :---------- |',
        '| requests[0].data[0].event_id | "message-2" | "message-1" |',
        '',
        'Failed: 1 of 2 cases not as expected.',
        '',
      ].join('\n'),
    );
  });

  test('a long value is cut, and --json has it whole', async () => {
    const long = 'x'.repeat(500);
    const given = changed({ properties: { content_type: 'product', value: 12.5, note: long } });
    const { stdout } = await prove([file([given])]);
    expect(stdout).toMatch(/\| "x{59}… \|/);
    expect(stdout).not.toContain('x'.repeat(61));
    expect(await differencesOf(given)).toEqual([{ path: `${data}.properties.note`, expected: long }]);
  });

  test('no escape sequence of a case reaches the terminal', async () => {
    const { stdout } = await prove([file([{ name: '\u001b[31mred', ...changed({ event_id: '\u202ex' }) }])]);
    for (const mark of ['\u001b', '\u202e']) expect(stdout).not.toContain(mark);
    expect(stdout).toContain('case 1: \\u{1b}[31mred');
  });
});

test('several files, each with one case or more, and what all of them say as JSON', async () => {
  const one = file(GOOD, 'one.json');
  const two = file([GOOD, { event: EVENT, refusal: { outcome: 'unsupported' } }], 'two.json');
  const { status, stdout } = await prove([one, two], { json: true });
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    cases: 3,
    failed: [{ at: `${two}: case 2`, differences: expect.any(Array) }],
    interrupted: false,
  });
});

test('the cases of the store of the examples pass, and fail with other settings', async () => {
  const cases = path.join(EXAMPLES, 'store-cases.json');
  const passed = await prove([cases], { settings: path.join(EXAMPLES, 'store-settings.json') });
  expect(passed).toEqual({ status: 0, stdout: 'Passed: 4 cases as expected.\n', stderr: '' });
  expect((await prove([cases])).status).toBe(1);
});

test('the cases of the store are those of its events', () => {
  const read = (name: string): unknown => JSON.parse(readFileSync(path.join(EXAMPLES, name), 'utf8'));
  const cases = read('store-cases.json');
  expect(Array.isArray(cases) && cases.map(({ event }: { readonly event: unknown }) => event)).toEqual(
    read('store-events.json'),
  );
});

describe('what is wrong with a file is said before anything runs, with the case and the field:', () => {
  test.each<[what: string, content: string, message: RegExp]>([
    ['JSON that is not', '[{]', /^error: \S*bad\.json:1:3: bad JSON: "\]" was not expected here\n$/],
    ['no case', '[]', /^error: \S*bad\.json: no case found\n$/],
    [
      'events in the place of cases',
      JSON.stringify([EVENT]),
      /^error: \S*bad\.json: case 1: this is an event, not a case\. npm start -- --cases FILE writes cases of events\n$/,
    ],
    [
      'neither requests nor a refusal',
      JSON.stringify([GOOD, { event: EVENT }]),
      /^error: \S*bad\.json: case 2: expected requests, or a refusal, or both\n$/,
    ],
    [
      'a mistyped field',
      JSON.stringify([{ ...GOOD, refusals: {} }]),
      /^error: \S*bad\.json: case 1: Unrecognized key: "refusals"\n$/,
    ],
    [
      'a request without its events, and an outcome that is none',
      JSON.stringify([
        { event: EVENT, requests: [{}] },
        { event: EVENT, refusal: { outcome: 'lost' } },
      ]),
      /^error: \S*bad\.json: case 1: requests\[0\]\.data: .*; \S*bad\.json: case 2: refusal\.outcome: .*"discarded".*\n$/,
    ],
    [
      'a time of handling that is not one',
      JSON.stringify([{ ...GOOD, handledAt: 'yesterday' }]),
      /^error: \S*bad\.json: case 1: handledAt: .*\n$/,
    ],
    [
      'very many mistakes',
      JSON.stringify(Array.from({ length: 12 }, () => ({ event: EVENT }))),
      /: case 10: [^;]*; and 2 more\n$/,
    ],
  ])('%s', async (_, content, message) => {
    const { status, stdout, stderr } = await prove([files.file('bad.json', content)]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('a file that is not there, and settings that cannot work', async () => {
    expect(await prove(['no-such-file'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'error: no-such-file: there is no such file\n',
    });
    const settings = files.file('empty.json', '{}');
    expect((await prove([file([GOOD])], { settings })).stderr).toMatch(
      /empty\.json: Access Token is missing/,
    );
  });
});

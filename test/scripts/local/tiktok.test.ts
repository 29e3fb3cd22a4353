// The local TikTok refuses what the real one refuses, and says which field it is.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { createNetwork } from '../../../scripts/local/segment/network';
import { HOST } from '../../../scripts/local/tiktok/names';
import { startTikTok, type TikTok } from '../../../scripts/local/tiktok/server';
import { WORDINGS, type Wording } from '../../../scripts/local/tiktok/wordings';
import { hash } from '../../support/world';

const TOKEN = 'token-of-the-local-tiktok';
const EVENT_SET = '7000000000000000003';

let tiktok: TikTok;
beforeEach(async () => {
  tiktok = await startTikTok({ token: TOKEN, eventSetId: EVENT_SET });
});
afterEach(() => tiktok.close());

const event = (change: object = {}) => ({
  event: 'Purchase',
  event_time: 1795169700,
  event_id: 'event-1',
  user: { email: hash('jane@example.com') },
  ...change,
});
const request = (change: object = {}) => ({
  event_source: 'offline',
  event_source_id: EVENT_SET,
  data: [event()],
  ...change,
});

interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  /** Another server than that of all tests. */
  readonly to?: TikTok;
}

async function post(
  body: unknown,
  { headers = {}, path = '/open_api/v1.3/event/track/', to = tiktok }: PostOptions = {},
) {
  const network = createNetwork({ [HOST]: to.route });
  const response = await network.fetch(`https://${HOST}${path}`, {
    method: 'POST',
    headers: { 'Access-Token': TOKEN, 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer = z.looseObject({ code: z.number().optional(), message: z.string().optional() });
  return { status: response.status, ...answer.parse(JSON.parse((await response.text()) || '{}')) };
}

test('a good request is counted and answered with code 0', async () => {
  await expect(post(request())).resolves.toMatchObject({
    status: 200,
    code: 0,
    message: 'OK',
    request_id: expect.any(String),
  });
  expect(tiktok.counted).toHaveLength(1);
});

const user = (change: object) => request({ data: [event({ user: change })] });
const properties = (change: object) => request({ data: [event({ properties: change })] });

test.each<[what: string, body: unknown, field: string]>([
  ['no JSON', '{', 'the body'],
  ['no object', [], 'the body'],
  ['another source', request({ event_source: 'web' }), 'event_source'],
  ['no event set', { event_source: 'offline', data: [event()] }, 'event_source_id'],
  ['a field at the top that is not known', request({ test_code: 'x' }), 'test_code'],
  ['no data', request({ data: undefined }), 'data'],
  ['empty data', request({ data: [] }), 'data'],
  ['1,001 events', request({ data: Array.from({ length: 1001 }, () => event()) }), 'data'],
  [
    'a bad event after a good one',
    request({ data: [event(), event({ event: undefined })] }),
    'data[1].event',
  ],
  ['an event without a name', request({ data: [event({ event: '' })] }), 'data[0].event'],
  ['a time with a fraction', request({ data: [event({ event_time: 1795169700.5 })] }), 'data[0].event_time'],
  ['a time in milliseconds', request({ data: [event({ event_time: 1795169700000 })] }), 'data[0].event_time'],
  ['a time in text', request({ data: [event({ event_time: '1795169700' })] }), 'data[0].event_time'],
  ['a number for an id', request({ data: [event({ event_id: 7 })] }), 'data[0].event_id'],
  [
    'a test code within an event',
    request({ data: [event({ test_event_code: 'x' })] }),
    'data[0].test_event_code',
  ],
  ['a user without email and phone', user({ external_id: hash('1') }), 'data[0].user'],
  ['an email in clear text', user({ email: 'jane@example.com' }), 'data[0].user.email'],
  [
    'an email in clear text in a list',
    user({ email: [hash('x'), 'jane@example.com'] }),
    'data[0].user.email[1]',
  ],
  ['an empty list of emails', user({ email: [] }), 'data[0].user.email'],
  ['a hash in upper case', user({ phone: hash('x').toUpperCase() }), 'data[0].user.phone'],
  ['a name in clear text', user({ email: hash('x'), first_name: 'jane' }), 'data[0].user.first_name'],
  ['an unknown field of a user', user({ email: hash('x'), mail: 'x' }), 'data[0].user.mail'],
  [
    'a number for a product id',
    properties({ contents: [{ content_id: 7 }] }),
    'data[0].properties.contents[0].content_id',
  ],
  ['a text for a price', properties({ contents: [{ price: '7' }] }), 'data[0].properties.contents[0].price'],
  ['a text for a value', properties({ value: '7' }), 'data[0].properties.value'],
  ['a currency in words', properties({ currency: 'euros' }), 'data[0].properties.currency'],
  ['a code that is not a currency', properties({ currency: 'RMB' }), 'data[0].properties.currency'],
])(
  '%s is refused with HTTP 200, code 40002 and the name of the field, and nothing is counted',
  async (_, body, field) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 200, code: 40002 });
    expect(answer.message).toMatch(new RegExp(`^${field.replace(/[[\].]/g, '\\$&')}: `));
    expect(answer.message).not.toContain('jane');
    expect(tiktok.counted).toHaveLength(0);
  },
);

test.each([
  [{ 'Access-Token': '' }, 40104],
  [{ 'Access-Token': 'another' }, 40105],
  [{ 'Content-Type': 'text/plain' }, 40002],
])('headers with %j are answered with code %i', async (headers, code) => {
  await expect(post(request(), { headers })).resolves.toMatchObject({ status: 200, code });
});

test('another event set is answered with code 40001, another path with HTTP 404', async () => {
  await expect(post(request({ event_source_id: '1' }))).resolves.toMatchObject({ status: 200, code: 40001 });
  await expect(post(request(), { path: '/other' })).resolves.toMatchObject({ status: 404 });
});

test('custom names are allowed in properties', async () => {
  await expect(post(properties({ color: 'red' }))).resolves.toMatchObject({ code: 0 });
});

describe('the words of a refusal', () => {
  const REFUSED = { query: 'refused, not index 0' };
  const bad = { event_id: 7 };
  /** Three events, of which the second breaks a rule, or is refused although it breaks none. */
  const inTheMiddle = (change: object) => request({ data: [event(), event(change), event()] });

  const WORDS: Readonly<Record<keyof typeof WORDINGS, readonly [broken: string, refused: string]>> = {
    'data[3].event_id': ['data[1].event_id: PROBLEM', 'data[1]: REFUSED'],
    'data.3.event_id': ['data.1.event_id: PROBLEM', 'data.1: REFUSED'],
    'index 3': ['event_id: PROBLEM (index 1)', 'event: REFUSED (index 1)'],
    'without an index': ['event_id: PROBLEM', 'event: REFUSED'],
    'with a wrong index': ['data[2].event_id: PROBLEM', 'data[2]: REFUSED'],
    'with an index beyond the request': ['data[3].event_id: PROBLEM', 'data[3]: REFUSED'],
    'always with index 0': ['data[0].event_id: PROBLEM', 'data[0]: REFUSED'],
    'with a value': ['data[1].event_id: PROBLEM, got 7', 'data[1]: REFUSED, got VALUE'],
    'with a value before the index': ['event_id 7: PROBLEM (index 1)', 'event VALUE: REFUSED (index 1)'],
    'with a value and no index': ['event_id: PROBLEM, got 7', 'event: REFUSED, got VALUE'],
  };

  test.each(Object.entries(WORDINGS))('%s', async (name, wording) => {
    const [broken = '', refused = ''] = new Map(Object.entries(WORDS)).get(name) ?? [];
    const own = await startTikTok({
      token: TOKEN,
      eventSetId: EVENT_SET,
      refuses: ({ properties }) => properties?.query === REFUSED.query,
      wording,
    });
    const answers = [
      await post(inTheMiddle(bad), { to: own }),
      await post(inTheMiddle({ properties: REFUSED }), { to: own }),
    ];
    await own.close();
    const words = (template: string) =>
      template
        .replace('PROBLEM', 'Invalid input: expected string, received number')
        .replace('REFUSED', 'the event is not accepted')
        .replace('VALUE', JSON.stringify(REFUSED));
    expect(answers).toEqual([
      expect.objectContaining({ status: 200, code: 40002, message: words(broken) }),
      expect.objectContaining({ status: 200, code: 40000, message: words(refused) }),
    ]);
    expect(own.counted).toHaveLength(0);
  });

  test('what is wrong with the request as a whole names no event, however refusals are worded', async () => {
    const wording: Wording = () => 'never';
    const own = await startTikTok({ token: TOKEN, eventSetId: EVENT_SET, wording });
    const { message } = await post(request({ data: [] }), { to: own });
    await own.close();
    expect(message).toBe('data: expected 1 to 1000 events');
  });
});

describe('counting', () => {
  test('the same event and event_id are one; another name or id, or none, is another', async () => {
    await post(request({ data: [event(), event()] }));
    await post(request({ data: [event(), event({ event: 'Lead' }), event({ event_id: 'event-2' })] }));
    await post(request({ data: [event({ event_id: undefined }), event({ event_id: undefined })] }));
    expect(tiktok.counted.map(({ duplicates }) => duplicates)).toEqual([2, 0, 0, 0, 0]);
  });

  test('after 48 hours it is another event', async () => {
    await post(request());
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 49 * 3_600_000);
    await post(request());
    clock.mockRestore();
    expect(tiktok.counted).toHaveLength(2);
  });
});

describe('a CRM event set', () => {
  let crm: TikTok;
  beforeEach(async () => {
    crm = await startTikTok({ token: TOKEN, eventSetId: EVENT_SET, eventSource: 'crm' });
  });
  afterEach(() => crm.close());
  const { user: contact, ...withoutUser } = event();
  const lead = { lead_id: 'lead-1', lead_event_source: 'Example CRM' };

  test.each<[what: string, change: object, message: string | undefined]>([
    ['a lead', { ...withoutUser, lead }, undefined],
    ['a contact', { ...withoutUser, user: contact }, undefined],
    [
      'neither',
      { ...withoutUser, user: { city: 'berlin' } },
      'data[0]: expected a lead_id, an email or a phone',
    ],
    [
      "an offline event's lead id",
      { ...withoutUser, user: { ...contact, lead_id: 'x' } },
      'data[0].user.lead_id',
    ],
  ])('takes %s, or says what is wrong', async (_, data, message) => {
    const answer = await post(request({ event_source: 'crm', data: [data] }), { to: crm });
    expect(answer.code).toBe(message === undefined ? 0 : 40002);
    expect(answer.message).toContain(message ?? 'OK');
  });

  test('takes no offline events, and an offline event set takes no leads', async () => {
    await expect(post(request(), { to: crm })).resolves.toMatchObject({
      code: 40002,
      message: 'event_source: the event set is of the kind crm',
    });
    const withLead = event({ lead });
    await expect(post(request({ data: [withLead] }))).resolves.toMatchObject({
      code: 40002,
      message: expect.stringContaining('data[0].lead'),
    });
  });
});

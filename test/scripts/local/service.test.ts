// The local TikTok of a report, which is asked without a network, answers as the one behind a server does.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createNetwork, type Route } from '../../../scripts/local/segment/network';
import { HOST } from '../../../scripts/local/tiktok/names';
import { startTikTok, type TikTok } from '../../../scripts/local/tiktok/server';
import { createTikTok, type TikTokService } from '../../../scripts/local/tiktok/service';
import { hash } from '../../support/world';

const ACCOUNT = { token: 'token-of-the-local-tiktok', eventSetId: '7000000000000000003', remembers: false };

let server: TikTok;
let service: TikTokService;
beforeAll(async () => {
  server = await startTikTok(ACCOUNT);
  service = createTikTok(ACCOUNT);
});
afterAll(() => server.close());

const event = (id: string) => ({
  event: 'Purchase',
  event_time: 1795169700,
  event_id: id,
  user: { email: hash('jane@example.com') },
});
const bodyOf = (data: unknown) =>
  JSON.stringify({ event_source: 'offline', event_source_id: ACCOUNT.eventSetId, data });
const HEADERS = { 'Access-Token': ACCOUNT.token, 'Content-Type': 'application/json' };
const PATH = '/open_api/v1.3/event/track/';

interface Sent {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly path?: string;
}

/** What a request is answered, whichever id it gets; or why it cannot be made. */
async function answerOf(route: Route, { body = bodyOf([event('a')]), ...sent }: Sent): Promise<unknown> {
  const { headers = HEADERS, method = 'POST', path = PATH } = sent;
  try {
    const response = await createNetwork({ [HOST]: route }).fetch(`https://${HOST}${path}`, {
      method,
      headers,
      body,
    });
    const text = await response.text();
    const { status } = response;
    if (text === '') return { status, type: response.headers.get('Content-Type'), answer: text };
    const { request_id: id, ...answer } = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    expect(id).toMatch(/^[\da-f]{32}$/);
    return { status, type: response.headers.get('Content-Type'), answer };
  } catch (error) {
    return String(error);
  }
}

describe('the same answer to', () => {
  test.each<[what: string, sent: Sent]>([
    ['a good request', {}],
    ['one that comes again', {}],
    ['a bad event', { body: bodyOf([event('b'), { event: 'Purchase' }]) }],
    ['no JSON', { body: '{' }],
    ['no token', { headers: { 'Content-Type': 'application/json' } }],
    ['another token', { headers: { ...HEADERS, 'Access-Token': 'other' } }],
    ['a token that is not a header', { headers: { ...HEADERS, 'Access-Token': 'a\nb' } }],
    ['another type of content', { headers: { ...HEADERS, 'Content-Type': 'text/plain' } }],
    ['another method', { method: 'PUT' }],
    ['another path', { path: '/open_api/v1.2/event/track/' }],
    ['a body where none may be', { method: 'GET' }],
  ])('%s', async (_, sent) => {
    const [one, other] = [await answerOf(server.route, sent), await answerOf(service.route, sent)];
    expect(other).toEqual(one);
    expect(service.total()).toBe(server.total());
  });
});

test('it counts what it accepts, and an event once', () => {
  expect(service.total()).toBe(1);
});

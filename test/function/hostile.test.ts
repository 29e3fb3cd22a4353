// Hostile and unlucky input, aimed: nothing leaks, no purchase is lost, no call takes long.
import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BUNDLE } from '../../scripts/cli/project';
import { listen } from '../../scripts/local/listen';
import { createRuntime, type Runtime } from '../../scripts/local/segment/runtime';
import { createCertificate } from '../../scripts/local/tiktok/certificate';
import { HOST } from '../../scripts/local/tiktok/names';
import { instrumentation } from '../support/instrumentation';
import { createVirtualTime } from '../support/virtual-time';
import { createWorld, hash, SETTINGS, track, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const EMAIL = 'jane@example.com';

/** Waits for the last connection to end, for a second at most. */
async function waitUntilNone(open: () => Promise<number>): Promise<void> {
  for (let turn = 0; turn < 200 && (await open()) > 0; turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await open()).toBe(0);
}

const deliver = (properties: object, change: object = {}, settings: object = {}) =>
  world.deliver(track({ properties: { email: EMAIL, ...properties }, ...change }), settings);

describe("an order's id that is a phone number of the event's own is not sent", () => {
  test.each([
    ['+91 98989 89898', '9898989898'],
    ['+33 6 66 66 66 66', '0666666666'],
    ['+1 800 800 8000', '8008008000'],
    ['+45 55 55 55 55', '55555555'],
    ['+1 415 555 0100 ext. 12', '4155550100'],
    ['+1 415 555 0100 / +1 415 555 0199', '4155550199'],
    ['call me: 415-555-0100', '4155550100'],
    ['5550100', '5550100'],
    [['nobody', '+1 415 555 0100'], '4155550100'],
    [{ mobile: '+1 415 555 0100' }, '4155550100'],
    [-4155550100, '4155550100'],
  ])('%j as %s', async (phone, order_id) => {
    const { properties } = await deliver({ phone, order_id });
    expect(properties).not.toHaveProperty('order_id');
    const passedOver = await deliver({ phone: 'none', order_id }, { traits: { phone } });
    expect(passedOver.properties).not.toHaveProperty('order_id');
  });
});

describe('a purchase keeps its value', () => {
  test.each([5550100, 55501.0, 20265550100, '5,550,100.00', '5550100 USD'])('%j', async (value) => {
    const { properties } = await deliver({ phone: '+1 415 555 0100', value, currency: 'USD' });
    expect(properties?.value).toBeGreaterThan(0);
  });
});

describe('an event id', () => {
  const phone = '+1 415 555 0100';
  const idOf = async (messageId: string) => (await deliver({ phone }, { messageId })).event_id;

  test.each(['order-5550100', 'ORD-20265550100-7', 'card 4111 1111 1111 1111', 'i7-8700@3.20GHz'])(
    'as it is, so that a pixel has the same: %s',
    async (messageId) => {
      expect(await idOf(messageId)).toBe(messageId);
    },
  );

  test.each(['jane@example.com/1', 'order-4155550100', '+44 20 7946 0958', 'jane@exam\u200bple.com'])(
    'hashed: %s',
    async (messageId) => {
      expect(await idOf(messageId)).toBe(hash(messageId));
    },
  );
});

describe('a card number', () => {
  const card = '4111 1111 1111 1111';
  const settings = { parameterMappings: { 'properties.note': 'properties.note' } };

  test('is not sent in words', async () => {
    const products = [{ product_id: 'p-1', name: `paid with ${card}`, brand: card }];
    const { properties } = await deliver({ note: card, query: card, products }, {}, settings);
    expect(properties).toEqual({ content_type: 'product', contents: [{ content_id: 'p-1' }] });
    const asNumber = await deliver({ note: 4111111111111111 }, {}, settings);
    expect(asNumber.properties).not.toHaveProperty('note');
  });

  test('may be an id', async () => {
    const id = '4111111111111111';
    const { properties } = await deliver({ order_id: id, shop_id: id, products: [{ product_id: id }] });
    expect(properties).toMatchObject({ order_id: id, shop_id: id, contents: [{ content_id: id }] });
  });
});

describe('halves of surrogate pairs are not sent', () => {
  test('in a text, an id, a property of your own or the Test Event Code', async () => {
    const half = 'x\ud83d';
    const event = track({
      event: 'In-Store Visit',
      messageId: half,
      properties: {
        email: EMAIL,
        query: half,
        order_id: `${half}\\ud83d`,
        products: [{ name: `${half}😀` }],
      },
    });
    const call = await world.send(event, {
      testEventCode: half,
      eventMappings: { 'In-Store Visit': 'FindLocation' },
      parameterMappings: { [`properties.${half}`]: 'properties.query' },
    });
    expect(call.outcome).toBe('Delivered');
    const body = call.traces[0]?.request.body ?? '';
    expect(body).toContain('"order_id":"x\ufffd\\\\ud83d"');
    expect(body).toContain('"content_name":"x\ufffd😀"');
    expect(body.match(/x\ufffd/g)).toHaveLength(7);
    expect(body.replaceAll('\\\\', '')).not.toMatch(/\p{Cs}|\\ud/iu);
  });

  test('nor does one hide an address', async () => {
    expect((await deliver({ query: 'jane@exam\ud83dple.com' })).properties).not.toHaveProperty('query');
  });
});

describe('messages', () => {
  test('the token in a request_id is not shown', async () => {
    const accessToken = '0123456789abcdef0123';
    const own = await createWorld({ token: accessToken });
    own.tiktok.misbehave({
      body: JSON.stringify({ code: 50000, message: 'No', request_id: `a${accessToken}b` }),
    });
    const { error } = await own.send(track(), { accessToken });
    await own.close();
    expect(error?.message).toContain('(code 50000, no request_id)');
    expect(error?.message).not.toContain(accessToken);
  });

  test("TikTok's words neither steer a terminal nor turn the text around them", async () => {
    world.tiktok.misbehave({ code: 50000, message: 'a\u001b[31m\nb\u202ec\u2066d\u0000e\u2028f' });
    const { error } = await world.send(track());
    expect(error?.message).toContain(
      String.raw`TikTok answered "a\u{1b}[31m b\u{202e}c\u{2066}d\u{0}e f" (code 50000`,
    );
  });

  test('an event name that hides an address is shown without it', async () => {
    const { error } = await world.send(track({ event: 'from jane@exam\u200bple。com' }));
    expect(error?.message).toContain('"from [email]"');
  });

  test('of settings are short, and say how many more problems there are', async () => {
    const eventMappings = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [`Event ${index}`, index]),
    );
    const { results } = await world.sendBatch(
      Array.from({ length: 400 }, () => track()),
      { eventMappings },
    );
    expect(results).toHaveLength(400);
    const [message = ''] = new Set(results.map(({ error }) => error?.message));
    expect(message).toMatch(
      /^Fix the function's settings in Segment: Event Mappings, entry "Event 0": expected a string such as "Purchase, Lead"; .*; and 29\d\d more\.$/,
    );
    expect(message.length).toBeLessThan(1200);
  });

  test('of an event list each source once, and only so many', async () => {
    const sources = Array.from({ length: 2000 }, (_, index) => `properties.x${index % 1000}`);
    const properties = Object.fromEntries(
      sources.map((source) => [source.replace('properties.', ''), 'none']),
    );
    const { error } = await world.send(track({ properties }), {
      parameterMappings: { 'user.email': sources.join(' ?? ') },
    });
    expect(error?.message).toContain('user.email: "properties.x0" is only a placeholder, "properties.x1" is');
    expect(error?.message).toMatch(/and 9\d\d more\. user\.phone: "properties\.phone" is absent/);
    expect(error?.message.length).toBeLessThan(2000);
  });
});

test('a text longer than any event is not searched, and not sent', async () => {
  const long = 'x'.repeat(32_769);
  const { properties, page, event_id } = await deliver(
    { query: long, order_id: long.slice(1) },
    { messageId: long, context: { page: { url: `https://shop.example.com/?${long}` } } },
  );
  expect(properties).not.toHaveProperty('query');
  expect(properties?.order_id).toBe(long.slice(1));
  expect(page?.url).toBe('https://shop.example.com/');
  expect(event_id).toBe(hash(long));
});

describe("TikTok's answer", () => {
  /** A Segment whose TikTok answers like this. */
  async function withAnswer(
    answer: (response: ServerResponse) => void,
    run: (segment: Runtime, open: () => Promise<number>) => Promise<void>,
  ): Promise<void> {
    const { key, cert, ca } = await createCertificate(HOST);
    const server = https.createServer({ key, cert }, (request, response) => {
      request.resume();
      request.on('end', () => {
        answer(response);
      });
    });
    const port = await listen(server);
    const segment = createRuntime({
      code: readFileSync(BUNDLE, 'utf8'),
      routes: { [HOST]: { port, ca } },
      globals: instrumentation(),
      // node-fetch leaves its timer running if it gives up a body: the process would wait for it.
      wrap: ({ fetch }) => ({
        fetch: (url: string, init: object) => fetch(url, { ...init, timeout: 0 }),
      }),
    });
    const open = () =>
      new Promise<number>((resolve) => {
        server.getConnections((_, count) => {
          resolve(count);
        });
      });
    try {
      await run(segment, open);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  const ACCEPTED = JSON.stringify({ code: 0, message: 'OK', request_id: 'r1', data: {} });

  test.each<[what: string, answer: (response: ServerResponse) => void]>([
    ['of 5 MB', (response) => response.end('['.repeat(5_000_000))],
    [
      'that never ends',
      (response) => {
        const timer = setInterval(() => response.write('['.repeat(100_000)), 1);
        response.on('close', () => {
          clearInterval(timer);
        });
      },
    ],
    [
      'of 50 MB in 50 KB',
      (response) =>
        response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('['.repeat(50_000_000))),
    ],
  ])('%s is not read to its end: tried again, and its connection is closed', async (_, answer) => {
    await withAnswer(answer, async (segment, open) => {
      const call = await segment.send(track(), SETTINGS);
      expect(call).toMatchObject({ outcome: 'Retry' });
      expect(call.error?.message).toBe("TikTok's answer broke off (max-size). Segment tries again.");
      await waitUntilNone(open);
    });
  });

  test('of almost 1 MB is read', async () => {
    const answer = ACCEPTED.replace('OK', 'x'.repeat(999_000));
    await withAnswer(
      (response) => response.end(answer),
      async (segment) => {
        expect((await segment.send(track(), SETTINGS)).outcome).toBe('Delivered');
      },
    );
  });

  test.each<[what: string, headers: Record<string, string>, body: string | Buffer]>([
    ['without a length', { Connection: 'close' }, ACCEPTED],
    ['with one', { Connection: 'close', 'Content-Length': String(ACCEPTED.length) }, ACCEPTED],
    ['packed', { Connection: 'close', 'Content-Encoding': 'gzip' }, gzipSync(ACCEPTED)],
  ])('%s whose connection then ends is whole', async (_, headers, body) => {
    await withAnswer(
      (response) => response.writeHead(200, headers).end(body),
      async (segment) => {
        for (let time = 0; time < 20; time += 1)
          expect((await segment.send(track(), SETTINGS)).outcome).toBe('Delivered');
      },
    );
  });

  test('that does not come leaves no connection behind', async () => {
    const time = createVirtualTime();
    const began = time.clock.now();
    const own = await createWorld({ time });
    own.tiktok.misbehave({ delay: 60_000 });
    expect((await own.send(track())).outcome).toBe('Retry');
    await waitUntilNone(() => Promise.resolve(own.tiktok.open()));
    expect(time.clock.now() - began).toBeLessThan(5000);
    await own.close();
  });
});

test('one event with endless marks does not hold up the others of its batch', async () => {
  const marks = `a${'\u0345'.repeat(5150)}${'\u0300'.repeat(5150)}${'\u0316'.repeat(5150)}`;
  const events = [track({ properties: { email: EMAIL, query: marks, phone: marks } }), track(), track()];
  const { results } = await world.sendBatch(events);
  expect(results.map(({ outcome }) => outcome)).toEqual(['Delivered', 'Delivered', 'Delivered']);
});

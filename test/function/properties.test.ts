// What holds for any event and any settings, however wild.
import { readFileSync } from 'node:fs';
import { unescape } from 'node:querystring';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import get from 'lodash/get';
import { z } from 'zod';
import { DEFAULT_EVENT_MAPPINGS } from '../../lib/configuration/event-mappings';
import { DEFINITIONS } from '../../lib/parameters/definitions';
import { BUNDLE } from '../../scripts/cli/project';
import { createGlobals } from '../../scripts/local/segment/globals';
import { loadFunction, type LoadedFunction } from '../../scripts/local/segment/load';
import { createNetwork, type Trace } from '../../scripts/local/segment/network';
import { describeThrown } from '../../scripts/local/segment/runtime';
import { HOST } from '../../scripts/local/tiktok/names';
import { startTikTok, type TikTok } from '../../scripts/local/tiktok/server';
import { instrumentation } from '../support/instrumentation';
import { HARMLESS, PERSONAL, rateOf } from '../support/texts';
import '../../scripts/local/segment/install-globals';

const TOKEN = 'token-for-wild-events-9b7e';
const EVENT_SET = '7000000000000000002';

let tiktok: TikTok;
let loaded: LoadedFunction;
let traces: Trace[] = [];
let logs: unknown[] = [];
beforeAll(async () => {
  tiktok = await startTikTok({ token: TOKEN, eventSetId: EVENT_SET });
  const network = createNetwork({ [HOST]: tiktok.route }, (trace) => traces.push(trace));
  loaded = loadFunction(readFileSync(BUNDLE, 'utf8'), {
    ...createGlobals(network, (...values) => logs.push(...values)),
    ...instrumentation(),
  });
});
afterAll(() => tiktok.close());

const email = fc
  .tuple(
    fc.stringMatching(/^[a-z0-9][a-z0-9.+'_-]{5,20}[a-z0-9]$/),
    fc.constantFrom('example.com', 'mail.example.org', 'exämple.com'),
  )
  .map(([local, domain]) => `${local}@${domain}`);
const phoneDigits = fc.stringMatching(/^1415555[0-9]{4}$/);
const phone = phoneDigits.chain((digits) =>
  fc.constantFrom(
    digits,
    `+${digits}`,
    `00${digits}`,
    `+1 (415) ${digits.slice(4, 7)}-${digits.slice(7)}`,
    Number(digits),
  ),
);
/** Values that people type, that programs write, and that nobody expects. */
const wild = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  fc.constantFrom(
    null,
    '',
    ' ',
    0,
    -1,
    '12.50',
    'n/a',
    1e21,
    true,
    'toString',
    '__proto__',
    '%E0%A4%A',
    '\ud800',
    `a${'\u0345'.repeat(500)}${'\u0316'.repeat(500)}`,
    '+91 98989 89898',
    '4111 1111 1111 1111',
  ),
);
/** What hides an address from a pattern, but not from a person. */
const hidden = email.chain((one) =>
  fc.oneof(
    fc
      .constantFrom(...Array.from('\u200b\u00ad\u200f\u2060\ufeff\u034f\u0000\ud800'))
      .map((mark) => one.replace('@', `@${mark}`).replace(/(?=\.\w+$)/, mark)),
    fc.constant(one.replace('@', '＠').replace(/\.(?=\w+$)/, '。')),
  ),
);
const personal = fc.oneof(
  email,
  phone,
  hidden,
  email.map((one) => one.toUpperCase()),
  email.map((one) => ` ${one} `),
);
const sourceOf = (good: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 4, arbitrary: good },
    { weight: 1, arbitrary: fc.array(good, { maxLength: 3 }) },
    wild,
    fc.constant(undefined),
  );
/** Free text, with personal data in it every other time. */
const text = fc.oneof(
  fc.string(),
  wild,
  personal,
  fc
    .tuple(fc.string({ maxLength: 5 }), personal)
    .map(([before, data]) => `${before} ${String(data).trim()} `),
);
const url = fc.oneof(
  wild,
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc
    .tuple(
      // Half of a surrogate pair cannot be escaped.
      personal.filter((data) => !/\p{Cs}/u.test(String(data))),
      fc.constantFrom(
        encodeURIComponent,
        (data: string) => encodeURIComponent(encodeURIComponent(data)),
        encodeURI,
      ),
    )
    .map(([data, escape]) => `https://shop.example.com/caf%E9?who=${escape(String(data))}&ttclid=E.C.P`),
);
const product = fc.record(
  { product_id: text, sku: text, name: text, category: text, brand: text, price: wild, quantity: wild },
  { requiredKeys: [] },
);

const event = fc.record(
  {
    type: fc.oneof({ weight: 6, arbitrary: fc.constantFrom('track', 'page') }, wild),
    event: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...Object.keys(DEFAULT_EVENT_MAPPINGS)) }, text),
    messageId: text,
    timestamp: fc.oneof(
      { weight: 4, arbitrary: fc.constant('2026-11-20T10:15:00.000Z') },
      wild,
      fc.integer(),
    ),
    userId: text,
    anonymousId: text,
    traits: fc.oneof(wild, fc.record({ email: sourceOf(email), phone: sourceOf(phone) })),
    integrations: fc.oneof(
      wild,
      fc.record({ 'TikTok Offline Conversions': fc.record({ ttclid: text, ttp: text }) }),
    ),
    context: fc.oneof(
      wild,
      fc.record({
        ip: text,
        locale: text,
        userAgent: text,
        page: fc.record({ url, referrer: url }),
        traits: fc.record({ email: sourceOf(email), phone: sourceOf(phone) }),
      }),
    ),
    properties: fc.oneof(
      { weight: 1, arbitrary: wild },
      {
        weight: 6,
        arbitrary: fc.record(
          {
            email: sourceOf(email),
            phone: sourceOf(phone),
            products: fc.oneof(wild, fc.array(fc.oneof(product, wild), { maxLength: 4 })),
            product_id: text,
            name: text,
            value: wild,
            revenue: wild,
            currency: fc.oneof(wild, fc.constant('usd')),
            order_id: text,
            shop_id: text,
            query: text,
            lead_id: text,
            ttclid: fc.oneof(text, url),
            ttp: text,
            limited_data_use: wild,
          },
          { requiredKeys: [] },
        ),
      },
    ),
  },
  { requiredKeys: ['type', 'event'] },
);
const NAMES = DEFINITIONS.map(({ name }) => name);
/** Mappings of any parameter to any place, personal data among them, and what is no mapping. */
const source = fc.constantFrom(
  ...[
    'userId',
    'properties',
    'context.traits',
    'context.traits.email',
    'properties.email',
    'properties.phone',
  ],
  ...[
    'properties.name',
    'properties.order_id',
    'properties.products',
    'properties.products[0].name',
    'event',
  ],
  ...[
    'context.page.url',
    '"USD"',
    '"+14155550100"',
    '"jane@example.com"',
    '12.5',
    'true',
    'timestamp',
    'name',
    'properties.nothing.there',
    'properties.products[name="a"].price',
    '"{{properties.phone}} {{properties.email}}"',
    '"+{{properties.phone}}"',
    'properties.total / 100',
    '!properties.limited_data_use',
  ],
);
const parameterMappings = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  {
    weight: 6,
    arbitrary: fc.dictionary(
      fc
        .tuple(
          fc.constantFrom('', '', 'Order Completed: ', 'Page Viewed: '),
          fc.constantFrom(...NAMES, 'properties.own', 'properties.other'),
        )
        .map((parts) => parts.join('')),
      fc.oneof(
        fc.array(source, { minLength: 1, maxLength: 3 }).map((sources) => sources.join(' ?? ')),
        fc.constant(''),
      ),
      { maxKeys: 8 },
    ),
  },
  { weight: 1, arbitrary: fc.dictionary(text.map(String), text, { maxKeys: 3 }) },
  { weight: 1, arbitrary: wild },
);
const eventMappings = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  fc.dictionary(
    fc.constantFrom(...Object.keys(DEFAULT_EVENT_MAPPINGS)),
    fc.constantFrom('A', 'A, B', '', ' my event '),
  ),
  wild,
);
const settings = fc.record(
  {
    accessToken: fc.oneof({ weight: 8, arbitrary: fc.constant(TOKEN) }, wild),
    eventSetId: fc.oneof({ weight: 8, arbitrary: fc.constant(EVENT_SET) }, wild),
    defaultCountry: fc.constantFrom('US', 'gb', '', 'UK', null),
    limitedDataUse: fc.oneof({ weight: 8, arbitrary: fc.boolean() }, wild),
    testEventCode: fc.oneof({ weight: 8, arbitrary: fc.constant('TEST12345') }, wild),
    parameterMappings,
    eventMappings,
  },
  { requiredKeys: ['accessToken', 'eventSetId'] },
);

const CLASSES = ['RetryError', 'InvalidEventPayload', 'ValidationError', 'EventNotSupported'];

function freeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

/** Within JSON, what nobody sees, and what is written for the dot and the at sign of an address. */
const UNSEEN = /\u200b|\u00ad|\u200f|\u2060|\ufeff|\u034f|\ufffd|\\u0000|\\ud800/gu;
const asSeen = (json: string): string => json.replace(UNSEEN, '').replaceAll('＠', '@').replaceAll('。', '.');

/**
 * What must not be seen: every email address, every phone number with a plus, and the bare digits of those that stand
 * where phone numbers are looked for (elsewhere, nothing tells them from an order number).
 */
function secretsOf(event: unknown): readonly string[] {
  const json = asSeen(JSON.stringify(event));
  const emails =
    json.match(/[a-z0-9][a-z0-9.+'_-]+@(?:example\.com|mail\.example\.org|exämple\.com)/gi) ?? [];
  const phones = json.match(/\+1415555\d{4}|\+1 \(415\) \d{3}-\d{4}/g) ?? [];
  const own = ['properties.phone', 'context.traits.phone', 'traits.phone']
    .flatMap((path) => [z.unknown().parse(get(event, path))].flat())
    .flatMap(
      (value) =>
        /1\D*415\D*555\D*(\d{4})$/.exec(
          typeof value === 'string' || typeof value === 'number' ? String(value) : '',
        )?.[1] ?? [],
    )
    .flatMap((last) => [`1415555${last}`, `(415) 555-${last}`]);
  return [...emails, ...phones, ...own].map((secret) => secret.toLowerCase());
}

/** How many events are tried; more of them with `HOSTILE_EVENTS=600000 npx jest properties`. */
const EVENTS = Number(process.env['HOSTILE_EVENTS'] ?? 3000);

/** What one run shows. */
const figures = { tried: 0, leaks: 0, invalid: 0, wrong: 0, slowest: 0 };

afterAll(() => {
  const { heapUsed, rss } = process.memoryUsage();
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(
    [
      `events tried: ${figures.tried}`,
      `leaks: ${figures.leaks}`,
      `invalid sent: ${figures.invalid}`,
      `wrong statuses: ${figures.wrong}`,
      `slowest call: ${figures.slowest.toFixed(0)} ms`,
      `memory: ${megabytes(heapUsed)} heap, ${megabytes(rss)} in all`,
      rateOf('personal texts found', PERSONAL).line,
      rateOf('harmless texts falsely found', HARMLESS).line,
    ].join('\n'),
  );
});

test(
  'any event is either sent as TikTok accepts it or refused in a class of Segment, and nothing leaks',
  async () => {
    const outcomes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(event, settings, async (anyEvent, anySettings) => {
        figures.tried += 1;
        traces = [];
        logs = [];
        const before = tiktok.requests.length;
        const input = {
          event: freeze(loaded.parse(JSON.stringify(anyEvent))),
          settings: freeze(loaded.parse(JSON.stringify(anySettings))),
        };
        const handler = loaded.handlers.get(anyEvent.type === 'page' ? 'onPage' : 'onTrack');

        let outcome = 'delivered';
        let message = '';
        const began = performance.now();
        try {
          await handler?.(input.event, input.settings);
        } catch (thrown) {
          ({ name: outcome, message } = describeThrown(thrown));
        }
        figures.slowest = Math.max(figures.slowest, performance.now() - began);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);

        const isWrong =
          ![...CLASSES, 'delivered'].includes(outcome) || message.includes('The function failed');
        if (isWrong) figures.wrong += 1;
        expect({ isWrong, outcome, message }).toMatchObject({ isWrong: false });
        // What the strict server refuses is never the event: only the token or the event set of these settings.
        const refusals = tiktok.requests
          .slice(before)
          .filter(({ answer = '' }) => !/^\{"code":(?:0|40001|40105),/.test(answer));
        figures.invalid += refusals.length;
        expect(refusals).toEqual([]);
        const bodies = traces.map(({ request }) => JSON.stringify([request.url, request.body]));
        const raw = [message, ...logs.map(String), ...bodies].join('\n').toLowerCase();
        // As it is, and as whoever reads a URL would read it.
        const read = [raw, unescape(raw), unescape(unescape(raw))].join('\n');
        const seen = [read, asSeen(read)].join('\n');
        const secrets = [TOKEN, ...secretsOf({ ...anyEvent, mappings: anySettings.parameterMappings })];
        const leaked = secrets.filter((secret) => seen.includes(secret));
        figures.leaks += leaked.length;
        expect(leaked).toEqual([]);
      }),
      { numRuns: EVENTS },
    );
    // Or else the above would say little.
    for (const outcome of ['delivered', 'InvalidEventPayload', 'EventNotSupported', 'RetryError']) {
      expect(outcomes.get(outcome)).toBeGreaterThan(50);
    }
  },
  60_000 + 60 * EVENTS,
);

// Example values in the place of a person's, in an event that becomes a case.
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { configure, type Configuration } from '../../../../lib/configuration/configure';
import { isFailure } from '../../../../lib/result';
import { withExampleValues } from '../../../../scripts/report/cases/example-values';
import { hash, SETTINGS } from '../../../support/world';

function configurationOf(settings: object = {}): Configuration {
  const configuration = configure({ ...SETTINGS, ...settings });
  if (isFailure(configuration)) throw new Error(configuration.reason.message);
  return configuration;
}
let configuration: Configuration;
beforeAll(() => {
  configuration = configurationOf();
});

describe('by its key or its form, wherever it stands:', () => {
  test.each<[what: string, given: object, example: object]>([
    ['an email address', { email: 'jane.roe@shop.example.com' }, { email: 'customer-1@example.com' }],
    ['one with spaces and capitals', { email: ' Jane@Example.org ' }, { email: ' Customer-1@example.com ' }],
    ['what is not one', { email: 'Jane at home 7' }, { email: 'Xxxx xx xxxx 1' }],
    [
      'several',
      { emails: ['a@example.org', 'b@example.org'] },
      { emails: ['customer-1@example.com', 'customer-2@example.com'] },
    ],
    ['one in quotes', { note: 'for "a@example.org"' }, { note: 'for "customer-1@example.com"' }],
    ['one in a text', { note: 'for a@example.org, please' }, { note: 'for customer-1@example.com, please' }],
    [
      'one in a URL',
      { url: 'https://shop.example.com/guide?email=a%40example.org&size=2' },
      { url: 'https://shop.example.com/guide?email=customer-1@example.com&size=2' },
    ],
    ['one as a key', { 'a@example.org': 1 }, { 'customer-1@example.com': 1 }],
    [
      'one in JSON in a text',
      { data: '{"email":"a@example.org"}' },
      { data: '{"email":"customer-1@example.com"}' },
    ],
    ['a phone number', { phone: '+44 20 7946 0958' }, { phone: '+1 415 555 0100' }],
    ['one as a number', { phone: 442079460958 }, { phone: 447400123456 }],
    ['what is not one', { phone: 'call me at 7' }, { phone: 'xxxx xx xx 1' }],
    ['one in a text', { note: 'call +44 20 7946 0958' }, { note: 'call +1 415 555 0100' }],
    [
      'one in another way of writing',
      { phone: '+44 20 7946 0958', note: 'call 020 7946 0958 or 0044 20 7946 0958', code: '442079460958' },
      { phone: '+1 415 555 0100', note: 'call 14155550100 or +1 415 555 0100', code: '14155550100' },
    ],
    [
      'names',
      { firstName: 'Ada', last_name: 'Lovelace', customer: { name: 'Ada Lovelace' } },
      { firstName: 'Jane', last_name: 'Doe', customer: { name: 'Joe' } },
    ],
    ['a name in a text', { firstName: 'Ada', note: 'Dear Ada,' }, { firstName: 'Jane', note: 'Dear Jane,' }],
    [
      'an address',
      { address: { street: '12 St James’s Square', city: 'London', postalCode: 'SW1Y 4JH' } },
      { address: { street: '1 Example Street', city: 'Exampletown', postalCode: 'XX1X 1XX' } },
    ],
    ['a date of birth', { birthday: '1815-12-10' }, { birthday: '1111-11-11' }],
    [
      'IDs, by whose they are',
      { order_id: 'A-77', sessionId: '9f', customer: { id: 4711 }, checkout_id: '12345' },
      { order_id: 'order-1', sessionId: 'session-1', customer: { id: 1001 }, checkout_id: '1001' },
    ],
    [
      'not those of things',
      { product_id: 'p-1', products: [{ id: 'x', sku: 's', name: 'Socks' }], shop_id: 'berlin-3' },
      { product_id: 'p-1', products: [{ id: 'x', sku: 's', name: 'Socks' }], shop_id: 'berlin-3' },
    ],
    [
      'a click ID, also in a URL',
      { ttclid: 'E.C.P.77', url: 'https://shop.example.com/?ttclid=E.C.P.77&gclid=abc' },
      {
        ttclid: 'example-click-1',
        url: 'https://shop.example.com/?ttclid=example-click-1&gclid=example-click-2',
      },
    ],
    ['IP addresses', { ip: '198.51.100.7' }, { ip: '203.0.113.1' }],
    ['one of version 6', { ip: '2001:db8:85a3::8a2e:370:7334' }, { ip: '2001:db8::1' }],
    ['a card number', { note: 'paid with 5555-5555-5555-4444' }, { note: 'paid with 4111 1111 1111 1111' }],
    [
      'nothing of what is only a placeholder',
      { email: 'n/a', phone: 'null', order_id: '(not set)', user_id: '0' },
      { email: 'n/a', phone: 'null', order_id: '(not set)', user_id: '0' },
    ],
    [
      'nothing else',
      { total: 12.5, currency: 'EUR', channel: 'store', coupon: 'SUMMER', gift: true, none: null },
      { total: 12.5, currency: 'EUR', channel: 'store', coupon: 'SUMMER', gift: true, none: null },
    ],
  ])('%s', (_, properties, example) => {
    const event = { type: 'track', event: 'Order Completed', timestamp: '2026-11-20T10:15:00Z' };
    const before = JSON.stringify(properties);
    expect(withExampleValues({ ...event, properties }, configuration)).toEqual({
      ...event,
      properties: example,
    });
    expect(JSON.stringify(properties)).toBe(before);
  });
});

test('the fields of the event itself', () => {
  expect(
    withExampleValues(
      {
        type: 'identify',
        messageId: 'ajs-next-1',
        userId: 'u-7',
        anonymousId: 'a-7',
        event: 'Call from jane@example.org',
        context: {
          ip: '198.51.100.7',
          userAgent: 'Mozilla/5.0 (X11)',
          traits: { email: 'jane@example.org' },
        },
        traits: { email: 'jane@example.org', lead_status: 'won' },
      },
      configuration,
    ),
  ).toEqual({
    type: 'identify',
    messageId: 'message-1',
    userId: 'user-1',
    anonymousId: 'anonymous-1',
    event: 'Call from customer-1@example.com',
    context: {
      ip: '203.0.113.1',
      userAgent: 'Mozilla/5.0 (example)',
      traits: { email: 'customer-1@example.com' },
    },
    traits: { email: 'customer-1@example.com', lead_status: 'won' },
  });
});

test('the name of an event stays, though a person is called so', () => {
  const event = { type: 'track', event: 'Order Completed', traits: { firstName: 'Order' } };
  expect(withExampleValues(event, configuration)).toMatchObject({ event: 'Order Completed' });
});

test('what the settings map to a parameter that is a person’s, whatever it is called', () => {
  const own = configurationOf({
    parameterMappings: {
      'user.email': 'properties.a',
      'user.phone': '"+{{properties.b}}"',
      'user.first_name': 'properties.c',
      'user.zip_code': 'properties.d["e f"]',
    },
  });
  const properties = { a: 'jane@example.org', b: '442079460958', c: 'Ada', d: { 'e f': '10115' }, f: 'Ada' };
  expect(withExampleValues({ type: 'track', event: 'Order Completed', properties }, own)).toMatchObject({
    properties: {
      a: 'customer-1@example.com',
      b: '447400123456',
      c: 'Jane',
      d: { 'e f': '11111' },
      f: 'Jane',
    },
  });
});

test.each([
  ['US', '(212) 555-0187', '(415) 555-0100'],
  ['GB', '020 7946 0958', '07400 123456'],
  ['DE', '030 123456', '01512 3456789'],
])('a national phone number of %s becomes a national example', (defaultCountry, phone, example) => {
  const own = configurationOf({ defaultCountry });
  expect(withExampleValues({ type: 'track', properties: { phone } }, own)).toMatchObject({
    properties: { phone: example },
  });
});

test('a national phone number beside a country that cannot be read is not one of Default Country', () => {
  const own = configurationOf({
    defaultCountry: 'US',
    parameterMappings: { 'user.phone.country': 'properties.land' },
  });
  const exampleOf = (properties: object) =>
    withExampleValues({ type: 'track', event: 'Order Completed', properties }, own)['properties'];
  expect(exampleOf({ phone: '(212) 555-0187', land: '' })).toMatchObject({ phone: '(415) 555-0100' });
  expect(exampleOf({ phone: '(212) 555-0187', land: 'USofA' })).toMatchObject({ phone: '(111) 111-1111' });
  expect(exampleOf({ phone: '030 123456', land: 'Germany' })).toMatchObject({ phone: '01512 3456789' });
});

test('a hash becomes another hash, the same for the same', () => {
  const [one, two] = [hash('jane@example.org'), hash('joe@example.org')];
  const { properties } = withExampleValues(
    { type: 'track', properties: { email: [one, two, one.toUpperCase()] } },
    configuration,
  );
  const text = JSON.stringify(properties);
  expect(text).not.toContain(one);
  expect(text).not.toContain(two);
  const found = text.match(/[0-9a-f]{64}/g) ?? [];
  expect(found).toHaveLength(3);
  expect(found[0]).toBe(found[2]);
  expect(found[0]).not.toBe(found[1]);
});

const schema = z.object({
  properties: z.object({ email: z.array(z.string()), again: z.array(z.string()) }),
});
const localPart = fc.stringMatching(/^[a-z]{6,12}$/);
const email = localPart.map((name) => `${name}@mail.example.org`);
const surrounded = (value: fc.Arbitrary<string>) =>
  fc.tuple(value, fc.constantFrom('', ' ', 'for '), fc.constantFrom('', '!', ', please')).map((parts) => ({
    value: parts[0],
    text: `${parts[1]}${parts[0]}${parts[2]}`,
  }));

test('no address of an event is left, whatever stands around it, and the same one has the same example', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(email, { minLength: 1, maxLength: 3 }),
      fc.array(surrounded(email), { maxLength: 3 }),
      (emails, texts) => {
        const event = {
          type: 'track',
          properties: { email: emails, texts: texts.map(({ text }) => text), again: emails },
        };
        const example = withExampleValues(event, configuration);
        const json = JSON.stringify(example);
        for (const address of [...emails, ...texts.map(({ value }) => value)])
          expect(json).not.toContain(address);
        const { properties } = schema.parse(example);
        expect(properties.again).toEqual(properties.email);
        expect(new Set(properties.email).size).toBe(emails.length);
      },
    ),
  );
});

// What the parameters of an event are read with: its country, its currency, the entry that it is mapped by.
import '../../../scripts/local/segment/install-globals';
import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { configure } from '../../../lib/configuration/configure';
import { convert, type Conversion } from '../../../lib/conversion/convert';
import { isFailure } from '../../../lib/result';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

function conversionOf(event: object, settings: object = {}): Conversion {
  const configuration = configure({ accessToken: 'x', eventSetId: '1', ...settings });
  if (isFailure(configuration)) throw new Error(JSON.stringify(configuration.reason));
  const whole = { type: 'track', event: 'Order Completed', traits: { email: 'jane@example.com' }, ...event };
  const converted = convert(whole, configuration.plans, configuration.settings, Date.UTC(2026, 10, 20));
  if (isFailure(converted)) throw new Error(JSON.stringify(converted.reason));
  return converted;
}

/** What is sent of an event that becomes one TikTok event. */
const sentOf = (event: object, settings: object = {}) => conversionOf(event, settings).events[0];

describe('an address is read as one of', () => {
  const parameterMappings = {
    'user.state': 'properties.state',
    'user.country': 'properties.country',
    'user.zip_code': 'properties.zip',
  };
  test.each([
    ["the event's country", { state: 'California', country: 'us' }, {}, { state: 'ca', country: 'us' }],
    ['Default Country', { state: 'California' }, { defaultCountry: 'US' }, { state: 'ca' }],
    [
      'another country, if only Default Country says US',
      { state: 'ON' },
      { defaultCountry: 'US' },
      { state: 'on' },
    ],
    [
      'another country, if the one of the event is only a placeholder',
      { state: 'Ontario', country: 'n/a' },
      { defaultCountry: 'US' },
      { state: 'ontario' },
    ],
    [
      "the event's country before Default Country",
      { state: 'California', country: 'UK' },
      { defaultCountry: 'US' },
      { state: 'california', country: 'gb' },
    ],
    [
      "the event's country in English",
      { zip: '94107-1234', state: 'California', country: 'United States' },
      { defaultCountry: 'DE' },
      { zip_code: hash('94107'), state: 'ca', country: 'us' },
    ],
    [
      "the event's country, with all its digits",
      { zip: 'D-01067', country: 'Germany' },
      {},
      { zip_code: hash('01067'), country: 'de' },
    ],
    [
      'perhaps another country, if only Default Country is known',
      { zip: '1010' },
      { defaultCountry: 'DE' },
      { zip_code: hash('1010') },
    ],
    [
      'another country than Default Country',
      { zip: 'K1A 0B1', country: 'Canada' },
      { defaultCountry: 'US' },
      { zip_code: hash('k1a0b1'), country: 'ca' },
    ],
    ['no country', { state: 'California' }, {}, { state: 'california' }],
    ['the US', { zip: '94103-1234', country: 'US' }, {}, { zip_code: hash('94103') }],
    ['no country', { zip: '94103-1234' }, {}, { zip_code: hash('941031234') }],
  ])('%s: %j with %j', (_, properties, settings, user) => {
    expect(sentOf({ properties }, { parameterMappings, ...settings })).toMatchObject({ user });
  });
});

test.each(['ON', 'Ontario', 'Calif.'])(
  'what is not a state is left out if the event says US: %j',
  (state) => {
    const { events, leftOut } = conversionOf(
      { properties: { state, country: 'USA' } },
      { parameterMappings: { 'user.state': 'properties.state', 'user.country': 'properties.country' } },
    );
    expect(events).not.toHaveProperty('0.user.state');
    expect(leftOut).toMatchObject([{ parameter: 'user.state', reason: 'invalid' }]);
  },
);

test('the country of the phone number says nothing about the address, even if it cannot be read', () => {
  const parameterMappings = {
    'user.phone.country': 'properties.country',
    'user.country': 'properties.address.country',
    'user.zip_code': 'properties.zip',
  };
  const properties = { zip: '94107-1234', country: 'USofA' };
  expect(sentOf({ properties }, { parameterMappings, defaultCountry: 'US' })).toMatchObject({
    user: { zip_code: hash('94107') },
  });
});

describe('of a country that cannot be read, no rules are applied, not even those of Default Country', () => {
  const parameterMappings = {
    'user.state': 'properties.state',
    'user.country': 'properties.country',
    'user.phone.country': 'properties.country',
    'user.zip_code': 'properties.zip',
  };
  test.each([
    ['US', { zip: 'K1A 0B1', country: 'Kanada' }, { zip_code: hash('k1a0b1') }],
    ['DE', { state: 'California', zip: '94107-1234', country: 'USofA' }, { state: 'california' }],
    ['DE', { phone: '+1 415 555 0100', country: 'USofA' }, { phone: [hash('+14155550100')] }],
    ['DE', { phone: '001 415 555 0100', country: 'USofA' }, { phone: [hash('+14155550100')] }],
    ['DE', { phone: '1 (415) 555-0100', country: 'USofA' }, { phone: [hash('+14155550100')] }],
  ])('Default Country %s: %j', (defaultCountry, properties, user) => {
    expect(sentOf({ properties }, { parameterMappings, defaultCountry })).toMatchObject({ user });
  });

  test.each(['USofA', 'ZZ', 49, ['DE', 'AT'], { code: 'DE' }])(
    'a national phone number is left out, and so is the country: %j',
    (country) => {
      const event = { properties: { phone: '(415) 555-0100', country } };
      const { events, leftOut } = conversionOf(event, {
        defaultCountry: 'DE',
        parameterMappings: { 'user.phone.country': 'properties.country' },
      });
      expect(events).toMatchObject([{ user: { email: [hash('jane@example.com')] } }]);
      expect(events[0]?.['user']).not.toHaveProperty('phone');
      expect(leftOut).toMatchObject([
        { parameter: 'user.phone.country', source: 'properties.country', reason: 'invalid' },
        { parameter: 'user.phone', source: 'properties.phone', reason: 'invalid' },
      ]);
    },
  );

  test.each(['', ' ', null, [], 'n/a', 'Unknown', '{{country}}'])('%j is not a country', (country) => {
    const event = { properties: { phone: '030 123456', zip: '10117', country } };
    const { events } = conversionOf(event, { defaultCountry: 'DE', parameterMappings });
    expect(events).toMatchObject([{ user: { phone: [hash('+4930123456')], zip_code: hash('10117') } }]);
  });
});

describe('a phone number is read as one of', () => {
  test.each([
    ["the event's country", { phone: '020 7946 0958', country: 'UK' }, {}, '+442079460958'],
    [
      "the event's country before Default Country",
      { phone: '020 7946 0958', country: 'gb' },
      { defaultCountry: 'DE' },
      '+442079460958',
    ],
    [
      "the event's country in English",
      { phone: '(415) 555-0100', country: 'USA' },
      { defaultCountry: 'DE' },
      '+14155550100',
    ],
    ['Default Country', { phone: '030 123456' }, { defaultCountry: 'DE' }, '+4930123456'],
  ])('%s: %j with %j', (_, properties, settings, phone) => {
    const parameterMappings = { 'user.phone.country': 'properties.country' };
    expect(sentOf({ properties }, { parameterMappings, ...settings })).toMatchObject({
      user: { phone: [hash(phone)] },
    });
  });
});

test('an amount has no other currency if the currency is not sent', () => {
  const properties = { value: '10 USD', currency: 'EUR' };
  expect(conversionOf({ properties }).leftOut).toMatchObject([{ reason: 'other_currency' }]);
  const parameterMappings = { 'properties.currency': '' };
  expect(sentOf({ properties }, { parameterMappings })).toMatchObject({ properties: { value: 10 } });
});

test.each([
  ['a path', 'context.page.url', []],
  ['a text with a path in it', '"{{context.page.url}}"', []],
  ['a text with words before it', '"see {{context.page.url}}"', []],
  ['a path elsewhere', 'properties.link', [{ parameter: 'user.ttclid', reason: 'invalid' }]],
])('what is not a click ID at a URL of the page is not worth a word: %s', (_, ttclid, leftOut) => {
  const url = 'not a click ID';
  const event = { context: { page: { url } }, properties: { link: url } };
  expect(conversionOf(event, { parameterMappings: { 'user.ttclid': ttclid } }).leftOut).toMatchObject(
    leftOut,
  );
});

describe('an object that is not a product is reported where products are expected', () => {
  const leftOutOf = (properties: object, parameterMappings: object = {}) =>
    conversionOf({ properties }, { parameterMappings }).leftOut.map(
      ({ parameter, source, flaw }) => `${parameter}: ${source} is ${flaw}`,
    );
  const said = (source: string) => [
    `properties.contents: ${source} is not a list of products with anything to send`,
  ];
  const product = { product_id: 'A', price: 5 };

  test.each([
    ['a cart by keys', { a1b2c3: product }],
    ['a list within it', { items: [product] }],
    ['an empty list within it', { data: [] }],
    ['a product without an ID', { name: 'Jacket', price: 'n/a' }],
  ])('%s: %j', (_, products) => {
    expect(leftOutOf({ products })).toEqual(said('properties.products'));
    expect(leftOutOf({ products: JSON.stringify(products) })).toEqual(said('properties.products'));
    const mapped = { 'properties.contents': 'properties.lines' };
    expect(leftOutOf({ lines: products }, mapped)).toEqual(said('properties.lines'));
  });

  test('but no event has to be a product itself, or have any', () => {
    for (const properties of [{ order_id: 'o-1', price: 5 }, { products: [] }, { products: {} }])
      expect(leftOutOf(properties)).toEqual([]);
    expect(leftOutOf({ value: 5 }, { 'properties.contents': 'properties' })).toEqual([]);
  });

  test.each([
    ['product_id', 'n/a', 'only a placeholder'],
    ['sku', ['a', 'b'], 'not a string or a whole number'],
    ['product_id', { id: 'a' }, 'not a string or a whole number'],
  ])('and if its %s is %j, that is said', (key, value, flaw) => {
    const said = `properties.contents.content_id: ${key} is ${flaw}`;
    expect(leftOutOf({ [key]: value, price: 'free' })).toEqual([said]);
  });

  test('and an event that is a product itself is still sent with it', () => {
    const event = { properties: { products: { a1b2c3: product }, sku: 'a' } };
    expect(sentOf(event)).toMatchObject({ properties: { contents: [{ content_id: 'a' }] } });
  });
});

describe('a list of one value, where one is expected, is that value', () => {
  const parameterMappings = { 'user.first_name': 'properties.name', 'user.country': 'properties.country' };
  test.each([
    [{ value: ['12,50 €'] }, { properties: { value: 12.5 } }],
    [{ currency: ['usd'], order_id: [1001] }, { properties: { currency: 'USD', order_id: '1001' } }],
    [{ ttclid: ['E.C.P.abc', 'E.C.P.abc'] }, { user: { ttclid: 'E.C.P.abc' } }],
    [{ name: ['Jane'], country: [null, 'US', ''] }, { user: { first_name: hash('jane'), country: 'us' } }],
    [
      { products: [{ product_id: ['a'], category: ['Shirts'], price: ['3.00'], quantity: [2] }] },
      {
        properties: {
          contents: [{ content_id: 'a', content_category: 'Shirts', price: 3, quantity: 2 }],
        },
      },
    ],
    [{ product_id: ['a'] }, { properties: { contents: [{ content_id: 'a' }] } }],
  ])('%j', (properties, sent) => {
    expect(conversionOf({ properties }, { parameterMappings })).toMatchObject({
      events: [sent],
      leftOut: [],
    });
  });

  test.each([
    ['value', [12, 13]],
    ['value', [12, 12]],
    ['order_id', ['a', 'b']],
    ['ttclid', ['E.C.P.abc', 'E.C.P.def']],
    ['value', [[12]]],
    ['order_id', [{ id: 1 }]],
  ])('but a list of others is not: %s %j', (key, value) => {
    const { leftOut } = conversionOf({ properties: { [key]: value } });
    expect(leftOut).toMatchObject([{ source: `properties.${key}`, reason: 'invalid' }]);
  });

  test('nor is a list of equal numbers for a property of your own, or for a calculation', () => {
    const parameterMappings = {
      'properties.size': 'properties.sizes',
      'properties.value': 'properties.sizes / 10',
    };
    expect(conversionOf({ properties: { sizes: [40, 40] } }, { parameterMappings })).toMatchObject({
      events: [{ properties: { content_type: 'product' } }],
      leftOut: [{ parameter: 'properties.value' }, { parameter: 'properties.size' }],
    });
  });

  test('also where it is calculated with, or said the other way round', () => {
    const properties = { cents: ['1250'], tracking: [true] };
    const parameterMappings = {
      'properties.value': 'properties.cents / 100',
      limited_data_use: '!properties.tracking',
    };
    expect(sentOf({ properties }, { parameterMappings })).toMatchObject({
      properties: { value: 12.5 },
      limited_data_use: false,
    });
  });

  test('and of a list of IP addresses, the first one is sent', () => {
    const context = { ip: ['203.0.113.10', '10.0.0.1'] };
    expect(sentOf({ context })).toMatchObject({ user: { ip: '203.0.113.10' } });
  });
});

test('a click id is taken as it stands in a mapping', () => {
  expect(sentOf({}, { parameterMappings: { 'user.ttclid': '"E.C.P.abc"' } })).toMatchObject({
    user: { ttclid: 'E.C.P.abc' },
  });
});

describe('an event that several entries match', () => {
  const eventMappings = {
    'Order Completed': 'Purchase, Bought',
    'In a store': 'Visit if event = "Order Completed" and type = "track"',
  };

  test('has the names of all', () => {
    const { events, refusal } = conversionOf({ properties: { value: 1 } }, { eventMappings });
    expect(events.map(({ event }) => event).sort()).toEqual(['Bought', 'Purchase', 'Visit']);
    for (const event of events) expect(event).toMatchObject({ properties: { value: 1 } });
    expect(refusal).toBeUndefined();
  });

  test('has the parameters of each', () => {
    const parameterMappings = { 'In a store: properties.value': 'properties.worth' };
    const { events } = conversionOf(
      { properties: { value: 1, worth: 2 } },
      { eventMappings, parameterMappings },
    );
    const values = events.map(({ event, properties }) => [event, properties]);
    expect(Object.fromEntries(values)).toMatchObject({
      Purchase: { value: 1 },
      Bought: { value: 1 },
      Visit: { value: 2 },
    });
    expect(events).toHaveLength(3);
  });

  test('is sent by those that can send it, and what is wrong for another is said', () => {
    const parameterMappings = { 'In a store: user.email': 'properties.nobody' };
    const converted = conversionOf({ properties: { value: 'n/a' } }, { eventMappings, parameterMappings });
    expect(converted.events.map(({ event }) => event)).toEqual(['Purchase', 'Bought']);
    expect(converted.leftOut).toMatchObject([{ parameter: 'properties.value', reason: 'placeholder' }]);
    expect(converted.refusal).toMatchObject({ kind: 'invalid', findings: { reason: 'no_contact' } });
  });
});

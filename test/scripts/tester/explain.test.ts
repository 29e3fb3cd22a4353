// What the page says about a received TikTok event: field by field, and why the rest did not arrive.
import '../../../scripts/local/segment/install-globals';
import { expect, test } from '@jest/globals';
import { configure } from '../../../lib/configuration/configure';
import { convert } from '../../../lib/conversion/convert';
import { isFailure } from '../../../lib/result';
import type { Field } from '../../../scripts/tester/api';
import { explain, matchesOf } from '../../../scripts/tester/explain';
import { hash } from '../../support/world';

function explained(event: object, received: object, parameterMappings: object = {}): readonly Field[] {
  const configuration = configure({ accessToken: 'x', eventSetId: '1', parameterMappings });
  if (isFailure(configuration)) throw new Error('The settings are wrong');
  const { plans, settings } = configuration;
  const whole = { type: 'track', event: 'Order Completed', ...event };
  // With a contact, so that it is converted whatever the test is about.
  const converted = convert({ ...whole, traits: { email: 'jane@example.com' } }, plans, settings, Date.now());
  const leftOut = isFailure(converted) ? [] : converted.leftOut;
  const [plan] = plans.for(whole);
  return plan ? explain(whole, plan, received, leftOut) : [];
}

const email = hash('jane@example.com');

test.each<[what: string, event: object, received: object, field: Omit<Field, 'description'>]>([
  [
    'an email address is hashed',
    { properties: { email: 'jane@example.com' } },
    { user: { email: [email] } },
    { parameter: 'user.email', state: 'hashed', source: 'properties.email', value: `["${email}"]` },
  ],
  [
    'the first source that is there counts',
    { context: { traits: { phone: 'call me' } } },
    { user: { email: [email] } },
    {
      parameter: 'user.phone',
      state: 'left out',
      source: 'context.traits.phone',
      reason: 'not a phone number with a country code, or one of Default Country',
    },
  ],
  [
    'of several addresses, those that are not valid are reported',
    { properties: { email: ['jane@example.com', 'nobody'] } },
    { user: { email: [email] } },
    {
      parameter: 'user.email',
      state: 'hashed',
      source: 'properties.email',
      value: `["${email}"]`,
      reason: 'a part of "properties.email" is not an email address',
    },
  ],
  [
    'a value that nobody has is absent, with the places that were looked at',
    {},
    {},
    {
      parameter: 'properties.value',
      state: 'absent',
      source: 'properties.value ?? properties.revenue ?? properties.total',
    },
  ],
  [
    'a blank one is absent',
    { properties: { query: ' ' } },
    {},
    { parameter: 'properties.search_string', state: 'absent', source: 'properties.query' },
  ],
  [
    'zero is a value',
    { properties: { value: 0 } },
    { properties: { value: 0 } },
    { parameter: 'properties.value', state: 'sent', source: 'properties.value', value: '0' },
  ],
  [
    'what is not a currency is left out',
    { properties: { currency: 'euros' } },
    {},
    {
      parameter: 'properties.currency',
      state: 'left out',
      source: 'properties.currency',
      reason: 'not a currency of ISO 4217',
    },
  ],
  [
    'an id with personal data in it is hashed',
    { messageId: 'jane@example.com' },
    { event_id: email },
    {
      parameter: 'event_id',
      state: 'hashed',
      source: 'messageId',
      value: `"${email}"`,
      reason: 'a part of "messageId" is a string that contains personal data',
    },
  ],
  [
    'a time that nobody gave is the time of handling',
    {},
    { event_time: 1795169700 },
    { parameter: 'event_time', state: 'sent', source: 'the time of handling', value: '1795169700' },
  ],
  [
    'limited data use may come from the setting',
    {},
    { limited_data_use: true },
    {
      parameter: 'limited_data_use',
      state: 'sent',
      source: 'the setting Limited Data Use',
      value: 'true',
    },
  ],
  [
    'a URL without a click id is not a click id',
    { context: { page: { url: 'https://shop.example.com/' } } },
    { page: { url: 'https://shop.example.com/' } },
    {
      parameter: 'user.ttclid',
      state: 'absent',
      source:
        'properties.ttclid ?? integrations["TikTok Offline Conversions"].ttclid ?? context.page.url ?? context.page.search ?? context.page.referrer',
    },
  ],
  [
    'a URL that lost its query says so',
    { context: { page: { url: 'https://shop.example.com/?email=jane@example.com' } } },
    { page: { url: 'https://shop.example.com/' } },
    {
      parameter: 'page.url',
      state: 'sent',
      source: 'context.page.url',
      value: '"https://shop.example.com/"',
      reason: 'a part of "context.page.url" is a string that contains personal data',
    },
  ],
  [
    'properties without a product are not contents',
    { properties: { total: 7 } },
    {},
    { parameter: 'properties.contents', state: 'absent', source: 'properties.products ?? properties' },
  ],
  [
    "a product's price that is not a number is left out",
    { properties: { products: [{ sku: 'a' }, { sku: 'b', price: 'n/a' }] } },
    { properties: { contents: [{ content_id: 'a' }, { content_id: 'b' }] } },
    {
      parameter: 'properties.contents[1].price',
      state: 'left out',
      source: 'price',
      reason: 'only a placeholder',
    },
  ],
  [
    'products with nothing to send are counted',
    { properties: { products: [{ sku: 'a' }, {}] } },
    { properties: { contents: [{ content_id: 'a' }] } },
    {
      parameter: 'properties.contents',
      state: 'sent',
      source: 'properties.products',
      value: '[{"content_id":"a"}]',
      reason: '1 of 2 products: the others have nothing that can be sent',
    },
  ],
])('%s', (_, event, received, field) => {
  expect(explained(event, received)).toContainEqual({ ...field, description: expect.any(String) });
});

test('a mapping shows its own source, and a parameter that it turns off is not there', () => {
  const fields = explained(
    { properties: { net: 8, colour: 'red' } },
    { properties: { value: 8, colour: 'red' } },
    { 'properties.value': 'properties.net', 'properties.colour': 'properties.colour', 'page.url': '' },
  );
  expect(fields).toContainEqual({
    parameter: 'properties.value',
    description: 'What the conversion is worth, in its currency.',
    state: 'sent',
    source: 'properties.net',
    value: '8',
  });
  expect(fields).toContainEqual({
    parameter: 'properties.colour',
    description: 'A property of your own.',
    state: 'sent',
    source: 'properties.colour',
    value: '"red"',
  });
  expect(fields.filter(({ parameter }) => parameter === 'page.url')).toEqual([]);
});

test('texts, amounts and lists of a mapping have their own text as their source', () => {
  const order = '"{{properties.store}}-{{properties.receipt}}"';
  const fields = explained(
    {
      messageId: 'm-1',
      properties: {
        ...{ store: 'b-3', receipt: 17, cents: '1,250', currency: 'EUR', agreed: 'maybe' },
        orders: [{ lines: [{ sku: 'a', price: 1 }] }, { lines: { sku: 'b' } }],
      },
    },
    {
      event_id: 'b-3-17',
      properties: { order_id: 'b-3-17', contents: [{ content_id: 'a', price: 1 }, { content_id: 'b' }] },
    },
    {
      event_id: order,
      'properties.order_id': order,
      'properties.value': 'properties.cents / 100 ?? properties.missing * 2',
      'properties.agreed': '!properties.agreed',
      'properties.contents': 'properties.orders[].lines[]',
    },
  );
  expect(fields).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ parameter: 'event_id', state: 'sent', source: order }),
      expect.objectContaining({ parameter: 'properties.order_id', state: 'sent', source: order }),
      expect.objectContaining({
        parameter: 'properties.value',
        state: 'left out',
        source: 'properties.cents / 100',
        reason: 'an amount that could be read in two ways, such as "1,250"',
      }),
      expect.objectContaining({
        parameter: 'properties.agreed',
        state: 'left out',
        source: '!properties.agreed',
        reason: 'neither yes nor no',
      }),
      expect.objectContaining({
        parameter: 'properties.contents[1].content_id',
        state: 'sent',
        value: '"b"',
      }),
    ]),
  );
});

test('what TikTok can match on is said in its own words, best first', () => {
  const user = { ip: '203.0.113.10', external_id: ['x'], email: ['x'], ttclid: 'x', locale: 'en' };
  expect(matchesOf({ user })).toEqual(['email', 'external ID', 'click ID', 'IP address']);
  expect(matchesOf({})).toEqual([]);
});

// What the function says that it left out or why it refused an event: parameter, source and reason, never the value.
import '../../../scripts/local/segment/install-globals';
import { expect, test } from '@jest/globals';
import { configure } from '../../../lib/configuration/configure';
import { convert } from '../../../lib/conversion/convert';
import { REASONS, type LeftOut } from '../../../lib/parameters/reasons';
import { isFailure } from '../../../lib/result';

function leftOutOf(event: object, parameterMappings: object = {}): readonly LeftOut[] {
  const configuration = configure({ accessToken: 'x', eventSetId: '1', parameterMappings });
  if (isFailure(configuration)) throw new Error('The settings are wrong');
  const { plans, settings } = configuration;
  const whole = { type: 'track', event: 'Order Completed', traits: { email: 'jane@example.com' }, ...event };
  const converted = convert(whole, plans, settings, Date.UTC(2026, 10, 20));
  if (isFailure(converted)) throw new Error('The event was refused');
  return converted.leftOut;
}

const left = (
  parameter: string,
  source: string,
  reason: LeftOut['reason'],
  flaw: string = REASONS[reason],
): LeftOut => ({ parameter, source, reason, flaw, isPart: false });

test.each<[what: string, event: object, leftOut: readonly LeftOut[]]>([
  ['nothing of an event that has nothing wrong', { properties: { value: 12.5, currency: 'USD' } }, []],
  ['nothing of what is blank', { properties: { value: '', currency: null, products: [] } }, []],
  [
    'each source that is passed over',
    { properties: { value: 'n/a', revenue: '1,250', total: 7, currency: 'euros' } },
    [
      left('properties.value', 'properties.value', 'placeholder'),
      left('properties.value', 'properties.revenue', 'doubtful'),
      left('properties.currency', 'properties.currency', 'invalid', 'not a currency of ISO 4217'),
    ],
  ],
  [
    'an amount in another currency, of a product, too',
    {
      properties: {
        value: '10 USD',
        currency: 'EUR',
        products: [
          { sku: 'a', price: '9 EUR' },
          { sku: 'b', price: '9 USD' },
        ],
      },
    },
    [
      { ...left('properties.contents.price', 'price', 'other_currency'), item: 1 },
      left('properties.value', 'properties.value', 'other_currency'),
    ],
  ],
  [
    'a part of a list',
    { properties: { email: ['jane@example.com', 'nobody'] } },
    [{ ...left('user.email', 'properties.email', 'invalid', 'not an email address'), isPart: true }],
  ],
  [
    'a text with personal data',
    { properties: { query: 'jane@example.com' } },
    [left('properties.search_string', 'properties.query', 'personal')],
  ],
  [
    'nothing of properties that do not name a product',
    { properties: { name: 'jane@example.com', price: 'n/a' } },
    [],
  ],
  [
    'nothing of a page without a click id',
    { context: { page: { url: 'about:blank', referrer: 'www.example.com' } } },
    [],
  ],
])('%s', (_, event, leftOut) => {
  expect(leftOutOf(event)).toStrictEqual(leftOut);
});

test('a literal of a mapping is never a placeholder', () => {
  expect(leftOutOf({}, { 'properties.order_id': '"unknown"', 'user.external_id': '"0"' })).toEqual([]);
});

test('the message about an unreadable time says nothing of a country that cannot be read', () => {
  const parameterMappings = { 'user.phone.country': 'properties.country' };
  const configuration = configure({ accessToken: 'x', eventSetId: '1', parameterMappings });
  if (isFailure(configuration)) throw new Error('The settings are wrong');
  const event = {
    type: 'track',
    event: 'Order Completed',
    timestamp: 'yesterday',
    properties: { email: 'jane@example.com', phone: '4155550100', country: 'Atlantis' },
  };
  const refused = convert(event, configuration.plans, configuration.settings, Date.UTC(2026, 10, 20));
  if (!isFailure(refused)) throw new Error('The event was converted');
  expect(refused.reason.leftOut?.map(({ parameter }) => parameter)).toContain('user.phone.country');
  expect(refused.reason.message).toMatch(/^The time of the event cannot be read\. event_time: /);
  expect(refused.reason.message).not.toContain('country');
});

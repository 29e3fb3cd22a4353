// Events made by the real analytics.js, in the shape in which Segment gets them from a site.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { DEFAULT_EVENT_MAPPINGS, PRESETS_OFF_BY_DEFAULT } from '../../lib/configuration/event-mappings';
import { runCommand } from '../support/command';
import { createWorld, hash, type World } from '../support/world';

const Sent = z.array(
  z.looseObject({
    type: z.string(),
    event: z.string().optional(),
    messageId: z.string(),
    timestamp: z.string(),
  }),
);

let world: World;
let sent: z.infer<typeof Sent>;
beforeAll(async () => {
  // What is not international is read by the library.
  world = await createWorld({ needs: ['libphonenumberjslib'] });
  sent = Sent.parse(JSON.parse((await runCommand('analytics')).stdout));
}, 30_000);
afterAll(() => world.close());

const product = {
  content_id: 'sku-1',
  content_name: 'Rain jacket',
  content_category: 'Jackets',
  brand: 'Example',
  price: 120,
  quantity: 1,
};
const PROPERTIES: Readonly<Record<string, object>> = {
  'Products Searched': { search_string: 'rain jacket' },
  'Product Clicked': { contents: [product], value: 120, currency: 'USD' },
  'Product Viewed': { contents: [product], value: 120, currency: 'USD' },
  'Product Added': { contents: [product], value: 120, currency: 'USD' },
  'Product Added to Wishlist': { contents: [product], value: 120, currency: 'USD' },
  'Checkout Started': { contents: [product], value: 120, currency: 'USD', order_id: 'order-1' },
  'Payment Info Entered': { order_id: 'order-1' },
  'Order Placed': { contents: [product], value: 120, currency: 'USD', order_id: 'order-1' },
  'Order Completed': { contents: [product], value: 120, currency: 'USD', order_id: 'order-1' },
  'Subscription Created': { value: 0, currency: 'USD' },
};

test.each(Object.entries({ ...DEFAULT_EVENT_MAPPINGS, ...PRESETS_OFF_BY_DEFAULT }))(
  '%s arrives at TikTok as %s, with all that identifies the visitor',
  async (name, becomes) => {
    const event = sent.find(({ type, event }) => (name === 'Page Viewed' ? type === 'page' : event === name));
    const settings = { defaultCountry: 'US', eventMappings: PRESETS_OFF_BY_DEFAULT };
    await expect(world.deliver(event, settings)).resolves.toEqual({
      event: becomes,
      event_id: event?.messageId,
      event_time: Math.floor(Date.parse(event?.timestamp ?? '') / 1000),
      user: {
        email: [hash('jane.doe@example.com')],
        phone: [hash('+14155550100')],
        external_id: [hash('customer-1')],
        ttclid: 'E.C.P.click',
        user_agent: expect.stringContaining('jsdom'),
        locale: 'en-US',
        ...(name === 'Callback Started' && { lead_id: 'lead-1' }),
      },
      properties: { content_type: 'product', ...PROPERTIES[name] },
      page: {
        url: 'https://shop.example.com/thanks?ttclid=E.C.P.click',
        referrer: 'https://www.example.com/',
      },
    });
  },
);

test('identify calls are not for TikTok', async () => {
  const call = await world.send(sent.find(({ type }) => type === 'identify'));
  expect(call.outcome).toBe('Unsupported Event Type');
});

// A program: a shop's page in jsdom with the real analytics.js, a visitor who does one of everything, and what
// analytics.js sends of it, as a JSON array. It runs in a process of its own, because jsdom does not run within Jest.
import { readFileSync } from 'node:fs';
import { JSDOM, VirtualConsole } from 'jsdom';

/** The calls of Segment's e-commerce and other specs that TikTok has an event for. */
const CALLS = `
  await analytics.identify('Customer-1', { email: ' Jane.Doe@Example.com ', phone: '(415) 555-0100', name: 'Jane' });
  await analytics.page('Shop', 'Pricing', { plan: 'all' });
  await analytics.track('Products Searched', { query: 'rain jacket' });
  await analytics.track('Product Clicked', product);
  await analytics.track('Product Viewed', product);
  await analytics.track('Product Added', { cart_id: 'cart-1', ...product });
  await analytics.track('Product Added to Wishlist', { wishlist_id: 'wishlist-1', ...product });
  await analytics.track('Checkout Started', order);
  await analytics.track('Payment Info Entered', { checkout_id: 'checkout-1', order_id: 'order-1' });
  await analytics.track('Order Placed', order);
  await analytics.track('Order Completed', order);
  await analytics.track('Callback Started', { lead_id: 'lead-1' });
  await analytics.track('Subscription Created', { value: 0, currency: 'usd' });
  await analytics.track('Form Submitted', { form: 'newsletter' });
  await analytics.track('Signed Up', { username: 'jane' });
  await analytics.track('Download Link Clicked', { file: 'catalogue.pdf' });
  await analytics.track('Trial Started', { plan: 'all' });
`;
const PAGE = `
  const product = { product_id: 'sku-1', sku: 'G-32', category: 'Jackets', name: 'Rain jacket', brand: 'Example',
    variant: 'blue', price: 120, quantity: 1, currency: 'usd', value: 120 };
  const order = { order_id: 'order-1', total: 127.5, subtotal: 120, revenue: 120, shipping: 7.5, tax: 0, discount: 0,
    currency: 'USD', products: [product] };
  const cdnSettings = { integrations: { 'Segment.io': { apiKey: 'write-key' } } };
  const [analytics] = await AnalyticsNext.AnalyticsBrowser.load({ writeKey: 'write-key', cdnSettings });
  // As a site does that knows its customer: traits go along with every event.
  analytics.addSourceMiddleware(({ payload, next }) => {
    payload.obj.context = { ...payload.obj.context, traits: analytics.user().traits() };
    next(payload);
  });
`;

async function main(): Promise<void> {
  const sent: unknown[] = [];
  const { window } = new JSDOM('<!doctype html><title>Shop</title>', {
    url: 'https://shop.example.com/thanks?ttclid=E.C.P.click',
    referrer: 'https://www.example.com/',
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    virtualConsole: new VirtualConsole(),
  });
  // The network's edge: nothing leaves, and what would is kept.
  Object.assign(window, {
    fetch: (_url: string, { body = '' }: { body?: string } = {}) => {
      sent.push(JSON.parse(body));
      return Promise.resolve({
        ok: true,
        status: 200,
        json: () => Promise.resolve({}),
        headers: { get: () => null },
      });
    },
  });
  window.eval(readFileSync(require.resolve('@segment/analytics-next/dist/umd/index.js'), 'utf8'));
  const visit: unknown = window.eval(`(async () => {${PAGE}${CALLS}})()`);
  await visit;
  window.close();
  console.log(JSON.stringify(sent));
}

void main();

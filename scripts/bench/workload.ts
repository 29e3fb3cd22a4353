// What the bench sends: events as shops send them, and settings.

/** The bench's TikTok refuses an event with this `query`. */
export const REFUSED = 'refused';

/** Makes a purchase by a known customer, as a shop's server reports it, with a number of products. */
export function purchase(
  products: number,
  number = 1,
  query?: typeof REFUSED,
): Readonly<Record<string, unknown>> {
  return {
    type: 'track',
    event: 'Order Completed',
    messageId: `bench-${number}-1f0c8a52-6f2e-4f0e-9c1b-0d3a5b7c9e11`,
    timestamp: '2026-11-20T10:15:00.000Z',
    userId: `customer-${number}`,
    context: {
      ip: '203.0.113.10',
      locale: 'en-US',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0',
      page: {
        url: 'https://shop.example.com/thanks?order=5001&ttclid=E.C.P.example-click',
        referrer: 'https://shop.example.com/checkout',
      },
      traits: { email: `customer-${number}@example.com`, phone: '+1 (415) 555-0100' },
    },
    properties: {
      order_id: `order-${number}`,
      total: 89.97,
      currency: 'USD',
      coupon: 'AUTUMN',
      query,
      products: Array.from({ length: products }, (_, index) => ({
        product_id: `sku-${index}`,
        name: `Trail shoe ${index}`,
        brand: 'Example',
        category: 'Shoes',
        price: 79.99,
        quantity: 1,
      })),
    },
  };
}

/** Nothing is mapped to it. */
export const PAGE_CALL: Readonly<Record<string, unknown>> = {
  ...purchase(0),
  type: 'page',
  name: 'Thanks',
  event: undefined,
};

/** Makes purchases of two products, each by another customer. */
export const purchases = (count: number): readonly unknown[] =>
  Array.from({ length: count }, (_, number) => purchase(2, number));

/** TikTok's answer when it accepts a request. */
export const ACCEPTED = '{"code":0,"message":"OK","request_id":"20261120101500010203040506070809","data":{}}';

/** What a `fetch` gives that is answered at once. */
export const answerWith = (body: string) =>
  Promise.resolve({ status: 200, text: () => Promise.resolve(body) });

/** The settings that are required. */
export const SETTINGS = {
  accessToken: 'token-for-the-bench-91d7c3',
  eventSetId: '7000000000000000001',
} as const;

/** Twenty entries of all kinds: for all events and for a single one, with paths, several sources and literals. */
export const TWENTY_MAPPINGS: Readonly<Record<string, string>> = {
  event_id: 'properties.order_id ?? messageId',
  event_time: 'properties.paid_at ?? timestamp',
  'user.email': 'properties.customer.email ?? context.traits.email',
  'user.phone': 'properties.customer.phone ?? context.traits.phone',
  'user.external_id': 'properties.customer.id ?? userId',
  'user.city': 'context.traits.address.city',
  'user.country': 'context.traits.address.country',
  'user.ttclid': 'properties.click_id ?? context.page.url',
  'user.ttp': 'integrations["TikTok Pixel"].ttp',
  'user.locale': 'context.locale ?? "en-US"',
  'properties.contents': 'properties.products',
  'properties.contents.content_id': 'sku ?? product_id',
  'properties.contents.brand': 'brand ?? "Example"',
  'properties.currency': 'properties.currency ?? "USD"',
  'properties.description': 'properties.summary',
  'properties.coupon': 'properties.coupon',
  'properties.first_product': 'properties.products[0].product_id',
  'Order Completed: properties.value': 'properties.net ?? properties.total',
  'Order Completed: properties.shop_id': '"shop-1"',
  'Signed Up: properties.value': '5',
};

/** Five entries with conditions, of which one sends a purchase. */
export const FIVE_CONDITIONS: Readonly<Record<string, string>> = {
  'Order Completed': 'Purchase if properties.currency = "USD" and properties.total > 5',
  'Orders DE': 'order_de if event = "Order Completed" and properties.shop = "de"',
  'High value': 'big_order if event = "Order Completed" and properties.total > 500',
  'New leads': 'Lead if type = "identify" and traits.lead_status in ["new", "open"]',
  'Pricing page': 'ViewContent if type = "page" and match(context.page.path, "/pricing/*")',
};

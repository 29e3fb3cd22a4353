// The fields of the built-in destination's mappings: which parameter each one fills here, and what fills it there unless
// the workspace has changed it.
//
// Segment, "TikTok Offline Conversions":
// https://segment.com/docs/connections/destinations/catalog/actions-tiktok-offline-conversions/

export interface Field {
  /** As TikTok's payload spells it. */
  readonly parameter: string;
  /** The defaults of its published versions, as expressions. */
  readonly defaults: readonly string[];
}

/** The slug that the catalog knows the built-in destination by. */
export const BUILT_IN = { name: 'TikTok Offline Conversions', slug: 'actions-tiktok-offline-conversions' };

/** What its mappings can do. Today all of them do the same. */
export const ACTIONS: ReadonlySet<string> = new Set([
  'reportOfflineEvent',
  'trackPaymentOfflineConversion',
  'trackNonPaymentOfflineConversion',
]);

/** The fields that fill a parameter each, but the contents. */
export const FIELDS: Readonly<Record<string, Field>> = {
  event_id: { parameter: 'event_id', defaults: ['messageId'] },
  timestamp: { parameter: 'event_time', defaults: ['timestamp'] },
  phone_numbers: {
    parameter: 'user.phone',
    defaults: ['properties.phone ?? context.traits.phone', 'properties.phone ?? traits.phone'],
  },
  email_addresses: {
    parameter: 'user.email',
    defaults: ['properties.email ?? context.traits.email', 'properties.email ?? traits.email'],
  },
  order_id: { parameter: 'properties.order_id', defaults: ['properties.order_id'] },
  shop_id: { parameter: 'properties.shop_id', defaults: ['properties.shop_id'] },
  external_ids: { parameter: 'user.external_id', defaults: ['userId ?? anonymousId'] },
  // The built-in destination also looks for it in what fills `url`.
  ttclid: {
    parameter: 'user.ttclid',
    defaults: ['properties.ttclid ?? integrations["TikTok Offline Conversions"].ttclid ?? context.page.url'],
  },
  ttp: {
    parameter: 'user.ttp',
    defaults: ['properties.ttp ?? integrations["TikTok Offline Conversions"].ttp'],
  },
  lead_id: { parameter: 'user.lead_id', defaults: ['properties.lead_id'] },
  locale: { parameter: 'user.locale', defaults: ['context.locale'] },
  url: { parameter: 'page.url', defaults: ['context.page.url'] },
  referrer: { parameter: 'page.referrer', defaults: ['context.page.referrer'] },
  ip: { parameter: 'user.ip', defaults: ['context.ip'] },
  user_agent: { parameter: 'user.user_agent', defaults: ['context.userAgent'] },
  content_type: { parameter: 'properties.content_type', defaults: ['"product"'] },
  currency: { parameter: 'properties.currency', defaults: ['properties.currency'] },
  value: { parameter: 'properties.value', defaults: ['properties.value ?? properties.revenue'] },
  description: { parameter: 'properties.description', defaults: [] },
  query: { parameter: 'properties.search_string', defaults: ['properties.query'] },
  limited_data_use: { parameter: 'limited_data_use', defaults: ['properties.limited_data_use'] },
};

/** The presets whose event is one product, and those whose event has a list of them; the others have no contents. */
const ONE_PRODUCT: ReadonlySet<string> = new Set([
  'ViewContent',
  'ClickButton',
  'Search',
  'AddToWishlist',
  'AddToCart',
]);
const PRODUCTS: ReadonlySet<string> = new Set([
  'CompletePayment',
  'PageView',
  'InitiateCheckout',
  'AddPaymentInfo',
  'PlaceAnOrder',
]);

/** The contents: where the products are. A mapping that is not a preset has none by default. */
export const contentsOf = (event: string): Field => ({
  parameter: 'properties.contents',
  defaults: [
    ...(ONE_PRODUCT.has(event) ? ['properties'] : []),
    ...(PRODUCTS.has(event) ? ['properties.products'] : []),
  ],
});

/** The fields of an item of the contents. */
export const CONTENT_FIELDS: Readonly<Record<string, Field>> = {
  content_id: { parameter: 'properties.contents.content_id', defaults: ['product_id'] },
  content_name: { parameter: 'properties.contents.content_name', defaults: ['name'] },
  content_category: { parameter: 'properties.contents.content_category', defaults: ['category'] },
  brand: { parameter: 'properties.contents.brand', defaults: ['brand'] },
  price: { parameter: 'properties.contents.price', defaults: ['price'] },
  quantity: { parameter: 'properties.contents.quantity', defaults: ['quantity'] },
};

/**
 * Fields that fill no parameter: the name of the event, the contents and the test event code have their own way, and
 * `event_channel` was of the first version, whose mappings still hold it: nothing is sent of it any more.
 */
export const OTHER_FIELDS: ReadonlySet<string> = new Set([
  'event',
  'contents',
  'test_event_code',
  'event_channel',
]);

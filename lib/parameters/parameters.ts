// The parameters of a TikTok event: what each is, and where in a Segment event it comes from by default.
// TikTok, "Events API 2.0 parameters": https://business-api.tiktok.com/portal/docs?id=1771101151059969
import type { ParameterTable } from './definitions';

/** Every parameter, by the object that it stands in. */
export const PARAMETERS = {
  event: {
    event_id: {
      from: 'messageId',
      type: 'eventId',
      description: 'Identifies the event. TikTok counts events with the same name and ID once.',
    },
    event_time: {
      from: 'timestamp ?? originalTimestamp',
      type: 'time',
      description: 'When the event happened. Defaults to the time at which the function handles it.',
    },
    limited_data_use: {
      from: 'properties.limited_data_use',
      type: 'limitedDataUse',
      description:
        "Whether TikTok must limit its use of the event's data. Defaults to the setting Limited Data Use.",
    },
  },
  phone: {
    country: {
      from: '',
      type: 'phoneCountry',
      description: "The country of the event's phone numbers; overrides Default Country. It is not sent.",
    },
  },
  user: {
    email: {
      from: 'properties.email ?? context.traits.email ?? traits.email',
      type: 'email',
      description: "The customer's email addresses, hashed.",
    },
    phone: {
      from: 'properties.phone ?? context.traits.phone ?? traits.phone',
      type: 'phone',
      description: "The customer's phone numbers in E.164, hashed.",
    },
    external_id: {
      from: 'userId ?? anonymousId',
      type: 'externalId',
      description: 'Your own IDs for the customer, hashed.',
    },
    first_name: { from: '', type: 'name', description: "The customer's first name, hashed." },
    last_name: { from: '', type: 'name', description: "The customer's last name, hashed." },
    zip_code: { from: '', type: 'postcode', description: "The customer's postcode, hashed." },
    city: { from: '', type: 'city', description: "The customer's city." },
    state: { from: '', type: 'state', description: "The customer's state or region." },
    country: {
      from: '',
      type: 'country',
      description: "The customer's country: two letters, or its English name.",
    },
    ttclid: {
      from: 'properties.ttclid ?? integrations["TikTok Offline Conversions"].ttclid ?? context.page.url ?? context.page.search ?? context.page.referrer',
      type: 'clickId',
      description: "TikTok's click ID, on its own or in the `ttclid` parameter of a URL.",
    },
    ttp: {
      from: 'properties.ttp ?? integrations["TikTok Offline Conversions"].ttp',
      type: 'id',
      description: "The ID in the TikTok pixel's cookie `_ttp`.",
    },
    lead_id: {
      from: 'properties.lead_id',
      type: 'id',
      only: 'offline',
      description: 'The ID of a TikTok lead, for an offline event set.',
    },
    ip: { from: 'context.ip', type: 'ip', description: "The customer's IP address." },
    user_agent: { from: 'context.userAgent', type: 'technical', description: "The customer's browser." },
    locale: {
      from: 'context.locale',
      type: 'technical',
      description: "The customer's language and country.",
    },
  },
  properties: {
    contents: {
      from: 'properties.products ?? properties',
      type: 'contents',
      description: 'The products. An event with its own `product_id` or `sku` counts as one product.',
    },
    content_type: {
      from: 'properties.content_type ?? "product"',
      type: 'contentType',
      description:
        '`product` or `product_group`; in travel `hotel`, `flight` or `destination`; for cars `vehicle`.',
    },
    value: {
      from: 'properties.value ?? properties.revenue ?? properties.total',
      type: 'number',
      description: 'What the conversion is worth, in its currency.',
    },
    currency: { from: 'properties.currency', type: 'currency', description: 'The currency, in ISO 4217.' },
    search_string: { from: 'properties.query', type: 'text', description: 'What was searched for.' },
    query: { from: '', type: 'text', description: 'The older name of `properties.search_string`.' },
    content_ids: { from: '', type: 'ids', description: 'The IDs of the products, and nothing else.' },
    num_items: { from: '', type: 'number', description: 'The total number of items.' },
    description: { from: '', type: 'text', description: 'A description of the conversion.' },
    order_id: { from: 'properties.order_id', type: 'id', description: "The order's ID." },
    shop_id: { from: 'properties.shop_id', type: 'id', description: "The shop's ID." },
  },
  contents: {
    content_id: {
      from: 'product_id ?? sku ?? id',
      type: 'id',
      // The event's own `id` may be anything's.
      ofEvent: 'product_id ?? sku',
      description: "The product's ID. An event's own `id` is not used.",
    },
    content_name: {
      from: 'name',
      type: 'text',
      description:
        "The product's name. An event's own `name` is used only for product events, such as Product Viewed.",
      mayBePersons: true,
    },
    content_category: { from: 'category', type: 'text', description: "The product's category." },
    brand: { from: 'brand', type: 'text', description: "The product's brand." },
    price: { from: 'price', type: 'number', description: 'The price of one item.' },
    quantity: { from: 'quantity', type: 'number', description: 'The number of items.' },
  },
  page: {
    url: {
      from: 'context.page.url',
      type: 'url',
      description: "The page's URL. The query is removed if it contains personal data.",
    },
    referrer: {
      from: 'context.page.referrer',
      type: 'url',
      description: 'The URL of the previous page. The query is removed if it contains personal data.',
    },
  },
  lead: {
    lead_id: {
      from: 'properties.lead_id',
      type: 'leadId',
      only: 'crm',
      description: 'The ID of a lead, for a CRM event set.',
    },
    lead_event_source: {
      from: '',
      type: 'text',
      only: 'crm',
      description: 'Where the lead comes from, such as the name of the CRM, for a CRM event set.',
    },
  },
} as const satisfies ParameterTable;

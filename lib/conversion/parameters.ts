// The parameters of a TikTok event: what each is, and where in a Segment event it comes from by default.
// TikTok, "Events API 2.0 parameters": https://business-api.tiktok.com/portal/docs?id=1771101151059969
import type { SegmentEvent } from '@segment/analytics-next';
import type { Group, PayloadFields } from '../tiktok/payload';
import type { READERS, TypeName } from './readers';

/** A parameter. */
export interface Definition<Type extends TypeName = TypeName, From extends string = string> {
  /** Its default source, an expression; if blank, only a mapping sends the parameter. */
  readonly from: From;
  /** How its value is read. */
  readonly type: Type;
  /** What TikTok takes it for; the documentation and the tester show this. */
  readonly description: string;
}

/** Begins with a field of a Segment event as analytics.js has them; another does not compile. */
type EventSource =
  '' | `${Extract<keyof SegmentEvent, string>}${'' | `${'.' | ' '}${string}`}` | `"${string}"`;

/** The types whose readers give what TikTok takes. */
type TypeFor<Value> = {
  [T in TypeName]: NonNullable<ReturnType<(typeof READERS)[T]['read']>> extends Value ? T : never;
}[TypeName];

/** Every parameter, by the object that it stands in. A source of `contents` begins at the item, any other at the event. */
export const PARAMETERS = {
  event: {
    event_id: {
      from: 'messageId',
      type: 'id',
      description: 'Tells events apart: TikTok counts an event with the same name and ID once.',
    },
    event_time: {
      from: 'timestamp',
      type: 'time',
      description: 'When it happened; the time of handling if the event does not say.',
    },
    limited_data_use: {
      from: 'properties.limited_data_use',
      type: 'limitedDataUse',
      description: 'Whether TikTok must limit its use of the event; the setting if the event does not say.',
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
      type: 'hashes',
      description: 'Your own IDs of the customer, hashed.',
    },
    first_name: { from: '', type: 'hash', description: "The customer's first name, hashed." },
    last_name: { from: '', type: 'hash', description: "The customer's last name, hashed." },
    zip_code: { from: '', type: 'hash', description: "The customer's postcode, hashed." },
    city: { from: '', type: 'text', description: "The customer's city." },
    state: { from: '', type: 'text', description: "The customer's state or region." },
    country: { from: '', type: 'text', description: "The customer's country." },
    ttclid: {
      from: 'properties.ttclid ?? integrations["TikTok Offline Conversions"].ttclid ?? context.page.url',
      type: 'clickId',
      description: "TikTok's click ID, also out of the `ttclid` of a URL.",
    },
    ttp: {
      from: 'properties.ttp ?? integrations["TikTok Offline Conversions"].ttp',
      type: 'text',
      description: "The ID in the TikTok pixel's cookie `_ttp`.",
    },
    lead_id: {
      from: 'properties.lead_id',
      type: 'text',
      description: 'The ID of a TikTok lead.',
    },
    ip: { from: 'context.ip', type: 'text', description: "The customer's IP address." },
    user_agent: { from: 'context.userAgent', type: 'text', description: "The customer's browser." },
    locale: { from: 'context.locale', type: 'text', description: "The customer's language and country." },
  },
  properties: {
    contents: {
      from: 'properties.products ?? properties',
      type: 'contents',
      description: 'The products; an event with a `product_id` or `sku` of its own is its own product.',
    },
    content_type: {
      from: '"product"',
      type: 'contentType',
      description: 'Whether the IDs of the contents are those of products or of product groups.',
    },
    value: {
      from: 'properties.value ?? properties.revenue ?? properties.total',
      type: 'number',
      description: 'What the conversion is worth, in its currency.',
    },
    currency: { from: 'properties.currency', type: 'currency', description: 'The currency, in ISO 4217.' },
    query: { from: 'properties.query', type: 'text', description: 'What was searched for.' },
    description: { from: '', type: 'text', description: 'A description of the conversion.' },
    order_id: { from: 'properties.order_id', type: 'text', description: "The order's ID." },
    shop_id: { from: 'properties.shop_id', type: 'text', description: "The shop's ID." },
  },
  contents: {
    content_id: { from: 'product_id ?? sku', type: 'text', description: "The product's ID." },
    content_name: { from: 'name', type: 'text', description: "The product's name." },
    content_category: { from: 'category', type: 'text', description: "The product's category." },
    brand: { from: 'brand', type: 'text', description: "The product's brand." },
    price: { from: 'price', type: 'number', description: 'The price of one of them.' },
    quantity: { from: 'quantity', type: 'number', description: 'How many of them.' },
  },
  page: {
    url: {
      from: 'context.page.url',
      type: 'url',
      description: "The page's URL, without its query if there is personal data in it.",
    },
    referrer: { from: 'context.page.referrer', type: 'url', description: 'The page before, likewise.' },
  },
} as const satisfies {
  readonly [G in Group]: {
    readonly [F in keyof PayloadFields[G]]: Definition<
      TypeFor<PayloadFields[G][F]>,
      G extends 'contents' ? string : EventSource
    >;
  };
};

const PREFIXES: Readonly<Record<Group, string>> = {
  event: '',
  user: 'user.',
  properties: 'properties.',
  contents: 'properties.contents.',
  page: 'page.',
};

/** Every parameter with its name, as TikTok's payload spells it: `user.email`. */
export const DEFINITIONS: readonly (Definition & {
  readonly name: string;
  readonly group: Group;
  readonly field: string;
})[] = (['event', 'user', 'properties', 'contents', 'page'] as const).flatMap((group) =>
  Object.entries<Definition>(PARAMETERS[group]).map(([field, definition]) => ({
    ...definition,
    name: PREFIXES[group] + field,
    group,
    field,
  })),
);

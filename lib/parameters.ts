// The parameters of a TikTok event: what each is, and where in a Segment event it comes from by default.
// https://business-api.tiktok.com/portal/docs?id=1771100815832065
import type { SegmentEvent } from '@segment/analytics-next';
import { emailAddress, hash, hashAll, hashOne, phoneNumber, plainIdentifier } from './identity';
import { evaluate, type Expression } from './expression';
import { listOf } from './record';
import { holdsPersonalData } from './privacy';
import { booleanOf, clickIdOf, currencyOf, decode, numberOf, textOf, timeOf } from './values';

/** What a value is read with, beside the value itself. */
export interface Reading {
  /** The time of handling in milliseconds, for an event that has none. */
  readonly now: number;
  /** For phone numbers without a country code: ISO 3166-1, two upper-case letters. */
  readonly defaultCountry: string | undefined;
  /** For an event that does not say. */
  readonly limitedDataUse: boolean | undefined;
  /** The event's phone numbers as `numbersWithin` gives them: no text that is sent may hold one. */
  readonly phones: readonly string[];
  /** The parameters of an item in `properties.contents`. */
  readonly items: readonly Parameter[];
}

/** A text without personal data: TikTok gets that hashed, or not at all. */
function readText(value: unknown, { phones }: Reading): string | undefined {
  const text = textOf(value);
  return text === undefined || holdsPersonalData(text, phones) ? undefined : text;
}

/** How a value, `undefined` where there is none, becomes what TikTok accepts; `undefined` is not sent. */
export const TYPES = {
  email: (value: unknown) => hashAll(value, emailAddress),
  phone: (value: unknown, { defaultCountry }: Reading) =>
    hashAll(value, (text) => phoneNumber(text, defaultCountry)),
  identifiers: (value: unknown) => hashAll(value, plainIdentifier),
  identifier: (value: unknown) => hashOne(value, plainIdentifier),
  text: readText,
  /** Opaque, and needed to tell events apart: one with personal data in it is hashed instead of left out. */
  id: (value: unknown, { phones }: Reading) => {
    const text = textOf(value);
    return text !== undefined && holdsPersonalData(text, phones) ? hash(text) : text;
  },
  /** Without its query and fragment where there is personal data in them. */
  url: (value: unknown, { phones }: Reading) =>
    [textOf(value), textOf(value)?.replace(/[?#].*$/s, '')].find(
      (url) => url !== undefined && !holdsPersonalData(decode(url), phones),
    ),
  number: numberOf,
  /** Where an event says something else than yes or no, the setting counts: a wish for privacy is not dropped. */
  limitedDataUse: (value: unknown, { limitedDataUse }: Reading) => booleanOf(value) ?? limitedDataUse,
  time: (value: unknown, { now }: Reading) => timeOf(value ?? now),
  currency: currencyOf,
  clickId: (value: unknown, reading: Reading) => readText(clickIdOf(value), reading),
  /** An array's objects, or an object that names a product itself. */
  contents: (value: unknown, reading: Reading) => {
    const contents = listOf(value)
      .map((item) => readParameters(reading.items, item, reading))
      .filter((item) => Object.keys(item).length > 0 && (Array.isArray(value) || 'content_id' in item));
    return contents.length > 0 ? contents : undefined;
  },
  /** For a name of the workspace's own: a text, a number or a boolean. */
  custom: (value: unknown, reading: Reading) =>
    typeof value === 'boolean' || typeof value === 'number' ? value : readText(value, reading),
} as const satisfies Record<string, (value: unknown, reading: Reading) => unknown>;
export type TypeName = keyof typeof TYPES;

/** What TikTok takes, by group and field. Clear text in the place of a hash does not compile. */
interface Sent {
  '': {
    event_id: string;
    event_time: number;
    limited_data_use: boolean;
  };
  user: {
    email: readonly Sha256[];
    phone: readonly Sha256[];
    external_id: readonly Sha256[];
    first_name: Sha256;
    last_name: Sha256;
    zip_code: Sha256;
    city: string;
    state: string;
    country: string;
    ttclid: string;
    ttp: string;
    lead_id: string;
    ip: string;
    user_agent: string;
    locale: string;
  };
  properties: {
    contents: readonly Readonly<Record<string, unknown>>[];
    content_type: string;
    value: number;
    currency: string;
    query: string;
    description: string;
    order_id: string;
    shop_id: string;
  };
  'properties.contents': {
    content_id: string;
    content_name: string;
    content_category: string;
    brand: string;
    price: number;
    quantity: number;
  };
  page: {
    url: string;
    referrer: string;
  };
}

/** `user.email` is the field `email` of the group `user`; each item of the contents is a group too. */
export type Group = keyof Sent;
export const GROUPS: readonly Group[] = ['', 'user', 'properties', 'properties.contents', 'page'];

/** A parameter's type and default source, an expression; one without a source is sent only if it is mapped. */
export type Definition<Type extends TypeName = TypeName, Source extends string = string> = readonly [
  type: Type,
  source?: Source,
];
type TypeFor<Value> = {
  [T in TypeName]: NonNullable<ReturnType<(typeof TYPES)[T]>> extends Value ? T : never;
}[TypeName];
/** Begins with a field of a Segment event as analytics.js has them, so that a typing error does not compile. */
type EventSource = `${keyof SegmentEvent & string}${'' | `${'.' | ' '}${string}`}` | `"${string}"`;

/** Every parameter. A source in `properties.contents` begins at the item, every other one at the event. */
export const PARAMETERS = {
  '': {
    event_id: ['id', 'messageId'],
    event_time: ['time', 'timestamp'],
    limited_data_use: ['limitedDataUse', 'properties.limited_data_use'],
  },
  user: {
    email: ['email', 'properties.email ?? context.traits.email ?? traits.email'],
    phone: ['phone', 'properties.phone ?? context.traits.phone ?? traits.phone'],
    external_id: ['identifiers', 'userId ?? anonymousId'],
    first_name: ['identifier'],
    last_name: ['identifier'],
    zip_code: ['identifier'],
    city: ['text'],
    state: ['text'],
    country: ['text'],
    ttclid: [
      'clickId',
      'properties.ttclid ?? integrations["TikTok Offline Conversions"].ttclid ?? context.page.url',
    ],
    ttp: ['text', 'properties.ttp ?? integrations["TikTok Offline Conversions"].ttp'],
    lead_id: ['text', 'properties.lead_id'],
    ip: ['text', 'context.ip'],
    user_agent: ['text', 'context.userAgent'],
    locale: ['text', 'context.locale'],
  },
  properties: {
    contents: ['contents', 'properties.products ?? properties'],
    content_type: ['text', '"product"'],
    value: ['number', 'properties.value ?? properties.revenue ?? properties.total'],
    currency: ['currency', 'properties.currency'],
    query: ['text', 'properties.query'],
    description: ['text'],
    order_id: ['text', 'properties.order_id'],
    shop_id: ['text', 'properties.shop_id'],
  },
  'properties.contents': {
    content_id: ['text', 'product_id ?? sku'],
    content_name: ['text', 'name'],
    content_category: ['text', 'category'],
    brand: ['text', 'brand'],
    price: ['number', 'price'],
    quantity: ['number', 'quantity'],
  },
  page: {
    url: ['url', 'context.page.url'],
    referrer: ['url', 'context.page.referrer'],
  },
} as const satisfies {
  readonly [G in Group]: {
    readonly [F in keyof Sent[G]]: Definition<
      TypeFor<Sent[G][F]>,
      G extends 'properties.contents' ? string : EventSource
    >;
  };
};

/** A parameter ready to be read. */
export interface Parameter {
  /** As TikTok's payload spells it: `user.email`. */
  readonly name: string;
  readonly group: Group;
  readonly field: string;
  readonly type: TypeName;
  readonly source: Expression;
}

/** Reads those of the parameters that there is something for, by field. */
export function readParameters(
  parameters: readonly Parameter[],
  root: unknown,
  reading: Reading,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const { field, type, source } of parameters) {
    const value = TYPES[type](evaluate(source, root), reading);
    if (value !== undefined) fields[field] = value;
  }
  return fields;
}

// The parameters of a TikTok event: what each is, and where in a Segment event it comes from by default.
// https://business-api.tiktok.com/portal/docs?id=1771100815832065
import type { SegmentEvent } from '@segment/analytics-next';
import { emailAddress, hash, hashAll, hashOne, phoneNumber, plainIdentifier } from './identity';
import { evaluate, type Expression } from './expression';
import { listOf } from './record';
import { holdsPersonalData } from './privacy';
import { booleanOf, clickIdOf, currencyOf, decode, numberOf, textOf, timeOf } from './values';

/** One of the items of `properties.contents`. */
export type Content = Readonly<Record<string, unknown>>;

/** What a value is read with, beside the value itself. */
export interface Reading {
  /** For phone numbers without a country code: ISO 3166-1, two upper-case letters. */
  readonly defaultCountry: string | undefined;
  /** The event's phone numbers as `numbersWithin` gives them: no text that is sent may hold one. */
  readonly phones: readonly string[];
  /** The parameters of the items in `properties.contents`. */
  readonly items: readonly Parameter[];
}

/** A text without personal data: TikTok gets that hashed, or not at all. */
function readText(value: unknown, { phones }: Reading): string | undefined {
  const text = textOf(value);
  return text === undefined || holdsPersonalData(text, phones) ? undefined : text;
}

/** How a value becomes what TikTok accepts; `undefined` leaves it out. */
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
  boolean: booleanOf,
  time: timeOf,
  currency: currencyOf,
  clickId: (value: unknown, reading: Reading) => readText(clickIdOf(value), reading),
  /** An array's objects, or an object that names a product itself. */
  contents: (value: unknown, reading: Reading) => {
    const contents = listOf(value)
      .map((item) => readParameters(reading.items, item, reading))
      .filter((item) => Object.keys(item).length > 0 && (Array.isArray(value) || 'content_id' in item));
    return contents.length > 0 ? contents : undefined;
  },
  /** For a name of the workspace's own: a text, a number, a boolean, or an array of them. */
  custom: (value: unknown, reading: Reading) => {
    const values = listOf(value)
      .map((item) => (typeof item === 'number' || typeof item === 'boolean' ? item : readText(item, reading)))
      .filter((item) => item !== undefined);
    return Array.isArray(value) ? (values.length > 0 ? values : undefined) : values[0];
  },
} as const satisfies Record<string, (value: unknown, reading: Reading) => unknown>;
export type TypeName = keyof typeof TYPES;

/** What TikTok takes, by parameter. Clear text in the place of a hash does not compile. */
interface Sent {
  event_id: string;
  event_time: number;
  'user.email': readonly Sha256[];
  'user.phone': readonly Sha256[];
  'user.external_id': readonly Sha256[];
  'user.first_name': Sha256;
  'user.last_name': Sha256;
  'user.zip_code': Sha256;
  'user.city': string;
  'user.state': string;
  'user.country': string;
  'user.ttclid': string;
  'user.ttp': string;
  'user.lead_id': string;
  'user.ip': string;
  'user.user_agent': string;
  'user.locale': string;
  'properties.contents': readonly Content[];
  'properties.contents.content_id': string;
  'properties.contents.content_name': string;
  'properties.contents.content_category': string;
  'properties.contents.brand': string;
  'properties.contents.price': number;
  'properties.contents.quantity': number;
  'properties.content_type': string;
  'properties.value': number;
  'properties.currency': string;
  'properties.query': string;
  'properties.description': string;
  'properties.order_id': string;
  'properties.shop_id': string;
  'page.url': string;
  'page.referrer': string;
  limited_data_use: boolean;
}
export type ParameterName = keyof Sent;
type TypeFor<Value> = {
  [T in TypeName]: NonNullable<ReturnType<(typeof TYPES)[T]>> extends Value ? T : never;
}[TypeName];

/** Begins with a field of a Segment event as analytics.js has them, so that a typing error does not compile. */
type EventSource = `${keyof SegmentEvent & string}${'' | `${'.' | '['}${string}` | ` ?? ${string}`}` | `"${string}"`;

interface Definition<Value, Source extends string> {
  readonly type: TypeFor<Value>;
  /** An expression; for an item's parameter, one that begins at the item. A parameter without is sent if mapped. */
  readonly source?: Source;
}

/**
 * Every parameter with its type and default source. An email address that is present but no email address does not
 * give way to the next source: what was meant to be sent is not replaced by a guess.
 */
export const PARAMETERS = {
  event_id: { type: 'id', source: 'messageId' },
  event_time: { type: 'time', source: 'timestamp' },
  'user.email': { type: 'email', source: 'properties.email ?? context.traits.email ?? traits.email' },
  'user.phone': { type: 'phone', source: 'properties.phone ?? context.traits.phone ?? traits.phone' },
  'user.external_id': { type: 'identifiers', source: 'userId ?? anonymousId' },
  'user.first_name': { type: 'identifier' },
  'user.last_name': { type: 'identifier' },
  'user.zip_code': { type: 'identifier' },
  'user.city': { type: 'text' },
  'user.state': { type: 'text' },
  'user.country': { type: 'text' },
  'user.ttclid': {
    type: 'clickId',
    source: 'properties.ttclid ?? integrations["TikTok Offline Conversions"].ttclid ?? context.page.url',
  },
  'user.ttp': { type: 'text', source: 'properties.ttp ?? integrations["TikTok Offline Conversions"].ttp' },
  'user.lead_id': { type: 'text', source: 'properties.lead_id' },
  'user.ip': { type: 'text', source: 'context.ip' },
  'user.user_agent': { type: 'text', source: 'context.userAgent' },
  'user.locale': { type: 'text', source: 'context.locale' },
  'properties.contents': { type: 'contents', source: 'properties.products ?? properties' },
  'properties.contents.content_id': { type: 'text', source: 'product_id ?? sku' },
  'properties.contents.content_name': { type: 'text', source: 'name' },
  'properties.contents.content_category': { type: 'text', source: 'category' },
  'properties.contents.brand': { type: 'text', source: 'brand' },
  'properties.contents.price': { type: 'number', source: 'price' },
  'properties.contents.quantity': { type: 'number', source: 'quantity' },
  'properties.content_type': { type: 'text', source: '"product"' },
  'properties.value': { type: 'number', source: 'properties.value ?? properties.revenue ?? properties.total' },
  'properties.currency': { type: 'currency', source: 'properties.currency' },
  'properties.query': { type: 'text', source: 'properties.query' },
  'properties.description': { type: 'text' },
  'properties.order_id': { type: 'text', source: 'properties.order_id' },
  'properties.shop_id': { type: 'text', source: 'properties.shop_id' },
  'page.url': { type: 'url', source: 'context.page.url' },
  'page.referrer': { type: 'url', source: 'context.page.referrer' },
  limited_data_use: { type: 'boolean', source: 'properties.limited_data_use' },
} as const satisfies {
  readonly [P in ParameterName]: Definition<Sent[P], P extends `properties.contents.${string}` ? string : EventSource>;
};

export type Group = 'event' | 'user' | 'properties' | 'page' | 'item';

/** A parameter ready to be read: `user.email` is the field `email` of the group `user`. */
export interface Parameter {
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
    const value = evaluate(source, root);
    const read = value === undefined ? undefined : TYPES[type](value, reading);
    if (read !== undefined) fields[field] = read;
  }
  return fields;
}

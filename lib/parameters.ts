// The parameters of a TikTok event: what each is, and where in a Segment event it comes from by default.
// https://business-api.tiktok.com/portal/docs?id=1771100815832065
import type { SegmentEvent } from '@segment/analytics-next';
import { emailAddress, hash, hashAll, hashOne, phoneNumber } from './identity';
import { evaluate, type Expression } from './expression';
import { isRecord, listOf } from './record';
import { isPersonal, type Phone } from './privacy';
import type { Settings } from './settings';
import { booleanOf, clickIdOf, currencyOf, matching, numberOf, some, textOf, timeOf } from './values';

/** The group of the parameters that an item has. */
export const CONTENTS = 'properties.contents';

/** What a value is read with, beside the value itself. */
export interface Reading {
  /** The whole event, also where an item of it is read. */
  readonly event: unknown;
  /** The time of handling in milliseconds, for an event that has none. */
  readonly now: number;
  readonly settings: Settings;
  /** The event's phone numbers: no text that is sent may hold one. */
  readonly phones: readonly Phone[];
  /** The parameters that are sent. */
  readonly groups: Groups;
}

/** A text without personal data: TikTok gets that hashed, or not at all. */
function readText(value: unknown, { phones }: Reading): string | undefined {
  const text = textOf(value);
  return isPersonal(text, phones) ? undefined : some(text);
}

/** A number that is not a phone number of the event's in the wrong place. */
function readNumber(value: unknown, { phones }: Reading): number | undefined {
  const number = numberOf(value);
  // Of no number it makes a word without digits.
  return isPersonal(String(number), phones) ? undefined : number;
}

/** An array's objects, or an object that names a product itself. */
function readContents(value: unknown, reading: Reading): readonly Fields[] | undefined {
  const contents: Fields[] = [];
  for (const item of listOf(value).filter(isRecord)) {
    const content = readFields(CONTENTS, reading, item);
    if (content && (Array.isArray(value) || 'content_id' in content)) contents.push(content);
  }
  return contents[0] && contents;
}

/**
 * How a value, `undefined` where there is none, becomes what TikTok accepts; `undefined` is not sent.
 *
 * An `id` is opaque, and needed to tell events apart: one with personal data in it is hashed instead of left out. A
 * `url` goes without its query and fragment where there is personal data in them. Where an event says neither yes nor
 * no to limited data use, the setting counts: a wish for privacy is not dropped.
 */
export const TYPES = {
  email: (value: unknown) => hashAll(value, emailAddress),
  phone: (value: unknown, { settings }: Reading) => hashAll(value, phoneNumber, settings.defaultCountry),
  hashes: (value: unknown) => hashAll(value, some),
  hash: (value: unknown) => hashOne(value, some),
  text: readText,
  id: (value: unknown, { phones }: Reading) => {
    const text = textOf(value);
    return isPersonal(text, phones) ? hash(text) : some(text);
  },
  url: (value: unknown, reading: Reading) =>
    readText(value, reading) ?? readText(textOf(value).replace(/[?#].*$/s, ''), reading),
  clickId: (value: unknown, reading: Reading) => readText(clickIdOf(value), reading),
  contentType: (value: unknown) => matching(textOf(value).toLowerCase(), /^product(?:_group)?$/),
  currency: currencyOf,
  number: readNumber,
  time: (value: unknown, { now }: Reading) => (value === undefined ? Math.floor(now / 1000) : timeOf(value)),
  limitedDataUse: (value: unknown, { settings }: Reading) => booleanOf(value) ?? settings.limitedDataUse,
  contents: readContents,
  // For a name of the workspace's own.
  custom: (value: unknown, reading: Reading) =>
    typeof value === 'boolean' ? value : (typeof value === 'number' ? readNumber : readText)(value, reading),
} as const satisfies Record<string, (value: unknown, reading: Reading) => unknown>;
export type TypeName = keyof typeof TYPES;

/** What TikTok takes, by group. Clear text in the place of a hash does not compile. */
interface Sent {
  /** The event's own. */
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
    contents: readonly Fields[];
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
type TypeFor<Value> = {
  [T in TypeName]: NonNullable<ReturnType<(typeof TYPES)[T]>> extends Value ? T : never;
}[TypeName];

/** A parameter's default source, an expression (where it is blank, only a mapping sends it), and type, if not text. */
export type Definition<Type extends TypeName = TypeName, Source extends string = string> = readonly [
  source: Source,
  ...type: 'text' extends Type ? [Type?] : [Type],
];
/** Begins with a field of a Segment event as analytics.js has them; another does not compile. */
type EventSource =
  '' | `${Extract<keyof SegmentEvent, string>}${'' | `${'.' | ' '}${string}`}` | `"${string}"`;

/** Every parameter, by group. A source within `properties.contents` begins at the item, every other one at the event. */
export const PARAMETERS = {
  '': {
    event_id: ['messageId', 'id'],
    event_time: ['timestamp', 'time'],
    limited_data_use: ['properties.limited_data_use', 'limitedDataUse'],
  },
  user: {
    email: ['properties.email ?? context.traits.email ?? traits.email', 'email'],
    phone: ['properties.phone ?? context.traits.phone ?? traits.phone', 'phone'],
    external_id: ['userId ?? anonymousId', 'hashes'],
    first_name: ['', 'hash'],
    last_name: ['', 'hash'],
    zip_code: ['', 'hash'],
    city: [''],
    state: [''],
    country: [''],
    ttclid: [
      'properties.ttclid ?? integrations["TikTok Offline Conversions"].ttclid ?? context.page.url',
      'clickId',
    ],
    ttp: ['properties.ttp ?? integrations["TikTok Offline Conversions"].ttp'],
    lead_id: ['properties.lead_id'],
    ip: ['context.ip'],
    user_agent: ['context.userAgent'],
    locale: ['context.locale'],
  },
  properties: {
    contents: ['properties.products ?? properties', 'contents'],
    content_type: ['"product"', 'contentType'],
    value: ['properties.value ?? properties.revenue ?? properties.total', 'number'],
    currency: ['properties.currency', 'currency'],
    query: ['properties.query'],
    description: [''],
    order_id: ['properties.order_id'],
    shop_id: ['properties.shop_id'],
  },
  [CONTENTS]: {
    content_id: ['product_id ?? sku'],
    content_name: ['name'],
    content_category: ['category'],
    brand: ['brand'],
    price: ['price', 'number'],
    quantity: ['quantity', 'number'],
  },
  page: {
    url: ['context.page.url', 'url'],
    referrer: ['context.page.referrer', 'url'],
  },
} as const satisfies {
  readonly [G in keyof Sent]: {
    readonly [F in keyof Sent[G]]: Definition<
      TypeFor<Sent[G][F]>,
      G extends typeof CONTENTS ? string : EventSource
    >;
  };
};

/** A parameter ready to be read. */
export interface Parameter {
  /** As TikTok's payload spells it: `user.email`. */
  readonly name: string;
  readonly group: string;
  readonly field: string;
  readonly type: TypeName;
  /** That of its type, looked up once instead of for each value. */
  readonly read: (value: unknown, reading: Reading) => unknown;
  readonly source: Expression;
}

/** Parameters by their group. */
export type Groups = Readonly<Record<string, readonly Parameter[]>>;

/** What is sent of an object, by field. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the parameters of a group, by field, from the event or an item of it; `undefined` where there is nothing for
 * any of them.
 */
export function readFields(group: string, reading: Reading, root = reading.event): Fields | undefined {
  let fields: Record<string, unknown> | undefined;
  for (const { field, read, source } of reading.groups[group] ?? []) {
    const value = read(evaluate(source, root), reading);
    if (value !== undefined) (fields ??= {})[field] = value;
  }
  return fields;
}

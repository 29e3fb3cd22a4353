// The parameters of a TikTok event: what each is, and where in a Segment event it comes from by default.
// https://business-api.tiktok.com/portal/docs?id=1771100815832065
import type { SegmentEvent } from '@segment/analytics-next';
import { emailAddress, hash, hashAll, hashOne, phoneNumber, plainIdentifier } from './identity';
import { evaluate, type Expression } from './expression';
import { isRecord, listOf } from './record';
import { holdsPersonalData } from './privacy';
import type { Settings } from './settings';
import { booleanOf, clickIdOf, currencyOf, matching, numberOf, textOf, timeOf } from './values';

/** The group of the parameters that an item has. */
export const CONTENTS = 'properties.contents';

/** What a value is read with, beside the value itself. */
export interface Reading {
  /** The time of handling in milliseconds, for an event that has none. */
  readonly now: number;
  readonly settings: Pick<Settings, 'defaultCountry' | 'limitedDataUse'>;
  /** The event's phone numbers as `phoneTail` gives them: no text that is sent may hold one. */
  readonly phones: readonly string[];
  /** The parameters of the items in `properties.contents`. */
  readonly items: readonly Parameter[];
}

/** A text without personal data: TikTok gets that hashed, or not at all. */
function readText(value: unknown, { phones }: Reading): string | undefined {
  const text = textOf(value);
  return text === undefined || holdsPersonalData(text, phones) ? undefined : text;
}

/** Opaque, and needed to tell events apart: one with personal data in it is hashed instead of left out. */
function readId(value: unknown, { phones }: Reading): string | undefined {
  const text = textOf(value);
  return text !== undefined && holdsPersonalData(text, phones) ? hash(text) : text;
}

/** Without its query and fragment where there is personal data in them. */
function readUrl(value: unknown, { phones }: Reading): string | undefined {
  const url = textOf(value) ?? '';
  return [url, url.replace(/[?#].*$/s, '')].find((text) => text !== '' && !holdsPersonalData(text, phones));
}

/** An array's objects, or an object that names a product itself. */
function readContents(value: unknown, reading: Reading): readonly Fields[] | undefined {
  const contents: Fields[] = [];
  for (const item of listOf(value).filter(isRecord)) {
    const content = readParameters(reading.items, item, reading)[CONTENTS];
    if (content !== undefined && (Array.isArray(value) || 'content_id' in content)) contents.push(content);
  }
  return contents.length > 0 ? contents : undefined;
}

/** A number that is not a phone number of the event's in the wrong place. */
function readNumber(value: unknown, { phones }: Reading): number | undefined {
  const number = numberOf(value);
  return number === undefined || holdsPersonalData(String(number), phones) ? undefined : number;
}

/** A boolean, a number or a text for a name of the workspace's own. */
function readCustom(value: unknown, reading: Reading): unknown {
  if (typeof value === 'boolean') return value;
  return typeof value === 'number' ? readNumber(value, reading) : readText(value, reading);
}

/**
 * How a value, `undefined` where there is none, becomes what TikTok accepts; `undefined` is not sent. Where an event
 * says neither yes nor no to limited data use, the setting counts: a wish for privacy is not dropped.
 */
const TYPES = {
  email: (value: unknown) => hashAll(value, emailAddress),
  phone: (value: unknown, { settings }: Reading) =>
    hashAll(value, (text) => phoneNumber(text, settings.defaultCountry)),
  identifiers: (value: unknown) => hashAll(value, plainIdentifier),
  identifier: (value: unknown) => hashOne(value, plainIdentifier),
  text: readText,
  id: readId,
  url: readUrl,
  clickId: (value: unknown, reading: Reading) => readText(clickIdOf(value), reading),
  contentType: (value: unknown) => matching(textOf(value)?.toLowerCase(), /^product(?:_group)?$/),
  currency: currencyOf,
  number: readNumber,
  time: (value: unknown, { now }: Reading) => timeOf(value ?? now),
  limitedDataUse: (value: unknown, { settings }: Reading) => booleanOf(value) ?? settings.limitedDataUse,
  contents: readContents,
  custom: readCustom,
} as const satisfies Record<string, (value: unknown, reading: Reading) => unknown>;
export type TypeName = keyof typeof TYPES;

/** What TikTok takes. Clear text in the place of a hash does not compile. */
interface Sent {
  event_id: string;
  event_time: number;
  limited_data_use: boolean;
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
  'properties.contents': readonly Fields[];
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
}
type TypeFor<Value> = {
  [T in TypeName]: NonNullable<ReturnType<(typeof TYPES)[T]>> extends Value ? T : never;
}[TypeName];

/** A parameter's type and default source, an expression; one without a source is sent only if it is mapped. */
export type Definition<Type extends TypeName = TypeName, Source extends string = string> = readonly [
  type: Type,
  source?: Source,
];
/** Begins with a field of a Segment event as analytics.js has them; another does not compile. */
type EventSource = `${Extract<keyof SegmentEvent, string>}${'' | `${'.' | ' '}${string}`}` | `"${string}"`;

/** Every parameter. A source within `properties.contents` begins at the item, every other one at the event. */
export const PARAMETERS = {
  event_id: ['id', 'messageId'],
  event_time: ['time', 'timestamp'],
  limited_data_use: ['limitedDataUse', 'properties.limited_data_use'],
  'user.email': ['email', 'properties.email ?? context.traits.email ?? traits.email'],
  'user.phone': ['phone', 'properties.phone ?? context.traits.phone ?? traits.phone'],
  'user.external_id': ['identifiers', 'userId ?? anonymousId'],
  'user.first_name': ['identifier'],
  'user.last_name': ['identifier'],
  'user.zip_code': ['identifier'],
  'user.city': ['text'],
  'user.state': ['text'],
  'user.country': ['text'],
  // prettier-ignore
  'user.ttclid': ['clickId', 'properties.ttclid ?? integrations["TikTok Offline Conversions"].ttclid ?? context.page.url'],
  'user.ttp': ['text', 'properties.ttp ?? integrations["TikTok Offline Conversions"].ttp'],
  'user.lead_id': ['text', 'properties.lead_id'],
  'user.ip': ['text', 'context.ip'],
  'user.user_agent': ['text', 'context.userAgent'],
  'user.locale': ['text', 'context.locale'],
  'properties.contents': ['contents', 'properties.products ?? properties'],
  'properties.contents.content_id': ['text', 'product_id ?? sku'],
  'properties.contents.content_name': ['text', 'name'],
  'properties.contents.content_category': ['text', 'category'],
  'properties.contents.brand': ['text', 'brand'],
  'properties.contents.price': ['number', 'price'],
  'properties.contents.quantity': ['number', 'quantity'],
  'properties.content_type': ['contentType', '"product"'],
  'properties.value': ['number', 'properties.value ?? properties.revenue ?? properties.total'],
  'properties.currency': ['currency', 'properties.currency'],
  'properties.query': ['text', 'properties.query'],
  'properties.description': ['text'],
  'properties.order_id': ['text', 'properties.order_id'],
  'properties.shop_id': ['text', 'properties.shop_id'],
  'page.url': ['url', 'context.page.url'],
  'page.referrer': ['url', 'context.page.referrer'],
} as const satisfies {
  readonly [P in keyof Sent]: Definition<
    TypeFor<Sent[P]>,
    P extends `properties.contents.${string}` ? string : EventSource
  >;
};

/** A parameter ready to be read. */
export interface Parameter {
  /** As TikTok's payload spells it: `user.email`. */
  readonly name: string;
  /** What stands before the field: `user`, or '' for one of the event's own. */
  readonly group: string;
  readonly field: string;
  readonly type: TypeName;
  readonly source: Expression;
}

/** What is sent of an object, by field. */
export type Fields = Readonly<Record<string, unknown>>;

/** Reads those of the parameters that there is something for, by group and field. */
export function readParameters(
  parameters: readonly Parameter[],
  root: unknown,
  reading: Reading,
): Readonly<Record<string, Fields>> {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const { group, field, type, source } of parameters) {
    const value = TYPES[type](evaluate(source, root), reading);
    if (value !== undefined) (groups[group] ??= {})[field] = value;
  }
  return groups;
}

// How a value of a Segment event becomes what TikTok accepts, by the type of the parameter.
import type { OwnPhones } from '../privacy/own-phones';
import { isPersonal, type Place } from '../privacy/personal-data';
import type { Fields } from '../tiktok/payload';
import { readAmount } from '../values/amount';
import { booleanOf } from '../values/boolean';
import { findClickId, findClickIdOfUrl, isClickId } from '../values/click-id';
import { currencyOf } from '../values/currency';
import { normaliseEmail } from '../values/email';
import { hash, isSha256 } from '../values/hash';
import { ipOf } from '../values/ip';
import { isPresent, isRecord, itemsOf, listOf, parsedValue } from '../values/json';
import {
  normaliseCity,
  normaliseCountry,
  normaliseName,
  normalisePostcode,
  normaliseState,
} from '../values/person';
import { countryOf, isWithheld, normalisePhone } from '../values/phone';
import { isHashOfPlaceholder, isPlaceholder } from '../values/placeholder';
import { ifMatches, MAX_TEXT, nonEmpty, textOf, unwrapped } from '../values/text';
import { timeOf } from '../values/time';
import type { Reason } from './reasons';

/** What a value is read with, beside the value itself. */
export interface Context {
  /** The time of handling in milliseconds. */
  readonly now: number;
  /** The setting Limited Data Use. */
  readonly limitedDataUse: boolean | undefined;
  /** Of phone numbers without a calling code: ISO 3166-1, upper-case. */
  readonly phoneCountry: string | undefined;
  /** Of addresses, likewise. */
  addressCountry(): string | undefined;
  /** Whether the event itself gives that country, so that it is not Default Country. */
  hasAddressCountry(): boolean;
  /** That of the event, in ISO 4217. */
  currency(): string | undefined;
  /** The event's phone numbers: no text that is sent may contain one. */
  readonly phones: OwnPhones;
  /** Reads an item of the contents; `undefined` if nothing of it can be sent. */
  readItem(item: unknown, index: number): Fields | undefined;
  /** Reads an object as a product; `undefined`, with a note of nothing but its ID, if it does not name one. */
  readProduct(object: unknown): Fields | undefined;
  /** Whether the value is a literal of a mapping, which is meant as it stands. */
  readonly isLiteral: boolean;
  /** The keys that lead to it from the event or the item. */
  readonly path: readonly string[];
  /** Says that the value is not sent, or not whole. */
  leaveOut(reason: Reason): void;
}

/** What an amount is read with. */
export type AmountContext = Pick<Context, 'currency' | 'phones' | 'isLiteral' | 'leaveOut'>;

/** Reads a value that is there; gives `undefined` if nothing of it can be sent, after saying why. */
export type Read = (value: unknown, context: Context) => unknown;

export interface Reader {
  readonly read: Read;
  /** What an invalid value is; completes the sentence `"properties.email" is …`. */
  readonly flaw: string;
  /** What is sent if no source has a value that can be; nothing by default. */
  readonly readAbsent?: (context: Context, wasPresent: boolean) => unknown;
  /** Where that comes from, for people. */
  readonly absentSource?: string;
  /** Whether what is sent is a hash. */
  readonly isHashed?: true;
  /** Whether it reads lists; to any other reader, a list of one value is given as that value. */
  readonly takesLists?: true;
}

/** A value that was read; or nothing, after saying that it is invalid. */
function orInvalid<Value>(read: Value | undefined, context: Pick<Context, 'leaveOut'>): Value | undefined {
  if (read === undefined) context.leaveOut('invalid');
  return read;
}

/** Why a text cannot be sent as it is; `undefined` if it can. What is too long is not searched. */
function objectionTo(text: string, place: Place, { phones }: Context): Reason | undefined {
  if (text.length > MAX_TEXT) return 'too_long';
  return isPersonal(text, phones, place) ? 'personal' : undefined;
}

/** A text, unless it contains personal data, which TikTok may get only as a hash. */
function withoutPersonalData(text: string, place: Place, context: Context): string | undefined {
  const objection = objectionTo(text, place, context);
  if (objection === undefined) return text;
  context.leaveOut(objection);
  return undefined;
}

function readTextAt(place: Place, value: unknown, context: Context): string | undefined {
  const text = orInvalid(nonEmpty(textOf(value)), context);
  return text && withoutPersonalData(text, place, context);
}

const readText = (value: unknown, context: Context): string | undefined =>
  readTextAt('free text', value, context);

/** Whether a text only stands for a value; a literal never does. */
function isLeftOutAsPlaceholder(text: string, context: AmountContext): boolean {
  if (context.isLiteral || !isPlaceholder(text)) return false;
  context.leaveOut('placeholder');
  return true;
}

/** A reader of values that are never words which only stand for one. */
const unlessPlaceholder =
  <Value>(read: (value: unknown, context: Context) => Value | undefined) =>
  (value: unknown, context: Context): Value | undefined =>
    isLeftOutAsPlaceholder(textOf(value), context) ? undefined : read(value, context);

/** A text that a program gives, such as a browser's name. */
const readTechnical = unlessPlaceholder(readText);

/** An id of an order, a shop, a product, a lead or a cookie. */
const readId = unlessPlaceholder((value, context) => readTextAt('id or URL', value, context));

/** One id or a list of them, each once. */
function readIds(value: unknown, context: Context): readonly string[] | undefined {
  const ids = listOf(itemsOf(parsedValue(value)) ?? value)
    .filter(isPresent)
    .flatMap((item) => readId(item, context) ?? []);
  return ids.length > 0 ? [...new Set(ids)] : undefined;
}

/** The event's id. It is needed to tell events apart, so one that cannot be sent as it is is hashed, not left out. */
function readEventId(value: unknown, context: Context): string | undefined {
  const text = orInvalid(nonEmpty(textOf(value)), context);
  if (text === undefined || isLeftOutAsPlaceholder(text, context)) return undefined;
  return withoutPersonalData(text, 'id or URL', context) ?? hash(text);
}

/** Brings a text in lower case to the form that is sent or hashed; `undefined` if it is invalid. */
type Normalise = (text: string, context: Context) => string | undefined;

/** What is hashed. */
interface Identifier {
  readonly normalise: Normalise;
  /** Why what cannot be normalised is left out; invalid by default. */
  readonly reasonOf?: (text: string) => Reason;
  /** Whether a word may be meant that is a placeholder elsewhere: someone is called Null, but nobody `\N`. */
  readonly mayBeWord?: true;
}
const EMAIL: Identifier = { normalise: normaliseEmail };
const PHONE: Identifier = {
  normalise: (text, { phoneCountry }) => normalisePhone(text, phoneCountry),
  reasonOf: (text) => (isWithheld(text) ? 'placeholder' : 'invalid'),
};
/** A guest has 0 in some shops. */
const EXTERNAL_ID: Identifier = {
  normalise: (text, { isLiteral }) => (text === '0' && !isLiteral ? undefined : text),
  reasonOf: (text) => (text === '0' ? 'placeholder' : 'invalid'),
};
const POSTCODE: Identifier = {
  normalise: (text, context) =>
    normalisePostcode(text, context.addressCountry(), context.hasAddressCountry()),
};
const NAME: Identifier = { normalise: normaliseName, mayBeWord: true };
const WORD = /^[a-z]+$/;

/** Hashes one value. A SHA-256 in hex is passed on: it is hashed already. */
function hashOne(value: unknown, identifier: Identifier, context: Context): Sha256 | undefined {
  const text = unwrapped(textOf(value).toLowerCase());
  if (isSha256(text)) {
    if (!isHashOfPlaceholder(text)) return text;
    context.leaveOut('placeholder');
    return undefined;
  }
  const { normalise, reasonOf, mayBeWord } = identifier;
  if (!(mayBeWord && WORD.test(text)) && isLeftOutAsPlaceholder(text, context)) return undefined;
  const normalised = text === '' ? undefined : normalise(text, context);
  if (normalised !== undefined) return hash(normalised);
  context.leaveOut(reasonOf?.(text) ?? 'invalid');
  return undefined;
}

/** Hashes one value or a list of them, each once. */
function hashAll(value: unknown, identifier: Identifier, context: Context): readonly Sha256[] | undefined {
  const items = itemsOf(parsedValue(value));
  if (items === undefined) {
    const hashed = hashOne(value, identifier, context);
    return hashed && [hashed];
  }
  const hashes = items.filter(isPresent).flatMap((item) => hashOne(item, identifier, context) ?? []);
  return hashes.length > 0 ? [...new Set(hashes)] : undefined;
}

/** A number that is not one of the event's phone numbers in the wrong place. */
function readNumber(value: unknown, context: AmountContext): number | undefined {
  if (typeof value === 'number') return checkNumber(value, context);
  const text = typeof value === 'string' ? value.trim() : '';
  if (isLeftOutAsPlaceholder(text, context)) return undefined;
  const amount = readAmount(text);
  if (typeof amount === 'string') {
    context.leaveOut(amount);
    return undefined;
  }
  const { number, currencies } = amount;
  if (currencies && !mayBeIn(currencies, context.currency())) {
    context.leaveOut('other_currency');
    return undefined;
  }
  return checkNumber(number, context);
}

const mayBeIn = (currencies: readonly string[], currency: string | undefined): boolean =>
  currency === undefined || currencies.includes(currency);

function checkNumber(number: number, context: AmountContext, place: Place = 'id or URL'): number | undefined {
  if (!Number.isFinite(number)) return orInvalid<number>(undefined, context);
  if (!isPersonal(number, context.phones, place)) return number;
  context.leaveOut('personal');
  return undefined;
}

/** An IP address; of a list, the first. */
function readIp(value: unknown, context: Context): string | undefined {
  const text = textOf(Array.isArray(value) ? value.find(isPresent) : value);
  return isLeftOutAsPlaceholder(text, context) ? undefined : orInvalid(ipOf(text), context);
}

/** A URL, without its query and fragment if they contain personal data. */
function readUrl(value: unknown, context: Context): string | undefined {
  const text = orInvalid(nonEmpty(textOf(value)), context);
  if (text === undefined || isLeftOutAsPlaceholder(text, context)) return undefined;
  return withoutPersonalData(text, 'id or URL', context) ?? withoutQuery(text, context);
}

function withoutQuery(text: string, context: Context): string | undefined {
  const rest = text.replace(/[?#].*$/s, '');
  return objectionTo(rest, 'id or URL', context) === undefined ? nonEmpty(rest) : undefined;
}

/** A click id, or the one of a URL; a URL without one is not worth a word, and a page has only URLs. */
function readClickId(value: unknown, context: Context): string | undefined {
  const text = textOf(value);
  const [first, second] = context.path;
  const isOfPage = first === 'context' && second === 'page';
  const found = isOfPage ? findClickIdOfUrl(text) : findClickId(text);
  if (found === '' && (isOfPage || text !== '')) return undefined;
  if (isLeftOutAsPlaceholder(found, context)) return undefined;
  const id = orInvalid(isClickId(found) ? found : undefined, context);
  return id && withoutPersonalData(id, 'id or URL', context);
}

/** The objects of a list, or an object that names a product itself. */
function readContents(value: unknown, context: Context): readonly Fields[] | undefined {
  const parsed = parsedValue(value);
  const items = itemsOf(parsed)?.map(parsedValue);
  if (items === undefined && isRecord(parsed)) {
    // The event's own properties need not be a product, and an empty object is as good as an empty list. The path is
    // looked at first: reading a product changes it.
    const mayBeOther = context.path.length <= 1 || Object.keys(parsed).length === 0;
    const content = context.readProduct(parsed);
    if (content === undefined && !mayBeOther) context.leaveOut('invalid');
    return content && [content];
  }
  const contents: Fields[] = [];
  for (const [index, item] of (items ?? []).entries()) {
    const content = isRecord(item) ? context.readItem(item, index) : undefined;
    if (content) contents.push(content);
  }
  // Only now: what an item leaves out is noted while it is read.
  if (contents.length < (items?.length ?? 1)) context.leaveOut('invalid');
  return contents.length > 0 ? contents : undefined;
}

/** A value of a property that TikTok does not know: a text, a number or a boolean, as it is. */
function readCustom(value: unknown, context: Context): string | number | boolean | undefined {
  if (typeof value === 'boolean') return value;
  return typeof value === 'number' ? checkNumber(value, context, 'free text') : readText(value, context);
}

/** What was read of a text; or nothing, after saying that it is a placeholder or invalid. */
function orFlawed<Value>(read: Value | undefined, text: string, context: Context): Value | undefined {
  if (read !== undefined || isLeftOutAsPlaceholder(text, context)) return read;
  return orInvalid(read, context);
}

/** A reader of a text that is one of a few. NA is a placeholder, unless it is Namibia. */
const strict =
  <Value>(read: (text: string) => Value | undefined) =>
  (value: unknown, context: Context): Value | undefined => {
    const text = textOf(value);
    return orFlawed(read(text), text, context);
  };

/** A town or state: a text that is sent as it is, so without personal data. */
const plain =
  (normalise: Normalise) =>
  (value: unknown, context: Context): string | undefined => {
    const text = textOf(value);
    if (isLeftOutAsPlaceholder(text, context)) return undefined;
    if (text !== '' && withoutPersonalData(text, 'free text', context) === undefined) return undefined;
    return orInvalid(normalise(text.toLowerCase(), context), context);
  };

/**
 * A state. Default Country is mostly set for phone numbers: if only that is the US, what is not one of its states may be
 * one of another country.
 */
const normaliseStateOf: Normalise = (text, context) =>
  normaliseState(text, context.addressCountry()) ??
  (context.hasAddressCountry() ? undefined : normaliseCity(text));

const NOT_AN_ID = 'not a string or a whole number';
const NOT_A_TEXT = 'not a string';

/**
 * What TikTok takes as the type of contents: the last four are for catalogs of travel and cars.
 *
 * TikTok, "Available events and parameters for Travel Ads":
 * https://ads.tiktok.com/help/article/available-events-and-parameters-for-travel-ads; "Available parameters for
 * Automotive Ads": https://ads.tiktok.com/help/article/available-parameters-for-automotive-ads
 */
const CONTENT_TYPE = /^(?:product|product_group|hotel|flight|destination|vehicle)$/;

/** By type. What a reader gives is checked against TikTok's payload in the table of the parameters. */
export const READERS = {
  email: {
    read: (value: unknown, context: Context) => hashAll(value, EMAIL, context),
    flaw: 'not an email address',
    takesLists: true,
    isHashed: true,
  },
  phone: {
    read: (value: unknown, context: Context) => hashAll(value, PHONE, context),
    flaw: 'not a phone number with a country code, or one of Default Country',
    takesLists: true,
    isHashed: true,
  },
  phoneCountry: {
    read: strict((text) => countryOf(normaliseCountry(text))),
    flaw: 'not a country, by its two letters or its English name',
  },
  externalId: {
    read: (value: unknown, context: Context) => hashAll(value, EXTERNAL_ID, context),
    flaw: NOT_AN_ID,
    takesLists: true,
    isHashed: true,
  },
  name: {
    read: (value: unknown, context: Context) => hashOne(value, NAME, context),
    flaw: 'not a name',
    isHashed: true,
  },
  postcode: {
    read: (value: unknown, context: Context) => hashOne(value, POSTCODE, context),
    flaw: 'not a postcode',
    isHashed: true,
  },
  city: { read: plain((text) => normaliseCity(text)), flaw: 'not a town' },
  state: { read: plain(normaliseStateOf), flaw: 'not a state or, in the US, not one of its states' },
  country: { read: strict(normaliseCountry), flaw: 'not a country, by its two letters or its English name' },
  text: { read: readText, flaw: NOT_A_TEXT },
  technical: { read: readTechnical, flaw: NOT_A_TEXT },
  id: { read: readId, flaw: NOT_AN_ID },
  ids: { read: readIds, flaw: NOT_AN_ID, takesLists: true },
  leadId: { read: readId, flaw: NOT_AN_ID },
  eventId: { read: readEventId, flaw: NOT_AN_ID },
  ip: {
    read: readIp,
    flaw: 'not an IP address',
    takesLists: true,
  },
  url: { read: readUrl, flaw: NOT_A_TEXT },
  clickId: { read: readClickId, flaw: 'not a click ID' },
  contentType: {
    read: strict((text) => ifMatches(text.toLowerCase(), CONTENT_TYPE)),
    flaw: 'not a content type of TikTok, such as product or product_group',
  },
  currency: { read: strict(currencyOf), flaw: 'not a currency of ISO 4217' },
  number: { read: readNumber, flaw: 'not an amount' },
  time: {
    read: unlessPlaceholder((value, context) => orInvalid(timeOf(value, context.now), context)),
    readAbsent: ({ now }: Context, wasPresent: boolean) => (wasPresent ? undefined : Math.floor(now / 1000)),
    absentSource: 'the time of handling',
    flaw: 'not a time in ISO 8601, RFC 2822, or Unix seconds or milliseconds, from 2010 to a year ahead',
  },
  // If an event says neither yes nor no, the setting counts: a wish for privacy is not dropped.
  limitedDataUse: {
    read: (value: unknown, context: Context) => {
      const [only = value] = itemsOf(parsedValue(value)) ?? [];
      const text = textOf(only);
      // Meta's word for it.
      return orFlawed(booleanOf(only) ?? (/^ldu$/i.test(text) ? true : undefined), text, context);
    },
    readAbsent: ({ limitedDataUse }: Context) => limitedDataUse,
    absentSource: 'the setting Limited Data Use',
    flaw: 'neither yes nor no',
    takesLists: true,
  },
  contents: {
    read: readContents,
    flaw: 'not a list of products with anything to send',
    takesLists: true,
  },
  custom: { read: readCustom, flaw: 'not a string, number or boolean' },
} as const satisfies Readonly<Record<string, Reader>>;
export type TypeName = keyof typeof READERS;

/** Their values may be words that are placeholders elsewhere: someone is called Null. */
export const TYPES_OF_WORDS: ReadonlySet<TypeName> = new Set(['name', 'text', 'custom']);

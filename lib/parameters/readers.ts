// How a value of a Segment event becomes what TikTok accepts, by the type of the parameter.
import { isPersonal } from '../privacy/personal-data';
import type { Fields } from '../tiktok/payload';
import { numberOf } from '../values/amount';
import { booleanOf } from '../values/boolean';
import { clickIdOf } from '../values/click-id';
import { currencyOf } from '../values/currency';
import { normaliseEmail } from '../values/email';
import { hash, hashAll, hashOne } from '../values/hash';
import { isRecord, listOf } from '../values/json';
import { normalisePhone, type PhoneTrace } from '../values/phone';
import { ifMatches, nonEmpty, textOf } from '../values/text';
import { timeOf } from '../values/time';

/** What a value is read with, beside the value itself. */
export interface Context {
  /** The time of handling in milliseconds, for an event that has none. */
  readonly now: number;
  /** The setting Default Country. */
  readonly defaultCountry: string | undefined;
  /** The setting Limited Data Use. */
  readonly limitedDataUse: boolean | undefined;
  /** The event's phone numbers: no text that is sent may contain one. */
  readonly phones: readonly PhoneTrace[];
  /** Reads an item of the contents; `undefined` if nothing of it can be sent. */
  readonly readItem: (item: unknown) => Fields | undefined;
}

/** Reads a value that is there; gives `undefined` if nothing of it can be sent. */
export type Read = (value: unknown, context: Context) => unknown;

export interface Reader {
  readonly read: Read;
  /** Why a value that is there is not sent; completes the sentence `"properties.email" is …`. */
  readonly flaw: string;
  /** What is sent if no source has a value; nothing by default. */
  readonly readAbsent?: (context: Context) => unknown;
  /** Where that comes from, for people. */
  readonly absentSource?: string;
  /** Whether what is sent is a hash. */
  readonly isHashed?: true;
}

/** A text, unless it contains personal data, which TikTok may get only as a hash. */
function readText(value: unknown, { phones }: Context): string | undefined {
  const text = textOf(value);
  return isPersonal(text, phones) ? undefined : nonEmpty(text);
}

/** An opaque ID. It is needed to tell events apart, so one that contains personal data is hashed, not left out. */
function readId(value: unknown, { phones }: Context): string | undefined {
  const text = textOf(value);
  return isPersonal(text, phones) ? hash(text) : nonEmpty(text);
}

/** A number that is not one of the event's phone numbers in the wrong place. */
function readNumber(value: unknown, { phones }: Context): number | undefined {
  const number = numberOf(value);
  return number === undefined || isPersonal(String(number), phones) ? undefined : number;
}

/** A URL, without its query and fragment if they contain personal data. */
const readUrl = (value: unknown, context: Context): string | undefined =>
  readText(value, context) ?? readText(textOf(value).replace(/[?#].*$/s, ''), context);

/** The objects of an array, or an object that names a product itself. */
function readContents(value: unknown, { readItem }: Context): readonly Fields[] | undefined {
  const contents: Fields[] = [];
  for (const item of listOf(value).filter(isRecord)) {
    const content = readItem(item);
    if (content && (Array.isArray(value) || 'content_id' in content)) contents.push(content);
  }
  return contents.length > 0 ? contents : undefined;
}

/** A value of a property that TikTok does not know: a text, a number or a boolean, as it is. */
function readCustom(value: unknown, context: Context): string | number | boolean | undefined {
  if (typeof value === 'boolean') return value;
  return typeof value === 'number' ? readNumber(value, context) : readText(value, context);
}

const NOT_AN_ID = 'not a text or a whole number';
const NOT_A_TEXT = 'not a text, or contains personal data';

/** By type. What a reader gives is checked against TikTok's payload in the table of the parameters. */
export const READERS = {
  email: {
    read: (value: unknown) => hashAll(value, normaliseEmail),
    flaw: 'not an email address',
    isHashed: true,
  },
  phone: {
    read: (value: unknown, { defaultCountry }: Context) => hashAll(value, normalisePhone, defaultCountry),
    flaw: 'not a phone number, either with a country code or of Default Country',
    isHashed: true,
  },
  hashedList: { read: (value: unknown) => hashAll(value, nonEmpty), flaw: NOT_AN_ID, isHashed: true },
  hashedText: { read: (value: unknown) => hashOne(value, nonEmpty), flaw: NOT_AN_ID, isHashed: true },
  text: { read: readText, flaw: NOT_A_TEXT },
  id: { read: readId, flaw: NOT_AN_ID },
  url: { read: readUrl, flaw: NOT_A_TEXT },
  clickId: {
    read: (value: unknown, context: Context) => readText(clickIdOf(value), context),
    flaw: NOT_A_TEXT,
  },
  contentType: {
    read: (value: unknown) => ifMatches(textOf(value).toLowerCase(), /^product(?:_group)?$/),
    flaw: 'neither product nor product_group',
  },
  currency: { read: (value: unknown) => currencyOf(value), flaw: 'not a currency of ISO 4217' },
  number: { read: readNumber, flaw: 'not a number, or a phone number' },
  time: {
    read: (value: unknown) => timeOf(value),
    readAbsent: ({ now }: Context) => Math.floor(now / 1000),
    absentSource: 'the time of handling',
    flaw: 'not a time in ISO 8601',
  },
  // If an event says neither yes nor no, the setting counts: a wish for privacy is not dropped.
  limitedDataUse: {
    read: (value: unknown, { limitedDataUse }: Context) => booleanOf(value) ?? limitedDataUse,
    readAbsent: ({ limitedDataUse }: Context) => limitedDataUse,
    absentSource: 'the setting Limited Data Use',
    flaw: 'neither yes nor no',
  },
  contents: { read: readContents, flaw: 'not a list of products with anything to send' },
  custom: { read: readCustom, flaw: 'not a text, number or boolean, or contains personal data' },
} as const satisfies Readonly<Record<string, Reader>>;
export type TypeName = keyof typeof READERS;

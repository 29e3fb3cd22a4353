// Example values in the place of a person's: the same for the same value, and as valid or invalid as that.
import type { Configuration } from '../../../lib/configuration/configure';
import { LONG_NUMBER_WITHIN } from '../../../lib/privacy/own-phones';
import { clickIdOf } from '../../../lib/values/click-id';
import { normaliseEmail } from '../../../lib/values/email';
import { isSha256 } from '../../../lib/values/hash';
import { ipOf } from '../../../lib/values/ip';
import { isRecord, parsedValue } from '../../../lib/values/json';
import { normalisePhone } from '../../../lib/values/phone';
import { decodeText } from '../../../lib/values/text';
import { digitsOf, examplePhone } from './example-phones';
import { findPersonalValues, type Kind, type PersonalValue } from './personal-values';
import { sha256 } from './readable';

/** What an example is made with. */
interface Circumstances {
  readonly stem: string;
  /** Of phone numbers without a calling code. */
  readonly country: string | undefined;
  /** Of the different values of its kind, counted from 1. */
  readonly number: number;
}

const NAMES = ['Jane', 'Doe', 'Joe', 'Roe', 'Max', 'Mustermann', 'Erika', 'Musterfrau'];

/** An example for a valid value of a kind; `undefined` if the value is not valid. */
const EXAMPLES: Readonly<Record<Kind, (text: string, circumstances: Circumstances) => string | undefined>> = {
  email(text, { number }) {
    if (normaliseEmail(text.toLowerCase()) === undefined) return undefined;
    const example = `customer-${number}@example.com`;
    return text === text.toLowerCase() ? example : example.replace('c', 'C');
  },
  phone: (text, { country, number }) => examplePhone(text, country, number),
  ip: (text, { number }) =>
    ipOf(text) && (text.includes(':') ? `2001:db8::${number}` : `203.0.113.${number}`),
  userAgent: () => 'Mozilla/5.0 (example)',
  name: (text, { number }) => (/\p{L}/u.test(text) ? NAMES[(number - 1) % NAMES.length] : undefined),
  postcode: () => undefined,
  street: () => '1 Example Street',
  city: () => 'Exampletown',
  birthday: () => undefined,
  coordinate: () => undefined,
  clickId: (text, { number }) => clickIdOf(text) && `example-click-${number}`,
  id: (text, { stem, number }) => (/^\d+$/.test(text) ? String(1000 + number) : `${stem}-${number}`),
  card: () => '4111 1111 1111 1111',
};

/** What is not valid stays so: each letter becomes an x, and each digit a 1. */
const scramble = (text: string): string =>
  text
    .replace(/\p{Lu}/gu, 'X')
    .replace(/(?!X)\p{L}/gu, 'x')
    .replace(/\p{N}/gu, '1');

/** What the kinds are hashed as. */
const HASHED: ReadonlySet<Kind> = new Set(['email', 'phone', 'name', 'postcode', 'id']);
/** What may stand in the name of an event or in a key, and is a person's all the same. */
const CONTACT: ReadonlySet<Kind> = new Set(['email', 'phone', 'card']);
/** Fields of an event that hold nothing of a person's. */
const UNTOUCHED: readonly string[] = ['type', 'timestamp', 'originalTimestamp', 'sentAt', 'receivedAt'];
/** Shorter values are replaced only where they stand alone, not within other texts. */
const SHORTEST_WITHIN = 3;

/**
 * Puts example values in the place of those that are a person's: email addresses, phone numbers, names, addresses, IDs,
 * IP addresses. The same value has the same example everywhere in the event. The event is not changed.
 */
export function withExampleValues(
  event: object,
  configuration: Configuration,
): Readonly<Record<string, unknown>> {
  const { found, country } = findPersonalValues(event, configuration);
  const numbers = new Map<string, Map<string, number>>();
  const examples = new Map([...found].map(([text, value]) => [text, exampleOf(text, value)] as const));
  const replaceAll = createReplacer(found, examples, () => true);
  const replaceContact = createReplacer(found, examples, (kind) => CONTACT.has(kind));

  function exampleOf(text: string, { kind, stem }: PersonalValue): string {
    const group = kind === 'id' ? `id ${stem}` : kind;
    const ofGroup = numbers.get(group) ?? new Map<string, number>();
    numbers.set(group, ofGroup);
    const identity = identityOf(kind, text, country);
    const number = ofGroup.get(identity) ?? ofGroup.size + 1;
    ofGroup.set(identity, number);
    if (HASHED.has(kind) && isSha256(text.toLowerCase())) return sha256(`${kind} ${number}`);
    return EXAMPLES[kind](text, { stem, country, number }) ?? scramble(text);
  }

  function replace(value: unknown, replaceText: (text: string) => string): unknown {
    if (typeof value === 'number') {
      const example = examples.get(String(value));
      return example === undefined ? value : Number(digitsOf(example));
    }
    if (typeof value === 'string') {
      const parsed = parsedValue(value);
      return isRecord(parsed) ? JSON.stringify(replace(parsed, replaceText)) : replaceText(value);
    }
    if (Array.isArray(value)) return value.map((item: unknown) => replace(item, replaceText));
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [replaceContact(key), replace(item, replaceText)]),
    );
  }

  return Object.fromEntries(
    Object.entries(event).map(([key, value]: [string, unknown]) => [
      key,
      UNTOUCHED.includes(key) ? value : replace(value, key === 'event' ? replaceContact : replaceAll),
    ]),
  );
}

/** What tells different values of a kind apart, however they are written. */
function identityOf(kind: Kind, text: string, country: string | undefined): string {
  const lower = text.toLowerCase();
  if (kind === 'email') return normaliseEmail(lower) ?? lower;
  return (kind === 'phone' ? normalisePhone(text, country) : undefined) ?? lower;
}

/** Makes a function that replaces values of some kinds in a text: the whole of it, or within it. */
function createReplacer(
  found: ReadonlyMap<string, PersonalValue>,
  examples: ReadonlyMap<string, string>,
  takes: (kind: Kind) => boolean,
): (text: string) => string {
  const texts = [...found].flatMap(([text, { kind }]) => (takes(kind) ? [text] : []));
  const byLowerCase = new Map(texts.map((text) => [text.toLowerCase(), examples.get(text) ?? '']));
  const phones = texts.flatMap((text) => {
    const digits = digitsOf(text);
    const isPhone = found.get(text)?.kind === 'phone' && digits.length >= LOCAL_DIGITS;
    return isPhone ? [{ digits, example: digitsOf(examples.get(text) ?? '') }] : [];
  });
  const words = texts
    .filter((text) => text.length >= SHORTEST_WITHIN)
    .toSorted((one, other) => other.length - one.length)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
  // Both at once, so that no example is replaced again.
  const within = new RegExp(
    [
      ...words.map((word) => `(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`),
      LONG_NUMBER_WITHIN().source,
    ].join('|'),
    'giu',
  );

  const replaceWithin = (text: string): string =>
    text.replace(within, (match) => byLowerCase.get(match.toLowerCase()) ?? replacePhone(match));

  /** A phone number of the event in another way of writing, or the last seven digits of one. */
  function replacePhone(written: string): string {
    const digits = digitsOf(written);
    const phone = phones.find((one) =>
      digits.length === LOCAL_DIGITS
        ? one.digits.endsWith(digits)
        : digits.endsWith(one.digits.slice(-NATIONAL_DIGITS)),
    );
    if (phone === undefined) return written;
    return digits.length === LOCAL_DIGITS ? phone.example.slice(-LOCAL_DIGITS) : phone.example;
  }

  return (text) => {
    const example = examples.get(text.trim());
    if (example !== undefined && byLowerCase.has(text.trim().toLowerCase()))
      return text.replace(text.trim(), () => example);
    const replaced = replaceWithin(text);
    // What is escaped in a URL or written in wide characters is replaced in the text as a person would read it.
    const decoded = decodeText(text);
    return decoded === text || replaceWithin(decoded) === decoded ? replaced : replaceWithin(decoded);
  };
}

/** Digits that are dialled within a town. */
const LOCAL_DIGITS = 7;
/** As many digits of a number tell it from others, whatever is dialled before them. */
const NATIONAL_DIGITS = 9;

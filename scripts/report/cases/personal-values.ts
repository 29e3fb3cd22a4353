// Which values of a Segment event are a person's: by the parameters that they are sent as, by their keys, by their form.
import '../../local/segment/install-globals';
import type { Configuration } from '../../../lib/configuration/configure';
import { pathsOf, type Source } from '../../../lib/configuration/expression';
import type { Parameter } from '../../../lib/configuration/parameter-mappings';
import { valueAt } from '../../../lib/configuration/read-source';
import type { TypeName } from '../../../lib/parameters/readers';
import { isCard } from '../../../lib/privacy/cards';
import { EMAIL_WITHIN } from '../../../lib/privacy/personal-data';
import { clickIdOf } from '../../../lib/values/click-id';
import { isRecord, parsedValue } from '../../../lib/values/json';
import { normalisePhone } from '../../../lib/values/phone';
import { isPlaceholder } from '../../../lib/values/placeholder';
import { decodeText, textOf } from '../../../lib/values/text';
import { phoneCountryOf } from '../phone-country';

/** What a value says of a person, with the keys that say so: their words in lower case, with single spaces. */
const KEYS = {
  email: /\b(?:e ?)?mails?(?: address(?:es)?)?$/,
  phone: /\b(?:phones?|mobile|cell|tel|telephone|fax|msisdn|whatsapp)(?: numbers?)?$/,
  ip: /\bip(?: address)?$/,
  userAgent: /\buser ?agent$/,
  name: /\b(?:first|last|middle|given|family|full|user|nick|display|customer|contact) ?name$|\bsurname$/,
  postcode: /\b(?:zip|zip ?code|post ?code|postal ?code|plz)$/,
  street: /\b(?:street|address|address line|line)(?: ?\d)?$/,
  city: /\b(?:city|town|locality)$/,
  birthday: /\b(?:birth ?(?:day|date)|date of birth|dob)$/,
  coordinate: /\b(?:latitude|longitude|lat|lng|lon)$/,
  clickId: /clid$|\b(?:ttp|fbp|fbc|gbraid|wbraid)$/,
  id: /\b(?:ids?|uuid|guid|token|session|cookie|password|secret)$/,
  card: /\bcard(?: number)?$/,
} as const;
export type Kind = keyof typeof KEYS;
const KINDS = Object.keys(KEYS).filter((key): key is Kind => Object.hasOwn(KEYS, key));

/** IDs of what a shop sells, shows and is: they are nobody's. */
const THINGS =
  /\b(?:product|variant|item|article|content|category|shop|store|brand|collection|promotion|campaign|ad|form|page|list) ids?$/;
/** What stands around a person's `name` and `id`. */
const PERSONS =
  /\b(?:traits|customer|user|person|contact|buyer|client|recipient|guest|billing|shipping|device|external ids)$/;

/** What the values of some parameters are. */
const OF_TYPE: Readonly<Partial<Record<TypeName, Kind>>> = {
  email: 'email',
  phone: 'phone',
  externalId: 'id',
  name: 'name',
  postcode: 'postcode',
  city: 'city',
  clickId: 'clickId',
  leadId: 'id',
  eventId: 'id',
  ip: 'ip',
};
const OF_PARAMETER: Readonly<Record<string, Kind>> = {
  'user.ttp': 'clickId',
  'user.lead_id': 'id',
  'user.user_agent': 'userAgent',
  'properties.order_id': 'id',
};

/** A value of an event. */
export interface PersonalValue {
  readonly kind: Kind;
  /** Of an ID: whose it is, such as `order`. */
  readonly stem: string;
}

export interface PersonalValues {
  /** By the trimmed text of the value. */
  readonly found: ReadonlyMap<string, PersonalValue>;
  /** Of phone numbers without a calling code. */
  readonly country: string | undefined;
}

/** Finds the values of an event that are a person's. */
export function findPersonalValues(event: object, { settings, plans }: Configuration): PersonalValues {
  const found = new Map<string, PersonalValue>();
  const parameters = [...new Set(plans.all().flatMap((plan) => Object.values(plan.parameters).flat()))];
  const [plan] = [...plans.for(event), ...plans.all()];
  const country = plan === undefined ? settings.defaultCountry : phoneCountryOf(event, plan, settings);

  /** The first kind counts. */
  function add(kind: Kind, value: unknown, stem: string): void {
    const parsed = parsedValue(value);
    if (isRecord(parsed)) {
      for (const item of Object.values(parsed)) add(kind, item, stem);
      return;
    }
    const text = typeof parsed === 'string' || typeof parsed === 'number' ? textOf(parsed) : '';
    // What stands for no value, and a guest's 0, are nobody's; an address within a text is found by its form.
    if (text === '' || text === '0' || isPlaceholder(text) || found.has(text)) return;
    if (kind !== 'email' && EMAIL.test(text)) return;
    found.set(text, { kind, stem });
  }

  for (const kind of ['email', 'phone'] as const)
    for (const parameter of parameters.filter(({ type }) => type === kind)) addSources(parameter, kind);
  for (const { text, keys } of leavesOf(event)) for (const one of [text, ...keys]) addPatterns(one);
  for (const leaf of leavesOf(event)) {
    const kind = kindOf(leaf.keys);
    if (kind !== undefined) add(kind, leaf.text, stemOf(leaf.keys.at(-1) ?? ''));
  }
  for (const parameter of parameters) {
    const kind = OF_PARAMETER[parameter.name] ?? OF_TYPE[parameter.type];
    if (kind !== undefined) addSources(parameter, kind);
  }
  return { found, country };

  function addSources({ expression }: Parameter, kind: Kind): void {
    for (const source of expression) {
      // A text that is filled in may be of more than a person's, unless it is contact data.
      if (source.kind !== 'path' && kind !== 'email' && kind !== 'phone') continue;
      for (const path of pathsOf(source)) {
        const value = valueAt(path, event);
        add(kind, kind === 'clickId' ? clickIdOf(textOf(value)) : value, stemOf(lastKeyOf(source)));
      }
    }
  }

  /** What is a person's by its form, in any text. */
  function addPatterns(text: string): void {
    const decoded = decodeText(text);
    // In a URL, its other parts look like the beginning of an address.
    for (const [email] of decoded.matchAll(EMAIL_WITHIN())) add('email', email.replace(/^.*[?&=#]/, ''), '');
    for (const [phone] of decoded.matchAll(INTERNATIONAL_PHONE))
      if (normalisePhone(phone) !== undefined) add('phone', phone, '');
    for (const [phone] of decoded.matchAll(PHONE_WITH_AREA)) add('phone', phone, '');
    for (const [card] of decoded.matchAll(CARD)) if (isCard(card.replace(/\D/g, ''))) add('card', card, '');
    for (const [, key = '', value = ''] of text.matchAll(URL_PARAMETER)) {
      const kind = kindOf([key]);
      if (kind !== undefined) add(kind, decodeText(value), stemOf(key));
    }
  }
}

const EMAIL = new RegExp(EMAIL_WITHIN().source, 'u');
const INTERNATIONAL_PHONE = /(?:\+|(?<!\d)00)[\d\s()./-]{6,24}\d/g;
/** With its area code in brackets, which nothing else has. */
const PHONE_WITH_AREA = /\(\d{2,5}\)[\s.-]?\d[\d\s.-]{3,12}\d/g;
const CARD = /(?<!\d)\d(?:[ -]?\d){13,18}(?!\d)/g;
const URL_PARAMETER = /[?&]([^=&#\s]+)=([^&#\s]+)/g;

const lastKeyOf = (source: Source): string => (source.kind === 'path' ? (source.keys.at(-1) ?? '') : '');

/** A text or number of an event, and the keys that lead to it; items of lists have none. */
interface Leaf {
  readonly text: string;
  readonly keys: readonly string[];
}

function* leavesOf(value: unknown, keys: readonly string[] = []): Generator<Leaf> {
  const parsed = parsedValue(value);
  if (typeof parsed === 'string' || typeof parsed === 'number') yield { text: textOf(parsed), keys };
  else if (isRecord(parsed))
    for (const [key, item] of Object.entries(parsed))
      yield* leavesOf(item, Array.isArray(parsed) ? keys : [...keys, key]);
}

/** What a value is by its keys. */
function kindOf(keys: readonly string[]): Kind | undefined {
  const key = wordsOf(keys.at(-1) ?? '');
  const parent = wordsOf(keys.at(-2) ?? '');
  if (key === 'name' || key === 'id') return PERSONS.test(parent) ? key : undefined;
  if (THINGS.test(key)) return undefined;
  return KINDS.find((kind) => KEYS[kind].test(key));
}

/** The words of a key: `zip code` of `zipCode`, `zip_code` and `Zip-Code`. */
const wordsOf = (key: string): string =>
  key
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();

/** What an ID belongs to, by its key: `order` of `orderId`. */
const stemOf = (key: string): string =>
  wordsOf(key)
    .replace(/ ?\bids?$/, '')
    .replaceAll(' ', '-') || 'id';

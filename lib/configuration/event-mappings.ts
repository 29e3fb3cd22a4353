// Which Segment events become which TikTok events: the defaults, and the setting on top of them.
import { isFailure } from '../result';
import { ownProperty } from '../values/json';
import { isTypingError } from '../values/nearest';
import { textOf } from '../values/text';
import type { Condition } from './condition/condition';
import { CALL_TYPES, evaluate, failedPart, testsTypeOrEvent, typesOf } from './condition/evaluate';
import { parseCondition } from './condition/parse';
import { DUPLICATE, problemsOf, readEntries } from './entries';
import { describeProblem } from './expression';
import { keyOf } from './key';
import { isCondition, problemOfEventName, readTikTokNames } from './names';

/** Stands for all page calls, which have no event name of their own. */
const PAGE_VIEWED = 'Page Viewed';

/** The types of calls that can be sent; `delete` never. */
const SENDABLE_TYPES: ReadonlySet<unknown> = new Set(CALL_TYPES);

/** The presets of Segment's built-in destination, as far as they are TikTok's standard events, in its current names. */
export const DEFAULT_EVENT_MAPPINGS: Readonly<Record<string, string>> = {
  'Order Completed': 'Purchase',
  'Checkout Started': 'InitiateCheckout',
  'Payment Info Entered': 'AddPaymentInfo',
  'Product Viewed': 'ViewContent',
  'Product Added': 'AddToCart',
  'Product Added to Wishlist': 'AddToWishlist',
  'Products Searched': 'Search',
  'Callback Started': 'Contact',
  'Subscription Created': 'Subscribe',
  'Form Submitted': 'Lead',
  'Signed Up': 'CompleteRegistration',
  'Download Link Clicked': 'Download',
  'Trial Started': 'StartTrial',
};

/** Its other presets: TikTok ends two of the names in 2027, and PageView is not a standard event. */
export const PRESETS_OFF_BY_DEFAULT: Readonly<Record<string, string>> = {
  'Order Placed': 'PlaceAnOrder',
  'Product Clicked': 'ClickButton',
  [PAGE_VIEWED]: 'PageView',
};

const PRESET_ENTRIES: ReadonlyMap<string, string> = new Map(
  Object.entries(PRESETS_OFF_BY_DEFAULT).map(([event, name]) => [keyOf(event), `${event} → ${name}`]),
);

/** The entry that brings one of these back: `Order Placed → PlaceAnOrder`; `undefined` for any other name. */
export const presetOffByDefault = (name: string): string | undefined => PRESET_ENTRIES.get(keyOf(name));

/** Whether a call can be sent at all. */
export const isSendable = (event: unknown): boolean => SENDABLE_TYPES.has(ownProperty(event, 'type'));

/** The name that an event is mapped under; '' for calls that have none. */
export function mappedName(event: unknown): string {
  const type = ownProperty(event, 'type');
  if (type === 'track') return textOf(ownProperty(event, 'event'));
  return type === 'page' ? PAGE_VIEWED : '';
}

/** The events of which `properties` is a product. */
const PRODUCT_EVENTS: ReadonlySet<string> = new Set(
  [
    'Product Viewed',
    'Product Clicked',
    'Product Added',
    'Product Added to Wishlist',
    'Products Searched',
  ].map(keyOf),
);

/** Whether an event is about one product, so that its own name is the product's and not a person's. */
export const isProductEvent = (event: unknown): boolean => PRODUCT_EVENTS.has(keyOf(mappedName(event)));

/** An entry of the setting, or a default. */
export interface EventMapping {
  /** A Segment event's name or a label, as it was written. */
  readonly label: string;
  /** What it is known by: {@link keyOf} of the label. */
  readonly key: string;
  /** TikTok's names; none if the event is turned off. */
  readonly names: readonly string[];
  /** The entry holds only for events for which this is true. */
  readonly condition: Condition | undefined;
  /** Whether the condition alone decides, because it tests the event's type or name. */
  readonly isLabel: boolean;
}

/** A condition that does not hold. */
export interface Unmet {
  /** That of the entry. */
  readonly label: string;
  /** The first part of the condition that does not hold, as text. */
  readonly part: string;
}

export interface EventMappings {
  /** Those that can be read, the defaults among them unless they are replaced. */
  readonly entries: readonly EventMapping[];
  /** The entries that send an event, with the names that each sends: each name once. */
  readonly match: (event: unknown) => readonly EventMapping[];
  /** The entry with an event's name, and what of its condition does not hold for the event; `undefined` if none has. */
  readonly findUnmet: (event: unknown) => Unmet | undefined;
  /** Whether a malformed entry may have been meant for an event. */
  readonly mayBeMeantFor: (event: unknown) => boolean;
  /** What is wrong with each malformed entry. */
  readonly problems: readonly string[];
}

const DEFAULTS: ReadonlyMap<string, EventMapping> = new Map(
  Object.entries(DEFAULT_EVENT_MAPPINGS).map(([label, name]) => [
    keyOf(label),
    { label, key: keyOf(label), names: [name], condition: undefined, isLabel: false },
  ]),
);

/** The TikTok names of an entry, and the condition behind them: `if`, in any case, before a space or a sign. */
const WITH_CONDITION = /^(?<list>.*?)(?:^|\s)if(?:$|(?=[\s(!"'[])\s*(?<condition>.*))/is;
/** A part of a condition's text: a string, in which no word counts; or a path, of which the first key counts. */
const STRING_OR_PATH = /"[^"]*"|'[^']*'|(?<first>(?:[\w-]|\\[^])+)(?:\.(?:[\w-]|\\[^])*)*/g;

/** Whether a value that cannot be read may have been meant to test the event's type or name. */
function mayTestTypeOrEvent(value: string): boolean {
  const withCondition = WITH_CONDITION.exec(value);
  const { condition = '' } = withCondition?.groups ?? { condition: value };
  if (condition === '') return withCondition !== null;
  return Array.from(condition.matchAll(STRING_OR_PATH)).some(({ groups: { first } = {} }) =>
    ['type', 'event'].some((field) => first && isTypingError(first.toLowerCase(), field)),
  );
}

/**
 * Reads the setting Event Mappings.
 *
 * @param token masked in the problems.
 */
export function readEventMappings(map: Readonly<Record<string, unknown>>, token: string): EventMappings {
  const named = new Map(DEFAULTS);
  const labels: EventMapping[] = [];
  const known = new Set<string>();
  const malformed = readEntries('eventMappings', map, token, (label, value) => {
    const key = keyOf(label);
    const read = known.has(key) ? DUPLICATE : readEntry(label, value);
    known.add(key);
    if (typeof read === 'string') return read;
    if (read.isLabel) {
      labels.push(read);
      named.delete(key);
    } else named.set(read.key, read);
    return undefined;
  });
  /** What malformed entries may be meant for: the events of a name, all that have one, or any. They replace a default, too. */
  const namesMeant = new Set(malformed.map(({ key }) => keyOf(key)));
  const misnamed = malformed.filter(({ key }) => problemOfEventName(key) !== undefined);
  const isAnyMeant =
    malformed.some(({ value }) => mayTestTypeOrEvent(value)) ||
    misnamed.some(({ key }) => mayTestTypeOrEvent(key));
  for (const name of namesMeant) named.delete(name);
  /** By the type of the calls that they can match: a call costs nothing more for those of other types. */
  const labelsByType = new Map<unknown, readonly EventMapping[]>(
    CALL_TYPES.map((type) => [
      type,
      labels.filter(({ condition }) => condition && typesOf(condition).includes(type)),
    ]),
  );

  return {
    entries: [...named.values(), ...labels],
    problems: problemsOf(malformed),
    match(event) {
      const possible = labelsByType.get(ownProperty(event, 'type'));
      if (possible === undefined) return NONE;
      const entry = named.get(keyOf(mappedName(event)));
      const matching = possible.filter((one) => holdsFor(one, event));
      if (entry !== undefined && entry.names.length > 0 && holdsFor(entry, event)) matching.push(entry);
      return matching.length > 1 ? eachNameOnce(matching) : matching;
    },
    findUnmet(event) {
      const { label, condition } = named.get(keyOf(mappedName(event))) ?? {};
      const part = condition && failedPart(condition, event);
      return label === undefined || part === undefined ? undefined : { label, part };
    },
    mayBeMeantFor(event) {
      if (!isSendable(event)) return false;
      const name = keyOf(mappedName(event));
      return isAnyMeant || namesMeant.has(name) || (misnamed.length > 0 && name !== '');
    },
  };
}

const NONE: readonly EventMapping[] = [];

/** Reads an entry; or says what is wrong with it. */
function readEntry(label: string, value: string): EventMapping | string {
  const key = keyOf(label);
  if (key === '') return 'expected an event name';
  const { list = value, condition } = WITH_CONDITION.exec(value)?.groups ?? {};
  const names = readTikTokNames(list);
  if (isFailure(names))
    return isCondition(value)
      ? 'expected TikTok event names and "if" before the condition'
      : describeProblem(names.reason, value);
  if (list === value)
    return expectedName(label) ?? { label, key, names, condition: undefined, isLabel: false };
  if (names.length === 0) return 'expected TikTok event names before "if"';
  const parsed = parseCondition(condition ?? '');
  if (isFailure(parsed)) return describeProblem(parsed.reason, condition ?? 'the condition');
  const isLabel = testsTypeOrEvent(parsed);
  return (isLabel ? undefined : expectedName(label)) ?? { label, key, names, condition: parsed, isLabel };
}

function expectedName(label: string): string | undefined {
  const expected = problemOfEventName(label);
  return expected === undefined ? undefined : `expected ${expected}`;
}

const holdsFor = ({ condition }: EventMapping, event: unknown): boolean =>
  condition === undefined || evaluate(condition, event);

/** In the order of code points, whatever the language of the machine; `<` would compare halves of surrogate pairs. */
function byLabel({ label: one }: EventMapping, { label: other }: EventMapping): number {
  const [first, second] = [codePointsOf(one), codePointsOf(other)];
  const at = first.findIndex((code, index) => code !== second[index]);
  return at < 0 ? first.length - second.length : (first[at] ?? 0) - (second[at] ?? -1);
}

const codePointsOf = (text: string): readonly number[] =>
  Array.from(text, (character) => character.codePointAt(0) ?? 0);

/** Of several entries that give the same name, the one with a condition counts; of several of these, the first. */
function eachNameOnce(entries: readonly EventMapping[]): readonly EventMapping[] {
  const conditional = entries.filter(({ condition }) => condition !== undefined).sort(byLabel);
  const ordered = [...conditional, ...entries.filter(({ condition }) => condition === undefined)];
  const taken = new Set<string>();
  return ordered.flatMap((entry) => {
    const names = entry.names.filter((name) => !taken.has(name));
    for (const name of names) taken.add(name);
    if (names.length === 0) return [];
    return names.length === entry.names.length ? [entry] : [{ ...entry, names }];
  });
}

// Counts what TikTok gets: names, currencies, values and ids, in memory that does not grow with the events.
import type { CountedEvent } from './behind';
import { maskId, type Example } from './example';
import type { FoundConversion } from './finding';
import type { OwnData } from './own-data';
import { createGroups, OTHERS, type Groups } from './groups';
import type { Note } from './tally';

/** What was sent under a name of TikTok's. */
export interface SentEvents {
  readonly name: string;
  readonly count: number;
  /** How many have no event_id, by which TikTok would count them once if they came again. */
  readonly withoutId: number;
  /** Most frequent first; nothing for the name of those without a currency. */
  readonly currencies: readonly SentCurrency[];
}

export interface SentCurrency {
  readonly currency?: string | undefined;
  readonly count: number;
  /** How many have a value, and the sum of these. */
  readonly values: number;
  readonly sum: number;
}

/** Events that come again under the same name and id: TikTok counts them once. */
export interface Repeats {
  /** How many come again. */
  readonly count: number;
  /** Most frequent first. */
  readonly ids: readonly RepeatedId[];
  /** Whether all ids could be remembered; if not, there may be more. */
  readonly isComplete: boolean;
}

export interface RepeatedId {
  /** TikTok's name. */
  readonly name: string;
  /** Masked. */
  readonly id: string;
  /** How many come again, the first one not counted. */
  readonly count: number;
  /** Where the first ones are. */
  readonly places: readonly string[];
}

/** How many ids are remembered, with their places: these take about 10 MB. */
const REMEMBERED = 50_000;
/** How many places of an id are listed. */
const PLACES = 3;
/** The digits of a number that its decimals have in any case. */
const EXACT_DIGITS = 15;

interface CurrencyGroup {
  readonly currency: string | undefined;
  values: number;
  sum: number;
}

interface NameGroup {
  readonly name: string;
  readonly example: Example;
  readonly currencies: Groups<CurrencyGroup>;
  readonly withoutId: { count: number };
}

/** Counts a conversion. @param own what only it has. */
export type CountConversion = (own: OwnData, event: () => CountedEvent, note: Note) => void;

/** @param remembered how many ids are. */
export function createSent(token: string, remembered = REMEMBERED) {
  const names = createGroups<NameGroup>();
  const first = new Map<number, CountedEvent>();
  const repeated = createGroups<{ readonly name: string; readonly id: string; readonly places: string[] }>();
  const repeats = { count: 0, isComplete: true };

  function addId(name: string, key: number, id: () => string, event: () => CountedEvent, note: Note): void {
    const before = first.get(key);
    if (before === undefined) {
      if (first.size < remembered) first.set(key, event());
      else repeats.isComplete = false;
      return;
    }
    repeats.count += 1;
    const group = repeated.count(String(key), (isOther) => ({
      name: isOther ? OTHERS : name,
      id: isOther ? '' : maskId(id(), token),
      places: [],
    }));
    if (group.places.length === 0) note(group, () => before);
    note(group);
    if (group.name === OTHERS) return;
    if (group.places.length === 0) group.places.push(before.at);
    if (group.places.length < PLACES) group.places.push(event().at);
  }

  return {
    /**
     * Finds what conversions of a kind are counted in.
     *
     * @param example where the first one is.
     * @returns what counts one.
     */
    find({ name, currency, hasValue, hasId }: FoundConversion, example: () => Example): CountConversion {
      const named = names.find(name, (isOther) => ({
        name: isOther ? OTHERS : name,
        example: example(),
        currencies: createGroups<CurrencyGroup>(),
        withoutId: { count: 0 },
      }));
      const { currencies, withoutId } = named.group;
      const inCurrency = currencies.find(currency ?? '', () => ({ currency, values: 0, sum: 0 }));
      return ({ value = 0, key, id }, event, note) => {
        named.count += 1;
        note(named.group);
        inCurrency.count += 1;
        if (hasValue) inCurrency.group.values += 1;
        inCurrency.group.sum += value;
        note(inCurrency.group);
        if (!hasId) {
          withoutId.count += 1;
          note(withoutId);
        }
        if (key !== undefined) addId(name, key, id, event, note);
      };
    },
    /** What was sent under each name, with the group that was counted. */
    names: () => names.list().map((one, index) => ({ ...one, counted: names.groups()[index] ?? {} })),
    result: (): { readonly sent: readonly SentEvents[]; readonly repeats: Repeats } => ({
      sent: names.list().map(({ name, count, withoutId, currencies }) => ({
        name,
        count,
        withoutId: withoutId.count,
        currencies: currencies.list().map(({ currency, values, sum, count: ofCurrency }) => ({
          ...(currency !== undefined && { currency }),
          count: ofCurrency,
          values,
          sum: Number(sum.toPrecision(EXACT_DIGITS)),
        })),
      })),
      repeats: { ...repeats, ids: repeated.list() },
    }),
    /** What was noted for each entry of these lists. */
    groups: () => ({
      sent: names.groups(),
      'sent.withoutId': names.groups().map(({ withoutId }) => withoutId),
      ...Object.fromEntries(
        names
          .groups()
          .map(({ currencies }, index) => [`sent.${index}.currencies`, currencies.groups()] as const),
      ),
      'repeats.ids': repeated.groups(),
    }),
  };
}

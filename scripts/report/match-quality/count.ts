// Counts how well TikTok can match events, and what would raise that, in memory that does not grow with them.
import type { Settings } from '../../../lib/configuration/settings';
import { masked } from '../../cli/printable';
import type { Examined } from '../examine';
import type { Example } from '../example';
import { createGroups, OTHERS } from '../groups';
import { ADVICE, type Advice, type Want } from './advice';
import { identifiersFor, type Identifier } from './identifiers';
import { observe, type Gain } from './observe';

/** An estimate, and not a score of TikTok's. */
export interface MatchQuality {
  /** Those that are sent, or refused for want of contact data. */
  readonly events: number;
  /** What these become, or would with contact data: TikTok's names, most frequent first. */
  readonly conversions: readonly ConversionQuality[];
  /** What would raise it, most gain first. */
  readonly advice: readonly CountedAdvice[];
}

export interface ConversionQuality {
  readonly name: string;
  readonly count: number;
  /** What TikTok documents to match on, and how many have a valid value of it. */
  readonly identifiers: readonly { readonly parameter: string; readonly count: number }[];
  /** How many have none of them. */
  readonly none: number;
}

export interface CountedAdvice extends Advice {
  readonly parameter: string;
  readonly reason: Want;
  /** Events that would have the identifier. */
  readonly count: number;
  /** Those of them that are not sent, and would be. */
  readonly newlySent: number;
  readonly example: Example;
}

interface ConversionGroup {
  readonly name: string;
  /** By parameter. */
  readonly has: Map<string, number>;
  none: number;
}

interface AdviceGroup {
  readonly identifier: Identifier;
  readonly want: Want;
  /** Where the identifier stands, if that is elsewhere. */
  readonly path: string;
  /** The hash of the first value there. */
  readonly value: string | undefined;
  /** Whether another one stood there. */
  varies: boolean;
  newlySent: number;
  readonly example: Example;
}

/** Notes a group that an event was counted in. */
type Note = (group: object) => void;

export function createMatchQuality(settings: Settings) {
  const conversions = createGroups<ConversionGroup>();
  const advice = createGroups<AdviceGroup>();
  const identifiers = identifiersFor(settings.eventSource);
  let events = 0;

  function addGain({ identifier, want, place, isNewlySent }: Gain, example: () => Example): AdviceGroup {
    const path = place?.path ?? '';
    const group = advice.count(`${identifier.parameter} ${want} ${path}`, (isOther) => ({
      identifier,
      want,
      path: isOther ? OTHERS : path,
      value: place?.value,
      varies: isOther,
      newlySent: 0,
      example: example(),
    }));
    group.varies ||= group.value !== place?.value;
    if (isNewlySent) group.newlySent += 1;
    return group;
  }

  /** What is always the same is nobody's: the shop's own address, or its hotline. */
  const isProved = ({ want, varies }: AdviceGroup, count: number): boolean =>
    want !== 'elsewhere' || varies || count === 1;

  const shownAdvice = () => advice.ranked().filter(({ group, count }) => isProved(group, count));

  return {
    add(examined: Examined, example: () => Example, note: Note): void {
      const observed = observe(examined, settings);
      if (observed === undefined) return;
      events += 1;
      for (const { name, has } of observed.conversions) {
        const shown = masked(name, settings.accessToken);
        const group = conversions.count(shown, (isOther) => ({
          name: isOther ? OTHERS : shown,
          has: new Map(),
          none: 0,
        }));
        for (const parameter of has) group.has.set(parameter, (group.has.get(parameter) ?? 0) + 1);
        if (has.length === 0) group.none += 1;
        note(group);
      }
      for (const gain of observed.gains) note(addGain(gain, example));
    },
    result: (): MatchQuality => ({
      events,
      conversions: conversions.list().map(({ name, count, has, none }) => ({
        name,
        count,
        identifiers: identifiers.map(({ parameter }) => ({ parameter, count: has.get(parameter) ?? 0 })),
        none,
      })),
      advice: shownAdvice().map(({ group: { identifier, want, path, newlySent, example }, count }) => ({
        parameter: identifier.parameter,
        reason: want,
        ...ADVICE[want](identifier, path),
        count,
        newlySent,
        example,
      })),
    }),
    /** What {@link MatchQuality} lists, in the same order, as it was noted. */
    groups: () => ({ conversions: conversions.groups(), advice: shownAdvice().map(({ group }) => group) }),
  };
}

// Counts how well TikTok can match events, and what would raise that, in memory that does not grow with them.
import type { EventSource } from '../../../lib/tiktok/payload';
import type { Example } from '../example';
import { createGroups, OTHERS } from '../groups';
import type { MatchParameter } from '../labels';
import { ADVICE, type Advice, type Want } from './advice';
import { parametersFor } from './identifiers';
import type { Count } from '../tally';
import { keyOfGain, type Gain, type Observation, type ObservedConversion } from './observe';

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
  readonly identifiers: readonly { readonly parameter: MatchParameter; readonly count: number }[];
  /** How many have none of them. */
  readonly none: number;
}

export interface CountedAdvice extends Advice {
  readonly parameter: MatchParameter;
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

interface AdviceGroup extends Pick<CountedAdvice, 'parameter' | 'reason' | 'finding' | 'advice' | 'example'> {
  newlySent: number;
  /** That of the first value that stands elsewhere. */
  readonly drawer: string | undefined;
  /** Whether another value stands there in another event. */
  varies: boolean;
}

export function createMatchQuality(eventSource: EventSource) {
  const conversions = createGroups<ConversionGroup>();
  const advice = createGroups<AdviceGroup>();
  const parameters = parametersFor(eventSource);
  let events = 0;

  /** Finds what a gain is counted in. @returns what counts one. */
  function findGain(gain: Gain, example: () => Example): Count {
    const { parameter, want, place, isNewlySent } = gain;
    const counted = advice.find(keyOfGain(gain), (isOther) => ({
      parameter,
      reason: want,
      ...ADVICE[want](parameter, isOther ? OTHERS : (place?.path ?? '')),
      newlySent: 0,
      example: example(),
      drawer: place?.drawer,
      varies: isOther,
    }));
    const { group } = counted;
    group.varies ||= group.drawer !== place?.drawer;
    return (note) => {
      counted.count += 1;
      if (isNewlySent) group.newlySent += 1;
      note(group);
    };
  }

  /** Likewise, for what an event becomes. */
  function findConversion({ name, has }: ObservedConversion): Count {
    const counted = conversions.find(name, (isOther) => ({
      name: isOther ? OTHERS : name,
      has: new Map(),
      none: 0,
    }));
    const { group } = counted;
    return (note) => {
      counted.count += 1;
      for (const parameter of has) group.has.set(parameter, (group.has.get(parameter) ?? 0) + 1);
      if (has.length === 0) group.none += 1;
      note(group);
    };
  }

  /** What is counted, if it is to be shown: a value that is always the same is probably the shop's own. */
  function rankAdvice(): readonly { readonly counted: CountedAdvice; readonly group: object }[] {
    const groups = advice.groups();
    return advice.list().flatMap(({ drawer, varies, ...counted }, index) => {
      const isSame = drawer !== undefined && !varies;
      return isSame ? [] : [{ counted, group: groups[index] ?? {} }];
    });
  }

  return {
    /**
     * Finds what an observation is counted in.
     *
     * @param example where the first event with it is.
     * @returns what counts one.
     */
    find({ conversions: observed, gains }: Observation, example: () => Example): readonly Count[] {
      return [
        () => (events += 1),
        ...observed.map(findConversion),
        ...gains.map((gain) => findGain(gain, example)),
      ];
    },
    result: (): MatchQuality => ({
      events,
      conversions: conversions.list().map(({ name, count, has, none }) => ({
        name,
        count,
        identifiers: parameters.map((parameter) => ({ parameter, count: has.get(parameter) ?? 0 })),
        none,
      })),
      advice: rankAdvice().map(({ counted }) => counted),
    }),
    /** What was noted for each entry of these lists. */
    groups: () => ({
      'matchQuality.conversions': conversions.groups(),
      'matchQuality.advice': rankAdvice().map(({ group }) => group),
    }),
  };
}

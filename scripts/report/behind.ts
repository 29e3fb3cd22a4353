// The first events behind each number of a report, so that a person can look at them.
import type { Example } from './example';

/** An event, masked: where it is, and what it is called. */
export interface CountedEvent extends Example {
  /** Its number among the events of all files, counted from 0. */
  readonly index: number;
  readonly name: string;
}

/** By the number's place in the report, such as `delivered`, `reasons.0` or `reasons.0.flaws.1`. */
export type EventsBehind = ReadonlyMap<string, readonly CountedEvent[]>;

export interface Behind {
  /** @param number its place in the report, or the group that was counted. */
  readonly add: (number: string | object, event: () => CountedEvent) => void;
  /** @param groups lists of counted groups, by their place in the report. */
  readonly list: (groups: Readonly<Record<string, readonly object[]>>) => EventsBehind;
}

/** @param limit how many events are kept for a number. */
export function createBehind(limit: number): Behind {
  const kept = new Map<string | object, CountedEvent[]>();
  return {
    add(number, event) {
      if (limit === 0) return;
      const events = kept.get(number) ?? [];
      if (events.length === limit) return;
      const counted = event();
      // An event that becomes several TikTok events is counted once for each.
      if (events.at(-1) === counted) return;
      events.push(counted);
      kept.set(number, events);
    },
    list(groups) {
      const places = new Map<string | object, string>(
        Object.entries(groups).flatMap(([place, list]) =>
          list.map((group, index) => [group, `${place}.${index}`] as const),
        ),
      );
      return new Map(
        [...kept].flatMap(([number, events]) => {
          const place = typeof number === 'string' ? number : places.get(number);
          return place === undefined ? [] : [[place, events] as const];
        }),
      );
    },
  };
}

// Counts what becomes of events, in memory that does not grow with them.
import type { EventMapping } from '../../lib/configuration/event-mappings';
import { keyOf } from '../../lib/configuration/key';
import type { Settings } from '../../lib/configuration/settings';
import type { Flaw } from '../../lib/conversion/convert';
import { nearestOf } from '../../lib/values/nearest';
import { masked, printable } from '../cli/printable';
import type { Fate } from '../local/segment/outcomes';
import { createBehind, type CountedEvent, type EventsBehind } from './behind';
import type { Cause } from './examine';
import type { Example } from './example';
import {
  keyOfLeftOut,
  type Finding,
  type FoundConversion,
  type Identifier,
  type LeftOutKind,
} from './finding';
import { createGroups, OTHERS, type Counted, type Groups } from './groups';
import { createMatchQuality, type MatchQuality } from './match-quality/count';
import type { OwnData } from './own-data';
import type { Overruled } from './overruled';
import { createSent, type CountConversion, type Repeats, type SentEvents } from './sent';
import { createTimeline, noFates, type Counts, type Fates, type Part } from './timeline';
import {
  describeName,
  describeOverruled,
  describeUnused,
  EVENT_WARNINGS,
  TEST_EVENT_CODE,
  type EventWarning,
} from './warnings';

/** What became of events. Names, ids and sources are masked: nothing in it is personal. */
export interface Report extends Fates {
  readonly events: number;
  /** Entries of the files that are not events. */
  readonly skipped: Skipped;
  /** Why events were not delivered, most frequent first. */
  readonly reasons: readonly Reason[];
  /** Values that were there and were not sent, most frequent first. */
  readonly leftOut: readonly LeftOutCount[];
  /** What TikTok gets, by its names, most frequent first. */
  readonly sent: readonly SentEvents[];
  readonly repeats: Repeats;
  /** What the events' names became, most frequent first; nothing for a name without a mapping. */
  readonly names: readonly Name[];
  /** How many of the delivered TikTok events carry what TikTok can match on. */
  readonly identifiers: Identifiers;
  readonly matchQuality: MatchQuality;
  /** What marketers ask first about these. */
  readonly essentials: Essentials;
  /** What should be looked at although it is sent. */
  readonly warnings: readonly Warning[];
  readonly requests: number;
  /** Of all requests' bodies. */
  readonly bytes: number;
  /** The events in the order they came, in at most 50 parts of the same size; the last may be smaller. */
  readonly timeline: readonly Part[];
}

export interface Skipped {
  readonly count: number;
  /** Where and why, for the first 20 of them. */
  readonly problems: readonly string[];
}

/** Reasons with the same problem are one. */
export interface Reason extends Omit<Cause, 'flaws' | 'advice'> {
  readonly outcome: Exclude<Fate, 'delivered'>;
  readonly count: number;
  /** What is wrong with the sources that could have helped, most frequent first. */
  readonly flaws: readonly (Flaw & { readonly count: number })[];
  /** What to do, and in how many events, most frequent first. */
  readonly advice: readonly CountedAdvice[];
  readonly example: Example;
}

export interface CountedAdvice {
  readonly text: string;
  readonly count: number;
}

export interface LeftOutCount extends LeftOutKind {
  /** In how many events. */
  readonly count: number;
  readonly example: Example;
}

export interface Name {
  readonly name: string;
  readonly count: number;
  /** Whether it is not sent because the condition of its entry does not hold. */
  readonly isUnmet: boolean;
  readonly becomes: readonly string[];
}

export interface Identifiers extends Readonly<Record<Identifier, number>> {
  /** All that were delivered. */
  readonly events: number;
}

export interface Essentials {
  readonly purchases: number;
  /** With a value and a currency. */
  readonly pricedPurchases: number;
  readonly products: number;
  /** With an id. */
  readonly identifiedProducts: number;
}

export interface Warning {
  /** A key of EVENT_WARNINGS, `fixed_value`, `name`, `unused_entry`, or `test_event_code`. */
  readonly kind: string;
  readonly message: string;
  readonly count?: number;
  readonly example?: Example;
}

const SKIPPED = 20;

const haveNone = (): OwnData => ({ value: undefined, key: undefined, id: () => '' });

export interface Tally {
  /**
   * Counts an event, in the order of the files.
   *
   * @param example where it is; called only if it is one of the first of its kind, or has an id to remember.
   * @param takeOwn gives what only the next of its conversions has; needed if there are any.
   */
  readonly add: (finding: Finding, example: () => Example, takeOwn?: () => OwnData) => void;
  /** Counts an entry that is not an event. */
  readonly skip: (problem: string) => void;
  /** Counts requests. @param bytes of their bodies. */
  readonly addRequests: (count: number, bytes: number) => void;
  readonly report: () => Report;
  /** The first events behind each number of the report. */
  readonly behind: () => EventsBehind;
}

/**
 * Remembers an event as one of those behind a number.
 *
 * @param number its place in the report, or the group that was counted.
 * @param event another one than the one that is being counted.
 */
export type Note = (number: string | object, event?: () => CountedEvent) => void;

/** Counts an event in one place of the report. */
export type Count = (note: Note) => void;

/** What events with the same finding are counted in. */
interface FoundCounts {
  readonly counts: readonly Count[];
  /** For each of its conversions. */
  readonly conversions: readonly CountConversion[];
}

export interface TallyOptions {
  /** How many events are remembered behind each number; none by default. */
  readonly kept?: number;
  /** The entries of Event Mappings that some event should use. */
  readonly entries?: readonly EventMapping[];
}

export function createTally(
  { testEventCode, eventSource, accessToken }: Settings,
  { kept = 0, entries = [] }: TallyOptions = {},
): Tally {
  const behind = createBehind(kept);
  let events = 0;
  const fates = noFates();
  let [skipped, requests, bytes] = [0, 0, 0];
  const problems: string[] = [];
  const reasons = createGroups<
    Omit<Reason, 'count' | 'flaws' | 'advice'> & {
      readonly flaws: Groups<Flaw>;
      readonly advice: Groups<{ readonly text: string }>;
    }
  >();
  const leftOut = createGroups<Omit<LeftOutCount, 'count'>>();
  const names = createGroups<Omit<Name, 'count'>>();
  const sent = createSent(accessToken);
  const overruled = createGroups<Overruled & { readonly example: Example }>();
  const warnings = new Map<EventWarning, Counts<{ count: number; example: Example }>>();
  const identifiers = { events: 0, email: 0, phone: 0, both: 0, externalId: 0, ttclid: 0 };
  const essentials = { purchases: 0, pricedPurchases: 0, products: 0, identifiedProducts: 0 };
  const matchQuality = createMatchQuality(eventSource);
  const timeline = createTimeline();
  const usedEntries = new Set<string>();
  const known = new WeakMap<Finding, FoundCounts>();

  /** Counts one more in a group. */
  const countIn =
    (counted: Counted<object>): Count =>
    (note) => {
      counted.count += 1;
      note(counted.group);
    };

  function findReason(
    outcome: Reason['outcome'],
    { reason, problem, advice, flaws }: Cause,
    example: () => Example,
  ): readonly Count[] {
    const counted = reasons.find(`${outcome} ${problem}`, (isOther) => ({
      outcome,
      reason,
      problem: isOther ? OTHERS : problem,
      flaws: createGroups<Flaw>(),
      advice: createGroups<{ readonly text: string }>(),
      example: example(),
    }));
    const { group } = counted;
    return [
      counted,
      ...(advice === '' ? [] : [group.advice.find(advice, () => ({ text: advice }))]),
      ...flaws.map((flaw) => group.flaws.find(JSON.stringify(flaw), () => flaw)),
    ].map(countIn);
  }

  function findConversion(conversion: FoundConversion): readonly Count[] {
    const { isPurchase, hasValue, currency, products, identifiedProducts } = conversion;
    return [
      ...(['events', ...conversion.identifiers] as const).map((identifier): Count => (note) => {
        identifiers[identifier] += 1;
        note(`identifiers.${identifier}`);
      }),
      (note) => {
        essentials.products += products;
        essentials.identifiedProducts += identifiedProducts;
        if (!isPurchase) return;
        essentials.purchases += 1;
        note('essentials.purchases');
        if (!hasValue || currency === undefined) return;
        essentials.pricedPurchases += 1;
        note('essentials.pricedPurchases');
      },
    ];
  }

  function findWarning(key: EventWarning, example: () => Example): Count {
    const warning = warnings.get(key) ?? { count: 0, example: example() };
    warnings.set(key, warning);
    return (note) => {
      warning.count += 1;
      note(warning);
    };
  }

  /** What events with the same finding are counted in. They come again and again: it is found once. */
  function find(finding: Finding, example: () => Example): FoundCounts {
    const { fate, name, becomes, isUnmet, cause, conversions, observation } = finding;
    for (const key of finding.entries) usedEntries.add(key);
    const named = names.find(
      [keyOf(name), String(isUnmet), ...becomes].join('\n'),
      (isOther) => ({ name: isOther ? OTHERS : name, becomes, isUnmet: isUnmet && !isOther }),
      becomes.length > 0,
    );
    const kinds = finding.leftOut.map((kind) =>
      leftOut.find(keyOfLeftOut(kind), (isOther) => ({
        ...kind,
        ...(isOther && { parameter: OTHERS, source: '' }),
        example: example(),
      })),
    );
    return {
      counts: [
        countIn(named),
        (note) => {
          fates[fate] += 1;
          note(fate);
          timeline.add(fate);
        },
        ...conversions.flatMap(findConversion),
        ...finding.overruled.map((one) =>
          countIn(overruled.find(JSON.stringify(one), () => ({ ...one, example: example() }))),
        ),
        ...finding.warnings.map((warning) => findWarning(warning, example)),
        ...(observation === undefined ? [] : matchQuality.find(observation, example)),
        ...(fate === 'delivered' || cause === undefined ? [] : findReason(fate, cause, example)),
        ...kinds.map(countIn),
      ],
      conversions: conversions.map((conversion) => sent.find(conversion, example)),
    };
  }

  /** Each warning, and what was counted for it. */
  const findWarnings = (): readonly { readonly warning: Warning; readonly counted: object }[] => [
    ...(testEventCode === undefined
      ? []
      : [{ warning: { kind: 'test_event_code', message: TEST_EVENT_CODE }, counted: {} }]),
    ...[...warnings].map(([kind, counted]) => ({
      warning: { kind, message: EVENT_WARNINGS[kind].describe(counted.count), ...counted },
      counted,
    })),
    ...overruled.list().map(({ example, count, ...one }, index) => ({
      warning: { kind: 'fixed_value', message: describeOverruled(one, count), count, example },
      counted: overruled.groups()[index] ?? {},
    })),
    ...sent.names().flatMap(({ name, count, example, counted }) => {
      const message = describeName(name, count);
      return message === undefined ? [] : [{ warning: { kind: 'name', message, count, example }, counted }];
    }),
    ...findUnused().map((message) => ({ warning: { kind: 'unused_entry', message }, counted: {} })),
  ];

  /** What is said of the entries that no event used. */
  function findUnused(): readonly string[] {
    const notMapped = names.list().filter(({ becomes, isUnmet }) => becomes.length === 0 && !isUnmet);
    const notMappedNames = notMapped.map(({ name }) => name);
    return entries
      .filter(({ key }) => events > 0 && !usedEntries.has(key))
      .map(({ label, isLabel }) =>
        describeUnused(masked(label, accessToken), isLabel ? undefined : nearestOf(label, notMappedNames)),
      );
  }

  return {
    add(finding, example, takeOwn = haveNone) {
      const index = events;
      let made: CountedEvent | undefined;
      const counted = (): CountedEvent => (made ??= { index, name: finding.name, ...example() });
      const note: Note = (number, event = counted) => {
        behind.add(number, event);
      };
      events += 1;
      const found = known.get(finding) ?? find(finding, example);
      known.set(finding, found);
      for (const count of found.counts) count(note);
      for (const countConversion of found.conversions) countConversion(takeOwn(), counted, note);
    },
    skip(problem) {
      skipped += 1;
      if (problems.length < SKIPPED) problems.push(printable(problem));
    },
    addRequests(count, size) {
      requests += count;
      bytes += size;
    },
    report: () => ({
      events,
      ...fates,
      skipped: { count: skipped, problems },
      reasons: reasons
        .list()
        .map(({ flaws, advice, ...reason }) => ({ ...reason, flaws: flaws.list(), advice: advice.list() })),
      leftOut: leftOut.list(),
      ...sent.result(),
      names: names.list(),
      identifiers,
      matchQuality: matchQuality.result(),
      essentials,
      warnings: findWarnings().map(({ warning }) => warning),
      requests,
      bytes,
      timeline: timeline.parts(),
    }),
    behind: () =>
      behind.list({
        reasons: reasons.groups(),
        ...Object.fromEntries(
          reasons.groups().flatMap(({ flaws, advice }, index): [string, readonly object[]][] => [
            [`reasons.${index}.flaws`, flaws.groups()],
            [`reasons.${index}.advice`, advice.groups()],
          ]),
        ),
        leftOut: leftOut.groups(),
        names: names.groups(),
        warnings: findWarnings().map(({ counted }) => counted),
        ...sent.groups(),
        ...matchQuality.groups(),
      }),
  };
}

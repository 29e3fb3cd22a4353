// Counts what becomes of events, in memory that does not grow with them.
import { keyOf } from '../../lib/configuration/entries';
import { mappedName } from '../../lib/configuration/event-mappings';
import type { Settings } from '../../lib/configuration/settings';
import type { LeftOut } from '../../lib/parameters/reasons';
import type { TikTokEvent } from '../../lib/tiktok/payload';
import { itemsOf, ownProperty } from '../../lib/values/json';
import { masked, printable } from '../cli/printable';
import type { Input } from '../input/json';
import type { Fate } from '../local/segment/outcomes';
import type { Trace } from '../local/segment/network';
import { describeNotMapped } from '../../lib/configuration/not-mapped';
import type { Flaw } from '../../lib/conversion/convert';
import { withoutRequestId, type Cause, type Examined } from './examine';
import { createBehind, type CountedEvent, type EventsBehind } from './behind';
import { exampleOf, type Example } from './example';
import { createGroups, OTHERS, type Groups } from './groups';
import { createTimeline, noFates, type Counts, type Fates, type Part } from './timeline';
import {
  describeName,
  EVENT_WARNING_KEYS,
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
  /** What the events' names became, most frequent first; nothing for a name without a mapping. */
  readonly names: readonly Name[];
  /** How many of the delivered TikTok events carry what TikTok can match on. */
  readonly identifiers: Identifiers;
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

/** Reasons with the same problem and the same advice are one. */
export interface Reason extends Omit<Cause, 'flaws'> {
  readonly outcome: Exclude<Fate, 'delivered'>;
  readonly count: number;
  /** What is wrong with the sources that could have helped, most frequent first. */
  readonly flaws: readonly (Flaw & { readonly count: number })[];
  readonly example: Example;
}

export interface LeftOutCount extends Omit<LeftOut, 'item'> {
  /** In how many events. */
  readonly count: number;
  readonly example: Example;
}

export interface Name {
  readonly name: string;
  readonly count: number;
  readonly becomes: readonly string[];
}

export interface Identifiers {
  readonly events: number;
  readonly email: number;
  readonly phone: number;
  readonly both: number;
  readonly externalId: number;
  readonly ttclid: number;
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
  /** A key of EVENT_WARNINGS, `name`, or `test_event_code`. */
  readonly kind: string;
  readonly message: string;
  readonly count?: number;
  readonly example?: Example;
}

const SKIPPED = 20;

export interface Tally {
  /** Counts an event and what became of it. */
  readonly add: (examined: Examined, at: Input['at']) => void;
  /** Counts an entry that is not an event. */
  readonly skip: (problem: string) => void;
  readonly addRequest: (request: Trace) => void;
  readonly report: () => Report;
  /** The first events behind each number of the report. */
  readonly behind: () => EventsBehind;
}

/** Remembers an event as one of those behind a number: its place in the report, or the group that was counted. */
type Note = (number: string | object) => void;

/** @param kept how many events are remembered behind each number. */
export function createTally({ accessToken, testEventCode }: Settings, kept = 0): Tally {
  const behind = createBehind(kept);
  let events = 0;
  const fates = noFates();
  let [skipped, requests, bytes] = [0, 0, 0];
  const problems: string[] = [];
  const reasons = createGroups<Omit<Reason, 'count' | 'flaws'> & { readonly flaws: Groups<Flaw> }>();
  const leftOut = createGroups<Omit<LeftOutCount, 'count'>>();
  const names = createGroups<Omit<Name, 'count'>>();
  const sent = createGroups<{ readonly name: string; readonly example: Example }>();
  const warnings = new Map<EventWarning, Counts<{ count: number; example: Example }>>();
  const identifiers = { events: 0, email: 0, phone: 0, both: 0, externalId: 0, ttclid: 0 };
  const essentials = { purchases: 0, pricedPurchases: 0, products: 0, identifiedProducts: 0 };
  const timeline = createTimeline();

  function addReason(
    outcome: Reason['outcome'],
    { event, cause }: Examined,
    example: () => Example,
    note: Note,
  ): void {
    if (cause === undefined) return;
    // The names of events have a table of their own, and each answer of TikTok's has an id of its own.
    const problem =
      cause.problem === describeNotMapped(`"${masked(mappedName(event), accessToken)}"`)
        ? describeNotMapped('its name')
        : withoutRequestId(cause.problem);
    const { reason, advice, flaws } = cause;
    const entry = reasons.count(`${outcome} ${problem} ${advice}`, (isOther) => ({
      outcome,
      reason,
      problem: isOther ? OTHERS : problem,
      advice,
      flaws: createGroups<Flaw>(),
      example: example(),
    }));
    note(entry);
    for (const flaw of flaws) note(entry.flaws.count(JSON.stringify(flaw), () => flaw));
  }

  function addLeftOut(found: readonly LeftOut[], example: () => Example, note: Note): void {
    const kinds = new Map(
      found.map(({ parameter, source, reason, flaw, isPart }) => [
        `${parameter} ${source} ${reason} ${String(isPart)}`,
        { parameter, source, reason, flaw, isPart },
      ]),
    );
    for (const [key, kind] of kinds)
      note(
        leftOut.count(key, (isOther) => ({
          ...kind,
          ...(isOther && { parameter: OTHERS, source: '' }),
          example: example(),
        })),
      );
  }

  function addConversion(conversion: TikTokEvent, note: Note): void {
    const { event, user, properties } = conversion;
    const has = (field: string) => ownProperty(user, field) !== undefined;
    function count(number: keyof Identifiers): void {
      identifiers[number] += 1;
      note(`identifiers.${number}`);
    }
    count('events');
    if (has('email')) count('email');
    if (has('phone')) count('phone');
    if (has('email') && has('phone')) count('both');
    if (has('external_id')) count('externalId');
    if (has('ttclid')) count('ttclid');
    if (PURCHASES.includes(event)) {
      essentials.purchases += 1;
      note('essentials.purchases');
      const isPriced = ['value', 'currency'].every((field) => ownProperty(properties, field) !== undefined);
      if (isPriced) {
        essentials.pricedPurchases += 1;
        note('essentials.pricedPurchases');
      }
    }
    for (const item of itemsOf(ownProperty(properties, 'contents')) ?? []) {
      essentials.products += 1;
      if (ownProperty(item, 'content_id') !== undefined) essentials.identifiedProducts += 1;
    }
  }

  function addDelivered(examined: Examined, example: () => Example, note: Note): void {
    for (const conversion of examined.converted?.events ?? []) {
      addConversion(conversion, note);
      const name = masked(conversion.event, accessToken);
      note(sent.count(name, () => ({ name, example: example() })));
    }
    for (const key of EVENT_WARNING_KEYS) {
      if (!EVENT_WARNINGS[key].concerns(examined, Date.now())) continue;
      const warning = warnings.get(key) ?? { count: 0, example: example() };
      warning.count += 1;
      warnings.set(key, warning);
      note(warning);
    }
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
    ...sent.list().flatMap(({ name, count, example }, index) => {
      const message = describeName(name, count);
      const counted = sent.groups()[index] ?? {};
      return message === undefined ? [] : [{ warning: { kind: 'name', message, count, example }, counted }];
    }),
  ];

  return {
    add(examined, at) {
      const { event, fate, name, becomes } = examined;
      // Made only for the first of a kind.
      const example = () => exampleOf(event, at, accessToken);
      const index = events;
      let made: CountedEvent | undefined;
      const note: Note = (number) => {
        behind.add(number, () => (made ??= { index, name, ...example() }));
      };
      events += 1;
      const isMapped = becomes.length > 0;
      note(
        names.count(
          keyOf([name, ...becomes].join('\n')),
          (isOther) => ({ name: isOther ? OTHERS : name, becomes }),
          isMapped,
        ),
      );
      fates[fate] += 1;
      note(fate);
      timeline.add(fate);
      if (fate === 'delivered') addDelivered(examined, example, note);
      else addReason(fate, examined, example, note);
      addLeftOut(examined.leftOut, example, note);
    },
    skip(problem) {
      skipped += 1;
      if (problems.length < SKIPPED) problems.push(printable(problem));
    },
    addRequest({ request }) {
      requests += 1;
      bytes += Buffer.byteLength(request.body);
    },
    report: () => ({
      events,
      ...fates,
      skipped: { count: skipped, problems },
      reasons: reasons.list().map(({ flaws, ...reason }) => ({ ...reason, flaws: flaws.list() })),
      leftOut: leftOut.list(),
      names: names.list(),
      identifiers,
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
          reasons.groups().map(({ flaws }, index) => [`reasons.${index}.flaws`, flaws.groups()]),
        ),
        leftOut: leftOut.groups(),
        names: names.groups(),
        warnings: findWarnings().map(({ counted }) => counted),
      }),
  };
}

/** What a purchase is called; TikTok renamed the second one. */
const PURCHASES: readonly string[] = ['Purchase', 'CompletePayment'];

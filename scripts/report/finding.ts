// What a report counts of an event. It is plain data, which one thread can post to another, and the same for all events
// of a kind: where an event stands and what its id is are not in it.
import { describeNotMapped } from '../../lib/configuration/not-mapped';
import { mappedName } from '../../lib/configuration/event-mappings';
import type { Settings } from '../../lib/configuration/settings';
import type { LeftOut } from '../../lib/parameters/reasons';
import type { TikTokEvent } from '../../lib/tiktok/payload';
import { itemsOf, ownProperty } from '../../lib/values/json';
import { masked } from '../cli/printable';
import type { Fate } from '../local/segment/outcomes';
import { withoutRequestId, type Cause, type Examined } from './examine';
import { observe, type Observation } from './match-quality/observe';
import { EVENT_WARNING_KEYS, EVENT_WARNINGS, type EventWarning } from './warnings';

/** An event that was examined, without what only one event has. Names and sources are masked. */
export interface Finding {
  readonly fate: Fate;
  /** Of the Segment event. */
  readonly name: string;
  /** TikTok's names for it. */
  readonly becomes: readonly string[];
  /** Unless it was delivered. */
  readonly cause?: Cause;
  /** Each kind once, however many items of the event have it. */
  readonly leftOut: readonly LeftOutKind[];
  /** What was delivered. */
  readonly conversions: readonly FoundConversion[];
  /** What should be looked at although it was delivered. */
  readonly warnings: readonly EventWarning[];
  /** How well TikTok can match it, and what would help; only for an event that is for TikTok. */
  readonly observation?: Observation;
}

export type LeftOutKind = Omit<LeftOut, 'item'>;

/** What TikTok can match a conversion on. */
export type Identifier = 'email' | 'phone' | 'both' | 'externalId' | 'ttclid';

/** A TikTok event that was delivered. */
export interface FoundConversion {
  readonly name: string;
  readonly identifiers: readonly Identifier[];
  readonly isPurchase: boolean;
  /** Whether it has a value and a currency. */
  readonly isPriced: boolean;
  readonly products: number;
  /** With an id. */
  readonly identifiedProducts: number;
}

/** @param now the time of handling in milliseconds; the machine's by default. */
export type Find = (examined: Examined, now?: number) => Finding;

export function createFinder(settings: Settings): Find {
  const { accessToken } = settings;
  /** The names of events have a table of their own, and each answer of TikTok's has an id of its own. */
  function findCause({ event }: Examined, cause: Cause): Cause {
    const isUnnamed = cause.problem === describeNotMapped(`"${masked(mappedName(event), accessToken)}"`);
    return {
      ...cause,
      problem: isUnnamed ? describeNotMapped('its name') : withoutRequestId(cause.problem),
    };
  }

  const findConversion = ({ event, user, properties }: TikTokEvent): FoundConversion => {
    const items = itemsOf(ownProperty(properties, 'contents')) ?? [];
    return {
      name: masked(event, accessToken),
      identifiers: IDENTIFIERS.filter(([, fields]) =>
        fields.every((field) => ownProperty(user, field) !== undefined),
      ).map(([identifier]) => identifier),
      isPurchase: PURCHASES.includes(event),
      isPriced: ['value', 'currency'].every((field) => ownProperty(properties, field) !== undefined),
      products: items.length,
      identifiedProducts: items.filter((item) => ownProperty(item, 'content_id') !== undefined).length,
    };
  };

  return (examined, now = Date.now()) => {
    const { fate, name, becomes, cause, leftOut, converted } = examined;
    const isDelivered = fate === 'delivered';
    const observation = observe(examined, settings);
    return {
      fate,
      name,
      becomes,
      ...(cause && { cause: findCause(examined, cause) }),
      leftOut: kindsOf(leftOut),
      conversions: isDelivered ? (converted?.events ?? []).map(findConversion) : [],
      warnings: isDelivered
        ? EVENT_WARNING_KEYS.filter((key) => EVENT_WARNINGS[key].concerns(examined, now) === true)
        : [],
      ...(observation && { observation }),
    };
  };
}

/** Which fields of a conversion's user each needs. */
const IDENTIFIERS: readonly (readonly [Identifier, fields: readonly string[]])[] = [
  ['email', ['email']],
  ['phone', ['phone']],
  ['both', ['email', 'phone']],
  ['externalId', ['external_id']],
  ['ttclid', ['ttclid']],
];

/** What a purchase is called; TikTok renamed the second one. */
const PURCHASES: readonly string[] = ['Purchase', 'CompletePayment'];

/** What tells kinds of what was left out apart. */
export const keyOfLeftOut = ({ parameter, source, reason, isPart }: LeftOutKind): string =>
  `${parameter} ${source} ${reason} ${String(isPart)}`;

const kindsOf = (found: readonly LeftOut[]): readonly LeftOutKind[] => [
  ...new Map(
    found.map(({ parameter, source, reason, flaw, isPart }) => {
      const kind = { parameter, source, reason, flaw, isPart };
      return [keyOfLeftOut(kind), kind] as const;
    }),
  ).values(),
];

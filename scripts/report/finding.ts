// What a report counts of an event. It is plain data, which one thread can post to another, and the same for all events
// of a kind: where an event stands and what its id is are not in it.
import { describeNotMapped } from '../../lib/configuration/not-mapped';
import { mappedName } from '../../lib/configuration/event-mappings';
import type { Settings } from '../../lib/configuration/settings';
import type { LeftOut } from '../../lib/parameters/reasons';
import type { TikTokEvent } from '../../lib/tiktok/payload';
import { itemsOf, ownProperty } from '../../lib/values/json';
import { createMask } from '../cli/printable';
import type { Fate } from '../local/segment/outcomes';
import { withoutRequestId, type Cause, type Examined } from './examine';
import { createObserver, type Observation } from './match-quality/observe';
import { findOverruled, type Overruled } from './overruled';
import { replacementOf } from './source';
import { EVENT_WARNING_KEYS, EVENT_WARNINGS, type EventWarning } from './warnings';

/** An event that was examined, without what only one event has. Names and sources are masked. */
export interface Finding {
  readonly fate: Fate;
  /** Of the Segment event. */
  readonly name: string;
  /** TikTok's names for it. */
  readonly becomes: readonly string[];
  /** The entries of Event Mappings that matched it, by their keys. */
  readonly entries: readonly string[];
  /** Whether the condition of the entry with its name does not hold, and no other entry sends it. */
  readonly isUnmet: boolean;
  /** Unless it was delivered. */
  readonly cause?: Cause;
  /** Each kind once, however many items of the event have it. */
  readonly leftOut: readonly LeftOutKind[];
  /** What was delivered. */
  readonly conversions: readonly FoundConversion[];
  /** What should be looked at although it was delivered. */
  readonly warnings: readonly EventWarning[];
  /** Fixed values that were delivered, although the event says otherwise. */
  readonly overruled: readonly Overruled[];
  /** How well TikTok can match it, and what would help; only for an event that is for TikTok. */
  readonly observation?: Observation;
}

export interface LeftOutKind extends Omit<LeftOut, 'item'> {
  /** The source whose value was delivered in its place. */
  readonly replacedBy?: string | undefined;
}

/** What TikTok can match a conversion on. */
export type Identifier = 'email' | 'phone' | 'both' | 'externalId' | 'ttclid';

/** A TikTok event that was delivered. */
export interface FoundConversion {
  readonly name: string;
  readonly identifiers: readonly Identifier[];
  readonly isPurchase: boolean;
  readonly hasValue: boolean;
  readonly currency?: string;
  readonly hasId: boolean;
  readonly products: number;
  /** With an id. */
  readonly identifiedProducts: number;
}

/** @param now the time of handling in milliseconds; the machine's by default. */
export type Find = (examined: Examined, now?: number) => Finding;

export function createFinder(settings: Settings): Find {
  const show = createMask(settings.accessToken);
  const observe = createObserver(settings);

  /** The names of events have a table of their own, and each answer of TikTok's has an id of its own. */
  function findCause({ event }: Examined, cause: Cause): Cause {
    const isUnnamed = cause.problem === describeNotMapped(`"${show(mappedName(event))}"`);
    return {
      ...cause,
      problem: isUnnamed ? describeNotMapped('its name') : withoutRequestId(cause.problem),
    };
  }

  const findConversion = ({ event, event_id, user, properties }: TikTokEvent): FoundConversion => {
    const items = itemsOf(ownProperty(properties, 'contents')) ?? [];
    const currency = ownProperty(properties, 'currency');
    return {
      name: show(event),
      identifiers: IDENTIFIERS.filter(([, fields]) =>
        fields.every((field) => ownProperty(user, field) !== undefined),
      ).map(([identifier]) => identifier),
      isPurchase: PURCHASES.includes(event),
      hasValue: ownProperty(properties, 'value') !== undefined,
      ...(typeof currency === 'string' && { currency }),
      hasId: event_id !== undefined,
      products: items.length,
      identifiedProducts: items.filter((item) => ownProperty(item, 'content_id') !== undefined).length,
    };
  };

  const showOverruled = ({ parameter, sent, source }: Overruled): Overruled => ({
    parameter,
    sent: show(sent),
    source: show(source),
  });

  return (examined, now = Date.now()) => {
    const { fate, name, becomes, plans, isUnmet, cause, converted } = examined;
    const isDelivered = fate === 'delivered';
    const observation = observe(examined);
    return {
      fate,
      name,
      becomes,
      entries: plans.map(({ mapping }) => mapping.key),
      isUnmet,
      ...(cause && { cause: findCause(examined, cause) }),
      leftOut: kindsOf(examined, show),
      conversions: isDelivered ? (converted?.events ?? []).map(findConversion) : [],
      warnings: isDelivered
        ? EVENT_WARNING_KEYS.filter((key) => EVENT_WARNINGS[key].concerns(examined, now) === true)
        : [],
      overruled: isDelivered ? findOverruled(examined).map(showOverruled) : [],
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
export const keyOfLeftOut = ({ parameter, source, reason, isPart, replacedBy = '' }: LeftOutKind): string =>
  `${parameter} ${source} ${reason} ${String(isPart)} ${replacedBy}`;

/** @param show masks a text of the settings. */
const kindsOf = (examined: Examined, show: (text: string) => string): readonly LeftOutKind[] => [
  ...new Map(
    examined.leftOut.map((one, index) => {
      const { parameter, source, reason, flaw, isPart } = one;
      // Before its source was masked.
      const found = examined.fate === 'delivered' ? examined.converted?.leftOut[index] : undefined;
      const replacedBy = found && replacementOf(found, examined);
      const kind = {
        parameter,
        source,
        reason,
        flaw,
        isPart,
        ...(replacedBy !== undefined && { replacedBy: show(replacedBy) }),
      };
      return [keyOfLeftOut(kind), kind] as const;
    }),
  ).values(),
];

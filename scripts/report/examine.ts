// What became of a Segment event, and why: what the function did, and what it made of the event on the way.
import '../local/segment/install-globals';
import type { Configuration } from '../../lib/configuration/configure';
import { mappedName } from '../../lib/configuration/event-mappings';
import type { Plan } from '../../lib/configuration/plan';
import { convert, type Conversion, type Flaw, type Refusal } from '../../lib/conversion/convert';
import type { LeftOut } from '../../lib/parameters/reasons';
import { isFailure } from '../../lib/result';
import { ownProperty } from '../../lib/values/json';
import { nonEmpty, textOf } from '../../lib/values/text';
import { createMask, printable } from '../cli/printable';
import { FATE_OF, type Fate } from '../local/segment/outcomes';
import type { Result } from '../local/segment/runtime';

/** Why an event was not delivered. Nothing in it is personal. */
export interface Cause {
  /** What `npm run check -- --allow` calls it; `undefined` if it is not a rejection. */
  readonly reason: Rejection | undefined;
  /** What is wrong. */
  readonly problem: string;
  /** What is wrong with each source that could have helped. */
  readonly flaws: readonly Flaw[];
  /** What to do. */
  readonly advice: string;
}

/** Why an event is rejected, in words; the values that an event was sent without have reasons of their own. */
export const REJECTIONS = {
  no_contact: 'discarded: no valid email address or phone number',
  unreadable_time: 'discarded: a time that cannot be read',
  refused: 'discarded: TikTok refused it',
  retried: 'retried: TikTok may take it later, or when something is fixed',
} as const;
export type Rejection = keyof typeof REJECTIONS;

/** A Segment event, and what became of it. */
export interface Examined {
  readonly event: unknown;
  readonly fate: Fate;
  /** The name that it is mapped under, or its type; masked. */
  readonly name: string;
  /** TikTok's names for it; masked. */
  readonly becomes: readonly string[];
  /** Whether the condition of the entry with its name does not hold, and no other entry sends it. */
  readonly isUnmet: boolean;
  /** What the function makes of it; nothing if it refuses it. */
  readonly converted: Conversion | undefined;
  /** Why it refuses it, or what some entries send of it. */
  readonly refusal: Refusal | undefined;
  /** Values that were there and are not sent, masked. */
  readonly leftOut: readonly LeftOut[];
  /** Unless it was delivered. */
  readonly cause?: Cause;
  /** One for each entry of Event Mappings that matched. */
  readonly plans: readonly Plan[];
}

/** @param now the time of handling in milliseconds; the machine's by default. */
export type Examine = (event: unknown, result: Result, now?: number) => Examined;

/** Makes an examiner of events that go through the function with these settings. */
export function createExaminer({ settings, plans }: Configuration): Examine {
  /** A text of the event's own or of the settings, as it may be shown. The function's messages may be as they are. */
  const show = createMask(settings.accessToken);

  return (event, { outcome, error }, now = Date.now()) => {
    const name = mappedName(event);
    const type = textOf(ownProperty(event, 'type'));
    const matched = plans.for(event);
    const attempt = convert(event, plans, settings, now);
    // What some entries send may be refused, and what others send delivered.
    const [converted, refusal] = isFailure(attempt)
      ? [undefined, attempt.reason]
      : [attempt, attempt.refusal];
    // A batch has one status for all that is discarded.
    const isNotMapped = matched.length === 0 && FATE_OF[outcome] === 'discarded';
    const fate = isNotMapped ? 'unsupported' : FATE_OF[outcome];
    const message = error?.message ?? '';

    function findCause(): Cause {
      if (refusal?.findings !== undefined && refusal.message === message) {
        const flaws = refusal.findings.flaws.map((one) => ({ ...one, source: printable(one.source) }));
        return { ...refusal.findings, flaws };
      }
      // Of an event that the function did not decide, the message may come from Segment itself and quote the event.
      const isUndecided = fate === 'unsupported' || fate === 'notHandedOver';
      const problem = isUndecided ? show(message) : printable(message);
      const reason = fate === 'discarded' ? 'refused' : fate === 'retried' ? 'retried' : undefined;
      return { reason, problem, flaws: [], advice: '' };
    }

    return {
      event,
      fate,
      name: show(nonEmpty(name) ?? (type === '' ? '(no type)' : `(${type} call)`)),
      becomes: matched.flatMap(describeNames).map(show),
      isUnmet: matched.length === 0 && plans.findUnmet(event) !== undefined,
      converted,
      refusal,
      leftOut: (fate === 'notHandedOver' ? [] : (converted?.leftOut ?? [])).map((one) => ({
        ...one,
        parameter: show(one.parameter),
        source: show(one.source),
      })),
      plans: matched,
      ...(fate !== 'delivered' && { cause: findCause() }),
    };
  };
}

/** TikTok's names, with the entry that gives them if the event's name does not say which that is. */
const describeNames = ({ mapping: { names, label, condition } }: Plan): readonly string[] =>
  condition === undefined ? names : names.map((name) => `${name} by the entry ${label}`);

/** What TikTok answered, without the id that it gives to each request. */
export const withoutRequestId = (problem: string): string =>
  problem.replace(/request_id [^)]*/, 'request_id …');

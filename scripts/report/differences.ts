// What would become of an event under other settings: what differs, and nothing else. Pure.
import type { Parameter } from '../../lib/configuration/parameter-mappings';
import type { Plan } from '../../lib/configuration/plan';
import type { Reader } from '../../lib/parameters/readers';
import { describeFlaw, type LeftOut } from '../../lib/parameters/reasons';
import type { TikTokEvent } from '../../lib/tiktok/payload';
import { itemsOf, ownProperty } from '../../lib/values/json';
import type { Fate } from '../local/segment/outcomes';
import type { Examined } from './examine';
import { sentFrom } from './source';

/** How an event as a whole changes, by its key in the JSON. */
export const OUTCOME_CHANGES = {
  other_conversions: 'other conversions',
  newly_sent: 'newly sent',
  newly_refused: 'newly refused',
  newly_left_out: 'newly left out',
} as const;
export type OutcomeKind = keyof typeof OUTCOME_CHANGES;

/** What happens to an event. */
export interface Outcome {
  readonly fate: Fate;
  /** TikTok's names that it is sent under. Some may be sent although others were refused. */
  readonly conversions: readonly string[];
}

export interface OutcomeChange {
  readonly change: OutcomeKind;
  readonly before: Outcome;
  readonly after: Outcome;
}

/** How a parameter of a conversion changes, by its key in the JSON. */
export const PARAMETER_CHANGES = {
  newly_sent: 'newly sent',
  newly_left_out: 'newly left out',
  changed: 'changed',
} as const;
export type ParameterKind = keyof typeof PARAMETER_CHANGES;

export interface ParameterChange {
  /** TikTok's name. */
  readonly conversion: string;
  /** As TikTok's payload spells it: `user.email`. */
  readonly parameter: string;
  readonly change: ParameterKind;
  /** Where the value comes from; absent if none is sent. */
  readonly before?: string;
  readonly after?: string;
  /** Why the value, or a part of it, is left out. */
  readonly flaw?: string;
}

export interface EventDifference {
  readonly outcome?: OutcomeChange;
  readonly parameters: readonly ParameterChange[];
}

/** What differs between what becomes of the same event under two settings; `undefined` if nothing does. */
export function findDifference(before: Examined, after: Examined): EventDifference | undefined {
  const sentBefore = conversionsOf(before);
  const sentAfter = conversionsOf(after);
  const outcome = compareOutcomes(outcomeOf(before, sentBefore), outcomeOf(after, sentAfter));
  const parameters = compareParameters(sentBefore, sentAfter, after.event);
  if (outcome === undefined && parameters.length === 0) return undefined;
  return { ...(outcome && { outcome }), parameters };
}

/** A TikTok event that is sent, and where its parameters come from. */
interface Sent {
  readonly conversion: TikTokEvent;
  readonly parameters: Plan['parameters'];
  readonly leftOut: readonly LeftOut[];
}

/** What is sent of an event. */
function conversionsOf({ fate, cause, converted, plans }: Examined): readonly Sent[] {
  // What some entries send may be refused before a request, and what others send delivered.
  const isRefusedInPart = cause?.reason === 'no_contact' || cause?.reason === 'unreadable_time';
  if (converted === undefined || (fate !== 'delivered' && !isRefusedInPart)) return [];
  return converted.events.flatMap((conversion) => {
    const plan = plans.find(({ mapping }) => mapping.names.includes(conversion.event));
    if (plan === undefined) return [];
    return [{ conversion, parameters: plan.parameters, leftOut: converted.leftOut }];
  });
}

const outcomeOf = ({ fate }: Examined, sent: readonly Sent[]): Outcome => ({
  fate,
  conversions: sent.map(({ conversion }) => conversion.event).sort(),
});

function compareOutcomes(before: Outcome, after: Outcome): OutcomeChange | undefined {
  const isSame = before.fate === after.fate && isEqual(before.conversions, after.conversions);
  return isSame ? undefined : { change: kindOf(before, after), before, after };
}

function kindOf(before: Outcome, after: Outcome): OutcomeKind {
  if (before.fate !== after.fate && (after.fate === 'discarded' || after.fate === 'retried'))
    return 'newly_refused';
  if (after.conversions.length === 0) return 'newly_left_out';
  return before.conversions.length === 0 ? 'newly_sent' : 'other_conversions';
}

/** Values as they are sent. */
const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Compares the conversions that have the same name; those that are left are one renamed to the other, in order. */
function compareParameters(
  before: readonly Sent[],
  after: readonly Sent[],
  event: unknown,
): readonly ParameterChange[] {
  if (before.every((sent, index) => isSameSent(sent, after[index]))) return [];
  const named = new Map(before.map((sent) => [sent.conversion.event, sent]));
  const names = new Set(after.map(({ conversion }) => conversion.event));
  const renamed = before.filter(({ conversion }) => !names.has(conversion.event));
  return after.flatMap((sent) => {
    const counterpart = named.get(sent.conversion.event) ?? renamed.shift();
    return counterpart === undefined ? [] : compareSent(counterpart, sent, event);
  });
}

/** Almost all are the same under both settings, and need no look at each parameter. */
const isSameSent = (one: Sent, other: Sent | undefined): boolean =>
  other !== undefined && isEqual(one.conversion, other.conversion) && isEqual(one.leftOut, other.leftOut);

function compareSent(before: Sent, after: Sent, event: unknown): readonly ParameterChange[] {
  const fieldsBefore = fieldsOf(before, event);
  const fieldsAfter = fieldsOf(after, event);
  const conversion = after.conversion.event;
  const changes = [...new Set([...fieldsBefore.keys(), ...fieldsAfter.keys()])].flatMap((parameter) => {
    const change = compareFields(fieldsBefore.get(parameter), fieldsAfter.get(parameter));
    return change === undefined ? [] : [{ conversion, parameter, ...change }];
  });
  // If other products are sent, everything that is sent of them differs too.
  const hasOtherProducts = changes.some(
    ({ parameter, change }) => parameter === CONTENTS && change === 'changed',
  );
  return hasOtherProducts
    ? changes.filter(({ parameter }) => !parameter.startsWith(`${CONTENTS}.`))
    : changes;
}

const CONTENTS = 'properties.contents';

/** A parameter of a conversion. */
interface Field {
  /** What is sent, or of the contents, how many; `undefined` if nothing is. */
  readonly value: unknown;
  /** Where that comes from; if nothing is sent, where it was looked for. */
  readonly source: string;
  readonly leftOut: readonly LeftOut[];
}

/** The parameters of a conversion by their names; those of the contents with the values of all items. */
function fieldsOf({ conversion, parameters, leftOut }: Sent, event: unknown): ReadonlyMap<string, Field> {
  const { event: ofEvent, user, properties, contents, page, lead } = parameters;
  const fields = new Map<string, Field>();
  const add = (parameter: Parameter, value: unknown, source: string) => {
    const texts = parameter.expression.map(({ text }) => text);
    fields.set(parameter.name, {
      value,
      source,
      leftOut: leftOut.filter((one) => one.parameter === parameter.name && texts.includes(one.source)),
    });
  };
  for (const parameter of [ofEvent, user, properties, page, lead].flat()) {
    const { group, field, type, reader } = parameter;
    const value = ownProperty(group === 'event' ? conversion : ownProperty(conversion, group), field);
    const source =
      value === undefined
        ? [textOf(parameter), reader.absentSource ?? ''].filter((text) => text !== '').join(' ?? ')
        : (sentFrom(parameter, event, leftOut)?.source.text ??
          absentSourceOf(reader, value) ??
          textOf(parameter));
    if (type !== 'contents') {
      add(parameter, value, source);
      continue;
    }
    const items = itemsOf(value) ?? [];
    add(parameter, items.length === 0 ? undefined : items.length, source);
    for (const item of contents) {
      const values = items.map((one) => ownProperty(one, item.field));
      const isSent = values.some((one) => one !== undefined);
      add(item, isSent ? values : undefined, textOf(item));
    }
  }
  return fields;
}

/** Where a value comes from that no source gave. What a setting says is said too: it may be all that changes. */
function absentSourceOf({ absentSource }: Reader, value: unknown): string | undefined {
  if (absentSource === undefined || typeof value !== 'boolean') return absentSource;
  return `${absentSource}: ${String(value)}`;
}

const textOf = ({ expression }: Parameter): string => expression.map(({ text }) => text).join(' ?? ');

/** How a parameter changes; `undefined` if it does not. */
function compareFields(
  before: Field | undefined,
  after: Field | undefined,
): Omit<ParameterChange, 'conversion' | 'parameter'> | undefined {
  const wasSent = before?.value !== undefined;
  const isSent = after?.value !== undefined;
  const isSame = isEqual(before?.value, after?.value);
  const flawsBefore = new Set(before?.leftOut.map(describeFlaw));
  const flaws = after?.leftOut.map(describeFlaw) ?? [];
  const flaw =
    wasSent && !isSent ? (flaws[0] ?? describeAbsence(after)) : flaws.find((one) => !flawsBefore.has(one));
  if (flaw === undefined && isSame) return undefined;
  return {
    // What is passed over for another source is left out, although the parameter is sent.
    change: !isSent || isSame ? 'newly_left_out' : wasSent ? 'changed' : 'newly_sent',
    ...(wasSent && { before: before.source }),
    ...(isSent && { after: after.source }),
    ...(flaw !== undefined && { flaw }),
  };
}

const describeAbsence = (field: Field | undefined): string =>
  field === undefined || field.source === ''
    ? 'not mapped'
    : describeFlaw({ source: field.source, flaw: 'absent' });

// What one event says about the quality of its matching: the identifiers that TikTok gets, and what would give it more.
// It is plain data, and the same for all events of a kind.
import '../../local/segment/install-globals';
import type { Plan } from '../../../lib/configuration/plan';
import type { Parameter } from '../../../lib/configuration/parameter-mappings';
import { readSource } from '../../../lib/configuration/read-source';
import type { Settings } from '../../../lib/configuration/settings';
import type { LeftOut } from '../../../lib/parameters/reasons';
import { itemsOf, ownProperty, parsedValue } from '../../../lib/values/json';
import { splitNumber } from '../../../lib/values/phone';
import { textOf } from '../../../lib/values/text';
import { createMask } from '../../cli/printable';
import type { Examined } from '../examine';
import type { MatchParameter } from '../labels';
import { phoneCountryOf } from '../phone-country';
import { sentFrom } from '../source';
import type { Want } from './advice';
import { findElsewhere, type Place } from './elsewhere';
import { IDENTIFIERS, parametersFor } from './identifiers';

export interface Observation {
  /** What the event becomes, or would with contact data. */
  readonly conversions: readonly ObservedConversion[];
  /** What would give it an identifier, each once. */
  readonly gains: readonly Gain[];
}

export interface ObservedConversion {
  /** TikTok's, masked. */
  readonly name: string;
  /** The parameters of the identifiers that it has. */
  readonly has: readonly MatchParameter[];
}

/** What would give an event an identifier. */
export interface Gain {
  readonly parameter: MatchParameter;
  readonly want: Want;
  /** Where the identifier stands, if that is elsewhere. */
  readonly place?: Place;
  /** Whether the event is not sent without the identifier, and would be with it. */
  readonly isNewlySent: boolean;
}

/** What tells gains of an event apart. */
export const keyOfGain = ({ parameter, want, place }: Omit<Gain, 'isNewlySent'>): string =>
  `${parameter} ${want} ${place?.path ?? ''}`;

/** @returns `undefined` for an event that is not for TikTok, or refused for other reasons than missing contact data. */
export type Observe = (examined: Examined) => Observation | undefined;

export function createObserver(settings: Settings): Observe {
  const parameters = parametersFor(settings.eventSource);
  const show = createMask(settings.accessToken);

  return ({ event, fate, plans, converted, refusal }) => {
    if (fate === 'unsupported' || fate === 'notHandedOver') return undefined;
    const isRefused = refusal?.findings?.reason === 'no_contact';
    const leftOut = [...(converted?.leftOut ?? []), ...(isRefused ? (refusal.leftOut ?? []) : [])];
    const gains = new Map<string, Gain>();
    const conversions: ObservedConversion[] = [];
    for (const plan of plans)
      for (const name of plan.mapping.names) {
        const conversion = converted?.events.find((one) => one.event === name);
        if (conversion === undefined && !isRefused) continue;
        const has = parameters.filter((parameter) =>
          conversion === undefined
            ? wouldHave(parameter, event, plan, leftOut)
            : valueOf(conversion, parameter) !== undefined,
        );
        conversions.push({ name: show(name), has });
        for (const parameter of parameters) {
          if (has.includes(parameter)) continue;
          const isNewlySent =
            converted === undefined && IDENTIFIERS[parameter].isEnough && hasTime(event, plan, leftOut);
          for (const found of findWants(parameter, event, plan, leftOut, settings)) {
            const gain = { parameter, ...found, isNewlySent };
            gains.set(keyOfGain(gain), gain);
          }
        }
      }
    return conversions.length === 0 ? undefined : { conversions, gains: [...gains.values()] };
  };
}

function valueOf(conversion: unknown, parameter: MatchParameter): unknown {
  const { group, field } = IDENTIFIERS[parameter];
  return ownProperty(ownProperty(conversion, group), field);
}

/** Whether an event that is refused has a valid value of a parameter: one that was not left out. */
function wouldHave(name: MatchParameter, event: unknown, plan: Plan, leftOut: readonly LeftOut[]): boolean {
  const parameter = parameterOf(plan, name);
  return parameter !== undefined && sentFrom(parameter, event, leftOut) !== undefined;
}

/** Whether the time of an event can be read; if it is absent, that of the handling counts. */
function hasTime(event: unknown, { parameters }: Plan, leftOut: readonly LeftOut[]): boolean {
  const flawed = parameters.event.filter(
    ({ type, name }) => type === 'time' && leftOut.some(({ parameter }) => parameter === name),
  );
  return flawed.every((parameter) => sentFrom(parameter, event, leftOut) !== undefined);
}

function parameterOf({ parameters }: Plan, name: MatchParameter): Parameter | undefined {
  const { group, field } = IDENTIFIERS[name];
  return parameters[group].find((one) => one.field === field);
}

/** Why an identifier is missing, and where it stands besides. */
function findWants(
  name: MatchParameter,
  event: unknown,
  plan: Plan,
  leftOut: readonly LeftOut[],
  settings: Settings,
): readonly Pick<Gain, 'want' | 'place'>[] {
  const parameter = parameterOf(plan, name);
  // Whoever maps it to nothing does not want it.
  if (parameter === undefined) return [];
  const country = phoneCountryOf(event, plan, settings);
  const flaws = leftOut.flatMap((one) => {
    const source = parameter.expression.find(({ text }) => text === one.source);
    if (one.parameter !== name || source === undefined) return [];
    const isNational =
      parameter.type === 'phone' &&
      one.reason === 'invalid' &&
      textsOf(readSource(source, event, 'phone')).some(isNationalNumber);
    return [{ want: isNational ? wantOfNational(country, leftOut) : one.reason }];
  });
  const places = findElsewhere(event, IDENTIFIERS[name], country, settings.accessToken).filter(
    ({ path }) => !parameter.expression.some(({ text }) => text === path),
  );
  return [
    ...(flaws.length === 0 ? [{ want: 'absent' } as const] : flaws),
    ...places.map((place) => ({ want: 'elsewhere', place }) as const),
  ];
}

/** Why a national number could not be read. */
function wantOfNational(country: string | undefined, leftOut: readonly LeftOut[]): Want {
  if (country !== undefined) return 'foreign';
  const isUnreadable = leftOut.some(
    ({ parameter, reason }) => parameter === 'user.phone.country' && reason === 'invalid',
  );
  return isUnreadable ? 'unreadable_country' : 'national';
}

const textsOf = (value: unknown): readonly string[] => {
  const parsed = parsedValue(value);
  return (itemsOf(parsed) ?? [parsed]).map(textOf);
};

/** Digits, and what people write between them. */
const DIGITS = /^[\d\s\p{Pd}()./]+$/u;

/** Whether a text has as many digits as a phone number, and says by nothing that they begin with a calling code. */
const isNationalNumber = (text: string): boolean =>
  DIGITS.test(text) && splitNumber(text)?.callingCode === '';

// A Segment event becomes TikTok events: their names, their parameters, and who they belong to. No I/O, no clock.
import { mappedName } from '../configuration/event-mappings';
import { readSource, type Source } from '../configuration/expression';
import type { Parameter, ParametersByGroup } from '../configuration/parameter-mappings';
import type { PlanFor } from '../configuration/plan';
import { settingsFailure, type Settings } from '../configuration/settings';
import type { Outcome } from '../outcome';
import type { Reader, TypeName } from '../parameters/readers';
import { REASONS, type LeftOut, type Reason } from '../parameters/reasons';
import { mask } from '../privacy/mask';
import { OwnPhones } from '../privacy/own-phones';
import { Failure } from '../result';
import type { TikTokEvent } from '../tiktok/payload';
import { joinBounded } from '../values/text';
import { createReading } from './context';
import { readFields } from './fields';

/** What a Segment event becomes. */
export interface Conversion {
  /** One for each TikTok name that it is mapped to. */
  readonly events: readonly TikTokEvent[];
  /** Values that were there and are not sent. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * Converts a Segment event; or says why nothing is to be sent. The event is not changed.
 *
 * @param now the time of handling in milliseconds.
 */
export function convert(
  event: unknown,
  planFor: PlanFor,
  settings: Settings,
  now: number,
): Conversion | Failure<Outcome> {
  const name = mappedName(event);
  const { names, parameters, phoneSources } = planFor(name);
  if (names.length === 0)
    return new Failure({ kind: 'unsupported', message: whyNotMapped(name, settings.accessToken) });

  const reading = createReading(event, parameters, settings, phonesOf(event, phoneSources), now);
  const eventFields = readFields(parameters.event, reading, event);
  const user = readFields(parameters.user, reading, event);
  const properties = readFields(parameters.properties, reading, event);
  const page = readFields(parameters.page, reading, event);

  const refuse = (problem: string, types: readonly TypeName[]) =>
    refusal(problem, parametersOf(parameters, types), reading.leftOut, settings);
  if (user?.['email'] === undefined && user?.['phone'] === undefined)
    return parametersOf(parameters, CONTACTS).length === 0
      ? settingsFailure(['Parameter Mappings must not leave both user.email and user.phone empty'])
      : refuse('TikTok needs a valid email address or phone number', CONTACTS);
  if (eventFields?.['event_time'] === undefined)
    return refuse('The time of the event cannot be read', ['time']);
  const events = names.map((eventName) => ({ event: eventName, ...eventFields, user, properties, page }));
  return { events, leftOut: reading.leftOut };
}

/** One of them at least must be sent. */
const CONTACTS: readonly TypeName[] = ['email', 'phone'];

/** The message for an event that no TikTok event is mapped to; `what` is its name in quotes. */
export const notMapped = (what: string): string =>
  `No TikTok event is mapped to ${what}. Event Mappings can add one.`;

const whyNotMapped = (name: string, token: string): string =>
  name === '' ? 'Only page calls and named track calls are sent.' : notMapped(`"${mask(name, token)}"`);

/** Whatever stands where a phone number may stand, valid or not: it is looked for in texts. */
function phonesOf(event: unknown, sources: readonly Source[]): OwnPhones {
  const phones = new OwnPhones();
  for (const source of sources) phones.collect(readSource(source, event));
  return phones;
}

const parametersOf = (parameters: ParametersByGroup, types: readonly TypeName[]): readonly Parameter[] =>
  Object.values(parameters)
    .flat()
    .filter(({ type }) => types.includes(type));

/** Characters of the sources of a parameter in a message: an expression may have any number of them. */
const MAX_SOURCES = 1000;

/** Lists the parameters that were read, their sources and what is wrong with each, without quoting a value. */
function refusal(
  problem: string,
  parameters: readonly Parameter[],
  leftOut: readonly LeftOut[],
  { accessToken }: Settings,
): Failure<Outcome> {
  const findings = parameters.map(({ name, reader, expression }) => {
    const reasons = new Map(expression.map(({ text }) => [text, new Set<string>()]));
    for (const { parameter, source, reason } of leftOut)
      if (parameter === name) reasons.get(source)?.add(describeReason(reason, reader));
    const sources = Array.from(
      reasons,
      ([text, flaws]) => `"${mask(text, accessToken)}" is ${[...flaws].join(' and ') || 'absent'}`,
    );
    return `${name}: ${joinBounded(sources, ', ', MAX_SOURCES)}`;
  });
  return new Failure({
    kind: 'invalid',
    message: `${problem}. ${findings.join('. ')}. Send a valid value, or map another source in Parameter Mappings.`,
  });
}

/** Completes the sentence `"properties.email" is …`. */
export const describeReason = (reason: Reason, { flaw }: Reader): string =>
  reason === 'invalid' ? flaw : REASONS[reason];

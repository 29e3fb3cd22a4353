// A Segment event becomes TikTok events: their names, their parameters, and who they belong to. No I/O, no clock.
import { mappedName } from '../configuration/event-mappings';
import { findPresent, readSource, type Source } from '../configuration/expression';
import type { Parameter, ParametersByGroup } from '../configuration/parameter-mappings';
import type { PlanFor } from '../configuration/plan';
import { settingsFailure, type Settings } from '../configuration/settings';
import type { Outcome } from '../outcome';
import type { Context, TypeName } from '../parameters/readers';
import { mask } from '../privacy/mask';
import { Failure } from '../result';
import type { TikTokEvent } from '../tiktok/payload';
import { listOf } from '../values/json';
import { traceOf, type PhoneTrace } from '../values/phone';
import { textOf } from '../values/text';
import { readFields } from './fields';

/**
 * The TikTok events of a Segment event, one for each TikTok name that it is mapped to; or why there are none. The event
 * is not changed.
 *
 * @param now the time of handling in milliseconds, for an event without a timestamp.
 */
export function convert(
  event: unknown,
  planFor: PlanFor,
  settings: Settings,
  now: number,
): readonly TikTokEvent[] | Failure<Outcome> {
  const name = mappedName(event);
  const { names, parameters, phoneSources } = planFor(name);
  if (names.length === 0)
    return new Failure({ kind: 'unsupported', message: whyNotMapped(name, settings.accessToken) });

  const context: Context = {
    now,
    defaultCountry: settings.defaultCountry,
    limitedDataUse: settings.limitedDataUse,
    phones: phonesOf(event, phoneSources),
    readItem: (item) => readFields(parameters.contents, context, item),
  };
  const eventFields = readFields(parameters.event, context, event);
  const user = readFields(parameters.user, context, event);
  const properties = readFields(parameters.properties, context, event);
  const page = readFields(parameters.page, context, event);

  if (user?.['email'] === undefined && user?.['phone'] === undefined)
    return noContact(event, parameters, settings);
  if (eventFields?.['event_time'] === undefined) return noTime(event, parameters, settings);
  return names.map((eventName) => ({ event: eventName, ...eventFields, user, properties, page }));
}

/** The message for an event that no TikTok event is mapped to; `what` is its name in quotes. */
export const notMapped = (what: string): string =>
  `No TikTok event is mapped to ${what}. Event Mappings can add one.`;

const whyNotMapped = (name: string, token: string): string =>
  name === '' ? 'Only page calls and named track calls are sent.' : notMapped(`"${mask(name, token)}"`);

/** Whatever stands where a phone number may stand, valid or not: it is looked for in texts. */
function phonesOf(event: unknown, sources: readonly Source[]): readonly PhoneTrace[] {
  const phones: PhoneTrace[] = [];
  for (const source of sources)
    for (const value of listOf(readSource(source, event))) {
      const text = textOf(value);
      const phone = text === '' ? undefined : traceOf(text);
      if (phone) phones.push(phone);
    }
  return phones;
}

function noContact(event: unknown, parameters: ParametersByGroup, settings: Settings): Failure<Outcome> {
  const contacts = parametersOf(parameters, ['email', 'phone']);
  return contacts.length === 0
    ? settingsFailure(['Parameter Mappings must not leave both user.email and user.phone empty'])
    : refusal('TikTok needs a valid email address or phone number', contacts, event, settings);
}

const noTime = (event: unknown, parameters: ParametersByGroup, settings: Settings): Failure<Outcome> =>
  refusal('The time of the event cannot be read', parametersOf(parameters, ['time']), event, settings);

const parametersOf = (parameters: ParametersByGroup, types: readonly TypeName[]): readonly Parameter[] =>
  Object.values(parameters)
    .flat()
    .filter(({ type }) => types.includes(type));

/** Lists the parameters that were read, their sources and what is wrong with each, without quoting a value. */
function refusal(
  problem: string,
  parameters: readonly Parameter[],
  event: unknown,
  { accessToken }: Settings,
): Failure<Outcome> {
  const findings = parameters.map(({ name, reader, expression }) => {
    const present = findPresent(expression, event)?.source;
    const checked = present ? expression.slice(0, expression.indexOf(present) + 1) : expression;
    const sources = checked.map(
      (source) => `"${mask(source.text, accessToken)}" is ${source === present ? reader.flaw : 'absent'}`,
    );
    return `${name}: ${sources.join(', ')}`;
  });
  return new Failure({
    kind: 'invalid',
    message: `${problem}. ${findings.join('. ')}. Send a valid value, or map another source in Parameter Mappings.`,
  });
}

// A Segment event becomes TikTok events: their names, their parameters, and who they belong to. No I/O, no clock.
import { mappedName } from '../configuration/event-mappings';
import { readSource, type Source } from '../configuration/expression';
import type { Parameters } from '../configuration/parameter-mappings';
import type { PlanFor } from '../configuration/plan';
import { settingsFailure, type Settings } from '../configuration/settings';
import type { Outcome } from '../outcome';
import { mask } from '../privacy/mask';
import { Failure } from '../result';
import type { TikTokEvent } from '../tiktok/payload';
import { isPresent, listOf } from '../values/json';
import { traceOf, type PhoneTrace } from '../values/phone';
import { textOf } from '../values/text';
import { readFields } from './fields';
import { READERS, type Context, type TypeName } from './readers';

/**
 * The TikTok events of a Segment event, one for each TikTok name that it is mapped to; or why there are none. Nothing
 * of the event is changed.
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
  const { names, sources } = planFor(name);
  if (names.length === 0) return notMapped(name, settings);

  const { parameters, phoneSources } = sources;
  const context: Context = {
    now,
    settings,
    phones: phonesOf(event, phoneSources),
    contents: parameters.contents,
  };
  const fields = readFields(parameters.event, context, event);
  const user = readFields(parameters.user, context, event);
  const properties = readFields(parameters.properties, context, event);
  const page = readFields(parameters.page, context, event);

  if (user?.['email'] === undefined && user?.['phone'] === undefined) {
    const problem = 'TikTok needs a valid email address or phone number';
    return refusal(problem, ['email', 'phone'], event, parameters, settings);
  }
  if (fields?.['event_time'] === undefined)
    return refusal('The time of the event cannot be read', ['time'], event, parameters, settings);
  return names.map((eventName) => ({ event: eventName, ...fields, user, properties, page }));
}

const notMapped = (name: string, { accessToken }: Settings): Failure<Outcome> =>
  new Failure({
    kind: 'unsupported',
    message:
      name === ''
        ? 'Only page calls and named track calls are sent.'
        : `No TikTok event is mapped to "${mask(name, accessToken)}". Event Mappings can add one.`,
  });

/** What is looked for in texts: whatever stands where a phone number may stand, valid or not. */
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

/** Says what was looked for, where, and what is wrong with it, without what it is. */
function refusal(
  problem: string,
  types: readonly TypeName[],
  event: unknown,
  parameters: Parameters,
  { accessToken }: Settings,
): Failure<Outcome> {
  const looked = Object.values(parameters)
    .flat()
    .filter(({ type }) => types.includes(type))
    .map(({ name, type, expression }) => {
      const used = expression.findIndex((source) => isPresent(readSource(source, event)));
      const sources = used < 0 ? expression : expression.slice(0, used + 1);
      const findings = sources.map(
        ({ text }, index) =>
          `"${mask(text, accessToken)}" is ${index === used ? READERS[type].flaw : 'absent'}`,
      );
      return `${name}: ${findings.join(', ')}`;
    });
  if (looked.length === 0) return settingsFailure(['Parameter Mappings must leave user.email or user.phone']);
  return new Failure({
    kind: 'invalid',
    message: `${problem}. ${looked.join('. ')}. Send it, or map it in Parameter Mappings.`,
  });
}

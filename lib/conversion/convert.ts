// A Segment event becomes TikTok events: their names, their parameters, and who they belong to. No I/O, no clock.
import { mappedName, presetOffByDefault } from '../configuration/event-mappings';
import { readSource, type Source } from '../configuration/expression';
import type { Parameter, ParametersByGroup } from '../configuration/parameter-mappings';
import type { PlanFor } from '../configuration/plan';
import { settingsFailure, type Settings } from '../configuration/settings';
import type { Outcome } from '../outcome';
import type { TypeName } from '../parameters/readers';
import { describeFlaw, type LeftOut } from '../parameters/reasons';
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

/** Why nothing is sent of a Segment event. */
export interface Refusal extends Outcome {
  /** If its values are to blame: what the message is made of. */
  readonly findings?: Findings;
}

export interface Findings {
  readonly reason: RefusalReason;
  /** What is wrong, as a sentence. */
  readonly problem: string;
  /** What is wrong with each source that could have helped. */
  readonly flaws: readonly Flaw[];
  /** What to do, as a sentence. */
  readonly advice: string;
}

/** What is wrong with a source of a parameter. */
export type Flaw = Pick<LeftOut, 'parameter' | 'source' | 'flaw'>;

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
): Conversion | Failure<Refusal> {
  const name = mappedName(event);
  const { names, parameters, phoneSources } = planFor(name);
  if (names.length === 0)
    return new Failure({ kind: 'unsupported', message: whyNotMapped(name, settings.accessToken) });

  const reading = createReading(event, parameters, settings, phonesOf(event, phoneSources), now);
  const eventFields = readFields(parameters.event, reading, event);
  const user = readFields(parameters.user, reading, event);
  const properties = readFields(parameters.properties, reading, event);
  const page = readFields(parameters.page, reading, event);
  const lead = readFields(parameters.lead, reading, event);

  const refuse = (reason: RefusalReason) =>
    refusal(reason, parametersOf(parameters, REFUSALS[reason].types), reading.leftOut, settings);
  const hasContact = user?.['email'] !== undefined || user?.['phone'] !== undefined;
  if (!hasContact && lead?.['lead_id'] === undefined) {
    const problem = contactProblem(parameters);
    return problem === undefined ? refuse('no_contact') : settingsFailure([problem]);
  }
  if (eventFields?.['event_time'] === undefined) return refuse('unreadable_time');
  const events = names.map((eventName) => ({
    event: eventName,
    ...eventFields,
    user,
    properties,
    page,
    lead,
  }));
  return { events, leftOut: reading.leftOut };
}

/** By the reason, what is wrong, and the types of the parameters that could have helped. */
const REFUSALS = {
  no_contact: {
    problem: 'TikTok needs a valid email address or phone number.',
    types: ['email', 'phone', 'leadId'],
  },
  unreadable_time: { problem: 'The time of the event cannot be read.', types: ['time'] },
} as const satisfies Readonly<Record<string, { problem: string; types: readonly TypeName[] }>>;
type RefusalReason = keyof typeof REFUSALS;
/** Instead of the first problem, for a CRM event set. */
const NO_LEAD = 'TikTok needs a lead ID, or a valid email address or phone number.';

/** What is wrong with parameters of which none can give contact data; `undefined` if one can. */
export const contactProblem = (parameters: ParametersByGroup): string | undefined =>
  parametersOf(parameters, REFUSALS.no_contact.types).length === 0
    ? 'Parameter Mappings must not leave both user.email and user.phone empty'
    : undefined;

/** The message for an event that no TikTok event is mapped to; `what` is its name in quotes. */
export const notMapped = (what: string): string =>
  `No TikTok event is mapped to ${what}. Event Mappings can add one.`;

function whyNotMapped(name: string, token: string): string {
  if (name === '') return 'Only page calls and named track calls are sent.';
  const preset = presetOffByDefault(name);
  return preset === undefined
    ? notMapped(`"${mask(name, token)}"`)
    : `"${name}" is not sent unless Event Mappings has the entry ${preset}.`;
}

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

/** Names what is wrong with each source of these parameters, without quoting a value. */
function refusal(
  reason: RefusalReason,
  parameters: readonly Parameter[],
  leftOut: readonly LeftOut[],
  { accessToken, eventSource }: Settings,
): Failure<Refusal> {
  const flaws = parameters.flatMap(({ name, expression }) => {
    const found = new Map(expression.map(({ text }) => [text, new Set<string>()]));
    for (const { parameter, source, flaw } of leftOut) if (parameter === name) found.get(source)?.add(flaw);
    return Array.from(found, ([text, own]): Flaw => {
      const flaw = [...own].join(' and ') || 'absent';
      return { parameter: name, source: mask(text, accessToken), flaw };
    });
  });
  const findings: Findings = {
    reason,
    problem: reason === 'no_contact' && eventSource === 'crm' ? NO_LEAD : REFUSALS[reason].problem,
    flaws,
    advice: ADVICE,
  };
  return new Failure({ kind: 'invalid', message: describeFindings(findings), findings });
}

const ADVICE = 'Send a valid value, or map another source in Parameter Mappings.';

/** Characters of the sources of a parameter in a message: an expression may have any number of them. */
const MAX_SOURCES = 1000;

const describeFindings = ({ problem, flaws, advice }: Findings): string => {
  const parameters = [...new Set(flaws.map(({ parameter }) => parameter))].map((name) => {
    const own = flaws.filter(({ parameter }) => parameter === name);
    return `${name}: ${joinBounded(own.map(describeFlaw), ', ', MAX_SOURCES)}.`;
  });
  return [problem, ...parameters, advice].join(' ');
};

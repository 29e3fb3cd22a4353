// A Segment event becomes TikTok events: their names, their parameters, and who they belong to. No I/O, no clock.
import { notMapped } from '../configuration/not-mapped';
import type { Parameter, ParametersByGroup } from '../configuration/parameter-mappings';
import type { Plan, Plans } from '../configuration/plan';
import { readSource } from '../configuration/read-source';
import { settingsFailure, type Settings } from '../configuration/settings';
import type { Outcome } from '../outcome';
import type { TypeName } from '../parameters/readers';
import { describeFlaw, type LeftOut } from '../parameters/reasons';
import { mask } from '../privacy/mask';
import { OwnPhones } from '../privacy/own-phones';
import { Failure, isFailure } from '../result';
import type { TikTokEvent } from '../tiktok/payload';
import { joinBounded } from '../values/text';
import { Reading } from './context';
import { readFields } from './fields';

/** What a Segment event becomes. */
export interface Conversion {
  /** One for each TikTok name that it is sent under. */
  readonly events: readonly TikTokEvent[];
  /** Values that were there and are not sent. */
  readonly leftOut: readonly LeftOut[];
  /** Why nothing is sent under other names, whose parameters come from elsewhere. */
  readonly refusal?: Refusal;
}

/** Why nothing is sent of a Segment event. */
export interface Refusal extends Outcome {
  /** If its values are to blame: what the message is made of. */
  readonly findings?: Findings;
  /** Likewise, the values that were there and could not be sent. */
  readonly leftOut?: readonly LeftOut[];
}

interface Findings {
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
  plans: Plans,
  settings: Settings,
  now: number,
): Conversion | Failure<Refusal> {
  const matched = plans.for(event);
  if (matched.length === 0)
    return new Failure(notMapped(event, plans.findUnmet(event), settings.accessToken));
  const phones = phonesOf(event, matched);
  const events: TikTokEvent[] = [];
  const leftOut: LeftOut[] = [];
  let refused: Failure<Refusal> | undefined;
  for (const { names, parameters } of groupByParameters(matched)) {
    const converted = convertAs(names, event, parameters, phones, settings, now);
    if (isFailure(converted)) refused ??= converted;
    else {
      events.push(...converted.events);
      leftOut.push(...converted.leftOut);
    }
  }
  if (refused === undefined) return { events, leftOut };
  return events.length === 0 ? refused : { events, leftOut, refusal: refused.reason };
}

/** The names of plans with the same parameters: these are read once. */
function groupByParameters(plans: readonly Plan[]): readonly PlanGroup[] {
  const [first] = plans;
  if (plans.length === 1 && first) return [{ names: first.mapping.names, parameters: first.parameters }];
  const groups = new Map<ParametersByGroup, string[]>();
  for (const { mapping, parameters } of plans) {
    const names = groups.get(parameters) ?? [];
    groups.set(parameters, names);
    names.push(...mapping.names);
  }
  return Array.from(groups, ([parameters, names]) => ({ names, parameters }));
}

interface PlanGroup {
  readonly names: readonly string[];
  readonly parameters: ParametersByGroup;
}

/** Converts an event to TikTok events of some names, with the same parameters. */
function convertAs(
  names: readonly string[],
  event: unknown,
  parameters: ParametersByGroup,
  phones: OwnPhones,
  settings: Settings,
  now: number,
): Conversion | Failure<Refusal> {
  const reading = new Reading(event, parameters, settings, phones, now);
  const eventFields = readFields(parameters.event, reading, event);
  const user = readFields(parameters.user, reading, event);
  const properties = readFields(parameters.properties, reading, event);
  const page = readFields(parameters.page, reading, event);
  const lead = readFields(parameters.lead, reading, event);

  const refuse = (reason: RefusalReason) => refusal(reason, parameters, reading.leftOut, settings);
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

/** Whatever stands where a phone number may stand, valid or not: it is looked for in texts. */
export function phonesOf(event: unknown, plans: readonly Pick<Plan, 'phoneSources'>[]): OwnPhones {
  const phones = new OwnPhones();
  for (const { phoneSources } of plans)
    for (const source of phoneSources) phones.collect(readSource(source, event, 'phone'));
  return phones;
}

const parametersOf = (parameters: ParametersByGroup, types: readonly TypeName[]): readonly Parameter[] =>
  Object.values(parameters)
    .flat()
    .filter(({ type }) => types.includes(type));

/** Names what is wrong with each source of the parameters that could have helped, without quoting a value. */
function refusal(
  reason: RefusalReason,
  parameters: ParametersByGroup,
  leftOut: readonly LeftOut[],
  settings: Settings,
): Failure<Refusal> {
  const { problem, types } = REFUSALS[reason];
  const isAboutContact = reason === 'no_contact';
  const helpful = parametersOf(parameters, types);
  const flaws: readonly Flaw[] = [
    ...helpful.flatMap((parameter) => flawsOf(parameter, leftOut)),
    // A country that cannot be read is why its phone numbers cannot be.
    ...leftOut.filter(({ parameter }) => isAboutContact && parameter === 'user.phone.country'),
  ];
  const findings: Findings = {
    reason,
    problem: isAboutContact && settings.eventSource === 'crm' ? NO_LEAD : problem,
    flaws: flaws.map(({ parameter, source, flaw }) => ({
      parameter,
      source: mask(source, settings.accessToken),
      flaw,
    })),
    advice: isAboutContact ? contactAdvice(helpful, leftOut, settings) : ADVICE,
  };
  return new Failure({ kind: 'invalid', message: describeFindings(findings), findings, leftOut });
}

/** Of each source of a parameter, why nothing of it could be sent, or that it is absent. */
function flawsOf({ name, expression }: Parameter, leftOut: readonly LeftOut[]): readonly Flaw[] {
  const found = new Map(expression.map(({ text }) => [text, new Set<string>()]));
  for (const { parameter, source, flaw } of leftOut) if (parameter === name) found.get(source)?.add(flaw);
  return Array.from(found, ([source, own]) => ({
    parameter: name,
    source,
    flaw: [...own].join(' and ') || 'absent',
  }));
}

const ADVICE = 'Send a valid value, or map another source in Parameter Mappings.';

/** A phone number that cannot be read may lack its country code, or only the `+` before it. */
function contactAdvice(
  parameters: readonly Parameter[],
  leftOut: readonly LeftOut[],
  { accessToken, defaultCountry }: Settings,
): string {
  const phone = leftOut.find(({ parameter, reason }) => parameter === 'user.phone' && reason === 'invalid');
  if (phone === undefined || defaultCountry !== undefined) return ADVICE;
  const isPath = parameters
    .flatMap(({ expression }) => expression)
    .some(({ kind, text }) => kind === 'path' && text === phone.source);
  const advice = `${ADVICE} If the phone numbers have no country code, set Default Country`;
  const path = mask(phone.source, accessToken);
  return isPath
    ? `${advice}; if they have one without its +, map user.phone to "+{{${path}}}" ?? ${path}.`
    : `${advice}.`;
}

/** Characters of the sources of a parameter in a message: an expression may have any number of them. */
const MAX_SOURCES = 1000;

const describeFindings = ({ problem, flaws, advice }: Findings): string => {
  const parameters = [...new Set(flaws.map(({ parameter }) => parameter))].map((name) => {
    const own = flaws.filter(({ parameter }) => parameter === name);
    return `${name}: ${joinBounded(own.map(describeFlaw), ', ', MAX_SOURCES)}.`;
  });
  return [problem, ...parameters, advice].join(' ');
};

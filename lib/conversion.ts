// A Segment event becomes TikTok events: their names, their parameters, and who they belong to. No I/O, no clock.
import { PAGE_VIEWED } from './events';
import { evaluate, printSource, readSource, type Source } from './expression';
import type { Mapping } from './mapping';
import { invalid, unsupported, type Failure } from './outcome';
import { readParameters, type Parameter, type Reading } from './parameters';
import { maskName, numbersWithin } from './privacy';
import { isPresent, listOf, own } from './record';
import { textOf } from './values';

/** One element of the request's `data`. https://business-api.tiktok.com/portal/docs?id=1771100815832065 */
export interface Conversion {
  readonly event: string;
  readonly event_time: number;
  readonly [field: string]: unknown;
}

/**
 * The TikTok events of a Segment event, one for each TikTok name that it is mapped to; or why there are none. Nothing
 * of the event is changed.
 *
 * @param now the time of handling in milliseconds, for an event without a timestamp.
 */
export function convert(event: unknown, mapping: Mapping, now: number): readonly Conversion[] | Failure {
  const { settings } = mapping;
  const name = nameOf(event);
  if (name === undefined) {
    return unsupported('Only track calls that have an event name and page calls become TikTok events.');
  }
  const names = mapping.eventNames(name);
  if (names.length === 0) {
    const shown = maskName(name, settings.accessToken);
    return unsupported(`No TikTok event is mapped to ${shown}: to send it, add it to Event Mappings (eventMappings).`);
  }

  const parameters = mapping.parameters(name);
  const reading: Reading = {
    defaultCountry: settings.defaultCountry,
    phones: parameters.user.flatMap(({ type, source }) => (type === 'phone' ? phonesIn(evaluate(source, event)) : [])),
    items: parameters.item,
  };
  const user = readParameters(parameters.user, event, reading);
  if (!('email' in user) && !('phone' in user)) {
    const flaws = ['user.email', 'user.phone'].map((parameter) =>
      complaint(parameter, parameters.user, event, settings.defaultCountry),
    );
    return invalid(
      `No valid email address or phone number, and TikTok cannot match an event without one. ${flaws.join('. ')}. ` +
        'Send a valid one, or say where to find it in Parameter Mappings (parameterMappings).',
    );
  }

  const fields = readParameters(parameters.event, event, reading);
  const time = parameters.event.find(({ field }) => field === 'event_time')?.source.sources ?? [];
  if (!('event_time' in fields) && time.some((source) => isPresent(readSource(source, event)))) {
    const looked = time.map(describeSource).join(', ');
    return invalid(
      `The time of the event cannot be read: event_time is taken from ${looked}. Send a time in ISO 8601, such as ` +
        '2026-01-31T12:00:00Z, or Unix seconds.',
    );
  }
  const limitsDataUse = parameters.event.some(({ field }) => field === 'limited_data_use');
  const properties = readParameters(parameters.properties, event, reading);
  const page = readParameters(parameters.page, event, reading);
  return names.map((event_name) => ({
    event: event_name,
    event_time: Math.floor(now / 1000),
    ...(limitsDataUse && settings.limitedDataUse !== undefined && { limited_data_use: settings.limitedDataUse }),
    ...fields,
    user,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(Object.keys(page).length > 0 && { page }),
  }));
}

function nameOf(event: unknown): string | undefined {
  switch (own(event, 'type')) {
    case 'track':
      return textOf(own(event, 'event'));
    case 'page':
      return PAGE_VIEWED;
    default:
      return undefined;
  }
}

function phonesIn(value: unknown): readonly string[] {
  return listOf(value).flatMap((phone) => numbersWithin(textOf(phone) ?? ''));
}

/** What was looked for, where, and what is wrong with it, without what it is. */
function complaint(name: string, parameters: readonly Parameter[], event: unknown, country: string | undefined): string {
  const sources = parameters.find((parameter) => parameter.name === name)?.source.sources;
  if (sources === undefined) return `${name} is turned off in Parameter Mappings (parameterMappings)`;
  const found = sources.findIndex((source) => isPresent(readSource(source, event)));
  const looked = sources.slice(0, found < 0 ? sources.length : found + 1).map((source, place) => {
    const flaw = place === found ? flawOf(name, readSource(source, event), country) : 'absent';
    return `${describeSource(source)} is ${flaw}`;
  });
  return `${name}: ${looked.join(', ')}`;
}

function flawOf(name: string, value: unknown, country: string | undefined): string {
  const wanted =
    name === 'user.email'
      ? 'an email address'
      : `a phone number that ${country === undefined ? 'begins with + and' : `has a country code or is one of ${country} and`} has 7 to 15 digits`;
  return Array.isArray(value) ? `a list without ${wanted}` : `not ${wanted}`;
}

function describeSource(source: Source): string {
  return 'literal' in source ? 'a literal' : printSource(source);
}

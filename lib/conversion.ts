// A Segment event becomes TikTok events: their names, their parameters, and who they belong to. No I/O, no clock.
import { PAGE_VIEWED } from './events';
import { evaluate, readSource } from './expression';
import type { Mapping } from './mapping';
import { invalid, unsupported, type Failure } from './outcome';
import { readParameters, type Parameter, type Reading, type TypeName } from './parameters';
import { maskName, numbersWithin } from './privacy';
import { isPresent, listOf, own } from './record';
import type { Settings } from './settings';
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
    return unsupported(
      `No TikTok event is mapped to ${shown}: to send it, add it to Event Mappings (eventMappings).`,
    );
  }

  const parameters = mapping.parameters(name);
  const reading: Reading = {
    now,
    defaultCountry: settings.defaultCountry,
    limitedDataUse: settings.limitedDataUse,
    phones: parameters.user.flatMap(({ type, source }) =>
      type === 'phone' ? phonesIn(evaluate(source, event)) : [],
    ),
    items: parameters['properties.contents'],
  };
  const user = readParameters(parameters.user, event, reading);
  if (!('email' in user) && !('phone' in user)) {
    return invalid(
      `TikTok cannot match an event without a valid email address or phone number. ${complaints(parameters.user, event, settings)}` +
        'Send one in the event, or say where it stands in Parameter Mappings (parameterMappings).',
    );
  }
  const fields = readParameters(parameters[''], event, reading);
  const { event_time } = fields;
  if (typeof event_time !== 'number') {
    return invalid(
      `The time of the event cannot be read. ${complaints(parameters[''], event, settings)}` +
        'Send it in ISO 8601, such as 2026-01-31T12:00:00Z, or as Unix seconds.',
    );
  }
  const properties = readParameters(parameters.properties, event, reading);
  const page = readParameters(parameters.page, event, reading);
  return names.map((eventName) => ({
    event: eventName,
    ...fields,
    event_time,
    user,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(Object.keys(page).length > 0 && { page }),
  }));
}

function nameOf(event: unknown): string | undefined {
  const type = own(event, 'type');
  return type === 'track' ? textOf(own(event, 'event')) : type === 'page' ? PAGE_VIEWED : undefined;
}

function phonesIn(value: unknown): readonly string[] {
  return listOf(value).flatMap((phone) => numbersWithin(textOf(phone) ?? ''));
}

const FLAWS: Readonly<Partial<Record<TypeName, string>>> = {
  email: 'is no email address',
  phone: 'is no phone number with + and country code, nor one of Default Country (defaultCountry)',
  time: 'is no time',
};

/** What was looked for, where, and what is wrong with it, without what it is. */
function complaints(parameters: readonly Parameter[], event: unknown, settings: Settings): string {
  return parameters
    .flatMap(({ name, type, source: { sources } }) => {
      const flaw = FLAWS[type];
      if (flaw === undefined) return [];
      const found = sources.findIndex((source) => isPresent(readSource(source, event)));
      const looked = sources.slice(0, found < 0 ? sources.length : found + 1);
      return `${name}: ${looked.map(({ text }, place) => `${maskName(text, settings.accessToken)} ${place === found ? flaw : 'is absent'}`).join(', ')}. `;
    })
    .join('');
}

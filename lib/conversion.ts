// A Segment event becomes TikTok events: their names, their parameters, and who they belong to. No I/O, no clock.
import { PAGE_VIEWED } from './events';
import { readSource } from './expression';
import { dial } from './identity';
import type { Mapping } from './mapping';
import { invalid, unsupported, type Failure } from './outcome';
import { readParameters, type Fields, type Parameter, type Reading, type TypeName } from './parameters';
import { maskName, numbersWithin } from './privacy';
import { isPresent, listOf, own } from './record';
import { textOf } from './values';

/** One element of the request's `data`. https://business-api.tiktok.com/portal/docs?id=1771100815832065 */
export type Conversion = Fields & { readonly event: string };

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
    return unsupported(`No TikTok event is mapped to ${shown}: to send it, add it to Event Mappings`);
  }

  const { parameters, items } = mapping.parameters(name);
  const reading: Reading = {
    now,
    items,
    defaultCountry: settings.defaultCountry,
    limitedDataUse: settings.limitedDataUse,
    phones: parameters
      .filter(({ type }) => type === 'phone')
      .flatMap(({ source }) => source.sources.flatMap((one) => listOf(readSource(one, event))))
      .flatMap((phone) => numbersWithin(dial(textOf(phone) ?? ''))),
  };
  const { '': fields, user, properties, page } = readParameters(parameters, event, reading);
  if (user?.['email'] === undefined && user?.['phone'] === undefined) {
    return refuse('TikTok cannot match an event without a valid email address or phone number', [
      'email',
      'phone',
    ]);
  }
  if (fields?.['event_time'] === undefined) return refuse('The time of the event cannot be read', ['time']);
  return names.map((eventName) => ({ event: eventName, ...fields, user, properties, page }));

  /** Says what was looked for, where, and what is wrong with it, without what it is. */
  function refuse(problem: string, types: readonly TypeName[]): Failure {
    const found = parameters.filter(({ type }) => types.includes(type)).map(complain);
    return invalid(`${problem}. ${found.join('. ')}. Send it, or say where it stands in Parameter Mappings.`);
  }

  function complain({ name, type, source }: Parameter): string {
    const looked: string[] = [];
    for (const one of source.sources) {
      const absent = !isPresent(readSource(one, event));
      looked.push(`${maskName(one.text, settings.accessToken)} is ${absent ? 'absent' : FLAWS[type]}`);
      if (!absent) break;
    }
    return `${name}: ${looked.join(', ')}`;
  }
}

function nameOf(event: unknown): string | undefined {
  const type = own(event, 'type');
  return type === 'track' ? textOf(own(event, 'event')) : type === 'page' ? PAGE_VIEWED : undefined;
}

const FLAWS: Readonly<Partial<Record<TypeName, string>>> = {
  email: 'no email address',
  phone: 'no phone number with + and country code, or one of Default Country',
  time: 'no time in ISO 8601',
};

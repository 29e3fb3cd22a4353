// A Segment event becomes TikTok events: their names, their parameters, and who they belong to. No I/O, no clock.
import { PAGE_VIEWED } from './events';
import { readSource } from './expression';
import { traceOf } from './identity';
import type { Mapping } from './mapping';
import type { Failure } from './outcome';
import { readFields, type Fields, type Reading, type TypeName } from './parameters';
import { mask, type Phone } from './privacy';
import { isPresent, listOf, own } from './record';
import { settingsFailure, type Settings } from './settings';
import { textOf } from './values';

/** One element of the request's `data`. https://business-api.tiktok.com/portal/docs?id=1771100815832065 */
export type Conversion = Fields & { readonly event: string };

/**
 * The TikTok events of a Segment event, one for each TikTok name that it is mapped to; or why there are none. Nothing
 * of the event is changed.
 *
 * @param now the time of handling in milliseconds, for an event without a timestamp.
 */
export function convert(
  event: unknown,
  mapping: Mapping,
  settings: Settings,
  now: number,
): readonly Conversion[] | Failure {
  const type = own(event, 'type');
  const name = type === 'track' ? textOf(own(event, 'event')) : type === 'page' ? PAGE_VIEWED : '';
  const { names, plan } = mapping(name);
  if (!names[0])
    return {
      kind: 'unsupported',
      message:
        name === ''
          ? 'Only page calls and named track calls are sent.'
          : `No TikTok event is mapped to "${mask(name, settings.accessToken)}". Event Mappings can add one.`,
    };

  const phones: Phone[] = [];
  for (const source of plan.phones)
    for (const value of listOf(readSource(source, event))) {
      const phone = traceOf(textOf(value));
      if (phone) phones.push(phone);
    }
  const reading: Reading = { event, now, settings, phones, groups: plan.groups };
  const [fields, user, properties, page] = ['', 'user', 'properties', 'page'].map((group) =>
    readFields(group, reading),
  );
  if (!(user?.['email'] ?? user?.['phone']))
    return refuse(
      'TikTok needs a valid email address or phone number',
      {
        email: 'no email address',
        phone: 'no phone number with country code or of Default Country',
      },
      reading,
    );
  if (!fields?.['event_time'])
    return refuse('The time of the event cannot be read', { time: 'no time in ISO 8601' }, reading);
  return names.map((one) => ({ event: one, ...fields, user, properties, page }));
}

/** Says what was looked for, where, and what is wrong with it, without what it is. */
function refuse(
  problem: string,
  flaws: Readonly<Partial<Record<TypeName, string>>>,
  { event, groups, settings }: Reading,
): Failure {
  const found = Object.values(groups)
    .flat()
    .flatMap(({ name, type, source }) => {
      const flaw = flaws[type];
      if (!flaw) return [];
      const at = source.findIndex((one) => isPresent(readSource(one, event)));
      const places = source
        .slice(0, at + 1 || undefined)
        .map(
          ({ text }, index) => `"${mask(text, settings.accessToken)}" is ${index === at ? flaw : 'absent'}`,
        );
      return `${name}: ${places.join(', ')}`;
    });
  if (!found[0]) return settingsFailure(['Parameter Mappings must leave user.email or user.phone']);
  return {
    kind: 'invalid',
    message: `${problem}. ${found.join('. ')}. Send it, or map it in Parameter Mappings.`,
  };
}

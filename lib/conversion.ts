// A Segment event becomes TikTok events: their names, their parameters, and who they belong to. No I/O, no clock.
import { PAGE_VIEWED } from './events';
import { readSource, type Expression } from './expression';
import type { Mapping } from './mapping';
import type { Failure } from './outcome';
import { readFields, type Fields, type Reading, type TypeName } from './parameters';
import { mask, phoneTail } from './privacy';
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
  if (names.length === 0) {
    const message =
      name === ''
        ? 'Only page calls and named track calls are sent.'
        : `No TikTok event is mapped to "${mask(name, settings.accessToken)}". Event Mappings can add one.`;
    return { kind: 'unsupported', message };
  }

  const reading: Reading = {
    now,
    groups: plan.groups,
    settings,
    phones: plan.phones.flatMap((source) =>
      listOf(readSource(source, event) ?? []).flatMap((phone) => phoneTail(textOf(phone)) ?? []),
    ),
  };
  const [fields, user, properties, page] = ['', 'user', 'properties', 'page'].map((group) =>
    readFields(group, event, reading),
  );
  if (!(user?.['email'] ?? user?.['phone']))
    return refuse('TikTok needs a valid email address or phone number', {
      email: 'no email address',
      phone: 'no phone number with country code or of Default Country',
    });
  if (!fields?.['event_time'])
    return refuse('The time of the event cannot be read', { time: 'no time in ISO 8601' });
  return names.map((eventName) => ({ event: eventName, ...fields, user, properties, page }));

  /** Says what was looked for, where, and what is wrong with it, without what it is. */
  function refuse(problem: string, flaws: Readonly<Partial<Record<TypeName, string>>>): Failure {
    const found = Object.values(plan.groups)
      .flat()
      .flatMap(({ name, type, source }) => {
        const flaw = flaws[type];
        return flaw ? `${name}: ${look(source, flaw)}` : [];
      });
    if (found.length === 0)
      return settingsFailure(['Parameter Mappings must leave user.email or user.phone']);
    return {
      kind: 'invalid',
      message: `${problem}. ${found.join('. ')}. Send it, or map it in Parameter Mappings.`,
    };
  }

  function look(sources: Expression, flaw: string): string {
    const found = sources.findIndex((source) => isPresent(readSource(source, event)));
    return sources
      .slice(0, found < 0 ? sources.length : found + 1)
      .map(({ text }, at) => `"${mask(text, settings.accessToken)}" is ${at === found ? flaw : 'absent'}`)
      .join(', ');
  }
}

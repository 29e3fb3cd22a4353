// Why an event is not sent that no entry of Event Mappings matches.
import type { Outcome } from '../outcome';
import { mask } from '../privacy/mask';
import { ownProperty } from '../values/json';
import { textOf } from '../values/text';
import { isSendable, mappedName, presetOffByDefault } from './event-mappings';

/** `what` is an event's name in quotes, or what it is called otherwise. */
export const describeNotMapped = (what: string): string =>
  `No TikTok event is mapped to ${what}. Event Mappings can add one.`;

/** @param token masked in the message. */
export const notMapped = (event: unknown, token: string): Outcome => ({
  kind: 'unsupported',
  message: whyNotMapped(event, token),
});

function whyNotMapped(event: unknown, token: string): string {
  if (!isSendable(event)) return 'Only track, page, screen, identify, group and alias calls are sent.';
  const name = mappedName(event);
  const type = textOf(ownProperty(event, 'type'));
  if (name === '')
    return describeNotMapped(type === 'track' ? 'a track call without a name' : `this ${type} call`);
  const preset = presetOffByDefault(name);
  return preset === undefined
    ? describeNotMapped(`"${mask(name, token)}"`)
    : `"${name}" is not sent unless Event Mappings has the entry ${preset}.`;
}

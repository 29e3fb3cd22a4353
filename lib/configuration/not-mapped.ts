// Why an event is not sent that no entry of Event Mappings matches.
import type { Outcome } from '../outcome';
import { mask } from '../privacy/mask';
import { ownProperty } from '../values/json';
import { textOf } from '../values/text';
import { isSendable, mappedName, presetOffByDefault, type Unmet } from './event-mappings';

/**
 * @param what an event's name in quotes, or what it is called otherwise.
 * @param how what an entry for it needs beside a name.
 */
export const describeNotMapped = (what: string, how = ''): string =>
  `No TikTok event is mapped to ${what}. Event Mappings can add one${how}.`;

/**
 * @param unmet what of the condition of the entry with its name does not hold, if there is one.
 * @param token masked in the message.
 */
export const notMapped = (event: unknown, unmet: Unmet | undefined, token: string): Outcome => ({
  kind: 'unsupported',
  message: whyNotMapped(event, unmet, token),
});

function whyNotMapped(event: unknown, unmet: Unmet | undefined, token: string): string {
  if (!isSendable(event)) return 'Only track, page, screen, identify, group and alias calls are sent.';
  const name = mappedName(event);
  const type = textOf(ownProperty(event, 'type'));
  if (name === '')
    return type === 'track'
      ? describeNotMapped('a track call without a name')
      : describeNotMapped(`this ${type} call`, `, with the condition type = "${type}"`);
  if (unmet) {
    const [label, part] = [unmet.label, unmet.part].map((text) => mask(text, token));
    return `The condition of Event Mappings, entry "${label}", does not hold for this event: ${part}.`;
  }
  const preset = presetOffByDefault(name);
  return preset === undefined
    ? describeNotMapped(`"${mask(name, token)}"`)
    : `"${name}" is not sent unless Event Mappings has the entry ${preset}.`;
}

// What the function logs: with a Test Event Code, what it left out of each event, so that Segment's tester shows it
// under Logs.
import { mappedName } from './configuration/event-mappings';
import type { Settings } from './configuration/settings';
import { describeLeftOut, type LeftOut } from './parameters/reasons';
import { mask } from './privacy/mask';

/** Bytes of all lines of a call. Segment's tester shows 4 KB, and other messages need room too. */
const MAX_BYTES = 3000;
/** Bytes of one line: an event with many products must not take the room of the others. */
const MAX_LINE_BYTES = 1000;

/** What was left out of a Segment event. */
export interface Note {
  /** Its place in the call, from 0. */
  readonly index: number;
  readonly event: unknown;
  readonly leftOut: readonly LeftOut[];
}

/** Logs a line for each event of which something was left out: parameters, sources and reasons, never a value. */
export function logLeftOut(notes: readonly Note[], { accessToken }: Settings): void {
  const lines = notes.map(({ index, event, leftOut }) => {
    // In one line, whatever stands in the name.
    const name = mask(mappedName(event), accessToken).replace(/\s+/g, ' ');
    const findings = new Set(leftOut.map((one) => mask(describeLeftOut(one), accessToken)));
    return `Left out of event ${index + 1}, ${name}: ${fit([...findings], MAX_LINE_BYTES).join('; ')}`;
  });
  for (const line of fit(lines, MAX_BYTES)) console.log(line);
}

/** As many texts as fit into so many bytes with a separator after each, then how many more there are. */
function fit(texts: readonly string[], bytes: number): readonly string[] {
  const rest = (count: number) => `and ${count} more`;
  let left = bytes - rest(texts.length).length;
  const fitting = texts.findIndex((text) => {
    left -= bytesOf(text) + SEPARATOR;
    return left < 0;
  });
  return fitting < 0 ? texts : [...texts.slice(0, fitting), rest(texts.length - fitting)];
}

/** Bytes of `; ` or a line break. */
const SEPARATOR = 2;

/** In UTF-8. */
function bytesOf(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Each half of a character beyond U+FFFF has two bytes of four.
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

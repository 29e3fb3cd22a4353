// Texts of events and files, as they may be printed in a line of a terminal.
import { mask } from '../../lib/privacy/mask';
import { visible } from './visible';

/** A text in one line that cannot steer the terminal or reverse the text around it. */
export const printable = (text: string): string => visible(text).replace(/[\n\t]/g, ' ');

/**
 * A text of an event, likewise, without what may be personal data.
 *
 * @param token the access token, which is removed too.
 */
export const masked = (text: string, token: string): string => printable(mask(text, token));

const REMEMBERED = 1000;
/** Characters of a text that is remembered; names and paths are shorter. */
const LONGEST = 200;

/** Makes {@link masked} for one token. It remembers texts: the same names come again and again. */
export function createMask(token: string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const shown = masked(text, token);
    if (known.size === REMEMBERED) known.clear();
    if (text.length <= LONGEST) known.set(text, shown);
    return shown;
  };
}

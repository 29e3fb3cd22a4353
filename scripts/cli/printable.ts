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

// Texts of events and files as a line in a terminal.
import { mask } from '../../lib/privacy/mask';
import { visible } from './visible';

/** Nothing in a text steers the terminal, or turns the direction of what stands around it. */
export const printable = (text: string): string => visible(text).replace(/[\n\t]/g, ' ');

/** A text of an event's own, without what may be personal data. */
export const masked = (text: string, token: string): string => printable(mask(text, token));

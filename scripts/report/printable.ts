// Texts of events and files as a terminal may get them.
import { mask } from '../../lib/privacy';

/** Nothing in a text steers the terminal, or turns the direction of what stands around it. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');

/** A text of an event's own, without what may be personal data. */
export const masked = (text: string, token: string): string => printable(mask(text, token));

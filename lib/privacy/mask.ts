// Texts from outside in messages: nothing in them is personal, secret or endless.
import { decodeText } from '../values/text';
import { EMAIL_WITHIN, LONG_NUMBER_WITHIN } from './personal-data';

/** Characters of a masked text. */
const MAX_MASKED = 300;
/**
 * Characters that are read of a text, so that masking costs little whatever its length. One character that is escaped
 * three times takes up to 21, so these are usually more than enough for {@link MAX_MASKED}.
 */
const MAX_READ = 9999;
/** A token as short as a word belongs to a test, and would hide that word everywhere. */
const SHORTEST_TOKEN = 8;

/** A text for a message, without email addresses, what may be phone numbers, and the token. */
export function mask(text: string, token: string): string {
  const decoded = decodeText(text.slice(0, MAX_READ));
  const withoutToken = token.length < SHORTEST_TOKEN ? decoded : decoded.replaceAll(token, '[token]');
  return withoutToken
    .replace(EMAIL_WITHIN, '[email]')
    .replace(LONG_NUMBER_WITHIN, '[number]')
    .slice(0, MAX_MASKED);
}

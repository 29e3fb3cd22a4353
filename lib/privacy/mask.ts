// Texts from outside in messages: nothing in them is personal, secret or endless, or steers a terminal.
import { lazyPattern } from '../values/pattern';
import { decodeText, printable, visible } from '../values/text';
import { LONG_NUMBER_WITHIN } from './own-phones';
import { EMAIL_WITHIN, LOCAL_PART } from './personal-data';

/** Characters of a masked text. */
const MAX_MASKED = 300;
/**
 * Characters that are read of a text, so that masking costs little whatever its length. One character that is escaped
 * three times takes up to 21, so these are usually more than enough for {@link MAX_MASKED}.
 */
const MAX_READ = 9999;
/** A token as short as a word belongs to a test, and would hide that word everywhere. */
const SHORTEST_TOKEN = 8;

/** At the end of a text that was cut: an address without the rest of its domain, any other word, a few digits. */
const HALF_EMAIL = lazyPattern(String.raw`${LOCAL_PART}@[-.\p{L}\p{M}\p{N}]*$`, 'u');
const HALF_WORD = /[^\s@/,;:<>()\]]{1,64}$/;
const HALF_NUMBER = lazyPattern(String.raw`\d(?:[^\p{L}\p{N}]{0,6}\d){0,5}[^\p{L}\p{N}\]]{0,6}$`, 'u');
/** Characters of the longest address that a text may end with. */
const MAX_HALF = 1000;

/**
 * A text for a message, in one line, without email addresses, what may be phone or card numbers, and the token. What is
 * invisible in it is shown by its code point, unless it hides one of these.
 */
export function mask(text: string, token: string): string {
  const cut = text.slice(0, MAX_READ);
  const decoded = decodeText(cut);
  const masked = withoutPersonalData(withoutToken(decodeText(withoutToken(cut, token)), token));
  const shown = masked === decoded ? decodeText(visible(cut)) : masked;
  const whole = text.length > MAX_READ ? withoutHalf(shown) : shown;
  const isCut = whole.length > MAX_MASKED;
  return printable(isCut ? `${whole.slice(0, MAX_MASKED - 1)}…` : whole);
}

/** A hash of somebody's data is as good as the data to whoever can guess it. */
const HASH_WITHIN = /(?<![\da-z])[\da-f]{64}(?![\da-z])/gi;
/** An address of IPv6, which may end as one of IPv4; those of IPv4 are long numbers. A time of day has fewer colons. */
const IPV6_WITHIN = /(?<![\w:])(?:[\da-f]{0,4}:){3,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4})(?![\w:])/gi;

function withoutPersonalData(decoded: string): string {
  const withoutEmails = decoded.includes('@') ? decoded.replace(EMAIL_WITHIN(), '[email]') : decoded;
  return withoutEmails
    .replace(HASH_WITHIN, '[hash]')
    .replace(IPV6_WITHIN, '[ip]')
    .replace(LONG_NUMBER_WITHIN(), '[number]');
}

const withoutToken = (text: string, token: string): string =>
  token.length < SHORTEST_TOKEN ? text : text.replaceAll(token, '[token]');

function withoutHalf(masked: string): string {
  const end = masked.slice(-MAX_HALF);
  const withoutEmail = end.includes('@') ? end.replace(HALF_EMAIL(), '[email]') : end;
  return masked.slice(0, -MAX_HALF) + withoutEmail.replace(HALF_WORD, '').replace(HALF_NUMBER(), '[number]');
}

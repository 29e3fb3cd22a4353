// TikTok's click id, which it adds to the URL of an ad as `ttclid`.
import { decodeText } from './text';

const CLICK_ID_IN_URL = /(?:^|[?&#])ttclid=([^&#\s]*)/;
/** A URL, a path or a query that could have had one. */
const URL = /^(?:[a-z][a-z\d+.-]*:\/\/|[/?])/i;
/** What an id is made of: letters, digits, what joins them, and the signs of Base64. */
const CLICK_ID = /^[\w.~+/=%-]+$/;

/**
 * A click id as it is, or out of the URL or query that it came with. '' if a URL has none; `undefined` if the text is
 * neither.
 */
export function clickIdOf(text: string): string | undefined {
  const found = CLICK_ID_IN_URL.exec(text)?.[1];
  if (found !== undefined) return decodeText(found);
  if (URL.test(text)) return '';
  return CLICK_ID.test(text) ? text : undefined;
}

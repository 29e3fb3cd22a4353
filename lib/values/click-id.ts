// TikTok's click id, which it adds to the URL of an ad as `ttclid`.
import { decodeText } from './text';

/** In HTML, the `&` before it is `&amp;`, and a URL may have been copied from there. */
const CLICK_ID_IN_URL = /(?:^|[?&#](?:amp;)?)ttclid=([^&#\s]*)/;
/** A URL, a path or a query that could have had one. */
const URL = /^(?:[a-z][a-z\d+.-]*:\/\/|[/?])/i;
/** What an id is made of: letters, digits, what joins them, and the signs of Base64. */
const CLICK_ID = /^[\w.~+/=%-]+$/;

/** Whether what stands for a click id is one. */
export const isClickId = (found: string): boolean => CLICK_ID.test(found);

/** What stands for a click id: the text as it is, or what a URL or query has as its click id; '' if it has none. */
export function findClickId(text: string): string {
  const found = CLICK_ID_IN_URL.exec(text)?.[1];
  if (found !== undefined) return decodeText(found).trim();
  return URL.test(text) ? '' : text;
}

/**
 * A click id as it is, or out of the URL or query that it came with. '' if a URL has none; `undefined` if what stands
 * there is not one.
 */
export function clickIdOf(text: string): string | undefined {
  const found = findClickId(text);
  return found === '' || isClickId(found) ? found : undefined;
}

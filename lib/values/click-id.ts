// TikTok's click id, which it adds to the URL of an ad as `ttclid`.
import { isPlaceholder } from './placeholder';
import { decodeText, normalise, withoutQuotes } from './text';

/** The name of its parameter. */
const NAME = 'ttclid';
/** In HTML, the `&` before it is `&amp;`, and a URL may have been copied from there. A URL may have a second `?` by mistake. */
const ID_WITHIN = String.raw`(?:^|[?&#](?:amp;)*)${NAME}=([^?&#\s]*)`;
const FIRST_WITHIN = new RegExp(ID_WITHIN);
const ALL_WITHIN = new RegExp(ID_WITHIN, 'g');
/** A URL, a path or a query that could have had one. */
const URL = /^(?:[a-z][a-z\d+.-]*:\/\/|[/?])/i;
/** An id that was cut out of a URL, with the rest of that behind it; a page's address would have a slash before that. */
const BEFORE_REST_OF_URL = /^([^/?&#]+)[?&#].*$/s;
/** What an id is made of: letters, digits, what joins them, and the signs of Base64. */
const CLICK_ID = /^[\w.~+/=%-]+$/;

/** Whether what stands for a click id is one. */
export const isClickId = (found: string): boolean => CLICK_ID.test(found);

/** What stands for a click id: the text as it is, or what a URL or query has as its click id; '' if it has none. */
export function findClickId(text: string): string {
  const found = text.includes(NAME) ? idWithin(text) : undefined;
  if (found !== undefined || URL.test(text)) return found ?? '';
  return withoutQuotes(normalise(text).replace(BEFORE_REST_OF_URL, '$1')) || text;
}

/** What stands for the click id of a URL or query; '' if it has none. */
export const findClickIdOfUrl = (text: string): string => (text.includes(NAME) ? (idWithin(text) ?? '') : '');

/** Also within another URL, where it is escaped; `undefined` if nothing stands for one. */
const idWithin = (text: string): string | undefined => firstId(text) ?? firstId(decodeText(text));

/** The first one that is neither empty nor only a placeholder, or else the first one. */
function firstId(text: string): string | undefined {
  const found = FIRST_WITHIN.exec(text)?.[1];
  if (found === undefined) return undefined;
  // Almost always, and four times as fast.
  const first = readId(found);
  if (isUsable(first)) return first;
  return Array.from(text.matchAll(ALL_WITHIN), ([, id = '']) => readId(id)).find(isUsable) ?? first;
}

const readId = (encoded: string): string => withoutQuotes(decodeText(encoded).trim());

const isUsable = (id: string): boolean => id !== '' && !isPlaceholder(id);

/**
 * A click id as it is, or out of the URL or query that it came with. '' if a URL has none; `undefined` if what stands
 * there is not one.
 */
export function clickIdOf(text: string): string | undefined {
  const found = findClickId(text);
  return found === '' || isClickId(found) ? found : undefined;
}

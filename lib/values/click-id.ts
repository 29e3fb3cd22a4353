// TikTok's click id, which it adds to the URL of an ad as `ttclid`.
import { decodeText, textOf } from './text';

/** Characters that a URL contains and a click ID does not. */
const URL_CHARACTER = /[/?#=:\s]/;
const CLICK_ID_IN_URL = /[?&]ttclid=([^&#\s]*)/;

/** A click id as it is, or out of the URL that it came with; '' if there is none. */
export function clickIdOf(value: unknown): string {
  const text = textOf(value);
  if (!URL_CHARACTER.test(text)) return text;
  return decodeText(CLICK_ID_IN_URL.exec(text)?.[1] ?? '');
}

// The names in an entry of Event Mappings: TikTok's on its right side, a Segment event's on its left.
import { Failure, isFailure } from '../result';
import { lazyPattern } from '../values/pattern';
import { parseCondition } from './condition/parse';
import { meansNothing } from './entries';
import type { SyntaxProblem } from './expression';

/**
 * What TikTok does not take in the name of an event. Its page has letters, digits, underscores and dashes; it mentions
 * spaces, and does not say of which scripts the letters are.
 *
 * TikTok, "About Custom Events in TikTok Ads Manager": https://ads.tiktok.com/help/article/custom-events
 */
const NOT_IN_A_NAME = lazyPattern(String.raw`[^\p{L}\p{M}\p{N}_ -]`, 'u');
const LETTER_FIRST = lazyPattern(String.raw`^\p{L}`, 'u');
/** Characters of a name, by the same page. */
const LONGEST_NAME = 50;

/** Of other scripts, too. */
const COMMAS = /[,\uff0c\u3001\u060c]/;

/** Reads names of TikTok events, separated by commas, each once; of a malformed list, its first problem. */
export function readTikTokNames(list: string): readonly string[] | Failure<SyntaxProblem> {
  const names = new Set<string>();
  let offset = 0;
  for (const part of list.split(COMMAS)) {
    const name = part.trim();
    const problem = problemOfTikTokName(name);
    if (problem) return new Failure({ ...problem, offset: offset + part.indexOf(name) + problem.offset });
    if (name !== '') names.add(name);
    offset += part.length + 1;
  }
  return [...names];
}

function problemOfTikTokName(name: string): SyntaxProblem | undefined {
  if (name === '') return undefined;
  if (meansNothing(name))
    return { offset: 0, expected: 'a TikTok event name, or nothing if the event is not to be sent' };
  const offset = name.search(NOT_IN_A_NAME());
  if (offset >= 0)
    return {
      offset,
      expected: '"," or "if", or a character of a TikTok event name: a letter, a digit, a space, _ or -',
    };
  if (!LETTER_FIRST().test(name)) return { offset: 0, expected: 'a letter, as TikTok event names begin' };
  if (name.length <= LONGEST_NAME) return undefined;
  return { offset: LONGEST_NAME, expected: `at most ${LONGEST_NAME} characters in a TikTok event name` };
}

/** Around the whole name, with none inside but an apostrophe: `Clicked "Buy"` and `"Buy" or "Sell"` are names. */
const IN_QUOTES = /^["'`“”„«‘’‚](?:[^"'`“”„«»‘’‚]|(?<=\S)['’](?=\S))+["'`“”»‘’][,:;]?$/;
const ENDS_A_ROW = /[,;]$/;
/** At the beginning or the end: `A*B Tested`, `Rated 5*` and `**Sale**` are names. */
const WILDCARD = /^\*(?!\*)|(?<![\d*])\*$|^\^[\da-z]/i;
/** Without one of these, a text is not a condition. */
const SIGN_OF_CONDITION = /[=<>(]/;
/** What stands before a condition on the wrong side: a name and `if`. */
const BEFORE_CONDITION = /^.*?\sif\s/is;

/** Whether a text is a condition that could stand after `if`. */
export const isCondition = (text: string): boolean =>
  SIGN_OF_CONDITION.test(text) && !isFailure(parseCondition(text));

/**
 * What is wrong with the left side of an entry that must be the name of a Segment event, as the words after "expected";
 * `undefined` if nothing is. Hardly any event has such a name, so that the entry would never do anything. For one that
 * has, the entry's condition can test `event`.
 */
export function problemOfEventName(name: string): string | undefined {
  if (IN_QUOTES.test(name)) return 'an event name without quotes around it';
  if (ENDS_A_ROW.test(name)) return `an event name without ${name.slice(-1)} behind it`;
  if (WILDCARD.test(name))
    return 'the whole name of an event; for several, write a label here, and match(event, "Order *") after "if" on the right';
  return isCondition(name) || isCondition(name.replace(BEFORE_CONDITION, ''))
    ? 'an event name or a label; a condition stands on the right, after "if"'
    : undefined;
}

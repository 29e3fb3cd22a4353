// The words and signs of a condition's text.
//
//   word    = key *( "." key )                       ; a path, a function's name, `and`, `or`, `in`, `true`, `false`, `null`
//   key     = 1*( letter / digit / "_" / "-" / "\" any character )
//   string  = "'" *( any but "'" ) "'" / '"' *( any but '"' ) '"'      ; `\` in one means nothing, as in Segment's lexer
//   number  = [ "+" / "-" ] digits [ "." digits ] [ "e" [ "+" / "-" ] digits ]
//   sign    = "(" / ")" / "[" / "]" / "," / "!" / "=" / "!=" / ">" / ">=" / "<" / "<="
//
// A word begins with a letter, `_` or `\`. Spaces may stand around every one of these.

/** What a token is, and where its text begins and ends. */
export type Token = TokenKind & { readonly offset: number; readonly end: number };

type TokenKind =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  /** `expected` says what is wrong with it, if that is the same wherever it stands. */
  | { readonly kind: 'unreadable'; readonly expected: string | undefined }
  | { readonly kind: 'end' };

const ESCAPED = String.raw`\\[^]`;
const KEY = String.raw`(?:[\w\-]|${ESCAPED})+`;
const WORD = String.raw`(?=[A-Za-z_\\])${KEY}(?:\.${KEY})*`;
const STRING = String.raw`"[^"]*"|'[^']*'`;
const NUMBER = String.raw`[+\-]?\d+(?:\.\d+)?(?:[eE][+\-]?\d+)?`;
const SIGN = String.raw`[!<>]=?|[=()[\],]`;
const TOKEN = new RegExp(
  String.raw`(?<word>${WORD})|(?<string>${STRING})|(?<number>${NUMBER})(?![\w.\\\-])|(?<sign>${SIGN})`,
  'uy',
);
const SPACE = /\s*/y;
const WHOLE_NUMBER = new RegExp(`^${NUMBER}$`);

/** What is wrong with a text that begins like a token, and is not one. */
const BEGINNINGS: readonly (readonly [beginning: RegExp, expected: string])[] = [
  [/^["']/, 'a string with a quote at its end too'],
  [/^[+-]?\s*\d/, 'a number such as -12.5'],
  [/^\./, 'a name before and after each ".", with "\\" before an odd character'],
  [/^\\/, 'a character after "\\"'],
];

/** Signs of other languages and of copied text, and what stands for them here. */
const OTHER_LANGUAGES: readonly (readonly [beginning: RegExp, expected: string])[] = [
  [/^[“”„‟«»‘’‚‛`´]/, `straight quotes, " or '`],
  [/^&/, '"and"'],
  [/^\|/, '"or"'],
  [/^[≠≤≥]/, '!=, <= or >='],
  [/^[\uff01-\uff5e]/, 'the ordinary character: this one is full-width'],
  [/^\$/, 'a path or a number without "$"'],
  [/^[{}]/, 'a path without braces'],
  [/^;/, 'the end, without ";"'],
  [/^(?:--|\/[*/]|#)/, 'the end, without a comment'],
  [/^\/[^\s/].*\//s, 'a pattern in quotes, as in match(event, "Order *")'],
  [/^[%@]/, 'a path without % or @'],
  [/^[-+*/]/, 'a comparison such as =: conditions do not calculate'],
];

/** The first token of a text, or the one after `previous`: the end, if nothing is left. */
export function readToken(text: string, previous?: Token): Token {
  SPACE.lastIndex = previous?.end ?? 0;
  SPACE.exec(text);
  const offset = SPACE.lastIndex;
  if (offset === text.length) return { kind: 'end', offset, end: offset };
  TOKEN.lastIndex = offset;
  const groups = TOKEN.exec(text)?.groups;
  const token = groups && tokenOf(groups);
  if (token) return { ...token, offset, end: TOKEN.lastIndex };
  const isRightAfterWord = previous?.kind === 'word' && previous.end === offset;
  const expected = problemOf(text.slice(offset), isRightAfterWord);
  return { kind: 'unreadable', expected, offset, end: text.length };
}

function tokenOf({
  word,
  string,
  number,
  sign = '',
}: Readonly<Record<string, string>>): TokenKind | undefined {
  if (word !== undefined) return { kind: 'word', text: word };
  if (string !== undefined) return { kind: 'string', value: string.slice(1, -1) };
  if (number === undefined) return { kind: 'sign', text: sign };
  const value = numberOf(number);
  return value === undefined ? undefined : { kind: 'number', value };
}

/** @param rest the text from the beginning of what is not a token. */
function problemOf(rest: string, isRightAfterWord: boolean): string | undefined {
  const known = BEGINNINGS.find(([beginning]) => beginning.test(rest));
  if (known) return known[1];
  const meant = OTHER_LANGUAGES.find(([beginning]) => beginning.test(rest))?.[1];
  return isRightAfterWord ? `${meant ?? 'a space'}, or "\\" before an odd character of a name` : meant;
}

/** The number that a text says in FQL; `undefined` if it says none. */
export function numberOf(text: string): number | undefined {
  // Zero has no sign.
  const number = WHOLE_NUMBER.test(text) ? Number(text) + 0 : NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** The keys of a word, and where in it each begins. */
export const keysOf = (word: string): readonly { readonly key: string; readonly offset: number }[] =>
  Array.from(word.matchAll(new RegExp(KEY, 'gu')), ({ 0: text, index }) => ({
    key: text.replace(/\\([^])/gu, '$1'),
    offset: index,
  }));

/** The text of a path. */
export const pathText = (keys: readonly string[]): string =>
  keys.map((key) => key.replace(/[^\w-]/gu, String.raw`\$&`)).join('.');

// Where a value comes from: paths into the Segment event and literals, joined by `??`, the first present one wins.
//
//   properties.email ?? context.traits.email        $.properties.total        properties.products[0].sku
//   integrations["TikTok Offline Conversions"].ttp  properties.currency ?? "USD"
import { isPresent, own, parseJson } from './record';

/** A path or a literal, and the text that it was read from. */
export type Source =
  | { readonly text: string; readonly path: readonly string[] }
  | { readonly text: string; readonly literal: unknown };

/** The first present one counts; where there are none, nothing is sent. */
export type Expression = readonly Source[];

/** Why a text is no expression: what was expected where, `at` counting characters from 0. */
interface SyntaxProblem {
  readonly at: number;
  readonly expected: string;
}

// `$` is the event itself.
const FIRST_KEY = /\$(?=[.[])|[\p{L}_][^\s.?,"'[\]]*/uy;
const KEY = /\.[^\s.?,"'[\]]+|\[(?:0|[1-9]\d*|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")\]/uy;
// A string or a number, as far as it looks like one; JSON decides.
const LITERAL = /"(?:[^"\\]|\\.)*"(?=\s|\?\?|$)|-?\d[^\s?]*/y;
const JOINT = /\s*(?:\?\?\s*)?/y;

/** Reads an expression, a blank one as one without sources; a malformed one gives its first problem. */
export function parseExpression(text: string): Expression | SyntaxProblem {
  const sources: Source[] = [];
  let at = text.length - text.trimStart().length;
  if (at === text.length) return sources;
  const take = (token: RegExp): string => {
    const start = at;
    token.lastIndex = at;
    if (token.test(text)) at = token.lastIndex;
    return text.slice(start, at);
  };
  do {
    const start = at;
    const first = take(FIRST_KEY);
    const path = first === '$' ? [] : [first];
    for (let key = first && take(KEY); key !== ''; key = take(KEY))
      path.push(key.startsWith('.') ? key.slice(1) : String(parseJson(key.slice(1, -1))));
    const source = text.slice(start, at) || take(LITERAL);
    if (/^(?:[-"\d]|(?:true|false)?$)/.test(source)) {
      const literal = parseJson(source);
      if (literal === undefined) return { at: start, expected: 'a path or a literal' };
      sources.push({ text: source, literal });
    } else sources.push({ text: source, path });
  } while (take(JOINT).includes('?'));
  return at === text.length ? sources : { at, expected: '.name, [index], ["name"], ?? or the end' };
}

/** What a source gives for an event (or for an item of its products); paths read own properties only. */
export function readSource(source: Source, root: unknown): unknown {
  if ('literal' in source) return source.literal;
  let value = root;
  for (const key of source.path) value = own(value, key);
  return value;
}

/** The first present value of an expression's sources. */
export function evaluate(expression: Expression, root: unknown): unknown {
  for (const source of expression) {
    const value = readSource(source, root);
    if (isPresent(value)) return value;
  }
  return undefined;
}

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

const SPACE = /\s*/y;
const OR = /\?\?/y;
// A string or a number, as far as it looks like one; JSON decides.
const LITERAL = /"(?:[^"\\]|\\.)*"(?=\s|\?\?|$)|-?\d[^\s?]*/y;
// `$` is the event itself.
const PATH =
  /(?:\$(?=[.[])|[\p{L}_][^\s.?,"'[\]]*)(?:\.[^\s.?,"'[\]]+|\[(?:0|[1-9]\d*|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")\])*/uy;
const KEY = /[^.[]+|\[("(?:[^"\\]|\\.)*"|\d+)\]/g;

/** Reads an expression, a blank one as one without sources; a malformed one gives its first problem. */
export function parseExpression(text: string): Expression | SyntaxProblem {
  const sources: Source[] = [];
  if (text.trim() === '') return sources;
  let at = 0;
  const take = (token: RegExp): string => {
    token.lastIndex = at;
    const end = token.test(text) ? token.lastIndex : at;
    const found = text.slice(at, end);
    at = end;
    return found;
  };
  do {
    take(SPACE);
    const start = at;
    const path = take(PATH);
    if (path !== '' && !/^(?:true|false)$/.test(path)) {
      sources.push({ text: path, path: keysOf(path) });
    } else {
      const literal = path === '' ? take(LITERAL) : path;
      const value = parseJson(literal);
      if (value === undefined) return { at: start, expected: 'a path or a literal' };
      sources.push({ text: literal, literal: value });
    }
    take(SPACE);
  } while (take(OR) !== '');
  return at === text.length ? sources : { at, expected: '.name, [index], ["name"], ?? or the end' };
}

function keysOf(path: string): readonly string[] {
  const keys = path.includes('[')
    ? Array.from(path.matchAll(KEY), ([key, quoted]) => (quoted ? String(parseJson(quoted)) : key))
    : path.split('.');
  return path.startsWith('$') ? keys.slice(1) : keys;
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

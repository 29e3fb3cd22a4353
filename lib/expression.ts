// Where a value comes from: paths into the Segment event and literals, joined by `??`, the first present one wins.
//
//   properties.email ?? context.traits.email        $.properties.total        properties.products[0].sku
//   integrations["TikTok Offline Conversions"].ttp  properties.currency ?? "USD"
import { isPresent, own } from './record';

/** A path or a literal, and the text that it was read from. */
export type Source =
  | { readonly text: string; readonly path: readonly string[] }
  | { readonly text: string; readonly literal: unknown };

export interface Expression {
  readonly sources: readonly Source[];
}

/** Why a text is no expression: what was expected where, `at` counting characters from 0. */
interface SyntaxProblem {
  readonly at: number;
  readonly expected: string;
}

const SPACE = /\s*/y;
const OR = /\?\?/y;
// A JSON string or number that no path goes on from.
const LITERAL =
  /(?:"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s|\?\?|$)/uy;
// `$` is the event itself.
const PATH =
  /(?:\$(?=[.[])|[\p{L}_][^\s.?,"'[\]]*)(?:\.[^\s.?,"'[\]]+|\[(?:0|[1-9]\d*|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")\])*/uy;
const KEY = /[^.[]+|\[("(?:[^"\\]|\\.)*"|\d+)\]/g;

/** Reads an expression, a blank one as one without sources; a malformed one gives its first problem. */
export function parseExpression(text: string): Expression | SyntaxProblem {
  const sources: Source[] = [];
  if (text.trim() === '') return { sources };
  let at = 0;
  const take = (token: RegExp): string => {
    token.lastIndex = at;
    if (!token.test(text)) return '';
    const found = text.slice(at, token.lastIndex);
    at = token.lastIndex;
    return found;
  };
  do {
    take(SPACE);
    const path = take(PATH);
    const literal = path === '' ? take(LITERAL) : /^(?:true|false)$/.test(path) ? path : '';
    if (literal !== '') sources.push({ text: literal, literal: JSON.parse(literal) });
    else if (path !== '') sources.push({ text: path, path: keysOf(path) });
    else return { at, expected: 'a path or a literal' };
    take(SPACE);
  } while (take(OR) !== '');
  return at === text.length ? { sources } : { at, expected: '.name, [index], ["name"], ?? or the end' };
}

function keysOf(path: string): readonly string[] {
  const keys = path.includes('[')
    ? Array.from(path.matchAll(KEY), ([key, quoted]) =>
        quoted === undefined ? key : String(JSON.parse(quoted)),
      )
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
  for (const source of expression.sources) {
    const value = readSource(source, root);
    if (isPresent(value)) return value;
  }
  return undefined;
}

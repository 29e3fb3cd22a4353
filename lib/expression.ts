// Where a value comes from: paths into the Segment event and literals, joined by `??`, the first present one wins.
//
//   properties.email ?? context.traits.email        $.properties.total        properties.products[0].sku
//   integrations["TikTok Offline Conversions"].ttp  properties.currency ?? "USD"
import { isPresent, own, parseJson } from './record';

/** A path or a literal, and the text that it was read from. */
export type Source =
  | { readonly text: string; readonly path: readonly string[] }
  | { readonly text: string; readonly path?: never; readonly literal: unknown };

/** The first present one counts; where there are none, nothing is sent. */
export type Expression = readonly Source[];

/** Why a text is no expression: what was expected where, `at` counting characters from 0. */
interface SyntaxProblem {
  readonly at: number;
  readonly expected: string;
}

// A source, if there is one: a path, in which `$` is the event itself, or what looks like a string or a number, of which
// JSON decides. Then `??`, if another one follows.
const SOURCE =
  /((?:\$(?=[.[])|[\p{L}_][^\s.?,"'[\]]*)(?:\.[^\s.?,"'[\]]+|\[(?:0|[1-9]\d*|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")\])*|"(?:[^"\\]|\\.)*"(?=\s|\?\?|$)|-?\d[^\s?]*)?\s*(\?\?\s*)?/uy;
const LITERAL = /^(?:[-"\d]|(?:true|false)?$)/;
const KEYS = /[^.[\]]+|\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g;

/** Reads an expression, a blank one as one without sources; a malformed one gives its first problem. */
export function parseExpression(given: string): Expression | SyntaxProblem {
  const text = given.trimStart();
  const sources: Source[] = [];
  let at = 0;
  // One by one, as long as `??` says that another one follows.
  for (let joint: string | undefined = text; joint;) {
    SOURCE.lastIndex = at;
    const [, source = '', next] = SOURCE.exec(text) ?? [];
    if (LITERAL.test(source)) {
      const literal = parseJson(source);
      if (literal === undefined) return { at, expected: 'a path or a literal' };
      sources.push({ text: source, literal });
    } else sources.push({ text: source, path: keysOf(source) });
    at = SOURCE.lastIndex;
    joint = next;
  }
  return at === text.length ? sources : { at, expected: '.name, [index], ["name"], ?? or the end' };
}

function keysOf(path: string): readonly string[] {
  const keys = (path.match(KEYS) ?? []).map((key) => (key.startsWith('[') ? String(parseJson(key)) : key));
  return keys[0] === '$' ? keys.slice(1) : keys;
}

/** What a source gives for an event (or for an item of its products); paths read own properties only. */
export function readSource(source: Source, root: unknown): unknown {
  if (!source.path) return source.literal;
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

// Where a value comes from: paths into the Segment event and literals, joined by `??`, the first present one wins.
//
//   properties.email ?? context.traits.email        $.properties.total        properties.products[0].sku
//   integrations["TikTok Offline Conversions"].ttp  properties.currency ?? "USD"
import { isPresent, own } from './record';

export type Literal = string | number | boolean;
export type Source = { readonly path: readonly string[] } | { readonly literal: Literal };
export interface Expression {
  readonly sources: readonly Source[];
}

/** Why a text is no expression: what was expected where, `at` counting characters from 0. */
export interface SyntaxProblem {
  readonly at: number;
  readonly expected: string;
}

interface Parsed {
  readonly source: Source;
  readonly end: number;
}

const SPACE = /\s*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const LITERAL = /(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false)(?=\s|\?\?|$)/y;
const NAME = /[^\s.?,"'[\]]+/y;
const INDEX = /\[(\d+)\]/y;

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function skipSpace(text: string, at: number): number {
  return at + (match(SPACE, text, at)?.length ?? 0);
}

/** A JSON string at the place, such as `"USD"`. */
function parseString(text: string, at: number): { readonly string: string; readonly end: number } | SyntaxProblem {
  const quoted = match(STRING, text, at);
  if (quoted === undefined) return { at, expected: 'a closing quote' };
  try {
    return { string: String(JSON.parse(quoted)), end: at + quoted.length };
  } catch {
    return { at, expected: 'a JSON string' };
  }
}

function parsePath(text: string, start: number): Parsed | SyntaxProblem {
  const path: string[] = [];
  let at = start;
  // `$` is the event itself: the first name then follows a dot, as every other name does.
  const rooted = /[.[]/.test(text[at + 1] ?? '') && text[at] === '$';
  if (rooted) at += 1;
  for (;;) {
    const index = match(INDEX, text, at);
    if (index !== undefined) {
      path.push(index.slice(1, -1));
      at += index.length;
    } else if (text.startsWith('["', at)) {
      const key = parseString(text, at + 1);
      if ('expected' in key) return key;
      if (text[key.end] !== ']') return { at: key.end, expected: '`]`' };
      path.push(key.string);
      at = key.end + 1;
    } else if (text[at] === '[') {
      return { at: at + 1, expected: 'an index or a quoted name' };
    } else if (text[at] === '.' || at === start) {
      const dot = text[at] === '.' && at > start ? 1 : 0;
      const name = match(NAME, text, at + dot);
      if (name === undefined) return { at: at + dot, expected: path.length > 0 || rooted ? 'a name' : 'a path or a literal' };
      path.push(name);
      at += dot + name.length;
    } else {
      return { source: { path }, end: at };
    }
  }
}

function parseSource(text: string, at: number): Parsed | SyntaxProblem {
  if (text[at] === '"') {
    const literal = parseString(text, at);
    return 'expected' in literal ? literal : { source: { literal: literal.string }, end: literal.end };
  }
  const literal = match(LITERAL, text, at);
  if (literal === undefined) return parsePath(text, at);
  return { source: { literal: literal === 'true' || (literal !== 'false' && Number(literal)) }, end: at + literal.length };
}

/** Reads an expression; a malformed one gives its first problem. */
export function parseExpression(text: string): Expression | SyntaxProblem {
  const sources: Source[] = [];
  for (let at = skipSpace(text, 0); ; at = skipSpace(text, at + 2)) {
    const parsed = parseSource(text, at);
    if ('expected' in parsed) return parsed;
    sources.push(parsed.source);
    at = skipSpace(text, parsed.end);
    if (at === text.length) return { sources };
    if (!text.startsWith('??', at)) return { at, expected: '`??` or the end' };
  }
}

/** One source as it would be written: `properties.products[0].sku`. */
export function printSource(source: Source): string {
  if ('literal' in source) return JSON.stringify(source.literal);
  return source.path
    .map((key, place) => {
      if (/^\d+$/.test(key)) return `[${key}]`;
      if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key)) return `[${JSON.stringify(key)}]`;
      return place === 0 ? key : `.${key}`;
    })
    .join('');
}

/** What a source gives for an event (or for an item of its products); paths read own properties only. */
export function readSource(source: Source, root: unknown): unknown {
  return 'literal' in source ? source.literal : source.path.reduce(own, root);
}

/** The first present value of an expression's sources. */
export function evaluate(expression: Expression, root: unknown): unknown {
  for (const source of expression.sources) {
    const value = readSource(source, root);
    if (isPresent(value)) return value;
  }
  return undefined;
}

// Where a value comes from: paths into the Segment event and literals, joined by `??`; the first present one counts.
//
//   properties.email ?? context.traits.email        $.properties.total        properties.products[0].sku
//   integrations["TikTok Offline Conversions"].ttp  properties.currency ?? "USD"
//
// The grammar. Spaces may stand around `??` and around the whole; a blank text has no sources.
//
//   expression = [ source *( "??" source ) ]
//   source     = path / literal
//   path       = ( name / "$" step ) *step             ; `$` is the event itself
//   step       = "." key / "[" index "]" / "[" string "]"
//   name       = ( letter / "_" ) *character           ; `true` and `false` alone are literals
//   key        = 1*character
//   character  = any but white space and . ? , " ' [ ]
//   index      = "0" / digit from 1 to 9, then digits
//   literal    = string / number / "true" / "false"    ; as JSON has them
import { Failure } from '../result';
import { isPresent, ownProperty, parsedValue, parseJson } from '../values/json';

/** A path or a literal, and the text that it was read from. */
export type Source =
  | { readonly kind: 'path'; readonly text: string; readonly keys: readonly string[] }
  | { readonly kind: 'literal'; readonly text: string; readonly value: unknown };

/** The first present source counts; without sources, nothing is sent. */
export type Expression = readonly Source[];

/** Why a text is not an expression. */
export interface SyntaxProblem {
  /** How many characters of the text, without leading spaces, stand before the problem. */
  readonly offset: number;
  /** What was expected there. */
  readonly expected: string;
}

const CHARACTER = String.raw`[^\s.?,"'[\]]`;
const NAME = String.raw`[\p{L}_]${CHARACTER}*`;
const INDEX = String.raw`(?:0|[1-9]\d*)`;
/** What is written in quotes; JSON decides whether it is a string. */
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;
/** A string of JSON. */
const STRING = String.raw`"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"`;
const STEP = String.raw`(?:\.${CHARACTER}+|\[(?:${INDEX}|${STRING})\])`;
const PATH = String.raw`(?:\$(?=[.[])|${NAME})${STEP}*`;
/** What begins like a string or a number; JSON decides whether it is one. */
const LITERAL = String.raw`${QUOTED}(?=\s|\?\?|$)|-?\d[^\s?]*`;
/** A source, and the `??` after it if another one follows. */
const NEXT_SOURCE = new RegExp(String.raw`(${PATH}|${LITERAL})?\s*(\?\?\s*)?`, 'uy');

const BEGINS_LIKE_A_LITERAL = /^["\d-]/;
/** The steps of a path that has been matched. */
const KEYS = new RegExp(String.raw`[^.[\]]+|\[(?:\d+|${QUOTED})\]`, 'g');

/** Reads an expression; of a malformed one, its first problem. */
export function parseExpression(given: string): Expression | Failure<SyntaxProblem> {
  const text = given.trimStart();
  const sources: Source[] = [];
  let offset = 0;
  let expectsSource = text !== '';
  while (expectsSource) {
    NEXT_SOURCE.lastIndex = offset;
    const [, sourceText = '', separator] = NEXT_SOURCE.exec(text) ?? [];
    const source = sourceOf(sourceText);
    if (source === undefined) return new Failure({ offset, expected: 'a path or a literal' });
    sources.push(source);
    offset = NEXT_SOURCE.lastIndex;
    expectsSource = separator !== undefined;
  }
  if (offset < text.length)
    return new Failure({ offset, expected: '.name, [index], ["name"], ?? or the end' });
  return sources;
}

function sourceOf(text: string): Source | undefined {
  if (text === '') return undefined;
  if (!BEGINS_LIKE_A_LITERAL.test(text) && text !== 'true' && text !== 'false')
    return { kind: 'path', text, keys: keysOf(text) };
  const value = parseJson(text);
  return value === undefined ? undefined : { kind: 'literal', text, value };
}

function keysOf(path: string): readonly string[] {
  const keys = (path.match(KEYS) ?? []).map((key) => (key.startsWith('[') ? String(parseJson(key)) : key));
  return keys[0] === '$' ? keys.slice(1) : keys;
}

/**
 * What a source gives for an event, or for an item of its products. Paths read own properties only, also those of an
 * object that is JSON in a text.
 */
export function readSource(source: Source, root: unknown): unknown {
  if (source.kind === 'literal') return source.value;
  let value = root;
  for (const key of source.keys) value = ownProperty(parsedValue(value), key);
  return value;
}

/** The first source that has a value, and the value. */
export function findPresent(
  expression: Expression,
  root: unknown,
): { readonly source: Source; readonly value: unknown } | undefined {
  for (const source of expression) {
    const value = readSource(source, root);
    if (isPresent(value)) return { source, value };
  }
  return undefined;
}

/** The value that {@link findPresent} finds, without an object around it: this runs for each parameter of an event. */
export function evaluate(expression: Expression, root: unknown): unknown {
  for (const source of expression) {
    const value = readSource(source, root);
    if (isPresent(value)) return value;
  }
  return undefined;
}

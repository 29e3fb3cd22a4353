// Where a value comes from: sources in the Segment event and literals, joined by `??`.
//
//   properties.email ?? context.traits.email        $.properties.total        properties.products[0].sku
//   properties.products[].sku                       context.externalIds[type="email"].id
//   properties.currency ?? "USD"                    "{{properties.store}}-{{properties.receipt}}"
//   properties.amount / 100                         !context.consent.categoryPreferences.Advertising
//
// The grammar. Spaces may stand around `??` and around the whole, behind `!` and around `*`, `/`, `=` and what stands in
// `{{ }}`; a blank text has no sources.
//
//   expression = [ source *( "??" source ) ]
//   source     = path / literal / template / product / negation
//   product    = path ( "*" / "/" ) number             ; a path to one value, and a number that is not 0
//   negation   = "!" path                              ; of yes or no, a path to one value
//   template   = '"' *( characters / "{{" path "}}" ) '"'
//   characters = those of a string of JSON, but `{{`; `\{` is a brace that begins no place
//
//   path       = ( name / "$" step ) *step             ; `$` is the event, or the item, itself
//   step       = "." key / "[" index "]" / "[" string "]" / items
//   items      = "[]" / "[" field "=" literal "]"      ; all items of a list / the first one with this field
//   field      = path                                  ; from the item, without items
//   name       = ( letter / "_" ) *character           ; `true` and `false` alone are literals
//   key        = 1*character                          ; but not `$` alone
//   character  = any but white space, invisible ones, curly quotes and . ? , ; ` " ' \ [ ] { } ( ) < > ! = * / + & |
//   index      = "0" / digit from 1 to 9, then digits
//   literal    = string / number / "true" / "false"    ; as JSON has them
import { Failure, isFailure } from '../result';
import { parseJson } from '../values/json';
import { isPlaceholder } from '../values/placeholder';
import { meansNothing } from './entries';
import { impossiblePath } from './event-fields';
import { INVISIBLE_CHARACTERS } from './key';

/** A way into a Segment event, or into an item of its products. */
export interface Path {
  /** From the beginning to the value, or to the first list on the way. */
  readonly keys: readonly string[];
  /** The lists on the way. */
  readonly lists: readonly List[];
}

/** A list on the way of a path. */
export interface List {
  /** The path goes on from the first item with this field; without it, from every item. */
  readonly where?: Field;
  /** From the item to the value, or to the next list. */
  readonly keys: readonly string[];
}

/** A field of an item, and what it must be. */
export interface Field {
  readonly keys: readonly string[];
  readonly value: LiteralValue;
}

export type LiteralValue = string | number | boolean;

/** What a source is, without the text that it was read from. */
export type SourceForm =
  | ({ readonly kind: 'path' } & Path)
  | { readonly kind: 'literal'; readonly value: LiteralValue }
  /** Its parts in their order: what stands there as it is, and what is filled in. */
  | { readonly kind: 'template'; readonly parts: readonly (string | Path)[] }
  | {
      readonly kind: 'product';
      readonly path: Path;
      readonly operator: '*' | '/';
      readonly operand: number;
    }
  | { readonly kind: 'negation'; readonly path: Path };

/** A source, and the text that it was read from. */
export type Source = SourceForm & { readonly text: string };

/** The first source that can become what is needed counts; without sources, nothing is sent. */
export type Expression = readonly Source[];

/** Why a text is not an expression. */
export interface SyntaxProblem {
  /** How many characters of the text, without leading spaces, stand before the problem. */
  readonly offset: number;
  /** What was expected there. */
  readonly expected: string;
}

/** What is wrong with a text of a setting, and where. The text may be long: it comes last, where a message is cut off. */
export const describeProblem = ({ offset, expected }: SyntaxProblem, text: string): string =>
  `expected ${expected} (character ${Array.from(text.slice(0, offset)).length + 1} of ${text})`;

type Parsed<Result> = Result | Failure<SyntaxProblem>;

/** Where paths begin: at a field of a Segment event, or anywhere in an item of its products. */
export type Root = 'event' | 'item';

/** Of a key that needs no quotes. */
const CHARACTER = String.raw`[^\s.?,;"'“”„‘’\x60\\[\]{}()<>!=*/+&|${INVISIBLE_CHARACTERS}]`;
export const NAME = new RegExp(String.raw`[\p{L}_]${CHARACTER}*`, 'uy');
/** `$` alone is how other languages say all items of a list. */
export const KEY = new RegExp(String.raw`(?!\$(?!${CHARACTER}))${CHARACTER}+`, 'uy');
const WHOLE = /\$(?=[.[])/y;
const INDEX = /\[(?:0|[1-9]\d*)\]/y;
/** What other languages have behind a dot. */
const AFTER_DOT: readonly (readonly [other: RegExp, expected: string])[] = [
  [/[$*]/y, 'a name; for all items, write [] instead of the dot'],
  [/\[/y, 'a name, or [ without the dot before it'],
  [/["'“‘`]/y, 'a name; write one with a space as ["first name"], without the dot'],
];
const BOOLEAN = new RegExp(String.raw`(?:true|false)(?!${CHARACTER}|[.[])`, 'uy');
const BEGINS_LIKE_A_NUMBER = /(?=[-\d])/y;
const NUMBER = new RegExp(
  String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?!${CHARACTER}|\.|,\d)`,
  'uy',
);
const SPACES = /\s*/y;
const OPERATOR = /\s*[*/]\s*/y;
const EQUALS = /\s*=\s*/y;
const ESCAPE = String.raw`\\(?:["\\/{bfnrt]|u[\da-fA-F]{4})`;
/** JSON forbids the control characters of ASCII. */
const STRING_CHARACTERS = new RegExp(String.raw`(?:[^"\\\0-\x1f]|${ESCAPE})+`, 'uy');
const TEMPLATE_CHARACTERS = new RegExp(String.raw`(?:[^"\\{\0-\x1f]|\{(?!\{)|${ESCAPE})+`, 'uy');
const PLACE = /\{\{\s*/y;
/** As Liquid changes a value: `{{properties.total | times: 100}}`. */
const FILTER = /\s*\|/y;
const END_OF_PLACE = /\s*\}\}/y;

/** A path from the event, where it is to start at a product. A product's own `properties` are a list in Shopify. */
const FROM_EVENT = /(?:\$\.)?(?:properties|traits|context)(?=\.\D)/y;
/** As other languages say that there is nothing; a product may have such a field. */
const NOTHING = new RegExp(String.raw`(?:null|undefined)(?!${CHARACTER})`, 'iy');
const ONE_VALUE = 'a path to one value, without []';

/** A text that is read from its beginning to its end. */
class Cursor {
  offset = 0;

  constructor(
    readonly text: string,
    readonly root: Root,
  ) {}

  get isAtEnd(): boolean {
    return this.offset === this.text.length;
  }

  /** Reads what matches a sticky pattern here, if anything does. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const taken = pattern.exec(this.text)?.[0];
    this.offset += taken?.length ?? 0;
    return taken;
  }

  /** Whether what matches a sticky pattern stands here. */
  isAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset;
    return pattern.test(this.text);
  }

  /** Reads this text, if it stands here. */
  skip(text: string): boolean {
    const isHere = this.text.startsWith(text, this.offset);
    if (isHere) this.offset += text.length;
    return isHere;
  }

  /** The problem that something else stands here. */
  expected(expected: string, offset = this.offset): Failure<SyntaxProblem> {
    return new Failure({ offset, expected });
  }
}

/** Reads an expression; of a malformed one, its first problem. */
export function parseExpression(given: string, root: Root): Parsed<Expression> {
  const text = given.trim();
  if (text === '') return [];
  const cursor = new Cursor(text, root);
  const sources: Source[] = [];
  do {
    cursor.take(SPACES);
    const start = cursor.offset;
    const form = parseSource(cursor);
    if (isFailure(form)) return withWhatIsMeant(form, text);
    sources.push(sourceOf(form, text.slice(start, cursor.offset)));
    cursor.take(SPACES);
  } while (cursor.skip('??'));
  return cursor.isAtEnd ? sources : cursor.expected(whatMayFollow(cursor, sources.at(-1)));
}

const NOTHING_IF_NOT_SENT = 'nothing if the parameter is not to be sent, or ';

/** Longer words are not shown again. */
export const MAX_QUOTED = 40;

/** Of a text that is not an expression at all, what else was expected: a path to a word or the word in quotes, or nothing. */
function withWhatIsMeant({ reason }: Failure<SyntaxProblem>, text: string): Failure<SyntaxProblem> {
  const isWord = isWhole(NAME, text) && text.length <= MAX_QUOTED;
  const nothing = meansNothing(text) && !/^[{$%]/.test(text) ? NOTHING_IF_NOT_SENT : '';
  const word = isWord && !isPlaceholder(text) ? `properties.${text}, "${text}" in double quotes, or ` : '';
  return new Failure({ ...reason, expected: `${nothing}${word}${reason.expected}` });
}

/** Whether a sticky pattern matches the whole of a text. */
export function isWhole(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.exec(text)?.[0] === text;
}

/** What other languages begin a source with, and what is expected instead. */
const BEGINNINGS: readonly (readonly [beginning: RegExp, expected: string])[] = [
  [/['‘’“”„`]/y, 'a literal in straight double quotes, such as "USD", or a path'],
  // Copied from JSON with its escapes: \\"USD\\".
  [/\\/y, 'a path, or a literal in double quotes without "\\" before them'],
  // A directive of Segment's mapping screen.
  [/\{\s*"@/y, 'a path such as properties.total or another expression, not a directive'],
  [
    /\$(?![.[])|[{}%@]/y,
    'a path without signs around it, or a template in double quotes, such as "{{properties.store}}"',
  ],
  [/\+/y, 'a path, or a template in double quotes, such as "+{{properties.phone}}"'],
  [/\((?!empty)/y, 'a path or a literal, without brackets around it'],
  [/not\s+[\w$"]/iy, 'a path, with ! before it instead of "not"'],
  [/[a-z_][\w.]*\(/iy, 'a path or a literal: there are no functions'],
];

/** What other languages have behind a source, and what is expected instead. */
const CONTINUATIONS: readonly (readonly [continuation: RegExp, expected: string])[] = [
  [/\?\./y, '"." without "?"'],
  [/\|\||or\s|[,;?]/iy, '?? before the next source, or the end'],
  [/\|/y, '?? or the end: there are no filters'],
  [/\(/y, '?? or the end: there are no functions'],
  [
    /[-+÷×]/y,
    '?? or the end; * and / calculate, and "{{properties.store}}-{{properties.receipt}}" joins strings',
  ],
  [/[=<>]|!=|if\s/iy, '?? or the end; conditions stand in Event Mappings, after "if"'],
  [/[*/]/y, '?? or the end: a source has one * or /, between a path and a number'],
];

/** V8 reads a path faster whose fields are written one by one, and an event has dozens of them. */
const sourceOf = (form: SourceForm, text: string): Source =>
  form.kind === 'path' ? { kind: 'path', text, keys: form.keys, lists: form.lists } : { ...form, text };

function whatMayFollow(cursor: Cursor, source: Source | undefined): string {
  const meant = CONTINUATIONS.find(([continuation]) => cursor.isAt(continuation));
  if (meant) return meant[1];
  if (source?.kind !== 'path') return '?? or the end';
  const steps = /\s/.test(cursor.text.charAt(cursor.offset - 1))
    ? ['["first name"] for a name with a space']
    : ['.name', '[index]', '["name"]'];
  const operators = leadsToOneValue(source) ? ['* or / and a number'] : [];
  return [...steps, ...operators, '?? or the end'].join(', ');
}

function parseSource(cursor: Cursor): Parsed<SourceForm> {
  if (cursor.skip('!')) return parseNegation(cursor);
  if (cursor.skip('"')) return parseTemplate(cursor);
  const value = parseNumberOrBoolean(cursor);
  if (isFailure(value)) return value;
  if (value !== undefined) return { kind: 'literal', value };
  const start = cursor.offset;
  if (cursor.root === 'event' && cursor.isAt(NOTHING))
    return cursor.expected('a path or a literal: what is absent is not sent');
  const instead = BEGINNINGS.find(([beginning]) => cursor.isAt(beginning));
  if (instead) return cursor.expected(instead[1]);
  const path = parsePath(cursor, 'a path or a literal');
  if (isFailure(path)) return path;
  const operator = cursor.take(OPERATOR)?.trim();
  if (operator !== '*' && operator !== '/') return { kind: 'path', ...path };
  return leadsToOneValue(path) ? parseProduct(cursor, path, operator) : cursor.expected(ONE_VALUE, start);
}

/** Behind its `!`. */
function parseNegation(cursor: Cursor): Parsed<SourceForm> {
  cursor.take(SPACES);
  const start = cursor.offset;
  const path = parsePath(cursor, 'a path');
  if (isFailure(path)) return path;
  return leadsToOneValue(path) ? { kind: 'negation', path } : cursor.expected(ONE_VALUE, start);
}

/** Behind its operator. */
function parseProduct(cursor: Cursor, path: Path, operator: '*' | '/'): Parsed<SourceForm> {
  const start = cursor.offset;
  const operand = parseNumber(cursor);
  if (isFailure(operand)) return operand;
  if (operand === 0) return cursor.expected('a number other than 0', start);
  return { kind: 'product', path, operator, operand };
}

/** Behind its quotation mark; without a place, it is a literal. */
function parseTemplate(cursor: Cursor): Parsed<SourceForm> {
  const parts: (string | Path)[] = [];
  let hasList = false;
  while (!cursor.skip('"')) {
    const start = cursor.offset;
    const part = parsePart(cursor);
    if (isFailure(part)) return part;
    const isList = typeof part !== 'string' && !leadsToOneValue(part);
    if (isList && hasList) return cursor.expected(ONE_VALUE, start);
    hasList ||= isList;
    parts.push(part);
  }
  const [only = ''] = parts;
  return parts.length <= 1 && typeof only === 'string'
    ? { kind: 'literal', value: only }
    : { kind: 'template', parts };
}

/** What stands in a template as it is, or a place. */
function parsePart(cursor: Cursor): Parsed<string | Path> {
  const characters = cursor.take(TEMPLATE_CHARACTERS);
  if (characters !== undefined) return unescape(characters);
  if (cursor.take(PLACE) === undefined) return cursor.expected(whatStringNeeds(cursor));
  const path = parsePath(cursor, 'a path; {{ that is meant as it stands is written \\{{');
  if (isFailure(path) || cursor.take(END_OF_PLACE) !== undefined) return path;
  return cursor.expected(cursor.isAt(FILTER) ? '}}: a path stands alone in a place, without filters' : '}}');
}

/** Behind its quotation mark. */
function parseString(cursor: Cursor): Parsed<string> {
  const characters = cursor.take(STRING_CHARACTERS) ?? '';
  return cursor.skip('"') ? unescape(characters) : cursor.expected(whatStringNeeds(cursor));
}

function whatStringNeeds({ text, offset, isAtEnd }: Cursor): string {
  if (isAtEnd) return 'the closing quotation mark';
  return text.charAt(offset) === '\\' ? 'an escape of JSON, or \\{' : 'no control character';
}

/** Reads the escapes of JSON, and `\{`. */
const unescape = (characters: string): string =>
  String(parseJson(`"${characters.replace(/\\(.)/g, (escape, sign) => (sign === '{' ? '{' : escape))}"`));

function parseNumberOrBoolean(cursor: Cursor): Parsed<number | boolean> | undefined {
  const boolean = cursor.take(BOOLEAN);
  if (boolean !== undefined) return boolean === 'true';
  return cursor.take(BEGINS_LIKE_A_NUMBER) === undefined ? undefined : parseNumber(cursor);
}

function parseNumber(cursor: Cursor): Parsed<number> {
  const start = cursor.offset;
  const number = Number(cursor.take(NUMBER) ?? NaN);
  // A zero has no sign. What is too large for a number is Infinity.
  return Number.isFinite(number) ? number || 0 : cursor.expected('a number as in JSON', start);
}

/** The paths that a source is made of. */
export function pathsOf(source: SourceForm): readonly Path[] {
  switch (source.kind) {
    case 'path':
      return [source];
    case 'literal':
      return [];
    case 'template':
      return source.parts.filter((part) => typeof part !== 'string');
    case 'product':
    case 'negation':
      return [source.path];
  }
}

/** Whether it cannot lead to several values. */
export const leadsToOneValue = ({ lists }: Path): boolean => lists.every(({ where }) => where !== undefined);

/** @param expected what is expected if no path begins here. */
function parsePath(cursor: Cursor, expected: string): Parsed<Path> {
  const start = cursor.offset;
  const ofEvent = cursor.root === 'item' ? cursor.take(FROM_EVENT)?.replace('$.', '') : undefined;
  if (ofEvent !== undefined)
    return cursor.expected(
      `a path from the product, such as product_id; if it has a field called ${ofEvent}, write $["${ofEvent}"]`,
      start,
    );
  const name = cursor.take(NAME);
  if (name === undefined && cursor.take(WHOLE) === undefined) return cursor.expected(expected);
  const keys = name === undefined ? [] : [name];
  /** Where each of these stands. */
  const offsets = keys.map(() => start);
  const lists: { readonly where?: Field; readonly keys: string[] }[] = [];
  let firstList = Infinity;
  let offset = cursor.offset;
  let step = parseStep(cursor);
  while (step !== undefined && !isFailure(step)) {
    const list = lists.at(-1);
    if (typeof step !== 'string') {
      lists.push({ ...step, keys: [] });
      firstList = Math.min(firstList, offset);
    } else if (list) list.keys.push(step);
    else {
      keys.push(step);
      offsets.push(offset);
    }
    offset = cursor.offset;
    step = parseStep(cursor);
  }
  // A wrong field stands before whatever is wrong behind it.
  if (keys.length === 0 && isFailure(step)) return step;
  const impossible = cursor.root === 'event' ? impossiblePath(keys) : undefined;
  if (impossible) return cursor.expected(impossible.expected, offsets[impossible.wrongKey] ?? start);
  if (cursor.root === 'event' && keys.length === 1 && lists.length > 0)
    return cursor.expected('a name: no field of a Segment event is a list', firstList);
  return step ?? { keys, lists };
}

/** Reads a key or a list; `undefined` if the path is at its end. */
function parseStep(cursor: Cursor): Parsed<string | { readonly where?: Field }> | undefined {
  const key = parseKey(cursor);
  if (key !== undefined || !cursor.skip('[')) return key;
  if (cursor.skip(']')) return {};
  const where = parseField(cursor);
  return isFailure(where) ? where : { where };
}

function parseKey(cursor: Cursor): Parsed<string> | undefined {
  if (cursor.skip('.'))
    return (
      cursor.take(KEY) ?? cursor.expected(AFTER_DOT.find(([other]) => cursor.isAt(other))?.[1] ?? 'a name')
    );
  const index = cursor.take(INDEX);
  if (index !== undefined) return index.slice(1, -1);
  if (!cursor.skip('["')) return undefined;
  const key = parseString(cursor);
  return isFailure(key) || cursor.skip(']') ? key : cursor.expected(']');
}

/** Behind a bracket in which only the field of an item is left. */
function parseField(cursor: Cursor): Parsed<Field> {
  const name = cursor.take(NAME);
  if (name === undefined && cursor.take(WHOLE) === undefined)
    return cursor.expected('an index, a name in double quotes, ] or name="text"');
  const keys = name === undefined ? [] : [name];
  let key = parseKey(cursor);
  while (typeof key === 'string') {
    keys.push(key);
    key = parseKey(cursor);
  }
  if (key !== undefined) return key;
  if (cursor.take(EQUALS) === undefined)
    return cursor.expected('= and a literal, or the name in double quotes');
  const value = cursor.skip('"') ? parseString(cursor) : parseNumberOrBoolean(cursor);
  if (value === undefined) return cursor.expected('a literal, such as "text" in double quotes');
  return isFailure(value) ? value : cursor.skip(']') ? { keys, value } : cursor.expected(']');
}

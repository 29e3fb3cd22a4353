// Text -> condition. `and` binds closer than `or`; `!` negates a path, a call or what stands in brackets.
//
//   condition  = conjunction *( "or" conjunction )
//   conjunction = negation *( "and" negation )
//   negation   = "!" ( negation / operand ) / comparison        ; !(a = b), not !a = b
//   comparison = operand [ operator operand ]
//   operand    = path / string / number / "true" / "false" / "null" / list / call / "(" condition ")"
//   list       = "[" [ operand *( "," operand ) ] "]"
//   call       = function "(" operand *( "," operand ) ")"
//
// What can never be true or false is a mistake as well: the half of `event = "a" or "b"`.
import { Failure, isFailure } from '../../result';
import { nearestOf } from '../../values/nearest';
import { impossiblePath } from '../event-fields';
import { MAX_QUOTED, type SyntaxProblem } from '../expression';
import { OPERATORS, type Condition, type Operator } from './condition';
import {
  CHANGES_OF_CASE,
  isConstant,
  isOfOtherTexts,
  isPathInQuotes,
  whatCanBeEqual,
  whatFunctionGives,
} from './equality';
import { FUNCTIONS, isFunctionName, type FunctionName, type ValueType } from './functions';
import { MAX_PATTERN, readPattern } from './glob';
import { keysOf, readToken, type Token } from './tokens';
import { canBe, describeTypes } from './types';

/** A value of a setting is seldom longer than a line. */
export const MAX_LENGTH = 10_000;
/** More words and signs than a person would write: each event that a condition is asked of would pay for them. */
export const MAX_TOKENS = 2000;
/** How deep brackets, lists, calls and `!` may stand in each other: reading them takes a stack. */
export const MAX_DEPTH = 50;

const VALUE = 'a path, a value, a function or "("';
const COMPARISON = 'a comparison such as = or in';

type Reading = Condition | Failure<SyntaxProblem>;
type Word = Token & { readonly kind: 'word' };

/** Reads a condition; of a malformed one, its first problem. */
export function parseCondition(given: string): Reading {
  const text = given.trimStart();
  if (text.length <= MAX_LENGTH) return new Parser(text).whole();
  return new Failure({
    offset: MAX_LENGTH,
    expected: `the end: a condition has at most ${MAX_LENGTH} characters`,
  });
}

/** Each method reads a part from the current token on. */
class Parser {
  private token: Token;
  private tokens = 1;
  private depth = 0;
  /** Whether an `and` or an `or` has been read. */
  private isJoined = false;

  constructor(private readonly text: string) {
    this.token = readToken(text);
  }

  whole(): Reading {
    const condition = this.condition();
    if (isFailure(condition) || this.token.kind === 'end') return condition;
    return this.failAfter(condition, 'the end');
  }

  private condition(): Reading {
    return this.joined('or', () => this.joined('and', () => this.negation()));
  }

  private joined(kind: 'and' | 'or', readPart: () => Reading): Reading {
    const first = readPart();
    if (isFailure(first) || !this.isNext(kind)) return first;
    const conditions = [first];
    while (this.accept(kind)) {
      this.isJoined = true;
      const part = readPart();
      if (isFailure(part)) return part;
      conditions.push(part);
    }
    return { kind, conditions };
  }

  private negation(): Reading {
    if (this.isNext('!'))
      return this.nested(() => {
        const condition = this.isNext('!') ? this.negation() : this.negated();
        return isFailure(condition) ? condition : { kind: 'not', condition };
      });
    return this.comparison();
  }

  private negated(): Reading {
    const condition = this.operand();
    if (isFailure(condition) || this.operator === undefined) return this.trueOrFalse(condition);
    return this.fail('"and", "or" or the end: to negate a comparison, write !(… = …)');
  }

  private comparison(): Reading {
    const start = this.token;
    const left = this.operand();
    const { operator } = this;
    if (isFailure(left) || operator === undefined) return this.trueOrFalse(left);
    const types = COMPARES[operator];
    if (!canBe(left, types.left)) return this.fail(describeTypes(types.left), start);
    this.advance();
    if (operator === '=' && this.isNext('=')) return this.fail('a value: "=" is written once');
    if (this.operator) return this.fail(`a value: the comparisons are ${OPERATORS.join(', ')}`);
    // As SQL has it; what stands in brackets is true or false.
    if (operator === 'in' && this.isNext('(')) return this.fail(LIST);
    const rightStart = this.token;
    const right = this.operand();
    if (isFailure(right)) return right;
    if (!canBe(right, types.right))
      return this.fail(operator === 'in' ? LIST : describeTypes(types.right), rightStart);
    if (isPathInQuotes(left) && isConstant(right)) return this.fail(NO_QUOTES, start);
    if (isConstant(left) && isPathInQuotes(right)) return this.fail(NO_QUOTES, rightStart);
    if (isOfOtherTexts(left, right)) return this.fail(NOT_TWO_TEXTS, start);
    const expected = whatCanBeEqual(left, operator, right);
    if (expected !== undefined) return this.fail(expected, isConstant(left) ? start : rightStart);
    return { kind: 'comparison', operator, left, right };
  }

  /** What has been read where true or false was expected. */
  private trueOrFalse(condition: Reading): Reading {
    if (isFailure(condition) || canBe(condition, ['bool', 'null'])) return condition;
    // The second half of `properties.channel = "store" or "pos"`.
    const isSecondHalf = condition.kind === 'literal' && this.isJoined;
    const oneOfSeveral = isSecondHalf ? '; to test for several values, write in ["a", "b"]' : '';
    return this.fail(`${COMPARISON}${whatToWrite(this.token)}${oneOfSeveral}`);
  }

  private operand(): Reading {
    const { token } = this;
    if (token.kind === 'word') return this.word(token);
    if (this.isNext('(')) return this.brackets();
    if (this.isNext('[')) return this.list();
    if (token.kind !== 'string' && token.kind !== 'number') return this.fail(VALUE);
    this.advance();
    return { kind: 'literal', value: token.value };
  }

  private word(token: Word): Reading {
    if (RESERVED.has(token.text)) return this.fail(VALUE);
    this.advance();
    if (this.isNext('('))
      return isFunctionName(token.text) ? this.call(token.text) : this.unknownFunction(token);
    const value = CONSTANTS.get(token.text);
    return value === undefined ? this.path(token) : { kind: 'literal', value };
  }

  private path(token: Word): Reading {
    const found = keysOf(token.text);
    const keys = found.map(({ key }) => key);
    const meant = whatIsMeantBy(token.text);
    if (meant !== undefined) return this.fail(meant, token);
    const problem = impossiblePath(keys);
    if (problem) {
      const offset = token.offset + (found[problem.wrongKey]?.offset ?? 0);
      return new Failure({ offset, expected: `${describeQuoted(keys)}${problem.expected}` });
    }
    if (this.isNext('[') && this.token.offset === token.end)
      return this.fail(
        String.raw`a dot instead of brackets, as in properties.products.0.sku and properties.first\ name`,
      );
    return { kind: 'path', keys };
  }

  private unknownFunction(token: Word): Reading {
    const names = Object.keys(FUNCTIONS);
    const nearest = nearestOf(token.text, names);
    // As a method, too: event.startsWith("Order").
    const method = token.text.replace(/^.*\./s, '');
    const hint = nearest === undefined ? whatToWrite(token, method) : `; did you mean ${nearest}?`;
    return this.fail(`one of the functions ${names.join(', ')}${hint}`, token);
  }

  private call(name: FunctionName): Reading {
    return this.nested(() => {
      const operands: Condition[] = [];
      for (const types of FUNCTIONS[name].takes) {
        const isFirst = operands.length === 0;
        if (isFirst ? this.isNext(')') : !this.accept(','))
          return this.fail(`${isFirst ? '' : '"," and '}${describeTypes(types)}`);
        const start = this.token;
        const operand = this.operand();
        if (isFailure(operand)) return operand;
        if (!canBe(operand, [...types, 'null'])) return this.fail(describeTypes(types), start);
        const problem = name === 'match' && !isFirst ? problemOfPattern(operand) : undefined;
        if (problem !== undefined) return this.fail(problem, start);
        const [text] = operands;
        if (text?.kind === 'call' && CHANGES_OF_CASE.has(text.name)) {
          const expected = whatFunctionGives(text.name, operand);
          if (expected !== undefined) return this.fail(expected, start);
        }
        operands.push(operand);
      }
      return this.accept(')') ? { kind: 'call', name, operands } : this.fail('")"');
    });
  }

  private list(): Reading {
    return this.nested(() => {
      const items: Condition[] = [];
      if (this.accept(']')) return { kind: 'list', items };
      do {
        const item = this.operand();
        if (isFailure(item)) return item;
        items.push(item);
      } while (this.accept(','));
      return this.accept(']') ? { kind: 'list', items } : this.fail('"," or "]"');
    });
  }

  private brackets(): Reading {
    return this.nested(() => {
      const condition = this.condition();
      return isFailure(condition) || this.accept(')') ? condition : this.failAfter(condition, '")"');
    });
  }

  /** Reads what follows the current token, one level deeper. */
  private nested(read: () => Reading): Reading {
    if (this.depth === MAX_DEPTH) return this.fail(`at most ${MAX_DEPTH} levels of brackets`);
    this.advance();
    this.depth += 1;
    const condition = read();
    this.depth -= 1;
    return condition;
  }

  private advance(): void {
    this.token = readToken(this.text, this.token);
    this.tokens += 1;
    if (this.tokens > MAX_TOKENS && this.token.kind !== 'end') {
      const expected = `the end: a condition has at most ${MAX_TOKENS} words and signs`;
      this.token = { ...this.token, kind: 'unreadable', expected };
    }
  }

  private get operator(): Operator | undefined {
    return OPERATORS.find((operator) => this.isNext(operator));
  }

  private isNext(text: string): boolean {
    const { token } = this;
    return (token.kind === 'word' || token.kind === 'sign') && token.text === text;
  }

  private accept(text: string): boolean {
    const isNext = this.isNext(text);
    if (isNext) this.advance();
    return isNext;
  }

  /** A condition can go on, or what it stands in can end. */
  private failAfter(condition: Condition, closing: string): Failure<SyntaxProblem> {
    const comparison = condition.kind === 'path' ? `${COMPARISON}, ` : '';
    // Another name with its condition, as in `A if type = "page", B if type = "track"`.
    const isAnother = this.isNext(',') && /\sif\s/i.test(this.text.slice(this.token.offset));
    const hint = isAnother ? `; ${ANOTHER_ENTRY}` : whatToWrite(this.token);
    return this.fail(`${comparison}"and", "or" (in lower case) or ${closing}${hint}`);
  }

  private fail(expected: string, token = this.token): Failure<SyntaxProblem> {
    const own = token.kind === 'unreadable' ? token.expected : undefined;
    return new Failure({ offset: token.offset, expected: own ?? expected });
  }
}

const LIST = 'a list such as ["a", "b"]';
const NEGATION =
  '"!" for what is not so, as in !contains(event, "Order"), or = null for a field that is absent';

const ANOTHER_ENTRY = 'another condition needs an entry of its own, with a label on its left';
const NO_QUOTES = 'a path without quotes around it';
const NOT_TWO_TEXTS = 'a path without quotes on one side: these strings are never equal';

/** What other languages say, in lower case and without `_`: what stands for it here, and their words for it. */
const INSTEAD: readonly (readonly [instead: string, ...words: string[]])[] = [
  ['"in" in lower case and a list, as in ["a", "b"]', 'in'],
  ['= or !=, and null for a field that is absent', 'is'],
  ['! before the whole, as in !(event in ["a", "b"])', 'not', 'does', 'doesnt', 'unless'],
  ['!= null', 'exists', 'isset', 'has', 'defined', 'present', 'notnull', 'isnotnull'],
  ['= null', 'missing', 'isnull', 'isempty', 'empty', 'blank'],
  ['=', 'equals', 'equal', 'eq'],
  ['> or <', 'greater', 'less', 'gt', 'lt', 'more', 'above', 'below'],
  ['contains(event, "Order")', 'contains', 'includes', 'contain', 'include'],
  [
    'match(event, "Order *")',
    'like',
    'matches',
    'startswith',
    'starts',
    'begins',
    'regex',
    'regexp',
    'rlike',
  ],
  ['match(event, "* Completed")', 'endswith', 'ends'],
  ['two comparisons joined by "and"', 'between'],
  ['another entry, with a label on its left', 'else', 'elseif'],
];
const INSTEAD_OF_WORDS: ReadonlyMap<string, string> = new Map(
  INSTEAD.flatMap(([instead, ...words]) => words.map((word): [string, string] => [word, instead])),
);

/**
 * What to write instead of such a word, as words after what was expected.
 *
 * @param word what of the token may be one.
 */
function whatToWrite(token: Token, word = token.kind === 'word' ? token.text : ''): string {
  if (token.kind !== 'word' || RESERVED.has(word)) return '';
  const instead = INSTEAD_OF_WORDS.get(word.replaceAll('_', '').toLowerCase());
  return instead === undefined ? '' : `; for "${token.text}", write ${instead}`;
}

/** What a word that cannot be a path was meant to be. */
function whatIsMeantBy(word: string): string | undefined {
  const lower = word.toLowerCase();
  if (lower === 'not') return NEGATION;
  // Copied from JSON with its escapes: \"store\".
  if (/^\\["'\\]/.test(word)) return 'straight quotes, without "\\" before them';
  const constant = ELSEWHERE.get(lower);
  if (constant !== undefined) return `${constant}, or "${word}" in quotes`;
  return isFunctionName(word) ? `"(" right after ${word}, or "${word}" in quotes` : undefined;
}

/** Constants as other languages write them. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['true', 'true in lower case'],
  ['false', 'false in lower case'],
  ...['null', 'none', 'nil', 'undefined'].map((word): [string, string] => [
    word,
    'null, which stands for an absent field',
  ]),
]);

/** A path of one key may be a text without its quotes: type = track. */
const describeQuoted = ([text = '', ...others]: readonly string[]): string =>
  others.length > 0 ? '' : text.length > MAX_QUOTED ? 'a string in quotes, or ' : `"${text}" in quotes, or `;

const RESERVED: ReadonlySet<string> = new Set(['and', 'or', 'in']);
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

const PATTERN = `a pattern of at most ${MAX_PATTERN} characters, with "]" for each "[" and none of [^…], [!…] and [z-a]`;

/** What only a regular expression has: `^…$`, `.*$` (`*.*$` is a pattern), `\\d` (and `\\\\d` is not). */
const REGULAR_EXPRESSION = /^\^.*\$$|^(?![*?]).*\.[*+]\$$|^(?:[^\\]|\\[^bdsw])*\\[bdsw]/is;

/** What is wrong with a pattern, as the words after "expected"; `undefined` if nothing is, or if it is not known yet. */
function problemOfPattern(pattern: Condition): string | undefined {
  if (pattern.kind !== 'literal' || typeof pattern.value !== 'string') return undefined;
  if (REGULAR_EXPRESSION.test(pattern.value))
    return 'a pattern with * and ?, such as "Order *", not a regular expression';
  return readPattern(pattern.value) === undefined ? PATTERN : undefined;
}

interface Sides {
  readonly left: readonly ValueType[];
  readonly right: readonly ValueType[];
}
const ANY: readonly ValueType[] = ['string', 'number', 'list', 'bool', 'null'];
const NUMBERS: Sides = { left: ['number'], right: ['number'] };

/** What may stand on the two sides of an operator. */
const COMPARES: Readonly<Record<Operator, Sides>> = {
  '=': { left: ANY, right: ANY },
  '!=': { left: ANY, right: ANY },
  '>': NUMBERS,
  '>=': NUMBERS,
  '<': NUMBERS,
  '<=': NUMBERS,
  in: { left: ['string', 'number', 'bool', 'null'], right: ['list'] },
};

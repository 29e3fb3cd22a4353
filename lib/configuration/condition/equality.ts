// Comparisons that are the same for every event, and so mistakes: what was expected instead.
import { impossiblePath } from '../event-fields';
import type { Condition, Operator } from './condition';
import { CALL_TYPES } from './evaluate';
import { FUNCTIONS, typeOf, type FunctionName } from './functions';
import { keysOf, pathText } from './tokens';
import { describeTypes, TYPE_NAMES } from './types';

/** A value that is the same for every event. */
export const isConstant = (part: Condition): boolean =>
  part.kind === 'literal' || (part.kind === 'list' && part.items.every(isConstant));

/** Whether a text is a path of an event: between constants, it is one that was put in quotes. */
export function isPathInQuotes(part: Condition): boolean {
  if (part.kind !== 'literal' || typeof part.value !== 'string') return false;
  const keys = keysOf(part.value).map(({ key }) => key);
  return pathText(keys) === part.value && impossiblePath(keys) === undefined;
}

/**
 * What could be equal, if the two sides of a comparison never are: a text that no call has as its type, or that no
 * function gives. `undefined` if they can be.
 */
export function whatCanBeEqual(left: Condition, operator: Operator, right: Condition): string | undefined {
  if (operator === 'in')
    return right.kind === 'list'
      ? right.items.map((item) => whatCanBe(left, item)).find((expected) => expected !== undefined)
      : undefined;
  return whatCanBe(left, right) ?? whatCanBe(right, left);
}

/** What a part of a condition can be, if it can never be this constant. */
function whatCanBe(part: Condition, constant: Condition): string | undefined {
  if (constant.kind !== 'literal' || constant.value === null) return undefined;
  if (part.kind === 'path' && part.keys[0] === 'type')
    return TYPES.some((type) => type === constant.value) ? undefined : `a type of call: ${quoted(TYPES)}`;
  if (part.kind !== 'call') return undefined;
  const { gives } = FUNCTIONS[part.name];
  if (typeOf(constant.value) !== gives) return describeTypes([gives]);
  if (part.name === 'typeof')
    return TYPE_NAMES.some((type) => type === constant.value) ? undefined : `a type: ${quoted(TYPE_NAMES)}`;
  return whatFunctionGives(part.name, constant);
}

/** The text that a function makes of a text, if it is another one. The functions that change texts do nothing twice. */
export function whatFunctionGives(name: FunctionName, constant: Condition): string | undefined {
  if (constant.kind !== 'literal' || !CHANGES_OF_TEXT.has(name)) return undefined;
  const given = FUNCTIONS[name].apply(constant.value, undefined);
  return given === constant.value ? undefined : `a string as ${name} gives it, such as "${String(given)}"`;
}

const TYPES = [...CALL_TYPES, 'delete'] as const;
export const CHANGES_OF_CASE: ReadonlySet<FunctionName> = new Set(['lowercase', 'uppercase']);
const CHANGES_OF_TEXT: ReadonlySet<FunctionName> = new Set([
  ...CHANGES_OF_CASE,
  'snakecase',
  'kebabcase',
  'titlecase',
]);
const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

// Comparisons that are the same for every event, and so mistakes: what was expected instead.
import { hasOneValue, impossiblePath } from '../event-fields';
import type { Condition, Operator } from './condition';
import { CALL_TYPES } from './evaluate';
import { FUNCTIONS, typeOf, type FunctionName } from './functions';
import { keysOf, pathText } from './tokens';
import { describeTypes, staticType, TYPE_NAMES } from './types';

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
  if (isOneValueAndList(left, right) || isOneValueAndList(right, left))
    return 'one value, or "in" before a list';
  return whatCanBe(left, right) ?? whatCanBe(right, left);
}

/** Whether a part is a field of an event that is never a list, and the other one is a list. */
const isOneValueAndList = (part: Condition, other: Condition): boolean =>
  part.kind === 'path' && hasOneValue(part.keys) && other.kind === 'list';

/** Whether two texts are compared that are never equal: one of them was meant to be a path. */
export function isOfOtherTexts(left: Condition, right: Condition): boolean {
  if (left.kind !== 'literal' || typeof left.value !== 'string') return false;
  const others = right.kind === 'list' ? right.items : [right];
  return (
    others.length > 0 &&
    others.every((one) => one.kind === 'literal' && typeof one.value === 'string' && one.value !== left.value)
  );
}

/** What a part of a condition can be, if it can never be this constant. */
function whatCanBe(part: Condition, constant: Condition): string | undefined {
  if (constant.kind !== 'literal' || constant.value === null || isConstant(part)) return undefined;
  const type = staticType(part);
  if (type !== undefined && type !== typeOf(constant.value)) return describeTypes([type]);
  if (part.kind === 'path' && part.keys[0] === 'type')
    return TYPES.some((one) => one === constant.value) ? undefined : `a type of call: ${quoted(TYPES)}`;
  if (part.kind !== 'call') return undefined;
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

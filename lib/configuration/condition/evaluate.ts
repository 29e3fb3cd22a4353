// Whether an event is as a condition says, and if not, why. No value is converted: `"5" = 5` is false.
import { ownProperty } from '../../values/json';
import { somePath, type Condition, type Operator } from './condition';
import { FUNCTIONS, typeOf } from './functions';
import { printCondition } from './print';

/** Whether a condition is true of an event. Whatever is neither true nor false counts as false. */
export const evaluate = (condition: Condition, event: unknown): boolean => valueOf(condition, event) === true;

function valueOf(condition: Condition, event: unknown): unknown {
  switch (condition.kind) {
    case 'literal':
      return condition.value;
    case 'path':
      return readPath(condition.keys, event);
    case 'list':
      return valuesOf(condition.items, event);
    case 'call': {
      const [first, second] = valuesOf(condition.operands, event);
      return FUNCTIONS[condition.name].apply(first, second);
    }
    case 'comparison':
      return COMPARE[condition.operator](valueOf(condition.left, event), valueOf(condition.right, event));
    case 'not':
      return !evaluate(condition.condition, event);
    case 'and':
      return !isOne(false, condition.conditions, event);
    case 'or':
      return isOne(true, condition.conditions, event);
  }
}

// Functions of their own: a closure within valueOf would be paid for by every call of it, whatever the kind.
const valuesOf = (operands: readonly Condition[], event: unknown): readonly unknown[] =>
  operands.map((operand) => valueOf(operand, event));
const isOne = (result: boolean, conditions: readonly Condition[], event: unknown): boolean =>
  conditions.some((part) => evaluate(part, event) === result);

/** Own properties of objects and items of lists; null if there is none. */
function readPath(keys: readonly string[], event: unknown): unknown {
  let value = event;
  for (const key of keys) value = Array.isArray(value) && key === 'length' ? null : ownProperty(value, key);
  return value ?? null;
}

const ofNumbers =
  (compare: (left: number, right: number) => boolean) =>
  (left: unknown, right: unknown): boolean =>
    typeof left === 'number' && typeof right === 'number' && compare(left, right);

const COMPARE: Readonly<Record<Operator, (left: unknown, right: unknown) => boolean>> = {
  '=': (left, right) => isEqual(left, right, 0),
  '!=': (left, right) => !isEqual(left, right, 0),
  '>': ofNumbers((left, right) => left > right),
  '>=': ofNumbers((left, right) => left >= right),
  '<': ofNumbers((left, right) => left < right),
  '<=': ofNumbers((left, right) => left <= right),
  in: (item, list) => Array.isArray(list) && list.some((one) => isEqual(item, one, 0)),
};

/** How deep lists are compared; those of a condition are never deeper. */
const MAX_LIST_DEPTH = 50;

/** Whether two values are of the same type and equal, lists item by item. FQL does not compare objects. */
function isEqual(left: unknown, right: unknown, depth: number): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return left === right && typeOf(left) !== 'object';
  if (depth > MAX_LIST_DEPTH) return false;
  return left.length === right.length && left.every((item, index) => isEqual(item, right[index], depth + 1));
}

/**
 * Why an event is not as a condition says: the text of the part that failed first. If none of several parts joined by
 * `or` is true, that is all of them.
 *
 * @returns `undefined` if the event is as the condition says.
 */
export function failedPart(condition: Condition, event: unknown): string | undefined {
  if (evaluate(condition, event)) return undefined;
  if (condition.kind !== 'and') return printCondition(condition);
  for (const part of condition.conditions) {
    const failed = failedPart(part, event);
    if (failed !== undefined) return failed;
  }
  return undefined;
}

/** Whether a condition mentions the event's name or type, so that it alone decides which events it is for. */
export const testsTypeOrEvent = (condition: Condition): boolean =>
  somePath(condition, ([field]) => field === 'type' || field === 'event');

/** The calls that can be sent. */
export const CALL_TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const;
export type CallType = (typeof CALL_TYPES)[number];

/** The types of calls that a condition can be true of, as far as its tests of `type` say. */
export const typesOf = (condition: Condition): readonly CallType[] =>
  CALL_TYPES.filter((type) => resultFor(condition, { type }) !== false);

/** Whether a condition is true of all events of a type, or of none; `undefined` if that depends on the rest of them. */
function resultFor(condition: Condition, event: { readonly type: CallType }): boolean | undefined {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      // One part that is false decides an `and`; one that is true, an `or`.
      const decisive = condition.kind === 'or';
      const results = condition.conditions.map((part) => resultFor(part, event));
      if (results.includes(decisive)) return decisive;
      return results.includes(undefined) ? undefined : !decisive;
    }
    case 'not': {
      const result = resultFor(condition.condition, event);
      return result === undefined ? undefined : !result;
    }
    case 'literal':
    case 'path':
    case 'list':
    case 'call':
    case 'comparison':
      return somePath(condition, ([field]) => field !== 'type') ? undefined : evaluate(condition, event);
  }
}

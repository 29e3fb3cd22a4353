// The trigger of a mapping -> a condition that is true of the same events.
//
// Segment decides about triggers with a library of its own, which is not FQL to the letter: a negated function wants a
// text, an inequality of numbers a number. The condition says what the library does. (One thing is left out: where a path
// leads through an empty text, 0 or false, the library takes that for what stands at its end.)
import {
  generateFql,
  parseFql,
  type Condition as Part,
  type GroupCondition,
  type Operator,
} from '@segment/destination-subscriptions';
import type { Condition } from '../../../lib/configuration/condition/condition';
import { parseCondition } from '../../../lib/configuration/condition/parse';
import { printCondition } from '../../../lib/configuration/condition/print';
import { describeProblem } from '../../../lib/configuration/expression';
import { Failure, isFailure } from '../../../lib/result';

type Literal = string | number | boolean | null;
type Comparing = (Condition & { readonly kind: 'comparison' })['operator'];

const literal = (value: Literal): Condition => ({ kind: 'literal', value });
const compare = (left: Condition, operator: Comparing, value: Literal): Condition => ({
  kind: 'comparison',
  operator,
  left,
  right: literal(value),
});
const not = (condition: Condition): Condition => ({ kind: 'not', condition });
const contains = (path: Condition, text: string): Condition => ({
  kind: 'call',
  name: 'contains',
  operands: [path, literal(text)],
});
const matches = (path: Condition, pattern: string): Condition => ({
  kind: 'call',
  name: 'match',
  operands: [path, literal(pattern)],
});
const isOfType = (path: Condition, type: 'string' | 'number'): Condition =>
  compare({ kind: 'call', name: 'typeof', operands: [path] }, '=', type);

/** Parts joined to one condition, without brackets that are not needed. */
export function join(kind: 'and' | 'or', parts: readonly Condition[]): Condition {
  const [first, ...others] = parts.flatMap((part) => (part.kind === kind ? part.conditions : [part]));
  if (first === undefined) return literal(kind === 'and');
  return others.length === 0 ? first : { kind, conditions: [first, ...others] };
}

/** The parts of which every one must be true. */
export const conjuncts = (condition: Condition): readonly Condition[] =>
  condition.kind === 'and' ? condition.conditions : [condition];

/** A text in a pattern of `match`, where each character means itself. */
const asPattern = (text: string): string => text.replace(/[*?[\]\\]/g, String.raw`\$&`);

/** What each operator of the library is true of. */
const OPERATORS: Readonly<Record<Operator, (path: Condition, value: string) => Condition>> = {
  '=': (path, value) => compare(path, '=', value),
  '!=': (path, value) => compare(path, '!=', value),
  '<': (path, value) => compare(path, '<', Number(value)),
  '<=': (path, value) => compare(path, '<=', Number(value)),
  '>': (path, value) => compare(path, '>', Number(value)),
  '>=': (path, value) => compare(path, '>=', Number(value)),
  number_equals: (path, value) => compare(path, '=', Number(value)),
  number_not_equals: (path, value) =>
    join('and', [isOfType(path, 'number'), compare(path, '!=', Number(value))]),
  contains,
  not_contains: (path, value) => join('and', [isOfType(path, 'string'), not(contains(path, value))]),
  starts_with: (path, value) => matches(path, `${asPattern(value)}*`),
  not_starts_with: (path, value) =>
    join('and', [isOfType(path, 'string'), not(matches(path, `${asPattern(value)}*`))]),
  ends_with: (path, value) => matches(path, `*${asPattern(value)}`),
  not_ends_with: (path, value) =>
    join('and', [isOfType(path, 'string'), not(matches(path, `*${asPattern(value)}`))]),
  exists: (path) => compare(path, '!=', null),
  not_exists: (path) => compare(path, '=', null),
  is_true: (path) => compare(path, '=', true),
  is_false: (path) => compare(path, '=', false),
};

/** Keys that the library finds in any list, text or object, such as the length of a list. */
const isInherited = (key: string): boolean => [[], '', 0, true, {}].some((value) => key in Object(value));

/**
 * Reads a trigger.
 *
 * @returns why it cannot be said, if it cannot.
 */
export function readTrigger(trigger: string): Condition | Failure<string> {
  const asWritten = parseCondition(trigger);
  if (isFailure(asWritten)) return new Failure(describeProblem(asWritten.reason, trigger));
  const parsed = parseFql(trigger);
  if ('error' in parsed) return readsDifferently;
  // The library skips what it does not know: only if it has read all of it, it writes the same trigger again.
  const again = parseCondition(writeAgain(parsed));
  if (isFailure(again) || printCondition(again) !== printCondition(asWritten)) return readsDifferently;
  return conditionOf(parsed);
}

/**
 * A trigger as the library writes it; empty if it cannot. Brackets around a function of a field that it does not know
 * have become `undefined`, on which it throws.
 */
function writeAgain(parsed: GroupCondition): string {
  try {
    return generateFql(parsed);
  } catch {
    return '';
  }
}

const readsDifferently = new Failure(
  'Segment evaluates triggers with a library that reads this one differently from FQL',
);

function conditionOf(part: Part | GroupCondition): Condition | Failure<string> {
  if (part.type === 'group') {
    const conditions: Condition[] = [];
    for (const child of part.children) {
      const condition = conditionOf(child);
      if (isFailure(condition)) return condition;
      conditions.push(condition);
    }
    return join(part.operator, conditions);
  }
  // The library takes whatever follows a path for an operator: the `and` of `properties.paid and false`, too.
  if (!Object.hasOwn(OPERATORS, part.operator)) return readsDifferently;
  const keys = keysOf(part);
  const inherited = keys.find(isInherited);
  if (inherited !== undefined)
    return new Failure(
      `Segment evaluates triggers with a library that finds "${inherited}" in every value of some type`,
    );
  return OPERATORS[part.operator]({ kind: 'path', keys }, String(part.value));
}

function keysOf(part: Exclude<Part, GroupCondition>): readonly string[] {
  switch (part.type) {
    case 'event-type':
      return ['type'];
    case 'event':
    case 'name':
    case 'userId':
      return [part.type];
    case 'event-property':
      return ['properties', ...keysIn(part.name)];
    case 'event-trait':
      return ['traits', ...keysIn(part.name)];
    case 'event-context':
      return ['context', ...keysIn(part.name)];
  }
}

/** The library takes brackets in a name for steps of the path, too. */
const keysIn = (name: string): readonly string[] => name.match(/[^[.\]]+/g) ?? [];

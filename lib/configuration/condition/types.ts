// The type of each part of a condition, as far as it is known before there is an event.
import type { Condition } from './condition';
import { FUNCTIONS, typeOf, type ValueType } from './functions';

/** Whether a part can be of one of these types: what a path leads to can be anything. */
export function canBe(condition: Condition, types: readonly ValueType[]): boolean {
  const type = staticType(condition);
  return type === undefined || types.includes(type);
}

/** The type that a part has whatever the event; `undefined` if that depends on the event. */
export function staticType(condition: Condition): ValueType | undefined {
  switch (condition.kind) {
    case 'path':
      return undefined;
    case 'literal':
      return typeOf(condition.value);
    case 'list':
      return 'list';
    case 'call':
      return FUNCTIONS[condition.name].gives;
    case 'comparison':
    case 'not':
    case 'and':
    case 'or':
      return 'bool';
  }
}

const DESCRIPTIONS: Readonly<Record<ValueType, string>> = {
  string: 'a string',
  number: 'a number',
  list: 'a list',
  bool: 'true or false',
  null: 'null',
  object: 'an object',
};

/** What `typeof` gives. */
export const TYPE_NAMES: readonly string[] = Object.keys(DESCRIPTIONS);

export const describeTypes = (types: readonly ValueType[]): string =>
  types.map((type) => DESCRIPTIONS[type]).join(' or ');

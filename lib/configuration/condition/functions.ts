// The values and the functions of FQL. What is not there is null, and what a function does not take is like null to it.
import { booleanOf } from '../../values/boolean';
import { matchesPattern, readPattern } from './glob';
import { numberOf } from './tokens';

/** The types that `typeof` names. The reference does not name that of an object, which nothing is equal to. */
export type ValueType = 'string' | 'number' | 'list' | 'bool' | 'null' | 'object';

/** The type of a value. */
export function typeOf(value: unknown): ValueType {
  if (typeof value === 'string' || typeof value === 'number')
    return typeof value === 'string' ? 'string' : 'number';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' && value !== null ? 'object' : 'null';
}

interface FqlFunction {
  /** What each operand may be, beside null. */
  readonly takes: readonly (readonly ValueType[])[];
  readonly gives: ValueType;
  readonly apply: (first: unknown, second: unknown) => unknown;
}

const ofText = (change: (text: string) => string): FqlFunction => ({
  takes: [['string']],
  gives: 'string',
  apply: (text) => (typeof text === 'string' ? change(text) : null),
});

/** By their names; each as its table in the reference says. */
export const FUNCTIONS = {
  contains: {
    takes: [['string'], ['string']],
    gives: 'bool',
    apply: (text, part) => typeof text === 'string' && typeof part === 'string' && text.includes(part),
  },
  length: {
    takes: [['list', 'string']],
    gives: 'number',
    apply: (value) => (typeof value === 'string' ? bytesOf(value) : Array.isArray(value) ? value.length : 0),
  },
  lowercase: ofText((text) => text.toLowerCase()),
  uppercase: ofText((text) => text.toUpperCase()),
  snakecase: ofText((text) => text.replace(/\s/g, '_')),
  kebabcase: ofText((text) => text.replace(/\s/g, '-')),
  titlecase: ofText((text) => text.replace(/(?<!\S)\S/gu, (first) => first.toUpperCase())),
  typeof: { takes: [['string', 'number', 'list', 'bool']], gives: 'string', apply: typeOf },
  match: { takes: [['string'], ['string']], gives: 'bool', apply: match },
  bool: { takes: [['list', 'string', 'number', 'bool']], gives: 'bool', apply: toBool },
  string: { takes: [['list', 'string', 'number', 'bool']], gives: 'string', apply: toText },
  number: { takes: [['number', 'string']], gives: 'number', apply: toNumber },
} as const satisfies Readonly<Record<string, FqlFunction>>;

export type FunctionName = keyof typeof FUNCTIONS;

export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name);

/** How many bytes a text has in UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

function match(text: unknown, pattern: unknown): boolean {
  if (typeof text !== 'string' || typeof pattern !== 'string') return false;
  const parts = readPattern(pattern);
  return parts !== undefined && matchesPattern(text, parts);
}

/** A text says yes or no in a word or is null; a number says no if it is 0, a list if it is empty, and null always. */
function toBool(value: unknown): boolean | null {
  if (typeof value === 'number') return value !== 0;
  if (Array.isArray(value)) return value.length > 0;
  return typeOf(value) === 'null' ? false : (booleanOf(value) ?? null);
}

/** A list as JSON; of null, the empty text. */
function toText(value: unknown): string | null {
  if (Array.isArray(value)) return jsonOf(value);
  const type = typeOf(value);
  if (type === 'object') return null;
  return type === 'null' ? '' : String(value);
}

function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (numberOf(value.trim()) ?? null) : null;
}

/** JSON; null of what is nested too deep for it. */
function jsonOf(value: unknown): string | null {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

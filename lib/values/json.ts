// Values from outside, of which nothing is known but that they may be JSON.

/** An object of any shape, arrays among them. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The value of an object's own property; `undefined` if it is inherited, and for whatever is not an object. */
export const ownProperty = (value: unknown, key: string): unknown =>
  isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** An array as it is, anything else as the only item of one. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** The value of a list that has only one; anything else as it is. */
export function onlyValueOf(value: unknown): unknown {
  // Almost always: each parameter is read through this.
  if (!Array.isArray(value)) return value;
  const [only, ...others] = listOf(value).filter(isPresent);
  return others.length === 0 ? only : value;
}

const isBlank = (value: unknown): boolean =>
  typeof value === 'string' ? value.trim() === '' : value === undefined || value === null;

/** Whether there is anything to read: not `undefined`, `null`, a blank string, or an array of only these. */
export const isPresent = (value: unknown): boolean =>
  Array.isArray(value) ? !value.every(isBlank) : !isBlank(value);

/** What a JSON text says; `undefined` if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is worth parsing where an array or an object is expected; behind quotes, it was made a text twice. */
const JSON_TEXT = /^\s*(?:"\s*)?[[{]/;

/** A value, or what it says if it is a JSON text of an array or an object, as a warehouse's column holds one. */
export function parsedValue(value: unknown): unknown {
  if (typeof value !== 'string' || !JSON_TEXT.test(value)) return value;
  const parsed = parseJson(value) ?? value;
  return parsed === value ? value : parsedValue(parsed);
}

/** The items of an array, or of an object whose keys are whole numbers (PHP's array with gaps); otherwise `undefined`. */
export function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (!isRecord(value)) return undefined;
  if (Array.isArray(value)) return listOf(value);
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^\d+$/.test(key)) ? Object.values(value) : undefined;
}

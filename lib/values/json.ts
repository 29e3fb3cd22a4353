// Values from outside, of which nothing is known but that they may be JSON.

/** An object of any shape, arrays among them. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The value of an object's own property; `undefined` if it is inherited, and for whatever is not an object. */
export const ownProperty = (value: unknown, key: string): unknown =>
  isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** An array as it is, anything else as the only item of one. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

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

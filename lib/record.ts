// Reading what comes from outside, of which nothing is known.

/** An object of any shape, arrays among them. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The value of an object's own property; `undefined` for an inherited one, and for whatever is no object. */
export const own = (value: unknown, key: string): unknown =>
  isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** An array as it is, anything else as the only item of one. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const isBlank = (value: unknown): boolean =>
  typeof value === 'string' ? !value.trim() : (value ?? null) === null;

/** Whether there is anything to read: not `undefined`, `null`, a blank string, or an array of only these. */
export const isPresent = (value: unknown): boolean =>
  Array.isArray(value) ? !value.every(isBlank) : !isBlank(value);

/** What a JSON text says; `undefined` where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

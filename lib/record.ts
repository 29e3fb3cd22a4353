// Reading what comes from outside, of which nothing is known.

/** An object of any shape, arrays among them. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The value of an object's own property; `undefined` for an inherited one, and for whatever is no object. */
export function own(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** An array as it is, anything else as the only item of one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Whether there is anything to read: not `undefined`, `null`, a blank string, or an array of only these. */
export function isPresent(value: unknown): boolean {
  return Array.isArray(value) ? !value.every(isBlank) : !isBlank(value);
}

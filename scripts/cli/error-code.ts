// What Node.js calls an error.

/** The code of an error of Node.js, such as `ENOENT`; `undefined` if it has none. */
export function codeOf(error: unknown): string | undefined {
  // Not `instanceof Error`: the errors of Node.js itself are none to the tests, which run in a context of their own.
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : undefined;
}

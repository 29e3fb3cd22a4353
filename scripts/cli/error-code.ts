// The codes of Node.js's errors.

/** The code of an error of Node.js, such as `ENOENT`; `undefined` if it has none. */
export function codeOf(error: unknown): string | undefined {
  // Not `instanceof Error`: Jest runs the tests in a context of its own, to which Node.js's own errors are not an Error.
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : undefined;
}

// Patterns with classes of Unicode.

/**
 * A pattern that is made when it is first needed. V8 takes up to 0.2 ms to read one with classes of Unicode, also for a
 * literal in code that never runs, and few events need any: together they would take longer than loading all the rest.
 */
export function lazyPattern(source: string, flags: string): () => RegExp {
  let pattern: RegExp | undefined;
  return () => (pattern ??= new RegExp(source, flags));
}

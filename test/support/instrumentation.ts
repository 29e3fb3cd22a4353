// What the bundle needs from Stryker when mutation testing made it of instrumented sources; see test/mutation.
const NAMESPACE = '__stryker__';

/**
 * Globals for a context that holds the bundle: the object in which Stryker notes what each test reaches, and which mutant
 * is active. Jest's context has it; Segment's has neither it nor the process that it would be read from. No globals when
 * the tests run without Stryker.
 */
export function instrumentation(): Readonly<Record<string, unknown>> {
  const namespace: unknown = Reflect.get(globalThis, NAMESPACE);
  if (typeof namespace !== 'object' || namespace === null) return {};
  const activeMutant = process.env['__STRYKER_ACTIVE_MUTANT__'];
  if (activeMutant !== undefined) Object.assign(namespace, { activeMutant });
  return { [NAMESPACE]: namespace };
}

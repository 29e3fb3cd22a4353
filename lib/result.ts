// What a function gives that may fail: its result, or a failure with the reason. Nothing is thrown.

/** Stands in the place of a result. */
export class Failure<Reason> {
  constructor(readonly reason: Reason) {}
}

/** The one way to tell a failure from a result. */
export const isFailure = (result: unknown): result is Failure<unknown> => result instanceof Failure;

// Summaries of many measurements.

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Gives the median, the least and the largest value; `NaN` if there are no values. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? NaN,
    min: sorted[0] ?? NaN,
    max: sorted.at(-1) ?? NaN,
  };
}

/** Compares two works round by round, so that what slows down a whole round does not count. */
export const ratiosOf = (values: readonly number[], base: readonly number[]): Spread =>
  spreadOf(values.map((value, round) => value / (base[round] ?? NaN)));

// Several pieces of work side by side: in interleaved rounds, so that a machine that is busy for a while slows all of
// them alike, and as ratios within each round.
import { Bench } from 'tinybench';

/** A piece of work that ends when `run` returns. */
export interface Work {
  readonly name: string;
  readonly run: () => unknown;
}

export interface Comparison {
  readonly name: string;
  /** Median microseconds of a run, over the rounds. */
  readonly microseconds: number;
  /** Times the first of the works: the median over the rounds, the smallest and the largest. */
  readonly ratio: { readonly median: number; readonly min: number; readonly max: number };
}

/** How long to measure. */
export interface Effort {
  readonly rounds: number;
  /** Milliseconds for each work in a round. */
  readonly time: number;
}

export const EFFORT: Effort = { rounds: 41, time: 30 };
/** Enough to see that all of it runs, not how fast. */
export const SMOKE: Effort = { rounds: 1, time: 1 };

/** Measures each of the works, the first of which is what the others are compared with. */
export function compare(works: readonly Work[], { rounds, time }: Effort): readonly Comparison[] {
  const samples = works.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { name, run }] of works.entries()) {
      const bench = new Bench({ time, warmupTime: time / 3, throws: true });
      bench.add(name, run);
      const [task] = bench.runSync();
      if (task?.result.state !== 'completed') throw new Error(`${name} was not measured`);
      samples[index]?.push(task.result.latency.p50 * 1000);
    }
  }
  const [base = []] = samples;
  return works.map(({ name }, index) => {
    const own = samples[index] ?? [];
    const ratios = own.map((value, round) => value / (base[round] ?? NaN));
    return {
      name,
      microseconds: median(own),
      ratio: { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) },
    };
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

// Compares pieces of work: in interleaved rounds, so that a machine that is busy for a while slows all of them equally,
// and by ratios within each round.
import { Bench } from 'tinybench';
import { ratiosOf, spreadOf, type Spread } from './statistics';

/** A piece of work, which is done when `run` returns, or when what it returns is fulfilled. */
export interface Work {
  readonly name: string;
  readonly run: () => unknown;
  /** How many events a run is for; 1 by default. */
  readonly events?: number;
  /** Whether `run` gives a promise. */
  readonly isAsync?: true;
}

export interface Comparison {
  readonly name: string;
  /** Median microseconds of an event, over the rounds. */
  readonly microseconds: number;
  /** How many times as long as an event of the first piece of work. */
  readonly ratio: Spread;
}

/** How much to measure. */
export interface Effort {
  readonly rounds: number;
  /** Milliseconds for each piece of work in a round. */
  readonly time: number;
  /** Milliseconds of the processor for the profile of an event. */
  readonly profile: number;
  /** The share of each latency of the network that is really waited for. */
  readonly latencyShare: number;
  /** Calls of `onTrack` over the network for each latency. */
  readonly calls: number;
  /** Batches over the network of each kind and for each latency. */
  readonly batches: number;
  /** Events that go through one environment while its memory is watched. */
  readonly events: number;
}

export const EFFORT: Effort = {
  rounds: 41,
  time: 30,
  profile: 3000,
  latencyShare: 1,
  calls: 200,
  batches: 5,
  events: 100_000,
};
/** Enough to check that everything works, not how fast it is. */
export const SMOKE: Effort = {
  rounds: 1,
  time: 1,
  profile: 300,
  latencyShare: 0.05,
  calls: 2,
  batches: 1,
  events: 4000,
};

/** Measures pieces of work, and compares each with the first one. */
export async function compare(
  works: readonly Work[],
  { rounds, time }: Effort,
): Promise<readonly Comparison[]> {
  const samples = works.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { name, run, events = 1, isAsync }] of works.entries()) {
      const bench = new Bench({
        time,
        warmupTime: time / 3,
        iterations: 1,
        warmupIterations: 1,
        throws: true,
      });
      bench.add(name, run);
      const [task] = isAsync ? await bench.run() : bench.runSync();
      if (task?.result.state !== 'completed') throw new Error(`${name} was not measured`);
      samples[index]?.push((task.result.latency.p50 * 1000) / events);
    }
  }
  const [base = []] = samples;
  return works.map(({ name }, index) => {
    const own = samples[index] ?? [];
    return { name, microseconds: spreadOf(own).median, ratio: ratiosOf(own, base) };
  });
}

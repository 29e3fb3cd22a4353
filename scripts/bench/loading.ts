// What it costs to load the function: to evaluate its text in a fresh context, compared with an empty function.
import { createGlobals } from '../local/segment/globals';
import { loadFunction } from '../local/segment/load';
import { compare, type Effort, type Work } from './compare';
import type { Spread } from './statistics';

export interface Loading {
  readonly bytes: number;
  /** The time of a fresh context with the function. */
  readonly microseconds: number;
  /** The time of a fresh context with an empty function. */
  readonly emptyMicroseconds: number;
  readonly ratio: Spread;
}

const EMPTY = 'function onTrack() {}';

/** Measures the loading of a function's text. */
export async function measureLoading(code: string, effort: Effort): Promise<Loading> {
  // Once a round: contexts that are not collected yet slow down the next ones.
  const once = { ...effort, time: 1 };
  const [empty, shipped] = await compare([load('an empty function', EMPTY), load('the bundle', code)], once);
  if (empty === undefined || shipped === undefined) throw new Error('Loading was not measured');
  const { microseconds, ratio } = shipped;
  return {
    bytes: Buffer.byteLength(code),
    microseconds,
    emptyMicroseconds: empty.microseconds,
    ratio,
  };
}

function load(name: string, code: string): Work {
  const globals = createGlobals();
  let times = 0;
  return {
    name,
    run() {
      times += 1;
      // A new text each time: V8 caches the code that it has compiled.
      loadFunction(`${code}\n// ${times}`, globals);
    },
  };
}

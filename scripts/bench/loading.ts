// What it costs to load the function: its text evaluated in a fresh context, against an empty function.
import { createGlobals } from '../local/segment/globals';
import { loadFunction } from '../local/segment/load';
import { compare, type Effort, type Work } from './compare';
import type { Spread } from './statistics';

export interface Loading {
  readonly bytes: number;
  /** Of a fresh context with the function in it. */
  readonly microseconds: number;
  /** Of a fresh context with an empty function in it. */
  readonly emptyMicroseconds: number;
  readonly ratio: Spread;
}

const EMPTY = 'function onTrack() {}';

export function measureLoading(code: string, effort: Effort): Loading {
  // Once a round: contexts that are not collected yet make the next ones slow.
  const once = { ...effort, time: 1 };
  const [empty, shipped] = compare([load('an empty function', EMPTY), load('the bundle', code)], once);
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
      // V8 keeps what it compiled, and does not look at the same text again.
      loadFunction(`${code}\n// ${times}`, globals);
    },
  };
}

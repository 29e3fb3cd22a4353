// What an environment retains: the heap after garbage collection while events go through it, which must not grow.
import v8 from 'node:v8';
import vm from 'node:vm';
import { BATCH, createRuntime } from '../local/segment/runtime';
import type { Progress } from '../cli/progress';
import type { Effort } from './compare';
import { ACCEPTED, answerWith, purchase, SETTINGS } from './workload';

export interface Memory {
  /** How many events have gone through so far. */
  readonly events: number;
  /** Bytes of the heap after garbage collection. */
  readonly heap: number;
}

const SAMPLES = 10;

/** Sends events in batches through one environment, whose TikTok accepts all, and measures the heap ten times. */
export async function measureMemory(
  code: string,
  { events }: Effort,
  progress: Progress,
): Promise<readonly Memory[]> {
  const runtime = createRuntime({ code, routes: {}, globals: { fetch: () => answerWith(ACCEPTED) } });
  const collect = collector();
  const samples: Memory[] = [];
  for (let sent = 0; sent < events; sent += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, index) => purchase(2, sent + index));
    const { results } = await runtime.sendBatch(batch, SETTINGS);
    if (results.some(({ outcome }) => outcome !== 'Delivered')) throw new Error('Not all were delivered');
    const done = sent + BATCH;
    if (Math.floor((done / events) * SAMPLES) > samples.length) {
      progress(done / events);
      collect();
      samples.push({ events: done, heap: process.memoryUsage().heapUsed });
    }
  }
  return samples;
}

/** Gives a function that collects all garbage. */
function collector(): () => void {
  v8.setFlagsFromString('--expose-gc');
  const collect: unknown = vm.runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('This Node.js cannot collect garbage on demand');
  return () => {
    Reflect.apply(collect, undefined, []);
  };
}

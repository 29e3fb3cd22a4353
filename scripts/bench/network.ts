// What a call costs over the network, to the local TikTok over TLS: near and far, with and without kept connections,
// with single events and batches, with and without an event that TikTok refuses.
import { createRuntime, type Result, type Runtime } from '../local/segment/runtime';
import { HOST, startTikTok, type TikTok } from '../local/tiktok/server';
import type { Progress } from '../cli/progress';
import type { Effort } from './compare';
import { startProxy } from './proxy';
import { spreadOf, type Spread } from './statistics';
import { purchase, REFUSED, SETTINGS } from './workload';

/** Milliseconds each way. */
const LATENCIES = [0, 20, 100] as const;
/** The events of a call, and how many of them TikTok refuses. */
const KINDS = [
  { events: 1, bad: 0 },
  { events: 20, bad: 0 },
  { events: 20, bad: 1 },
  { events: 400, bad: 0 },
  { events: 400, bad: 1 },
] as const;

/** The times of calls of `onTrack`, an event a call. */
export interface CallTimes {
  readonly latency: number;
  readonly isKept: boolean;
  readonly calls: number;
  readonly milliseconds: Spread;
  /** How many connections were opened for all of these calls. */
  readonly connections: number;
}

/** The times of calls with the same number of events; a single event goes to `onTrack`. */
export interface BatchTimes {
  readonly latency: number;
  readonly events: number;
  /** How many of the events of each call TikTok refuses. */
  readonly bad: 0 | 1;
  readonly milliseconds: Spread;
}

export interface NetworkTimes {
  readonly calls: readonly CallTimes[];
  readonly batches: readonly BatchTimes[];
}

/** Measures calls to the local TikTok for each latency. */
export async function measureNetwork(
  code: string,
  effort: Effort,
  progress: Progress,
): Promise<NetworkTimes> {
  const tiktok = await startTikTok({
    token: SETTINGS.accessToken,
    eventSetId: SETTINGS.eventSetId,
    remembers: false,
    refuses: ({ properties }) => properties?.query === REFUSED,
  });
  const all: NetworkTimes[] = [];
  for (const [index, latency] of LATENCIES.entries()) {
    progress(index / LATENCIES.length);
    all.push(await measureLatency(code, tiktok, latency, effort));
  }
  await tiktok.close();
  return {
    calls: all.flatMap(({ calls }) => calls),
    batches: all.flatMap(({ batches }) => batches),
  };
}

async function measureLatency(
  code: string,
  tiktok: TikTok,
  latency: number,
  effort: Effort,
): Promise<NetworkTimes> {
  const proxy = await startProxy(tiktok.route.port, latency * effort.latencyShare);
  const routes = { [HOST]: { ...tiktok.route, port: proxy.port } };
  const kept = createRuntime({ code, routes });
  const environments = [
    { isKept: true, runtime: kept, times: new Array<number>() },
    // Without https in the runtime, the function has no agent to keep connections.
    {
      isKept: false,
      runtime: createRuntime({ code, routes, globals: { https: undefined } }),
      times: new Array<number>(),
    },
  ];
  // At the same time: what slows down the machine slows down both.
  for (let call = 0; call < effort.calls; call += 1) {
    await Promise.all(
      environments.map(async ({ runtime, times }) => {
        times.push(await send(runtime, 1, 0));
      }),
    );
  }
  const calls = environments.map(({ isKept, runtime, times }) => ({
    latency,
    isKept,
    calls: effort.calls,
    milliseconds: spreadOf(times),
    connections: runtime.connectionsOpened(),
  }));

  const kinds = KINDS.map((kind) => ({ ...kind, times: new Array<number>() }));
  // The first round opens the connections.
  for (let round = 0; round <= effort.batches; round += 1) {
    for (const { events, bad, times } of kinds) {
      const milliseconds = await send(kept, events, bad);
      if (round > 0) times.push(milliseconds);
    }
  }
  await proxy.close();
  const batches = kinds.map(({ events, bad, times }) => ({
    latency,
    events,
    bad,
    milliseconds: spreadOf(times),
  }));
  return { calls, batches };
}

let number = 0;

/** Hands over new events in one call, of which TikTok refuses the last `bad`, and gives the milliseconds of the call. */
async function send(runtime: Runtime, count: number, bad: 0 | 1): Promise<number> {
  const events = Array.from({ length: count }, (_, index) => {
    number += 1;
    return purchase(2, number, index >= count - bad ? REFUSED : undefined);
  });
  const call: { readonly milliseconds: number; readonly results: readonly Result[] } =
    count === 1
      ? await runtime.send(events[0], SETTINGS).then((single) => ({ ...single, results: [single] }))
      : await runtime.sendBatch(events, SETTINGS);
  for (const [index, { outcome, error }] of call.results.entries()) {
    const wanted = index >= count - bad ? 'Message Rejected' : 'Delivered';
    if (outcome !== wanted) throw new Error(`Expected ${wanted}, got ${outcome}: ${error?.message ?? ''}`);
  }
  return call.milliseconds;
}

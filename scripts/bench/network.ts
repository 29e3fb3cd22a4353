// What a call costs over the network, to the local TikTok over TLS: near and far, with and without kept connections,
// with single events and batches, with and without an event that TikTok refuses.
import { createRuntime, type BatchCall, type Runtime } from '../local/segment/runtime';
import { HOST } from '../local/tiktok/names';
import { startTikTok, type TikTok } from '../local/tiktok/server';
import { WORDINGS, type Wording } from '../local/tiktok/wordings';
import type { Progress } from '../cli/progress';
import type { Effort } from './compare';
import { startProxy } from './proxy';
import { spreadOf, type Spread } from './statistics';
import { purchase, REFUSED, SETTINGS } from './workload';

/** Milliseconds each way. */
const LATENCIES = [0, 20, 100] as const;
/** Whether TikTok refuses an event of a call, the last one, and whether its words name that event's index. */
export type Bad = 'none' | '1, named' | '1, not named';
const WORDING: Readonly<Record<Bad, Wording>> = {
  none: WORDINGS['without an index'],
  '1, named': WORDINGS['data[3].event_id'],
  '1, not named': WORDINGS['without an index'],
};

interface Kind {
  /** Of a call. */
  readonly events: number;
  readonly bad: Bad;
}
const KINDS: readonly Kind[] = [
  { events: 1, bad: 'none' },
  { events: 20, bad: 'none' },
  { events: 20, bad: '1, named' },
  { events: 20, bad: '1, not named' },
  { events: 400, bad: 'none' },
  { events: 400, bad: '1, named' },
  { events: 400, bad: '1, not named' },
];

/** The times of calls of `onTrack`, an event a call. */
interface CallTimes {
  readonly latency: number;
  readonly isKept: boolean;
  readonly calls: number;
  readonly milliseconds: Spread;
  /** How many connections were opened for all of these calls. */
  readonly connections: number;
}

/** The times of calls with the same number of events; a single event goes to `onTrack`. */
export interface BatchTimes extends Kind {
  readonly latency: number;
  /** Of a call. */
  readonly requests: number;
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
  let bad: Bad = 'none';
  const tiktok = await startTikTok({
    token: SETTINGS.accessToken,
    eventSetId: SETTINGS.eventSetId,
    remembers: false,
    refuses: ({ properties }) => properties?.search_string === REFUSED,
    wording: (refusal) => WORDING[bad](refusal),
  });
  const announce = (next: Bad): void => {
    bad = next;
  };
  const all: NetworkTimes[] = [];
  for (const [index, latency] of LATENCIES.entries()) {
    progress(index / LATENCIES.length);
    all.push(await measureLatency(code, tiktok, announce, latency, effort));
  }
  await tiktok.close();
  return {
    calls: all.flatMap(({ calls }) => calls),
    batches: all.flatMap(({ batches }) => batches),
  };
}

/** @param announce says what kind of event TikTok is to refuse next. */
async function measureLatency(
  code: string,
  tiktok: TikTok,
  announce: (bad: Bad) => void,
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
        times.push((await send(runtime, 1, 'none')).milliseconds);
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

  const kinds = KINDS.map((kind) => ({ ...kind, requests: 0, times: new Array<number>() }));
  // The first round opens the connections.
  for (let round = 0; round <= effort.batches; round += 1) {
    for (const kind of kinds) {
      announce(kind.bad);
      const { milliseconds, requests } = await send(kept, kind.events, kind.bad);
      kind.requests = requests;
      if (round > 0) kind.times.push(milliseconds);
    }
  }
  await proxy.close();
  const batches = kinds.map(({ times, ...kind }) => ({ ...kind, latency, milliseconds: spreadOf(times) }));
  return { calls, batches };
}

let number = 0;

/** Hands over new events in one call, and gives its time and how many requests it made. */
async function send(
  runtime: Runtime,
  count: number,
  bad: Bad,
): Promise<{ readonly milliseconds: number; readonly requests: number }> {
  const isBad = (index: number) => bad !== 'none' && index === count - 1;
  const events = Array.from({ length: count }, (_, index) => {
    number += 1;
    return purchase(2, number, isBad(index) ? REFUSED : undefined);
  });
  const call: Pick<BatchCall, 'milliseconds' | 'results' | 'traces'> =
    count === 1
      ? await runtime.send(events[0], SETTINGS).then((single) => ({ ...single, results: [single] }))
      : await runtime.sendBatch(events, SETTINGS);
  for (const [index, { outcome, error }] of call.results.entries()) {
    const wanted = isBad(index) ? 'Message Rejected' : 'Delivered';
    if (outcome !== wanted) throw new Error(`Expected ${wanted}, got ${outcome}: ${error?.message ?? ''}`);
  }
  return { milliseconds: call.milliseconds, requests: call.traces.length };
}

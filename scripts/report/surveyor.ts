// Hands events to the function as Segment would, and finds what a report counts of them: the work that several threads
// can share.
import { configure } from '../../lib/configuration/configure';
import { isFailure } from '../../lib/result';
import { collectKeys } from '../local/tiktok/keys';
import type { BatchCall, Invocation, Runtime } from '../local/segment/runtime';
import { createEnvironment, stoppedAt } from './environment';
import { createExaminer, type Examined } from './examine';
import { showId } from './example';
import { createFinder, type Finding } from './finding';
import { createPacker, type PackedData } from './own-data';

/** Plain data, which one thread can post to another. */
export interface SurveyorOptions {
  /** The function's text. */
  readonly code: string;
  /** Its name in Segment. */
  readonly functionName: string;
  /** As Segment hands them to the function. */
  readonly settings: object;
  /** Whether the requests go to the real TikTok. */
  readonly isLive: boolean;
  /** How many events Segment hands over in a call; 1 calls the single handlers. */
  readonly batch: number;
  /** The time of handling in milliseconds, the same for all events; the machine's if it is `undefined`. */
  readonly now: number | undefined;
  /** The time in milliseconds by which an event is old, or of the future. */
  readonly startedAt: number;
  /** Whether the ids of all events are kept, and not only those of the first of each kind. */
  readonly keepsIds: boolean;
}

/** What became of events that follow each other. Plain data likewise. */
export interface Surveyed {
  /** Different ones, those of events before among them. */
  readonly findings: readonly Finding[];
  /** For each event, the place of its finding among these. */
  readonly events: readonly number[];
  /** What only one conversion has, for each of those that were delivered. */
  readonly own: PackedData;
  /** What events are called, by their place; masked. */
  readonly ids: ReadonlyMap<number, string>;
  readonly requests: number;
  /** Of all requests' bodies. */
  readonly bytes: number;
  /** How many conversions TikTok counted, some of them possibly more than once; unknown of the real TikTok. */
  readonly counted: number | undefined;
  /** By which it is found out that they were counted before: one for each that has an id. */
  readonly keys: readonly number[];
}

/** A call of the function, with one event or a batch. */
export interface ExaminedCall extends Invocation {
  /** One for each event, in order. */
  readonly examined: readonly Examined[];
}

export interface Surveyor {
  /**
   * @param texts the events' JSON.
   * @param onCall takes each call after it has ended.
   */
  readonly survey: (
    texts: readonly string[],
    onCall?: (call: ExaminedCall) => Promise<void> | void,
  ) => Promise<Surveyed>;
}

/**
 * Makes a local Segment that holds the function, against a local TikTok of its own or the real one.
 *
 * @throws Error if the settings cannot work.
 */
export function createSurveyor(options: SurveyorOptions): Surveyor {
  const { code, functionName, isLive, batch, now, startedAt, keepsIds } = options;
  const configuration = configure(options.settings);
  if (isFailure(configuration)) throw new Error(configuration.reason.problems.join('; '));
  const { accessToken } = configuration.settings;
  const keys = collectKeys();
  const { segment, tiktok } = createEnvironment({
    code,
    functionName,
    configuration,
    isLive,
    keys,
    // It does not change its events, and copying them takes longer than reading them.
    givesCopies: false,
    ...(now !== undefined && { globals: stoppedAt(now) }),
  });
  const examine = createExaminer(configuration);
  const find = createFinder(configuration.settings);
  const settings = segment.parse(JSON.stringify(options.settings));
  let findings = createKinds<Finding>();

  return {
    async survey(texts, onCall = () => undefined) {
      if (findings.list.length > REMEMBERED) findings = createKinds();
      const events: number[] = [];
      const own = createPacker();
      const ids = new Map<number, string>();
      const countedBefore = tiktok?.total() ?? 0;
      let [requests, bytes] = [0, 0];
      for (let start = 0; start < texts.length; start += batch) {
        const handedOver = texts.slice(start, start + batch).map(segment.parse);
        const { results, ...invocation } = await handOver(segment, handedOver, settings, batch);
        const examined = results.map((result, index) => examine(handedOver[index], result, now));
        for (const one of examined) {
          const { place, isNew } = findings.add(find(one, startedAt));
          const id = isNew || keepsIds ? showId(one.event, accessToken) : '';
          if (id !== '') ids.set(events.length, id);
          events.push(place);
          own.add(one);
        }
        requests += invocation.traces.length;
        for (const { request } of invocation.traces) bytes += Buffer.byteLength(request.body);
        await onCall({ ...invocation, examined });
      }
      return {
        findings: findings.list,
        events,
        own: own.pack(),
        ids,
        requests,
        bytes,
        counted: tiktok && tiktok.total() - countedBefore,
        keys: keys.take(),
      };
    },
  };
}

/** How many different findings are remembered, and a few more; events of a month have some hundred. */
const REMEMBERED = 1000;

/** Tells values apart by their JSON. */
function createKinds<Value>() {
  const places = new Map<string, number>();
  const list: Value[] = [];
  return {
    /** The different values, in the order in which they came. */
    list,
    /** Gives a value's place among these, and whether it has not come before. */
    add(value: Value): { readonly place: number; readonly isNew: boolean } {
      const key = JSON.stringify(value);
      const known = places.get(key);
      const place = known ?? list.push(value) - 1;
      if (known === undefined) places.set(key, place);
      return { place, isNew: known === undefined };
    },
  };
}

/** Calls the batch handler as Segment does; or, for batches of 1, the handler of the event's type. */
export async function handOver(
  segment: Runtime,
  events: readonly unknown[],
  settings: unknown,
  batch: number,
): Promise<BatchCall> {
  if (batch > 1) return segment.sendBatch(events, settings);
  const call = await segment.send(events[0], settings);
  return { ...call, results: [call] };
}

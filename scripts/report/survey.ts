// Sends the events of files through the function, in several threads if there are many, and counts what becomes of them.
import { availableParallelism } from 'node:os';
import type { Configuration } from '../../lib/configuration/configure';
import { isFailure } from '../../lib/result';
import { InputError } from '../cli/command';
import type { Entry, Input } from '../input/json';
import { createKeys } from '../local/tiktok/keys';
import type { EventsBehind } from './behind';
import { exampleAt } from './example';
import type { Finding } from './finding';
import { openSurveyor, type ExaminedCall, type Surveyed, type SurveyorOptions } from './surveyor';
import { createTally, type Report, type Tally } from './tally';
import { openThreads, type Threads } from './threads';

/** A call of the function, with one event or a batch. */
export interface SurveyedCall extends ExaminedCall {
  readonly inputs: readonly Input[];
}

export interface SurveyOptions
  extends
    Omit<SurveyorOptions, 'now' | 'startedAt' | 'examples' | 'isLive'>,
    Partial<Pick<SurveyorOptions, 'isLive'>> {
  readonly events: AsyncIterable<Entry>;
  /** The settings, as the function reads them. */
  readonly configuration: Configuration;
  /** The time of handling in milliseconds, the same for all events; the machine's by default. */
  readonly now?: number | undefined;
  /** How many events are remembered behind each number of the report; none by default. */
  readonly kept?: number;
  /** Takes what the report counts of each event, in their order. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
  /** Is given the number of events that were counted since the last time. */
  readonly onProgress?: (events: number) => Promise<void> | void;
  /**
   * Takes each call after it has ended. The details of calls stay in the thread that makes them: with this there is only
   * one.
   *
   * @param counted how many TikTok events TikTok counted of it, if that is known.
   */
  readonly onCall?: ((call: SurveyedCall, counted: number | undefined) => Promise<void> | void) | undefined;
  readonly threads?: ThreadPlan;
}

/** How the work is shared. */
export interface ThreadPlan {
  /** How many threads there are besides this one; fewer than two are not worth it. */
  readonly count: number;
  /** So many events this thread handles itself before it starts the others: that takes about as long as these. */
  readonly alone: number;
  /** How many events a thread is given at a time, at least: as many as fill whole batches. */
  readonly chunk: number;
}

/** More threads than these would take more than 400 MB of memory. */
const MOST_THREADS = 4;
const THREADS: ThreadPlan = {
  count: Math.min(availableParallelism(), MOST_THREADS),
  alone: 5000,
  chunk: 1000,
};
/** How many chunks are read for each thread: it never waits, and the memory for them ends somewhere. */
const CHUNKS_AHEAD = 2;

export interface Survey {
  readonly report: Report;
  /** The first events behind each number of it. */
  readonly behind: EventsBehind;
  /** How many conversions TikTok counted, if that is known. */
  readonly counted: number | undefined;
  /** The mistake in a file that ended it before the last event. */
  readonly error?: InputError;
}

/**
 * Sends events through the function, call after call. Events that were read before an error are sent and reported.
 *
 * @throws InputError if there was none before it.
 */
export async function survey({
  events,
  configuration: { settings },
  kept = 0,
  onFinding,
  onProgress = () => undefined,
  onCall,
  threads: plan = THREADS,
  ...given
}: SurveyOptions): Promise<Survey> {
  const options: SurveyorOptions = {
    isLive: false,
    now: undefined,
    ...given,
    startedAt: given.now ?? Date.now(),
    examples: Math.max(kept, 1),
  };
  const { batch } = options;
  const chunk = Math.ceil(plan.chunk / batch) * batch;
  const isShared = onCall === undefined && plan.count > 1;
  const tally = createTally(settings, kept);
  const counter = createCounter(tally, onFinding);
  const surveyor = await openSurveyor(options);
  let threads: Threads | undefined;
  let [handed, waiting]: [number, Input[]] = [0, []];
  /** What the threads have, in the order of the files. */
  const ahead: Given[] = [];
  let error: InputError | undefined;

  const isAlone = (): boolean => !isShared || handed < plan.alone;

  async function handOn(inputs: readonly Input[]): Promise<void> {
    if (inputs.length === 0) return;
    const isOwn = isAlone();
    handed += inputs.length;
    if (isOwn) await surveyHere(inputs);
    else await share(inputs);
  }

  async function surveyHere(inputs: readonly Input[]): Promise<void> {
    const calls: ExaminedCall[] = [];
    const surveyed = await surveyor.survey(
      inputs.map(({ event }) => event),
      (call) => {
        calls.push(call);
      },
    );
    const counted = await count(placesOf(inputs), surveyed);
    for (const call of calls) await onCall?.({ ...call, inputs }, counted);
  }

  async function share(inputs: readonly Input[]): Promise<void> {
    threads ??= await openThreads(plan.count, options);
    if (ahead.length === plan.count * CHUNKS_AHEAD) await countNext();
    const surveyed = threads.survey(inputs.map(({ text }) => text));
    // It is awaited when its turn comes.
    surveyed.catch(() => undefined);
    ahead.push({ places: placesOf(inputs), surveyed });
  }

  async function countNext(): Promise<void> {
    const next = ahead.shift();
    if (next !== undefined) await count(next.places, await next.surveyed);
  }

  async function count(places: Places, surveyed: Surveyed): Promise<number | undefined> {
    const counted = counter.add(surveyed, places);
    await onProgress(places.length);
    return counted;
  }

  /** Ends at the first mistake of a person's, and remembers it. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (!(thrown instanceof InputError)) throw thrown;
      error ??= thrown;
    }
  }

  try {
    await attempt(async () => {
      for await (const entry of events) {
        if (isFailure(entry)) {
          tally.skip(entry.reason);
          continue;
        }
        waiting.push(entry);
        if (waiting.length < (isAlone() ? batch : chunk)) continue;
        const inputs = waiting;
        waiting = [];
        await handOn(inputs);
      }
    });
    await attempt(async () => {
      await handOn(waiting);
      while (ahead.length > 0) await countNext();
    });
  } finally {
    await Promise.all([surveyor.close(), threads?.close()]);
  }
  const report = tally.report();
  if (error !== undefined && report.events === 0) throw error;
  return { report, behind: tally.behind(), counted: counter.counted(), ...(error && { error }) };
}

/** Where events stand. */
type Places = readonly Input['at'][];
const placesOf = (inputs: readonly Input[]): Places => inputs.map(({ at }) => at);

/** Events that a thread was given, and what it will answer. */
interface Given {
  readonly places: Places;
  readonly surveyed: Promise<Surveyed>;
}

/** Adds up what became of events, which have to come in the order of the files. */
function createCounter(tally: Tally, onFinding: (finding: Finding) => void = () => undefined) {
  const known = createKeys();
  let total: number | undefined;
  return {
    /** @returns how many conversions TikTok counted that it had not counted before, if that is known. */
    add({ findings, events, ids, requests, bytes, counted, keys }: Surveyed, places: Places) {
      for (const [index, place] of events.entries()) {
        const finding = findings[place];
        if (finding === undefined) continue;
        tally.add(finding, () => exampleAt(places[index] ?? '', ids.get(index)));
        onFinding(finding);
      }
      tally.addRequests(requests, bytes);
      const again = keys.filter((key) => !known.add(key)).length;
      const added = counted === undefined ? undefined : counted - again;
      if (added !== undefined) total = (total ?? 0) + added;
      return added;
    },
    counted: () => total,
  };
}

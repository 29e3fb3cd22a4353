// Sends the events of files through the function, in several threads if there are many, and counts what becomes of them.
import { availableParallelism } from 'node:os';
import type { Configuration } from '../../lib/configuration/configure';
import type { EventMapping } from '../../lib/configuration/event-mappings';
import { keyOf } from '../../lib/configuration/key';
import { isFailure } from '../../lib/result';
import { InputError } from '../cli/command';
import type { Entry, Input } from '../input/json';
import { createKeys } from '../local/tiktok/keys';
import type { CountedEvent, EventsBehind } from './behind';
import { exampleAt } from './example';
import type { Finding } from './finding';
import { unpack } from './own-data';
import { createSurveyor, type ExaminedCall, type Surveyed, type SurveyorOptions } from './surveyor';
import { createTally, type Report, type Tally } from './tally';
import { openThreads, type Threads } from './threads';

/** A call of the function, with one event or a batch. */
export interface SurveyedCall extends ExaminedCall {
  readonly inputs: readonly Input[];
}

export interface SurveyOptions extends Pick<SurveyorOptions, 'code' | 'functionName' | 'settings' | 'batch'> {
  readonly events: AsyncIterable<Entry>;
  /** The settings, as the function reads them. */
  readonly configuration: Configuration;
  /** Whether the requests go to the real TikTok. */
  readonly isLive?: boolean;
  /** The time of handling in milliseconds, the same for all events; the machine's by default. */
  readonly now?: number | undefined;
  /** How many events are remembered behind each number of the report; none by default. */
  readonly kept?: number;
  /** Takes what the report counts of each event, in their order. @param event where it is. */
  readonly onFinding?: ((finding: Finding, event: () => CountedEvent) => void) | undefined;
  /** Is given the number of events that were counted since the last time. */
  readonly onProgress?: (events: number) => Promise<void> | void;
  /**
   * Takes each call after it has ended. With this, all of them are made in this thread.
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
  /** So many characters of events this thread handles itself: starting the others takes about as long. */
  readonly alone: number;
  /** So many characters a thread is given at a time, and a few more: as many as fill whole batches. */
  readonly chunk: number;
}

const THREADS: ThreadPlan = {
  // More of them take more memory: with two, a report of a million events takes up to 350 MB in all.
  count: Math.min(availableParallelism(), 2),
  alone: 5_000_000,
  chunk: 400_000,
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
  configuration,
  isLive = false,
  now,
  kept = 0,
  onFinding = () => undefined,
  onProgress = () => undefined,
  onCall,
  threads = THREADS,
  ...called
}: SurveyOptions): Promise<Survey> {
  const options = { ...called, isLive, now, startedAt: now ?? Date.now(), keepsIds: kept > 0 };
  const tally = createTally(configuration.settings, { kept, entries: ownEntries(configuration) });
  const counter = createCounter(tally, onFinding);
  const count: Count = async (surveyed, places) => {
    const counted = counter.add(surveyed, places);
    await onProgress(places.length);
    return counted;
  };
  const own = createOwnWork(options, count, onCall);
  const shared =
    onCall === undefined && threads.count > 1 ? createSharedWork(options, count, threads) : undefined;
  let work: Work = own;
  let characters = 0;
  let error: InputError | undefined;

  /** Ends at the first mistake of a person's, and remembers it. */
  async function attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
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
        characters += entry.text.length;
        if (!work.add(entry)) continue;
        await work.handOn();
        if (shared !== undefined && characters >= threads.alone) work = shared;
      }
    });
    await attempt(() => work.end());
  } finally {
    await shared?.close();
  }
  const report = tally.report();
  if (error !== undefined && report.events === 0) throw error;
  return { report, behind: tally.behind(), counted: counter.total(), ...(error && { error }) };
}

/** The entries of the setting Event Mappings that send something. */
const ownEntries = ({ settings, plans }: Configuration): readonly EventMapping[] => {
  const keys = new Set(Object.keys(settings.eventMappings).map(keyOf));
  return plans
    .all()
    .flatMap(({ mapping }) => (keys.has(mapping.key) && mapping.names.length > 0 ? [mapping] : []));
};

/** Where events stand. */
type Places = readonly Input['at'][];

/** Counts what became of events, which have to come in the order of the files. */
type Count = (surveyed: Surveyed, places: Places) => Promise<number | undefined>;

function createCounter(tally: Tally, onFinding: NonNullable<SurveyOptions['onFinding']>) {
  const known = createKeys();
  let number = 0;
  let total: number | undefined;
  return {
    /** @returns how many conversions TikTok counted that it had not counted before, if that is known. */
    add({ findings, events, own, ids, requests, bytes, counted, keys }: Surveyed, places: Places) {
      const takeOwn = unpack(own);
      for (const [index, place] of events.entries()) {
        const finding = findings[place];
        if (finding === undefined) continue;
        const example = () => exampleAt(places[index] ?? '', ids.get(index));
        const event = { index: number, name: finding.name };
        number += 1;
        tally.add(finding, example, takeOwn);
        onFinding(finding, () => ({ ...event, ...example() }));
      }
      tally.addRequests(requests, bytes);
      if (counted === undefined) return undefined;
      const again = keys.filter((key) => !known.add(key)).length;
      total = (total ?? 0) + counted - again;
      return counted - again;
    },
    total: () => total,
  };
}

/** Takes events, and has them surveyed. */
interface Work {
  /** @returns whether there are enough to {@link handOn}. */
  readonly add: (input: Input) => boolean;
  /** Hands on what was added; it need not have been counted when this resolves. */
  readonly handOn: () => Promise<void>;
  /** Hands on the rest, and waits until everything was counted. */
  readonly end: () => Promise<void>;
}

/** The work of this thread: call after call. */
function createOwnWork(options: SurveyorOptions, count: Count, onCall: SurveyOptions['onCall']): Work {
  const surveyor = createSurveyor(options);
  let waiting: Input[] = [];

  async function handOn(): Promise<void> {
    const inputs = waiting;
    waiting = [];
    const calls: ExaminedCall[] = [];
    const surveyed = await surveyor.survey(
      inputs.map(({ text }) => text),
      (call) => {
        calls.push(call);
      },
    );
    const counted = await count(
      surveyed,
      inputs.map(({ at }) => at),
    );
    for (const call of calls) await onCall?.({ ...call, inputs }, counted);
  }

  return {
    add: (input) => waiting.push(input) === options.batch,
    handOn,
    async end() {
      if (waiting.length > 0) await handOn();
    },
  };
}

/** The work of threads, which are started for the first events. */
function createSharedWork(
  options: SurveyorOptions,
  count: Count,
  plan: ThreadPlan,
): Work & { readonly close: () => Promise<void> } {
  let threads: Threads | undefined;
  let [texts, places, characters]: [string[], string[], number] = [[], [], 0];
  /** What the threads were given, in this order. */
  const ahead: { readonly places: Places; readonly surveyed: Promise<Surveyed> }[] = [];

  async function countNext(): Promise<void> {
    const next = ahead.shift();
    if (next !== undefined) await count(await next.surveyed, next.places);
  }

  async function handOn(): Promise<void> {
    threads ??= await openThreads(plan.count, options);
    if (ahead.length === plan.count * CHUNKS_AHEAD) await countNext();
    const surveyed = threads.survey(texts);
    // An error is thrown when the turn of these events comes.
    surveyed.catch(() => undefined);
    ahead.push({ places, surveyed });
    [texts, places, characters] = [[], [], 0];
  }

  return {
    // Not the event itself: it takes more memory than its text.
    add({ text, at }) {
      texts.push(text);
      places.push(at);
      characters += text.length;
      return characters >= plan.chunk && texts.length % options.batch === 0;
    },
    handOn,
    async end() {
      if (texts.length > 0) await handOn();
      while (ahead.length > 0) await countNext();
    },
    async close() {
      await threads?.close();
    },
  };
}

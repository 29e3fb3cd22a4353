// Hands events to the function as Segment would, and counts what becomes of them.
import type { Configuration } from '../../lib/configuration/configure';
import { isFailure } from '../../lib/result';
import { InputError } from '../cli/command';
import type { Entry, Input } from '../input/json';
import type { BatchCall, Invocation, Runtime } from '../local/segment/runtime';
import { createExaminer, type Examined } from './examine';
import type { EventsBehind } from './behind';
import { exampleOf } from './example';
import { createFinder } from './finding';
import { createTally, type Report } from './tally';

/** A call of the function, with one event or a batch. */
export interface SurveyedCall extends Invocation {
  readonly inputs: readonly Input[];
  /** One for each event, in order. */
  readonly examined: readonly Examined[];
}

export interface SurveyOptions {
  readonly events: AsyncIterable<Entry>;
  readonly segment: Runtime;
  /** As Segment hands them to the function. */
  readonly settings: object;
  /** The same settings, as the function reads them. */
  readonly configuration: Configuration;
  /** How many events Segment hands over in a call; 1 calls the single handlers. */
  readonly batch: number;
  /** The time of handling in milliseconds, the same for all events; the machine's by default. */
  readonly now?: number | undefined;
  /** How many events are remembered behind each number of the report; none by default. */
  readonly kept?: number;
  /** Takes each call after it has ended. */
  readonly onCall?: (call: SurveyedCall) => Promise<void> | void;
}

export interface Survey {
  readonly report: Report;
  /** The first events behind each number of it. */
  readonly behind: EventsBehind;
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
  segment,
  settings,
  configuration,
  batch,
  now,
  kept = 0,
  onCall = () => undefined,
}: SurveyOptions): Promise<Survey> {
  const examine = createExaminer(configuration);
  const find = createFinder(configuration.settings);
  const tally = createTally(configuration.settings, kept);
  let waiting: Input[] = [];
  let error: InputError | undefined;

  async function send(inputs: readonly Input[]): Promise<void> {
    if (inputs.length === 0) return;
    const payloads = inputs.map(({ event }) => event);
    const { results, ...invocation } = await handOver(segment, payloads, settings, batch);
    const examined = results.flatMap((result, index) => {
      const input = inputs[index];
      if (input === undefined) return [];
      const found = examine(input.event, result, now);
      tally.add(find(found, now), () => exampleOf(input.event, input.at, configuration.settings.accessToken));
      return [found];
    });
    const bodies = invocation.traces.map(({ request }) => Buffer.byteLength(request.body));
    tally.addRequests(
      bodies.length,
      bodies.reduce((sum, bytes) => sum + bytes, 0),
    );
    await onCall({ ...invocation, inputs, examined });
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

  await attempt(async () => {
    for await (const entry of events) {
      if (isFailure(entry)) {
        tally.skip(entry.reason);
        continue;
      }
      waiting.push(entry);
      if (waiting.length === batch) {
        const inputs = waiting;
        waiting = [];
        await send(inputs);
      }
    }
  });
  await attempt(() => send(waiting));
  const report = tally.report();
  if (error !== undefined && report.events === 0) throw error;
  return { report, behind: tally.behind(), ...(error && { error }) };
}

/** Calls the batch handler as Segment does; or, for batches of 1, the handler of the event's type. */
export async function handOver(
  segment: Runtime,
  events: readonly unknown[],
  settings: object,
  batch: number,
): Promise<BatchCall> {
  if (batch > 1) return segment.sendBatch(events, settings);
  const call = await segment.send(events[0], settings);
  return { ...call, results: [call] };
}

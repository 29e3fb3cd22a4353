// Hands events to the function as Segment would, and counts what becomes of them.
import type { Input } from '../input/events';
import { InputError } from '../cli/command';
import type { Invocation, Result, Runtime } from '../local/segment/runtime';
import { createTally, type Report } from './tally';

/** A call of the function, with one event or a batch. */
export interface SurveyedCall extends Invocation {
  readonly inputs: readonly Input[];
  /** One for each event, in order. */
  readonly results: readonly Result[];
}

export interface SurveyOptions {
  readonly events: AsyncIterable<Input>;
  readonly segment: Runtime;
  readonly settings: object;
  /** How many events Segment hands over in a call; 1 calls the single handlers. */
  readonly batch: number;
  /** Takes each call after it has ended. */
  readonly onCall?: (call: SurveyedCall) => Promise<void> | void;
}

export interface Survey {
  readonly report: Report;
  /** The mistake in a file that ended it before the last event. */
  readonly error?: InputError;
}

/** Sends events through the function, call after call. Events that were read before an error are sent and reported. */
export async function survey({
  events,
  segment,
  settings,
  batch,
  onCall = () => undefined,
}: SurveyOptions): Promise<Survey> {
  const tally = createTally(settings);
  let waiting: Input[] = [];
  let error: InputError | undefined;

  async function send(inputs: readonly Input[]): Promise<void> {
    if (inputs.length === 0) return;
    const payloads = inputs.map(({ event }) => event);
    const call =
      batch === 1
        ? await segment.send(payloads[0], settings).then((single) => ({ ...single, results: [single] }))
        : await segment.sendBatch(payloads, settings);
    for (const [index, input] of inputs.entries()) {
      const result = call.results[index];
      if (result !== undefined) tally.add(input, result);
    }
    call.traces.forEach(tally.addRequest);
    await onCall({ ...call, inputs });
  }

  try {
    for await (const input of events) {
      waiting.push(input);
      if (waiting.length === batch) {
        const inputs = waiting;
        waiting = [];
        await send(inputs);
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    error = thrown;
  }
  await send(waiting);
  return { report: tally.report(), ...(error && { error }) };
}

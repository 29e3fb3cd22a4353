// Events go through the function as Segment would hand them over, and are counted as they go.
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
  /** Is given each call when it has ended. */
  readonly onCall?: (call: SurveyedCall) => Promise<void> | void;
}

export interface Survey {
  readonly report: Report;
  /** What ended it before the last event: a mistake in a file. */
  readonly error?: InputError;
}

/** Sends events through the function, call after call. What was read until an error is sent and reported. */
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
        ? await segment.send(payloads[0], settings).then((one) => ({ ...one, results: [one] }))
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

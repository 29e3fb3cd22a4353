// A call of the function in a workspace: one event to its handler, or an array of them to the batch handler.
import { configure } from '../../../lib/configuration/configure';
import { isFailure } from '../../../lib/result';
import { ownProperty } from '../../../lib/values/json';
import { FUNCTION_NAME } from '../../cli/project';
import { createRuntime, type BatchCall, type Runtime } from '../../local/segment/runtime';
import { HOST } from '../../local/tiktok/names';
import { type TikTok } from '../../local/tiktok/server';
import type { Run, Values } from '../api';
import { describeResults } from '../received';
import { print } from './examples';

/** Where a call is made, and under which settings. */
export interface Place {
  readonly segment: Runtime;
  readonly tiktok: TikTok;
  readonly settings: Values;
}

/** A local Segment that holds the function, and whose function reaches this TikTok. */
export const openSegment = (code: string, tiktok: TikTok): Runtime =>
  createRuntime({ code, functionName: FUNCTION_NAME, routes: { [HOST]: tiktok.route } });

/** Calls the function, and describes what became of the event. */
export async function callFunction(
  event: unknown,
  from: Run['from'],
  { segment, tiktok, settings }: Place,
): Promise<Omit<Run, 'id'>> {
  const at = new Date().toISOString();
  const configuration = configure(settings);
  const isBatch = Array.isArray(event);
  const events: readonly unknown[] = isBatch ? event : [event];
  const { results, ...invocation } = isBatch
    ? await segment.sendBatch(events, settings)
    : await sendOne(segment, event, settings);
  return {
    at,
    from,
    json: print(event),
    isBatch,
    isPageCall: ownProperty(event, 'type') === 'page',
    results: describeResults(
      events,
      results,
      invocation.traces,
      isFailure(configuration) ? undefined : configuration,
      tiktok.counted,
    ),
    ...invocation,
  };
}

/** Calls the handler of an event's type, and gives the result in the form of a batch of one. */
async function sendOne(segment: Runtime, event: unknown, settings: Values): Promise<BatchCall> {
  const { outcome, error, ...invocation } = await segment.send(event, settings);
  return { results: [{ outcome, ...(error !== undefined && { error }) }], ...invocation };
}

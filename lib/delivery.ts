// A call as a whole: settings, TikTok events, requests, TikTok's verdicts, an outcome for each Segment event.
import { configure, type Configuration } from './configuration/configure';
import type { Settings } from './configuration/settings';
import { convert } from './conversion/convert';
import { logLeftOut, type Note } from './log';
import { moreSevere, type Outcome } from './outcome';
import { Failure, isFailure } from './result';
import { limitParallel } from './scheduler';
import { sendUntilDecided } from './splitting';
import { judge, type Verdict } from './tiktok/answer';
import { MAX_EVENTS, requestBody, type TikTokEvent } from './tiktok/payload';
import { post } from './tiktok/request';
import { isRecord } from './values/json';

/**
 * Milliseconds for a call. Segment ends one after 5 s and would not know then what was delivered; half a second is left
 * for an answer that comes at the last moment, and for what else runs on a busy machine.
 */
const BUDGET = 4500;
/**
 * No event is converted after this many milliseconds. Half of the budget is left for sending, so that each call decides
 * some of its events, however slow converting is; Segment tries the others again.
 */
const LAST_CONVERSION = BUDGET / 2;
/** No request is begun after this many milliseconds: its answer could hardly come in time. */
const LAST_REQUEST = 4000;
/** How many requests go side by side: enough to find the bad events of a batch in time, without flooding TikTok. */
const MAX_PARALLEL = 8;

/** Treated like a request that timed out. */
const OUT_OF_TIME = judge(new Failure({ message: 'The call ran out of time', isReset: false }), '');

/** A TikTok event, and the place of its Segment event in the call. */
interface Sendable {
  readonly index: number;
  readonly event: TikTokEvent;
}
/** The events of one request. */
type Batch = readonly Sendable[];
/** What one Segment event became. */
type Converted = readonly Sendable[];

/**
 * Delivers Segment events, as many as possible in one request. Whatever happens is an outcome: each event has one of its
 * own, in order, and one that TikTok refuses costs the others nothing.
 */
export async function deliver(
  events: readonly unknown[],
  givenSettings: unknown,
): Promise<readonly Outcome[]> {
  const started = Date.now();
  /** By the events' place; of those that are not decided by the end, `undecided` is the outcome. */
  const outcomes: Outcome[] = [];
  let undecided = OUT_OF_TIME.outcome;
  try {
    const configuration = configure(givenSettings);
    if (isFailure(configuration)) return events.map(configuration.reason.outcomeOf);
    const batches = fillBatches(convertEvents(events, configuration, started, outcomes));
    await sendBatches(batches, configuration.settings, started, outcomes);
  } catch (error) {
    undecided = fault(error);
  }
  for (const index of events.keys()) outcomes[index] ??= undecided;
  return outcomes;
}

/** Converts Segment events; of those that become no TikTok events, the outcomes are filled in. */
function convertEvents(
  events: readonly unknown[],
  { settings, plans }: Configuration,
  started: number,
  outcomes: Outcome[],
): readonly Converted[] {
  const converted: Converted[] = [];
  const notes: Note[] = [];
  for (const [index, event] of events.entries()) {
    if (Date.now() > started + LAST_CONVERSION) break;
    try {
      const result = convert(event, plans, settings, started);
      if (isFailure(result)) outcomes[index] = result.reason;
      else {
        converted.push(result.events.map((tiktokEvent) => ({ index, event: tiktokEvent })));
        if (result.refusal !== undefined) outcomes[index] = result.refusal;
        if (result.leftOut.length > 0) notes.push({ index, event, leftOut: result.leftOut });
      }
    } catch (error) {
      outcomes[index] = fault(error);
    }
  }
  if (settings.testEventCode !== undefined) logLeftOut(notes, settings);
  return converted;
}

/** As few requests as TikTok's limit allows; the TikTok events of one Segment event stay together if one can hold them. */
function fillBatches(converted: readonly Converted[]): readonly Batch[] {
  const batches: Sendable[][] = [];
  for (const sendables of converted) {
    let last = batches.at(-1);
    if (last === undefined || last.length + sendables.length > MAX_EVENTS) batches.push((last = []));
    for (const sendable of sendables) {
      if (last.length === MAX_EVENTS) batches.push((last = []));
      last.push(sendable);
    }
  }
  return batches;
}

/** Sends batches, and parts of those that TikTok refuses; the outcomes of all of their events are filled in. */
function sendBatches(
  batches: readonly Batch[],
  settings: Settings,
  started: number,
  outcomes: Outcome[],
): Promise<void> {
  const runLimited = limitParallel(MAX_PARALLEL);
  return sendUntilDecided(
    batches,
    (batch) => runLimited(() => send(batch, settings, started)),
    (batch, outcome) => {
      for (const { index } of batch) outcomes[index] = moreSevere(outcomes[index], outcome);
    },
  );
}

/** Gives TikTok's verdict on the events of a request; it does not reject. */
async function send(batch: Batch, settings: Settings, started: number): Promise<Verdict> {
  if (Date.now() > started + LAST_REQUEST) return OUT_OF_TIME;
  try {
    const data: TikTokEvent[] = [];
    // Not map(): V8 takes its result for an array with holes, which JSON.stringify reads more slowly.
    for (const { event } of batch) data.push(event);
    const body = requestBody(settings, data);
    const reply = await post(body, settings.accessToken, started + BUDGET);
    return judge(reply, settings.accessToken);
  } catch (error) {
    return { outcome: fault(error), mayDifferByEvent: false, words: '' };
  }
}

/** A fault of the function's own must not cost an event; the error's message may hold anything. */
const fault = (error: unknown): Outcome => ({
  kind: 'retry',
  message: `The function failed (${String(isRecord(error) && error['name'])}). Please report it.`,
});

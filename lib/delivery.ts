// From Segment events to their outcomes: settings, conversions, requests, TikTok's verdicts.
import { judge, type Verdict } from './answer';
import { convert, type Conversion } from './conversion';
import { compileMapping } from './mapping';
import { worse, type Outcome } from './outcome';
import { isRecord } from './record';
import { post } from './request';
import { readSettings } from './settings';

/** Milliseconds for a call; Segment ends one after 5 s, and would not know then what was delivered. */
const BUDGET = 4500;
/** Milliseconds after which no request is begun: a large one takes its time before it is on its way. */
const LAST_START = 4000;
/** TikTok's limit. */
const MAX_EVENTS = 1000;
/** How many requests go side by side. */
const PARALLEL = 8;

// As where no answer came in time.
const TIMEOUT = judge({ failure: 'The call ran out of time' }, '');

/** A TikTok event, and the place of its Segment event in the call. */
interface Sent {
  readonly index: number;
  readonly conversion: Conversion;
}

/**
 * Delivers Segment events, as many as can be in one request. Whatever happens is an outcome: each event has one of its
 * own, in order, and one that TikTok refuses costs the others nothing.
 */
export async function deliver(events: readonly unknown[], settings: unknown): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let otherwise: Outcome;
  try {
    otherwise = await decide(events, settings, outcomes, Date.now());
  } catch (error) {
    otherwise = fault(error);
  }
  return Array.from(events, (_, index) => outcomes[index] ?? otherwise);
}

/**
 * Fills in the outcomes that it can decide, by the events' index, and gives the one of all the others. Not `async`, which
 * would keep a frame of all its variables for each call.
 */
function decide(
  events: readonly unknown[],
  givenSettings: unknown,
  outcomes: Outcome[],
  now: number,
): Outcome | Promise<Outcome> {
  const settings = readSettings(givenSettings);
  if ('kind' in settings) return settings;
  const mapping = compileMapping(settings);
  if ('kind' in mapping) return mapping;

  const queue: Sent[][] = [];
  for (const [index, event] of events.entries()) {
    // What is converted is to be sent as well: however slow it goes, each call decides some.
    if (Date.now() > now + BUDGET / 2) break;
    try {
      const data = convert(event, mapping, settings, now);
      if ('kind' in data) outcomes[index] = data;
      else {
        let last = queue.at(-1);
        if (!last || last.length + data.length > MAX_EVENTS) queue.push((last = []));
        for (const conversion of data) last.push({ index, conversion });
      }
    } catch (error) {
      outcomes[index] = fault(error);
    }
  }
  const send = async (sent: readonly Sent[]): Promise<Verdict> => {
    if (Date.now() > now + LAST_START) return TIMEOUT;
    // https://business-api.tiktok.com/portal/docs?id=1771100865818625
    const body = JSON.stringify({
      event_source: 'offline',
      event_source_id: settings.eventSetId,
      partner_name: 'Segment',
      test_event_code: settings.testEventCode,
      data: sent.map(({ conversion }) => conversion),
    });
    return judge(await post(body, settings.accessToken, now + BUDGET), settings.accessToken);
  };
  let busy = 0;
  /** Sends the request that waits last, which is one of the smallest; each that ends makes way for two. */
  const sendNext = async (): Promise<void> => {
    const sent = busy < PARALLEL && queue.pop();
    if (!sent) return;
    busy += 1;
    const result: Outcome & Partial<Verdict> = await send(sent).catch(fault);
    busy -= 1;
    if (result.splits && sent.length > 1) {
      const middle = sent.length / 2;
      queue.push(sent.slice(middle), sent.slice(0, middle));
    } else {
      for (const { index } of sent) outcomes[index] = worse(outcomes[index], result);
    }
    await Promise.all([sendNext(), sendNext()]);
  };
  return Promise.all([...queue].map(sendNext)).then(() => TIMEOUT);
}

/** A fault of the function's own must not cost an event; the error's message may hold anything. */
const fault = (error: unknown): Outcome => ({
  kind: 'retry',
  message: `The function failed (${String(isRecord(error) && error['name'])}). Please report it.`,
});

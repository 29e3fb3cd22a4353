// What TikTok received in a call, told for each of the call's Segment events. Pure.
import { evaluate } from '../../lib/configuration/expression';
import { mappedName } from '../../lib/configuration/event-mappings';
import type { Plan, PlanFor } from '../../lib/configuration/plan';
import { isAccepted } from '../../lib/tiktok/answer';
import { ownProperty, parseJson } from '../../lib/values/json';
import { textOf } from '../../lib/values/text';
import { nameOf } from '../report/details';
import type { Result as Outcome } from '../local/segment/runtime';
import type { Trace } from '../local/segment/network';
import type { CountedEvent } from '../local/tiktok/ledger';
import { readRequest, type TikTokEvent } from '../local/tiktok/rules';
import type { Conversion, Result } from './api';
import { explain, matchesOf } from './explain';

/** A TikTok event that was sent, in however many requests. */
interface SentEvent {
  readonly event: TikTokEvent;
  isCounted: boolean;
}

/**
 * @param outcomes one for each event, in order.
 * @param planFor `undefined` if the settings are malformed: nothing was sent then.
 * @param counted all that TikTok has counted so far.
 */
export function describeResults(
  events: readonly unknown[],
  outcomes: readonly Outcome[],
  traces: readonly Trace[],
  planFor: PlanFor | undefined,
  counted: readonly CountedEvent[],
): readonly Result[] {
  const left = readSent(traces);
  const repeated = new Set(
    counted.filter(({ duplicates }) => duplicates > 0).map(({ event }) => keyOf(event)),
  );

  /** Takes those that belong to an event out of what is left. */
  function take(event: unknown, { outcome }: Outcome, { names, parameters }: Plan): readonly SentEvent[] {
    if (events.length === 1) return left;
    const { expression = [] } = parameters.event.find(({ field }) => field === 'event_id') ?? {};
    const id = textOf(evaluate(expression, event));
    return names.flatMap((name) => {
      // Without an id, those that were accepted stand in the order of the events that were delivered.
      const at = left.findIndex(
        ({ event: sent, isCounted }) =>
          sent.event === name &&
          (id === ''
            ? sent.event_id === undefined && isCounted && outcome === 'Delivered'
            : sent.event_id === id),
      );
      return at < 0 ? [] : left.splice(at, 1);
    });
  }

  return events.map((event, index) => {
    const outcome = outcomes[index] ?? { outcome: 'Bad Request' };
    const sent = planFor === undefined ? [] : take(event, outcome, planFor(mappedName(event)));
    const conversions = sent.map(({ event: received, isCounted }): Conversion => ({
      event: received.event,
      counted: !isCounted ? 'not counted' : repeated.has(keyOf(received)) ? 'again' : 'counted',
      matches: matchesOf(received),
      fields: planFor === undefined ? [] : explain(event, planFor, received),
    }));
    return { name: nameOf(event), ...outcome, conversions };
  });
}

/** Each TikTok event of these requests once, in the order of the first request with it. */
function readSent(traces: readonly Trace[]): SentEvent[] {
  const sent = new Map<string, SentEvent>();
  for (const { request, response } of traces) {
    const body = readRequest(request.body);
    const isCounted = isAccepted(ownProperty(parseJson(response?.body ?? ''), 'code'));
    for (const event of 'problem' in body ? [] : body.data) {
      const key = JSON.stringify(event);
      const known = sent.get(key) ?? { event, isCounted };
      known.isCounted ||= isCounted;
      sent.set(key, known);
    }
  }
  return [...sent.values()];
}

/** As TikTok knows events apart. */
const keyOf = ({ event, event_id }: TikTokEvent): string | undefined =>
  event_id === undefined ? undefined : JSON.stringify([event, event_id]);

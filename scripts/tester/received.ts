// What TikTok received in a call, told for each of the call's Segment events. Pure.
import { evaluate } from '../../lib/expression';
import type { Mapping } from '../../lib/mapping';
import { own, parseJson } from '../../lib/record';
import { textOf } from '../../lib/values';
import { nameOf } from '../report/details';
import type { Result as Outcome } from '../segment/runtime';
import type { Trace } from '../segment/network';
import type { CountedEvent } from '../tiktok/ledger';
import { readRequest, type TikTokEvent } from '../tiktok/rules';
import type { Conversion, Result } from './api';
import { explain, mappedName, matchesOf } from './explain';

/** A TikTok event that was sent, in however many requests. */
interface Sent {
  readonly event: TikTokEvent;
  isAccepted: boolean;
}

/**
 * @param outcomes one for each event, in order.
 * @param mapping `undefined` where the settings are malformed: nothing was sent then.
 * @param counted all that TikTok has counted so far.
 */
export function describeResults(
  events: readonly unknown[],
  outcomes: readonly Outcome[],
  traces: readonly Trace[],
  mapping: Mapping | undefined,
  counted: readonly CountedEvent[],
): readonly Result[] {
  const left = readSent(traces);
  const repeated = new Set(
    counted.filter(({ duplicates }) => duplicates > 0).map(({ event }) => keyOf(event)),
  );

  /** Takes those that belong to an event out of what is left. */
  function take(event: unknown, { outcome }: Outcome, { names, plan }: ReturnType<Mapping>): readonly Sent[] {
    if (events.length === 1) return left;
    const source = plan.groups['']?.find(({ field }) => field === 'event_id')?.source ?? [];
    const id = textOf(evaluate(source, event));
    return names.flatMap((name) => {
      // Without an id, those that were accepted stand in the order of the events that were delivered.
      const at = left.findIndex(
        ({ event: sent, isAccepted }) =>
          sent.event === name &&
          (id === ''
            ? sent.event_id === undefined && isAccepted && outcome === 'Delivered'
            : sent.event_id === id),
      );
      return at < 0 ? [] : left.splice(at, 1);
    });
  }

  return events.map((event, index) => {
    const outcome = outcomes[index] ?? { outcome: 'Bad Request' };
    const sent = mapping === undefined ? [] : take(event, outcome, mapping(mappedName(event)));
    const conversions = sent.map(({ event: received, isAccepted }): Conversion => ({
      event: received.event,
      counted: !isAccepted ? 'not counted' : repeated.has(keyOf(received)) ? 'again' : 'counted',
      matches: matchesOf(received),
      fields: mapping === undefined ? [] : explain(event, mapping, received),
    }));
    return { name: nameOf(event), ...outcome, conversions };
  });
}

/** Each TikTok event of these requests once, in the order of the first request with it. */
function readSent(traces: readonly Trace[]): Sent[] {
  const sent = new Map<string, Sent>();
  for (const { request, response } of traces) {
    const body = readRequest(request.body);
    const isAccepted = own(parseJson(response?.body ?? ''), 'code') === 0;
    for (const event of 'problem' in body ? [] : body.data) {
      const key = JSON.stringify(event);
      const known = sent.get(key) ?? { event, isAccepted };
      known.isAccepted ||= isAccepted;
      sent.set(key, known);
    }
  }
  return [...sent.values()];
}

/** As TikTok knows events apart. */
const keyOf = ({ event, event_id }: TikTokEvent): string | undefined =>
  event_id === undefined ? undefined : JSON.stringify([event, event_id]);

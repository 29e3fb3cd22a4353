// What TikTok received of each Segment event of a call. Pure.
import type { Configuration } from '../../lib/configuration/configure';
import { keyOf } from '../../lib/configuration/key';
import { partsOf } from '../../lib/configuration/parameter-mappings';
import type { Plan } from '../../lib/configuration/plan';
import type { Conversion as Converted } from '../../lib/conversion/convert';
import { describeLeftOut } from '../../lib/parameters/reasons';
import { isAccepted } from '../../lib/tiktok/answer';
import { ownProperty, parseJson } from '../../lib/values/json';
import type { Trace } from '../local/segment/network';
import { FATE_OF } from '../local/segment/outcomes';
import type { Result as RuntimeResult } from '../local/segment/runtime';
import type { CountedEvent } from '../local/tiktok/ledger';
import { readRequest, type TikTokEvent } from '../local/tiktok/rules';
import { createExaminer } from '../report/examine';
import { nameOf } from '../report/name';
import type { Conversion, Result } from './api';
import { explain, matchesOf, NO_VALUE } from './explain';

/** A TikTok event that was sent, in however many requests. */
interface SentEvent {
  readonly event: TikTokEvent;
  isCounted: boolean;
}

/**
 * @param results one for each event, in order.
 * @param configuration `undefined` if the settings are malformed: nothing was sent then.
 * @param counted all that TikTok has counted so far.
 */
export function describeResults(
  events: readonly unknown[],
  results: readonly RuntimeResult[],
  traces: readonly Trace[],
  configuration: Configuration | undefined,
  counted: readonly CountedEvent[],
): readonly Result[] {
  const left = readSent(traces);
  const repeated = new Set(
    counted.filter(({ duplicates }) => duplicates > 0).map(({ event }) => deduplicationKey(event)),
  );

  /** Takes those that belong to an event out of what is left. */
  function take({ outcome }: RuntimeResult, converted: Converted): readonly SentEvent[] {
    if (events.length === 1) return left;
    return converted.events.flatMap((expected) => {
      // Without an id, those that were accepted stand in the order of the events that were delivered.
      const at = left.findIndex(
        ({ event: sent, isCounted }) =>
          sent.event === expected.event &&
          sent.event_id === expected['event_id'] &&
          (sent.event_id !== undefined || (isCounted && outcome === 'Delivered')),
      );
      return at < 0 ? [] : left.splice(at, 1);
    });
  }

  const examine = configuration && createExaminer(configuration);
  return events.map((event, index) => {
    const result = results[index] ?? { outcome: 'Bad Request' };
    const examined = examine?.(event, result);
    const converted = examined?.converted;
    const sent = converted === undefined ? [] : take(result, converted);
    const conversions = sent.map(({ event: received, isCounted }): Conversion => {
      const plan = examined?.plans.find(({ mapping }) => mapping.names.includes(received.event));
      return {
        event: received.event,
        counted: !isCounted ? 'not counted' : repeated.has(deduplicationKey(received)) ? 'again' : 'counted',
        matches: matchesOf(received),
        fields: plan
          ? explain(event, plan, received, converted?.leftOut ?? [], mappedFor(plan, configuration))
          : [],
      };
    });
    const leftOut = examined?.leftOut.map(describeLeftOut) ?? [];
    const withoutValue = conversions
      .flatMap(({ fields }) => fields)
      .filter(({ reason }) => reason === NO_VALUE)
      .map(({ parameter, source }) => `${parameter}: ${source} has ${NO_VALUE}`);
    return {
      name: nameOf(event),
      ...result,
      fate: examined?.fate ?? FATE_OF[result.outcome],
      lacksContact: examined?.cause?.reason === 'no_contact',
      leftOut: [...new Set([...leftOut, ...withoutValue])],
      conversions,
    };
  });
}

/** The parameters that the settings map for the conversions of an entry, in lower case. */
const mappedFor = ({ mapping }: Plan, configuration: Configuration | undefined): ReadonlySet<string> =>
  new Set(
    Object.keys(configuration?.settings.parameterMappings ?? {})
      .map((key) => partsOf(key.trim()))
      .filter(({ segmentEvent }) => segmentEvent === '' || keyOf(segmentEvent) === mapping.key)
      .map(({ name }) => name.toLowerCase()),
  );

/** Each TikTok event of these requests once, in the order of the first request with it. */
function readSent(traces: readonly Trace[]): SentEvent[] {
  const sent = new Map<string, SentEvent>();
  for (const { request, response } of traces) {
    const body = readRequest(request.body);
    const isCounted = isAccepted(ownProperty(parseJson(response?.body ?? ''), 'code'));
    for (const event of body.isValid ? body.data : []) {
      const key = JSON.stringify(event);
      const known = sent.get(key) ?? { event, isCounted };
      known.isCounted ||= isCounted;
      sent.set(key, known);
    }
  }
  return [...sent.values()];
}

/** As TikTok knows events apart. */
const deduplicationKey = ({ event, event_id }: TikTokEvent): string | undefined =>
  event_id === undefined ? undefined : JSON.stringify([event, event_id]);

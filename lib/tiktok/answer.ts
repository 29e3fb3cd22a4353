// What an answer of TikTok's means, and what helps.
// TikTok, "Events API 2.0": https://business-api.tiktok.com/portal/docs?id=1771100865818625
import type { Outcome, OutcomeKind } from '../outcome';
import { mask } from '../privacy/mask';
import { isFailure, type Failure } from '../result';
import { ownProperty, parseJson } from '../values/json';
import { ifMatches, textOf } from '../values/text';
import type { Answer, RequestFailure } from './request';

/** What an answer means for the events of its request, and what helps. */
interface Meaning {
  readonly kind: OutcomeKind;
  readonly advice: string;
  /** Whether it need not hold for each of several events: TikTok refuses all for one, or counts only some. */
  readonly mayDifferByEvent: boolean;
}

const DELIVERED: Meaning = { kind: 'delivered', advice: '', mayDifferByEvent: false };
const DELIVERED_IN_PART: Meaning = { kind: 'delivered', advice: '', mayDifferByEvent: true };
const EVENT_IS_WRONG: Meaning = {
  kind: 'invalid',
  advice: 'Change the event or Parameter Mappings',
  mayDifferByEvent: true,
};
const OPERATOR_MUST_ACT: Meaning = {
  kind: 'retry',
  advice:
    'Check Access Token and Event Set ID: the token must be valid and must be allowed to send to this event set',
  mayDifferByEvent: false,
};
/** Rate limits, TikTok's own trouble, the network, and whatever is not known. */
const TRY_LATER: Meaning = { kind: 'retry', advice: 'Segment tries again', mayDifferByEvent: false };

/** By TikTok's code, a row for each range of them. The first row that holds a code counts. */
const CODES: readonly (readonly [from: number, to: number, meaning: Meaning])[] = [
  [0, 0, DELIVERED],
  [20001, 20001, DELIVERED_IN_PART],
  // No permission for this event set.
  [40001, 40001, OPERATOR_MUST_ACT],
  [40000, 40099, EVENT_IS_WRONG],
  // Too many requests.
  [40100, 40100, TRY_LATER],
  [40133, 40133, TRY_LATER],
  // The token or the app: empty, expired, wrong, revoked.
  [40000, 49999, OPERATOR_MUST_ACT],
];

const meaningOfCode = (code: number): Meaning =>
  CODES.find(([from, to]) => code >= from && code <= to)?.[2] ?? TRY_LATER;

/** Whether TikTok's code says that events were accepted, all of them or a part. */
export const isAccepted = (code: unknown): boolean =>
  typeof code === 'number' && meaningOfCode(code).kind === 'delivered';

/** By the HTTP status, of a gateway in front of TikTok; any other but 2xx passes by itself. */
const STATUSES: ReadonlyMap<number, Meaning> = new Map([
  [400, EVENT_IS_WRONG],
  [401, OPERATOR_MUST_ACT],
  [403, OPERATOR_MUST_ACT],
  [413, EVENT_IS_WRONG],
  [422, EVENT_IS_WRONG],
]);

/** Fields of the request that are the same for all of its events. */
const REQUEST_FIELD = /event_source|test_event_code/;

/** TikTok's verdict on the events of a request, in words that may be shown. */
export interface Verdict extends Outcome {
  /** Whether several events have to be sent apart, for each to get a verdict of its own. */
  readonly mayDifferByEvent: boolean;
}

/**
 * Judges what came back. TikTok says "failed" with HTTP 200, so its own code decides; but success is not believed with a
 * status that denies it, and no event is given up for a status that passes by itself.
 */
export function judge(reply: Answer | Failure<RequestFailure>, token: string): Verdict {
  if (isFailure(reply)) return verdict(TRY_LATER, reply.reason.message);
  const { status, body } = reply;
  const byStatus = status >= 200 && status < 300 ? undefined : (STATUSES.get(status) ?? TRY_LATER);
  const answer = parseJson(body);
  const code = ownProperty(answer, 'code');
  if (typeof code !== 'number' || !Number.isInteger(code) || (byStatus && code < 40000))
    return verdict(byStatus ?? TRY_LATER, `TikTok answered HTTP ${status} without a verdict`);
  const words = mask(textOf(ownProperty(answer, 'message')), token);
  const requestId = textOf(ownProperty(answer, 'request_id')).replaceAll(token, '');
  return verdict(
    !byStatus || byStatus.kind === 'invalid' ? meaningOfAnswer(code, words) : byStatus,
    `TikTok answered "${words}" (code ${code}, request_id ${ifMatches(requestId, /^\w{1,50}$/) ?? ''})`,
  );
}

/** An event is not wrong if TikTok's words name what is the same for all of them. */
function meaningOfAnswer(code: number, words: string): Meaning {
  const meaning = meaningOfCode(code);
  return meaning.kind === 'invalid' && REQUEST_FIELD.test(words) ? OPERATOR_MUST_ACT : meaning;
}

const verdict = ({ kind, advice, mayDifferByEvent }: Meaning, what: string): Verdict => ({
  kind,
  message: `${what}. ${advice}.`,
  mayDifferByEvent,
});

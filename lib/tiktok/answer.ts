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

const DELIVERED: Meaning = { kind: 'delivered', advice: 'Nothing to do', mayDifferByEvent: false };
const DELIVERED_IN_PART: Meaning = { ...DELIVERED, mayDifferByEvent: true };
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

interface CodeRange {
  readonly from: number;
  readonly to: number;
  readonly meaning: Meaning;
}

/** By TikTok's code. The first row whose range holds a code applies; a code in none is tried again. */
const CODES: readonly CodeRange[] = [
  { from: 0, to: 0, meaning: DELIVERED },
  { from: 20001, to: 20001, meaning: DELIVERED_IN_PART },
  // No permission for this event set.
  { from: 40001, to: 40001, meaning: OPERATOR_MUST_ACT },
  // A parameter is wrong.
  { from: 40000, to: 40099, meaning: EVENT_IS_WRONG },
  // Too many requests.
  { from: 40100, to: 40100, meaning: TRY_LATER },
  // The token or the app: empty, expired, wrong, revoked.
  { from: 40101, to: 40105, meaning: OPERATOR_MUST_ACT },
  // Too many requests.
  { from: 40133, to: 40133, meaning: TRY_LATER },
  // Any other refusal.
  { from: 40000, to: 49999, meaning: OPERATOR_MUST_ACT },
];

/** Codes below this one report success, in whole or in part. */
const FIRST_ERROR_CODE = 40000;

const meaningOfCode = (code: number): Meaning =>
  CODES.find(({ from, to }) => code >= from && code <= to)?.meaning ?? TRY_LATER;

/** Whether TikTok's code says that events were accepted, all of them or a part. */
export const isAccepted = (code: unknown): boolean =>
  typeof code === 'number' && meaningOfCode(code).kind === 'delivered';

/** By the HTTP status, of a gateway in front of TikTok; any other but 2xx passes by itself. */
const MEANING_OF_STATUS: ReadonlyMap<number, Meaning> = new Map([
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
  if (isFailure(reply)) return toVerdict(TRY_LATER, reply.reason.message);
  const { status, body } = reply;
  const byStatus = status >= 200 && status < 300 ? undefined : (MEANING_OF_STATUS.get(status) ?? TRY_LATER);
  const answer = parseJson(body);
  const code = ownProperty(answer, 'code');
  if (typeof code !== 'number' || !Number.isInteger(code) || (byStatus && code < FIRST_ERROR_CODE))
    return toVerdict(byStatus ?? TRY_LATER, `TikTok answered HTTP ${status} without a verdict`);
  const words = mask(textOf(ownProperty(answer, 'message')), token);
  const requestId = textOf(ownProperty(answer, 'request_id')).replaceAll(token, '');
  return toVerdict(
    !byStatus || byStatus.kind === 'invalid' ? meaningOfAnswer(code, words) : byStatus,
    `TikTok answered "${words}" (code ${code}, request_id ${ifMatches(requestId, /^\w{1,50}$/) ?? ''})`,
  );
}

/** An event is not wrong if TikTok's words name what is the same for all of them. */
function meaningOfAnswer(code: number, words: string): Meaning {
  const meaning = meaningOfCode(code);
  return meaning.kind === 'invalid' && REQUEST_FIELD.test(words) ? OPERATOR_MUST_ACT : meaning;
}

const toVerdict = ({ kind, advice, mayDifferByEvent }: Meaning, what: string): Verdict => ({
  kind,
  message: `${what}. ${advice}.`,
  mayDifferByEvent,
});

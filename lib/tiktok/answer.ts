// What an answer of TikTok's means, and what helps.
// TikTok, "Events API 2.0": https://business-api.tiktok.com/portal/docs?id=1771100865818625
import type { Outcome, OutcomeKind } from '../outcome';
import { mask } from '../privacy/mask';
import { isFailure } from '../result';
import { ownProperty, parseJson } from '../values/json';
import { textOf } from '../values/text';
import type { Reply } from './request';

/** What becomes of an event, and what helps. */
interface Help {
  readonly kind: OutcomeKind;
  readonly advice: string;
}

/** What an answer means for the events of its request. */
interface Meaning extends Help {
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
const ACCESS_IS_WRONG: Meaning = {
  kind: 'retry',
  advice:
    'Check Access Token and Event Set ID: the token must be valid and must be allowed to send to this event set',
  mayDifferByEvent: false,
};
/** Rate limits, TikTok's own trouble, the network, and whatever is not known. */
const TRY_LATER: Meaning = { kind: 'retry', advice: 'Segment tries again', mayDifferByEvent: false };
/** It may be one event's fault or none's, so that the event is kept. */
const UNKNOWN_REFUSAL: Meaning = {
  kind: 'retry',
  advice: 'This function does not know the code, so Segment tries again',
  mayDifferByEvent: true,
};
/** TikTok's words name a field of the request that is the same for all of its events. */
const SETTINGS_ARE_WRONG: Help = {
  kind: 'retry',
  advice: 'Check Event Source, Event Set ID and Test Event Code',
};

/** By TikTok's code. */
const MEANING_OF_CODE: ReadonlyMap<number, Meaning> = new Map([
  [0, DELIVERED],
  [20001, DELIVERED_IN_PART],
  // A parameter is wrong.
  [40000, EVENT_IS_WRONG],
  [40002, EVENT_IS_WRONG],
  // No permission for this event set.
  [40001, ACCESS_IS_WRONG],
  // The token or the app: expired, empty, wrong, revoked.
  [40101, ACCESS_IS_WRONG],
  [40102, ACCESS_IS_WRONG],
  [40104, ACCESS_IS_WRONG],
  [40105, ACCESS_IS_WRONG],
  // Too many requests.
  [40016, TRY_LATER],
  [40100, TRY_LATER],
  [40132, TRY_LATER],
  [40133, TRY_LATER],
]);

/** Codes below this one report success, in whole or in part. */
const FIRST_ERROR_CODE = 40000;
/** The last code that says that TikTok refuses the request, rather than that it is in trouble itself. */
const LAST_REFUSAL_CODE = 49999;

function meaningOfCode(code: number): Meaning {
  const isRefusal = code >= FIRST_ERROR_CODE && code <= LAST_REFUSAL_CODE;
  return MEANING_OF_CODE.get(code) ?? (isRefusal ? UNKNOWN_REFUSAL : TRY_LATER);
}

/** Whether TikTok's code says that events were accepted, all of them or a part. */
export const isAccepted = (code: unknown): boolean =>
  typeof code === 'number' && meaningOfCode(code).kind === 'delivered';

/** By the HTTP status, of a gateway in front of TikTok; any other but 2xx passes by itself. */
const MEANING_OF_STATUS: ReadonlyMap<number, Meaning> = new Map([
  [400, EVENT_IS_WRONG],
  [401, ACCESS_IS_WRONG],
  [403, ACCESS_IS_WRONG],
  [413, EVENT_IS_WRONG],
  [422, EVENT_IS_WRONG],
]);

/** TikTok's verdict on the events of a request. */
export interface Verdict {
  /** What becomes of an event that was sent alone, and of several events if the verdict holds for each of them. */
  readonly outcome: Outcome;
  /** Whether several events have to be sent apart, for each to get a verdict of its own. */
  readonly mayDifferByEvent: boolean;
  /** What becomes of the events if the settings are wrong; `undefined` if TikTok's words do not say so. */
  readonly settingsOutcome?: Outcome;
  /** The beginning of TikTok's words as they came, to be searched and compared. They may hold anything: never shown. */
  readonly words: string;
}

/** Characters of TikTok's words that are searched: more than TikTok writes, and few enough to cost nothing. */
const MAX_WORDS = 10_000;
/** `_` and `-` may be in it, and `.`; anything else is not the id of a request. */
const REQUEST_ID = /^[\w.-]{1,100}$/;

/**
 * Judges what came back. TikTok says "failed" with HTTP 200, so its own code decides; but success is not believed with a
 * status that denies it, and no event is given up for a status that passes by itself.
 */
export function judge(reply: Reply, token: string): Verdict {
  if (isFailure(reply)) return toVerdict(TRY_LATER, reply.reason.message);
  const { status, body } = reply;
  const byStatus = status >= 200 && status < 300 ? undefined : (MEANING_OF_STATUS.get(status) ?? TRY_LATER);
  // trim() also removes a byte order mark, which a proxy may put before the JSON.
  const answer = parseJson(body.trim());
  const code = ownProperty(answer, 'code');
  if (typeof code !== 'number' || !Number.isInteger(code))
    return toVerdict(byStatus ?? TRY_LATER, `TikTok answered HTTP ${status} without a result code`);
  if (byStatus && code < FIRST_ERROR_CODE)
    return toVerdict(
      byStatus,
      `TikTok answered HTTP ${status} with code ${code}, which is not one of its error codes`,
    );
  if (code === 0) return ACCEPTED;
  const message = textOf(ownProperty(answer, 'message'));
  const request = showRequestId(textOf(ownProperty(answer, 'request_id')), token);
  return toVerdict(
    !byStatus || byStatus.kind === 'invalid' ? meaningOfCode(code) : byStatus,
    `TikTok answered "${mask(message, token)}" (code ${code}, ${request})`,
    message.slice(0, MAX_WORDS),
  );
}

function showRequestId(requestId: string, token: string): string {
  const isShown = REQUEST_ID.test(requestId) && (token === '' || !requestId.includes(token));
  return isShown ? `request_id ${requestId}` : 'no request_id';
}

function toVerdict(meaning: Meaning, what: string, words = ''): Verdict {
  const toOutcome = ({ kind, advice }: Help): Outcome => ({ kind, message: `${what}. ${advice}.` });
  const { kind, mayDifferByEvent } = meaning;
  const blamesSettings = mayDifferByEvent && kind !== 'delivered' && namesSettings(words);
  return {
    outcome: toOutcome(meaning),
    mayDifferByEvent,
    words,
    ...(blamesSettings && { settingsOutcome: toOutcome(SETTINGS_ARE_WRONG) }),
  };
}

/** The usual verdict. Its words are not read: they are shown nowhere, and decide nothing. */
const ACCEPTED = toVerdict(DELIVERED, 'TikTok accepted it');

/** Fields of the request that hold a setting: `event_source`, `event_source_id`; not `lead_event_source`, of an event. */
const SETTINGS_FIELD = /(?<![a-z]_)event_source|test_event_code/i;

/** Whether a text names such a field: TikTok's words, or what an event holds of its own and TikTok may echo. */
export const namesSettings = (text: string): boolean => SETTINGS_FIELD.test(text);

/** `data.3.event_id`, `data[3].event_id`, `index 3`: the forms are not documented. */
const INDEX = /\b(?:data[.[]{1,2}|index[\s:=[(]{0,3})(\d{1,4})\b/gi;

/**
 * The index of the event that TikTok's words name as the first bad one, counted from 0; `undefined` if they name none.
 * They may also hold an event's value, so what they name has to be verified.
 *
 * @param count how many events the request has.
 */
export const indexIn = (words: string, count: number): number | undefined =>
  [...words.matchAll(INDEX)].map(([, digits]) => Number(digits)).find((index) => index < count);

/** Whether two answers say the same, but for an index, a count or a time. */
export const sayTheSame = (one: Verdict, other: Verdict): boolean =>
  one.words.replace(/\d+/g, '') === other.words.replace(/\d+/g, '');

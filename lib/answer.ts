// What an answer of TikTok's means, and what helps.
// https://business-api.tiktok.com/portal/docs?id=1771100865818625
import type { Outcome } from './outcome';
import { mask } from './privacy';
import { own, parseJson } from './record';
import type { Reply } from './request';
import { matching, textOf } from './values';

interface Meaning {
  /** TikTok's codes with its words, and the HTTP statuses of answers without one. */
  readonly answers: RegExp;
  readonly kind: Outcome['kind'];
  /** What helps. */
  readonly advice: string;
}

/** The first that fits. The second does not where TikTok's words name what is the same for all events. */
const MEANINGS: readonly Meaning[] = [
  { answers: /^(?:0|20001) /, kind: 'delivered', advice: '' },
  {
    answers: /^(?:400(?!01)\d\d (?!.*(?:event_source|test_event_code))|HTTP 4(?:00|13|22)$)/s,
    kind: 'invalid',
    advice: 'Change the event or Parameter Mappings',
  },
  {
    answers: /^(?!40100|40133)(?:4\d{4} |HTTP 40[13]$)/,
    kind: 'retry',
    advice: 'Check Access Token and Event Set ID: the token must be valid and may send to this event set',
  },
];
/** Rate limits, TikTok's own trouble, the network, and whatever is not known. */
const LATER = { kind: 'retry', advice: 'Segment tries again' } as const;

const meaningOf = (answer: string) => MEANINGS.find(({ answers }) => answers.test(answer)) ?? LATER;

/** TikTok's verdict on a request, in words that may be shown. */
export interface Verdict extends Outcome {
  /** Whether it need not hold for each of several events: one is wrong, and TikTok counts none; or it counts some. */
  readonly splits: boolean;
}

/**
 * Judges what came back. TikTok says "failed" with HTTP 200, so its own code counts; but success is not believed with a
 * status that denies it, and no event is given up for a status that passes by itself.
 */
export function judge(reply: Reply, token: string): Verdict {
  if ('failure' in reply) return verdict(LATER, reply.failure);
  const status = `HTTP ${reply.status}`;
  const byStatus = status.startsWith('HTTP 2') ? undefined : meaningOf(status);
  const answer = parseJson(reply.body);
  const code = own(answer, 'code');
  if (typeof code !== 'number' || code % 1 !== 0 || (byStatus && code < 40000))
    return verdict(byStatus ?? LATER, `TikTok answered ${status} without a verdict`);
  const words = mask(textOf(own(answer, 'message')), token);
  const requestId = matching(textOf(own(answer, 'request_id')).replaceAll(token, ''), /^\w{1,50}$/) ?? '';
  return verdict(
    !byStatus || byStatus.kind === 'invalid' ? meaningOf(`${code} ${words}`) : byStatus,
    `TikTok answered "${words}" (code ${code}, request_id ${requestId})`,
    code === 20001,
  );
}

const verdict = (
  { kind, advice }: Pick<Meaning, 'kind' | 'advice'>,
  what: string,
  isPartial = false,
): Verdict => ({ kind, message: `${what}. ${advice}.`, splits: isPartial || kind === 'invalid' });

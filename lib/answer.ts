// What an answer of TikTok's means, and what helps.
// https://business-api.tiktok.com/portal/docs?id=1771100865818625
import { mask } from './privacy';
import { own } from './record';
import type { Reply } from './request';
import { textOf } from './values';

/**
 * What an answer says of a request, and what helps. `accepted`: all of it is counted. `partial`: some of it is.
 * `refused`: an event in it is wrong, and nothing is counted. `operator`: the events are as they should be, and someone
 * must mend something else. `later`: it passes by itself.
 */
const ADVICE = {
  accepted: '',
  partial: '',
  refused: 'Change the event, or its sources in Parameter Mappings',
  operator: 'Check Access Token and Event Set ID: the token must be valid and may send to this event set',
  later: 'Segment tries again',
} as const;
type Kind = keyof typeof ADVICE;

const KINDS: Readonly<Record<number, Kind>> = {
  0: 'accepted',
  20001: 'partial',
  40001: 'operator',
  40100: 'later',
  40133: 'later',
};

function kindOfCode(code: number): Kind {
  const group = Math.floor(code / 100);
  return KINDS[code] ?? (group === 400 ? 'refused' : group > 400 && group < 500 ? 'operator' : 'later');
}

function kindOfStatus(status: number): Kind {
  return [400, 413, 422].includes(status) ? 'refused' : [401, 403].includes(status) ? 'operator' : 'later';
}

/** TikTok's verdict on a request, in words that may be shown. */
export interface Verdict {
  readonly kind: Kind;
  readonly message: string;
}

/**
 * Judges what came back. TikTok says "failed" with HTTP 200, so its own code counts; but success is not believed with a
 * status that denies it, and no event is given up for a status that passes by itself.
 */
export function judge(reply: Reply, token: string): Verdict {
  if ('failure' in reply) return verdict('later', reply.failure);
  const { status } = reply;
  const answer = parse(reply.body);
  const code = own(answer, 'code');
  const byStatus = status >= 200 && status < 300 ? undefined : kindOfStatus(status);
  if (typeof code !== 'number' || !Number.isInteger(code) || (byStatus !== undefined && code < 40000)) {
    return verdict(byStatus ?? 'later', `TikTok answered HTTP ${String(status)} without a verdict`);
  }
  const words = mask(textOf(own(answer, 'message')) ?? '', token);
  const requestId = (textOf(own(answer, 'request_id')) ?? '').replaceAll(token, '');
  return verdict(
    byStatus === undefined || byStatus === 'refused' ? kindOfCode(code) : byStatus,
    `TikTok answered "${words}" (code ${String(code)}, request_id ${requestId})`,
  );
}

const verdict = (kind: Kind, what: string): Verdict => ({
  kind,
  message: `${what}. ${ADVICE[kind]}.`,
});

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

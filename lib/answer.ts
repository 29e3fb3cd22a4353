// What an answer of TikTok's means, and what helps.
// https://business-api.tiktok.com/portal/docs?id=1771100865818625
import { maskText } from './privacy';
import { own } from './record';
import type { Reply } from './request';
import { textOf } from './values';

/** What a person can do about it. */
const ADVICE = {
  accepted: 'All is well',
  partial: 'Change what it names',
  refused: 'Change what it names in the event, or where it comes from in Parameter Mappings',
  token: 'Put a new token from TikTok Events Manager into Access Token',
  permission: 'Check Event Set ID, and that the token in Access Token may send to it',
  operator: 'Mend what it names',
  later: 'Segment tries again',
} as const;

/** TikTok's verdict on a request, in words that may be shown. */
export interface Verdict {
  /**
   * `accepted`: all of it is counted. `partial`: some of it. `refused`: an event in it is wrong, and nothing of it is
   * counted. `token`, `permission`, `operator`: someone must mend them. `later`: it passes by itself.
   */
  readonly kind: keyof typeof ADVICE;
  readonly message: string;
}
/** By TikTok's code, or by the HTTP status of an answer that is not TikTok's. */
const KINDS: Readonly<Record<number, Verdict['kind']>> = {
  0: 'accepted',
  20001: 'partial',
  40001: 'permission',
  40100: 'later',
  40102: 'token',
  40104: 'token',
  40105: 'token',
  40133: 'later',
  400: 'refused',
  401: 'token',
  403: 'permission',
  413: 'refused',
  422: 'refused',
};

function kindOf(code: number): Verdict['kind'] {
  const hundreds = Math.floor(code / 100);
  // A 4xxxx that is no parameter error may be mended without changing the event, which is kept meanwhile.
  return (
    KINDS[code] ?? (hundreds === 400 ? 'refused' : hundreds > 400 && hundreds < 500 ? 'operator' : 'later')
  );
}

/**
 * Judges what came back. TikTok says "failed" with HTTP 200, so its own code counts where there is one; a good code
 * on a bad status is not believed.
 */
export function judge(reply: Reply, token: string): Verdict {
  if ('failure' in reply) return verdict('later', reply.failure);
  const { status } = reply;
  const answer = parse(reply.body);
  const code = own(answer, 'code');
  if (typeof code !== 'number' || !Number.isInteger(code) || (code === 0 && (status < 200 || status > 299))) {
    return verdict(kindOf(status), `TikTok answered HTTP ${String(status)} without its JSON`);
  }
  const said = (field: string) => maskText(textOf(own(answer, field)) ?? '', token);
  return verdict(
    kindOf(code),
    `TikTok answered "${said('message')}" (code ${String(code)}, request_id ${said('request_id')})`,
  );
}

const verdict = (kind: Verdict['kind'], what: string): Verdict => ({
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

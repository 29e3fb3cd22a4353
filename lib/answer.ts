// What an answer of TikTok's means, and what helps.
// https://business-api.tiktok.com/portal/docs?id=1771100865818625
import { maskText } from './privacy';
import { own } from './record';
import type { Reply } from './request';
import { textOf } from './values';

/** TikTok's verdict on a request, in words that may be shown. */
export interface Verdict {
  /**
   * `accepted`: all of it is counted. `partial`: some of it. `refused`: an event in it is wrong, and nothing of it is
   * counted. `operator`: the settings or TikTok's permissions must be mended. `later`: it passes by itself.
   */
  readonly kind: 'accepted' | 'partial' | 'refused' | 'operator' | 'later';
  readonly message: string;
}
/** What a person can do about it. */
const ADVICE = {
  accepted: '',
  partial: 'Change what the message names',
  refused: 'Change what the message names in the event, or where it comes from in Parameter Mappings',
  token: 'Make a new token in TikTok Events Manager and put it into Access Token (accessToken)',
  permission:
    'Check Event Set ID (eventSetId), and that the token in Access Token (accessToken) may send to it',
  operator: 'Mend what the message names',
  later: 'There is nothing to mend: Segment tries again',
} as const;
type Meaning = keyof typeof ADVICE;

const CODES: Readonly<Record<number, Meaning>> = {
  0: 'accepted',
  20001: 'partial',
  40001: 'permission',
  40100: 'later',
  40102: 'token',
  40104: 'token',
  40105: 'token',
  40133: 'later',
};

const STATUSES: Readonly<Record<number, Meaning>> = {
  400: 'refused',
  401: 'token',
  403: 'permission',
  413: 'refused',
  422: 'refused',
};

function meaningOf(code: number): Meaning {
  const hundreds = Math.floor(code / 100);
  // A 4xxxx that is no parameter error may be mended without changing the event, which is kept meanwhile.
  return (
    CODES[code] ?? (hundreds === 400 ? 'refused' : hundreds > 400 && hundreds < 500 ? 'operator' : 'later')
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
    return verdict(STATUSES[status] ?? 'later', `TikTok answered HTTP ${String(status)} without its JSON`);
  }
  const said = (field: string) => maskText(textOf(own(answer, field)) ?? 'none', token);
  return verdict(
    meaningOf(code),
    `TikTok answered "${said('message')}" (code ${String(code)}, request_id ${said('request_id')})`,
  );
}

function verdict(meaning: Meaning, what: string): Verdict {
  const isOperators = meaning === 'token' || meaning === 'permission';
  return { kind: isOperators ? 'operator' : meaning, message: `${what}. ${ADVICE[meaning]}.` };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

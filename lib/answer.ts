// What an answer of TikTok's means, and what helps.
// https://business-api.tiktok.com/portal/docs?id=1771100865818625
import { maskText } from './privacy';
import { own } from './record';
import type { Reply } from './request';

/** TikTok's verdict on a request, in words that may be shown. */
export interface Verdict {
  /**
   * `accepted`: all of it is counted. `partial`: some of it. `refused`: an event in it is wrong, and nothing of it is
   * counted. `operator`: the settings or TikTok's permissions must be mended. `later`: it passes by itself.
   */
  readonly kind: 'accepted' | 'partial' | 'refused' | 'operator' | 'later';
  readonly message: string;
}
type Meaning = readonly [kind: Verdict['kind'], advice: string];

const CHANGE_EVENT = 'Change what the message names in the event, or its source in Parameter Mappings';
const CHECK_TOKEN = 'Make a new token in TikTok Events Manager and put it into Access Token (accessToken)';
const CHECK_PERMISSION =
  'Check Event Set ID (eventSetId), and that the token in Access Token (accessToken) may send to this event set';
const WAIT = 'Nothing to mend: Segment tries again';

const CODES: Readonly<Record<number, Meaning>> = {
  0: ['accepted', ''],
  20001: ['partial', CHANGE_EVENT],
  40001: ['operator', CHECK_PERMISSION],
  40100: ['later', WAIT],
  40102: ['operator', CHECK_TOKEN],
  40104: ['operator', CHECK_TOKEN],
  40105: ['operator', CHECK_TOKEN],
  40133: ['later', WAIT],
};

const STATUSES: Readonly<Record<number, Meaning>> = {
  400: ['refused', CHANGE_EVENT],
  401: ['operator', CHECK_TOKEN],
  403: ['operator', CHECK_PERMISSION],
  413: ['refused', 'Send a smaller event'],
  422: ['refused', CHANGE_EVENT],
};

function meaningOfCode(code: number): Meaning {
  if (code >= 40000 && code < 40100) return CODES[code] ?? ['refused', CHANGE_EVENT];
  // What is no parameter error may be mended without changing the event, so the event is kept meanwhile.
  if (code >= 40100 && code < 50000) return CODES[code] ?? ['operator', 'Mend what the message names'];
  return CODES[code] ?? ['later', WAIT];
}

/**
 * Judges what came back. TikTok says "failed" with HTTP 200, so its own code counts where there is one; a good code
 * on a bad status is not believed.
 */
export function judge(reply: Reply, token: string): Verdict {
  if ('failure' in reply) return { kind: 'later', message: `${reply.failure}. ${WAIT}.` };
  const { status } = reply;
  const answer = parse(reply.body);
  const code = own(answer, 'code');
  if (typeof code === 'number' && Number.isInteger(code) && (code !== 0 || (status >= 200 && status < 300))) {
    const [kind, advice] = meaningOfCode(code);
    const words = maskText(String(own(answer, 'message') ?? 'no message'), token);
    const requestId = maskText(String(own(answer, 'request_id') ?? 'none'), token);
    return { kind, message: `TikTok answered "${words}" (code ${String(code)}, request_id ${requestId}). ${advice}.` };
  }
  const [kind, advice] = STATUSES[status] ?? ['later', WAIT];
  return { kind, message: `TikTok's host answered HTTP ${String(status)} without TikTok's JSON. ${advice}.` };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

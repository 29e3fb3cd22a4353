// The local TikTok of a workspace: it knows the credentials of the settings, and answers as it was asked to.
import { startTikTok, type TikTok } from '../../local/tiktok/server';
import type { State } from '../api';
import { answerOf, createRefusal, type AnswerName } from './answers';
import type { Credentials } from './settings';

export interface TikTokAccount {
  /** The TikTok that is open now. */
  readonly tiktok: () => TikTok;
  /** Opens another TikTok, which has counted nothing yet, in place of the one that is open. */
  readonly replace: (credentials: Credentials) => Promise<void>;
  readonly answer: () => AnswerName;
  readonly setAnswer: (name: AnswerName) => void;
  readonly totals: () => State['totals'];
  /** Says that a call of the function begins: each call may have an event of its own refused. */
  readonly beginCall: () => void;
  /** Says that no call of the function is left. */
  readonly endCalls: () => void;
}

export async function openAccount(credentials: Credentials): Promise<TikTokAccount> {
  const refusal = createRefusal();
  let answer: AnswerName = 'ok';
  let tiktok = await start(credentials);

  async function start(accepted: Credentials): Promise<TikTok> {
    return startTikTok({
      ...accepted,
      otherwise: () => answerOf(answer).misbehaviour,
      refuses: (event) => answerOf(answer).refusesFirst === true && refusal.refuses(event),
    });
  }

  return {
    tiktok: () => tiktok,
    async replace(changed) {
      await tiktok.close();
      tiktok = await start(changed);
    },
    answer: () => answer,
    setAnswer(name) {
      answer = name;
    },
    totals: () => ({ requests: tiktok.requests.length, counted: tiktok.counted.length }),
    beginCall: refusal.begin,
    endCalls: refusal.end,
  };
}

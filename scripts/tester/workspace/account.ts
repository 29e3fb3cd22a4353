// The local TikTok of a workspace: it knows the credentials of the settings, and answers as it was asked to.
import { startTikTok, type TikTok } from '../../local/tiktok/server';
import type { State } from '../api';
import { answerOf, createRefusal, type AnswerName } from './answers';
import type { Credentials } from './settings';

export async function openAccount(credentials: Credentials) {
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
    /** The TikTok that is open now. */
    tiktok: () => tiktok,
    /** Opens another TikTok, which has counted nothing yet, in place of the one that is open. */
    async replace(changed: Credentials): Promise<void> {
      await tiktok.close();
      tiktok = await start(changed);
    },
    answer: () => answer,
    setAnswer(name: AnswerName): void {
      answer = name;
    },
    totals: (): State['totals'] => ({ requests: tiktok.requests.length, counted: tiktok.counted.length }),
    /** Says that a call of the function begins: each call may have an event of its own refused. */
    beginCall: refusal.begin,
    /** Says that no call of the function is left. */
    endCalls: refusal.end,
  };
}

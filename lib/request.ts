// One request to TikTok, within a deadline and over connections that are kept.
import { own } from './record';

/** What came back, or why nothing did, in words that may be shown. */
export type Reply = { readonly status: number; readonly body: string } | { readonly failure: string };

const ENDPOINT = 'https://business-api.tiktok.com/open_api/v1.3/event/track/';

// Without an agent, node-fetch closes the connection after every request. It holds nothing of a workspace.
let agent: HttpsAgent | undefined;

/**
 * Posts JSON. What has no answer by the deadline is given up. A request that dies on a kept connection, which the
 * other side may have closed meanwhile, is sent once more on a fresh one; `event_id` makes that harmless.
 *
 * @param deadline a time in milliseconds, as `Date.now()` gives it.
 */
export async function post(body: string, token: string, deadline: number): Promise<Reply> {
  if (typeof https !== 'undefined') agent ??= new https.Agent({ keepAlive: true });
  const idle = idleConnections();
  const reply = await attempt(body, token, deadline);
  if (!('reset' in reply) || idle.length === 0 || Date.now() >= deadline) return reply;
  // As old as the one that died.
  for (const connection of idleConnections()) connection.destroy();
  return attempt(body, token, deadline);
}

function idleConnections(): readonly { destroy(): void }[] {
  return Object.values(agent?.freeSockets ?? {}).flatMap(
    (sockets) => sockets?.filter(({ destroyed }) => !destroyed) ?? [],
  );
}

type Attempt = Reply | { readonly failure: string; readonly reset: true };

async function attempt(body: string, token: string, deadline: number): Promise<Attempt> {
  const timeLeft = Math.max(1, deadline - Date.now());
  let timer: Timer | undefined;
  const timeout = new Promise<Attempt>((resolve) => {
    timer = setTimeout(() => {
      // The connection is still busy with the late answer: it is not for the next request.
      agent?.destroy();
      agent = undefined;
      resolve({ failure: 'TikTok did not answer in time' });
    }, timeLeft);
  });
  const answer = await Promise.race([exchange(body, token, timeLeft), timeout]);
  clearTimeout(timer);
  return answer;
}

async function exchange(body: string, token: string, timeout: number): Promise<Attempt> {
  let answering = false;
  try {
    const response = await fetch(ENDPOINT, {
      method: 'POST',
      headers: { 'Access-Token': token, 'Content-Type': 'application/json' },
      body,
      // A redirect would carry the token to another host.
      redirect: 'manual',
      timeout,
      agent,
    });
    answering = true;
    return { status: response.status, body: await response.text() };
  } catch (error) {
    // The message of the error may hold anything; its code is a word of Node.js.
    const code = String(own(error, 'code') ?? own(error, 'type') ?? 'no code');
    if (answering) return { failure: `TikTok's answer broke off (${code})` };
    const failure = `The connection to TikTok failed (${code})`;
    return code === 'ECONNRESET' || code === 'EPIPE' ? { failure, reset: true } : { failure };
  }
}

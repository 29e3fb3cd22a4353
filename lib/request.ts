// One request to TikTok, within a deadline and over connections that are kept.
import { own } from './record';

/** What came back, or why nothing did, in words that may be shown. */
export type Reply = Answer | Failed;
interface Answer {
  readonly status: number;
  readonly body: string;
  readonly reset?: never;
}
interface Failed {
  readonly failure: string;
  /** Whether the connection was closed before there was any answer. */
  readonly reset?: boolean;
}

// Without an agent, node-fetch closes the connection after every request. It holds nothing of a workspace.
let agent: HttpsAgent | undefined;

/**
 * Posts JSON. What has no answer by the deadline is given up. A request that dies on a kept connection, which the
 * other side may have closed meanwhile, is sent once more on a fresh one; `event_id` makes that harmless.
 *
 * @param deadline a time in milliseconds, as `Date.now()` gives it.
 */
export async function post(body: string, token: string, deadline: number): Promise<Reply> {
  if (!agent && typeof https !== 'undefined') agent = new https.Agent({ keepAlive: true });
  const [kept] = idle();
  const reply = await attempt(body, token, deadline);
  if (!kept || !reply.reset) return reply;
  // As old as the one that died.
  for (const connection of idle()) connection.destroy();
  return attempt(body, token, deadline);
}

const idle = () => Object.values(agent?.freeSockets ?? {}).flat();

function attempt(body: string, token: string, deadline: number): Promise<Reply> {
  const left = deadline - Date.now();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, left, { failure: 'TikTok did not answer in time' });
    void exchange(body, token, left)
      .then(resolve, reject)
      .then(() => {
        clearTimeout(timer);
      });
  });
}

// Redirects are not followed: one would carry the token to another host. The timeout ends a request that is given up.
async function exchange(body: string, token: string, timeout: number): Promise<Reply> {
  let response: FetchResponse | undefined;
  try {
    response = await fetch('https://business-api.tiktok.com/open_api/v1.3/event/track/', {
      method: 'POST',
      headers: { 'Access-Token': token, 'Content-Type': 'application/json' },
      body,
      redirect: 'manual',
      timeout,
      agent,
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    // The error's message may hold anything; its code is a word of Node.js.
    const code = String(own(error, 'code') ?? own(error, 'type'));
    const failure = response ? "TikTok's answer broke off" : 'The connection to TikTok failed';
    return { failure: `${failure} (${code})`, reset: !response && /^(?:ECONNRESET|EPIPE)$/.test(code) };
  }
}

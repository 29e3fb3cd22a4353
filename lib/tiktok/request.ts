// One request to TikTok, within a deadline and over connections that are kept.
import { Failure, isFailure } from '../result';
import { ownProperty } from '../values/json';

const ENDPOINT = 'https://business-api.tiktok.com/open_api/v1.3/event/track/';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Why nothing came back. */
interface RequestFailure {
  /** In words that may be shown. */
  readonly message: string;
  /** Whether the connection was closed before there was any answer. */
  readonly isReset: boolean;
}

export type Reply = Answer | Failure<RequestFailure>;

/**
 * Bytes of an answer that are read; TikTok's have some hundred. A longer one would fill the memory, and reading it as
 * JSON would take longer than a call has.
 */
const MAX_ANSWER = 1_000_000;
/**
 * Milliseconds that the rest of a body is waited for after its connection has ended: what came before may still be on
 * its way through node-fetch, unpacked for instance.
 */
const REST_OF_BODY = 100;

const TIMED_OUT = new Failure<RequestFailure>({ message: 'TikTok did not answer in time', isReset: false });

/** Taken once: in the context of a function, each look-up of a global that is not ECMAScript's goes through its host. */
const timers =
  typeof setTimeout === 'undefined' || typeof clearTimeout === 'undefined'
    ? undefined
    : { schedule: setTimeout, cancel: clearTimeout };

// Without an agent, node-fetch closes the connection after every request: a TCP and a TLS handshake for each call. The
// agent holds nothing of a workspace.
let agent: HttpsAgent | undefined;

/**
 * Posts JSON. A request without an answer by the deadline is given up. One that dies on a kept connection, which the
 * other side may have closed meanwhile, is sent once more on a fresh one; `event_id` makes that harmless.
 *
 * @param deadline a time in milliseconds, as `Date.now()` gives it.
 */
export async function post(body: string, token: string, deadline: number): Promise<Reply> {
  if (!agent && typeof https !== 'undefined') agent = new https.Agent({ keepAlive: true });
  const hadIdleConnections = idleConnections().length > 0;
  const reply = await attempt(body, token, deadline);
  if (!hadIdleConnections || !isFailure(reply) || !reply.reason.isReset) return reply;
  // The others are as old as the one that died.
  for (const connection of idleConnections()) connection.destroy();
  return attempt(body, token, deadline);
}

const idleConnections = () => connectionsIn(agent?.freeSockets);
const busyConnections = () => connectionsIn(agent?.sockets);

/** The connections of an agent, which keeps a list for each host. */
function connectionsIn(byHost: Readonly<Record<string, readonly Connection[]>> = {}): readonly Connection[] {
  const connections: Connection[] = [];
  for (const ofHost of Object.values(byHost)) connections.push(...ofHost);
  return connections;
}

/**
 * Posts once. What node-fetch 2 does not do is done here:
 *
 * - Its timeout begins anew for the body, so a timer of our own ends both. A runtime without timers has half of the time
 *   for each.
 * - It does not notice that a body ends short of its Content-Length, so the connection is watched.
 * - It goes on reading an answer that was given up, so its connection is closed.
 */
function attempt(body: string, token: string, deadline: number): Promise<Reply> {
  const milliseconds = deadline - Date.now();
  // To node-fetch, 0 means no timeout.
  if (milliseconds <= 0) return Promise.resolve(TIMED_OUT);
  if (timers === undefined) return exchange(body, token, milliseconds / 2);
  const { schedule, cancel } = timers;
  return new Promise((resolve) => {
    const others = busyConnections();
    const answer = exchange(body, token, milliseconds);
    // Node.js gives a request its connection at once.
    const connection = busyConnections().find((busy) => !others.includes(busy));
    const timeout = schedule(end, milliseconds, TIMED_OUT);
    let rest: Timer | undefined;
    const awaitRest = (): void => {
      rest = schedule(end, REST_OF_BODY, CONNECTION_ENDED);
    };
    connection?.once('close', awaitRest);
    // A fault of the function's own ends the request, too.
    answer.then(end, () => {
      end(answer);
    });

    function end(reply: Reply | Promise<Reply>): void {
      cancel(timeout);
      cancel(rest);
      connection?.removeListener('close', awaitRest);
      if (isFailure(reply)) connection?.destroy();
      resolve(reply);
    }
  });
}

const brokenOff = (why: string) =>
  new Failure<RequestFailure>({ message: `TikTok's answer broke off (${why})`, isReset: false });
const CONNECTION_ENDED = brokenOff('the connection ended');

/** @param timeout milliseconds, more than 0, after which node-fetch ends a request that has no answer. */
async function exchange(body: string, token: string, timeout: number): Promise<Reply> {
  let response: FetchResponse | undefined;
  try {
    response = await fetch(ENDPOINT, {
      method: 'POST',
      headers: { 'Access-Token': token, 'Content-Type': 'application/json' },
      body,
      // A redirect would carry the token to another host.
      redirect: 'manual',
      timeout,
      size: MAX_ANSWER,
      agent,
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    // The error's message may hold anything; its code and type are words of Node.js and node-fetch.
    const code = String(ownProperty(error, 'code') ?? ownProperty(error, 'type'));
    if (code === 'request-timeout' || code === 'body-timeout') return TIMED_OUT;
    if (response) return brokenOff(code);
    return new Failure({
      message: `The connection to TikTok failed (${code})`,
      isReset: code === 'ECONNRESET' || code === 'EPIPE',
    });
  }
}

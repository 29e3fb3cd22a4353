// A local TikTok Events API 2.0 over HTTPS: it is strict, counts an event once, and misbehaves on request.
// TikTok, "Events API 2.0": https://business-api.tiktok.com/portal/docs?id=1771100865818625
import { once } from 'node:events';
import https from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { MACHINE_CLOCK, wait, type Clock } from '../clock';
import { listen } from '../listen';
import type { LocalRoute } from '../segment/network';
import { createCertificate, type CertificateFlaw } from './certificate';
import { HOST, PARTIAL_SUCCESS, PATH } from './names';
import {
  createLedger,
  printRuling,
  type Account,
  type CountedEvent,
  type Ruling,
  type Submission,
} from './ledger';

/** What TikTok does instead of its usual answer. */
export interface Misbehaviour {
  /** Milliseconds to wait before the answer. */
  readonly delay?: number;
  /** The code and the message of TikTok's answer. No event is counted, unless the code is 0 or 20001. */
  readonly code?: number;
  readonly message?: string;
  /** Milliseconds between two bytes of the answer. */
  readonly drip?: number;
  /** HTTP status, 200 by default. */
  readonly status?: number;
  readonly contentType?: string;
  /** The target of a redirect. */
  readonly location?: string;
  /** Another body than TikTok's: a gateway's page, or an empty text. */
  readonly body?: string;
  /**
   * When the connection is closed: `unread` before the request is read, `unanswered` after it was read and counted,
   * `halfway` in the middle of the answer, `halfway-chunked` in the middle of an answer without a Content-Length.
   */
  readonly reset?: 'unread' | 'unanswered' | 'halfway' | 'halfway-chunked';
}

/** A request as it was received. */
export interface ReceivedRequest {
  readonly headers: IncomingMessage['headers'];
  body: string;
  /** The body of the answer; absent if the connection was closed. */
  answer?: string;
}

export interface TikTok {
  /** For a network that resolves TikTok's host to this server. */
  readonly route: LocalRoute;
  /** Every request since the start, oldest first; empty if `remembers` is false. */
  readonly requests: readonly ReceivedRequest[];
  /** Every counted event, oldest first; empty if `remembers` is false. */
  readonly counted: readonly CountedEvent[];
  /** How many events were counted, remembered or not. */
  readonly total: () => number;
  /** How many connections were opened since the start. */
  readonly connections: () => number;
  /** How many connections are open now. */
  readonly open: () => number;
  /** Closes each connection that is open now when its next request comes, as a server does after a long idle time. */
  readonly expireConnections: () => void;
  /** The largest number of requests in progress at the same time. */
  readonly mostAtOnce: () => number;
  /** Queues misbehaviours: each is for one request, in this order. */
  readonly misbehave: (...misbehaviours: readonly Misbehaviour[]) => void;
  /** Drops the misbehaviours that are left in the queue. */
  readonly behave: () => void;
  readonly close: () => Promise<void>;
}

export interface TikTokOptions extends Account {
  /** Called for each request when the queue is empty: how to misbehave, or `undefined` to behave. */
  readonly otherwise?: () => Misbehaviour | undefined;
  /** Measures its delays; the machine's clock by default. */
  readonly clock?: Clock;
  /** What is wrong with the certificate; nothing by default. */
  readonly certificateFlaw?: CertificateFlaw;
}

/** Starts the server on a free port of the loopback interface. */
export async function startTikTok({
  certificateFlaw,
  otherwise = () => undefined,
  clock = MACHINE_CLOCK,
  ...account
}: TikTokOptions): Promise<TikTok> {
  const certificate = await createCertificate(HOST, certificateFlaw);
  const requests: ReceivedRequest[] = [];
  const ledger = createLedger(account);
  const misbehaviours: Misbehaviour[] = [];
  let connections = 0;
  const open = new Set<Socket>();
  const expired = new WeakSet<Socket>();
  let atOnce = 0;
  let mostAtOnce = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => {
      // With a reason: otherwise an error would be made at the end of each request, with its stack.
      gone.abort('closed');
    });
    const misbehaviour = misbehaviours.shift() ?? otherwise() ?? {};
    const received: ReceivedRequest = { headers: request.headers, body: '' };
    if (account.remembers !== false) requests.push(received);
    if (misbehaviour.reset === 'unread') {
      request.socket.destroy();
      return;
    }
    received.body = await readText(request);
    if (misbehaviour.delay !== undefined) await wait(clock, misbehaviour.delay, gone.signal);
    if (request.method !== 'POST' || request.url !== PATH) {
      response.writeHead(404).end();
      return;
    }
    const ruling = rule(received, misbehaviour);
    if (misbehaviour.reset === 'unanswered') {
      request.socket.destroy();
      return;
    }
    const text = misbehaviour.body ?? printRuling(ruling);
    if (misbehaviour.reset === undefined) received.answer = text;
    await send(text, response, misbehaviour, gone.signal);
  }

  /** TikTok's ruling, or the one that was asked for. The events that it accepts are counted, if TikTok itself answers. */
  function rule(
    { headers, body }: ReceivedRequest,
    { code, message = 'misbehaving on request', status = 200, body: otherBody }: Misbehaviour,
  ): Ruling {
    const submission: Submission = {
      token: [headers['access-token'] ?? ''].flat().join(),
      contentType: headers['content-type'] ?? '',
      body,
    };
    const usual = ledger.judge(submission);
    const ruling = code === undefined || code === usual.code ? usual : { code, message };
    const isAccepted = ruling.code === 0 || ruling.code === PARTIAL_SUCCESS;
    if (isAccepted && status === 200 && otherBody === undefined)
      ledger.count(submission, Date.now(), ruling.code === 0 ? 'all' : 'some');
    return ruling;
  }

  /** Sends an answer: at once, a byte at a time, or only its first half. */
  async function send(
    text: string,
    response: ServerResponse,
    { reset, drip, status = 200, location, body, contentType }: Misbehaviour,
    gone: AbortSignal,
  ): Promise<void> {
    response.writeHead(status, {
      'Content-Type': contentType ?? (body === undefined ? 'application/json' : 'text/html'),
      ...(location !== undefined && { Location: location }),
      ...(reset !== 'halfway-chunked' && { 'Content-Length': Buffer.byteLength(text) }),
    });
    if (reset !== undefined) {
      response.write(text.slice(0, text.length / 2), () => response.destroy());
      return;
    }
    if (drip === undefined) {
      response.end(text);
      return;
    }
    for (const byte of Buffer.from(text)) {
      if (response.destroyed) return;
      response.write(Buffer.of(byte));
      await wait(clock, drip, gone);
    }
    response.end();
  }

  const server = https.createServer({ ...certificate, keepAliveTimeout: 60_000 }, (request, response) => {
    if (expired.has(request.socket)) {
      request.socket.destroy();
      return;
    }
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    answer(request, response)
      // A client may go away in the middle: that is not an error of this server.
      .catch(() => request.socket.destroy())
      .finally(() => {
        atOnce -= 1;
      });
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    connections += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  const port = await listen(server);

  return {
    route: { port, ca: certificate.ca },
    requests,
    counted: ledger.counted,
    total: ledger.total,
    connections: () => connections,
    open: () => open.size,
    expireConnections: () => {
      for (const socket of open) expired.add(socket);
    },
    mostAtOnce: () => mostAtOnce,
    misbehave: (...more) => {
      misbehaviours.push(...more);
    },
    behave: () => {
      misbehaviours.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

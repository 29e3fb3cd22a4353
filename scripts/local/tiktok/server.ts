// A local TikTok Events API 2.0 over HTTPS: strict, it counts an event once, and it misbehaves when it is told to.
// https://business-api.tiktok.com/portal/docs?id=1771100865818625
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import https from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalRoute } from '../segment/network';
import { createCertificate, type CertificateFlaw } from './certificate';
import { PARTIAL_SUCCESS } from './names';
import { createLedger, type Account, type CountedEvent, type Submission } from './ledger';

export const HOST = 'business-api.tiktok.com';
const PATH = '/open_api/v1.3/event/track/';

/** What TikTok answers instead of its verdict. */
export interface Misbehaviour {
  /** Milliseconds to wait before anything is answered. */
  readonly delay?: number;
  /** An answer in TikTok's own form. Nothing is counted, unless the code is 0 or 20001. */
  readonly code?: number;
  readonly message?: string;
  /** Milliseconds between two bytes of the answer. */
  readonly drip?: number;
  /** HTTP status, 200 by default. */
  readonly status?: number;
  readonly contentType?: string;
  /** Where a redirect goes. */
  readonly location?: string;
  /** An answer that is not TikTok's: a gateway's page, or nothing. */
  readonly body?: string;
  /**
   * The connection is closed: `unread` before the request is read, `unanswered` after it was read and counted,
   * `halfway` in the middle of the answer, `halfway-chunked` in the middle of one that does not tell its length.
   */
  readonly reset?: 'unread' | 'unanswered' | 'halfway' | 'halfway-chunked';
}

/** A request as it came. */
export interface ReceivedRequest {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The answer; none where the connection was closed. */
  answer?: string;
}

export interface TikTok {
  /** For a network that is to find this server under TikTok's name. */
  readonly route: LocalRoute;
  /** Every request since the start, oldest first; none where nothing is remembered. */
  readonly requests: readonly ReceivedRequest[];
  /** Every event that counts, oldest first; none where nothing is remembered. */
  readonly counted: readonly CountedEvent[];
  /** How many events count, remembered or not. */
  readonly total: () => number;
  /** The connections opened since the start, and those that are open now. */
  readonly connections: () => number;
  readonly open: () => number;
  /** Makes each connection that is open now die with its next request, as one does that was idle for too long. */
  readonly expireConnections: () => void;
  /** The most requests that were being answered at one time. */
  readonly mostAtOnce: () => number;
  /** Misbehaves once for each, in this order; then all is well again. */
  readonly misbehave: (...misbehaviours: readonly Misbehaviour[]) => void;
  /** Forgets the misbehaviours that are left. */
  readonly behave: () => void;
  readonly close: () => Promise<void>;
}

export interface TikTokOptions extends Account {
  /** How it misbehaves where it was not told to misbehave once: asked at each request; `undefined` is not at all. */
  readonly otherwise?: () => Misbehaviour | undefined;
  /** What is wrong with the certificate, to try what a function does then. */
  readonly certificateFlaw?: CertificateFlaw;
}

/** Starts the server on a free port of the loopback interface. */
export async function startTikTok({
  certificateFlaw,
  otherwise = () => undefined,
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
    const misbehaviour = misbehaviours.shift() ?? otherwise() ?? {};
    const received: ReceivedRequest = { headers: request.headers, body: '' };
    if (account.remembers !== false) requests.push(received);
    if (misbehaviour.reset === 'unread') {
      request.socket.destroy();
      return;
    }
    const body = await readText(request);
    Object.assign(received, { body });
    if (misbehaviour.delay !== undefined) await sleep(misbehaviour.delay, undefined, { ref: false });
    if (request.method !== 'POST' || request.url !== PATH) {
      response.writeHead(404).end();
      return;
    }

    const submission: Submission = {
      token: [request.headers['access-token'] ?? ''].flat().join(),
      contentType: request.headers['content-type'] ?? '',
      body,
    };
    let verdict = ledger.judge(submission);
    const { code = verdict.code, message = 'misbehaving as told', status = 200 } = misbehaviour;
    if (code !== verdict.code) verdict = { code, message };
    if ((code === 0 || code === PARTIAL_SUCCESS) && misbehaviour.body === undefined && status === 200) {
      ledger.count(submission, Date.now(), code === 0 ? 'all' : 'some');
    }

    const json = JSON.stringify({ ...verdict, request_id: randomBytes(16).toString('hex'), data: {} });
    const text = misbehaviour.body ?? json;
    if (misbehaviour.reset === 'unanswered') {
      request.socket.destroy();
      return;
    }
    const type =
      misbehaviour.contentType ?? (misbehaviour.body === undefined ? 'application/json' : 'text/html');
    response.writeHead(status, {
      'Content-Type': type,
      ...(misbehaviour.location !== undefined && { Location: misbehaviour.location }),
      ...(misbehaviour.reset !== 'halfway-chunked' && { 'Content-Length': Buffer.byteLength(text) }),
    });
    if (misbehaviour.reset !== undefined) {
      response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
      return;
    }
    received.answer = text;
    if (misbehaviour.drip !== undefined) {
      for (const byte of Buffer.from(text)) {
        if (response.destroyed) return;
        response.write(Buffer.of(byte));
        await sleep(misbehaviour.drip, undefined, { ref: false });
      }
    }
    response.end(misbehaviour.drip === undefined ? text : undefined);
  }

  const server = https.createServer({ ...certificate, keepAliveTimeout: 60_000 }, (request, response) => {
    if (expired.has(request.socket)) {
      request.socket.destroy();
      return;
    }
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    answer(request, response)
      // A client that goes away in the middle is nothing to this server.
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
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

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

// The page's server: on loopback, for its own page only, and with these paths only.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z, ZodError } from 'zod';
import { isRecord, listOf } from '../../lib/values/json';
import { InputError } from '../cli/command';
import { readJson } from '../input/json';
import { LARGEST_BATCH } from '../local/segment/runtime';
import { isAnswerName } from './answers';
import { AnswerRequest, RunRequest, SettingsRequest, Tracked } from './api';
import type { Asset } from './assets';
import type { Workspace } from './workspace';

/** Bytes of a request: more than the largest batch of the largest events, 32 KB each. */
const MAX_BODY = 16 * 1024 * 1024;

/** Levels of objects and arrays in an event; what walks them goes no deeper than its stack. */
const MAX_DEPTH = 100;
/** Bytes that may wait for a page to read them; one that does not read them gets no more. */
const MAX_UNREAD = 4 * 1024 * 1024;

/** What the server refuses, in words for a person. */
class Refusal extends Error {
  override name = 'Refusal';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
} as const;

/** Answers with what it gives as JSON, or, where it gives nothing, by itself. */
type Endpoint = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * Starts the server on 127.0.0.1, and gives its port.
 *
 * @param wantedPort 0 is any that is free.
 * @throws what listening throws, `EADDRINUSE` where the port is taken.
 */
export async function startServer(
  workspace: Workspace,
  assets: ReadonlyMap<string, Asset>,
  wantedPort: number,
): Promise<number> {
  let port = wantedPort;

  /** The paths that take a method of their own; the assets are for GET. */
  const endpoints = new Map<string, Endpoint>([
    ['GET /api/state', () => workspace.state()],
    ['GET /api/stream', stream],
    [
      'POST /api/run',
      async (request) => {
        const { json } = RunRequest.parse(await readBody(request));
        return workspace.run(parseEvent(json), 'page');
      },
    ],
    [
      'PATCH /api/settings',
      async (request) => {
        await workspace.saveSettings(SettingsRequest.parse(await readBody(request)).values);
        return {};
      },
    ],
    [
      'PUT /api/answer',
      async (request) => {
        const { answer } = AnswerRequest.parse(await readBody(request));
        if (!isAnswerName(answer)) throw new Refusal(400, `There is no answer "${answer}"`);
        workspace.setAnswer(answer);
        return {};
      },
    ],
    [
      'POST /api/report',
      (request) => {
        // What the file is called in the report; nothing is read by it.
        const name = new URLSearchParams(request.url?.replace(/^[^?]*/, '')).get('name') ?? 'the file';
        return workspace.report({ name, chunks: bytesOf(request) });
      },
    ],
    // Segment's tracking API: identify, track, page, screen, group, alias, and batches of them.
    ...['i', 't', 'p', 's', 'g', 'a', 'b'].map((call): [string, Endpoint] => [`POST /v1/${call}`, track]),
  ]);

  async function track(request: IncomingMessage): Promise<object> {
    const { batch } = Tracked.parse(await readBody(request));
    batch.forEach(refuseDeep);
    for (const event of batch) {
      // analytics.js does not wait for what becomes of an event.
      workspace.run(received(event, request.socket.remoteAddress), 'shop').catch((error: unknown) => {
        console.error(`error: an event of the shop was lost: ${String(error)}`);
      });
    }
    return { success: true };
  }

  function stream(_: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream' });
    response.write('retry: 1000\n\n');
    const end = workspace.watch((update) => {
      // The page asks again once it goes on, and reads the whole state then.
      if (response.writableLength > MAX_UNREAD) response.destroy();
      else response.write(`data: ${JSON.stringify(update)}\n\n`);
    });
    response.on('close', end);
  }

  /** Refuses what does not come from the page itself; a name that leads here by DNS is not its own. */
  function guard({ headers, method }: IncomingMessage, path: string): void {
    const { host = '', origin } = headers;
    if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
      throw new Refusal(421, `This is 127.0.0.1:${port}, not the host that was asked for`);
    }
    const site = headers['sec-fetch-site'] ?? 'same-origin';
    const isOwnSite = site === 'same-origin' || site === 'none' || path === '/';
    const isOwnOrigin = origin === `http://${host}` || (method === 'GET' && origin === undefined);
    if (!isOwnSite || !isOwnOrigin) throw new Refusal(403, 'Only the page itself may ask for this');
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace(/\?.*$/s, '');
    guard(request, path);
    const asset = request.method === 'GET' ? assets.get(path) : undefined;
    if (asset !== undefined) {
      response.writeHead(200, { ...HEADERS, 'Content-Type': asset.type }).end(asset.body);
      return;
    }
    const endpoint = endpoints.get(`${request.method ?? ''} ${path}`);
    if (endpoint === undefined) throw new Refusal(404, 'There is nothing here');
    const result = await endpoint(request, response);
    if (!response.headersSent) send(response, 200, result);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      // What is left of a body that is not read would be taken for the next request.
      response.shouldKeepAlive = false;
      const { status, message } = refusalOf(error);
      send(response, status, { problem: message });
    });
  });
  server.listen(wantedPort, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : wantedPort;
  return port;
}

/** An event as Segment hands it on: it has seen where it comes from, and keeps the write key to itself. */
function received(event: Readonly<Record<string, unknown>>, ip: string | undefined): object {
  const { context } = event;
  const fields = Object.entries(event).filter(([name]) => name !== 'writeKey');
  return {
    ...Object.fromEntries(fields),
    context: { ip, ...(isRecord(context) && context) },
    receivedAt: new Date().toISOString(),
  };
}

/** @throws Refusal that says where the JSON is bad, or what was expected. */
function parseEvent(json: string): unknown {
  if (json.trim() === '') throw new Refusal(400, 'There is no event: choose one, or type one.');
  const event = parseTyped(json);
  if (listOf(event).length === 0) throw new Refusal(400, 'The array is empty: put an event into it.');
  if (listOf(event).length > LARGEST_BATCH) {
    throw new Refusal(
      400,
      `These are ${listOf(event).length} events, and Segment hands over ${LARGEST_BATCH} at most in a call: make several arrays of them, or drop them as a file.`,
    );
  }
  if (!listOf(event).every((one) => isRecord(one) && !Array.isArray(one))) {
    throw new Refusal(400, 'Expected a Segment event, which is a JSON object, or an array of them.');
  }
  listOf(event).forEach(refuseDeep);
  return event;
}

/** @throws Refusal where an event has too many levels. */
function refuseDeep(event: unknown): void {
  let level = [event].filter(isRecord);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) {
      throw new Refusal(
        400,
        `The event is nested too deeply: expected ${MAX_DEPTH} levels at most. Take out what is in its innermost objects and arrays.`,
      );
    }
    level = level.flatMap((one) => Object.values(one)).filter(isRecord);
  }
}

function parseTyped(json: string): unknown {
  try {
    return readJson(json, '');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new Refusal(400, error.message.replace(/^:(\d+):(\d+): /, 'Line $1, column $2: '));
  }
}

async function* bytesOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  for await (const chunk of request) yield z.instanceof(Uint8Array).parse(chunk);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of bytesOf(request)) {
    bytes += chunk.length;
    if (bytes > MAX_BODY) {
      throw new Refusal(413, `Too large: at most ${MAX_BODY / 1024 / 1024} MB can be sent at once`);
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new Refusal(400, 'Expected JSON');
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

/** What a person gets to read of an error, with the HTTP status. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof InputError) return new Refusal(400, error.message);
  if (error instanceof ZodError) return new Refusal(400, 'The request is not one that the page makes');
  return new Refusal(500, `The server failed: ${String(error)}`);
}

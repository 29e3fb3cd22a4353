// What the server does when it is asked: a handler for each method and path.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ENDPOINTS, Tracked, type Endpoint, type Preview } from '../api';
import { isAnswerName } from '../workspace/answers';
import type { Workspace } from '../workspace/workspace';
import { HEADERS } from './assets';
import { bytesOf, readBody } from './body';
import { parseEvent, received, refuseDeep } from './event';
import { Refusal, refusalOf } from './refusal';

/** Bytes that may wait for a page to read them; a page that leaves more unread loses its stream. */
const MAX_UNREAD = 4 * 1024 * 1024;

/** Gives what is answered as JSON; or answers by itself, and gives nothing. */
type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Handlers by method and path, such as `GET /api/state`. */
export function createHandlers(workspace: Workspace): ReadonlyMap<string, Handler> {
  const { events, reports, settings } = workspace;

  async function preview(json: string): Promise<Preview> {
    try {
      return await workspace.preview(parseEvent(json));
    } catch (error) {
      const { status, message } = refusalOf(error);
      // While somebody types, that is ordinary.
      if (status === 400) return { ...(await workspace.preview(undefined)), problem: message };
      throw error;
    }
  }

  function setAnswer(answer: string): void {
    if (!isAnswerName(answer)) throw new Refusal(400, `There is no answer "${answer}"`);
    workspace.setAnswer(answer);
  }

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
      // The page connects again when it continues, and reads the whole state then.
      if (response.writableLength > MAX_UNREAD) response.destroy();
      else response.write(`data: ${JSON.stringify(update)}\n\n`);
    });
    response.on('close', end);
  }

  return new Map<string, Handler>([
    on(ENDPOINTS.state, () => workspace.state()),
    on(ENDPOINTS.run, ({ json }) => workspace.run(parseEvent(json), 'page')),
    on(ENDPOINTS.preview, ({ json }) => preview(json)),
    on(ENDPOINTS.cases, ({ id, personal }) => workspace.makeCases(id, personal === 'keep')),
    on(ENDPOINTS.setAnswer, ({ answer }) => done(() => setAnswer(answer))),
    on(ENDPOINTS.saveSettings, ({ values }) => done(() => settings.save(values))),
    on(ENDPOINTS.importSettings, ({ json }) => done(() => settings.replace(json))),
    on(ENDPOINTS.discardSettings, () => done(() => settings.discard())),
    on(ENDPOINTS.saveSettingsFile, () => done(() => workspace.saveSettingsFile())),
    on(ENDPOINTS.events, ({ search, from }, response) => events.list(search, from, untilClosed(response))),
    on(ENDPOINTS.event, ({ index }) => events.read(index)),
    on(ENDPOINTS.sources, () => events.sources()),
    on(ENDPOINTS.values, ({ of }) => events.values(of)),
    on(ENDPOINTS.report, () => workspace.report()),
    on(ENDPOINTS.stopReport, () => done(() => reports.stop())),
    on(ENDPOINTS.behind, ({ of }) => reports.behind(of)),
    on(ENDPOINTS.fieldValues, ({ of }) => workspace.fieldValues(of)),
    ['GET /api/stream', stream],
    [
      'GET /api/settings/file',
      (request, response) =>
        sendFile(response, 'settings.json', [
          workspace.exportSettings(queryOf(request).get('token') === 'hidden'),
        ]),
    ],
    [
      'PUT /api/events',
      // Only what the file is called: no file of this machine is read.
      (request) =>
        done(() =>
          workspace.dropEvents({
            name: queryOf(request).get('name') ?? 'the file',
            chunks: bytesOf(request),
          }),
        ),
    ],
    [
      'GET /api/report/rejected',
      async (_, response) => sendFile(response, 'rejected.ndjson', await reports.rejected()),
    ],
    // Segment's tracking API: identify, track, page, screen, group, alias, and batches of them.
    ...['i', 't', 'p', 's', 'g', 'a', 'b'].map((kind): [string, Handler] => [`POST /v1/${kind}`, track]),
  ]);
}

/** The handler of an endpoint: reads its request, and says what is answered. */
function on<Request, Answer>(
  { name, request: shape }: Endpoint<Request, unknown, Answer>,
  answer: (request: Request, response: ServerResponse) => Answer | Promise<Answer>,
): [name: string, Handler] {
  return [
    name,
    async (request, response) => {
      const isRead = request.method === 'GET';
      const sent = isRead ? Object.fromEntries(queryOf(request)) : await readBody(request);
      return answer(shape.parse(sent), response);
    },
  ];
}

/** There is nothing to answer but that it was done. */
async function done(work: () => void | Promise<void>): Promise<object> {
  await work();
  return {};
}

/** Aborts when a page waits no longer. */
function untilClosed(response: ServerResponse): AbortSignal {
  const closed = new AbortController();
  response.on('close', () => closed.abort());
  return closed.signal;
}

const queryOf = ({ url = '' }: IncomingMessage): URLSearchParams =>
  new URLSearchParams(url.replace(/^[^?]*/, ''));

/** Sends texts as a file to save; they are read no faster than the browser takes them. */
async function sendFile(
  response: ServerResponse,
  name: string,
  texts: Iterable<string> | AsyncGenerator<string>,
): Promise<void> {
  response.setHeaders(
    new Map(
      Object.entries({
        ...HEADERS,
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': `attachment; filename="${name}"`,
      }),
    ),
  );
  await pipeline(Readable.from(texts), response);
}

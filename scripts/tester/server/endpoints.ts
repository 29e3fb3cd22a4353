// What the page can ask for: an endpoint for each method and path.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CALLS, Tracked, type Call, type Preview } from '../api';
import { isAnswerName } from '../workspace/answers';
import type { Workspace } from '../workspace/workspace';
import { HEADERS } from './assets';
import { bytesOf, readBody } from './body';
import { parseEvent, received, refuseDeep } from './event';
import { Refusal, refusalOf } from './refusal';

/** Bytes that may wait for a page to read them; a page that leaves more unread loses its stream. */
const MAX_UNREAD = 4 * 1024 * 1024;

/** Gives what is answered as JSON; or answers by itself, and gives nothing. */
export type Endpoint = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Endpoints by method and path, such as `GET /api/state`. */
export function createEndpoints(workspace: Workspace): ReadonlyMap<string, Endpoint> {
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

  return new Map<string, Endpoint>([
    on(CALLS.state, () => workspace.state()),
    on(CALLS.run, ({ json }) => workspace.run(parseEvent(json), 'page')),
    on(CALLS.preview, ({ json }) => preview(json)),
    on(CALLS.cases, ({ id, personal }) => workspace.makeCases(id, personal === 'keep')),
    on(CALLS.setAnswer, ({ answer }) => done(() => setAnswer(answer))),
    on(CALLS.saveSettings, ({ values }) => done(() => settings.save(values))),
    on(CALLS.importSettings, ({ json }) => done(() => settings.replace(json))),
    on(CALLS.discardSettings, () => done(() => settings.discard())),
    on(CALLS.saveSettingsFile, () => done(() => workspace.saveSettingsFile())),
    on(CALLS.events, ({ search, from }, response) => events.list(search, from, untilClosed(response))),
    on(CALLS.event, ({ index }) => events.read(index)),
    on(CALLS.sources, () => events.sources()),
    on(CALLS.values, ({ of }) => events.values(of)),
    on(CALLS.report, () => workspace.report()),
    on(CALLS.stopReport, () => done(() => reports.stop())),
    on(CALLS.behind, ({ of }) => reports.behind(of)),
    on(CALLS.fieldValues, ({ of }) => workspace.fieldValues(of)),
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
    ...['i', 't', 'p', 's', 'g', 'a', 'b'].map((kind): [string, Endpoint] => [`POST /v1/${kind}`, track]),
  ]);
}

/** The endpoint of a call: reads its request, and says what is answered. */
function on<Request, Answer>(
  { name, request: shape }: Call<Request, unknown, Answer>,
  answer: (request: Request, response: ServerResponse) => Answer | Promise<Answer>,
): [name: string, Endpoint] {
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

// What the page can ask for: an endpoint for each method and path.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import {
  AnswerRequest,
  ImportRequest,
  EventRequest,
  SettingsRequest,
  Tracked,
  type CaseFile,
  type EventList,
  type EventsBehind,
  type EventText,
  type PathValues,
  type Preview,
} from '../api';
import { isAnswerName } from '../workspace/answers';
import type { Workspace } from '../workspace/workspace';
import { bytesOf, readBody } from './body';
import { parseEvent, received, refuseDeep } from './event';
import { HEADERS } from './headers';
import { Refusal, refusalOf } from './refusal';

/** Bytes that may wait for a page to read them; a page that leaves more unread loses its stream. */
const MAX_UNREAD = 4 * 1024 * 1024;

/** Gives what is answered as JSON; or answers by itself, and gives nothing. */
export type Endpoint = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Endpoints by method and path, such as `GET /api/state`. */
export function createEndpoints(workspace: Workspace): ReadonlyMap<string, Endpoint> {
  async function run(request: IncomingMessage): Promise<object> {
    const { json } = EventRequest.parse(await readBody(request));
    return workspace.run(parseEvent(json), 'page');
  }

  async function preview(request: IncomingMessage): Promise<Preview> {
    const { json } = EventRequest.parse(await readBody(request));
    try {
      return await workspace.preview(parseEvent(json));
    } catch (error) {
      const { status, message } = refusalOf(error);
      // While somebody types, that is ordinary.
      if (status === 400) return { ...(await workspace.preview(undefined)), problem: message };
      throw error;
    }
  }

  async function saveSettings(request: IncomingMessage): Promise<object> {
    await workspace.saveSettings(SettingsRequest.parse(await readBody(request)).values);
    return {};
  }

  async function importSettings(request: IncomingMessage): Promise<object> {
    await workspace.importSettings(ImportRequest.parse(await readBody(request)).json);
    return {};
  }

  async function discardSettings(): Promise<object> {
    await workspace.discardSettings();
    return {};
  }

  async function saveSettingsFile(): Promise<object> {
    await workspace.saveSettingsFile();
    return {};
  }

  async function exportSettings(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await sendFile(response, 'settings.json', [
      workspace.exportSettings(queryOf(request).get('token') === 'hidden'),
    ]);
  }

  async function listEvents(request: IncomingMessage, response: ServerResponse): Promise<EventList> {
    const left = new AbortController();
    response.on('close', () => {
      left.abort();
    });
    const query = queryOf(request);
    const from = numberOf(query.get('from') ?? '0');
    return workspace.events.list(query.get('search') ?? '', from, left.signal);
  }

  const readValues = (request: IncomingMessage): Promise<PathValues> =>
    workspace.events.values(queryOf(request).get('of') ?? '');

  const readEvent = (request: IncomingMessage): Promise<EventText> =>
    workspace.events.read(numberOf(queryOf(request).get('index')));

  async function dropEvents(request: IncomingMessage): Promise<object> {
    // Only what the file is called: no file of this machine is read.
    const name = queryOf(request).get('name') ?? 'the file';
    await workspace.dropEvents({ name, chunks: bytesOf(request) });
    return {};
  }

  const listBehind = (request: IncomingMessage): z.infer<typeof EventsBehind> => ({
    events: workspace.reports.behind(queryOf(request).get('of') ?? ''),
  });

  async function sendRejected(_: IncomingMessage, response: ServerResponse): Promise<void> {
    await sendFile(response, 'rejected.ndjson', await workspace.reports.rejected());
  }

  function makeCases(request: IncomingMessage): Promise<CaseFile> {
    const query = queryOf(request);
    return workspace.makeCases(numberOf(query.get('id')), query.get('personal') === 'keep');
  }

  async function setAnswer(request: IncomingMessage): Promise<object> {
    const { answer } = AnswerRequest.parse(await readBody(request));
    if (!isAnswerName(answer)) throw new Refusal(400, `There is no answer "${answer}"`);
    workspace.setAnswer(answer);
    return {};
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
    ['GET /api/state', () => workspace.state()],
    ['GET /api/stream', stream],
    ['POST /api/run', run],
    ['GET /api/runs/cases', makeCases],
    ['POST /api/preview', preview],
    ['PATCH /api/settings', saveSettings],
    ['PUT /api/settings', importSettings],
    ['DELETE /api/settings', discardSettings],
    ['GET /api/settings/file', exportSettings],
    ['POST /api/settings/file', saveSettingsFile],
    ['PUT /api/answer', setAnswer],
    ['GET /api/events', listEvents],
    ['PUT /api/events', dropEvents],
    ['GET /api/events/one', readEvent],
    ['GET /api/events/sources', () => workspace.events.sources()],
    ['GET /api/events/values', readValues],
    ['POST /api/report', () => workspace.report()],
    ['GET /api/report/events', listBehind],
    ['GET /api/report/rejected', sendRejected],
    ['GET /api/report/values', (request) => workspace.fieldValues(queryOf(request).get('of') ?? '')],
    // Segment's tracking API: identify, track, page, screen, group, alias, and batches of them.
    ...['i', 't', 'p', 's', 'g', 'a', 'b'].map((call): [string, Endpoint] => [`POST /v1/${call}`, track]),
  ]);
}

const queryOf = ({ url = '' }: IncomingMessage): URLSearchParams =>
  new URLSearchParams(url.replace(/^[^?]*/, ''));

/** @throws Refusal if it is not a whole number. */
function numberOf(text: string | null): number {
  if (text === null || !/^\d{1,15}$/.test(text)) throw new Refusal(400, 'Expected a number');
  return Number(text);
}

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

// What the page can ask for: an endpoint for each method and path.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { isRecord, parseJson } from '../../../lib/values/json';
import { AnswerRequest, MatchRequest, RunRequest, SettingsRequest, Tracked, type Matches } from '../api';
import { describeMatches } from '../match';
import { isAnswerName } from '../workspace/answers';
import type { Workspace } from '../workspace/workspace';
import { bytesOf, readBody } from './body';
import { parseEvent, received, refuseDeep } from './event';
import { HEADERS } from './headers';
import { Refusal } from './refusal';

/** Bytes that may wait for a page to read them; a page that leaves more unread loses its stream. */
const MAX_UNREAD = 4 * 1024 * 1024;

const queryOf = ({ url = '' }: IncomingMessage): URLSearchParams =>
  new URLSearchParams(url.replace(/^[^?]*/, ''));

/** Gives what is answered as JSON; or answers by itself, and gives nothing. */
export type Endpoint = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Endpoints by method and path, such as `GET /api/state`. */
export function createEndpoints(workspace: Workspace): ReadonlyMap<string, Endpoint> {
  async function run(request: IncomingMessage): Promise<object> {
    const { json } = RunRequest.parse(await readBody(request));
    return workspace.run(parseEvent(json), 'page');
  }

  async function match(request: IncomingMessage): Promise<z.infer<typeof Matches>> {
    const { json, eventMappings } = MatchRequest.parse(await readBody(request));
    const event = parseJson(json);
    const isEvent = isRecord(event) && !Array.isArray(event);
    return { matches: isEvent ? describeMatches(eventMappings, event) : [] };
  }

  async function saveSettings(request: IncomingMessage): Promise<object> {
    await workspace.saveSettings(SettingsRequest.parse(await readBody(request)).values);
    return {};
  }

  async function setAnswer(request: IncomingMessage): Promise<object> {
    const { answer } = AnswerRequest.parse(await readBody(request));
    if (!isAnswerName(answer)) throw new Refusal(400, `There is no answer "${answer}"`);
    workspace.setAnswer(answer);
    return {};
  }

  async function report(request: IncomingMessage): Promise<object> {
    // Only what the file is called in the report: no file of this machine is read.
    const name = queryOf(request).get('name') ?? 'the file';
    return workspace.report({ name, chunks: bytesOf(request) });
  }

  async function cases(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const query = queryOf(request);
    const file = await workspace.cases(Number(query.get('id')), query.get('personal') === 'keep');
    if (file === undefined) throw new Refusal(404, 'The call is not kept any more: run its event again');
    response
      .writeHead(200, {
        ...HEADERS,
        'Content-Type': 'application/json',
        'Content-Disposition': 'attachment; filename="cases.json"',
      })
      .end(file);
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
    ['POST /api/match', match],
    ['PATCH /api/settings', saveSettings],
    ['PUT /api/answer', setAnswer],
    ['POST /api/report', report],
    ['GET /api/runs/case', cases],
    // Segment's tracking API: identify, track, page, screen, group, alias, and batches of them.
    ...['i', 't', 'p', 's', 'g', 'a', 'b'].map((call): [string, Endpoint] => [`POST /v1/${call}`, track]),
  ]);
}

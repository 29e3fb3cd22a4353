// The tester in the test's own process, and what a page or anybody else asks of it.
import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { BUNDLE } from '../../../scripts/cli/project';
import { State } from '../../../scripts/tester/api';
import type { Asset } from '../../../scripts/tester/server/assets';
import { startServer } from '../../../scripts/tester/server/server';
import {
  openWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from '../../../scripts/tester/workspace/workspace';

export interface RequestOptions {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Asks a tester on a port as its own page does: with its host, and with its origin if something is changed. */
export function createClient(port: number) {
  const host = `127.0.0.1:${port}`;

  /** Gives the answer before its body is read. The target is sent as it is, `..` included. */
  async function open(target: string, { method = 'GET', headers = {}, body }: RequestOptions = {}) {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      path: target,
      method,
      headers: { Host: host, ...(method !== 'GET' && { Origin: `http://${host}` }), ...headers },
    });
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      request.on('response', resolve);
      request.on('error', reject);
    });
    request.end(body);
    return answer;
  }

  async function ask(target: string, options?: RequestOptions): Promise<Answer> {
    const response = await open(target, options);
    return { status: response.statusCode, headers: response.headers, body: await readText(response) };
  }

  return {
    port,
    open,
    ask,
    /** Runs an event or an array of them, as JSON. */
    run: (json: string) => ask('/api/run', { method: 'POST', body: JSON.stringify({ json }) }),
    readState: async () => State.parse(JSON.parse((await ask('/api/state')).body)),
  };
}
export type Client = ReturnType<typeof createClient>;

export interface Tester extends Client {
  readonly workspace: Workspace;
  readonly close: () => Promise<void>;
}

/** Opens a workspace with the shipped bundle, and its server on a free port. */
export async function openTester(
  assets: ReadonlyMap<string, Asset> = new Map(),
  files: Omit<WorkspaceOptions, 'code'> = {},
): Promise<Tester> {
  const workspace = await openWorkspace({ code: readFileSync(BUNDLE, 'utf8'), ...files });
  const server = await startServer(workspace, assets, 0);
  return {
    ...createClient(server.port),
    workspace,
    async close() {
      await server.close();
      await workspace.close();
    },
  };
}

/** The lines of an answer as they come. It is not read until they are asked for, so that none is lost. */
export async function* linesOf(stream: IncomingMessage): AsyncGenerator<string> {
  let rest = '';
  for await (const text of stream.setEncoding('utf8')) {
    const lines = (rest + String(text)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/** A track call that is delivered as it is, unless `change` changes that. */
export const order = (change: object = {}) => ({
  type: 'track',
  event: 'Order Completed',
  properties: { email: 'jane@example.com' },
  ...change,
});

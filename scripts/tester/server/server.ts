// The page's server: on loopback, for its own page only.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../../local/listen';
import type { Workspace } from '../workspace/workspace';
import { HEADERS, type Asset } from './assets';
import { createHandlers } from './handlers';
import { Refusal, refusalOf } from './refusal';

export interface PageServer {
  readonly port: number;
  /** Ends the server, and every connection with it. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the server on 127.0.0.1.
 *
 * @param assets the page's files, by their path.
 * @param wantedPort 0 is any free port.
 * @throws the error of listening, such as `EADDRINUSE` if the port is taken.
 */
export async function startServer(
  workspace: Workspace,
  assets: ReadonlyMap<string, Asset>,
  wantedPort: number,
): Promise<PageServer> {
  const handlers = createHandlers(workspace);
  let port = wantedPort;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace(/\?.*$/s, '');
    guard(request, path, port);
    const asset = request.method === 'GET' ? assets.get(path) : undefined;
    if (asset !== undefined) {
      response.writeHead(200, { ...HEADERS, 'Content-Type': asset.type }).end(asset.body);
      return;
    }
    const handle = handlers.get(`${request.method ?? ''} ${path}`);
    if (handle === undefined) throw new Refusal(404, 'There is nothing here');
    const result = await handle(request, response);
    if (!response.headersSent) send(response, 200, result);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      // The rest of a body that was not read would be taken for the next request.
      response.shouldKeepAlive = false;
      const { status, message } = refusalOf(error);
      send(response, status, { problem: message });
    });
  });
  port = await listen(server, wantedPort);
  return {
    port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** @throws Refusal if a request does not come from the page itself, or another name leads here by DNS. */
function guard({ headers, method }: IncomingMessage, path: string, port: number): void {
  const { host = '', origin } = headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    throw new Refusal(421, `This is 127.0.0.1:${port}, not the host that was asked for`);
  }
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  const isOwnSite = site === 'same-origin' || site === 'none' || path === '/';
  const isOwnOrigin = origin === `http://${host}` || (method === 'GET' && origin === undefined);
  if (!isOwnSite || !isOwnOrigin) throw new Refusal(403, 'Only the page itself may ask for this');
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

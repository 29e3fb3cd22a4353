// The part of Segment's Public API that is about functions and destinations, as a local server: it is strict, it keeps
// versions, and it misbehaves on request. Segment Public API, "Functions" and "Destinations":
// https://docs.segmentapis.com/tag/Functions, https://docs.segmentapis.com/tag/Destinations
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { listen } from '../../scripts/local/listen';
import {
  createDestinations,
  type DestinationOptions,
  type GivenDestination,
  type StoredDestination,
} from './public-api/destinations';
import { Refusal, ROUTES, type Operation, type Route } from './public-api/forms';
import {
  createWorkspace,
  type GivenFunction,
  type StoredFunction,
  type WorkspaceOptions,
} from './public-api/workspace';

export type { GivenDestination, StoredDestination, StoredMetadata } from './public-api/destinations';
export type { Operation } from './public-api/forms';
export type { StoredFunction } from './public-api/workspace';

/** What happens to one request instead of, or besides, what should. */
export interface Misbehaviour {
  /** Which request: the next of this operation. */
  readonly on: Operation;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer's text; an error of Segment's form by default. */
  readonly body?: string;
  /** Carries the request out all the same. */
  readonly isDone?: boolean;
  /** Closes the connection instead of answering. */
  readonly isCut?: boolean;
  /** Never answers. */
  readonly isSilent?: boolean;
  /** What happens in the workspace just before the request is read. */
  readonly before?: () => void;
  /** Carries the request out and answers it as usual, after `before`. */
  readonly isAnswered?: boolean;
}

export interface ReceivedRequest {
  readonly operation: Operation | undefined;
  readonly body: unknown;
}

export interface LocalApi {
  readonly url: string;
  readonly functions: readonly StoredFunction[];
  readonly destinations: readonly StoredDestination[];
  readonly requests: readonly ReceivedRequest[];
  /** Puts a function into the workspace as if it had been created and deployed there. */
  readonly add: (given: GivenFunction) => StoredFunction;
  /** Puts a destination into the workspace as if it had been connected there. */
  readonly addDestination: (given: GivenDestination) => StoredDestination;
  /** Saves other code without deploying it, as somebody does in the editor. */
  readonly edit: (edited: StoredFunction, code: string) => void;
  /** Deploys the latest version once more, as somebody does in the editor. */
  readonly deployAgain: (deployed: StoredFunction) => void;
  readonly misbehave: (...misbehaviours: readonly Misbehaviour[]) => void;
  /** How often an operation was requested. */
  readonly count: (operation: Operation) => number;
  readonly close: () => Promise<void>;
}

export interface LocalApiOptions extends WorkspaceOptions, DestinationOptions {
  readonly token: string;
  /** What the token may not do. */
  readonly forbids?: readonly Operation[];
}

interface Answer {
  readonly status: number;
  readonly json: object;
}

/** Starts the server on a free port of the loopback interface. */
export async function startPublicApi({
  token,
  forbids = [],
  ...options
}: LocalApiOptions): Promise<LocalApi> {
  const workspace = createWorkspace(options);
  const destinations = createDestinations(options);
  const requests: ReceivedRequest[] = [];
  const misbehaviours: Misbehaviour[] = [];

  function takeMisbehaviour(operation: Operation | undefined): Misbehaviour | undefined {
    const index = misbehaviours.findIndex(({ on }) => on === operation);
    return index < 0 ? undefined : misbehaviours.splice(index, 1)[0];
  }

  /** @param isDone whether the request is carried out; otherwise it is only checked. */
  function answer(request: IncomingMessage, text: string, url: URL, isDone: boolean): Answer {
    const route = routeOf(request, url);
    try {
      const body = readBody(request, text, route);
      requests.push({ operation: route?.operation, body });
      if (request.headers.authorization !== `Bearer ${token}`) throw new Refusal(401, 'Unauthorized');
      if (route === undefined) throw new Refusal(404, 'Resource not found');
      if (forbids.includes(route.operation)) throw new Refusal(403, 'Insufficient permissions');
      if (!isDone) return { status: 200, json: {} };
      const [, id = '', versionId = ''] = route.path.exec(url.pathname) ?? [];
      const order = { id, versionId, query: Object.fromEntries(url.searchParams), body };
      const data =
        route.about === 'functions'
          ? workspace.carryOut({ ...order, operation: route.operation })
          : destinations.carryOut({ ...order, operation: route.operation });
      return { status: 200, json: { data } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, message, field } = error;
      return {
        status,
        json: { errors: [{ type: 'bad-request', message, ...(field !== undefined && { field }) }] },
      };
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://localhost');
    const text = await readText(request);
    const misbehaviour = takeMisbehaviour(routeOf(request, url)?.operation);
    const isRight = misbehaviour === undefined || misbehaviour.isAnswered === true;
    misbehaviour?.before?.();
    const { status, json } = answer(request, text, url, isRight || misbehaviour.isDone === true);

    if (misbehaviour?.isSilent) return;
    if (misbehaviour?.isCut) {
      request.socket.destroy();
      return;
    }
    // The token is in it to show that no message ever prints it.
    const error = { errors: [{ type: 'error', message: `as instructed, for ${token}` }] };
    response.writeHead(isRight ? status : (misbehaviour.status ?? status), {
      'Content-Type': 'application/json',
      ...misbehaviour?.headers,
    });
    response.end(misbehaviour?.body ?? JSON.stringify(isRight ? json : error));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  const port = await listen(server);

  return {
    url: `http://127.0.0.1:${port}`,
    functions: workspace.functions,
    destinations: destinations.destinations,
    requests,
    add: workspace.add,
    addDestination: destinations.add,
    edit: (edited, code) => {
      workspace.save(edited, code);
    },
    deployAgain: workspace.deploy,
    misbehave: (...more) => {
      misbehaviours.push(...more);
    },
    count: (operation) => requests.filter((one) => one.operation === operation).length,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const routeOf = ({ method }: IncomingMessage, { pathname }: URL): Route | undefined =>
  ROUTES.find((route) => route.method === method && route.path.test(pathname));

/** @throws Refusal if the body, or what the headers say of it, is not what the operation takes. */
function readBody({ headers }: IncomingMessage, text: string, route: Route | undefined): unknown {
  const type = `application/vnd.segment.${route?.stability ?? 'v1'}+json`;
  if (headers.accept !== type) throw new Refusal(406, `expected Accept: ${type}`);
  const takesBody = ['create', 'update', 'restore', 'updateDestination'].includes(route?.operation ?? '');
  if (!takesBody) {
    if (text !== '') throw new Refusal(422, 'expected no body');
    return undefined;
  }
  if (headers['content-type'] !== type) throw new Refusal(415, `expected Content-Type: ${type}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(422, 'expected JSON');
  }
}

// A local Public API over HTTP, as far as it is about functions: strict, it keeps versions, and it misbehaves when
// it is told to. https://docs.segmentapis.com/tag/Functions
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { z } from 'zod';

const SETTING = z.strictObject({
  name: z.string().min(1),
  label: z.string().min(1),
  description: z.string(),
  type: z.enum(['ARRAY', 'BOOLEAN', 'STRING', 'TEXT_MAP']),
  required: z.boolean(),
  sensitive: z.boolean(),
});
const PARTS = {
  code: z.string().min(1),
  settings: z.array(SETTING),
  displayName: z.string().min(1),
  logoUrl: z.string(),
  description: z.string(),
};
const RESOURCE_TYPE = z.enum(['DESTINATION', 'INSERT_DESTINATION', 'SOURCE']);
const UPDATED = z.strictObject(PARTS).partial();
const CREATED = UPDATED.extend({
  code: PARTS.code,
  displayName: PARTS.displayName,
  resourceType: RESOURCE_TYPE,
});
const RESTORED = z.strictObject({ versionId: z.string() });
const PAGE = z.strictObject({
  'pagination.count': z.coerce.number().int().min(1).max(1000),
  'pagination.cursor': z.string().optional(),
});
const LIST = PAGE.extend({ resourceType: RESOURCE_TYPE });
const NOTHING = z.strictObject({});

/** The workspace's name. */
const WORKSPACE = 'Example';

export type StoredSetting = z.infer<typeof SETTING>;

interface StoredVersion {
  readonly id: string;
  readonly code: string;
  readonly author: string;
  readonly createdAt: string;
  readonly deployedAt?: string;
}

export interface StoredFunction {
  readonly id: string;
  readonly resourceType: string;
  readonly displayName: string;
  readonly description: string;
  settings: readonly StoredSetting[];
  /** Oldest first. */
  versions: StoredVersion[];
  /** The version that the connected instances run. */
  deployed?: string;
}

/** What happens to one request instead of, or besides, what should. */
export interface Misbehaviour {
  /** Which one: the next with this operation. */
  readonly on: Operation;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer's text; an error of Segment's form by default. */
  readonly body?: string;
  /** Carries the request out before all that. */
  readonly isDone?: boolean;
  /** Closes the connection instead of answering. */
  readonly isCut?: boolean;
  /** Never answers. */
  readonly isSilent?: boolean;
  /** What happens in the workspace just before the request is read. */
  readonly before?: () => void;
  /** The right answer, after `before`. */
  readonly isAnswered?: boolean;
}

export interface ReceivedRequest {
  readonly operation: Operation | undefined;
  readonly body: unknown;
}

export interface LocalApi {
  readonly url: string;
  readonly functions: StoredFunction[];
  readonly requests: readonly ReceivedRequest[];
  /** Puts a function into the workspace as if it had been made and deployed there. */
  readonly add: (given: Partial<StoredFunction> & { readonly code?: string }) => StoredFunction;
  /** Saves another code, as somebody does in the editor. */
  readonly edit: (edited: StoredFunction, code: string) => void;
  readonly misbehave: (...misbehaviours: readonly Misbehaviour[]) => void;
  /** How often an operation was asked for. */
  readonly count: (operation: Operation) => number;
  readonly close: () => Promise<void>;
}

export interface LocalApiOptions {
  readonly token: string;
  /** The most items of a page, whatever is asked for. */
  readonly pageLimit?: number;
  /** Whether saving a function deploys it, and deploying it is refused. */
  readonly isDeployedOnSave?: boolean;
  /** Leaves `isLatestVersion` out, which Segment's reference allows. */
  readonly isLatestUntold?: boolean;
}

const ROUTES = {
  workspace: ['GET', /^\/$/, 'v1'],
  list: ['GET', /^\/functions$/, 'v1'],
  create: ['POST', /^\/functions$/, 'v1'],
  get: ['GET', /^\/functions\/([^/]+)$/, 'v1'],
  update: ['PATCH', /^\/functions\/([^/]+)$/, 'v1'],
  deploy: ['POST', /^\/functions\/([^/]+)\/deploy$/, 'v1'],
  listVersions: ['GET', /^\/functions\/([^/]+)\/versions$/, 'v1alpha'],
  restore: ['POST', /^\/functions\/([^/]+)\/versions$/, 'v1alpha'],
  getVersion: ['GET', /^\/functions\/([^/]+)\/versions\/([^/]+)$/, 'v1alpha'],
} as const;
export type Operation = keyof typeof ROUTES;
const OPERATIONS = [
  'workspace',
  'list',
  'create',
  'get',
  'update',
  'deploy',
  'listVersions',
  'restore',
  'getVersion',
] as const;

/** Segment's error of one HTTP status. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

/** Starts the server on a free port of the loopback interface. */
export async function startPublicApi({
  token,
  pageLimit = 1000,
  isDeployedOnSave = false,
  isLatestUntold = false,
}: LocalApiOptions): Promise<LocalApi> {
  const functions: StoredFunction[] = [];
  const requests: ReceivedRequest[] = [];
  const misbehaviours: Misbehaviour[] = [];
  let ids = 0;
  let minutes = 0;

  const nextId = (prefix: string) => `${prefix}_${String((ids += 1)).padStart(8, '0')}`;
  /** A minute later each time, so that what is printed is the same each time. */
  const now = () => new Date(Date.UTC(2026, 10, 20, 10, (minutes += 1))).toISOString();
  const latest = ({ versions }: StoredFunction) => versions.at(-1);

  function save(saved: StoredFunction, code: string): StoredVersion {
    const version = { id: nextId('ver'), code, author: 'user_jane', createdAt: now() };
    saved.versions = [...saved.versions, version];
    return version;
  }
  function deploy(deployed: StoredFunction): void {
    const id = latest(deployed)?.id;
    const deployedAt = now();
    deployed.versions = deployed.versions.map((one) => (one.id === id ? { ...one, deployedAt } : one));
    if (id !== undefined) deployed.deployed = id;
  }
  function showFunction(shown: StoredFunction): object {
    const { versions, deployed, ...rest } = shown;
    const version = versions.find(({ id }) => id === deployed);
    return {
      ...rest,
      workspaceId: 'workspace',
      code: latest(shown)?.code,
      createdAt: versions[0]?.createdAt,
      createdBy: 'user_jane',
      ...(!isLatestUntold && {
        isLatestVersion: deployed !== undefined && deployed === latest(shown)?.id,
      }),
      deployedAt: version?.deployedAt ?? null,
    };
  }
  const showVersion = (shown: StoredVersion, { deployed }: StoredFunction): object => ({
    ...shown,
    isDeployed: shown.id === deployed,
  });
  function page(items: readonly object[], query: unknown): { items: readonly object[]; pagination: object } {
    const { 'pagination.count': asked, 'pagination.cursor': cursor } = check(PAGE.loose(), query);
    const from = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString());
    if (cursor !== undefined && (cursor !== cursorOf(from) || from >= items.length)) {
      throw new Refusal(422, 'is no cursor', 'pagination.cursor');
    }
    const to = from + Math.min(asked, pageLimit);
    const next = to < items.length ? { next: cursorOf(to) } : {};
    return {
      items: items.slice(from, to),
      pagination: { current: cursor ?? cursorOf(0), totalEntries: items.length, ...next },
    };
  }

  function findFunction(id: string): StoredFunction {
    const found = functions.find((one) => one.id === id);
    if (found === undefined) throw new Refusal(404, `function ${id} was not found`);
    return found;
  }
  function findVersion({ versions }: StoredFunction, id: string): StoredVersion {
    const found = versions.find((one) => one.id === id);
    if (found === undefined) throw new Refusal(404, `version ${id} was not found`);
    return found;
  }

  /** Does what is asked for, and gives the `data` of the answer. */
  function carryOut(
    operation: Operation,
    id: string,
    version: string,
    query: unknown,
    body: unknown,
  ): object {
    if (operation !== 'list' && operation !== 'listVersions') check(NOTHING, query);
    switch (operation) {
      case 'workspace':
        return { workspace: { id: 'workspace', slug: 'example', name: WORKSPACE } };
      case 'list': {
        const { resourceType } = check(LIST, query);
        const listed = functions
          .filter((one) => one.resourceType === resourceType)
          .map((one) => ({ id: one.id, resourceType, displayName: one.displayName, createdBy: 'user_jane' }));
        const { items, pagination } = page(listed, query);
        return { functions: items, pagination };
      }
      case 'create': {
        const { code, displayName, settings = [], description = '', resourceType } = check(CREATED, body);
        return { function: showFunction(add({ code, displayName, settings, description, resourceType })) };
      }
      case 'get':
        return { function: showFunction(findFunction(id)) };
      case 'update': {
        const updated = findFunction(id);
        const { code, settings } = check(UPDATED, body);
        if (code !== undefined) save(updated, code);
        if (settings !== undefined) updated.settings = settings;
        if (isDeployedOnSave) deploy(updated);
        return { function: showFunction(updated) };
      }
      case 'deploy':
        if (isDeployedOnSave) throw new Refusal(400, 'only source functions can be deployed');
        deploy(findFunction(id));
        return { functionDeployment: { status: 'SUCCESS' } };
      case 'listVersions': {
        const found = findFunction(id);
        const { items, pagination } = page(
          found.versions.map((one) => showVersion(one, found)),
          check(PAGE, query),
        );
        return { versions: items, pagination };
      }
      case 'getVersion': {
        const found = findFunction(id);
        return { version: showVersion(findVersion(found, version), found) };
      }
      case 'restore': {
        const found = findFunction(id);
        const { code } = findVersion(found, check(RESTORED, body).versionId);
        return { version: showVersion(save(found, code), found) };
      }
    }
  }

  function add({
    code = 'async function onTrack() {}',
    ...given
  }: Partial<StoredFunction> & { code?: string }): StoredFunction {
    const { displayName = 'A function', resourceType = 'DESTINATION' } = given;
    const suffix = resourceType === 'SOURCE' ? '' : ` (${WORKSPACE})`;
    const added: StoredFunction = {
      id: nextId('dfn'),
      resourceType,
      description: '',
      settings: [],
      versions: [],
      ...given,
      displayName: `${displayName}${suffix}`,
    };
    save(added, code);
    functions.push(added);
    return added;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://localhost');
    const text = await readText(request);
    const operation = OPERATIONS.find((name) => {
      const [method, path] = ROUTES[name];
      return method === request.method && path.test(url.pathname);
    });
    const index = misbehaviours.findIndex(({ on }) => on === operation);
    const [misbehaviour] = index < 0 ? [] : misbehaviours.splice(index, 1);
    misbehaviour?.before?.();

    let status = 200;
    let data: object = {};
    let body: unknown;
    try {
      body = readBody(request, text, operation);
      requests.push({ operation, body });
      if (request.headers.authorization !== `Bearer ${token}`) throw new Refusal(401, 'Unauthorized');
      if (operation === undefined) throw new Refusal(404, 'Resource not found');
      if (misbehaviour === undefined || misbehaviour.isDone || misbehaviour.isAnswered) {
        const [, id = '', version = ''] = ROUTES[operation][1].exec(url.pathname) ?? [];
        data = { data: carryOut(operation, id, version, Object.fromEntries(url.searchParams), body) };
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      status = error.status;
      const { message, field } = error;
      data = { errors: [{ type: 'bad-request', message, ...(field !== undefined && { field }) }] };
    }

    if (misbehaviour?.isSilent) return;
    if (misbehaviour?.isCut) {
      request.socket.destroy();
      return;
    }
    if (misbehaviour !== undefined && !misbehaviour.isAnswered) {
      status = misbehaviour.status ?? status;
      data = { errors: [{ type: 'error', message: `as it was told, for ${token}` }] };
    }
    response.writeHead(status, { 'Content-Type': 'application/json', ...misbehaviour?.headers });
    response.end(misbehaviour?.body ?? JSON.stringify(data));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}`,
    functions,
    requests,
    add: (given) => {
      const added = add(given);
      deploy(added);
      return added;
    },
    edit: (edited, code) => {
      save(edited, code);
    },
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

const cursorOf = (index: number): string => Buffer.from(String(index)).toString('base64');

/** @throws Refusal where the body or what the headers say of it is not what the operation takes. */
function readBody({ headers }: IncomingMessage, text: string, operation: Operation | undefined): unknown {
  const type = `application/vnd.segment.${operation === undefined ? 'v1' : ROUTES[operation][2]}+json`;
  if (headers.accept !== type) throw new Refusal(406, `expected Accept: ${type}`);
  const takesBody = operation === 'create' || operation === 'update' || operation === 'restore';
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

/** @throws Refusal that names the field, as Segment does. */
function check<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new Refusal(422, issue?.message ?? '', issue?.path.join('.') ?? '');
}

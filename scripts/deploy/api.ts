// Segment's Public API, as far as it is about functions. https://docs.segmentapis.com/tag/Functions
import { z } from 'zod';
import type { Connection } from './connection';
import { LONGEST_WAIT, readRetryAfter, retry, type Passing } from './retry';

/** In milliseconds, from the request to the whole answer. */
const TIMEOUT = 30_000;
const PAGE = 100;

const SETTING = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  description: z.string(),
  required: z.boolean(),
  sensitive: z.boolean(),
});
const LISTED = z.object({ id: z.string(), displayName: z.string() });
const FUNCTION = LISTED.extend({
  resourceType: z.string(),
  code: z.string(),
  settings: z.array(SETTING).readonly().default([]),
  /** ISO 8601. */
  deployedAt: z.string().nullish(),
  /** Whether the latest version is the one that is deployed. */
  isLatestVersion: z.boolean().nullish(),
});
const VERSION = z.object({
  id: z.string(),
  /** The ID of the user or of the token. */
  author: z.string().nullish(),
  code: z.string(),
  isDeployed: z.boolean().nullish(),
  createdAt: z.string().nullish(),
});
const PAGINATION = z.object({ next: z.string().nullish() });
const FAULTS = z.object({
  errors: z.array(
    z.object({
      message: z.string().nullish(),
      field: z.string().nullish(),
      /** A rate limit tells the milliseconds until it ends: https://docs.segmentapis.com/tag/Rate-Limits */
      data: z.object({ msBeforeNext: z.number().optional() }).nullish(),
    }),
  ),
});

/** A setting of a function, as an operator sees it in Segment. */
export type Setting = Readonly<z.infer<typeof SETTING>>;
export type ListedFunction = Readonly<z.infer<typeof LISTED>>;
export type SegmentFunction = Readonly<z.infer<typeof FUNCTION>>;
export type Version = Readonly<z.infer<typeof VERSION>>;

export interface FunctionChange {
  readonly code?: string;
  /** All of them: the ones that are left out are removed. */
  readonly settings?: readonly Setting[];
}
export interface NewFunction extends Required<FunctionChange> {
  readonly displayName: string;
  readonly description: string;
}

interface Operation {
  /** What Segment did not do, in messages. */
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** https://docs.segmentapis.com/tag/Versioning: the alpha calls refuse bodies that do not say so. */
  readonly stability: 'v1' | 'v1alpha';
  /** https://segment.com/docs/connections/functions/destination-functions/#functions-permissions */
  readonly roles: string;
  /** Sent twice, it does no harm; the others are looked after where nobody knows whether they were carried out. */
  readonly isRepeatable: boolean;
}

const READ = { method: 'GET', roles: 'Functions Read-only or Functions Admin', isRepeatable: true } as const;
const OPERATIONS = {
  list: { ...READ, what: 'list the functions', stability: 'v1' },
  get: { ...READ, what: 'read the function', stability: 'v1' },
  listVersions: { ...READ, what: 'list the versions', stability: 'v1alpha' },
  getVersion: { ...READ, what: 'read the version', stability: 'v1alpha' },
  create: {
    what: 'create the function',
    method: 'POST',
    stability: 'v1',
    roles: 'Functions Admin',
    isRepeatable: false,
  },
  update: {
    what: 'save the function',
    method: 'PATCH',
    stability: 'v1',
    roles: 'Functions Admin',
    isRepeatable: true,
  },
  deploy: {
    what: 'deploy the function',
    method: 'POST',
    stability: 'v1',
    roles: 'Functions Admin and Source Admin',
    isRepeatable: true,
  },
  restore: {
    what: 'restore the version',
    method: 'POST',
    stability: 'v1alpha',
    roles: 'Functions Admin',
    isRepeatable: false,
  },
} as const satisfies Readonly<Record<string, Operation>>;

/** Segment did not do what it was asked; the message says why, and what to do. */
export class ApiError extends Error {
  override name = 'ApiError';
  constructor(
    message: string,
    /** The HTTP status; `undefined` where there was no answer. */
    readonly status?: number,
    /** Nobody knows whether Segment carried it out. */
    readonly isAmbiguous = false,
  ) {
    super(message);
  }
}

/** Every call throws ApiError. Those that can be repeated are, where the failure may pass. */
export interface PublicApi {
  readonly base: string;
  /** All Destination Functions of the workspace. */
  readonly listFunctions: () => Promise<readonly ListedFunction[]>;
  readonly getFunction: (id: string) => Promise<SegmentFunction>;
  /** Sent once, unless Segment says that it did nothing (HTTP 429). */
  readonly createFunction: (created: NewFunction) => Promise<SegmentFunction>;
  /** Saves; what the connected instances run stays as it is. */
  readonly updateFunction: (id: string, change: FunctionChange) => Promise<SegmentFunction>;
  /** Makes the connected instances run what is saved. */
  readonly deployFunction: (id: string) => Promise<void>;
  /** As Segment lists them: the latest is not always the first. */
  readonly listVersions: (id: string) => Promise<readonly Version[]>;
  readonly getVersion: (id: string, version: string) => Promise<Version>;
  /** Saves the version's code as the latest version. Sent once, as {@link createFunction}. */
  readonly restoreVersion: (id: string, version: string) => Promise<Version>;
}

/** @param notify is told when a request is tried again. */
export function createPublicApi({ base, token }: Connection, notify: (message: string) => void): PublicApi {
  /** @param path of parts that are encoded one by one. */
  async function call<Data>(
    operation: Operation,
    path: readonly string[],
    data: z.ZodType<Data>,
    { query = {}, body }: { query?: Readonly<Record<string, string>>; body?: object } = {},
  ): Promise<Data> {
    const url = new URL(`${base}/${path.map(encodeURIComponent).join('/')}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const type = `application/vnd.segment.${operation.stability}+json`;
    const request: RequestInit = {
      method: operation.method,
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: type,
        ...(body !== undefined && { 'Content-Type': type }),
      },
      // The token goes to nobody else.
      redirect: 'manual',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };

    async function attempt(): Promise<{ readonly value: Data } | Passing> {
      let response: Response;
      let text: string;
      try {
        response = await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT) });
        text = await response.text();
      } catch (error) {
        const message = `${url.origin} did not answer (${reasonOf(error)}). Check the network, and run it again.`;
        return passing(new ApiError(message, undefined, true), undefined);
      }
      const { status } = response;
      if (response.ok) {
        const answer = z.object({ data }).safeParse(parseJson(text));
        if (answer.success) return { value: answer.data.data };
        const [issue] = answer.error.issues;
        const message = `Segment's answer when asked to ${operation.what} is not the Public API's: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`;
        throw new ApiError(message, status, true);
      }
      const faults = FAULTS.safeParse(parseJson(text)).data?.errors ?? [];
      const words = faults
        .map(({ field, message }) => [field, message].filter((part) => part).join(': '))
        .join('; ');
      const said = `Segment did not ${operation.what}: HTTP ${String(status)}${words === '' ? '' : `: ${words}`}.`;
      if (status === 429 || status >= 500) {
        const wait =
          readRetryAfter(response.headers.get('retry-after'), Date.now()) ??
          faults.find((fault) => fault.data?.msBeforeNext !== undefined)?.data?.msBeforeNext;
        const patience =
          wait !== undefined && wait > LONGEST_WAIT ? ` in ${String(Math.ceil(wait / 60_000))} minutes` : '';
        const error = new ApiError(`${said} Run it again${patience}.`, status, status !== 429);
        return passing(error, wait);
      }
      throw new ApiError(`${said}${advice(status, operation)}`, status);
    }

    function passing(error: ApiError, wait: number | undefined): Passing {
      if (error.isAmbiguous && !operation.isRepeatable) throw error;
      return { error, wait };
    }

    return retry(attempt, (wait, { message }) => {
      notify(`${message.replace(/ (?:Check|Run) .*/, '')} Trying again in ${(wait / 1000).toFixed(1)} s …`);
    });
  }

  /** Reads pages until Segment names no next one. */
  async function pages<Item>(
    operation: Operation,
    path: readonly string[],
    query: Readonly<Record<string, string>>,
    page: z.ZodType<{ items: Item[]; next: string | undefined }>,
  ): Promise<readonly Item[]> {
    const items: Item[] = [];
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const answer = await call(operation, path, page, {
        query: {
          ...query,
          'pagination.count': String(PAGE),
          ...(cursor !== undefined && { 'pagination.cursor': cursor }),
        },
      });
      items.push(...answer.items);
      if (cursor !== undefined) seen.add(cursor);
      cursor = answer.next;
      // A cursor that comes back again would never end.
    } while (cursor !== undefined && !seen.has(cursor));
    return items;
  }

  const one = z.object({ function: FUNCTION }).transform((data) => data.function);
  const version = z.object({ version: VERSION }).transform((data) => data.version);
  const functions = z
    .object({ functions: z.array(LISTED), pagination: PAGINATION })
    .transform((data) => ({ items: data.functions, next: data.pagination.next ?? undefined }));
  const versions = z
    .object({ versions: z.array(VERSION), pagination: PAGINATION })
    .transform((data) => ({ items: data.versions, next: data.pagination.next ?? undefined }));

  return {
    base,
    listFunctions: () => pages(OPERATIONS.list, ['functions'], { resourceType: 'DESTINATION' }, functions),
    getFunction: (id) => call(OPERATIONS.get, ['functions', id], one),
    createFunction: (created) =>
      call(OPERATIONS.create, ['functions'], one, { body: { ...created, resourceType: 'DESTINATION' } }),
    updateFunction: (id, change) => call(OPERATIONS.update, ['functions', id], one, { body: change }),
    deployFunction: async (id) => {
      const deployment = z.object({ functionDeployment: z.object({ status: z.literal('SUCCESS') }) });
      await call(OPERATIONS.deploy, ['functions', id, 'deploy'], deployment);
    },
    listVersions: (id) => pages(OPERATIONS.listVersions, ['functions', id, 'versions'], {}, versions),
    getVersion: (id, versionId) =>
      call(OPERATIONS.getVersion, ['functions', id, 'versions', versionId], version),
    restoreVersion: (id, versionId) =>
      call(OPERATIONS.restore, ['functions', id, 'versions'], version, { body: { versionId } }),
  };
}

/** What a person can do about a refusal that does not pass. */
function advice(status: number, { roles }: Operation): string {
  switch (status) {
    case 401:
    case 403:
      return ` SEGMENT_PUBLIC_API_TOKEN must be a token of this workspace, in this region (--region), with the role Workspace Owner, or ${roles}.`;
    case 404:
      return ' Check the ID, and that the token is of the workspace where it is.';
    default:
      return '';
  }
}

/** Node.js wraps the reason of a failed request in a TypeError that says "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'unknown';
  if (cause.name === 'TimeoutError') return `not within ${String(TIMEOUT / 1000)} s`;
  return 'code' in cause ? String(cause.code) : cause.message;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

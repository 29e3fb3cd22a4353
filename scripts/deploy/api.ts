// Segment's Public API, as far as it is about functions. https://docs.segmentapis.com/tag/Functions
import { z } from 'zod';
import type { Connection } from './connection';
import { createCaller, type Operation } from './request';

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

/** Every call throws ApiError. Those that can be repeated are, where the failure may pass. */
export interface PublicApi {
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
export function createPublicApi(connection: Connection, notify: (message: string) => void): PublicApi {
  const call = createCaller(connection, notify);

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

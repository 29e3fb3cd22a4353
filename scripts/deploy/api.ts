// Segment's Public API, as far as it is about functions. https://docs.segmentapis.com/tag/Functions
import { z } from 'zod';
import type { Connection } from './connection';
import { createCaller, type Operation, type Recheck } from './request';

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
  /** Also where it is the same: it makes a version, whose deployment then tells whether the settings are deployed. */
  readonly code: string;
  /** All of them: the ones that are left out are removed. */
  readonly settings?: readonly Setting[];
}
export interface NewFunction extends Required<FunctionChange> {
  readonly displayName: string;
  readonly description: string;
}

const READ = { method: 'GET', roles: 'Functions Read-only or Functions Admin', isRepeatable: true } as const;
const VERSIONS = {
  stability: 'v1alpha',
  notFound:
    'Check the ID. It may also be that Functions Versioning is not enabled for the workspace; the editor in Segment restores earlier versions too.',
} as const;
const OPERATIONS = {
  getWorkspace: { ...READ, what: 'read the name of the workspace', stability: 'v1' },
  list: { ...READ, what: 'list the functions', stability: 'v1' },
  get: { ...READ, what: 'read the function', stability: 'v1' },
  listVersions: { ...READ, ...VERSIONS, what: 'list the versions' },
  getVersion: { ...READ, ...VERSIONS, what: 'read the version' },
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
    ...VERSIONS,
    what: 'restore the version',
    method: 'POST',
    roles: 'Functions Admin',
    isRepeatable: false,
  },
} as const satisfies Readonly<Record<string, Operation>>;

/**
 * Every call throws ApiError. Those that can be repeated are, where the failure may pass; before a write is repeated,
 * its `recheck` says whether it still may be.
 */
export interface PublicApi {
  /** The name of the workspace that the token is of: https://docs.segmentapis.com/tag/Workspaces */
  readonly getWorkspaceName: () => Promise<string>;
  /** All Destination Functions of the workspace. */
  readonly listFunctions: () => Promise<readonly ListedFunction[]>;
  readonly getFunction: (id: string) => Promise<SegmentFunction>;
  /** Sent once, unless Segment says that it did nothing (HTTP 429). */
  readonly createFunction: (
    created: NewFunction,
    recheck: Recheck<SegmentFunction>,
  ) => Promise<SegmentFunction>;
  /** Saves; what the connected instances run stays as it is. */
  readonly updateFunction: (
    id: string,
    change: FunctionChange,
    recheck: Recheck<SegmentFunction>,
  ) => Promise<SegmentFunction>;
  /** Makes the connected instances run what is saved. */
  readonly deployFunction: (id: string, recheck: Recheck<undefined>) => Promise<void>;
  /** As Segment lists them: the latest is not always the first. */
  readonly listVersions: (id: string) => Promise<readonly Version[]>;
  readonly getVersion: (id: string, version: string) => Promise<Version>;
  /** Saves the version's code as the latest version. Sent once, as {@link createFunction}. */
  readonly restoreVersion: (id: string, version: string, recheck: Recheck<Version>) => Promise<Version>;
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
  const workspace = z
    .object({ workspace: z.object({ name: z.string() }) })
    .transform((data) => data.workspace.name);
  const deployment = z
    .object({ functionDeployment: z.object({ status: z.literal('SUCCESS') }) })
    .transform(() => undefined);
  const version = z.object({ version: VERSION }).transform((data) => data.version);
  const functions = z
    .object({ functions: z.array(LISTED), pagination: PAGINATION })
    .transform((data) => ({ items: data.functions, next: data.pagination.next ?? undefined }));
  const versions = z
    .object({ versions: z.array(VERSION), pagination: PAGINATION })
    .transform((data) => ({ items: data.versions, next: data.pagination.next ?? undefined }));

  return {
    getWorkspaceName: () => call(OPERATIONS.getWorkspace, [], workspace),
    listFunctions: () => pages(OPERATIONS.list, ['functions'], { resourceType: 'DESTINATION' }, functions),
    getFunction: (id) => call(OPERATIONS.get, ['functions', id], one),
    createFunction: (created, recheck) =>
      call(OPERATIONS.create, ['functions'], one, {
        body: { ...created, resourceType: 'DESTINATION' },
        recheck,
      }),
    updateFunction: (id, change, recheck) =>
      call(OPERATIONS.update, ['functions', id], one, { body: change, recheck }),
    deployFunction: async (id, recheck) => {
      await call(OPERATIONS.deploy, ['functions', id, 'deploy'], deployment, { recheck });
    },
    listVersions: (id) => pages(OPERATIONS.listVersions, ['functions', id, 'versions'], {}, versions),
    getVersion: (id, versionId) =>
      call(OPERATIONS.getVersion, ['functions', id, 'versions', versionId], version),
    restoreVersion: (id, versionId, recheck) =>
      call(OPERATIONS.restore, ['functions', id, 'versions'], version, { body: { versionId }, recheck }),
  };
}

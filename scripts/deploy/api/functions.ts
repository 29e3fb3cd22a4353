// The part of Segment's Public API that is about functions.
// Segment Public API, "Functions": https://docs.segmentapis.com/tag/Functions
import { z } from 'zod';
import { OPERATIONS } from '../operations';
import type { Caller, Recheck } from '../request';
import { PAGINATION, readPages } from './pages';

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

/** The forms of the answers' `data`, and what the callers get of it. */
const FUNCTION_DATA = z.object({ function: FUNCTION }).transform((data) => data.function);
const FUNCTIONS_DATA = z
  .object({ functions: z.array(LISTED), pagination: PAGINATION })
  .transform((data) => ({ items: data.functions, next: data.pagination.next ?? undefined }));
const DEPLOYMENT_DATA = z
  .object({ functionDeployment: z.object({ status: z.literal('SUCCESS') }) })
  .transform(() => undefined);
const VERSION_DATA = z.object({ version: VERSION }).transform((data) => data.version);
const VERSIONS_DATA = z
  .object({ versions: z.array(VERSION), pagination: PAGINATION })
  .transform((data) => ({ items: data.versions, next: data.pagination.next ?? undefined }));

/** A setting of a function, as an operator sees it in Segment. */
export type Setting = Readonly<z.infer<typeof SETTING>>;
export type ListedFunction = Readonly<z.infer<typeof LISTED>>;
export type SegmentFunction = Readonly<z.infer<typeof FUNCTION>>;
export type Version = Readonly<z.infer<typeof VERSION>>;

export interface FunctionChange {
  /** Sent even if it is the same: it makes a version, and that version's deployment tells if the settings are deployed. */
  readonly code: string;
  /** All of them: Segment removes those that are left out. */
  readonly settings?: readonly Setting[];
}
export interface NewFunction extends Required<FunctionChange> {
  readonly displayName: string;
  readonly description: string;
}

export interface FunctionsApi {
  /** All Destination Functions of the workspace. */
  readonly listFunctions: () => Promise<readonly ListedFunction[]>;
  readonly getFunction: (id: string) => Promise<SegmentFunction>;
  /** Sent once, unless Segment says that it did nothing (HTTP 429). */
  readonly createFunction: (
    created: NewFunction,
    recheck: Recheck<SegmentFunction>,
  ) => Promise<SegmentFunction>;
  /** Saves, and leaves what the connected instances run as it is. */
  readonly updateFunction: (
    id: string,
    change: FunctionChange,
    recheck: Recheck<SegmentFunction>,
  ) => Promise<SegmentFunction>;
  /** Makes the connected instances run what is saved. */
  readonly deployFunction: (id: string, recheck: Recheck<undefined>) => Promise<void>;
  /** In Segment's order: the latest is not always the first. */
  readonly listVersions: (id: string) => Promise<readonly Version[]>;
  readonly getVersion: (id: string, version: string) => Promise<Version>;
  /** Saves the version's code as the latest version. Sent once, like {@link createFunction}. */
  readonly restoreVersion: (id: string, version: string, recheck: Recheck<Version>) => Promise<Version>;
}

export const createFunctionsApi = (call: Caller): FunctionsApi => ({
  listFunctions: () =>
    readPages(call, OPERATIONS.list, ['functions'], FUNCTIONS_DATA, { resourceType: 'DESTINATION' }),
  getFunction: (id) => call(OPERATIONS.get, ['functions', id], FUNCTION_DATA),
  createFunction: (created, recheck) =>
    call(OPERATIONS.create, ['functions'], FUNCTION_DATA, {
      body: { ...created, resourceType: 'DESTINATION' },
      recheck,
    }),
  updateFunction: (id, change, recheck) =>
    call(OPERATIONS.update, ['functions', id], FUNCTION_DATA, { body: change, recheck }),
  deployFunction: async (id, recheck) => {
    await call(OPERATIONS.deploy, ['functions', id, 'deploy'], DEPLOYMENT_DATA, { recheck });
  },
  listVersions: (id) =>
    readPages(call, OPERATIONS.listVersions, ['functions', id, 'versions'], VERSIONS_DATA),
  getVersion: (id, versionId) =>
    call(OPERATIONS.getVersion, ['functions', id, 'versions', versionId], VERSION_DATA),
  restoreVersion: (id, versionId, recheck) =>
    call(OPERATIONS.restore, ['functions', id, 'versions'], VERSION_DATA, { body: { versionId }, recheck }),
});

// The calls of the Public API: how each is made, and what to say when it fails.

export interface Operation {
  /** What Segment did not do, in messages. */
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  /**
   * The media type's version; an alpha call refuses a body of any other.
   * Segment Public API, "Versioning": https://docs.segmentapis.com/tag/Versioning
   */
  readonly stability: 'v1' | 'v1alpha';
  /**
   * Segment, "Destination Functions", section "Functions permissions":
   * https://segment.com/docs/connections/functions/destination-functions/#functions-permissions
   */
  readonly roles: string;
  /** Whether it does no harm to send it twice. If it does, and its end is unclear, the workspace is read instead. */
  readonly isRepeatable: boolean;
  /** What HTTP 404 may mean, and what to do; about the function's ID by default. */
  readonly notFound?: string;
}

const READ = { method: 'GET', roles: 'Functions Read-only or Functions Admin', isRepeatable: true } as const;
const VERSIONS = {
  stability: 'v1alpha',
  notFound:
    "Check the ID. Functions Versioning may also not be enabled for the workspace; Segment's editor restores earlier versions too.",
} as const;

export const OPERATIONS = {
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

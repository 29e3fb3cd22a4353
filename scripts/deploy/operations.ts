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
   * Segment, "Roles": https://www.twilio.com/docs/segment/segment-app/iam/roles
   */
  readonly roles: string;
  /** Whether it does no harm to send it twice. If it does, and its end is unclear, the workspace is read instead. */
  readonly isRepeatable: boolean;
  /** What HTTP 404 may mean, and what to do. */
  readonly notFound: string;
}

const READ = { method: 'GET', isRepeatable: true } as const;
const notFound = (what: string) =>
  `Check the ID, and that the token is for the workspace that the ${what} is in.`;
const FUNCTION = { stability: 'v1', notFound: notFound('function') } as const;
const READ_FUNCTION = { ...FUNCTION, ...READ, roles: 'Functions Read-only or Functions Admin' } as const;
const VERSIONS = {
  stability: 'v1alpha',
  notFound:
    "Check the ID. Functions Versioning may also not be enabled for the workspace; Segment's editor restores earlier versions too.",
} as const;
const DESTINATION = { stability: 'v1', notFound: notFound('destination') } as const;
const READ_DESTINATION = { ...DESTINATION, ...READ, roles: 'Source Read-only or Source Admin' } as const;

export const OPERATIONS = {
  getWorkspace: { ...READ_FUNCTION, what: 'read the name of the workspace' },
  list: { ...READ_FUNCTION, what: 'list the functions' },
  get: { ...READ_FUNCTION, what: 'read the function' },
  listVersions: { ...READ_FUNCTION, ...VERSIONS, what: 'list the versions' },
  getVersion: { ...READ_FUNCTION, ...VERSIONS, what: 'read the version' },
  create: {
    ...FUNCTION,
    what: 'create the function',
    method: 'POST',
    roles: 'Functions Admin',
    isRepeatable: false,
  },
  update: {
    ...FUNCTION,
    what: 'save the function',
    method: 'PATCH',
    roles: 'Functions Admin',
    isRepeatable: true,
  },
  deploy: {
    ...FUNCTION,
    what: 'deploy the function',
    method: 'POST',
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
  listDestinations: { ...READ_DESTINATION, what: 'list the destinations' },
  getDestination: { ...READ_DESTINATION, what: 'read the destination' },
  updateDestination: {
    ...DESTINATION,
    what: "save the destination's settings",
    method: 'PATCH',
    roles: 'Source Admin',
    isRepeatable: true,
  },
  listSubscriptions: {
    ...READ_DESTINATION,
    what: "list the destination's mappings",
    stability: 'v1alpha',
  },
} as const satisfies Readonly<Record<string, Operation>>;

// What the local Public API takes: the paths and methods of its operations, and the forms of queries and bodies.
import { z } from 'zod';

/** The first that a request's method and path match is meant; groups in a path are IDs. */
export const ROUTES = [
  { about: 'functions', operation: 'workspace', method: 'GET', path: /^\/$/, stability: 'v1' },
  { about: 'functions', operation: 'list', method: 'GET', path: /^\/functions$/, stability: 'v1' },
  { about: 'functions', operation: 'create', method: 'POST', path: /^\/functions$/, stability: 'v1' },
  { about: 'functions', operation: 'get', method: 'GET', path: /^\/functions\/([^/]+)$/, stability: 'v1' },
  {
    about: 'functions',
    operation: 'update',
    method: 'PATCH',
    path: /^\/functions\/([^/]+)$/,
    stability: 'v1',
  },
  {
    about: 'functions',
    operation: 'deploy',
    method: 'POST',
    path: /^\/functions\/([^/]+)\/deploy$/,
    stability: 'v1',
  },
  {
    about: 'functions',
    operation: 'listVersions',
    method: 'GET',
    path: /^\/functions\/([^/]+)\/versions$/,
    stability: 'v1alpha',
  },
  {
    about: 'functions',
    operation: 'restore',
    method: 'POST',
    path: /^\/functions\/([^/]+)\/versions$/,
    stability: 'v1alpha',
  },
  {
    about: 'functions',
    operation: 'getVersion',
    method: 'GET',
    path: /^\/functions\/([^/]+)\/versions\/([^/]+)$/,
    stability: 'v1alpha',
  },
  {
    about: 'destinations',
    operation: 'listDestinations',
    method: 'GET',
    path: /^\/destinations$/,
    stability: 'v1',
  },
  {
    about: 'destinations',
    operation: 'getDestination',
    method: 'GET',
    path: /^\/destinations\/([^/]+)$/,
    stability: 'v1',
  },
  {
    about: 'destinations',
    operation: 'updateDestination',
    method: 'PATCH',
    path: /^\/destinations\/([^/]+)$/,
    stability: 'v1',
  },
  {
    about: 'destinations',
    operation: 'listSubscriptions',
    method: 'GET',
    path: /^\/destinations\/([^/]+)\/subscriptions$/,
    stability: 'v1alpha',
  },
] as const;

export type Route = (typeof ROUTES)[number];
export type Operation = Route['operation'];
/** The operations on functions or on destinations. */
type OperationOn<About extends Route['about']> = Extract<Route, { readonly about: About }>['operation'];

/** An operation with its IDs, query and body. */
export interface Order<About extends Route['about']> {
  readonly operation: OperationOn<About>;
  /** Of the function or of the destination. */
  readonly id: string;
  readonly versionId: string;
  readonly query: unknown;
  readonly body: unknown;
}

const SETTING = z.strictObject({
  name: z.string().min(1),
  label: z.string().min(1),
  description: z.string(),
  type: z.enum(['ARRAY', 'BOOLEAN', 'STRING', 'TEXT_MAP']),
  required: z.boolean(),
  sensitive: z.boolean(),
});
export type StoredSetting = z.infer<typeof SETTING>;

const PARTS = {
  code: z.string().min(1),
  settings: z.array(SETTING),
  displayName: z.string().min(1),
  logoUrl: z.string(),
  description: z.string(),
};
const RESOURCE_TYPE = z.enum(['DESTINATION', 'INSERT_DESTINATION', 'SOURCE']);

export const UPDATE_BODY = z.strictObject(PARTS).partial();
export const CREATE_BODY = UPDATE_BODY.extend({
  code: PARTS.code,
  displayName: PARTS.displayName,
  resourceType: RESOURCE_TYPE,
});
export const RESTORE_BODY = z.strictObject({ versionId: z.string() });
export const DESTINATION_BODY = z
  .strictObject({
    name: z.string().nullable(),
    enabled: z.boolean(),
    settings: z.record(z.string(), z.unknown()),
  })
  .partial();

export const PAGE_QUERY = z.strictObject({
  'pagination.count': z.coerce.number().int().min(1).max(1000),
  'pagination.cursor': z.string().optional(),
});
export const LIST_QUERY = PAGE_QUERY.extend({ resourceType: RESOURCE_TYPE });
export const NO_QUERY = z.strictObject({});

/** Segment's error of one HTTP status. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

/** @throws Refusal that names the field, as Segment does. */
export function check<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new Refusal(422, issue?.message ?? '', issue?.path.join('.') ?? '');
}

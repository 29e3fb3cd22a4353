// One request to the Public API: how it is sent, tried again, and what its answer says.
import { CommandError } from '../cli/command';
import { z } from 'zod';
import { parseJson } from '../../lib/values/json';
import { TOKEN, type Connection } from './connection';
import { LONGEST_WAIT, readRetryAfter, retry, type Passing } from './retry';

/** In milliseconds, from the request to the whole answer. */
const TIMEOUT = 30_000;

/** What to do after a write whose end nobody knows, and which must not be done twice. */
const UNCLEAR =
  'Nobody knows whether it was done: look in Segment what is there (Connections → Catalog → Functions) before you run it again.';

/** https://docs.segmentapis.com/tag/Error-Handling */
const REFUSAL = z.object({
  errors: z.array(
    z.object({
      message: z.string().nullish(),
      field: z.string().nullish(),
      /** A rate limit tells the milliseconds until it ends: https://docs.segmentapis.com/tag/Rate-Limits */
      data: z.object({ msBeforeNext: z.number().optional() }).nullish(),
    }),
  ),
});

export interface Operation {
  /** What Segment did not do, in messages. */
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** https://docs.segmentapis.com/tag/Versioning: the alpha calls refuse bodies that do not say so. */
  readonly stability: 'v1' | 'v1alpha';
  /** https://segment.com/docs/connections/functions/destination-functions/#functions-permissions */
  readonly roles: string;
  /** Sent twice, it does no harm; the others are looked after where nobody knows whether they were carried out. */
  readonly isRepeatable: boolean;
  /** What HTTP 404 may mean, and what to do; about an ID by default. */
  readonly notFound?: string;
}

/** Segment did not do what it was asked; the message says why, and what to do. */
export class ApiError extends CommandError {
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

/**
 * Looks again before a write is repeated, because others were free to act while it waited.
 *
 * @param isUnclear whether an attempt before may have been carried out without an answer.
 * @returns the value where that attempt did the work; `undefined` where it is to be repeated.
 * @throws whatever speaks against repeating it.
 */
export type Recheck<Data> = (isUnclear: boolean) => Promise<{ readonly value: Data } | undefined>;

export interface Details<Data> {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Runs before each attempt but the first. */
  readonly recheck?: Recheck<Data>;
}

/**
 * Asks Segment for something.
 *
 * @param path in parts, which are encoded one by one.
 * @param data the form of the answer's `data`.
 * @throws ApiError, and what the recheck throws.
 */
export type Caller = <Data>(
  operation: Operation,
  path: readonly string[],
  data: z.ZodType<Data>,
  details?: Details<Data>,
) => Promise<Data>;

/** @param notify is told when a request is tried again. */
export function createCaller({ base, token }: Connection, notify: (message: string) => void): Caller {
  return async (operation, path, data, { query = {}, body, recheck } = {}) => {
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
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // The token goes to nobody else.
      redirect: 'manual',
    };
    const answer = z.object({ data }).transform((envelope) => envelope.data);

    const failures: ApiError[] = [];
    return retry(
      async () => {
        if (failures.length > 0) {
          const done = await recheck?.(failures.some(({ isAmbiguous }) => isAmbiguous));
          if (done !== undefined) return done;
        }
        const received = await receive(url, request);
        if ('response' in received && received.response.ok) {
          return { value: read(answer, received, operation) };
        }
        const failure =
          'silence' in received ? judgeSilence(received.silence, url, operation) : judge(received, operation);
        failures.push(failure.error);
        return failure;
      },
      (wait, reason) => {
        notify(`${reason} Trying again in ${(wait / 1000).toFixed(1)} s …`);
      },
    );
  };
}

interface Received {
  readonly response: Response;
  readonly json: unknown;
}

async function receive(url: URL, request: RequestInit): Promise<Received | { readonly silence: string }> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT) });
    return { response, json: parseJson(await response.text()) };
  } catch (error) {
    return { silence: reasonOf(error) };
  }
}

function read<Data>(
  answer: z.ZodType<Data>,
  { response, json }: Received,
  { what, isRepeatable }: Operation,
): Data {
  const { success, data, error } = answer.safeParse(json);
  if (success) return data;
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new ApiError(
    `Segment's answer when asked to ${what} is not the Public API's: ${place}: ${issue?.message ?? ''}.${isRepeatable ? '' : ` ${UNCLEAR}`}`,
    response.status,
    true,
  );
}

interface PassingError extends Passing {
  readonly error: ApiError;
}

/** What no answer means: try again, or throw. */
function judgeSilence(silence: string, { origin }: URL, operation: Operation): PassingError {
  const reason = `${origin} did not answer (${silence}).`;
  return passing(operation, reason, 'Check the network, and run it again.', undefined, undefined);
}

/** What a refusal means: try again, or throw. */
function judge({ response, json }: Received, operation: Operation): PassingError {
  const { status, headers } = response;
  const errors = REFUSAL.safeParse(json).data?.errors ?? [];
  const words = errors
    .map(({ field, message }) => [field, message].filter((part) => part).join(': '))
    .join('; ');
  const reason = `Segment did not ${operation.what}: HTTP ${status}${words === '' ? '' : `: ${words}`}.`;
  if (status !== 429 && status < 500) throw new ApiError(reason + advice(status, operation), status);

  const asked = errors.find(({ data }) => data?.msBeforeNext !== undefined)?.data?.msBeforeNext;
  const wait = readRetryAfter(headers.get('retry-after'), Date.now()) ?? asked;
  const isLong = wait !== undefined && wait > LONGEST_WAIT;
  const when = isLong ? ` in ${Math.ceil(wait / 60_000)} minutes` : '';
  return passing(operation, reason, `Run it again${when}.`, status, wait);
}

/** A rate limit is the one failure after which it is known that nothing was done. */
function passing(
  { isRepeatable }: Operation,
  reason: string,
  advice: string,
  status: number | undefined,
  wait: number | undefined,
): PassingError {
  const isAmbiguous = status !== 429;
  if (isAmbiguous && !isRepeatable) throw new ApiError(`${reason} ${UNCLEAR}`, status, isAmbiguous);
  return { reason, error: new ApiError(`${reason} ${advice}`, status, isAmbiguous), wait };
}

/** What a person can do about a refusal that does not pass. */
function advice(status: number, { roles, notFound }: Operation): string {
  switch (status) {
    case 401:
    case 403:
      return ` ${TOKEN} must be a token of this workspace, in this region (--region), with the role Workspace Owner, or ${roles}.`;
    case 404:
      return ` ${notFound ?? 'Check the ID, and that the token is of the workspace where it is.'}`;
    default:
      return '';
  }
}

/** Node.js wraps the reason of a failed request in a TypeError that says "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'unknown';
  if (cause.name === 'TimeoutError') return `not within ${TIMEOUT / 1000} s`;
  return 'code' in cause ? String(cause.code) : cause.message;
}

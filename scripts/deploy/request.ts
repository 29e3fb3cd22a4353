// One request to the Public API: how it is sent and tried again, and how its answer is read.
import { z } from 'zod';
import { parseJson } from '../../lib/values/json';
import { TOKEN, type Connection } from './connection';
import { ApiError, judgeRefusal, judgeSilence, UNCLEAR } from './failure';
import type { Operation } from './operations';
import { done, retry, type Done, type Wait } from './retry';

/** In milliseconds, from the request to the end of the answer. */
const TIMEOUT = 30_000;

/**
 * Reads the workspace again before a write is repeated: others could change it during the wait.
 *
 * @param isUnclear whether an earlier attempt may have been carried out without an answer.
 * @returns the value if an earlier attempt did the work; `undefined` if the write is to be repeated.
 * @throws an error if the write must not be repeated.
 */
export type Recheck<Data> = (isUnclear: boolean) => Promise<Done<Data> | undefined>;

export interface RequestDetails<Data> {
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
  details?: RequestDetails<Data>,
) => Promise<Data>;

/** @param notify is called with a message before a request is tried again. */
export function createCaller(
  { base, token, tokenVariable = TOKEN }: Connection,
  notify: (message: string) => void,
  wait?: Wait,
): Caller {
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
      // A redirect could lead to another host, which must not get the token.
      redirect: 'manual',
    };
    const envelope = z.object({ data }).transform((answer) => answer.data);

    const failures: ApiError[] = [];
    return retry(
      async () => {
        if (failures.length > 0) {
          const earlier = await recheck?.(failures.some(({ isAmbiguous }) => isAmbiguous));
          if (earlier !== undefined) return earlier;
        }
        const reply = await send(url, request);
        if (reply.kind === 'answer' && reply.response.ok) return done(read(envelope, reply, operation));
        const failure =
          reply.kind === 'silence'
            ? judgeSilence(reply.reason, url, operation)
            : judgeRefusal(reply.response, reply.json, operation, tokenVariable);
        failures.push(failure.error);
        return failure;
      },
      ({ wait, reason, attempt, attempts }) => {
        notify(
          `${reason} Trying again in ${(wait / 1000).toFixed(1)} s (attempt ${attempt} of ${attempts}) …`,
        );
      },
      wait,
    );
  };
}

type Reply = Answer | Silence;

interface Answer {
  readonly kind: 'answer';
  readonly response: Response;
  /** The body; `undefined` if it is not JSON. */
  readonly json: unknown;
}

interface Silence {
  readonly kind: 'silence';
  readonly reason: string;
}

async function send(url: URL, request: RequestInit): Promise<Reply> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT) });
    return { kind: 'answer', response, json: parseJson(await response.text()) };
  } catch (error) {
    return { kind: 'silence', reason: reasonOf(error) };
  }
}

function read<Data>(
  envelope: z.ZodType<Data>,
  { response, json }: Answer,
  { what, isRepeatable }: Operation,
): Data {
  const { success, data, error } = envelope.safeParse(json);
  if (success) return data;
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new ApiError(
    `The answer to the request to ${what} does not have the Public API's form: ${place}: ${issue?.message ?? ''}.${isRepeatable ? '' : ` ${UNCLEAR}`}`,
    response.status,
    true,
  );
}

/** Node.js wraps the reason of a failed request in a TypeError that says "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'unknown';
  if (cause.name === 'TimeoutError') return `not within ${TIMEOUT / 1000} s`;
  return 'code' in cause ? String(cause.code) : cause.message;
}

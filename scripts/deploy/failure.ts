// What it means when Segment refuses a request or does not answer: try again, or stop and say what to do.
import { z } from 'zod';
import { CommandError } from '../cli/command';
import { createToken, URL_OVERRIDE } from './connection';
import type { Operation } from './operations';
import { LONGEST_WAIT, readRetryAfter, type PassingFailure } from './retry';

/** What to do after a write whose end is unclear, and which must not be done twice. */
export const UNCLEAR =
  'It is unknown whether that was done: look in Segment (Connections → Catalog → Functions) before you run it again.';

/** Segment Public API, "Error Handling": https://docs.segmentapis.com/tag/Error-Handling */
const REFUSAL = z.object({
  errors: z.array(
    z.object({
      message: z.string().nullish(),
      field: z.string().nullish(),
      /**
       * With a rate limit, the milliseconds until it ends.
       * Segment Public API, "Rate Limits": https://docs.segmentapis.com/tag/Rate-Limits
       */
      data: z.object({ msBeforeNext: z.number().optional() }).nullish(),
    }),
  ),
});

/** Segment did not do what it was asked; the message says why, and what to do. */
export class ApiError extends CommandError {
  override name = 'ApiError';
  constructor(
    message: string,
    /** The HTTP status; `undefined` if there was no answer. */
    readonly status?: number,
    /** Whether Segment may have carried it out all the same. */
    readonly isAmbiguous = false,
  ) {
    super(message);
  }
}

/**
 * After a request that was not answered.
 *
 * @param silence why, in a few words.
 * @throws ApiError if it must not be repeated.
 */
export function judgeSilence(
  silence: string,
  { origin, hostname }: URL,
  operation: Operation,
): PassingFailure<ApiError> {
  // The name is wrong, or there is no network: neither passes within seconds, and nothing was sent.
  if (silence === 'ENOTFOUND') {
    throw new ApiError(
      `The name ${hostname} cannot be resolved (ENOTFOUND). Check the network, and ${URL_OVERRIDE} if it is set.`,
    );
  }
  return passingFailure(operation, {
    reason: `${origin} did not answer (${silence}).`,
    advice: 'Check the network, and run it again.',
    status: undefined,
    wait: undefined,
  });
}

/**
 * After an answer with a status other than 2xx.
 *
 * @param json its body.
 * @param tokenVariable where the token comes from.
 * @throws ApiError if the refusal is final, or the request must not be repeated.
 */
export function judgeRefusal(
  { status, headers }: Response,
  json: unknown,
  operation: Operation,
  tokenVariable: string,
): PassingFailure<ApiError> {
  const errors = REFUSAL.safeParse(json).data?.errors ?? [];
  const words = errors
    .map(({ field, message }) => [field, message].filter((part) => part).join(': '))
    .join('; ');
  const reason = `Segment did not ${operation.what}: HTTP ${status}${words === '' ? '' : `: ${words}`}.`;
  const isRateLimit = status === 429;
  if (!isRateLimit && status < 500)
    throw new ApiError(reason + adviceFor(status, operation, tokenVariable), status);

  const fromBody = errors.find(({ data }) => data?.msBeforeNext !== undefined)?.data?.msBeforeNext;
  const wait = readRetryAfter(headers.get('retry-after'), Date.now()) ?? fromBody;
  const isTooLong = wait !== undefined && wait > LONGEST_WAIT;
  const when = isTooLong ? ` in ${Math.ceil(wait / 60_000)} minutes` : '';
  return passingFailure(operation, { reason, advice: `Run it again${when}.`, status, wait });
}

function passingFailure(
  { isRepeatable }: Operation,
  {
    reason,
    advice,
    status,
    wait,
  }: {
    readonly reason: string;
    readonly advice: string;
    readonly status: number | undefined;
    readonly wait: number | undefined;
  },
): PassingFailure<ApiError> {
  // A rate limit is the only failure after which it is certain that nothing was done.
  const isAmbiguous = status !== 429;
  if (isAmbiguous && !isRepeatable) throw new ApiError(`${reason} ${UNCLEAR}`, status, isAmbiguous);
  return {
    kind: 'passing failure',
    reason,
    error: new ApiError(`${reason} ${advice}`, status, isAmbiguous),
    wait,
  };
}

/** What a person can do about a refusal that is final. */
function adviceFor(status: number, { roles, notFound }: Operation, tokenVariable: string): string {
  switch (status) {
    case 401:
      return ` Segment does not know the token in ${tokenVariable}: it is mistyped, was revoked, or is from a workspace in the other region (us or eu). ${createToken(tokenVariable)}`;
    case 403:
      return ` The token in ${tokenVariable} may not do that: expected a token of this workspace with the role Workspace Owner, or ${roles}.`;
    case 404:
      return ` ${notFound}`;
    default:
      return '';
  }
}

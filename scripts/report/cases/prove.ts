// What an event becomes, in the form of a case.
import { createHash } from 'node:crypto';
import { createClock } from '@sinonjs/fake-timers';
import type { Configuration } from '../../../lib/configuration/configure';
import { parseJson } from '../../../lib/values/json';
import { createEnvironment } from '../environment';
import { createExaminer, withoutRequestId, type Examined } from '../examine';
import { Request, type Refusal } from './format';
import { toReadable } from './readable';

export interface ProverOptions {
  /** The function's text. */
  readonly code: string;
  /** Its name in Segment. */
  readonly functionName: string;
  /** As Segment hands them to the function. */
  readonly settings: object;
  /** The same settings, as the function reads them. */
  readonly configuration: Configuration;
}

/** What became of an event. */
export interface Proof {
  /** Their bodies. */
  readonly requests: readonly Request[];
  readonly refusal?: Refusal;
  readonly examined: Examined;
}

export interface Prover {
  /** Sends an event through the function. @param now the time of handling in milliseconds. */
  readonly prove: (event: unknown, now: number) => Promise<Proof>;
}

/** Makes a local Segment, against a local TikTok, in which every text that the function hashes is known. */
export function createProver({ code, functionName, settings, configuration }: ProverOptions): Prover {
  const clock = createClock();
  const hashed = new Map<string, string>();
  const hash = (algorithm: string, text: string): string => {
    const digest = createHash(algorithm).update(text).digest('hex');
    hashed.set(digest, text);
    return digest;
  };
  const { segment } = createEnvironment({
    code,
    functionName,
    configuration,
    globals: { Date: clock.Date, crypto: { createHash, hash } },
  });
  const examine = createExaminer(configuration);
  return {
    async prove(event, now) {
      clock.setSystemTime(now);
      hashed.clear();
      const { traces, ...result } = await segment.send(event, settings);
      const examined = examine(event, result, now);
      const refusal = refusalOf(examined);
      return {
        requests: traces.map(({ request }) => Request.parse(toReadable(parseJson(request.body), hashed))),
        ...(refusal && { refusal }),
        examined,
      };
    },
  };
}

function refusalOf({ fate, cause }: Examined): Refusal | undefined {
  if (fate === 'delivered') return undefined;
  const problem = withoutRequestId(cause?.problem ?? '');
  return {
    outcome: fate,
    ...(cause?.reason && { reason: cause.reason }),
    ...(problem !== '' && { problem }),
  };
}

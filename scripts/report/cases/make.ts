// Makes cases of events: what they become today is what they must become.
import { isRecord } from '../../../lib/values/json';
import { nameOf } from '../name';
import { withExampleValues } from './example-values';
import type { Case } from './format';
import { createProver, type Proof, type ProverOptions } from './prove';

export interface MakerOptions extends ProverOptions {
  /** Whether email addresses, phone numbers, names and the like stay as they are. */
  readonly keepsPersonalData: boolean;
}

export interface MadeCase {
  readonly made: Case;
  /** Whether the event becomes the same with example values in the place of a person's. */
  readonly isFaithful: boolean;
}

export interface CaseMaker {
  readonly make: (event: object) => Promise<MadeCase>;
}

/** Makes cases. Unless personal data is kept, their events have example values, and so have their requests. */
export function createCaseMaker({ keepsPersonalData, ...options }: MakerOptions): CaseMaker {
  const { prove } = createProver(options);
  return {
    async make(given) {
      const event = keepsPersonalData ? asRecord(given) : withExampleValues(given, options.configuration);
      const now = Math.floor(Date.now() / SECOND) * SECOND;
      const proof = await prove(event, now);
      const later = await prove(event, now + DAY);
      const original = await prove(given, now);
      const isFaithful = shapeOf(proof) === shapeOf(original);
      const dependsOnTime = JSON.stringify(proof.requests) !== JSON.stringify(later.requests);
      return {
        made: {
          name: nameOf(event),
          ...(!isFaithful && { note: OTHER }),
          ...(dependsOnTime && { handledAt: new Date(now).toISOString() }),
          event,
          ...describeProof(proof),
        },
        isFaithful,
      };
    },
  };
}

const OTHER = 'With its own values, the event becomes something else.';

const SECOND = 1000;
const DAY = 86_400 * SECOND;

const asRecord = (event: object): Record<string, unknown> => ({ ...event });

/** Of a request only the events are proven: everything else comes from the settings. */
const describeProof = ({ requests, refusal }: Proof): Pick<Case, 'requests' | 'refusal'> => ({
  ...(requests.length > 0 && { requests: requests.map(({ data }) => ({ data })) }),
  ...(refusal && { refusal }),
});

/** What is sent of an event, without the values: the same for the values of another person. */
const shapeOf = ({ requests, refusal, examined: { leftOut } }: Proof): string =>
  JSON.stringify([
    requests.map(withoutValues),
    refusal?.outcome,
    refusal?.reason,
    leftOut.map(({ parameter, source, reason }) => [parameter, source, reason]),
  ]);

function withoutValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutValues);
  if (!isRecord(value)) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutValues(item)]));
}

// What would give events an identifier that they lack, by why they lack it.
import { REASONS, type Reason } from '../../../lib/parameters/reasons';
import type { Identifier } from './identifiers';

/** Why an event lacks an identifier: why a value was left out, and what is known besides. */
export type Want = Reason | 'absent' | 'elsewhere' | 'national' | 'foreign';

export interface Advice {
  /** What the events have; completes `12 % have …`. */
  readonly finding: string;
  /** What to do. */
  readonly advice: string;
}

/** @param path where the identifier stands, if that is elsewhere. */
type Advise = (identifier: Identifier, path: string) => Advice;

const CHECK = 'check it where it is entered';

/** What is known of these is only what the function says. */
const flawed =
  (flaw: string): Advise =>
  ({ noun }) => ({ finding: `in the place of ${noun} a value that is ${flaw}`, advice: CHECK });

export const ADVICE: Readonly<Record<Want, Advise>> = {
  absent: ({ noun, parameter }) => ({
    finding: `no ${noun.replace(/^an? /, '')} at any source`,
    advice: `map ${parameter} to where it stands, or ask for it`,
  }),
  elsewhere: ({ noun, parameter }, path) => ({
    finding: `${noun} at ${path}`,
    advice: `if it is the customer's, add this source to ${parameter}`,
  }),
  national: () => ({ finding: 'a national phone number', advice: 'set Default Country' }),
  foreign: () => ({
    finding: 'a national phone number that is not one of its country',
    advice: "map user.phone.country to the customer's country",
  }),
  invalid: ({ noun }) => ({ finding: `in the place of ${noun} something else`, advice: CHECK }),
  placeholder: ({ noun }) => ({
    finding: `in the place of ${noun} only a placeholder`,
    advice: 'ask for it, or map another source',
  }),
  personal: ({ noun }) => ({
    finding: `in the place of ${noun} a text with personal data`,
    advice: 'send the ID alone',
  }),
  too_long: flawed(REASONS.too_long),
  doubtful: flawed(REASONS.doubtful),
  other_currency: flawed(REASONS.other_currency),
};

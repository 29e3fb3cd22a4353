// What would give events an identifier that they lack, by why they lack it.
import { REASONS, type Reason } from '../../../lib/parameters/reasons';
import type { MatchParameter } from '../labels';
import { IDENTIFIERS } from './identifiers';

/** Why an event lacks an identifier: why a value was left out, and what is known besides. */
export type Want = Reason | 'absent' | 'elsewhere' | 'national' | 'foreign' | 'unreadable_country';

export interface Advice {
  /** What the events have; completes `12 % have …`. */
  readonly finding: string;
  /** What to do. */
  readonly advice: string;
}

/** What a value is in the place of: `an email address`. */
const nounOf = (parameter: MatchParameter): string => IDENTIFIERS[parameter].noun;

/** @param path where the identifier stands, if that is elsewhere. */
type Advise = (parameter: MatchParameter, path: string) => Advice;

const CHECK = 'check it where it is entered';

/** What is known is only what the function says. */
const flawed =
  (flaw: string): Advise =>
  (parameter) => ({
    finding: `in the place of ${nounOf(parameter)} a value that is ${flaw}`,
    advice: CHECK,
  });

export const ADVICE: Readonly<Record<Want, Advise>> = {
  absent: (parameter) => ({
    finding: `no ${nounOf(parameter).replace(/^an? /, '')} at any source`,
    advice: `map ${parameter} to where it stands, or ask for it`,
  }),
  elsewhere: (parameter, path) => ({
    finding: `${nounOf(parameter)} at ${path}`,
    advice: `if it is the customer's, add this source to ${parameter}`,
  }),
  national: () => ({ finding: 'a national phone number', advice: 'set Default Country' }),
  foreign: () => ({
    finding: 'a national phone number that is not one of its country',
    advice: "map user.phone.country to the customer's country",
  }),
  unreadable_country: () => ({
    finding: 'a national phone number, and a country that cannot be read',
    advice: 'give user.phone.country two letters, or an English name',
  }),
  invalid: (parameter) => ({ finding: `something other than ${nounOf(parameter)}`, advice: CHECK }),
  placeholder: (parameter) => ({
    finding: `only a placeholder for ${nounOf(parameter)}`,
    advice: 'ask for it, or map another source',
  }),
  personal: (parameter) => ({
    finding: `personal data in the place of ${nounOf(parameter)}`,
    advice: 'send the ID alone',
  }),
  too_long: flawed(REASONS.too_long),
  doubtful: flawed(REASONS.doubtful),
  other_currency: flawed(REASONS.other_currency),
};

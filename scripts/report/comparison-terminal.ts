// What the commands print about what would change.
import colors from 'picocolors';
import { FATE_NAMES } from '../local/segment/outcomes';
import type { Comparison, OutcomeCount, ParameterCount, RequestChange } from './comparison';
import { countOf, formatCount } from './count';
import { OUTCOME_CHANGES, PARAMETER_CHANGES, type Outcome } from './differences';
import { describeReasons, describeRest, joinSections, SHOWN, table } from './terminal';

/** What would change; empty if nothing would. */
export const describeComparison = ({ requests, outcomes, reasons, parameters }: Comparison): string =>
  joinSections([
    describeRequests(requests),
    describeOutcomes(outcomes),
    describeReasons(reasons, 'newly'),
    describeParameters(parameters),
  ]);

/** The same in one line. */
export function describeVerdict({ events, changed, requests }: Comparison): string {
  const all = countOf(events, 'event');
  if (changed > 0) return colors.yellow(`${formatCount(changed)} of ${all} would change.`);
  return requests.length > 0
    ? colors.yellow(`Only what stands in every request would change, for ${all}.`)
    : colors.green(`Nothing would change for ${all}.`);
}

const describeRequests = (requests: readonly RequestChange[]): string =>
  requests.length === 0
    ? ''
    : table(
        ['In every request', 'Before', 'After'],
        requests.map(({ setting, before, after }) => [setting, before, after]),
        ['l', 'l', 'l'],
      );

const describeOutcomes = (outcomes: readonly OutcomeCount[]): string =>
  outcomes.length === 0
    ? ''
    : table(
        ['Segment event', 'Change', 'Events', 'Before', 'After', 'For example'],
        outcomes
          .slice(0, SHOWN)
          .map(({ name, change, count, before, after, example }) => [
            name,
            OUTCOME_CHANGES[change],
            formatCount(count),
            describeOutcome(before),
            describeOutcome(after),
            example.at,
          ]),
        ['l', 'l', 'r', 'l', 'l', 'l'],
      ) + describeRest(outcomes.length);

/** What is sent, or why nothing is; or both, if only some of it is refused. */
const describeOutcome = ({ fate, conversions }: Outcome): string =>
  [...conversions, ...(fate === 'delivered' ? [] : [FATE_NAMES[fate]])].join(', ');

const describeParameters = (parameters: readonly ParameterCount[]): string =>
  parameters.length === 0
    ? ''
    : table(
        ['TikTok event', 'Parameter', 'Change', 'Events', 'Before', 'After', 'For example'],
        parameters
          .slice(0, SHOWN)
          .map(({ conversion, parameter, change, count, before = '', after = '', flaw, example }) => [
            conversion,
            parameter,
            flaw === undefined ? PARAMETER_CHANGES[change] : `${PARAMETER_CHANGES[change]}: ${flaw}`,
            formatCount(count),
            before,
            after,
            example.at,
          ]),
        ['l', 'l', 'l', 'r', 'l', 'l', 'l'],
      ) + describeRest(parameters.length);

// Counts what would change under other settings, in memory that does not grow with the events.
import { keyOf } from '../../lib/configuration/key';
import { labelOf, type Settings } from '../../lib/configuration/settings';
import { masked, printable } from '../cli/printable';
import type { Input } from '../input/json';
import { findDifference, type Outcome, type OutcomeChange, type ParameterChange } from './differences';
import type { Examined } from './examine';
import { exampleOf, type Example } from './example';
import { createFinder } from './finding';
import { createGroups, OTHERS } from './groups';
import { createTally, type Reason } from './tally';

/** What would change. Names, ids and sources are masked: nothing in it is personal. */
export interface Comparison {
  readonly events: number;
  /** Events of which something would change. */
  readonly changed: number;
  /** What would change in every request. */
  readonly requests: readonly RequestChange[];
  /** Events that would become something else, most frequent first. */
  readonly outcomes: readonly OutcomeCount[];
  /** Why those of them that would newly be refused are, most frequent first. */
  readonly reasons: readonly Reason[];
  /** Parameters of conversions that would be sent under both settings, most frequent first. */
  readonly parameters: readonly ParameterCount[];
}

export interface RequestChange {
  /** The label of the setting. */
  readonly setting: string;
  /** Empty if it is not set. */
  readonly before: string;
  readonly after: string;
}

export interface OutcomeCount extends OutcomeChange {
  /** Of the Segment event. */
  readonly name: string;
  readonly count: number;
  readonly example: Example;
}

export interface ParameterCount extends ParameterChange {
  /** In how many events. */
  readonly count: number;
  readonly example: Example;
}

export interface ComparisonTally {
  /** Counts what became of the same event under the two settings. */
  readonly add: (before: Examined, after: Examined, at: Input['at']) => void;
  readonly comparison: () => Comparison;
}

export function createComparison(before: Settings, after: Settings): ComparisonTally {
  const refused = createTally(after);
  const find = createFinder(after);
  const outcomes = createGroups<Omit<OutcomeCount, 'count'>>();
  const parameters = createGroups<Omit<ParameterCount, 'count'>>();
  let [events, changed] = [0, 0];

  const show = (text: string): string => masked(masked(text, before.accessToken), after.accessToken);
  const showOutcome = ({ fate, conversions }: Outcome): Outcome => ({
    fate,
    conversions: conversions.map(show),
  });

  const showParameter = ({
    change,
    conversion,
    parameter,
    before: from,
    after: to,
    flaw,
  }: ParameterChange) => ({
    conversion: show(conversion),
    parameter: show(parameter),
    change,
    ...(from !== undefined && { before: show(from) }),
    ...(to !== undefined && { after: show(to) }),
    ...(flaw !== undefined && { flaw: show(flaw) }),
  });

  return {
    add(examinedBefore, examinedAfter, at) {
      events += 1;
      const difference = findDifference(examinedBefore, examinedAfter);
      if (difference === undefined) return;
      changed += 1;
      const { name, event } = examinedAfter;
      const example = () => exampleOf(event, at, after.accessToken);
      const { outcome } = difference;
      if (outcome !== undefined) {
        outcomes.count(JSON.stringify([keyOf(name), outcome]), (isOther) => ({
          name: isOther ? OTHERS : name,
          change: outcome.change,
          before: showOutcome(outcome.before),
          after: showOutcome(outcome.after),
          example: example(),
        }));
        if (outcome.change === 'newly_refused') refused.add(find(examinedAfter), example);
      }
      for (const change of difference.parameters)
        parameters.count(JSON.stringify(change), (isOther) => ({
          ...showParameter(change),
          ...(isOther && { conversion: OTHERS, parameter: '' }),
          example: example(),
        }));
    },
    comparison: () => ({
      events,
      changed,
      requests: compareRequests(before, after),
      outcomes: outcomes.list(),
      reasons: refused.report().reasons,
      parameters: parameters.list(),
    }),
  };
}

/** The settings that stand in every request. The token does too, but says nothing about the events. */
const OF_REQUESTS = ['eventSetId', 'testEventCode', 'eventSource'] as const;

const compareRequests = (before: Settings, after: Settings): readonly RequestChange[] =>
  OF_REQUESTS.filter((name) => before[name] !== after[name]).map((name) => ({
    setting: labelOf(name),
    before: printable(before[name] ?? ''),
    after: printable(after[name] ?? ''),
  }));

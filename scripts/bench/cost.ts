// What a month of events costs: the hours of execution that Segment bills.
// Segment, "Functions usage limits": https://segment.com/docs/connections/functions/usage/
import type { Bad, BatchTimes } from './network';

/** Milliseconds each way between Segment and TikTok that the cost is computed for. */
export const ASSUMED_LATENCY = 20;
/** Numbers of events a month that the cost is computed for. */
export const MONTHS = [1e6, 100e6, 1000e6] as const;

/** The cost of calls with the same number of events. */
export interface Cost {
  /** The events of a call. */
  readonly events: number;
  readonly bad: Bad;
  /** The time of a call, rounded to a tenth. */
  readonly milliseconds: number;
  /** The milliseconds of an event. */
  readonly perEvent: number;
  /** The billed hours for each of {@link MONTHS}. */
  readonly hours: readonly number[];
}

/** Computes the billed hours of a number of events. */
export const billedHours = (events: number, eventsPerCall: number, milliseconds: number): number =>
  ((events / eventsPerCall) * milliseconds) / 3_600_000;

/** Computes the cost from the batches that were measured at {@link ASSUMED_LATENCY}. */
export const costOf = (batches: readonly BatchTimes[]): readonly Cost[] =>
  batches
    .filter(({ latency }) => latency === ASSUMED_LATENCY)
    .map(({ events, bad, milliseconds: { median } }) => {
      const milliseconds = Math.round(median * 10) / 10;
      return {
        events,
        bad,
        milliseconds,
        perEvent: milliseconds / events,
        hours: MONTHS.map((month) => billedHours(month, events, milliseconds)),
      };
    });

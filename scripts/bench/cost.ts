// What a month of events costs: the hours of execution that Segment bills.
// https://segment.com/docs/connections/functions/usage/
import type { Batches } from './network';

/** Milliseconds each way between Segment and TikTok that are taken for the cost. */
export const ASSUMED_LATENCY = 20;
/** Events a month. */
export const MONTHS = [1e6, 100e6, 1000e6] as const;

/** Calls with as many events. */
export interface Cost {
  /** Events a call. */
  readonly events: number;
  /** Of the events of each call, those that TikTok refuses. */
  readonly bad: 0 | 1;
  /** Of a call, in tenths. */
  readonly milliseconds: number;
  /** Of an event. */
  readonly perEvent: number;
  /** Billed for each of the {@link MONTHS}. */
  readonly hours: readonly number[];
}

/** Billed hours: each call takes its milliseconds, and holds as many events as there are in a batch. */
export const billedHours = (events: number, eventsPerCall: number, milliseconds: number): number =>
  ((events / eventsPerCall) * milliseconds) / 3_600_000;

/** For the batches that were measured at the latency that is assumed. */
export const costOf = (batches: readonly Batches[]): readonly Cost[] =>
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

// What the bench computes from its measurements: spreads, ratios and the cost.
import { describe, expect, test } from '@jest/globals';
import { billedHours, costOf } from '../../../scripts/bench/cost';
import { ratiosOf, spreadOf } from '../../../scripts/bench/statistics';

describe('statistics', () => {
  test('a spread is the value in the middle and the two at the ends, in whatever order they were measured', () => {
    expect(spreadOf([100, 9, 10])).toEqual({ median: 10, min: 9, max: 100 });
  });

  test('a round in which the machine was slow for both sides changes no ratio', () => {
    expect(ratiosOf([20, 2000, 20], [10, 1000, 10])).toEqual({ median: 2, min: 2, max: 2 });
  });
});

describe('cost', () => {
  test.each<[what: string, events: number, eventsPerCall: number, milliseconds: number, hours: number]>([
    ['a call for each event', 3_600_000, 1, 40, 40],
    ['twenty events in a call of the same length', 3_600_000, 20, 40, 2],
    ['a call that takes twice as long', 3_600_000, 20, 80, 4],
    ['a thousand times as many events', 3_600_000_000, 20, 40, 2000],
  ])('%s', (_, events, eventsPerCall, milliseconds, hours) => {
    expect(billedHours(events, eventsPerCall, milliseconds)).toBeCloseTo(hours, 9);
  });

  test('it is computed from the median of the batches at the assumed latency, and from no others', () => {
    const milliseconds = { median: 72.04, min: 1, max: 1000 };
    expect(
      costOf([
        { latency: 0, events: 400, bad: 'none', requests: 1, milliseconds },
        { latency: 20, events: 20, bad: '1, named', requests: 3, milliseconds },
      ]),
    ).toEqual([{ events: 20, bad: '1, named', milliseconds: 72, perEvent: 3.6, hours: [1, 100, 1000] }]);
  });
});

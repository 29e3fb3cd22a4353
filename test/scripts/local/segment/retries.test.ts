// What the local Segment does with events that ask for a retry.
import { describe, expect, test } from '@jest/globals';
import { deliverUntilSettled } from '../../../../scripts/local/segment/retries';

describe('events that ask for a retry', () => {
  const DELIVERED = { outcome: 'Delivered' } as const;
  const RETRY = { outcome: 'Retry' } as const;

  test('are handed over one by one until they are settled', async () => {
    const calls: (readonly unknown[])[] = [];
    const settlements = await deliverUntilSettled(
      [['a', 'b', 'c'], ['d']],
      (events) => {
        calls.push(events);
        const isFirst = calls.length === 1;
        return Promise.resolve(events.map((event) => (isFirst && event !== 'a' ? RETRY : DELIVERED)));
      },
      () => 0.5,
    );
    expect(calls).toEqual([['a', 'b', 'c'], ['d'], ['b'], ['c']]);
    expect(settlements.map(({ event, tries }) => [event, tries])).toEqual([
      ['a', 1],
      ['d', 1],
      ['b', 2],
      ['c', 2],
    ]);
  });

  test('are given up after 4 hours', async () => {
    const [settlement] = await deliverUntilSettled(
      [['a']],
      () => Promise.resolve([RETRY]),
      () => 0.5,
    );
    // Waits of 10, 20, 40, 80, 160, 320 seconds, then of 10 minutes.
    expect(settlement).toEqual({
      event: 'a',
      result: RETRY,
      tries: 1 + 6 + Math.floor((14_400 - 630) / 600),
    });
  });
});

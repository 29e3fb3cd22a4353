// What happens to an event, and how it is reported to Segment.
import '../../scripts/local/segment/install-globals';
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  moreSevere,
  statusOf,
  throwUnlessDelivered,
  type Outcome,
  type OutcomeKind,
} from '../../lib/outcome';

const outcome = (kind: OutcomeKind, message = 'words'): Outcome => ({ kind, message });

describe('an outcome', () => {
  test.each<[kind: OutcomeKind, error: string | undefined, status: object]>([
    ['delivered', undefined, { status: 200 }],
    ['unsupported', 'EventNotSupported', { status: 400, errormessage: 'words' }],
    ['invalid', 'InvalidEventPayload', { status: 400, errormessage: 'words' }],
    ['retry', 'RetryError', { status: 500, errormessage: 'words' }],
  ])('%s: of a single event %s, in a batch %j', (kind, error, status) => {
    expect(statusOf(outcome(kind))).toEqual(status);
    const end = () => {
      throwUnlessDelivered(outcome(kind));
    };
    if (error === undefined) expect(end).not.toThrow();
    else expect(end).toThrow(expect.objectContaining({ name: error, message: 'words' }));
  });
});

describe('an event that is to be tried again', () => {
  const end = () => {
    throwUnlessDelivered(outcome('retry'));
  };
  class OwnRetryError extends Error {}
  beforeEach(() => {
    Reflect.deleteProperty(globalThis, 'RetryError');
  });

  test("ends with the runtime's own class, if it has one", () => {
    Object.assign(globalThis, { RetryError: OwnRetryError });
    expect(end).toThrow(OwnRetryError);
  });

  test('ends with an error of that name, if it has none', () => {
    expect(Reflect.has(globalThis, 'RetryError')).toBe(false);
    expect(end).toThrow(expect.objectContaining({ name: 'RetryError', message: 'words' }));
  });
});

describe('of several TikTok events, the one decides that has the higher status', () => {
  const kinds: readonly OutcomeKind[] = ['delivered', 'invalid', 'retry'];
  test.each(kinds.flatMap((one, rank) => kinds.map((other, otherRank) => ({ one, other, rank, otherRank }))))(
    '$one and $other',
    ({ one, other, rank, otherRank }) => {
      const expected = rank > otherRank ? outcome(one, 'one') : outcome(other, 'other');
      expect(moreSevere(outcome(one, 'one'), outcome(other, 'other'))).toEqual(expected);
    },
  );

  test('the first one is its own', () => {
    expect(moreSevere(undefined, outcome('delivered'))).toEqual(outcome('delivered'));
  });
});

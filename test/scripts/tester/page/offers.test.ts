// What the fields of a mapping offer while one types.
import { expect, test } from '@jest/globals';
import { complete } from '../../../../scripts/tester/page/try/offers';

test('what is offered completes what was typed: all up to the last separator stays', () => {
  const offers = [{ value: 'properties.total', about: 'in this event' }];
  const valueOf = (typed: string) => complete(typed, /^.*[\s{!]/s, offers)[0]?.value;
  expect(valueOf('')).toBe('properties.total');
  expect(valueOf('prop')).toBe('properties.total');
  expect(valueOf('properties.net ?? pro')).toBe('properties.net ?? properties.total');
  expect(valueOf('"{{pro')).toBe('"{{properties.total');
});

// What the fields of a mapping offer while one types.
import { expect, test } from '@jest/globals';
import { comparison, complete } from '../../../../scripts/tester/page/try/offers';

test('what is offered completes what was typed: all up to the last separator stays', () => {
  const offers = [{ value: 'properties.total', about: 'in this event' }];
  const valueOf = (typed: string) => complete(typed, /^.*[\s{!]/s, offers)[0]?.value;
  expect(valueOf('')).toBe('properties.total');
  expect(valueOf('prop')).toBe('properties.total');
  expect(valueOf('properties.net ?? pro')).toBe('properties.net ?? properties.total');
  expect(valueOf('"{{pro')).toBe('"{{properties.total');
});

test.each<[typed: string, path: string | undefined]>([
  ['Purchase if properties.channel = ', 'properties.channel'],
  ['Purchase if properties.channel=', 'properties.channel'],
  ['Purchase if properties.channel != "st', 'properties.channel'],
  ["Purchase if type = 'track' and (context.app.name = ", 'context.app.name'],
  ['Purchase if !(properties.total = 1', 'properties.total'],
  ['Purchase if properties.channel in [', 'properties.channel'],
  ['Purchase if properties.channel in ["store", "', 'properties.channel'],
  ['Purchase if properties.channel', undefined],
  ['Purchase if properties.channel = "store"', undefined],
  ['Purchase if properties.channel = "store" and ', undefined],
  ['Purchase if properties.total = 5 and properties.c', undefined],
  ['Purchase if properties.total >= ', undefined],
  ['Purchase, properties.channel = ', undefined],
])('behind %j, the values of %s are offered', (typed, path) => {
  expect(comparison(typed)?.path).toBe(path);
});

test('a value that is offered takes the place of what was typed of it', () => {
  expect(comparison('Purchase if properties.channel in ["store", "w')?.kept).toBe(
    'Purchase if properties.channel in ["store", ',
  );
});

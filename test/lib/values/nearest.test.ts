// The valid name that is offered for a mistyped one.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFINITIONS } from '../../../lib/parameters/definitions';
import { editsBetween, nearestOf } from '../../../lib/values/nearest';

const PARAMETERS = DEFINITIONS.map(({ name }) => name);
const EVENTS = ['AddToCart', 'AddToWishlist', 'Lead', 'Purchase', 'Search', 'ViewContent'];

test.each<[mistyped: string, names: readonly string[], nearest: string | undefined]>([
  ['user.mail', PARAMETERS, 'user.email'],
  ['value', PARAMETERS, 'properties.value'],
  ['email', PARAMETERS, 'user.email'],
  ['contents.price', PARAMETERS, 'properties.contents.price'],
  ['page.uri', PARAMETERS, 'page.url'],
  ['eventid', PARAMETERS, 'event_id'],
  ['purchase', EVENTS, 'Purchase'],
  ['Purchas', EVENTS, 'Purchase'],
  ['Add To Cart', EVENTS, 'AddToCart'],
  ['first_purchase', EVENTS, 'Purchase'],
  ['In-store visit', EVENTS, undefined],
  ['x', EVENTS, undefined],
  ['', EVENTS, undefined],
  ['ab', ['ax', 'ay'], 'ax'],
  ['abx', ['axy'], undefined],
  ['name', ['content_and_name'], 'content_and_name'],
  ['nam', ['content_and_name'], undefined],
  ['a'.repeat(64), ['a'.repeat(63)], 'a'.repeat(63)],
  ['a'.repeat(65), ['a'.repeat(64)], undefined],
  ['anything', [], undefined],
])('%j', (mistyped, names, nearest) => {
  expect(nearestOf(mistyped, names)).toBe(nearest);
});

test.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['abc', '', 3],
  ['Lead', 'Lead', 0],
  ['kitten', 'sitting', 3],
])('from %j to %j, %d characters are to be changed', (one, other, edits) => {
  expect(editsBetween(one, other)).toBe(edits);
});

test('a valid name is the nearest to itself, and no text is too long or too odd', () => {
  for (const name of PARAMETERS) expect(nearestOf(name.toUpperCase(), PARAMETERS)).toBe(name);
  expect(nearestOf('user.email'.repeat(10_000), PARAMETERS)).toBeUndefined();
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      const nearest = nearestOf(text, EVENTS);
      expect(nearest === undefined || EVENTS.includes(nearest)).toBe(true);
    }),
  );
});

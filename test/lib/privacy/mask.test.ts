// Texts from outside in messages.
import { expect, test } from '@jest/globals';
import { mask } from '../../../lib/privacy/mask';

const TOKEN = 'token-for-the-tests-4f1c';

test.each([
  ['nothing to hide', 'nothing to hide'],
  ['for jane@example.com!', 'for [email]!'],
  ['for jane%40example.com', 'for [email]'],
  ['call +1 (415) 555-0100', 'call +[number]'],
  ['order 123456', 'order 123456'],
  ['order 1234567', 'order [number]'],
  [`bad ${TOKEN}`, 'bad [token]'],
  ['', ''],
])('%j is shown as %j', (text, shown) => {
  expect(mask(text, TOKEN)).toBe(shown);
});

test('a token as short as a word hides nothing', () => {
  expect(mask('a word', 'word')).toBe('a word');
});

test('a text ends after 300 characters, and only its beginning is read', () => {
  expect(mask('a'.repeat(5000), TOKEN)).toBe('a'.repeat(300));
  expect(mask(`${'1'.repeat(9000)} and more`, TOKEN)).toBe('[number] and more');
});

// How much of the personal data in real-looking texts is found, and how much is found where there is none.
import '../../../scripts/local/segment/install-globals';
import { describe, expect, test } from '@jest/globals';
import { mask } from '../../../lib/privacy/mask';
import { isPersonal } from '../../../lib/privacy/personal-data';
import { HARMLESS, isFound, PERSONAL, phonesOf, rateOf } from '../../support/texts';

test('all personal data is found, nothing else is, in at least 200 texts each', () => {
  const found = rateOf('found', PERSONAL);
  const falselyFound = rateOf('falsely found', HARMLESS);
  console.log(`${found.line}\n${falselyFound.line}`);
  expect(PERSONAL.length).toBeGreaterThanOrEqual(200);
  expect(HARMLESS.length).toBeGreaterThanOrEqual(200);
  expect(new Set([...PERSONAL, ...HARMLESS].map(({ text, phone = '' }) => `${phone}\n${text}`)).size).toBe(
    PERSONAL.length + HARMLESS.length,
  );
  expect([found.rate, falselyFound.rate]).toEqual([1, 0]);
});

describe('in words of a person, there is', () => {
  test.each(PERSONAL)('$kind in $text ($phone)', (text) => {
    expect(isFound(text, 'free text')).toBe(true);
    expect(isFound({ ...text, text: `${'x '.repeat(2000)}${text.text} x` }, 'free text')).toBe(true);
  });

  test.each(HARMLESS)('nothing personal in $text ($kind)', (text) => {
    expect(isFound(text, 'free text')).toBe(false);
  });
});

describe('in an id or a URL, there is', () => {
  /** The part of a number that is dialled within a town, and cards. */
  const isOnlyInWords = ({ kind, text }: (typeof PERSONAL)[number]) =>
    kind === 'card' || text === 'call 555-0100' || text === '555 0100';

  test.each(PERSONAL)('$kind in $text ($phone), unless it may be an id', (text) => {
    expect(isFound(text, 'id or URL')).toBe(!isOnlyInWords(text));
  });

  test.each(HARMLESS)('nothing personal in $text ($kind)', (text) => {
    expect(isFound(text, 'id or URL')).toBe(false);
  });
});

describe('masked for a message', () => {
  test.each(PERSONAL)('nothing personal is left of $text ($phone)', ({ text, phone }) => {
    const masked = mask(text, '');
    expect(masked).toMatch(/\[(?:email|number)\]/);
    expect(isPersonal(masked, phonesOf(phone), 'free text')).toBe(false);
  });
});

// SHA-256, against crypto-js and published vectors.
import '../../../scripts/local/segment/install-globals';
import { describe, expect, test } from '@jest/globals';
import sha256 from 'crypto-js/sha256';
import fc from 'fast-check';
import { hash, isSha256 } from '../../../lib/values/hash';
import { isHashOfPlaceholder, isPlaceholder } from '../../../lib/values/placeholder';

const HASH = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('hash', () => {
  // FIPS 180-2, appendix B.
  test.each([
    ['abc', HASH],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ])('of %j', (text, expected) => {
    expect(hash(text)).toBe(expected);
  });

  test('of any text is what another library makes of its UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(hash(text)).toBe(sha256(text).toString());
      }),
    );
  });
});

test('a SHA-256 is known by its form', () => {
  expect([HASH, HASH.toUpperCase(), HASH.slice(1), `${HASH}0`, 'abc'].map(isSha256)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

describe('a placeholder', () => {
  const PLACEHOLDERS = [
    ...['null', 'NULL', 'undefined', 'NaN', 'none', 'N/A', 'na', '-', 'unknown', '(not set)'],
    ...['[object Object]', '__CLICKID__', '__CID__', '{{email}}', '{{ properties.email }}', '%%EMAIL%%'],
    ...['(null)', '<null>', 'nil', '<nil>', '\\N', '(none)', 'n.a.', '#N/A', '0.0.0.0', '::'],
    ...['${user.id}', '%EMAIL%', '*|EMAIL|*', '<%= email %>'],
    '00000000-0000-0000-0000-000000000000',
  ];
  test.each(PLACEHOLDERS)('%s', (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  test.each([
    '',
    'nullable',
    'Nadia',
    'none of them',
    '--',
    '__a',
    '{x}',
    '$5',
    '50%',
    '%%',
    '0',
    'jane@example.com',
  ])('%j is not one', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });

  test('the hash of one, and of nothing, is one too', () => {
    const lower = ['', '0', 'null', 'n/a', 'unknown', '[object Object]', '[object object]'];
    for (const text of [...lower, 'NULL', 'Null', 'None', 'N/A', 'NaN', 'nan', 'Undefined'])
      expect([text, isHashOfPlaceholder(sha256(text).toString())]).toEqual([text, true]);
    for (const text of ['1', 'nobody', 'nULL'])
      expect([text, isHashOfPlaceholder(sha256(text).toString())]).toEqual([text, false]);
    expect(isHashOfPlaceholder(HASH)).toBe(false);
  });
});

// SHA-256, against crypto-js and published vectors.
import '../../support/function-globals';
import { describe, expect, test } from '@jest/globals';
import sha256 from 'crypto-js/sha256';
import fc from 'fast-check';
import { hash, hashAll, hashOne } from '../../../lib/values/hash';
import { nonEmpty } from '../../../lib/values/text';

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

describe('one value', () => {
  test.each([
    ['ABC', HASH],
    [' abc ', HASH],
    [HASH, HASH],
    [` ${HASH.toUpperCase()} `, HASH],
    [7, sha256('7').toString()],
    ['', undefined],
    [' ', undefined],
    [{}, undefined],
    [-1, undefined],
    [1e20, undefined],
    [true, undefined],
  ])('%j', (value, expected) => {
    expect(hashOne(value, nonEmpty)).toBe(expected);
  });

  test('that is not such an identifier is not hashed', () => {
    expect(hashOne('abc', () => undefined)).toBeUndefined();
  });
});

describe('one value or an array of them', () => {
  test.each([
    ['abc', [HASH]],
    [['abc', 'ABC', HASH], [HASH]],
    [[null, 'abc', ''], [HASH]],
    [[], undefined],
    [[null, [], {}], undefined],
    [undefined, undefined],
  ])('%j', (value, expected) => {
    expect(hashAll(value, nonEmpty)).toEqual(expected);
  });
});

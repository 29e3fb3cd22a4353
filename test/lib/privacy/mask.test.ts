// Texts from outside in messages.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mask } from '../../../lib/privacy/mask';

const TOKEN = 'token-for-the-tests-4f1c';

test.each([
  ['nothing to hide', 'nothing to hide'],
  ['for jane@example.com!', 'for [email]!'],
  ['for jane%40example.com', 'for [email]'],
  ['entry "jane@example.com": bad', 'entry "[email]": bad'],
  [`'jane@example.com', “jane@example.com”, «jane@example.com»`, "'[email]', “[email]”, «[email]»"],
  ['["jane@example.com"]', '["[email]"]'],
  [`o'neil"s@example.com`, '[email]'],
  ['"jane doe"@example.com', '"jane [email]'],
  ['for jane@exam\u200bple.com', 'for [email]'],
  ['for jane@example。com', 'for [email]'],
  ['call +1 (415) 555-0100', 'call +[number]'],
  ['call ४१५ ५५५ ०१००', 'call [number]'],
  ['card 4111 1111 1111 1111', 'card [number]'],
  ['order 123456', 'order 123456'],
  ['order 1234567', 'order [number]'],
  [`bad ${TOKEN}`, 'bad [token]'],
  [`bad ${TOKEN.slice(0, 6)}\u200b${TOKEN.slice(6)}`, 'bad [token]'],
  [`user.email ${'0a1f'.repeat(16)} is wrong`, 'user.email [hash] is wrong'],
  [`["${'0A1F'.repeat(16)}"]`, '["[hash]"]'],
  ['ab'.repeat(40), 'ab'.repeat(40)],
  ['user.ip 2001:db8::8a2e:370:7334, no', 'user.ip [ip], no'],
  ['user.ip 2001:db8::1', 'user.ip [ip]'],
  ['user.ip [2001:DB8:0:0:0:0:0:1]:443', 'user.ip [[ip]]:443'],
  ['user.ip 203.0.113.77', 'user.ip [number]'],
  ['user.ip ::ffff:203.0.113.77, no', 'user.ip [ip], no'],
  ['user.ip 64:ff9b::192.0.2.3', 'user.ip [ip]'],
  ['at 10:15:00', 'at 10:15:00'],
  ['data:user:ip: no', 'data:user:ip: no'],
  ['', ''],
])('%j is shown as %j', (text, shown) => {
  expect(mask(text, TOKEN)).toBe(shown);
});

test('of a word longer than an address can be, the end is taken for one', () => {
  expect(mask(`${'a'.repeat(100)}@example.com`, TOKEN)).toBe(`${'a'.repeat(36)}[email]`);
});

test('a token with escapes in it is masked as it is', () => {
  expect(mask('bad abc%41def%41', 'abc%41def%41')).toBe('bad [token]');
});

test('a token as short as a word hides nothing', () => {
  expect(mask('a word', 'word')).toBe('a word');
  expect(mask('these secrets', 'secrets')).toBe('these secrets');
  expect(mask('these password', 'password')).toBe('these [token]');
});

describe('what is shown is printable', () => {
  test.each([
    ['a\u001b[31mred\u0007', 'a\\u{1b}[31mred\\u{7}'],
    ['left\u202eright\u2066!', 'left\\u{202e}right\\u{2066}!'],
    ['jane@example.com\u202e!', '[email]!'],
    ['one\ntwo\u2028three\tfour', 'one two three four'],
    ['a%1B%5B2Jb', 'a[2Jb'],
    ['hidden\u3164\u034f\u200b\ufeff', 'hidden\\u{3164}\\u{34f}\\u{200b}\\u{feff}'],
    ['half \ud800 of one', 'half \\u{d800} of one'],
  ])('%j as %j', (text, shown) => {
    expect(mask(text, TOKEN)).toBe(shown);
  });

  test('whatever it is', () => {
    const characters = fc.string({ unit: 'binary', maxLength: 700 });
    const escaped = fc
      .uint8Array({ maxLength: 300 })
      .map((bytes) => Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
    fc.assert(
      fc.property(fc.oneof(characters, escaped), (text) => {
        expect(mask(text, TOKEN)).toMatch(/^[^\p{C}\p{Zl}\p{Zp}\u034f\u3164]{0,300}$|\p{Co}|\p{Cn}/u);
      }),
    );
  });
});

describe('a text that is cut', () => {
  test('ends after 300 characters with …, and only its beginning is read', () => {
    expect(mask('a'.repeat(300), TOKEN)).toBe('a'.repeat(300));
    expect(mask('a '.repeat(5000), TOKEN)).toBe(`${'a '.repeat(149)}a…`);
    expect(mask(`${'1'.repeat(9000)} and more`, TOKEN)).toBe('[number] and more');
    expect(mask(`${'1'.repeat(9990)} and ${'more '.repeat(10)}`, TOKEN)).toBe('[number] and ');
    expect(mask('7'.repeat(1_000_000), TOKEN)).toBe('[number]');
    expect(mask('a'.repeat(1_000_000), TOKEN)).toBe(`${'a'.repeat(299)}…`);
  });

  test.each([
    ['all of a text that just fits', 'and more', '', 'and more'],
    ['no half of a word', 'and mo', 're', 'and '],
    ['no half of an address', 'for jane.doe@exam', 'ple.com', 'for [email]'],
    ['no half of an address in quotes', 'for "jane.doe@exam', 'ple.com', 'for "[email]'],
    ['no half of a domain', 'for jane.doe@mail.exa', 'mple.com', 'for [email]'],
    ['no half of a number', 'call 415 555', '0100', 'call [number]'],
    ['no more than half a number', 'order 4é5 ', '6', 'order 4é[number]'],
    ['no half of a number in brackets', 'call (415) ', '5550100', 'call ([number]'],
  ])('ends with %s: %j, before %j, is shown as %j', (_, end, cut, shown) => {
    expect(mask(`${'1'.repeat(9998 - end.length)} ${end}${cut}`, TOKEN)).toBe(`[number] ${shown}`);
  });

  test('shows its beginning only once', () => {
    const words = 'one two three '.repeat(100);
    expect(mask(`${'1'.repeat(8900)} ${words}`, TOKEN)).toBe(`${`[number] ${words}`.slice(0, 299)}…`);
  });

  test('no half of an address, of a number or of the token is shown, wherever it is cut', () => {
    const secret = `jane.doe@mail.example.com +1 (415) 555-0100 ${TOKEN}`;
    for (let before = 9999 - secret.length; before <= 9999; before += 1) {
      // What is masked makes room for what comes after it.
      const shown = mask(`${'1'.repeat(before - 1)} ${secret}`, TOKEN);
      expect(shown).toMatch(/^\[number\] ?(?:\[email\] ?(?:\+? ?\(?(?:\[number\] ?(?:\[token\])?)?)?)?$/);
    }
  });

  test('nor of one that is escaped', () => {
    for (let before = 9900; before <= 9999; before += 1)
      expect(mask(`${'1'.repeat(before - 1)} m=jane%2540mail.example.com and`, TOKEN)).not.toMatch(
        /jane|@|%40|examp/,
      );
  });
});

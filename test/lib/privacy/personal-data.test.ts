// What tells personal data in a text: nothing may pass that is some, and nothing be held back that is none.
import '../../../scripts/local/segment/install-globals';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isCard, SCHEMES } from '../../../lib/privacy/cards';
import { isPersonal, PERSONAL_DATA, PHONE_OF_EXAMPLES } from '../../../lib/privacy/personal-data';
import { MAX_TEXT } from '../../../lib/values/text';
import { phonesOf } from '../../support/texts';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
/** A national number of ten digits, three of which differ. */
const national = fc
  .tuple(fc.constantFrom('415', '212', '201'), digits(7))
  .map((parts) => parts.join(''))
  .filter((text) => new Set(text).size > 2);
/** What may stand between two digits, and around them: neither letters nor digits. */
const between = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...Array.from(' .-/()_,;:\n')),
    fc.constantFrom('–', '\u00a0', '\u200b', '\u00ad'),
  ),
  maxLength: 4,
});
/** The same digit as other scripts write it. */
const wide = (digit: string) =>
  fc.constantFrom(
    digit,
    ...[0xff10, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0x1d7ce, 0x11450].map((zero) =>
      String.fromCodePoint(zero + Number(digit)),
    ),
  );

describe('each kind in the table', () => {
  const examples = PERSONAL_DATA.flatMap((kind) => kind.examples.map((example) => ({ ...kind, example })));
  test.each(examples)('$name: $example', ({ example, onlyInFreeText, isIn, name }) => {
    const phones = phonesOf(PHONE_OF_EXAMPLES);
    expect(isPersonal(example, phones, 'free text')).toBe(true);
    expect(isPersonal(example, phones, 'id or URL')).toBe(!onlyInFreeText);
    // The other kinds do not find it, but a whole number of one's own is also one with its country code.
    const finders = PERSONAL_DATA.filter((kind) => kind.isIn(example, phones, 'free text')).map(
      (kind) => kind.name,
    );
    if (/^[ -~]*$/.test(example) && !/[%&\\]/.test(example))
      expect([isIn(example, phones, 'free text'), finders]).toEqual([true, [name]]);
  });
});

test.each([
  String.raw`{"phone":"\u002B442079460958"}`,
  String.raw`{"phone":"\u00344 20 7946 0958","note":"\u002b44 20 7946 0958"}`,
  String.raw`{"e":"jane\u0040example.com"}`,
  String.raw`"{\"e\":\"jane\\u0040example.com\"}"`,
  'Gift from jane&#64;example.com',
  'Gift from jane&#x40;example.com',
  'Gift from jane&commat;example.com',
  'Gift from jane&amp;#64;example.com',
  '&#43;442079460958',
  '&#x2B;442079460958',
  '&plus;442079460958',
  '415&nbsp;555&nbsp;0100',
  '&#52;&#49;&#53;5550100',
])('an escape of JSON or HTML does not hide what is personal: %s', (text) => {
  expect(isPersonal(text, phonesOf(), 'free text')).toBe(true);
  expect(isPersonal(text, phonesOf(), 'id or URL')).toBe(true);
});

test.each([
  String.raw`C:\users\shop\u2`,
  'R&D &amp; more &#8211; 50 % off',
  String.raw`{"name":"Caf\u00e9"}`,
  'https://shop.example.com/?a=1&amp;b=2&plus=1&commat=2#3',
])('an escape of JSON or HTML alone is nothing personal: %s', (text) => {
  expect(isPersonal(text, phonesOf(), 'free text')).toBe(false);
});

describe("a text is personal with a phone number of the event's own", () => {
  const withPhone = fc.tuple(national, fc.constantFrom('+1', '', '+1 (', '001')).chain(([number, before]) =>
    fc.tuple(
      fc.constant(before + number),
      fc
        .tuple(between, ...Array.from(number).map((digit) => fc.tuple(wide(digit), between)))
        .map((parts) => parts.flat().join('')),
    ),
  );

  test('whatever stands between and around its digits, in any script', () => {
    fc.assert(
      fc.property(withPhone, ([number, text]) => {
        expect(isPersonal(text, phonesOf(['+1 201 555 0123', number]), 'id or URL')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('in the escapes of a URL, escaped up to three times, and beside escapes that are not UTF-8', () => {
    fc.assert(
      fc.property(withPhone, fc.integer({ min: 1, max: 3 }), ([number, text], times) => {
        let escaped = text;
        for (let time = 0; time < times; time += 1) escaped = encodeURIComponent(escaped);
        expect(isPersonal(escaped, phonesOf(number), 'id or URL')).toBe(true);
        expect(isPersonal(`100% caf%E9 ${escaped}`, phonesOf(number), 'id or URL')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('with up to six characters between two of its digits', () => {
    const spread = (gap: string) => Array.from('4155550100').join(gap);
    expect(isPersonal(spread('------'), phonesOf(), 'id or URL')).toBe(true);
    expect(isPersonal(spread('-------'), phonesOf(), 'id or URL')).toBe(false);
  });

  test('behind control characters, which nobody sees, as any other number is found', () => {
    const unseen = '\u0001'.repeat(20);
    for (const text of [`415${unseen}5550100`, `00 44${unseen}20 7946 0958`])
      expect([text, isPersonal(text, phonesOf(), 'id or URL')]).toEqual([text, true]);
    expect(isPersonal(`4111${unseen}111111111111`, phonesOf(), 'free text')).toBe(true);
  });

  test('also among a thousand others', () => {
    const numbers = Array.from({ length: 1000 }, (_, index) => `+1 415 5${String(index).padStart(6, '0')}`);
    for (const number of [numbers[0], numbers[999]])
      expect(isPersonal(`for ${String(number).slice(3)}`, phonesOf(numbers), 'id or URL')).toBe(true);
    expect(isPersonal('for 415 500 1000', phonesOf(numbers), 'id or URL')).toBe(false);
  });

  test('out of a list, an object, JSON in a text, or a number', () => {
    for (const value of [
      ['+14155550100'],
      { mobile: { number: '+14155550100' } },
      { 0: 'none', 3: '+14155550100' },
      '["+14155550199","+14155550100"]',
      14155550100,
      -14155550100,
      [[[['+14155550100']]]],
    ])
      expect(isPersonal('4155550100', phonesOf(value), 'id or URL')).toBe(true);
    expect(phonesOf([[[[['+14155550100']]]]]).isEmpty).toBe(true);
  });

  test('with its calling code twice is found without either', () => {
    expect(isPersonal('for 7400 123456', phonesOf('+44 44 7400 123456'), 'id or URL')).toBe(true);
  });

  test.each<[values: string, found: readonly string[], notFound: readonly string[]]>([
    ['5550100 - 5550123', ['5550100', '5550123'], ['0100555']],
    ['+1 5550100  5550123', ['5550100', '5550123'], []],
    ['415  5550100', ['4155550100'], ['5550100', '415555']],
    ['91234567 98765432', ['91234567', '98765432'], ['23456798']],
    ['01 23 45 67 89 01 23 45 67 90', ['0123456789', '123456790'], ['6789012', '1234567']],
    ['4155550 100, 2', ['4155550100'], ['4155550']],
    ['12345678 9012345, 2', ['123456789012345'], ['9012345', '12345678']],
    ['(415) 5550100 (201) 5550123', ['4155550100', '2015550123'], ['5550100', '5550100201']],
    ['room 12, 415 5550100', ['4155550100'], ['1241555']],
    ['+1 415 555 0100', ['4155550100'], ['55550100']],
    ['+91 98989 89898, +44 98989 89898', ['919898989898', '449898989898'], ['459898989898']],
    ['5555555555', ['5555555555'], ['5555555555555']],
    ['5555555', ['5555555'], ['55555555']],
    ['+1 415 5550100 +44 2079460958', ['4155550100', '2079460958'], ['0100442']],
    ['0044 2079460958 0049 15123456789', ['2079460958', '15123456789'], ['0958004']],
    ['415 555 0100, 3 items', ['4155550100'], ['5501003']],
  ])('out of %j: %j, but not %j', (values, found, notFound) => {
    const phones = phonesOf(values);
    for (const text of found) expect([text, isPersonal(text, phones, 'id or URL')]).toEqual([text, true]);
    for (const text of notFound) expect([text, isPersonal(text, phones, 'id or URL')]).toEqual([text, false]);
  });
});

describe('a text is not personal', () => {
  test('with fewer digits than a phone number has, or with other ones', () => {
    fc.assert(
      fc.property(national, national, between, (number, other, around) => {
        fc.pre(number !== other);
        expect(isPersonal(around + number.slice(1, 7) + around, phonesOf(`+1${number}`), 'free text')).toBe(
          false,
        );
        expect(isPersonal(around + other + around, phonesOf(`+1${number}`), 'free text')).toBe(false);
      }),
    );
  });

  test('with more digits beside a number of few different ones', () => {
    const phones = phonesOf('+91 98989 89898');
    expect(isPersonal('9898989898', phones, 'id or URL')).toBe(true);
    expect(isPersonal('989898989898989', phones, 'id or URL')).toBe(false);
    expect(isPersonal('100000000', phonesOf('0000000000'), 'id or URL')).toBe(false);
    expect(isPersonal('15555555555', phonesOf('5555555555'), 'id or URL')).toBe(false);
  });

  test("with the last seven digits of a phone number within an id, or as an order's id", () => {
    for (const text of ['5550100', 'ORD-5550100', '20265550100', '5550100-1'])
      expect(isPersonal(text, phonesOf('+1 415 555 0100'), 'id or URL')).toBe(false);
  });

  test("with a number of another's, if the event has none, or has others", () => {
    expect(isPersonal('a+4155550100', phonesOf(''), 'free text')).toBe(false);
    const phones = phonesOf(['+1 415 555 0100', '+1 201 555 0123']);
    for (const text of ['call 555 0199', 'call+555 0199', 'ref 0005550100'])
      expect([text, isPersonal(text, phones, 'free text')]).toEqual([text, false]);
  });

  test('with the last seven digits of a number of few different ones', () => {
    expect(isPersonal('call 8989898', phonesOf('+91 98989 89898'), 'free text')).toBe(false);
  });

  test('because of a hash at a phone source', () => {
    const hash = '4155550100'.padEnd(64, 'a');
    for (const text of [hash, ` ${hash}\n`, hash.toUpperCase()]) expect(phonesOf(text).isEmpty).toBe(true);
    expect(phonesOf(hash.slice(1)).isEmpty).toBe(false);
  });
});

describe('a phone number with its country code', () => {
  test.each([
    ['+2905010', true],
    ['+290501', false],
    ['+6834002', true],
    ['+123456789012345', false],
    ['+491234567890123', true],
    ['+14155550102', true],
    ['+1415555010', false],
    ['+10155550102', false],
    ['+999123456789', false],
    ['+44 20 7946 0958 2026', true],
    ['00 442079460958', true],
    ['00442079460958', false],
    ['+33012 345 678', true],
    ['+330.1/2345678', false],
    ['+33.01/2345678', false],
    ['+33.01 /2345678', false],
    ['a 0044 20 7946 0958', true],
    ['call 0044 20 7946 0958', true],
    ['+(33) 012345678', true],
    ['+ 33 012345678', false],
  ])('%s', (text, is) => {
    expect(isPersonal(text, phonesOf(), 'id or URL')).toBe(is);
  });

  test.each([
    'INV-002783-6312',
    '00-3236-444312',
    '0045-75-152544-0871',
    'SO/00-4930-901820',
    'SO/0049-30-901820',
    'SO.0049.30.901820',
    'SO_0049-30-901820',
    'R-0049 30 901820',
    'R–0049 30 901820',
    '006-4870516-8550240',
    '0049309-01820',
    'INV 004930-901820',
    '00/49-30-901820',
    '0032-2-555-12-34-5',
  ])('behind 00 is not one in an id that looks like it, but in words: %s', (text) => {
    expect(isPersonal(text, phonesOf(), 'id or URL')).toBe(false);
    expect(isPersonal(text, phonesOf(), 'free text')).toBe(true);
  });

  test.each([
    '0044-20-7946-0958',
    '0044.20.7946.0958',
    '001-415-555-0100',
    '007-495-123-45-67',
    '00358-9-123456',
    'tel:0044-20-7946-0958',
    '?tel=0044-20-7946-0958',
    'https://shop.example.com/?tel=0044-20-7946-0958',
    '/call/0044 20 7946 0958',
    '/call/0044%2020%207946%200958',
    '-0044 20 7946 0958',
    '0044 (20) 79460958',
    '0044(20)79460958',
    '00(44)20-7946-0958',
    '00 44 20-7946-0958',
    '0045-75-15 25 44, 0871',
    'INV-002783-6312, 0044 20 7946 0958',
    '%2B442079460958',
    'SO/+49-30-901820',
    'SO-+49-30-901820',
  ])('is still found in an id: %s', (text) => {
    expect(isPersonal(text, phonesOf(''), 'id or URL')).toBe(true);
  });

  test.each(['id or URL', 'free text'] as const)('is not what 00 and digits in a row are, in %s', (place) => {
    expect(isPersonal('order 00442079460958', phonesOf(), place)).toBe(false);
    expect(isPersonal('order 00 442079460958', phonesOf(), place)).toBe(true);
  });

  test("of the event's own is found in any id", () => {
    expect(isPersonal('R-0049 30 901820', phonesOf('+49 30 901820'), 'id or URL')).toBe(true);
  });

  test('is found also without libphonenumber, which then cannot clear others', () => {
    const library: unknown = Reflect.get(globalThis, 'libphonenumberjslib');
    Reflect.set(globalThis, 'libphonenumberjslib', undefined);
    try {
      for (const text of ['+14155550102', '+2905010', '0044 20 7946 0958', '+ 44 20 7946 0958'])
        expect([text, isPersonal(text, phonesOf(), 'id or URL')]).toEqual([text, true]);
      for (const text of ['+290501', '00 1234567', 'Bonus +100 000 000 coins'])
        expect([text, isPersonal(text, phonesOf(), 'id or URL')]).toEqual([text, false]);
    } finally {
      Reflect.set(globalThis, 'libphonenumberjslib', library);
    }
  });

  test('more than twenty numbers with a plus are taken for phone numbers', () => {
    expect(isPersonal('+1234567 '.repeat(20), phonesOf(), 'free text')).toBe(false);
    expect(isPersonal('+1234567 '.repeat(21), phonesOf(), 'free text')).toBe(true);
  });
});

describe('an amount', () => {
  test.each<[amount: number, phone: unknown, is: boolean]>([
    [14155550100, '+1 415 555 0100', true],
    [4155550100, '+1 415 555 0100', true],
    [-4155550100, '+1 415 555 0100', true],
    [4155550100, '(415) 555-0100', true],
    [5550100, '+1 415 555 0100', false],
    [5550100, '5550100', false],
    [55501.0, '+1 415 555 0100', false],
    [15550100, '+1 415 555 0100', false],
    [15550100, '5550100', false],
    [55550100, '4155550100', false],
    [12345678901234568, '345678901234568', false],
    [4155550100.5, '+1 415 555 0100', false],
    [1234155550100, '+1 415 555 0100', true],
    [12344155550100, '+1 415 555 0100', false],
    [5551234, '+354 555 1234', false],
    [89.97, '+1 415 555 0100', false],
    [1e21, '100000000000000000000', false],
  ])('%d with the phone number %j: %s', (amount, phone, is) => {
    expect(isPersonal(amount, phonesOf(phone), 'id or URL')).toBe(is);
  });

  test("that is a card's number is one in a parameter of your own only", () => {
    expect(isPersonal(4111111111111111, phonesOf(), 'free text')).toBe(true);
    expect(isPersonal(4111111111111111, phonesOf(), 'id or URL')).toBe(false);
  });
});

describe('a card', () => {
  /** What the numbers of a scheme begin with, at the bounds of each range, and how many digits they have. */
  const CARDS: readonly [name: string, prefixes: readonly string[], lengths: readonly number[]][] = [
    ['Visa', ['40', '49'], [16, 19]],
    ['Mastercard', ['51', '55', '2221', '2229', '223', '229', '23', '26', '270', '271', '2720'], [16]],
    ['American Express', ['34', '37'], [15]],
    ['Diners Club', ['300', '305', '36', '38', '39'], [14, 16, 19]],
    ['Discover', ['6011', '644', '649', '65'], [16, 19]],
    ['JCB', ['3528', '3529', '353', '358'], [16, 17, 18, 19]],
    ['UnionPay', ['62'], [16, 17, 18, 19]],
    ['Maestro', ['5018', '5020', '5038', '5893', '6304', '67'], [14, 15, 16, 17, 18, 19]],
    ['Mir', ['2200', '2204'], [16, 17, 18, 19]],
    ['RuPay', ['508', '600', '609', '81', '82'], [16]],
  ];
  const NOBODYS = [
    ...[
      '00',
      '1',
      '2205',
      '2220',
      '2721',
      '21',
      '28',
      '306',
      '309',
      '31',
      '33',
      '3527',
      '3590',
      '501',
      '5019',
    ],
    ...['503', '56', '5892', '6303', '640', '643', '66', '68', '7', '80', '83', '9'],
  ];
  /** The lengths of the numbers with this prefix that are cards, their last digit being right. */
  const lengthsOf = (prefix: string): readonly number[] =>
    Array.from({ length: 12 }, (_, index) => index + 10).filter((length) =>
      Array.from('0123456789').some((last) => isCard(prefix.padEnd(length - 1, '0') + last)),
    );

  test.each(CARDS)('of %s begins with one of %j and has one of %j digits', (_, prefixes, lengths) => {
    for (const prefix of prefixes) {
      expect([prefix, lengthsOf(prefix)]).toEqual([prefix, lengths]);
      expect([prefix, lengthsOf(`1${prefix}`)]).toEqual([prefix, []]);
    }
  });

  test.each(NOBODYS)('does not begin with %s', (prefix) => {
    expect(lengthsOf(prefix)).toEqual([]);
  });

  test('is of one of these schemes', () => {
    expect(SCHEMES.map(({ name }) => name)).toEqual(CARDS.map(([name]) => name));
  });

  test.each(SCHEMES)('$name: $example, but not with another last digit or another length', ({ example }) => {
    const number = example.replace(/\D/g, '');
    expect(isCard(number)).toBe(true);
    expect(isPersonal(`paid with ${example}`, phonesOf(), 'free text')).toBe(true);
    for (const other of '0123456789')
      if (!number.endsWith(other)) expect(isCard(number.slice(0, -1) + other)).toBe(false);
    expect(isCard(number.slice(0, -1))).toBe(false);
  });

  test.each([' ', '\u00a0', '-', '\u2010', '\u2011', '\u2012', '–', '—', '−', '－'])(
    'is found in groups by %j',
    (between) => {
      const card = ['4111', '1111', '1111', '1111'].join(between);
      expect(isPersonal(card, phonesOf(), 'free text')).toBe(true);
      expect(isPersonal(`card ${card} 12/27`, phonesOf(), 'free text')).toBe(true);
    },
  );

  test.each([
    'A4111111111111111',
    '4111––1111––1111––1111',
    '41111111111111111111',
    '4111  1111  1111  1111',
    '4111.1111.1111.1111',
    '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
    '4 111 1111 1111 1111',
    '4222222222222',
  ])('not %s', (text) => {
    expect(isPersonal(text, phonesOf(), 'free text')).toBe(false);
  });
});

describe('the bounds of an address', () => {
  const isAddress = (text: string) => isPersonal(text, phonesOf(), 'id or URL');
  test('whatever stands before it and behind it, it is found', () => {
    expect(isAddress(`${'a'.repeat(1000)}@example.com`)).toBe(true);
    expect(isAddress(`jane@${'a.'.repeat(7)}example.com`)).toBe(true);
    expect(isAddress(`jane@${'a'.repeat(63)}.com`)).toBe(true);
    expect(isAddress(`${'@a.'.repeat(500)}jane@example.com`)).toBe(true);
  });

  test('a label is not longer than one can be, and a domain has not more of them than are read', () => {
    expect(isAddress(`jane@${'a'.repeat(64)}.com`)).toBe(false);
    expect(isAddress(`jane@mail.${'1'.repeat(64)}.com`)).toBe(false);
    expect(isAddress(`jane@${'1.'.repeat(20)}com`)).toBe(false);
    expect(isAddress(`jane@${'a.'.repeat(40)}com`)).toBe(false);
  });

  test('the longest text is searched to its end', () => {
    expect(isAddress(`${'é'.repeat(MAX_TEXT - 16)}jane@example.com`)).toBe(true);
  });
});

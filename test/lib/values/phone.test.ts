// Phone numbers: as they are hashed, their countries, and what is looked for in texts.
import '../../../scripts/local/segment/install-globals';
import { describe, expect, test } from '@jest/globals';
import {
  countryOf,
  isInternationalNumber,
  isWithheld,
  normalisePhone,
  splitNumber,
  withoutCallingCode,
} from '../../../lib/values/phone';

describe('a phone number', () => {
  test.each<[text: string, country: string | undefined, number: string | undefined]>([
    ['+14155550100', undefined, '+14155550100'],
    ['+1 (415) 555-0100', undefined, '+14155550100'],
    ['0014155550100', undefined, '+14155550100'],
    ['14155550100', undefined, '+14155550100'],
    ['14155550100.0', undefined, '+14155550100'],
    ['(415) 555-0100', 'US', '+14155550100'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['+44 (0)20 7946 0958', undefined, '+442079460958'],
    ['+44 020 7946 0958', 'US', '+442079460958'],
    ['+٤٤٢٠٧٩٤٦٠٩٥٨', undefined, '+442079460958'],
    ['+39 06 1234 5678', undefined, '+390612345678'],
    ['+44 ( 0 ) 20 7946 0958', undefined, '+442079460958'],
    ['44 (0)20 7946 0958', 'GB', '+442079460958'],
    ['442079460958', 'US', undefined],
    ['+104155550100', undefined, '+14155550100'],
    ['+5215512345678', undefined, '+525512345678'],
    ['+52155123456789', undefined, '+52155123456789'],
    [' tel:+14155550100', undefined, '+14155550100'],
    [' 14155550100.0', undefined, '+14155550100'],
    ['14155550100.00', undefined, '+14155550100'],
    ['+1tel:4155550100', undefined, undefined],
    ['+14155550100,2', undefined, undefined],
    ['a02079460958', 'GB', undefined],
    ['02079460958 ask for jane', 'GB', undefined],
    ['+266696687', undefined, undefined],
    ['+49266696687', undefined, '+49266696687'],
    ['+2666966871', undefined, '+2666966871'],
    ['5511961234567', undefined, '+5511961234567'],
    ['919000000000', undefined, '+919000000000'],
    // With a zero after the calling code and without it, these are numbers of two people.
    ['+390144444444', undefined, '+390144444444'],
    ['+24102000000', undefined, '+24102000000'],
    ['+3903111111111', undefined, undefined],
    // So are these with and without their first digits as a calling code.
    ['4902222222', 'DE', '+494902222222'],
    ['49022222222', 'DE', '+4922222222'],
    ['55044444444', 'BR', '+5555044444444'],
    ['46211111', 'SE', undefined],
    ['4601111111', 'SE', '+461111111'],
    // Dialled within a country only, behind its calling code.
    ['+370 8 612 34567', undefined, '+37061234567'],
    ['+370 (8) 612 34567', undefined, '+37061234567'],
    ['+370 612 34567', undefined, '+37061234567'],
    ['+375 80 29 491 1911', undefined, '+375294911911'],
    ['+375 8 029 491 1911', undefined, '+375294911911'],
    ['+993 8 66 123456', undefined, '+99366123456'],
    ['+992 8 917 12 3456', undefined, undefined],
    ['+998 8 91 234 5678', undefined, undefined],
    ['+998 88 123 4567', undefined, '+998881234567'],
    ['+7 8 912 345 67 89', undefined, '+79123456789'],
    ['+7 (8912) 345-67-89', undefined, '+79123456789'],
    ['007 8 912 345 67 89', undefined, '+79123456789'],
    ['+7 812 345 67 89', undefined, '+78123456789'],
    ['+54 11 15 2345 6789', undefined, '+5491123456789'],
    ['+54 9 11 2345 6789', undefined, '+5491123456789'],
    ['+1 1 415 555 0100', undefined, '+14155550100'],
    ['+1 1 415 555 010', undefined, undefined],
    ['+11111111111', undefined, undefined],
    ['+1 1 415 555 0100 ask for jane', undefined, undefined],
    ['0011 44 7400 123456 ask for jane', 'AU', undefined],
    ['00 +44 7400 123456', 'GB', undefined],
    // No country has these calling codes.
    ['+8 912 345 67 89', undefined, undefined],
    ['+8 912 345 67 89', 'RU', undefined],
    ['+210 555 0100', undefined, undefined],
    // Dialled abroad from a country that has not just 00 for it.
    ['0011 44 7400 123456', 'AU', '+447400123456'],
    ['0011 44 (0)7400 123456', 'AU', '+447400123456'],
    ['001 44 7400 123456', 'SG', '+447400123456'],
    ['001 1 415 555 0100', 'HK', '+14155550100'],
    ['0015 44 7400 123456', 'BR', '+447400123456'],
    ['00700 44 7400 123456', 'KR', '+447400123456'],
    ['0044 7400 123456', 'AU', '+447400123456'],
    ['0044 7400 123456', 'KR', '+447400123456'],
    ['0044 7400 123456', 'US', '+447400123456'],
    ['0044 (0)7400 123456', 'DE', '+447400123456'],
    // As with +, although libphonenumber would add San Marino's area code.
    ['00378 886377', 'DE', '+378886377'],
    ['0052 1 55 1234 5678', 'MX', '+525512345678'],
    ['0039 03111111111', 'IT', undefined],
    // In Thailand, a number of Germany behind 00, and of India behind 004.
    ['0049 1511 2345678', 'TH', undefined],
    // With what exports, people and WhatsApp write around a number.
    ["'+14155550100", undefined, '+14155550100'],
    ["'4155550100", 'US', '+14155550100'],
    ['"+14155550100"', undefined, '+14155550100'],
    ['="+14155550100"', undefined, '+14155550100'],
    ['p:+14155550100', undefined, '+14155550100'],
    ['P: +14155550100', undefined, '+14155550100'],
    ['phone: +1 415 555 0100', undefined, '+14155550100'],
    ['mobile: 020 7946 0958', 'GB', '+442079460958'],
    ['tel.: 020 7946 0958', 'GB', '+442079460958'],
    ['tel. +44 20 7946 0958', undefined, '+442079460958'],
    ['cell: +1 415 555 0100 ext. 5', undefined, '+14155550100'],
    ['mob. +44 7400 123456', undefined, '+447400123456'],
    ['tel..+14155550100', undefined, '+14155550100'],
    ['phoned +14155550100', undefined, undefined],
    ['14155550100@s.whatsapp.net', undefined, '+14155550100'],
    ['447400123456@c.us', 'BR', '+447400123456'],
    ['34612345678@c.us', 'BR', '+34612345678'],
    ['+447400123456@c.us', undefined, '+447400123456'],
    ['https://wa.me/34612345678', 'BR', '+34612345678'],
    ['wa.me/+447400123456?text=hello', undefined, '+447400123456'],
    ['http://wa.me/447400123456', undefined, '+447400123456'],
    ['-14155550100@c.us', undefined, undefined],
    ['14155550100@c.us/1', undefined, undefined],
    ['(wa.me/14155550100', undefined, undefined],
    ['wa.me/14155550100/1', undefined, undefined],
    ['447400123456@example.com', undefined, undefined],
    ['https://example.com/447400123456', undefined, undefined],
    ['+1_415_555_0100', undefined, '+14155550100'],
    ['+1·415•555·0100', undefined, '+14155550100'],
    ['090ー1234ー5678', 'JP', '+819012345678'],
    // Digits that are hidden, or that nobody typed into a form.
    ['+49 151 •••• 5678', undefined, undefined],
    ['+1415•••0100', undefined, undefined],
    ['+49 151 ···· 5678', undefined, undefined],
    ['+1 (415) 555-____', undefined, undefined],
    ['(415) 555-____', 'DE', undefined],
    ['+4915112345••', undefined, undefined],
    ['+44 20 ____ 0958', undefined, undefined],
    ['+1 415 555 0100,', undefined, '+14155550100'],
    ['+1 415 555 0100; ', undefined, '+14155550100'],
    ['+1 415 555 0100, +1 415 555 0199', undefined, undefined],
    ['415-555-0100; 415-555-0199', 'US', undefined],
    // Escaped in a URL or in HTML.
    ['%2B14155550100', undefined, '+14155550100'],
    ['%2B44%20(0)20%207946%200958', undefined, '+442079460958'],
    ['tel:%2B14155550100', undefined, '+14155550100'],
    ['&#43;14155550100', undefined, '+14155550100'],
    ['T +41 44 668 18 00', undefined, '+41446681800'],
    ['Tél : 01 23 45 67 89', 'FR', '+33123456789'],
    ['GSM: 0470 12 34 56', 'BE', '+32470123456'],
    ['home 415 555 0100', 'US', '+14155550100'],
    ['TEL4155550100', 'US', undefined],
    ['call +1 415 555 0100', undefined, undefined],
    ['+1-888-555-HELP', undefined, undefined],
    ['viber:+14155550100', undefined, '+14155550100'],
    ['sip:+14155550100@voice.example.com', undefined, '+14155550100'],
    ['sip:4155550100@voice.example.com', 'US', undefined],
    ['https://api.whatsapp.com/send?phone=34612345678&text=hello', undefined, '+34612345678'],
    ['https://web.whatsapp.com/send/?phone=%2B34612345678', undefined, '+34612345678'],
    ['whatsapp://send?phone=34612345678', undefined, '+34612345678'],
    // An extension as other languages announce it.
    ['+1 415 555 0100 Ext.#12', undefined, '+14155550100'],
    ['+33 1 23 45 67 89 poste 12', undefined, '+33123456789'],
    ['+55 11 3456-7890 ramal 12', undefined, '+551134567890'],
    ['+51 1 234 5678 anexo 12', undefined, '+5112345678'],
    ['+48 22 123 45 67 wew. 12', undefined, '+48221234567'],
    ['8 (495) 123-45-67 доб. 12', 'RU', '+74951234567'],
    ['+81 3-1234-5678 内線12', undefined, '+81312345678'],
    ['+1 415 555 0100 and 12', undefined, undefined],
    // The calling code twice: a form asks for it, and people type it again.
    ['+44 44 7400 123456', undefined, '+447400123456'],
    ['+44 +44 7400 123456', undefined, '+447400123456'],
    ['+44 0044 7400 123456', undefined, '+447400123456'],
    ['+1 +1 415 555 0100', undefined, '+14155550100'],
    ['+971971501234567', undefined, '+971501234567'],
    ['91 91 98765 43210', 'IN', '+919876543210'],
    ['+91 91987 65432', undefined, '+919198765432'],
    ['+7 701 234 5678', undefined, '+77012345678'],
    ['+44 44 7400 123456 ask for jane', undefined, undefined],
    ['+44 44 7400', undefined, '+44447400'],
    // In Emden; without the 49, in Düsseldorf.
    ['+49 4921 123456', undefined, '+494921123456'],
    // Dialled before a number within its country until some years ago.
    ['044 55 1234 5678', 'MX', '+525512345678'],
    ['045 55 1234 5678', 'MX', '+525512345678'],
    ['01 55 1234 5678', 'MX', '+525512345678'],
    ['+52 01 55 1234 5678', undefined, '+525512345678'],
    ['+52 044 55 1234 5678', undefined, '+525512345678'],
    ['8 050 123 45 67', 'UA', '+380501234567'],
    ['8 599 12 34 56', 'GE', '+995599123456'],
    ['8 50 123 45 67', 'AZ', '+994501234567'],
    ['8 90 123 45 67', 'UZ', '+998901234567'],
    ['09 8765 4321', 'CL', '+56987654321'],
    ['044 55 1234 5678', 'ES', undefined],
    // One digit too many, which only stands elsewhere.
    ['50 8123 45 67', 'AZ', undefined],
    ['98 7095 4321', 'CL', undefined],
    ['599 8123 456', 'GE', undefined],
    ['55 0112 3456 78', 'MX', undefined],
    ['050 1802 34 56', 'UA', undefined],
    ['90 8123 45 67', 'UZ', undefined],
    // A customer's from the United States, though +52 415 555 0100 would be valid, too.
    ['1 415 555 0100', 'MX', undefined],
    // Both signs of an international number.
    ['+0044 7400 123456', undefined, '+447400123456'],
    ['+00 44 (0)7400 123456', undefined, '+447400123456'],
    ['+0011 44 7400 123456', 'AU', '+447400123456'],
    ['+000 44 7400 123456', undefined, undefined],
    ['07400 001234', 'GB', '+447400001234'],
    ['07400+001234', 'GB', undefined],
    ['+012345678', undefined, undefined],
    ['+123456', undefined, undefined],
    ['+1234567890123456', undefined, undefined],
    ['++14155550100', undefined, undefined],
    ['call me', undefined, undefined],
    ['call me', 'US', undefined],
    ['', undefined, undefined],
  ])('%j of %s', (text, country, number) => {
    expect(normalisePhone(text, country)).toBe(number);
  });
});

describe('a country', () => {
  test.each<[value: unknown, country: string | undefined]>([
    ['US', 'US'],
    [' gb ', 'GB'],
    ['UK', undefined],
    ['USA', undefined],
    ['Germany', undefined],
    [49, undefined],
    [null, undefined],
  ])('%j', (value, country) => {
    expect(countryOf(value)).toBe(country);
  });
});

describe('the digits of a phone number, as they are looked for in texts', () => {
  test.each<[text: string, parts: [callingCode: string, national: string] | undefined]>([
    ['', undefined],
    ['555-010', undefined],
    ['555-0100', ['', '5550100']],
    ['+290501', undefined],
    ['+2905010', ['', '2905010']],
    ['1234567890123456', undefined],
    ['0000000000', ['', '0000000000']],
    ['+1 415 555 0100', ['1', '4155550100']],
    ['14155550100.0', ['', '14155550100']],
    ['00 21 555 5555', ['', '215555555']],
    ['0000012345', ['', '0000012345']],
    ['tel:00376555555', ['', '376555555']],
    ['+44 (0)20 7946 0958', ['44', '2079460958']],
    ['+39 06 1234 5678', ['39', '612345678']],
    ['020 7946 0958', ['', '2079460958']],
    ['+52 1 55 1234 5678', ['521', '5512345678']],
    ['+52 044 55 1234 5678', ['52044', '5512345678']],
    ['+7 495 123-45-67 доб. 12', ['7', '4951234567']],
    ['+54 9 11 2345-6789', ['549', '1123456789']],
    ['+54 9 ( 0 ) 11 2345-6789', ['549', '1123456789']],
    ['+1 415 555 0100 ext. 12', ['1', '4155550100']],
    ['+1 415 555 0100 EXT 12', ['1', '4155550100']],
    ['0044 20 7946 0958', ['44', '2079460958']],
    [' 14155550100.0', ['', '14155550100']],
    ['5550100.05', ['', '555010005']],
    ['5550100.00', ['', '5550100']],
    ['123456789012345', ['', '123456789012345']],
    ['05550100', ['', '5550100']],
  ])('%j', (text, parts) => {
    const [callingCode, national] = parts ?? [];
    expect(splitNumber(text)).toEqual(parts && { callingCode, national });
  });

  test.each([
    ['14155550100', { callingCode: '1', national: '4155550100' }],
    ['4512345678', { callingCode: '45', national: '12345678' }],
    ['5551234', undefined],
  ])('%s without what may be a calling code', (digits, parts) => {
    expect(withoutCallingCode(digits)).toEqual(parts);
  });
});

test('a number may have a label before it', () => {
  const labels =
    'Tel Tél Telephone Téléphone Telefon Telefone Teléfono Phone Ph P T Mobile Mobil Móvil Movil Mob Cellphone Cell Celular ' +
    'Cel GSM Handy Portable M C Home Work Office H W O SMS WhatsApp Viber RCS FaceTime callto';
  for (const label of labels.split(' '))
    for (const behind of [':', ': ', ' ', '. ', '.: ', ' : ', '://'])
      expect([label + behind, normalisePhone(`${label}${behind}+1 415 555 0100`)]).toEqual([
        label + behind,
        '+14155550100',
      ]);
});

test('an extension is nobody’s number, in whatever language it is announced', () => {
  const words =
    'ext extn extension x # anexo anknytning ankn dahili interno int poste ramal toestel tst wew добавочный доб ' +
    'внутренний внутр 内線 分机 分機 내선';
  for (const word of words.split(' '))
    for (const behind of [' ', '. ', ': ', '='])
      expect([word + behind, normalisePhone(`+1 415 555 0100 ${word}${behind}12`)]).toEqual([
        word + behind,
        '+14155550100',
      ]);
});

test('a text longer than a phone number can be is none, however much of it is one', () => {
  expect(normalisePhone(`+14155550100${' '.repeat(88)}`)).toBe('+14155550100');
  expect(normalisePhone(`+14155550100${' '.repeat(89)}`)).toBeUndefined();
});

test('nor does it stand for a caller who withholds the number', () => {
  const withheld = '+266696687';
  expect(isWithheld(withheld.padStart(100))).toBe(true);
  expect(isWithheld(withheld.padStart(101))).toBe(false);
});

describe('with a libphonenumber', () => {
  function withLibrary(library: unknown, run: () => void): void {
    const before: unknown = Reflect.get(globalThis, 'libphonenumberjslib');
    Reflect.set(globalThis, 'libphonenumberjslib', library);
    try {
      run();
    } finally {
      Reflect.set(globalThis, 'libphonenumberjslib', before);
    }
  }

  test.each([
    ['that is not there', undefined],
    ['without functions', { libphonenumberjs: {} }],
  ])('%s, plain numbers are read, and countries by their two letters', (_, library) => {
    withLibrary(library, () => {
      expect(normalisePhone('+14155550100')).toBe('+14155550100');
      expect(normalisePhone('+4402079460958')).toBeUndefined();
      expect(normalisePhone('0044 7400 123456', 'GB')).toBe('+447400123456');
      expect(normalisePhone('+7 8 912 345 67 89')).toBeUndefined();
      expect(normalisePhone('+8 912 345 67 89')).toBeUndefined();
      expect(countryOf('uk')).toBe('UK');
      for (const text of ['USA', '1US', 'US1']) expect([text, countryOf(text)]).toEqual([text, undefined]);
      expect(isInternationalNumber('442079460958', false)).toBe(library === undefined);
    });
  });

  test('an ordinary number is not given to it, though it may begin with its calling code again', () => {
    const parsePhoneNumberFromString = (): never => {
      throw new Error('asked for a number that is plain');
    };
    withLibrary({ libphonenumberjs: { parsePhoneNumberFromString } }, () => {
      for (const number of ['+14155550100', '+77012345678', '+393912345678', '+919198765432'])
        expect(normalisePhone(number)).toBe(number);
      expect(() => normalisePhone('+44447400123456')).toThrow('plain');
    });
  });

  test.each<[digits: string, mustBeValid: boolean, is: boolean]>([
    ['290501', false, false],
    ['2905010', false, true],
    ['123456789012345', false, true],
    ['1234567890123456', false, false],
    ['29050101', true, false],
    ['290501012', true, true],
    ['1012345678', false, false],
  ])('that is not there, %s behind a + (likely only: %s) is a number: %s', (digits, mustBeValid, is) => {
    withLibrary(undefined, () => {
      expect(isInternationalNumber(digits, mustBeValid)).toBe(is);
    });
  });

  test('that knows only whether a number is valid, any other number is possible', () => {
    const parsePhoneNumberFromString = () => ({ number: '', isValid: () => false });
    withLibrary({ libphonenumberjs: { parsePhoneNumberFromString } }, () => {
      expect(isInternationalNumber('442079460958', false)).toBe(true);
      expect(isInternationalNumber('442079460958', true)).toBe(false);
    });
  });
});

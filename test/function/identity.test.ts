// Email addresses and phone numbers in every shape that people send them in.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createWorld, hash, track, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  // What is not international is read by the library.
  world = await createWorld({ needs: ['libphonenumberjslib'] });
});
afterAll(() => world.close());

/** What TikTok received in `user` for these properties. */
async function userOf(properties: object, settings: object = {}) {
  return (await world.deliver(track({ properties }), settings)).user;
}

/** The message of an event that must be refused without a request. */
async function refusalOf(properties: object, settings: object = {}): Promise<string> {
  const requests = world.tiktok.requests.length;
  const call = await world.send(track({ properties }), settings);
  expect(call.outcome).toBe('Message Rejected');
  expect(call.error?.name).toBe('InvalidEventPayload');
  expect(world.tiktok.requests).toHaveLength(requests);
  return call.error?.message ?? '';
}

describe('hashes', () => {
  // FIPS 180-4, as NIST publishes the examples.
  test.each([
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('a user id is hashed as in the published vector of %s', async (userId, expected) => {
    expect((await world.deliver(track({ userId }))).user.external_id).toEqual([expected]);
  });

  test('a runtime whose crypto has no hash() gives the same hashes', async () => {
    const own = await createWorld({ globals: { crypto: { createHash } } });
    const properties = { email: 'Zoë@exämple.com', phone: '+1 415 555 0100' };
    const { user } = await own.deliver(track({ properties, userId: 'Customer-1' }));
    await own.close();
    expect(user).toEqual({
      email: [hash('zoë@exämple.com')],
      phone: [hash('+14155550100')],
      external_id: [hash('customer-1')],
    });
  });

  test('text beyond ASCII is hashed as its UTF-8 bytes', async () => {
    const user = await userOf({ email: 'Zoë.Größe@exämple.com' });
    expect(user.email).toEqual([hash('zoë.größe@exämple.com')]);
  });
});

describe('email addresses', () => {
  test.each<[what: string, email: unknown, sent: readonly string[]]>([
    ['as it should be', 'jane@example.com', ['jane@example.com']],
    ['in upper case and between spaces', '  Jane.DOE@Example.COM\n', ['jane.doe@example.com']],
    ['with a plus and a subdomain', 'jane+tag@mail.shop.example.com', ['jane+tag@mail.shop.example.com']],
    ['with two dots, as some carriers allow', 'jane..doe@example.com', ['jane..doe@example.com']],
    ['behind a name, as mail programs show it', 'Jane Doe <Jane@example.com>', ['jane@example.com']],
    ['behind a name in quotes', '"Doe, Jane" <jane@example.com>', ['jane@example.com']],
    ['in angle brackets', '<jane@example.com>', ['jane@example.com']],
    ['as a link', 'mailto:jane@example.com', ['jane@example.com']],
    ['as a link with a subject', 'MAILTO:jane%40example.com?subject=Your%20order', ['jane@example.com']],
    ['as a link in angle brackets', 'Jane <mailto:jane@example.com>', ['jane@example.com']],
    [
      'in a list, twice, one of them in upper case',
      ['a@example.com', 'A@EXAMPLE.COM', 'b@example.com'],
      ['a@example.com', 'b@example.com'],
    ],
    ['in a list with what is none', ['nobody', null, 7, {}, 'a@example.com', ''], ['a@example.com']],
  ])('%s, is sent normalised and hashed', async (_, email, sent) => {
    expect((await userOf({ email })).email).toEqual(sent.map(hash));
  });

  test('one that is hashed already is passed on in lower case and not hashed again', async () => {
    const user = await userOf({ email: ` ${hash('jane@example.com').toUpperCase()} ` });
    expect(user.email).toEqual([hash('jane@example.com')]);
  });

  test.each<[what: string, email: unknown]>([
    ['no at sign', 'jane.example.com'],
    ['no domain', 'jane@'],
    ['no dot in the domain', 'jane@localhost'],
    ['a space', 'jane doe@example.com'],
    ['two at signs', 'jane@doe@example.com'],
    ['two addresses', 'jane@example.com,john@example.com'],
    ['a name that is another address', 'john@example.com <jane@example.com>'],
    ['two addresses behind their names', 'Jane <jane@example.com>, John <john@example.com>'],
    ['a link to two addresses', 'mailto:jane@example.com,john@example.com'],
    ['a link to nobody', 'mailto:?subject=jane@example.com'],
    ['a number for a top-level domain', 'jane@192.0.2.1'],
    ['a number', 7],
    ['an object', { address: 'jane@example.com' }],
    ['true', true],
    ['a list of what is none', ['nobody', null]],
    ['longer than an address can be', `${'a'.repeat(60)}@${'b'.repeat(300)}.example.com`],
  ])(
    '%s is not an email address: the event is refused, and the message says so without it',
    async (_, email) => {
      const message = await refusalOf({ email });
      expect(message).toContain('user.email: "properties.email" is not an email address');
      expect(message).toContain('"properties.phone" is absent, "context.traits.phone" is absent');
      expect(message).not.toMatch(/jane|john|localhost/i);
    },
  );

  test.each([undefined, null, '', '  ', [], [null, '']])(
    '%j is as good as no email address at all',
    async (email) => {
      expect(await refusalOf({ email })).toContain(
        '"properties.email" is absent, "context.traits.email" is absent, "traits.email" is absent',
      );
    },
  );

  test('the first place where something stands wins', async () => {
    const context = { traits: { email: 'traits@example.com' } };
    const traits = { email: 'top@example.com' };
    const at = async (event: object) => (await world.deliver(track({ ...event }))).user.email;
    expect(await at({ properties: { email: 'p@example.com' }, context, traits })).toEqual([
      hash('p@example.com'),
    ]);
    expect(await at({ properties: {}, context, traits })).toEqual([hash('traits@example.com')]);
    expect(await at({ properties: { email: ' ' }, traits })).toEqual([hash('top@example.com')]);
  });
});

describe('phone numbers', () => {
  test.each<[what: string, phone: unknown, sent: readonly string[]]>([
    ['in E.164', '+14155550100', ['+14155550100']],
    ['with spaces, brackets, dots and dashes', ' +1 (415) 555-01.00 ', ['+14155550100']],
    [
      'with a dash of typography and a mark from an address book',
      '\u202a+1\u2011415\u2013555\u20140100\u202c',
      ['+14155550100'],
    ],
    ['with 00', '0044 20 7946 0958', ['+442079460958']],
    ['with a trunk zero in brackets', '+44 (0)20 7946 0958', ['+442079460958']],
    ['with a trunk zero in brackets after 00', '0044(0)2079460958', ['+442079460958']],
    ['with a trunk zero without brackets', '+44 020 7946 0958', ['+442079460958']],
    ['with brackets around the country code, too', '+(44) (0)20 7946 0958', ['+442079460958']],
    ['with a trunk zero in brackets after the area code', '+4420(0)79460958', ['+442079460958']],
    ['with one in brackets, and dashes around 00', '00-44-(0)20-7946-0958', ['+442079460958']],
    ['with one in brackets after a wide plus', '＋44 (0)20 7946 0958', ['+442079460958']],
    ['with its country code in brackets', '(+44) 020 7946 0958', ['+442079460958']],
    ['with a trunk zero that its country does not have', '+1 (0)415 555 0100', ['+14155550100']],
    ['with slashes', '+49 30/123456', ['+4930123456']],
    ['out of a spreadsheet', '14155550100.0', ['+14155550100']],
    ['with a zero that belongs to it', '+39 06 6982 0000', ['+390669820000']],
    ['with an extension', '+1 415 555 0100 ext. 5', ['+14155550100']],
    ['as digits with their country code', '14155550100', ['+14155550100']],
    ['as a JSON number', 14155550100, ['+14155550100']],
    ['of 7 digits', '+2905010', ['+2905010']],
    ['of 15 digits', '+123456789012345', ['+123456789012345']],
    [
      'in a list, written twice',
      ['+1 415 555 0100', '0014155550100', 14155550101, null, 'none'],
      ['+14155550100', '+14155550101'],
    ],
  ])('%s, is sent as E.164, hashed', async (_, phone, sent) => {
    expect((await userOf({ phone })).phone).toEqual(sent.map(hash));
  });

  test.each<[phone: unknown, country: string, sent: string]>([
    ['(415) 555-0100', 'US', '+14155550100'],
    ['1 415 555 0100', 'us', '+14155550100'],
    [4155550100, 'US', '+14155550100'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['(0)20 7946 0958', 'GB', '+442079460958'],
    ['06 6982 0000', 'IT', '+390669820000'],
    ['030/12345678', 'DE', '+493012345678'],
    ['０９０−１２３４−５６７８', 'JP', '+819012345678'],
    ['٠٥٠١٢٣٤٥٦٧', 'SA', '+966501234567'],
    ['+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧', 'US', '+966501234567'],
    ['+44 20 7946 0958', 'US', '+442079460958'],
    ['0044 20 7946 0958', 'US', '+442079460958'],
    ['+44 (0)20 7946 0958', 'US', '+442079460958'],
  ])('%j of a shop in %s is sent as %s, hashed', async (phone, defaultCountry, sent) => {
    expect((await userOf({ phone }, { defaultCountry })).phone).toEqual([hash(sent)]);
  });

  test('one that is hashed already is passed on in lower case and not hashed again', async () => {
    expect((await userOf({ phone: hash('+14155550100').toUpperCase() })).phone).toEqual([
      hash('+14155550100'),
    ]);
  });

  test.each<[what: string, phone: unknown, settings: object]>([
    ['letters', 'call me', {}],
    ['a number in letters', '1-800-555-SHOP', {}],
    ['too short', '+123456', {}],
    ['too long', '+1234567890123456', {}],
    ['a country code that begins with 0', '+0155550100', {}],
    ['a national number where no country is known', '020 7946 0958', {}],
    ['a national number that is too short', '555-0100', { defaultCountry: 'US' }],
    ['a national number of another country', '020 7946 0958', { defaultCountry: 'US' }],
    ['zeros', '0000000000', { defaultCountry: 'US' }],
    ['two plus signs', '++14155550100', {}],
    ['a plus sign within', '1415+5550100', {}],
    ['a negative number', -14155550100, {}],
    ['a broken number', 1415555.01, {}],
    ['a number that has lost digits', 1e20, {}],
    ['an object', { number: '+14155550100' }, {}],
    ['false', false, {}],
  ])(
    '%s is not a phone number: the event is refused, and the message says so without it',
    async (_, phone, settings) => {
      const message = await refusalOf({ phone }, settings);
      expect(message).toContain('user.phone: "properties.phone" is not a phone number');
      expect(message).not.toMatch(/\d{3}/);
    },
  );

  test('an ordinary international number is read without the library', async () => {
    const parsePhoneNumberFromString = jest.fn();
    const own = await createWorld({
      globals: { libphonenumberjslib: { libphonenumberjs: { parsePhoneNumberFromString } } },
    });
    const { user } = await own.deliver(track({ properties: { phone: '+1 (415) 555-0100' } }), {
      defaultCountry: 'US',
    });
    await own.close();
    expect(user.phone).toEqual([hash('+14155550100')]);
    expect(parsePhoneNumberFromString).not.toHaveBeenCalled();
  });

  test('without the library, numbers are read by the plain rules and no national number is guessed', async () => {
    const own = await createWorld({ globals: { libphonenumberjslib: undefined } });
    const phone = ['+44 (0)20 7946 0958', '0014155550100', '020 7946 0958'];
    const { user } = await own.deliver(track({ properties: { phone } }), { defaultCountry: 'GB' });
    await own.close();
    expect(user.phone).toEqual(['+442079460958', '+14155550100'].map(hash));
  });
});

describe('the country of a phone number', () => {
  const settings = {
    defaultCountry: 'DE',
    parameterMappings: { 'user.phone.country': 'properties.country' },
  };
  const national = { email: 'jane@example.com', phone: '(415) 555-0100' };

  test.each(['us', 'USA', 'United States'])('%s is read', async (country) => {
    const { user } = await world.deliver(track({ properties: { ...national, country } }), settings);
    expect(user.phone).toEqual([hash('+14155550100')]);
  });

  test.each(['Estados Unidos', 'usa!', 1])('if it cannot be read, is not guessed: %j', async (country) => {
    const event = track({ properties: { ...national, country } });
    const { user } = await world.deliver(event, settings);
    expect(user).toEqual({ email: [hash('jane@example.com')] });
    const { logs } = await world.send(event, { ...settings, testEventCode: 'TEST12345' });
    expect(logs).toContain('user.phone.country: "properties.country" is not a country');
    expect(logs).toContain('user.phone: "properties.phone" is not a phone number');
  });

  test('if it cannot be read, a refusal names it', async () => {
    const message = await refusalOf({ phone: national.phone, country: 'Estados Unidos' }, settings);
    expect(message).toContain('user.phone.country: "properties.country" is not a country');
    expect(message).not.toContain('Estados');
  });
});

describe('who an event belongs to', () => {
  test('a valid phone number is enough where the email address is not one, and the other way round', async () => {
    expect(await userOf({ email: 'nobody', phone: '+14155550100' })).toEqual({
      phone: [hash('+14155550100')],
    });
    expect(await userOf({ email: 'jane@example.com', phone: 'none' })).toEqual({
      email: [hash('jane@example.com')],
    });
  });

  test('a user id alone is not enough', async () => {
    const call = await world.send(track({ userId: 'customer-1', properties: {} }));
    expect(call.outcome).toBe('Message Rejected');
    expect(call.error?.message).toMatch(/^TikTok needs a valid email address or phone number\. /);
  });

  test.each([
    [{ userId: ' Customer-1 ', anonymousId: 'anonymous-1' }, 'customer-1'],
    [{ userId: null, anonymousId: 'ANONYMOUS-1' }, 'anonymous-1'],
    [{ userId: 1001 }, '1001'],
    [{ userId: 'jane@example.com' }, 'jane@example.com'],
  ])('%j is sent hashed as its external id', async (ids, sent) => {
    expect((await world.deliver(track(ids))).user.external_id).toEqual([hash(sent)]);
  });

  test('a user who opted out of tracking on the device is still reported', async () => {
    await world.deliver(track({ context: { device: { adTrackingEnabled: false } } }));
  });
});

test('a phone number that could be anybody’s is refused with the advice to set Default Country, or to put a + before it', async () => {
  const national = track({ properties: { phone: '030 123456' } });
  const advice =
    'If the phone numbers have no country code, set Default Country; if they have one without its +, map user.phone to "+{{properties.phone}}" ?? properties.phone.';
  const { outcome, error } = await world.send(national);
  expect(outcome).toBe('Message Rejected');
  expect(error?.message).toContain(advice);
  expect((await world.send(national, { defaultCountry: 'US' })).error?.message).not.toContain(
    'set Default Country',
  );
  for (const event of [
    track({ properties: {} }),
    track({ properties: { phone: 'n/a' } }),
    track({ properties: { email: 'nobody' } }),
    track({ properties: { email: 'jane@example.com', phone: '030 123456' }, timestamp: 'last Tuesday' }),
  ])
    expect((await world.send(event)).error?.message).not.toContain('set Default Country');
  const mapped = { parameterMappings: { 'user.phone': '"+{{properties.phone}}" ?? properties.phone' } };
  for (const phone of ['49 30 123456', '+49 30 123456', '0049 30 123456']) {
    const sent = await world.deliver(track({ properties: { phone } }), mapped);
    expect(sent.user.phone).toEqual([hash('+4930123456')]);
  }
  const message = (await world.send(national, mapped)).error?.message;
  expect(message).toMatch(/ set Default Country\.$/);
});

test('the advice names the path of the number that was there, and none that a mapping made', async () => {
  const messageOf = async (event: Readonly<Record<string, unknown>>, mapping?: string) => {
    const parameterMappings = mapping === undefined ? {} : { 'user.phone': mapping };
    return (await world.send(track(event), { parameterMappings })).error?.message;
  };
  const ofTraits = { properties: {}, context: { traits: { phone: '030 123456' } } };
  expect(await messageOf(ofTraits)).toContain('"+{{context.traits.phone}}" ?? context.traits.phone.');
  expect(await messageOf({ properties: { mobile: '030 123456' } }, 'properties.mobile')).toContain(
    '"+{{properties.mobile}}" ?? properties.mobile.',
  );
  const made = await messageOf({ properties: { mobile: '030 123456' } }, '"+{{properties.mobile}}"');
  expect(made).toMatch(/ set Default Country\.$/);
});

test('a source of two parameters: for each, only what is wrong with it as that parameter', async () => {
  const parameterMappings = { 'user.email': 'properties.contact', 'user.phone': 'properties.contact' };
  const { error } = await world.send(track({ properties: { contact: 'nobody' } }), { parameterMappings });
  expect(error?.message).toContain('user.email: "properties.contact" is not an email address.');
  expect(error?.message).toContain('user.phone: "properties.contact" is not a phone number');
  expect(error?.message).not.toContain(' and ');
});

test('a source with several values: all that is wrong with them', async () => {
  const { error } = await world.send(track({ properties: { email: ['nobody', 'n/a'] } }));
  expect(error?.message).toContain(
    'user.email: "properties.email" is not an email address and only a placeholder, ',
  );
});

test.each(['offline', 'crm'])(
  'an unreadable time is refused as one, with Event Source %s',
  async (eventSource) => {
    const { error } = await world.send(track({ timestamp: 'last Tuesday' }), { eventSource });
    expect(error?.message).toMatch(/^The time of the event cannot be read/);
  },
);

test('an event with neither a readable time nor an id is refused for its time', async () => {
  const { outcome, error } = await world.send(track({ timestamp: 'last Tuesday', messageId: undefined }));
  expect(outcome).toBe('Message Rejected');
  expect(error?.message).toMatch(/^The time of the event cannot be read/);
});

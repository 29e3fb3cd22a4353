// What is read of the settings, and what an operator sees when they must be fixed.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SETTINGS as TABLE } from '../../lib/configuration/settings';
import { createWorld, hash, SETTINGS, track, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  // It knows which countries there are.
  world = await createWorld({ needs: ['libphonenumberjslib'] });
});
afterAll(() => world.close());

test("a setting's name is what Segment's editor makes of its label", () => {
  for (const { name, label } of TABLE) {
    const words = label.toLowerCase().split(' ');
    const [first = '', ...rest] = words;
    expect(name).toBe(first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''));
  }
});

test("settings are found whatever the case of their names, as in the built-in destination's eventSetID", async () => {
  const call = await world.segment.send(track(), {
    AccessToken: ` ${SETTINGS.accessToken}\n`,
    eventSetID: SETTINGS.eventSetId,
  });
  expect(call.outcome).toBe('Delivered');
});

test('optional settings may be empty', async () => {
  const empty = {
    eventMappings: {},
    parameterMappings: {},
    defaultCountry: ' ',
    limitedDataUse: null,
    testEventCode: '',
  };
  const call = await world.send(track(), empty);
  expect(call.outcome).toBe('Delivered');
  expect(call.traces[0]?.request.body).not.toContain('test_event_code');
});

test('of a setting that is there twice, in different case, the one that is not empty counts', async () => {
  const call = await world.segment.send(track(), { ...SETTINGS, eventSetID: '' });
  expect(call.outcome).toBe('Delivered');
});

describe('settings that must be fixed: Segment keeps the event, and nothing is sent', () => {
  test.each<[what: string, settings: unknown, message: string]>([
    ['none at all', null, 'Access Token is missing; Event Set ID is missing'],
    ['an empty token', { ...SETTINGS, accessToken: '  ' }, 'Access Token is missing'],
    [
      'a token with a line break',
      { ...SETTINGS, accessToken: 'to\nken' },
      'Access Token must be a string without spaces',
    ],
    [
      'a token with a space in it',
      { ...SETTINGS, accessToken: 'to ken' },
      'Access Token must be a string without spaces',
    ],
    [
      'a token that no header can hold',
      { ...SETTINGS, accessToken: 'tök€n' },
      'Access Token must be a string without spaces',
    ],
    [
      'an event set id that has lost digits',
      { ...SETTINGS, eventSetId: 7e18 },
      'Event Set ID must be a string without spaces',
    ],
    [
      'a name for a country',
      { ...SETTINGS, defaultCountry: 'Germany' },
      'Default Country must be the two letters',
    ],
    [
      'UK, which is GB',
      { ...SETTINGS, defaultCountry: 'UK' },
      'Default Country must be the two letters of a country, such as US or GB, not UK',
    ],
    [
      'neither yes nor no',
      { ...SETTINGS, limitedDataUse: 'perhaps' },
      'Limited Data Use must be true or false',
    ],
    ['a text for a map', { ...SETTINGS, eventMappings: 'a → b' }, 'Event Mappings must be a map'],
    [
      'several at once',
      { defaultCountry: 1 },
      'Access Token is missing; Event Set ID is missing; Default Country must be',
    ],
  ])('%s', async (_, settings, message) => {
    const requests = world.tiktok.requests.length;
    const call = await world.segment.send(track(), settings);
    expect(call).toMatchObject({ outcome: 'Retry', error: { name: 'RetryError' } });
    expect(call.error?.message).toContain(message);
    expect(call.error?.message).not.toContain('tök€n');
    expect(world.tiktok.requests).toHaveLength(requests);
  });
});

test.each(TABLE.map(({ name, label, type }) => [label, name, type] as const))(
  '%s is told by its label where its value is none',
  async (label, name, type) => {
    const wrong = { STRING: {}, BOOLEAN: 'perhaps', TEXT_MAP: ['a'] }[type];
    const call = await world.segment.send(track(), { ...SETTINGS, [name]: wrong });
    expect(call.error?.message).toMatch(
      new RegExp(`^Fix the function's settings in Segment: ${label} must be [a-zA-Z, ]+\\.$`),
    );
  },
);

test('without libphonenumber in the runtime, any two letters are taken for a country', async () => {
  const own = await createWorld({ globals: { libphonenumberjslib: undefined } });
  const { user } = await own.deliver(track(), { defaultCountry: 'UK' });
  await own.close();
  expect(user.email).toEqual([hash('jane@example.com')]);
});

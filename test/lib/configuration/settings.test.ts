// What is read of the settings that Segment hands over, and what is kept compiled of their maps.
import '../../../scripts/local/segment/install-globals';
import { describe, expect, test } from '@jest/globals';
import { configure } from '../../../lib/configuration/configure';
import { labelOf, readSettings, settingsFailure } from '../../../lib/configuration/settings';
import { isFailure } from '../../../lib/result';

const REQUIRED = { accessToken: 'token', eventSetId: '1' };
const NONE = {
  eventMappings: {},
  parameterMappings: {},
  defaultCountry: undefined,
  limitedDataUse: undefined,
  testEventCode: undefined,
  eventSource: 'offline',
};

test('all settings are read, as people write them', () => {
  expect(
    readSettings({
      accessToken: ' token\n',
      eventSetId: 7,
      eventMappings: { a: 'b' },
      parameterMappings: { c: 'd' },
      defaultCountry: 'gb',
      limitedDataUse: 'yes',
      testEventCode: ' TEST12345 ',
      eventSource: ' CRM',
    }),
  ).toEqual({
    accessToken: 'token',
    eventSetId: '7',
    eventMappings: { a: 'b' },
    parameterMappings: { c: 'd' },
    defaultCountry: 'GB',
    limitedDataUse: true,
    testEventCode: 'TEST12345',
    eventSource: 'crm',
  });
});

test.each([
  ['that are not there', REQUIRED],
  [
    'that are empty',
    { ...REQUIRED, defaultCountry: ' ', testEventCode: '', eventMappings: null, eventSource: [] },
  ],
  ['one of whose names is in another case', { accessToken: 'token', EventSetID: '1' }],
  ['whose names are in another case', { ACCESSTOKEN: 'token', eventSetID: '1' }],
  ['that are there twice, once empty', { ...REQUIRED, eventSetID: '', EventSource: ' ' }],
  ['that nobody knows', { ...REQUIRED, region: 'eu' }],
])('settings %s are as by default', (_, given) => {
  expect(readSettings(given)).toEqual({ ...REQUIRED, ...NONE });
});

describe('a setting is wrong', () => {
  test.each<[name: string, value: unknown, problem: string]>([
    ['accessToken', '', 'Access Token is missing'],
    ['accessToken', 'two words', 'Access Token must be a string without spaces'],
    ['accessToken', 'wörd', 'Access Token must be a string without spaces'],
    ['accessToken', 'a\u007fb', 'Access Token must be a string without spaces'],
    ['eventSetId', null, 'Event Set ID is missing'],
    ['eventSetId', {}, 'Event Set ID must be a string without spaces'],
    ['eventMappings', 'a', 'Event Mappings must be a map'],
    ['eventMappings', ['a'], 'Event Mappings must be a map'],
    ['parameterMappings', 1, 'Parameter Mappings must be a map'],
    [
      'defaultCountry',
      'Germany',
      'Default Country must be the two letters of a country, such as US or GB, not UK',
    ],
    ['limitedDataUse', 'perhaps', 'Limited Data Use must be true or false'],
    ...[{}, 'none', ' N/A ', '-', 'null', 'false', 'off', true].map((value): [string, unknown, string] => [
      'testEventCode',
      value,
      'Test Event Code must be a code from TikTok Events Manager, or empty',
    ]),
    ['eventSource', 'web', 'Event Source must be offline or crm'],
  ])('%s: %j', (name, value, problem) => {
    const read = readSettings({ ...REQUIRED, [name]: value });
    expect(isFailure(read) && read.reason).toMatchObject({
      kind: 'retry',
      problems: [problem],
      message: `Fix the function's settings in Segment: ${problem}.`,
    });
  });

  test('all that are wrong are named, and the others are readable', () => {
    const read = readSettings({ eventSetId: '1', eventMappings: { a: 'b' }, limitedDataUse: 'perhaps' });
    expect(isFailure(read) && read.reason).toMatchObject({
      problems: ['Access Token is missing', 'Limited Data Use must be true or false'],
      readable: { eventSetId: '1', eventMappings: { a: 'b' }, eventSource: 'offline' },
    });
    for (const given of [null, 'text', undefined]) {
      const none = readSettings(given);
      expect(isFailure(none) && none.reason.problems).toEqual([
        'Access Token is missing',
        'Event Set ID is missing',
      ]);
    }
  });

  test('a message has 1,000 characters of problems, then it counts', () => {
    const { message, problems } = settingsFailure(['a'.repeat(500), 'b'.repeat(498), 'c']).reason;
    expect(message).toBe(
      `Fix the function's settings in Segment: ${'a'.repeat(500)}; ${'b'.repeat(498)}; and 1 more.`,
    );
    expect(problems).toHaveLength(3);
  });
});

test('people know a setting by its label', () => {
  expect(labelOf('eventSetId')).toBe('Event Set ID');
});

describe('what was compiled of the maps', () => {
  const plansOf = (settings: object) => {
    const configuration = configure({ ...REQUIRED, ...settings });
    if (isFailure(configuration)) throw new Error('The settings are wrong');
    return configuration.plans;
  };
  const withEntry = (name: string) => plansOf({ eventMappings: { [name]: 'A' } });

  test('is kept for the same maps and event source, whatever else is set', () => {
    const eventMappings = { a: 'A', b: 'B' };
    const parameterMappings = { 'properties.c': 'properties.c' };
    const plans = plansOf({ eventMappings, parameterMappings });
    expect(plansOf({ parameterMappings, eventMappings: { ...eventMappings }, accessToken: 'other' })).toBe(
      plans,
    );
    for (const other of [
      { eventMappings: { b: 'B', a: 'A' }, parameterMappings },
      { eventMappings: { a: 'A', b: 'C' }, parameterMappings },
      { eventMappings: { a: 'A', c: 'B' }, parameterMappings },
      { eventMappings: { a: 'A' }, parameterMappings },
      { eventMappings: { ...eventMappings, c: 'C' }, parameterMappings },
      { eventMappings, parameterMappings: { 'properties.c': 'properties.d' } },
      { eventMappings },
      { eventMappings, parameterMappings, eventSource: 'crm' },
    ])
      expect(plansOf(other)).not.toBe(plans);
  });

  test('is kept for the sixteen that were used last', () => {
    const first = withEntry('entry 0');
    for (let index = 1; index < 16; index += 1) withEntry(`entry ${index}`);
    expect(withEntry('entry 0')).toBe(first);
    const second = withEntry('entry 1');
    for (let index = 16; index < 30; index += 1) withEntry(`entry ${index}`);
    expect(withEntry('entry 0')).toBe(first);
    expect(withEntry('entry 1')).toBe(second);
    withEntry('entry 30');
    for (let index = 31; index < 46; index += 1) withEntry(`entry ${index}`);
    expect(withEntry('entry 0')).not.toBe(first);
  });

  test('are a plan for each entry, the defaults among them', () => {
    const plans = plansOf({ eventMappings: { 'Signed Up': '' } });
    expect(plans.all()).toHaveLength(13);
    expect(plans.for({ type: 'track', event: 'Trial Started' })).toMatchObject([
      { mapping: { names: ['StartTrial'] }, parameters: { user: expect.any(Array) } },
    ]);
    expect(plans.for({ type: 'track', event: 'Signed Up' })).toEqual([]);
  });
});

describe('while settings are wrong', () => {
  const outcomeOf = (settings: object, event: object) => {
    const configuration = configure(settings);
    if (!isFailure(configuration)) throw new Error('The settings are right');
    return configuration.reason.outcomeOf(event).kind;
  };
  const PAID = { type: 'track', event: 'Paid' };

  test('only events wait that an entry matches, or that one may be meant for', () => {
    const wrong = { eventSetId: '1' };
    expect(outcomeOf({ ...wrong, eventMappings: { Paid: 'Purchase' } }, PAID)).toBe('retry');
    expect(outcomeOf({ ...wrong, eventMappings: { Paid: 'A if properties.' } }, PAID)).toBe('retry');
    expect(outcomeOf({ ...wrong, eventMappings: { Other: 'A if properties.' } }, PAID)).toBe('unsupported');
    expect(outcomeOf(wrong, PAID)).toBe('unsupported');
    expect(outcomeOf(wrong, { type: 'track', event: 'Signed Up' })).toBe('retry');
    expect(outcomeOf({ ...REQUIRED, eventMappings: { Paid: 'A if properties.' } }, PAID)).toBe('retry');
  });

  test('all events wait if nothing can be read of Event Mappings, but those that are never sent', () => {
    const wrong = { ...REQUIRED, eventMappings: 'text' };
    expect(outcomeOf(wrong, PAID)).toBe('retry');
    expect(outcomeOf(wrong, { type: 'delete' })).toBe('unsupported');
  });

  test('all problems of both maps are named', () => {
    const configuration = configure({
      ...REQUIRED,
      eventMappings: { Paid: 'A if' },
      parameterMappings: { 'user.email': '?' },
    });
    expect(isFailure(configuration) && configuration.reason.problems).toHaveLength(2);
  });
});

// npm run deploy -- settings: the settings of a connected function become those of a file.
import { describe, expect, test } from '@jest/globals';
import {
  ACCESS_TOKEN,
  FUNCTION_METADATA,
  inConnected,
  lastSave,
  SAVED,
  SECRET,
  TYPED,
  WANTED,
} from '../../support/connected';
import { operations } from '../../support/deploy';
import { outputsOf } from '../../support/documentation';

const SAME = { ...TYPED, settings: SAVED };

/** What Segment's reference leaves open: each story is told where a save merges, and where it replaces. */
describe.each(['merge', 'replace'] as const)('where a save is to %s settings', (saves) => {
  test('the difference is shown, and after a yes the settings are saved, read back and confirmed', () =>
    inConnected({ saves }, async ({ api, there, npmRunSettings }) => {
      const { status, stdout, stderr } = await npmRunSettings([], { answer: 'y' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(there.settings).toEqual(SAVED);
      expect(operations(api)).toEqual([
        'getDestination',
        'getDestination',
        'updateDestination',
        'getDestination',
      ]);
      const command = `npm run deploy -- settings ${there.id} --settings settings.json`;
      expect(outputsOf(command)).toEqual([
        stdout.replace('[y/N] ', '[y/N] y\n').replaceAll(/\S+settings\.json/g, 'settings.json'),
      ]);
    }));

  test('every setting is in the save: what the file leaves out becomes empty, and the difference says so', () =>
    inConnected({ saves }, async ({ api, there, deploySettings }) => {
      const { stdout } = await deploySettings({ settings: { accessToken: ACCESS_TOKEN, eventSetId: '1' } });
      expect(lastSave(api)).toEqual({
        settings: {
          accessToken: SECRET,
          eventSetId: '1',
          eventMappings: {},
          parameterMappings: {},
          defaultCountry: '',
          limitedDataUse: false,
          testEventCode: '',
          eventSource: '',
        },
      });
      expect(there.settings).toEqual(expect.objectContaining({ eventMappings: {}, defaultCountry: '' }));
      expect(stdout.split('\n')).toEqual(
        expect.arrayContaining([
          '~ changed  Event Set ID: 1; before: 7000000000000000001',
          '- removed  Event Mappings: Order Completed → Purchase; settings.json does not name it',
          '- removed  Default Country: US; settings.json does not name it',
          '~ changed  Limited Data Use: false; before: true; settings.json does not name it',
        ]),
      );
    }));

  test("names are found whatever their case, and keep Segment's spelling", () => {
    const options = FUNCTION_METADATA.options.map((option) =>
      option.name === 'eventSetId' ? { ...option, name: 'eventSetID' } : option,
    );
    const { eventSetId, ...settings } = SAVED;
    return inConnected(
      { saves },
      async ({ there, deploySettings }) => {
        const { status, stdout } = await deploySettings({
          settings: { ...WANTED, eventSetId: undefined, EVENTSETID: '2' },
        });
        expect(status).toBe(0);
        expect(stdout).toContain('~ changed  Event Set ID: 2; before: 7000000000000000001\n');
        expect(there.settings).toEqual({ ...settings, eventSetID: '2' });
      },
      {
        ...TYPED,
        metadata: { ...FUNCTION_METADATA, options },
        settings: { ...settings, eventSetID: eventSetId },
      },
    );
  });

  test('a setting that is not of this function keeps its value', () =>
    inConnected(
      { saves },
      async ({ there, deploySettings }) => {
        const { status, stdout } = await deploySettings();
        expect([status, there.settings]).toEqual([0, { ...SAVED, region: 'emea', sampling: { a: 'b' } }]);
        expect(stdout).toContain('\n  kept     Region: emea; this function does not read it\n');
        expect(stdout).toContain('\n  kept     Sampling: {"a":"b"}; this function does not read it\n');
      },
      {
        ...TYPED,
        metadata: {
          ...FUNCTION_METADATA,
          options: [
            ...FUNCTION_METADATA.options,
            { name: 'region', label: 'Region', type: 'STRING', required: false, sensitive: false },
            { name: 'sampling', label: 'Sampling', type: 'TEXT_MAP', required: false, sensitive: false },
          ],
        },
        settings: { ...TYPED.settings, region: 'emea', sampling: { a: 'b' } },
      },
    ));

  test('nothing is saved if nothing is different, apart from spaces, the order and what is empty', () =>
    inConnected(
      { saves, shows: 'clear' },
      async ({ api, deploySettings }) => {
        const { status, stdout } = await deploySettings({ dryRun: true, exitCode: true });
        expect(status).toBe(0);
        expect(stdout).toMatch(/\nNothing to change: Segment has the settings of settings\.json\.\n$/);
        expect((await deploySettings()).status).toBe(0);
        expect(api.count('updateDestination')).toBe(0);
      },
      {
        ...TYPED,
        settings: {
          eventMappings: {
            '': '',
            'Won deals ': ' Lead if type = "identify" and traits.lead_status = "won"',
            'Order Completed': 'Purchase if properties.channel = "store"',
          },
          defaultCountry: ' US ',
          eventSetId: SAVED.eventSetId,
          accessToken: SECRET,
          limitedDataUse: null,
        },
      },
    ));

  test('a no changes nothing, and ends with 1', () =>
    inConnected({ saves }, async ({ api, there, deploySettings }) => {
      const { status, stdout } = await deploySettings({ answer: 'n' });
      expect([status, there.settings]).toEqual([1, TYPED.settings]);
      expect(stdout).toMatch(/\nSave the settings\? \[y\/N\] Nothing was changed\.\n$/);
      expect(operations(api)).toEqual(['getDestination']);
    }));

  test('--dry-run changes nothing; with --exit-code it ends with 1 if anything is different', () =>
    inConnected({ saves }, async ({ there, deploySettings, npmRunSettings }) => {
      const dry = await deploySettings({ dryRun: true });
      expect([dry.status, there.settings]).toEqual([0, TYPED.settings]);
      expect(dry.stdout).toMatch(/\nNothing was changed: this is a dry run\.\n$/);
      expect((await npmRunSettings(['--dry-run', '--exit-code'])).status).toBe(1);
      expect(there.settings).toEqual(TYPED.settings);
    }));

  test('without a terminal and without --yes it does not wait for an answer, and changes nothing', () =>
    inConnected({ saves }, async ({ there, npmRunSettings }) => {
      const { status, stderr } = await npmRunSettings([]);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^error: Nothing was changed: there is no terminal to ask for confirmation\. /);
      expect(there.settings).toEqual(TYPED.settings);
      expect((await npmRunSettings(['--yes'])).status).toBe(0);
      expect(there.settings).toEqual(SAVED);
    }));

  test('settings that the kind of the destination does not list are saved too', () =>
    inConnected({ saves, omitsOptions: true }, async ({ there, deploySettings }) => {
      expect((await deploySettings()).status).toBe(0);
      expect(there.settings).toEqual(SAVED);
    }));

  test('a save that Segment shows a little later is waited for', () =>
    inConnected({ saves, readsUntilShown: 2 }, async ({ deploySettings, pauses }) => {
      const { status, stdout } = await deploySettings();
      expect([status, pauses]).toEqual([0, [500, 1000]]);
      expect(stdout).toContain('Saved.\nWaiting up to 15 s for Segment to show the settings …\nConfirmed: ');
    }));
});

describe('the file is checked before anything is asked of Segment', () => {
  test('all that is wrong with it is one message with its places, and exit code 2', () =>
    inConnected({}, async ({ api, deploySettings }) => {
      const settings = {
        accessToken: ACCESS_TOKEN,
        eventMappings: { 'Order Completed': 'Purchase if properties.total >' },
        parameterMappings: { 'user.mail': 'properties.mail', 'properties.value': 'total' },
        defaultCountry: 'Germany',
        DEFAULTCOUNTRY: 'Germany',
      };
      const { status, stdout, stderr } = await deploySettings({ settings, env: {} });
      expect({ status, stdout, requests: api.requests }).toEqual({ status: 2, stdout: '', requests: [] });
      expect(stderr.split('; ')).toEqual([
        'error: settings.json: "defaultCountry" and "DEFAULTCOUNTRY" are the same setting: leave one of them out',
        'accessToken: the environment variable TIKTOK_ACCESS_TOKEN is not set, or is empty',
        'Event Set ID is missing',
        'Default Country must be the two letters of a country, such as US or GB, not UK',
        'Event Mappings, entry "Order Completed": expected a path, a value, a function or "(" (character 19 of properties.total >)',
        'Parameter Mappings, entry "user.mail": expected a TikTok parameter, alone or after "Segment event: "',
        'did you mean user.email?',
        'Parameter Mappings, entry "properties.value": expected properties.total, "total" in double quotes, or a field of a Segment event, such as properties (character 1 of total)\n',
      ]);
    }));

  test.each<[what: string, settings: object | string, message: RegExp]>([
    ['that is not JSON', '{\n  "a": }', /^error: settings\.json:2:8: bad JSON: "}" was not expected here\n$/],
    ['that is a list', '[]', /^error: settings\.json: expected a JSON object of settings\n$/],
    [
      'without the token',
      { eventSetId: '1' },
      /^error: settings\.json: Access Token is missing: name the environment variable that holds it, as in \{ "accessToken": \{ "env": "TIKTOK_ACCESS_TOKEN" \} \}\n$/,
    ],
    [
      'with the token in it',
      { ...WANTED, ACCESSTOKEN: SECRET, accessToken: undefined },
      /^error: settings\.json: ACCESSTOKEN: a secret does not belong in a file: name the environment variable that holds it, as in \{ "ACCESSTOKEN": \{ "env": "TIKTOK_ACCESS_TOKEN" \} \}\n$/,
    ],
    [
      'with the token in the place of a variable',
      { ...WANTED, accessToken: { env: 'e0f1c2d3a4b5' } },
      /^error: settings\.json: accessToken: expected the name of an environment variable in capital letters, such as \{ "env": "TIKTOK_ACCESS_TOKEN" \}\n$/,
    ],
    [
      'that cannot send any contact',
      { ...WANTED, parameterMappings: { 'user.email': '', 'user.phone': '' } },
      /^error: settings\.json: Parameter Mappings must not leave both user\.email and user\.phone empty\n$/,
    ],
  ])('a file %s', (_, settings, message) =>
    inConnected({}, async ({ api, deploySettings }) => {
      const { status, stderr } = await deploySettings({ settings });
      expect([status, api.requests]).toEqual([2, []]);
      expect(stderr).toMatch(message);
    }),
  );

  test('what is probably mistyped is a warning', () =>
    inConnected({}, async ({ deploySettings }) => {
      const parameterMappings = { 'properties.vaule': 'properties.net' };
      const { status, stderr } = await deploySettings({ settings: { ...WANTED, parameterMappings } });
      expect([status, stderr]).toEqual([
        0,
        'warning: settings.json: "properties.vaule" is sent as a property of your own; did you mean properties.value?\n',
      ]);
    }));
});

describe('what only Segment can tell is one message too, and nothing is saved', () => {
  test('a name that the destination does not have, with the nearest one', () =>
    inConnected({}, async ({ api, deploySettings }) => {
      const { status, stderr } = await deploySettings({ settings: { ...WANTED, defaultContry: 'US', x: 1 } });
      expect([status, operations(api)]).toEqual([2, ['getDestination']]);
      expect(stderr).toBe(
        'error: Nothing was changed. settings.json: "defaultContry" is not a setting of the destination; did you mean defaultCountry?; "x" is not a setting of the destination\n',
      );
    }));

  const earlier = {
    ...FUNCTION_METADATA,
    options: FUNCTION_METADATA.options.filter(({ name }) => name !== 'eventSource'),
  };
  const settings = Object.fromEntries(Object.entries(SAVED).filter(([name]) => name !== 'eventSource'));
  test('a setting that only a later version of the function has; without it, the others are saved', () =>
    inConnected(
      {},
      async ({ api, there, deploySettings }) => {
        const refused = await deploySettings({ settings: { ...WANTED, eventSource: 'crm' } });
        expect([refused.status, refused.stderr]).toEqual([
          2,
          'error: Nothing was changed. settings.json: Event Source: the function in Segment does not have it: first deploy the code, with npm run deploy\n',
        ]);
        expect(api.count('updateDestination')).toBe(0);
        expect((await deploySettings()).status).toBe(0);
        expect(there.settings).toEqual(settings);
      },
      { ...TYPED, metadata: earlier, settings: { ...settings, eventSetId: '2' } },
    ));
});

test('of a destination that is not enabled the settings are saved too, and it is said', () =>
  inConnected(
    {},
    async ({ deploySettings }) => {
      const { status, stdout } = await deploySettings();
      expect(status).toBe(0);
      expect(stdout).toContain('TikTok Offline Conversions (Example), source src_00000001, not enabled\n');
    },
    { ...SAME, name: undefined, enabled: false },
  ));

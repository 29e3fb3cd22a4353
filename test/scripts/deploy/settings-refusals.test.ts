// npm run deploy -- settings: what is said if the destination is something else, or Segment does not take the settings.
import { describe, expect, test } from '@jest/globals';
import {
  FUNCTION_METADATA,
  inConnected,
  OLD_SECRET,
  SAVED,
  SECRET,
  TYPED,
  WANTED,
} from '../../support/connected';
import { operations } from '../../support/deploy';
import type { GivenDestination, Operation } from '../../support/public-api';

const ESSENTIAL = 'accessToken, eventSetId, eventMappings, parameterMappings';
const option = (name: string) => ({ name, label: name, type: 'STRING', required: false, sensitive: false });
const BUILT_IN: GivenDestination = {
  name: 'Built-in',
  metadata: {
    id: 'mtd_built_in',
    name: 'TikTok Offline Conversions',
    slug: 'actions-tiktok-offline-conversions',
    options: [option('accessToken'), option('eventSetID')],
    actions: [{ id: 'act_1', slug: 'reportOfflineEvent', name: 'Report Offline Event' }],
  },
  settings: { eventSetID: '1' },
};
const OTHER: GivenDestination = {
  metadata: {
    id: 'mtd_other',
    name: 'Another Function',
    slug: 'another-function',
    options: [option('apiKey'), option('eventMappings')],
    actions: [],
  },
};

describe('a destination that is something else is left alone', () => {
  test.each<[what: string, given: GivenDestination, omitsOptions: boolean, is: string]>([
    [
      'the built-in one, which has a token and an event set too',
      BUILT_IN,
      false,
      'Built-in, TikTok Offline Conversions) has mappings of its own',
    ],
    [
      'another function, although it has a setting of the same name',
      OTHER,
      false,
      'Another Function) has the settings apiKey, eventMappings',
    ],
    [
      'one of which only values are shown',
      { ...OTHER, settings: { apiKey: '1' } },
      true,
      'Another Function) has the settings apiKey',
    ],
  ])('%s', (_, given, omitsOptions, is) =>
    inConnected({ omitsOptions }, async ({ api, deploySettings }) => {
      const { id } = api.addDestination(given);
      const { status, stderr } = await deploySettings({ id });
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: `error: ${id} (${is}: expected this function, connected to a source, with the settings ${ESSENTIAL}. In the workspace, this may be meant:\n  dst_00000001 (Shops to TikTok, TikTok Offline Conversions (Example))\n`,
      });
      expect(operations(api)).toEqual(['getDestination', 'listDestinations']);
    }),
  );

  test('an unknown ID: the message lists what may be meant', () =>
    inConnected({}, async ({ deploySettings }) => {
      expect(await deploySettings({ id: 'dst_none' })).toEqual({
        status: 2,
        stdout: '',
        stderr:
          'error: There is no destination dst_none in the workspace. In the workspace, this may be meant:\n  dst_00000001 (Shops to TikTok, TikTok Offline Conversions (Example))\n',
      });
    }));

  test('a workspace in which the function is not connected', () =>
    inConnected(
      {},
      async ({ deploySettings }) => {
        expect((await deploySettings({ id: 'dst_none' })).stderr).toBe(
          'error: There is no destination dst_none in the workspace. No destination of the workspace is this function: connect it to a source first.\n',
        );
      },
      BUILT_IN,
    ));

  test('one of which Segment shows neither settings nor values is not taken for something else', () =>
    inConnected(
      { omitsOptions: true, shows: 'nothing' },
      async ({ there, deploySettings }) => {
        expect([(await deploySettings()).status, there.settings]).toEqual([0, SAVED]);
      },
      { ...TYPED, settings: {} },
    ));
});

/** What is printed for the screen. */
const TO_PASTE = [
  "Paste these values into the destination's settings in Segment:",
  '',
  'Access Token: the value of TIKTOK_ACCESS_TOKEN',
  'Event Set ID: 7000000000000000001',
  'Event Mappings:',
  '  Order Completed → Purchase if properties.channel = "store"',
  '  Won deals → Lead if type = "identify" and traits.lead_status = "won"',
  '  Signed Up → (empty)',
  'Parameter Mappings: (empty)',
  'Default Country: US',
  'Limited Data Use: true',
  'Test Event Code: (empty)',
  'Event Source: (empty)',
  '',
  '',
].join('\n');
const TO_SAVE = {
  limitedDataUse: true,
  ...WANTED,
  eventMappings: { ...WANTED.eventMappings, 'Signed Up': '' },
};

describe.each(['merge', 'replace'] as const)('where a save is to %s settings', (saves) => {
  test('if Segment answers well and saves nothing, the values to paste are printed, and it ends with 1', () =>
    inConnected({ saves, ignoresSaves: true }, async ({ there, deploySettings, pauses }) => {
      const { status, stdout, stderr } = await deploySettings({ settings: TO_SAVE });
      expect([status, there.settings]).toEqual([1, TYPED.settings]);
      expect(stdout.slice(stdout.indexOf('Paste'))).toBe(TO_PASTE);
      expect(stderr).toBe(
        'error: Segment answered that it saved the settings, but it shows them as they were before. Paste the values above into its screen.\n',
      );
      expect(pauses).toEqual([500, 1000, 1500, 2000, 2500, 3500, 4000]);
    }));

  test.each<[what: string, status: number, body: string | undefined, message: string]>([
    [
      'it cannot be saved through the API',
      422,
      JSON.stringify({ errors: [{ message: 'not for functions', field: 'settings' }] }),
      "error: Segment did not save the destination's settings: HTTP 422: settings: not for functions.\n",
    ],
    [
      'the call does not exist',
      404,
      '{}',
      "error: Segment did not save the destination's settings: HTTP 404. Check the ID, and that the token is for the workspace that the destination is in.\n",
    ],
    [
      'the answer is something else',
      200,
      '{"data":{}}',
      "error: The answer to the request to save the destination's settings does not have the Public API's form: data.destination: Invalid input: expected object, received undefined.\n",
    ],
  ])('if %s, they are printed too', (_, answer, body, message) =>
    inConnected({ saves }, async ({ api, there, deploySettings }) => {
      api.misbehave({ on: 'updateDestination', status: answer, ...(body !== undefined && { body }) });
      const { status, stdout, stderr } = await deploySettings({ settings: TO_SAVE });
      expect([status, stderr, there.settings]).toEqual([1, message, TYPED.settings]);
      expect(stdout.slice(stdout.indexOf('Paste'))).toBe(TO_PASTE);
    }),
  );
});

test.each<[operation: Operation, roles: string]>([
  ['getDestination', 'Source Read-only or Source Admin'],
  ['updateDestination', 'Source Admin'],
])('a token that may not do it: the message says which role it needs (%s)', (operation, roles) =>
  inConnected({ forbids: [operation] }, async ({ there, deploySettings }) => {
    const { status, stderr } = await deploySettings();
    expect([status, there.settings]).toEqual([1, TYPED.settings]);
    expect(stderr).toContain(
      `HTTP 403: Insufficient permissions. The token in SEGMENT_PUBLIC_API_TOKEN may not do that: expected a token of this workspace with the role Workspace Owner, or ${roles}.\n`,
    );
  }),
);

test('a setting of others that the file names is printed to paste too, after those of the function', () =>
  inConnected(
    { ignoresSaves: true },
    async ({ deploySettings }) => {
      const settings = { region: 'apac', proxyKey: { env: 'PROXY_KEY' }, ...WANTED };
      const env = { TIKTOK_ACCESS_TOKEN: SECRET, PROXY_KEY: 'proxy-secret-of-the-tests' };
      const { status, stdout } = await deploySettings({ settings, env });
      expect(status).toBe(1);
      expect(stdout).toContain('~ changed  region: apac; before: emea\n');
      expect(stdout).toMatch(
        /\nEvent Source: \(empty\)\nregion: apac\nproxyKey: the value of PROXY_KEY\n\n$/,
      );
    },
    {
      ...TYPED,
      metadata: {
        ...FUNCTION_METADATA,
        options: [...FUNCTION_METADATA.options, option('region'), { ...option('proxyKey'), sensitive: true }],
      },
      settings: { ...TYPED.settings, region: 'emea', proxyKey: OLD_SECRET },
    },
  ));

test('an outage that does not end is tried five times, and nothing is printed to paste', () =>
  inConnected({}, async ({ api, deploySettings }) => {
    api.misbehave(...Array.from({ length: 5 }, () => ({ on: 'updateDestination', status: 503 }) as const));
    const { status, stdout, stderr } = await deploySettings();
    expect([status, api.count('updateDestination')]).toEqual([1, 5]);
    expect(stderr).toMatch(/HTTP 503: as instructed, for \[token\]\. Run it again\.\n$/);
    expect(stdout).not.toContain('Paste');
  }));

test('the function in the test is the one that is deployed', () => {
  expect(FUNCTION_METADATA.options.map(({ name }) => name)).toEqual(Object.keys(SAVED));
});

// npm run deploy -- settings: somebody else changes the settings in Segment at the same time, or the connection breaks.
import { describe, expect, test } from '@jest/globals';
import { answered, FUNCTION_METADATA, inConnected, SAVED, TYPED } from '../../support/connected';
import type { Misbehaviour, StoredDestination } from '../../support/public-api';

const CHANGED =
  'error: The settings were changed in the workspace after the difference was shown. That was not overwritten. Run it again to see the new difference.';
const edit = (there: StoredDestination) => {
  there.settings = { ...there.settings, eventSetId: '3' };
};
const WITH_REGION = {
  ...FUNCTION_METADATA,
  options: [
    ...FUNCTION_METADATA.options,
    { name: 'region', label: 'Region', type: 'STRING', required: false, sensitive: false },
  ],
};
const SHORT = { 'Retry-After': '0' };
const EDITED = { ...TYPED.settings, eventSetId: '3' };

describe.each([
  ['merge', 'bullets'],
  ['replace', 'bullets'],
  ['merge', 'clear'],
  ['replace', 'clear'],
] as const)('where a save is to %s settings, and a secret is shown as %s', (saves, shows) => {
  const options = { saves, shows };

  test('an edit between the difference and the save is not overwritten', () =>
    inConnected(options, async ({ api, there, deploySettings }) => {
      api.misbehave(
        answered('getDestination'),
        answered('getDestination', () => {
          edit(there);
        }),
      );
      const { status, stderr } = await deploySettings();
      expect([status, stderr, api.count('updateDestination')]).toEqual([1, `${CHANGED}\n`, 0]);
      expect(there.settings).toEqual(EDITED);
    }));

  test.each<[after: string, misbehaviour: Partial<Misbehaviour>]>([
    ['a rate limit', { status: 429, headers: SHORT }],
    ["Segment's own trouble", { status: 503, headers: SHORT }],
    ['a broken connection', { isCut: true }],
  ])('nor is one while the save waits after %s', (_, misbehaviour) =>
    inConnected(options, async ({ api, there, deploySettings }) => {
      const before = () => {
        edit(there);
      };
      api.misbehave({ on: 'updateDestination', before, ...misbehaviour });
      const { status, stderr } = await deploySettings();
      expect([status, api.count('updateDestination'), there.settings]).toEqual([1, 1, EDITED]);
      expect(stderr.trimEnd().split('\n').at(-1)).toBe(CHANGED);
    }),
  );

  test.each<[what: string, misbehaviour: Partial<Misbehaviour>, isDone: boolean]>([
    ['a rate limit', { status: 429, headers: SHORT }, false],
    ["Segment's own trouble", { status: 502, headers: SHORT }, false],
    ['an answer that is lost', { isCut: true }, true],
    ['a gateway that answers in its place', { status: 504, headers: SHORT }, true],
  ])(
    'the save is tried again after %s; if it was done, only a hidden secret is sent again',
    (_, misbehaviour, isDone) =>
      inConnected(options, async ({ api, there, deploySettings }) => {
        api.misbehave({ on: 'updateDestination', isDone, ...misbehaviour });
        const { status, stderr } = await deploySettings();
        expect([status, there.settings]).toEqual([0, SAVED]);
        expect(api.count('updateDestination')).toBe(isDone && shows === 'clear' ? 1 : 2);
        expect(stderr).toMatch(/ Trying again in \d\.\d s \(attempt 2 of 5\) …\n$/);
      }),
  );

  test('a setting of others that somebody changes meanwhile is not overwritten either', () =>
    inConnected(
      options,
      async ({ api, there, deploySettings }) => {
        api.misbehave(
          answered('getDestination'),
          answered('getDestination', () => {
            there.settings = { ...SAVED, region: 'apac' };
          }),
        );
        const { status, stderr } = await deploySettings();
        expect([status, stderr, api.count('updateDestination')]).toEqual([1, `${CHANGED}\n`, 0]);
      },
      { ...TYPED, metadata: WITH_REGION, settings: { ...TYPED.settings, region: 'emea' } },
    ));

  test('somebody who saves just the same at the same time does no harm', () =>
    inConnected(options, async ({ api, there, deploySettings }) => {
      api.misbehave(
        answered('getDestination'),
        answered('getDestination', () => {
          there.settings = SAVED;
        }),
      );
      expect([(await deploySettings()).status, there.settings]).toEqual([0, SAVED]);
    }));

  test('an edit right after the save is reported with the values to paste, and not overwritten', () =>
    inConnected(options, async ({ api, there, deploySettings }) => {
      const reads = [answered('getDestination'), answered('getDestination')];
      api.misbehave(
        ...reads,
        answered('getDestination', () => {
          edit(there);
        }),
      );
      const { status, stdout, stderr } = await deploySettings();
      expect([status, there.settings, api.count('updateDestination')]).toEqual([
        1,
        { ...SAVED, eventSetId: '3' },
        1,
      ]);
      expect(stdout).toContain("\nPaste these values into the destination's settings in Segment:\n");
      expect(stderr).toBe(
        'error: Segment answered that it saved the settings, but it shows other ones (Event Set ID), perhaps because somebody changed them meanwhile. Those were not overwritten. Run it again to see the difference, or paste the values above into its screen.\n',
      );
    }));
});

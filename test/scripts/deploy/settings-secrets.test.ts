// npm run deploy -- settings: secrets come from variables, go to Segment whole or not at all, and are never printed.
import { describe, expect, test } from '@jest/globals';
import {
  ACCESS_TOKEN,
  FUNCTION_METADATA,
  inConnected,
  lastSave,
  OLD_SECRET,
  SAVED,
  SECRET,
  TYPED,
  WANTED,
} from '../../support/connected';
import { TOKEN } from '../../support/deploy';

const SAME = { ...TYPED, settings: SAVED };
/** As the token's end looks behind a mask. */
const ALIKE = { ...TYPED, settings: { ...SAVED, accessToken: `another-${SECRET.slice(-4)}` } };
const HIDES = 'It hides Access Token, which cannot be compared.';

describe.each(['merge', 'replace'] as const)('where a save is to %s settings', (saves) => {
  describe.each([
    ['clear', 'same', 'differs', 'differs'],
    ['nothing', 'hidden by Segment', 'hidden by Segment', 'hidden by Segment'],
    ['bullets', 'hidden by Segment', 'differs', 'hidden by Segment'],
    ['stars', 'hidden by Segment', 'differs', 'hidden by Segment'],
  ] as const)('and a secret is shown as %s', (shows, same, other, alike) => {
    test.each([
      ['the same token', SAME, same],
      ['another one', { ...TYPED, settings: { ...SAVED, accessToken: OLD_SECRET } }, other],
      ['one with the same end', ALIKE, alike],
    ])('%s is shown in words only, and saved whole', (_, given, words) =>
      inConnected(
        { saves, shows },
        async ({ api, there, deploySettings }) => {
          const settings = { ...WANTED, eventSetId: '2' };
          const { status, stdout } = await deploySettings({ settings });
          expect(status).toBe(0);
          expect(stdout).toMatch(
            new RegExp(`^(?:~ changed|  same   |  hidden )  Access Token: ${words}$`, 'm'),
          );
          expect(there.settings).toEqual({ ...SAVED, eventSetId: '2' });
          expect(lastSave(api)).toEqual({ settings: { ...SAVED, eventSetId: '2' } });
          expect(stdout.includes(HIDES)).toBe(shows !== 'clear');
        },
        given,
      ),
    );

    test('a token that is hidden is no difference for --dry-run --exit-code, and is saved again without it', () =>
      inConnected(
        { saves, shows },
        async ({ api, there, deploySettings }) => {
          const dry = await deploySettings({ dryRun: true, exitCode: true });
          expect([dry.status, api.count('updateDestination')]).toEqual([0, 0]);
          expect(dry.stdout).toMatch(
            shows === 'clear'
              ? /\nNothing to change: Segment has the settings of settings\.json\.\n$/
              : /\n {2}hidden {3}Access Token: hidden by Segment\n\nNothing is different in what Segment shows\. What it hides can only be saved again: Access Token\.\n\nThe destination uses .*\n\nNothing was changed: this is a dry run\.\n$/,
          );
          expect((await deploySettings()).status).toBe(0);
          expect(api.count('updateDestination')).toBe(shows === 'clear' ? 0 : 1);
          expect(there.settings).toEqual(SAVED);
        },
        SAME,
      ));

    const metadata = {
      ...FUNCTION_METADATA,
      options: [
        ...FUNCTION_METADATA.options,
        { name: 'proxyKey', label: 'Proxy Key', type: 'password', required: false, sensitive: true },
      ],
    };
    const withKey = { ...TYPED, metadata, settings: { ...SAVED, eventSetId: '2', proxyKey: OLD_SECRET } };

    test('a secret that the file does not name is asked for, and nothing is saved', () =>
      inConnected(
        { saves, shows },
        async ({ api, there, deploySettings }) => {
          const { status, stderr } = await deploySettings();
          expect([status, api.count('updateDestination')]).toEqual([2, 0]);
          expect(stderr).toBe(
            'error: Nothing was changed. settings.json: Proxy Key is sensitive, and the file does not name it: name the environment variable that holds it, as in { "proxyKey": { "env": "PROXY_KEY" } }\n',
          );
          const literal = await deploySettings({ settings: { ...WANTED, proxyKey: 'a literal secret' } });
          expect(literal.status).toBe(2);
          expect(literal.stderr).toMatch(/: proxyKey: a secret does not belong in a file: name the /);
          expect(literal.stderr).not.toContain('a literal secret');

          const named = { ...WANTED, proxyKey: { env: 'PROXY_KEY' } };
          const env = { TIKTOK_ACCESS_TOKEN: SECRET, PROXY_KEY: 'proxy-secret-of-the-tests' };
          const saved = await deploySettings({ settings: named, env });
          expect([saved.status, there.settings]).toEqual([
            0,
            { ...SAVED, proxyKey: 'proxy-secret-of-the-tests' },
          ]);
          expect(saved.stdout).toMatch(
            /^(?:~ changed| {2}hidden ) {2}Proxy Key: (?:differs|hidden by Segment)$/m,
          );
          expect(saved.stdout + saved.stderr).not.toContain('proxy-secret');
        },
        withKey,
      ));
  });

  test('a masked value in a variable or in the file is never sent', () =>
    inConnected({ saves }, async ({ api, there, deploySettings }) => {
      const masked = await deploySettings({ env: { TIKTOK_ACCESS_TOKEN: '****51f0' } });
      expect([masked.status, masked.stderr]).toEqual([
        2,
        'error: Nothing was changed. settings.json: accessToken: its value is masked, as Segment shows a secret: expected the secret itself\n',
      ]);
      const typed = await deploySettings({ settings: { ...WANTED, testEventCode: '••••••••••1234' } });
      expect([typed.status, typed.stderr]).toEqual([
        2,
        'error: Nothing was changed. settings.json: testEventCode: its value is masked, as Segment shows a secret: expected the secret itself\n',
      ]);
      expect([api.count('updateDestination'), there.settings]).toEqual([0, TYPED.settings]);
    }));

  test('a setting that a workspace has made sensitive is asked for like a secret', () => {
    const options = FUNCTION_METADATA.options.map((option) =>
      option.name === 'testEventCode' ? { ...option, sensitive: true } : option,
    );
    return inConnected(
      { saves },
      async ({ there, deploySettings }) => {
        const { status, stderr } = await deploySettings();
        expect([status, stderr]).toEqual([
          2,
          'error: Nothing was changed. settings.json: Test Event Code is hidden by Segment: add "testEventCode" to the file, empty if there is to be none\n',
        ]);
        expect((await deploySettings({ settings: { ...WANTED, testEventCode: '' } })).status).toBe(0);
        expect(there.settings).toEqual(SAVED);
      },
      {
        ...TYPED,
        metadata: { ...FUNCTION_METADATA, options },
        settings: { ...SAVED, testEventCode: 'TEST12345' },
      },
    );
  });
});

describe('no token is printed', () => {
  test('whatever Segment answers, and wherever somebody has typed it', () =>
    inConnected(
      { shows: 'clear' },
      async ({ api, deploySettings }) => {
        const body = JSON.stringify({
          errors: [{ message: `bad ${SECRET}, not ${OLD_SECRET}, by ${TOKEN}` }],
        });
        api.misbehave({ on: 'updateDestination', status: 422, body });
        const { status, stdout, stderr } = await deploySettings();
        expect(status).toBe(1);
        expect(stderr).toContain('HTTP 422: bad [token], not [token], by [token].');
        expect(stdout).toContain('- removed  Event Mappings: [token] → Purchase if event = "[token]"\n');
      },
      {
        ...TYPED,
        settings: {
          ...TYPED.settings,
          eventMappings: { [OLD_SECRET]: `Purchase if event = "${SECRET}"` },
        },
      },
    ));

  test('a token in the file is not printed either', () =>
    inConnected({}, async ({ deploySettings }) => {
      const eventMappings = { [SECRET]: `Purchase if ${SECRET} >` };
      const { status, stderr } = await deploySettings({
        settings: { ...WANTED, accessToken: SECRET, eventMappings },
      });
      expect(status).toBe(2);
      expect(stderr).toContain('Event Mappings, entry "[token]": ');
    }));

  test('in a process of its own, with a variable of another name', () =>
    inConnected({}, async ({ there, npmRunSettings }) => {
      const settings = { ...WANTED, accessToken: { env: 'OTHER_TOKEN' } };
      const { status } = await npmRunSettings(['--yes'], { settings, env: { OTHER_TOKEN: SECRET } });
      expect([status, there.settings]).toEqual([0, SAVED]);
      const unset = await npmRunSettings(['--yes'], { settings });
      expect(unset.status).toBe(2);
      expect(unset.stderr).toMatch(
        /^error: \S*settings\.json: accessToken: the environment variable OTHER_TOKEN is not set, or is empty\n$/,
      );
    }));

  test('the variable that the file names is the only one that is read', () =>
    inConnected({}, async ({ there, deploySettings }) => {
      const settings = { ...WANTED, accessToken: ACCESS_TOKEN };
      const env = { TIKTOK_ACCESS_TOKEN: `  ${SECRET}\n`, ACCESS_TOKEN: OLD_SECRET };
      expect((await deploySettings({ settings, env })).status).toBe(0);
      expect(there.settings).toEqual(SAVED);
    }));
});

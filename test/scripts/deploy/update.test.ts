// A deploy to a function that exists: what is shown, asked, saved and deployed.
import { describe, expect, test } from '@jest/globals';
import { version } from '../../../package.json';
import { EDITOR_SETTINGS } from '../../../scripts/deploy/settings';
import {
  asDocumented,
  BUILT,
  built,
  current,
  earlier,
  earlierSettings,
  inWorkspace,
  operations,
  outdated,
  ownSetting,
  PAUSES,
  running,
  saved,
  TOKEN,
  WAITING,
  type RunOptions,
} from '../../support/deploy';
import { outputsOf } from '../../support/documentation';

describe('a change', () => {
  test('is shown as a diff and in words, asked about, saved, deployed and read back', () =>
    inWorkspace(async ({ api, npmRunDeploy, savesDeploy, readsUntilShown }) => {
      const there = api.add(outdated);
      const { status, stdout, stderr } = await npmRunDeploy([], { answer: 'yes' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect([running(there), there.settings]).toEqual([built, EDITOR_SETTINGS]);
      const reads = (count: number) => Array.from({ length: count }, () => 'get');
      expect(operations(api)).toEqual([
        ...['workspace', 'list', 'get', 'get', 'update'],
        // Only if 15 s do not show it as deployed, the call to deploy is made.
        ...(savesDeploy ? [] : [...reads(PAUSES.length + 1), 'deploy']),
        ...reads(readsUntilShown + 1),
      ]);
      expect(stdout.includes(WAITING)).toBe(!savesDeploy || readsUntilShown > 0);
      expect(outputsOf('npm run deploy')[1]).toBe(asDocumented(stdout.replaceAll(WAITING, ''), api.url));
    }));

  test('is read back for up to 15 s until Segment shows it as deployed', () =>
    inWorkspace(async ({ api, deploy, pauses, savesDeploy, readsUntilShown }) => {
      api.add(outdated);
      expect((await deploy()).status).toBe(0);
      const late = PAUSES.slice(0, readsUntilShown);
      expect(pauses).toEqual(savesDeploy ? late : [...PAUSES, ...late]);
      expect(PAUSES.reduce((sum, pause) => sum + pause)).toBe(15_000);
      expect(api.count('deploy')).toBe(savesDeploy ? 0 : 1);
    }));

  test('runs in the connected destinations as soon as it is saved, which is said before the question', () =>
    inWorkspace(async ({ api, deploy }) => {
      api.add(outdated);
      expect((await deploy({ answer: 'n' })).stdout).toMatch(
        /\nThe connected destinations run the change as soon as it is saved\.\n\nSave and deploy it\? \[y\/N\] Nothing was changed\.\n$/,
      );
    }));

  test.each<[what: string, options: RunOptions, status: number]>([
    ['--dry-run', { dryRun: true }, 0],
    ['--dry-run --exit-code', { dryRun: true, exitCode: true }, 1],
  ])('is only shown with %s', (_, options, status) =>
    inWorkspace(async ({ api, deploy }) => {
      api.add(outdated);
      const run = await deploy(options);
      expect(run.status).toBe(status);
      expect(run.stdout).toMatch(/\nNothing was changed: this is a dry run\.\n$/);
      expect(operations(api)).toEqual(['workspace', 'list', 'get']);
    }),
  );

  test.each<[what: string, options: RunOptions, words: RegExp]>([
    ['a no', { answer: 'n' }, /Save and deploy it\? \[y\/N\] Nothing was changed\.\n$/],
    ['an empty answer', { answer: '' }, /Save and deploy it\? \[y\/N\] Nothing was changed\.\n$/],
    [
      'no terminal and no --yes',
      {},
      /error: Nothing was changed: there is no terminal to ask for confirmation\. Read the difference above, and run it again with --yes\.\n$/,
    ],
  ])('is shown, and not made with %s: exit code 1', (_, options, words) =>
    inWorkspace(async ({ api, deploy }) => {
      const there = api.add(outdated);
      const { status, stdout, stderr } = await deploy(options);
      expect(status).toBe(1);
      expect(stdout + stderr).toMatch(words);
      expect(stdout).toContain('+++ dist/destination.js\n');
      expect([saved(there), operations(api)]).toEqual([earlier, ['workspace', 'list', 'get']]);
    }),
  );

  test('that somebody saved in the editor without deploying it is deployed, and not saved again', () =>
    inWorkspace(
      async ({ api, deploy }) => {
        const there = api.add({ ...current, code: earlier });
        api.edit(there, built);
        const { status, stdout } = await deploy({ answer: 'y' });
        expect(stdout).toContain(
          `${BUILT}; saved, not deployed (what runs was deployed 2026-11-20 10:02 UTC)\n\nWhat is saved is what was built, but Segment shows that it is not deployed.\n\nDeploy it? [y/N] `,
        );
        expect([status, running(there), api.count('update')]).toEqual([0, built, 0]);
      },
      { deploysOn: 'call' },
    ));
});

describe('without a change', () => {
  test('it says so, and which build runs, and only reads', () =>
    inWorkspace(async ({ api, deploy }) => {
      // An editor may leave the same code like this.
      api.add({ ...current, code: `${built.replaceAll('\n', '\r\n')}\r\n` });
      const { status, stdout } = await deploy({});
      expect(status).toBe(0);
      expect(stdout).toContain(`Nothing to change: it runs ${BUILT}.\n`);
      expect(operations(api)).toEqual(['workspace', 'list', 'get']);
      expect((await deploy({ dryRun: true, exitCode: true })).status).toBe(0);
    }));

  test.each([403, 404])(
    'a function that was deployed counts as such if Segment does not say which version is the latest, and answers HTTP %d for the versions',
    (status) =>
      inWorkspace(
        async ({ api, deploy }) => {
          api.add(current);
          api.misbehave({ on: 'listVersions', status });
          expect((await deploy()).stdout).toContain(`Nothing to change: it runs ${BUILT}.\n`);
        },
        { omitsIsLatestVersion: true },
      ),
  );
});

describe('code in the workspace', () => {
  test('that was edited by hand is told from code that is not of this project', () =>
    inWorkspace(async ({ api, deploy }) => {
      const edited = api.add({ ...current, code: built.replace('let handlers;', 'let handlers = 1;') });
      const { stdout } = await deploy({ dryRun: true });
      expect(stdout).toContain(`${version}, edited by hand; deployed 2026-11-20 10:02 UTC\n`);
      expect(stdout).toContain('-let handlers = 1;\n+let handlers;\n');
      api.edit(edited, 'async function onTrack() {}');
      expect((await deploy({ dryRun: true })).stdout).toContain(
        'not built by this project; saved, not deployed (what runs was deployed 2026-11-20 10:02 UTC)\n',
      );
    }));

  test('does not steer the terminal, and a token in it is masked', () =>
    inWorkspace(async ({ api, deploy }) => {
      api.add({ ...current, code: `// ${TOKEN}\n// \u001b[2J\u202e\u0007\u001b[31m\n${built}` });
      const { stdout } = await deploy({ dryRun: true });
      expect(stdout).toContain('-// [token]\n-// \\u{1b}[2J\\u{202e}\\u{7}\\u{1b}[31m\n');
    }));
});

test('a setting that is not in the code is kept, and removed only with --remove-settings', () =>
  inWorkspace(async ({ api, deploy }) => {
    const there = api.add({ ...current, settings: [...EDITOR_SETTINGS, ownSetting] });
    const kept = await deploy({});
    expect(kept.stdout).toContain(
      'Settings:\n  kept     Region (region): STRING; it is not in the code (--remove-settings removes it)\n',
    );
    expect([kept.status, kept.stdout.includes('Nothing to change')]).toEqual([0, true]);

    there.settings = [ownSetting, ...earlierSettings];
    expect((await deploy()).status).toBe(0);
    expect(there.settings).toEqual([...EDITOR_SETTINGS, ownSetting]);

    const removed = await deploy({ yes: true, removeSettings: true });
    expect(removed.stdout).toContain(
      '- removed  Region (region): STRING; the values entered for it are removed too\n',
    );
    expect([removed.status, there.settings]).toEqual([0, EDITOR_SETTINGS]);
    expect(api.requests.filter(({ operation }) => operation === 'update').map(({ body }) => body)).toEqual([
      { code: built, settings: [...EDITOR_SETTINGS, ownSetting] },
      { code: built, settings: EDITOR_SETTINGS },
    ]);
  }));

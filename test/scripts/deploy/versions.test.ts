// Earlier versions of the code: the list of them, and how one comes back.
import { describe, expect, test } from '@jest/globals';
import { EDITOR_SETTINGS } from '../../../scripts/deploy/settings';
import {
  asDocumented,
  BUILT,
  built,
  current,
  earlier,
  foreign,
  inWorkspace,
  operations,
  outdated,
  running,
  saved,
  type RunOptions,
} from '../../support/deploy';
import { outputsOf } from '../../support/documentation';
import type { LocalApi, Misbehaviour, StoredFunction } from '../../support/public-api';

const NOT_ENABLED =
  "Check the ID. Functions Versioning may also not be enabled for the workspace; Segment's editor restores earlier versions too.\n";

describe('versions', () => {
  test('lists what was saved: when, by whom, which build, the latest and the deployed one', () =>
    inWorkspace(
      async ({ api, npmRunDeploy }) => {
        const there = api.add(outdated);
        api.edit(there, 'async function onTrack() {}');
        api.edit(there, built);
        const { status, stdout } = await npmRunDeploy(['versions']);
        expect(status).toBe(0);
        expect(outputsOf('npm run deploy -- versions')[0]).toBe(asDocumented(stdout, api.url));
        expect(api.count('listVersions')).toBe(2);
      },
      { pageLimit: 2 },
    ));

  test('says after HTTP 404 that they may not be enabled, and where else they are', () =>
    inWorkspace(async ({ api, npmRunDeploy }) => {
      api.add(outdated);
      api.misbehave({ on: 'listVersions', status: 404 });
      const { status, stderr } = await npmRunDeploy(['versions']);
      expect(status).toBe(1);
      expect(stderr).toContain(NOT_ENABLED);
    }));

  test('says if there is no function of the name', () =>
    inWorkspace(async ({ npmRunDeploy }) => {
      const { status, stderr } = await npmRunDeploy(['versions', '--name', 'Another']);
      expect(status).toBe(2);
      expect(stderr).toContain('error: There is no function named Another in the workspace.');
    }));
});

/** A function that runs a third code; saved are the earlier build, which is to be restored, and then the new one. */
function addVersions(api: LocalApi): { readonly there: StoredFunction; readonly version: string } {
  const there = api.add({ ...current, code: foreign });
  api.edit(there, earlier);
  const version = there.versions.at(-1)?.id ?? '';
  api.edit(there, built);
  return { there, version };
}

describe('restore', () => {
  test('shows the diff, asks, makes the version the latest, and deploys it', () =>
    inWorkspace(async ({ api, deploy, npmRunDeploy, restore }) => {
      const there = api.add(outdated);
      const version = there.versions[0]?.id ?? '';
      await deploy();
      const dry = await restore(version, { dryRun: true, exitCode: true });
      expect([dry.status, saved(there)]).toEqual([1, built]);

      // It is unclear whether it was done: it is looked for, not done twice.
      api.misbehave({ on: 'restore', isDone: true, isCut: true });
      const { status, stdout } = await npmRunDeploy(['restore', version], { answer: 'y' });
      expect(status).toBe(0);
      expect(stdout).toContain(`--- in Segment\n+++ version ${version}\n`);
      expect(stdout).toMatch(
        /\nThe connected destinations run the change as soon as it is saved\.\n\nRestore and deploy it\? \[y\/N\] Restored\.\n(?:Waiting up to 15 s .*\n)*Deployed\.\nConfirmed: it runs 0\.0\.9, build [0-9a-f]{16}\.\n$/,
      );
      expect(stdout).toMatch(
        new RegExp(
          `\nTo be restored: version ${version}, 0\\.0\\.9, build [0-9a-f]{16}; saved 2026-11-20 10:01 UTC\nSettings have no versions: they stay as they are\\.\n`,
        ),
      );
      expect([running(there), there.versions.length, there.settings]).toEqual([earlier, 3, EDITOR_SETTINGS]);
      expect((await restore(version, {})).stdout).toContain('Nothing to change');
    }));

  test.each<[what: string, options: RunOptions, words: RegExp]>([
    ['a no', { answer: 'n' }, /Restore and deploy it\? \[y\/N\] Nothing was changed\.\n$/],
    [
      'no terminal and no --yes',
      {},
      /error: Nothing was changed: there is no terminal to ask for confirmation\. /,
    ],
  ])('with %s changes nothing, and exits with 1', (_, options, words) =>
    inWorkspace(async ({ api, restore }) => {
      const { there, version } = addVersions(api);
      const { status, stdout, stderr } = await restore(version, options);
      expect(stdout + stderr).toMatch(words);
      expect([status, saved(there), running(there)]).toEqual([1, built, foreign]);
      expect(operations(api)).toEqual(['workspace', 'list', 'get', 'getVersion']);
    }),
  );

  test('of what is saved, but not deployed, explains, asks, and only deploys', () =>
    inWorkspace(
      async ({ api, restore }) => {
        const { there } = addVersions(api);
        const { status, stdout } = await restore(there.versions.at(-1)?.id ?? '', { answer: 'y' });
        expect(stdout).toMatch(
          /\nWhat is saved is version ver_\d+, but Segment shows that it is not deployed\.\n\nDeploy it\? \[y\/N\] Waiting up to 15 s .*\n(?:Waiting .*\n)?Deployed\.\n/,
        );
        expect([status, running(there), api.count('restore')]).toEqual([0, built, 0]);
      },
      { deploysOn: 'call' },
    ));

  test('previous takes the version before the deployed one, whatever was saved since', () =>
    inWorkspace(async ({ api, deploy, restore }) => {
      const there = api.add(outdated);
      const version = there.versions[0]?.id ?? '';
      await deploy();
      const { status, stdout } = await restore('previous', { yes: true });
      expect([status, running(there)]).toEqual([0, earlier]);
      expect(stdout).toContain(`To be restored: version ${version}, 0.0.9, build `);
      expect(api.requests).toContainEqual({ operation: 'restore', body: { versionId: version } });

      api.edit(there, foreign);
      const next = await restore('previous', { dryRun: true });
      expect(next.stdout).toContain(`To be restored: version ${there.versions[1]?.id ?? ''}, ${BUILT}; `);
    }));

  test('previous of a single version, or with none marked as deployed, says so, and exits with 2', () =>
    inWorkspace(async ({ api, restore }) => {
      api.add(outdated);
      const { status, stderr } = await restore('previous', { yes: true });
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr:
          'error: There is no version with other code before the deployed one, or Segment does not say which one is deployed. npm run deploy -- versions lists them all.\n',
      });
    }));

  const read = { on: 'get', isAnswered: true } as const;
  test.each<[when: string, misbehaviours: readonly Misbehaviour[], restores: number]>([
    ['while the person decides', [read, read], 0],
    ['during a wait for a rate limit', [{ on: 'restore', status: 429, headers: { 'Retry-After': '0' } }], 1],
  ])('overwrites no edit of somebody else %s', (_, misbehaviours, restores) =>
    inWorkspace(async ({ api, restore }) => {
      const { there, version } = addVersions(api);
      const edit = 'async function onGroup() {}';
      const before = () => {
        api.edit(there, edit);
      };
      api.misbehave(
        ...misbehaviours.map((one, index) => ({
          ...one,
          ...(index === misbehaviours.length - 1 && { before }),
        })),
      );
      const { status, stderr } = await restore(version, { yes: true });
      expect(stderr).toContain(
        'error: The function was changed in the workspace after the difference was shown',
      );
      expect([status, saved(there), running(there)]).toEqual([1, edit, foreign]);
      expect([api.count('restore'), api.count('deploy')]).toEqual([restores, 0]);
    }),
  );

  test('says after HTTP 404 that versions may not be enabled, and where else they are', () =>
    inWorkspace(async ({ api, restore }) => {
      api.add(outdated);
      api.misbehave({ on: 'getVersion', status: 404 });
      const { status, stderr } = await restore('ver_1', { yes: true });
      expect(status).toBe(1);
      expect(stderr).toContain(NOT_ENABLED);
    }));

  test('of an unknown version says so', () =>
    inWorkspace(async ({ api, restore }) => {
      api.add(outdated);
      expect((await restore('ver_none', { yes: true })).stderr).toContain('version ver_none was not found');
    }));
});

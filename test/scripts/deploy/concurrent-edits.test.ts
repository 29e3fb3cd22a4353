// Two people at once: somebody edits the function in Segment while it is deployed.
import { describe, expect, test } from '@jest/globals';
import {
  built,
  earlier,
  earlierSettings,
  foreign,
  inWorkspace,
  outdated,
  ownSetting,
  running,
  saved,
} from '../../support/deploy';
import type { LocalApi, Misbehaviour, StoredFunction } from '../../support/public-api';

const READ = { on: 'get', isAnswered: true } as const;

describe('an edit before the save is not overwritten', () => {
  test.each<[what: string, change: (there: StoredFunction, api: LocalApi) => void]>([
    [
      'code',
      (there, api) => {
        api.edit(there, foreign);
      },
    ],
    [
      'settings',
      (there) => {
        there.settings = [ownSetting];
      },
    ],
  ])('of the %s, between the diff and the save', (_, change) =>
    inWorkspace(async ({ api, deploy }) => {
      const there = api.add(outdated);
      const before = () => {
        change(there, api);
      };
      api.misbehave(READ, { ...READ, before });
      const { status, stderr } = await deploy();
      expect(status).toBe(1);
      expect(stderr).toMatch(
        /^error: The function was changed in the workspace after the difference was shown: .* is saved now\. That was not overwritten\. Run it again to see the new difference\.\n$/,
      );
      expect([api.count('update'), api.count('deploy')]).toEqual([0, 0]);
    }),
  );

  test.each<[after: string, misbehaviour: Partial<Misbehaviour>]>([
    ['a rate limit', { status: 429, headers: { 'Retry-After': '0' } }],
    ["Segment's own trouble", { status: 503, headers: { 'Retry-After': '0' } }],
    ['a broken connection', { isCut: true }],
  ])('while the save waits after %s', (_, misbehaviour) =>
    inWorkspace(async ({ api, deploy }) => {
      const there = api.add(outdated);
      const before = () => {
        api.edit(there, foreign);
      };
      api.misbehave({ on: 'update', before, ...misbehaviour });
      const { status, stderr } = await deploy();
      expect([status, saved(there), running(there)]).toEqual([1, foreign, earlier]);
      expect([api.count('update'), there.settings]).toEqual([1, earlierSettings]);
      expect(stderr).toMatch(
        /\nerror: The function was changed in the workspace after the difference was shown: not built by this project is saved now\. That was not overwritten\. Run it again to see the new difference\.\n$/,
      );
    }),
  );
});

/** Whatever somebody else saves may run at once, so the message never says that it does not. */
const EDITED =
  'error: The function was changed in the workspace after it was saved: not built by this project is there now, and may be running. That was not overwritten. Run it again to see the new difference.';

describe('an edit after the save is reported, and the deploy goes no further', () => {
  test('between the save and the deploy', () =>
    inWorkspace(async ({ api, deploy, savesDeploy }) => {
      const there = api.add(outdated);
      const before = () => {
        api.edit(there, foreign);
      };
      api.misbehave(READ, READ, { ...READ, before });
      const { status, stdout, stderr } = await deploy();
      expect([status, api.count('update'), api.count('deploy')]).toEqual([1, 1, 0]);
      expect([saved(there), running(there)]).toEqual([foreign, savesDeploy ? built : earlier]);
      expect([stderr, stdout.includes('Confirmed')]).toEqual([`${EDITED}\n`, false]);
    }));

  test('while it waits for Segment to show the deployment', () =>
    inWorkspace(async ({ api, deploy, savesDeploy, readsUntilShown }) => {
      if (savesDeploy && readsUntilShown === 0) return;
      const there = api.add(outdated);
      const before = () => {
        api.edit(there, foreign);
      };
      api.misbehave(READ, READ, READ, { ...READ, before });
      const { status, stderr } = await deploy();
      expect([status, api.count('deploy'), stderr]).toEqual([1, 0, `${EDITED}\n`]);
    }));

  test.each([429, 503])('while the deploy waits after HTTP %d', (refusal) =>
    inWorkspace(
      async ({ api, deploy }) => {
        const there = api.add(outdated);
        const before = () => {
          api.edit(there, foreign);
        };
        api.misbehave({ on: 'deploy', status: refusal, headers: { 'Retry-After': '0' }, before });
        const { status, stderr } = await deploy();
        expect([status, api.count('deploy'), saved(there), running(there)]).toEqual([1, 1, foreign, earlier]);
        expect(stderr.trimEnd().split('\n').at(-1)).toBe(EDITED);
      },
      { deploysOn: 'call' },
    ),
  );

  test('right before the deploy', () =>
    inWorkspace(
      async ({ api, deploy }) => {
        const there = api.add(outdated);
        const before = () => {
          api.edit(there, foreign);
        };
        api.misbehave({ on: 'deploy', isAnswered: true, before });
        const { status, stdout, stderr } = await deploy();
        expect([status, running(there), stderr]).toEqual([1, foreign, `${EDITED}\n`]);
        expect(stdout).not.toContain('Confirmed');
      },
      { deploysOn: 'call' },
    ));
});

test('a deployment by somebody else between the diff and the save is not taken for that of the save', () =>
  inWorkspace(
    async ({ api, deploy }) => {
      const there = api.add(outdated);
      const before = () => {
        api.deployAgain(there);
      };
      api.misbehave(READ, { ...READ, before });
      expect([(await deploy()).status, api.count('deploy'), running(there)]).toEqual([0, 1, built]);
    },
    { deploysOn: 'call', readsUntilShown: 0 },
  ));

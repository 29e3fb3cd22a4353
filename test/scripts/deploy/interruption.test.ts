// A deploy that ends in the middle, and the next one.
import { describe, expect, test } from '@jest/globals';
import { EDITOR_SETTINGS } from '../../../scripts/deploy/settings';
import { BUILT, built, current, earlierSettings, inWorkspace, outdated, running } from '../../support/deploy';
import type { LocalApiOptions } from '../../support/public-api';

describe('the next run finishes the job after one that ended', () => {
  test.each<
    [
      when: string,
      on: 'update' | 'deploy',
      isDone: boolean,
      updates: number,
      options: Partial<LocalApiOptions>,
    ]
  >([
    ['while it saved, before Segment did it', 'update', false, 2, {}],
    ['while it saved, after Segment did it', 'update', true, 1, {}],
    ['between the save and the deploy', 'deploy', false, 1, { deploysOn: 'call' }],
    ['while it deployed, after Segment did it', 'deploy', true, 1, { deploysOn: 'call' }],
  ])('%s', (_, on, isDone, updates, options) =>
    inWorkspace(async ({ api, abandonDeploy, deploy }) => {
      const there = api.add(outdated);
      await abandonDeploy({ on, isDone });
      const next = await deploy();
      expect([next.status, running(there), there.settings]).toEqual([0, built, EDITOR_SETTINGS]);
      expect([api.count('update'), there.versions.length]).toEqual([updates, 2]);
    }, options),
  );

  test.each<[what: string, options: Partial<LocalApiOptions>]>([
    ['says', { deploysOn: 'call' }],
    ['does not say', { deploysOn: 'call', omitsIsLatestVersion: true }],
  ])(
    'before it deployed a change of the settings alone, if Segment %s which version is the latest',
    (_, options) =>
      inWorkspace(async ({ api, abandonDeploy, deploy }) => {
        const there = api.add({ ...current, settings: earlierSettings });
        await abandonDeploy({ on: 'deploy' });
        expect([there.settings, api.count('update')]).toEqual([EDITOR_SETTINGS, 1]);

        const next = await deploy();
        expect(next.stdout).toContain(
          'What is saved is what was built, but Segment shows that it is not deployed.',
        );
        expect([next.status, api.count('deploy'), api.count('update')]).toEqual([0, 2, 1]);
        expect(there.deployed).toBe(there.versions.at(-1)?.id);
        expect((await deploy()).stdout).toContain(`Nothing to change: it runs ${BUILT}.\n`);
      }, options),
  );
});

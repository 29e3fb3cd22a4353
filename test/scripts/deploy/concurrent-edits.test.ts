// Two people at once: somebody edits the function in Segment while it is deployed.
import { describe, expect, test } from '@jest/globals';
import {
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

describe('an edit after the save is not deployed', () => {
  test('between the save and the deploy', () =>
    inWorkspace(async ({ api, deploy }) => {
      const there = api.add(outdated);
      const before = () => {
        api.edit(there, foreign);
      };
      api.misbehave(READ, READ, { ...READ, before });
      const { status, stderr } = await deploy();
      expect([status, api.count('update'), api.count('deploy'), running(there)]).toEqual([1, 1, 0, earlier]);
      expect(stderr).toBe(
        'error: The function was changed in the workspace after it was saved: not built by this project is there now. Nothing was deployed. Run it again to see the new difference.\n',
      );
    }));

  test.each<[status: number, end: string]>([
    [429, 'Nothing was deployed'],
    [503, 'That was not deployed; it is unknown whether what was saved before it runs'],
  ])('while the deploy waits after HTTP %d: %s', (refusal, end) =>
    inWorkspace(async ({ api, deploy }) => {
      const there = api.add(outdated);
      const before = () => {
        api.edit(there, foreign);
      };
      api.misbehave({ on: 'deploy', status: refusal, headers: { 'Retry-After': '0' }, before });
      const { status, stderr } = await deploy();
      expect([status, api.count('deploy'), saved(there), running(there)]).toEqual([1, 1, foreign, earlier]);
      expect(stderr.trimEnd().split('\n').at(-1)).toBe(
        `error: The function was changed in the workspace after it was saved: not built by this project is there now. ${end}. Run it again to see the new difference.`,
      );
    }),
  );
});

test('an edit right before the deploy may be running, and the message says so', () =>
  inWorkspace(async ({ api, deploy }) => {
    const there = api.add(outdated);
    const before = () => {
      api.edit(there, foreign);
    };
    api.misbehave({ on: 'deploy', isAnswered: true, before });
    const { status, stdout, stderr } = await deploy();
    expect(status).toBe(1);
    expect(stdout).not.toContain('Confirmed');
    expect(stderr).toContain(
      'error: The function was changed in the workspace right after it was saved: not built by this project is there now. What somebody else saved meanwhile may be running. Run it again to see the new difference.\n',
    );
  }));

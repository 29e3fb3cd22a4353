// What only a process shows of npm run deploy: its terminal, its signals, its pipes, its environment, its exit code.
import { describe, expect, test } from '@jest/globals';
import { EDITOR_SETTINGS } from '../../../scripts/deploy/settings';
import { built, earlier, inWorkspace, operations, outdated, running, saved } from '../../support/deploy';
import type { Command } from '../../support/command';

describe('the exit code', () => {
  test('is 0 after a deploy, and then without a difference', () =>
    inWorkspace(async ({ api, npmRunDeploy }) => {
      const there = api.add(outdated);
      expect((await npmRunDeploy(['--yes', '--function', there.id])).status).toBe(0);
      expect([running(there), there.settings, api.count('list')]).toEqual([built, EDITOR_SETTINGS, 0]);
      expect((await npmRunDeploy(['--dry-run', '--exit-code'])).status).toBe(0);
    }));

  test('is 1 with --dry-run --exit-code and a difference', () =>
    inWorkspace(async ({ api, npmRunDeploy }) => {
      api.add(outdated);
      const { status, stdout } = await npmRunDeploy(['--dry-run', '--exit-code']);
      expect(status).toBe(1);
      expect(stdout).toMatch(/\nNothing was changed: this is a dry run\.\n$/);
      expect(operations(api)).toEqual(['workspace', 'list', 'get']);
    }));
});

test('without a terminal and without --yes it does not wait for an answer, and changes nothing', () =>
  inWorkspace(async ({ api, npmRunDeploy }) => {
    const there = api.add(outdated);
    const { status, stderr } = await npmRunDeploy([]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: Nothing was changed: there is no terminal to ask for confirmation\. /);
    expect(saved(there)).toBe(earlier);
  }));

test.each<[when: string, on: 'update' | 'deploy', isDone: boolean, updates: number]>([
  ['while it saves, before Segment did it', 'update', false, 2],
  ['while it deploys, after Segment did it', 'deploy', true, 1],
])('Ctrl-C %s ends it with 130, and the next run finishes the job', (_, on, isDone, updates) =>
  inWorkspace(async ({ api, deploy, npmRunDeploy }) => {
    const there = api.add(outdated);
    let started: Command | undefined;
    const before = () => {
      setImmediate(() => started?.interrupt());
    };
    api.misbehave({ on, isDone, isSilent: true, before });
    const { status, stderr } = await npmRunDeploy(['--yes'], {
      started: (command) => {
        started = command;
      },
    });
    expect({ status, stderr }).toEqual({
      status: 130,
      stderr: '\nInterrupted. Run it again to continue.\n',
    });

    const next = await deploy();
    expect([next.status, running(there), there.settings]).toEqual([0, built, EDITOR_SETTINGS]);
    expect([api.count('update'), there.versions.length]).toEqual([updates, 2]);
  }),
);

test('a reader that closes the pipe does not keep it from finishing the job', () =>
  inWorkspace(async ({ api, npmRunDeploy }) => {
    const there = api.add(outdated);
    const { status, stderr } = await npmRunDeploy(['--yes'], {
      started: ({ process }) => process.stdout.destroy(),
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(running(there)).toBe(built);
  }));

test('retries are reported on stderr, and a connection that breaks with its reason', () =>
  inWorkspace(async ({ api, npmRunDeploy }) => {
    const there = api.add(outdated);
    api.misbehave({ on: 'list', status: 429, headers: { 'Retry-After': '0' } }, { on: 'get', isCut: true });
    const { status, stderr } = await npmRunDeploy(['--yes']);
    expect([status, running(there)]).toEqual([0, built]);
    const lines = stderr.split('\n');
    expect(lines).toEqual([
      'Segment did not list the functions: HTTP 429: as instructed, for [token]. Trying again in 0.0 s …',
      expect.stringMatching(/ did not answer \((?!unknown).+\)\. Trying again in 0\.[345] s …$/),
      '',
    ]);
    expect(lines[1]).toContain(api.url);
  }));

test("--region eu talks to Segment's host in the EU", () =>
  inWorkspace(async ({ api, npmRunDeploy }) => {
    const there = api.add(outdated);
    const { status, stdout } = await npmRunDeploy(['--yes', '--region', 'eu'], {
      preload: 'eu-host',
      env: { EU_STAND_IN: api.url, SEGMENT_PUBLIC_API_URL: '' },
    });
    expect([status, running(there)]).toEqual([0, built]);
    expect(stdout).toContain('Workspace at https://eu1.api.segmentapis.com\n');
  }));

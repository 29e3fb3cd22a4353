// What only a process shows of npm run deploy: its terminal, its signals, its pipes, its environment, its exit code.
import { describe, expect, test } from '@jest/globals';
import { EDITOR_SETTINGS } from '../../../scripts/deploy/settings';
import {
  built,
  earlier,
  inWorkspace,
  operations,
  outdated,
  ownSetting,
  running,
  saved,
} from '../../support/deploy';
import type { Command } from '../../support/command';
import type { LocalApiOptions } from '../../support/public-api';

/** Nothing is waited for but what a test is about. */
const AT_ONCE = { deploysOn: 'save', readsUntilShown: 0 } as const;

describe('options and exit codes', () => {
  test('what is typed reaches the deploy, which ends with 0', () =>
    inWorkspace(async ({ api, npmRunDeploy }) => {
      const there = api.add({ ...outdated, displayName: 'Another', settings: [ownSetting] });
      const { status, stderr } = await npmRunDeploy(['--yes', '--name', 'Another', '--remove-settings']);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect([running(there), there.settings]).toEqual([built, EDITOR_SETTINGS]);
    }));

  test('--dry-run --exit-code ends with 1 if there is a difference', () =>
    inWorkspace(async ({ api, npmRunDeploy }) => {
      const { id } = api.add(outdated);
      const { status, stdout } = await npmRunDeploy(['--dry-run', '--exit-code', '--function', id]);
      expect(status).toBe(1);
      expect(stdout).toMatch(/\nNothing was changed: this is a dry run\.\n$/);
      expect(operations(api)).toEqual(['get']);
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

test.each<
  [when: string, on: 'update' | 'deploy', isDone: boolean, updates: number, options: Partial<LocalApiOptions>]
>([
  ['while it saves, before Segment did it', 'update', false, 2, {}],
  ['while it deploys, after Segment did it', 'deploy', true, 1, { deploysOn: 'call' }],
])('Ctrl-C %s ends it with 130, and the next run finishes the job', (_, on, isDone, updates, options) =>
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
  }, options),
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

test('a reader that closes stderr does not, either, although retries cannot be reported there', () =>
  inWorkspace(async ({ api, npmRunDeploy }) => {
    const there = api.add(outdated);
    api.misbehave({ on: 'list', status: 429, headers: { 'Retry-After': '0' } }, { on: 'get', isCut: true });
    const { status } = await npmRunDeploy(['--yes'], {
      started: ({ process }) => process.stderr.destroy(),
    });
    expect(status).toBe(0);
    expect(running(there)).toBe(built);
  }));

test('retries are reported on stderr, and a connection that breaks with its reason; then it waits', () =>
  inWorkspace(async ({ api, npmRunDeploy }) => {
    const there = api.add(outdated);
    const times: number[] = [];
    const before = () => {
      times.push(performance.now());
    };
    api.misbehave(
      { on: 'list', status: 429, headers: { 'Retry-After': '0' } },
      { on: 'get', isCut: true, before },
      { on: 'get', isAnswered: true, before },
    );
    const { status, stderr } = await npmRunDeploy(['--yes'], { preloads: [] });
    expect([status, running(there)]).toEqual([0, built]);
    const lines = stderr.split('\n');
    expect(lines).toEqual([
      'Segment did not list the functions: HTTP 429: as instructed, for [token]. Trying again in 0.0 s (attempt 2 of 5) …',
      expect.stringMatching(
        / did not answer \((?!unknown).+\)\. Trying again in 0\.[345] s \(attempt 2 of 5\) …$/,
      ),
      '',
    ]);
    expect(lines[1]).toContain(api.url);
    const [first = NaN, second = NaN] = times;
    // The first wait is a quarter of a second or longer; a timer may be up to a millisecond early.
    expect(second - first).toBeGreaterThan(249);
  }, AT_ONCE));

test("--region eu talks to Segment's host in the EU", () =>
  inWorkspace(async ({ api, npmRunDeploy }) => {
    const there = api.add(outdated);
    const { status, stdout } = await npmRunDeploy(['--yes', '--region', 'eu'], {
      preloads: ['short-pauses', 'eu-host'],
      env: { EU_STAND_IN: api.url, SEGMENT_PUBLIC_API_URL: '' },
    });
    expect([status, running(there)]).toEqual([0, built]);
    expect(stdout).toContain('Workspace at https://eu1.api.segmentapis.com\n');
  }));

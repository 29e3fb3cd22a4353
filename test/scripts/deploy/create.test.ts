// A first deploy: there is no function of the name yet.
import { describe, expect, test } from '@jest/globals';
import { description } from '../../../package.json';
import { NAME } from '../../../scripts/deploy/options';
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
  PAUSES,
  running,
  WAITING,
} from '../../support/deploy';
import { outputsOf } from '../../support/documentation';
import type { LocalApi, Misbehaviour } from '../../support/public-api';

describe('a first deploy', () => {
  test('creates the function with its settings and description, deploys it, and says where to connect it', () =>
    inWorkspace(async ({ api, npmRunDeploy, savesDeploy, readsUntilShown }) => {
      const { status, stdout, stderr } = await npmRunDeploy([], { answer: 'y' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const [created] = api.functions;
      expect(api.functions).toHaveLength(1);
      expect(created).toMatchObject({
        description,
        settings: EDITOR_SETTINGS,
        resourceType: 'DESTINATION',
      });
      expect(created && running(created)).toBe(built);
      expect(operations(api)).toEqual([
        'workspace',
        'list',
        'workspace',
        'list',
        'create',
        ...(savesDeploy ? [] : [...'get '.repeat(8).trim().split(' '), 'deploy']),
        ...Array.from({ length: readsUntilShown + 1 }, () => 'get'),
      ]);
      expect(outputsOf('npm run deploy')[0]).toBe(asDocumented(stdout.replaceAll(WAITING, ''), api.url));
    }));

  test('with --dry-run --exit-code changes nothing, and exits with 1', () =>
    inWorkspace(async ({ api, deploy }) => {
      const { status, stdout } = await deploy({ dryRun: true, exitCode: true });
      expect(status).toBe(1);
      expect(stdout).toMatch(/\nNothing was changed: this is a dry run\.\n$/);
      expect(operations(api)).toEqual(['workspace', 'list']);
    }));

  test('changes nothing after a no', () =>
    inWorkspace(async ({ api, deploy }) => {
      const { status, stdout } = await deploy({ answer: 'n' });
      expect([status, api.functions]).toEqual([1, []]);
      expect(stdout).toMatch(/Create and deploy it\? \[y\/N\] Nothing was changed\.\n$/);
    }));

  test('lists functions with a similar name before it offers to create one', () =>
    inWorkspace(async ({ api, deploy }) => {
      const [staging, mistyped] = [
        api.add({ displayName: `${NAME} (staging)` }),
        api.add({ displayName: 'TikTok Offline Conversion' }),
        api.add({ displayName: 'Slack Alerts' }),
      ];
      const { status, stdout } = await deploy({ answer: 'n' });
      expect(status).toBe(1);
      expect(stdout).toMatch(
        new RegExp(
          [
            '^In Segment, similar names \\(to update one of these functions, choose it with --function ID\\):',
            `  ${staging.id}  ${NAME} \\(staging\\) \\(Example\\)`,
            `  ${mistyped.id}  TikTok Offline Conversion \\(Example\\)`,
            '',
            `In Segment: no function ${NAME} yet\\. It would be created:\n.*Create and deploy it\\? `,
          ].join('\n'),
          's',
        ),
      );
    }));

  test('that Segment does not show as deployed ends with what it shows, and with 1', () =>
    inWorkspace(
      async ({ api, deploy, pauses }) => {
        api.misbehave({ on: 'deploy', status: 400, body: '{}' });
        const { status, stderr } = await deploy();
        expect([status, pauses]).toEqual([1, PAUSES]);
        expect(stderr).toBe(
          `error: Segment did not deploy the function: HTTP 400. The function is saved, and Segment shows: ${BUILT}; saved, never deployed. Open it in Segment to see which version runs; Save & Deploy there deploys it.\n`,
        );
      },
      { deploysOn: 'call' },
    ));
});

describe('a create whose end is unclear', () => {
  test.each<
    [
      what: string,
      misbehaviour: Partial<Misbehaviour>,
      ends: { status: number; requests: number; functions: number },
    ]
  >([
    ['its answer is lost', { isDone: true, isCut: true }, { status: 0, requests: 1, functions: 1 }],
    [
      'a gateway answers in its place',
      { isDone: true, status: 504 },
      { status: 0, requests: 1, functions: 1 },
    ],
    ['it was not done, and that is not known', { status: 504 }, { status: 1, requests: 1, functions: 0 }],
    [
      'Segment said to come again',
      { status: 429, headers: { 'Retry-After': '0' } },
      { status: 0, requests: 2, functions: 1 },
    ],
  ])('is looked for, never sent twice: %s', (_, misbehaviour, ends) =>
    inWorkspace(async ({ api, deploy }) => {
      api.misbehave({ on: 'create', ...misbehaviour });
      const { status } = await deploy();
      expect({ status, requests: api.count('create'), functions: api.functions.length }).toEqual(ends);
    }),
  );

  test.each<[what: string, isDone: boolean, other: Parameters<LocalApi['add']>[0]]>([
    ['has other code', false, { ...current, code: earlier }],
    ['has other settings', false, { ...current, settings: earlierSettings }],
    ['is the same as another', true, current],
  ])('takes no function for its own that %s', (_, isDone, other) =>
    inWorkspace(async ({ api, deploy }) => {
      const before = () => {
        api.add(other);
      };
      api.misbehave({ on: 'create', status: 504, isDone, before });
      const { status, stderr } = await deploy();
      expect([status, api.count('create'), api.count('deploy')]).toEqual([1, 1, 0]);
      expect(stderr).toBe(
        'error: Segment did not create the function: HTTP 504: as instructed, for [token]. It is unknown whether that was done: look in Segment (Connections → Catalog → Functions) before you run it again.\n',
      );
    }),
  );
});

describe('if somebody else creates a function of the name, there is no second one', () => {
  const listed = { on: 'list', isAnswered: true } as const;
  test.each<[when: string, misbehaviours: readonly [...Misbehaviour[], Misbehaviour], creates: number]>([
    ['while the person decides', [listed, listed], 0],
    ['during a wait for a rate limit', [{ on: 'create', status: 429, headers: { 'Retry-After': '0' } }], 1],
  ])('%s', (_, misbehaviours, creates) =>
    inWorkspace(async ({ api, deploy }) => {
      const before = () => {
        api.add(outdated);
      };
      api.misbehave(
        ...misbehaviours.map((one, index) => ({
          ...one,
          ...(index === misbehaviours.length - 1 && { before }),
        })),
      );
      const { status, stderr } = await deploy();
      expect([status, api.count('create'), api.functions.length]).toEqual([1, creates, 1]);
      expect(stderr).toContain('error: A function of this name exists now.');
    }),
  );
});

test('after an interrupted create, the next run finds the function, creates no second one, and says where to connect it once it is deployed', () =>
  inWorkspace(async ({ api, abandonDeploy, deploy, savesDeploy, readsUntilShown }) => {
    await abandonDeploy({ on: 'create', isDone: true });
    const { status, stdout } = await deploy();
    expect([status, api.functions.map(running)]).toEqual([0, [built]]);
    expect(api.count('create')).toBe(1);
    const isShownAsDeployed = savesDeploy && readsUntilShown === 0;
    expect(stdout).toContain(
      isShownAsDeployed
        ? `Nothing to change: it runs ${BUILT}.\n`
        : `Connect it in Segment: Connections → Catalog → Functions → ${NAME} (Example) → Connect Destination.\n`,
    );
  }));

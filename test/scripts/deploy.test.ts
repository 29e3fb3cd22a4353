// npm run deploy, as a person or a workflow runs it, against a local Public API.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { description, version } from '../../package.json';
import { EDITOR_SETTINGS as SETTINGS } from '../../scripts/deploy/settings';
import { readBuild, stamp } from '../../scripts/bundle/build-id';
import { BUNDLE, ROOT } from '../../scripts/cli/project';
import { startCommand, type Run } from '../support/command';
import {
  startPublicApi,
  type LocalApi,
  type LocalApiOptions,
  type Misbehaviour,
  type StoredFunction,
} from '../support/public-api';

const TOKEN = 'sgp_token-for-the-tests-9d2e';
const NAME = 'TikTok Offline Conversions';
const TIMEOUT = 120_000;
const built = readFileSync(BUNDLE, 'utf8');
const digest = readBuild(built)?.digest ?? '';
const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

/** The build before this one: another version, without the last setting. */
const earlier = stamp(
  built
    .replace(/^\/\/ Build .*\n/m, '')
    .replace(version, '0.0.9')
    .replace('// - Test Event Code: STRING, optional\n', ''),
);
const earlierSettings = SETTINGS.slice(0, -1).map((setting) =>
  setting.name === 'defaultCountry' ? { ...setting, label: 'Country', required: true } : setting,
);
const stranger = {
  name: 'region',
  label: 'Region',
  type: 'STRING',
  description: 'Ours',
  required: false,
  sensitive: false,
} as const;

interface Circumstances {
  /** What the person types at the terminal; without it there is no terminal. */
  readonly answer?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A module of test/support that is loaded into the process first. */
  readonly preload?: string;
  /** Told how to send the process a signal, as soon as it runs. */
  readonly started?: (kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the command and waits for its end. Whatever it says, the token is never part of it. */
async function deploy(
  args: readonly string[],
  { answer, env = {}, preload, started }: Circumstances = {},
): Promise<Run> {
  const preloads = [
    ...(answer === undefined ? [] : ['at-terminal']),
    ...(preload === undefined ? [] : [preload]),
  ];
  const command = startCommand('deploy', args, {
    preloads,
    env: { SEGMENT_PUBLIC_API_TOKEN: TOKEN, ...env },
  });
  command.process.stdin.end(answer === undefined ? '' : `${answer}\n`);
  started?.((signal) => command.process.kill(signal));
  const run = await command.ended;
  expect(run.stdout + run.stderr).not.toContain(TOKEN);
  return run;
}

/** A workspace for the length of a test, and the command that runs against it. */
async function inWorkspace(
  act: (
    api: LocalApi,
    run: (args?: readonly string[], circumstances?: Circumstances) => Promise<Run>,
  ) => Promise<void>,
  options: Partial<LocalApiOptions> = {},
): Promise<void> {
  const api = await startPublicApi({ token: TOKEN, ...options });
  try {
    await act(api, (args = ['--yes'], { env = {}, ...circumstances } = {}) =>
      deploy(args, { ...circumstances, env: { SEGMENT_PUBLIC_API_URL: api.url, ...env } }),
    );
  } finally {
    await api.close();
  }
}

/** Runs the command, and sends it the signal in the middle of the request that is to misbehave. */
async function interrupt(
  api: LocalApi,
  run: (args: readonly string[], circumstances: Circumstances) => Promise<Run>,
  signal: NodeJS.Signals,
  misbehaviour: Misbehaviour,
): Promise<Run> {
  let send: (signal: NodeJS.Signals) => void = () => undefined;
  const before = () => {
    setImmediate(() => {
      send(signal);
    });
  };
  api.misbehave({ isSilent: true, before, ...misbehaviour });
  const started = (kill: (signal: NodeJS.Signals) => void) => {
    send = kill;
  };
  return run(['--yes'], { started });
}

const foreign = 'async function onPage() {}';
const current = { displayName: NAME, code: built, settings: SETTINGS };
const outdated = { displayName: NAME, code: earlier, settings: earlierSettings };
const saved = ({ versions }: StoredFunction) => versions.at(-1)?.code;
const running = ({ versions, deployed }: StoredFunction) => versions.find(({ id }) => id === deployed)?.code;
const operations = (api: LocalApi) => api.requests.map(({ operation }) => operation);

/** What is printed, as the README shows it: one address, one version, two builds, and the answer that was typed. */
const asInReadme = (text: string, url: string) =>
  text
    .replaceAll(url, 'https://api.segmentapis.com')
    .replaceAll(digest, '8d1c2f3a5b7e9046')
    .replaceAll(readBuild(earlier)?.digest ?? '', 'c41f0e9a7b2d5386')
    .replaceAll(version, '0.1.0')
    .replace('[y/N] ', '[y/N] y\n')
    .replace(/ +$/gm, '');
/** The outputs that the README shows under a command. */
const shownAfter = (command: string) =>
  [...readme.matchAll(/```sh\n([^`]*?)\n```\n\n```text\n(.*?)```/gs)]
    .filter(([, commands = '']) => commands.split('\n').at(-1) === command)
    .map(([, , text]) => text);

test.concurrent(
  'a first deploy creates the function with its settings and description, deploys it, and says where to connect it',
  () =>
    inWorkspace(async (api, run) => {
      const { status, stdout, stderr } = await run([], { answer: 'y' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const [created] = api.functions;
      expect(api.functions).toHaveLength(1);
      expect(created).toMatchObject({ description, settings: SETTINGS, resourceType: 'DESTINATION' });
      expect(created && running(created)).toBe(built);
      expect(operations(api)).toEqual([
        'workspace',
        'list',
        'workspace',
        'list',
        'create',
        'get',
        'deploy',
        'get',
      ]);
      expect(shownAfter('npm run deploy')[0]).toBe(asInReadme(stdout, api.url));
    }),
  TIMEOUT,
);

test.concurrent(
  'a change is shown as a diff and in words, asked about, saved, deployed and read back',
  () =>
    inWorkspace(async (api, run) => {
      const there = api.add(outdated);
      const { status, stdout, stderr } = await run([], { answer: 'yes' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect([running(there), there.settings]).toEqual([built, SETTINGS]);
      expect(operations(api)).toEqual(['workspace', 'list', 'get', 'get', 'update', 'get', 'deploy', 'get']);
      expect(shownAfter('npm run deploy')[1]).toBe(asInReadme(stdout, api.url));
    }),
  TIMEOUT,
);

test.concurrent(
  'nothing changed: it says so, which build runs, and only reads',
  () =>
    inWorkspace(async (api, run) => {
      // As an editor may leave it.
      api.add({ ...current, code: `${built.replaceAll('\n', '\r\n')}\r\n` });
      const { status, stdout } = await run([]);
      expect(status).toBe(0);
      expect(stdout).toContain(`Nothing to change: it runs ${version}, build ${digest}.\n`);
      expect(operations(api)).toEqual(['workspace', 'list', 'get']);
      expect((await run(['--dry-run', '--exit-code'])).status).toBe(0);
    }),
  TIMEOUT,
);

test.concurrent(
  'a code that was edited by hand, and one that is not of this project, are told apart',
  () =>
    inWorkspace(async (api, run) => {
      const edited = api.add({ ...current, code: built.replace('let handlers;', 'let handlers = 1;') });
      const { stdout } = await run(['--dry-run']);
      expect(stdout).toContain(`${version}, edited by hand; deployed 2026-11-20 10:02 UTC\n`);
      expect(stdout).toContain('-let handlers = 1;\n+let handlers;\n');
      api.edit(edited, 'async function onTrack() {}');
      expect((await run(['--dry-run'])).stdout).toContain(
        'not built by this project; saved, not deployed (what runs was deployed 2026-11-20 10:02 UTC)\n',
      );
    }),
  TIMEOUT,
);

test.concurrent(
  'a function is found by its ID, or by another name',
  () =>
    inWorkspace(async (api, run) => {
      const [one, other] = [
        api.add({ ...outdated, displayName: 'One' }),
        api.add({ ...outdated, displayName: 'Other' }),
      ];
      expect((await run(['--yes', '--function', one.id])).status).toBe(0);
      expect([running(one), running(other)]).toEqual([built, earlier]);
      expect(api.count('list')).toBe(0);
      expect((await run(['--yes', '--name', 'Other'])).status).toBe(0);
      expect(running(other)).toBe(built);
    }),
  TIMEOUT,
);

test.concurrent(
  'a function of a longer name is another one, alone and beside ours',
  () =>
    inWorkspace(async (api, run) => {
      const staging = api.add({ ...outdated, displayName: `${NAME} (staging)` });
      expect((await run(['--dry-run'])).stdout).toContain(`In Segment: no function ${NAME} yet.`);
      const ours = api.add(outdated);
      expect((await run()).status).toBe(0);
      expect([running(ours), running(staging), api.functions.length]).toEqual([built, earlier, 2]);
    }),
  TIMEOUT,
);

test.concurrent(
  'two functions of the same name are listed, and neither is changed',
  () =>
    inWorkspace(async (api, run) => {
      const ids = [api.add(outdated), api.add(outdated), api.add({ displayName: `${NAME} 2` })].map(
        ({ id }) => id,
      );
      const { status, stderr } = await run();
      expect(status).toBe(2);
      expect(stderr).toBe(
        `error: There are 2 functions of the name ${NAME}. Say which with --function ID:\n` +
          ids
            .slice(0, 2)
            .map((id) => `  ${id}  ${NAME} (Example)\n`)
            .join(''),
      );
      expect(operations(api)).toEqual(['workspace', 'list']);
    }),
  TIMEOUT,
);

test.concurrent(
  'among more than 60 functions it is found on the last page',
  () =>
    inWorkspace(
      async (api, run) => {
        for (let index = 0; index < 62; index += 1) api.add({ displayName: `Function ${index}` });
        const there = api.add(outdated);
        expect((await run()).status).toBe(0);
        expect(running(there)).toBe(built);
        expect([api.functions.length, api.count('list'), api.count('create')]).toEqual([63, 3, 0]);
      },
      { pageLimit: 25 },
    ),
  TIMEOUT,
);

test.concurrent(
  'a setting that is not in the code is kept, and removed with --remove-settings only',
  () =>
    inWorkspace(async (api, run) => {
      const there = api.add({ ...current, settings: [...SETTINGS, stranger] });
      const kept = await run([]);
      expect(kept.stdout).toContain(
        'Settings:\n  kept     Region (region): STRING; it is not in the code (--remove-settings removes it)\n',
      );
      expect([kept.status, kept.stdout.includes('Nothing to change')]).toEqual([0, true]);

      there.settings = [stranger, ...earlierSettings];
      expect((await run()).status).toBe(0);
      expect(there.settings).toEqual([...SETTINGS, stranger]);

      const removed = await run(['--yes', '--remove-settings']);
      expect(removed.stdout).toContain(
        '- removed  Region (region): STRING; the values that people typed go with it\n',
      );
      expect([removed.status, there.settings]).toEqual([0, SETTINGS]);
      expect(api.requests.filter(({ operation }) => operation === 'update').map(({ body }) => body)).toEqual([
        { code: built, settings: [...SETTINGS, stranger] },
        { code: built, settings: SETTINGS },
      ]);
    }),
  TIMEOUT,
);

test.concurrent.each<[what: string, args: readonly string[], there: object | undefined, status: number]>([
  ['--dry-run shows a difference and exits with 0', ['--dry-run'], outdated, 0],
  ['--dry-run --exit-code exits with 1 where the code differs', ['--dry-run', '--exit-code'], outdated, 1],
  [
    '--dry-run --exit-code exits with 1 where there is no function',
    ['--dry-run', '--exit-code'],
    undefined,
    1,
  ],
])(
  '%s, and nothing is changed',
  (_, args, there, expected) =>
    inWorkspace(async (api, run) => {
      if (there !== undefined) api.add(there);
      const { status, stdout } = await run(args);
      expect({ status, end: stdout.trimEnd().split('\n').at(-1) }).toEqual({
        status: expected,
        end: 'Nothing was changed: this is a dry run.',
      });
      expect(operations(api)).toEqual(
        there === undefined ? ['workspace', 'list'] : ['workspace', 'list', 'get'],
      );
    }),
  TIMEOUT,
);

test.concurrent.each<[what: string, circumstances: Circumstances, words: RegExp]>([
  ['a no', { answer: 'n' }, /Save and deploy it\? \[y\/N\] Nothing was changed\.\n$/],
  ['an empty answer', { answer: '' }, /Save and deploy it\? \[y\/N\] Nothing was changed\.\n$/],
  [
    'no terminal and no --yes',
    {},
    /error: Nothing was changed: there is no terminal to ask at\. Read the difference above, and run it with --yes\.\n$/,
  ],
])(
  'with %s nothing is changed, and the exit code is 1',
  (_, circumstances, words) =>
    inWorkspace(async (api, run) => {
      const there = api.add(outdated);
      const { status, stdout, stderr } = await run([], circumstances);
      expect(status).toBe(1);
      expect(stdout + stderr).toMatch(words);
      expect(stdout).toContain('+++ dist/destination.js\n');
      expect([saved(there), operations(api)]).toEqual([earlier, ['workspace', 'list', 'get']]);
    }),
  TIMEOUT,
);

test.concurrent(
  'a no to a create leaves the workspace as it is; a create with --save-only does not deploy',
  () =>
    inWorkspace(async (api, run) => {
      const no = await run([], { answer: 'n' });
      expect([no.status, api.functions]).toEqual([1, []]);
      expect(no.stdout).toMatch(/Create and deploy it\? \[y\/N\] Nothing was changed\.\n$/);

      const { status, stdout } = await run(['--save-only'], { answer: 'y' });
      expect([status, api.functions.map(saved), api.functions.map(running)]).toEqual([
        0,
        [built],
        [undefined],
      ]);
      expect(stdout).toMatch(
        /Create it\? \[y\/N\] Created: dfn_\d+\nConfirmed: .+ is saved, and not deployed \(--save-only\)\.\n$/,
      );
    }),
  TIMEOUT,
);

test.concurrent(
  '--save-only saves without deploying; the next run deploys what is saved, and saves nothing',
  () =>
    inWorkspace(async (api, run) => {
      const there = api.add(outdated);
      const first = await run(['--yes', '--save-only']);
      expect(first.stdout).toContain(
        `Confirmed: ${version}, build ${digest} is saved, and not deployed (--save-only).\n`,
      );
      expect([first.status, saved(there), running(there)]).toEqual([0, built, earlier]);

      expect((await run(['--save-only'])).stdout).toContain(
        `Nothing to change: saved is ${version}, build ${digest}.\n`,
      );
      const last = await run();
      expect(last.stdout).toContain('What is saved is what was built, but it is not deployed');
      expect([last.status, running(there), api.count('update')]).toEqual([0, built, 1]);
    }),
  TIMEOUT,
);

test.concurrent.each<[when: string, on: 'update' | 'deploy', isDone: boolean, updates: number]>([
  ['while it is saved, before Segment did it', 'update', false, 2],
  ['while it is saved, after Segment did it', 'update', true, 1],
  ['between the save and the deploy', 'deploy', false, 1],
  ['while it is deployed, after Segment did it', 'deploy', true, 1],
])(
  'interrupted %s, it says so, and the next run finishes the job',
  (_, on, isDone, updates) =>
    inWorkspace(async (api, run) => {
      const there = api.add(outdated);
      const { status, stderr } = await interrupt(api, run, 'SIGINT', { on, isDone });
      expect({ status, stderr }).toEqual({
        status: 130,
        stderr: '\nInterrupted. Run it again: it goes on from there.\n',
      });

      const next = await run();
      expect([next.status, running(there), there.settings]).toEqual([0, built, SETTINGS]);
      expect([api.count('update'), there.versions.length]).toEqual([updates, 2]);
    }),
  TIMEOUT,
);

test.concurrent(
  'interrupted while a function is created, the next run finds it and makes no second one',
  () =>
    inWorkspace(async (api, run) => {
      await interrupt(api, run, 'SIGKILL', { on: 'create', isDone: true });
      const { status, stdout } = await run();
      expect([status, api.functions.map(running)]).toEqual([0, [built]]);
      expect(stdout).toContain(
        `Connect it in Segment: Connections → Catalog → Functions → ${NAME} (Example) → Connect Destination.\n`,
      );
    }),
  TIMEOUT,
);

test.concurrent.each<[what: string, options: Partial<LocalApiOptions>]>([
  ['says', {}],
  ['does not say', { isLatestUntold: true }],
])(
  'interrupted before settings alone are deployed, the next run deploys them, where Segment %s what the latest version is',
  (_, options) =>
    inWorkspace(async (api, run) => {
      const there = api.add({ ...current, settings: earlierSettings });
      await interrupt(api, run, 'SIGINT', { on: 'deploy' });
      expect([there.settings, api.count('update')]).toEqual([SETTINGS, 1]);

      const next = await run();
      expect(next.stdout).toContain('What is saved is what was built, but it is not deployed');
      expect([next.status, api.count('deploy'), api.count('update')]).toEqual([0, 2, 1]);
      expect(there.deployed).toBe(there.versions.at(-1)?.id);
      expect((await run()).stdout).toContain(`Nothing to change: it runs ${version}, build ${digest}.\n`);
    }, options),
  TIMEOUT,
);

test.concurrent.each([403, 404])(
  'where Segment does not say what the latest version is, and HTTP %d to the versions, a function that was deployed counts as such',
  (status) =>
    inWorkspace(
      async (api, run) => {
        api.add(current);
        api.misbehave({ on: 'listVersions', status });
        const { stdout } = await run();
        expect(stdout).toContain(`Nothing to change: it runs ${version}, build ${digest}.\n`);
      },
      { isLatestUntold: true },
    ),
  TIMEOUT,
);

test.concurrent.each<[what: string, change: (there: StoredFunction, api: LocalApi) => void]>([
  [
    'code',
    (there, api) => {
      api.edit(there, 'async function onPage() {}');
    },
  ],
  [
    'settings',
    (there) => {
      there.settings = [stranger];
    },
  ],
])(
  'where somebody changes the %s between the diff and the save, it stops and says so',
  (_, change) =>
    inWorkspace(async (api, run) => {
      const there = api.add(outdated);
      api.misbehave(
        { on: 'get', isAnswered: true },
        {
          on: 'get',
          isAnswered: true,
          before: () => {
            change(there, api);
          },
        },
      );
      const { status, stderr } = await run();
      expect(status).toBe(1);
      expect(stderr).toMatch(
        /^error: The function was changed in the workspace after its difference was shown: .* is saved now\. Nothing of it was overwritten\. Run it again to see the new difference\.\n$/,
      );
      expect([api.count('update'), api.count('deploy')]).toEqual([0, 0]);
    }),
  TIMEOUT,
);

test.concurrent.each<[after: string, misbehaviour: Partial<Misbehaviour>]>([
  ['a rate limit', { status: 429, headers: { 'Retry-After': '0' } }],
  ['trouble in Segment', { status: 503, headers: { 'Retry-After': '0' } }],
  ['a broken connection', { isCut: true }],
])(
  'where somebody edits while a save waits after %s, nothing of it is overwritten',
  (_, misbehaviour) =>
    inWorkspace(async (api, run) => {
      const there = api.add(outdated);
      api.misbehave({
        on: 'update',
        before: () => {
          api.edit(there, foreign);
        },
        ...misbehaviour,
      });
      const { status, stderr } = await run();
      expect([status, saved(there), running(there)]).toEqual([1, foreign, earlier]);
      expect([api.count('update'), there.settings]).toEqual([1, earlierSettings]);
      expect(stderr).toMatch(
        /\nerror: The function was changed in the workspace after its difference was shown: not built by this project is saved now\. Nothing of it was overwritten\. Run it again to see the new difference\.\n$/,
      );
    }),
  TIMEOUT,
);

test.concurrent(
  'a save whose answer is lost is not repeated',
  () =>
    inWorkspace(async (api, run) => {
      const there = api.add(outdated);
      api.misbehave({ on: 'update', isDone: true, isCut: true });
      expect([(await run()).status, running(there)]).toEqual([0, built]);
      expect([api.count('update'), there.versions.length]).toEqual([1, 2]);
    }),
  TIMEOUT,
);

test.concurrent(
  'where somebody edits between the save and the deploy, nothing is deployed',
  () =>
    inWorkspace(async (api, run) => {
      const there = api.add(outdated);
      const before = () => {
        api.edit(there, foreign);
      };
      const read = { on: 'get', isAnswered: true } as const;
      api.misbehave(read, read, { ...read, before });
      const { status, stderr } = await run();
      expect([status, api.count('update'), api.count('deploy'), running(there)]).toEqual([1, 1, 0, earlier]);
      expect(stderr).toBe(
        'error: The function was changed in the workspace after it was saved: not built by this project is there now. Nothing was deployed. Run it again to see the new difference.\n',
      );
    }),
  TIMEOUT,
);

test.concurrent.each<[status: number, end: string]>([
  [429, 'Nothing was deployed'],
  [503, 'It was not deployed; whether what was saved before it runs is not known'],
])(
  'where somebody edits while a deploy waits after HTTP %d, the edit is not deployed: %s',
  (refusal, end) =>
    inWorkspace(async (api, run) => {
      const there = api.add(outdated);
      const before = () => {
        api.edit(there, foreign);
      };
      api.misbehave({ on: 'deploy', status: refusal, headers: { 'Retry-After': '0' }, before });
      const { status, stderr } = await run();
      expect([status, api.count('deploy'), saved(there), running(there)]).toEqual([1, 1, foreign, earlier]);
      expect(stderr.trimEnd().split('\n').at(-1)).toBe(
        `error: The function was changed in the workspace after it was saved: not built by this project is there now. ${end}. Run it again to see the new difference.`,
      );
    }),
  TIMEOUT,
);

test.concurrent(
  'where Segment says that it deployed, but something else runs, it is told',
  () =>
    inWorkspace(async (api, run) => {
      api.add(outdated);
      api.misbehave({ on: 'deploy', body: '{"data":{"functionDeployment":{"status":"SUCCESS"}}}' });
      const { status, stdout, stderr } = await run();
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr:
          'error: Segment says that it deployed the function, but what is saved does not run. Run it again.\n',
      });
      expect(stdout).not.toContain('Deployed');
    }),
  TIMEOUT,
);

test.concurrent(
  'where somebody saves right after the save, it says that what runs is not what was built',
  () =>
    inWorkspace(async (api, run) => {
      const there = api.add(outdated);
      api.misbehave({
        on: 'deploy',
        isAnswered: true,
        before: () => {
          api.edit(there, 'async function onPage() {}');
        },
      });
      const { status, stdout, stderr } = await run();
      expect(status).toBe(1);
      expect(stdout).not.toContain('Confirmed');
      expect(stderr).toContain(
        'error: The function was changed in the workspace right after it was saved: not built by this project is there now. What somebody else saved meanwhile may be running. Run it again to see the new difference.\n',
      );
    }),
  TIMEOUT,
);

test.concurrent.each<[when: string, misbehaviours: readonly Misbehaviour[], creates: number]>([
  [
    'while you look',
    [
      { on: 'list', isAnswered: true },
      { on: 'list', isAnswered: true },
    ],
    0,
  ],
  ['while a rate limit is waited for', [{ on: 'create', status: 429, headers: { 'Retry-After': '0' } }], 1],
])(
  'where somebody creates a function of the name %s, there is no second one',
  (_, misbehaviours, creates) =>
    inWorkspace(async (api, run) => {
      const before = () => {
        api.add(outdated);
      };
      api.misbehave(
        ...misbehaviours.map((one, index) => ({
          ...one,
          ...(index === misbehaviours.length - 1 && { before }),
        })),
      );
      const { status, stderr } = await run();
      expect([status, api.count('create'), api.functions.length]).toEqual([1, creates, 1]);
      expect(stderr).toContain('error: There is a function of this name now.');
    }),
  TIMEOUT,
);

test.concurrent(
  'rate limits and trouble in Segment are waited for, as long as Segment asks, and told on stderr',
  () =>
    inWorkspace(async (api, run) => {
      const there = api.add(outdated);
      const limited = JSON.stringify({
        errors: [{ type: 'RequestError', message: 'Too many requests', data: { msBeforeNext: 20 } }],
      });
      api.misbehave(
        { on: 'list', status: 429, body: limited },
        { on: 'get', status: 503, headers: { 'Retry-After': '0' }, body: '<html>' },
        { on: 'get', isCut: true },
        { on: 'update', status: 502, isDone: true, headers: { 'Retry-After': new Date(0).toUTCString() } },
        { on: 'deploy', status: 429, headers: { 'Retry-After': '0' } },
      );
      const { status, stderr } = await run();
      expect([status, running(there), there.versions.length]).toEqual([0, built, 2]);
      expect(stderr).toMatch(
        new RegExp(
          [
            '^Segment did not list the functions: HTTP 429: Too many requests\\. Trying again in 0\\.0 s …',
            'Segment did not read the function: HTTP 503\\. Trying again in 0\\.0 s …',
            `${api.url} did not answer \\(.+\\)\\. Trying again in [0-9.]+ s …`,
            'Segment did not save the function: HTTP 502: as it was told, for \\[token\\]\\. Trying again in 0\\.0 s …',
            'Segment did not deploy the function: HTTP 429: as it was told, for \\[token\\]\\. Trying again in 0\\.0 s …\n$',
          ].join('\n'),
        ),
      );
    }),
  TIMEOUT,
);

test.concurrent(
  'a wait that Segment asks for takes as long as it says',
  () =>
    inWorkspace(async (api, run) => {
      const times: number[] = [];
      const before = () => {
        times.push(performance.now());
      };
      api.misbehave(
        { on: 'list', status: 429, headers: { 'Retry-After': '1' }, before },
        { on: 'list', isAnswered: true, before },
      );
      expect((await run(['--dry-run'])).stderr).toContain('Trying again in 1.0 s …\n');
      const [first = NaN, second = NaN] = times;
      expect(second - first).toBeGreaterThan(999);
    }),
  TIMEOUT,
);

test.concurrent(
  'after five attempts it gives up, and changes nothing',
  () =>
    inWorkspace(async (api, run) => {
      const there = api.add(outdated);
      api.misbehave(
        ...[1, 2, 3, 4, 5].map(
          () => ({ on: 'update', status: 500, headers: { 'Retry-After': '0' } }) as const,
        ),
      );
      const { status, stderr } = await run();
      expect([status, api.count('update'), saved(there)]).toEqual([1, 5, earlier]);
      expect(stderr.trimEnd().split('\n').at(-1)).toBe(
        'error: Segment did not save the function: HTTP 500: as it was told, for [token]. Run it again.',
      );
    }),
  TIMEOUT,
);

test.concurrent(
  'where Segment asks to wait for longer than two minutes, it says for how long',
  () =>
    inWorkspace(async (api, run) => {
      api.misbehave({ on: 'list', status: 429, headers: { 'Retry-After': '600' } });
      const { status, stderr } = await run();
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr:
          'error: Segment did not list the functions: HTTP 429: as it was told, for [token]. Run it again in 10 minutes.\n',
      });
    }),
  TIMEOUT,
);

test.concurrent.each<
  [what: string, misbehaviour: object, ends: { status: number; requests: number; functions: number }]
>([
  ['its answer is lost', { isDone: true, isCut: true }, { status: 0, requests: 1, functions: 1 }],
  ['a gateway answers in its place', { isDone: true, status: 504 }, { status: 0, requests: 1, functions: 1 }],
  ['it was not done, and nobody knows', { status: 504 }, { status: 1, requests: 1, functions: 0 }],
  [
    'Segment said to come again',
    { status: 429, headers: { 'Retry-After': '0' } },
    { status: 0, requests: 2, functions: 1 },
  ],
])(
  'a create whose end is unclear is looked for, never sent twice: %s',
  (_, misbehaviour, ends) =>
    inWorkspace(async (api, run) => {
      api.misbehave({ on: 'create', ...misbehaviour });
      const { status } = await run();
      expect({ status, requests: api.count('create'), functions: api.functions.length }).toEqual(ends);
    }),
  TIMEOUT,
);

test.concurrent.each<[what: string, isDone: boolean, other: Parameters<LocalApi['add']>[0]]>([
  ['another code', false, { ...current, code: earlier }],
  ['other settings', false, { ...current, settings: earlierSettings }],
  ['what was sent, twice', true, current],
])(
  'a create whose end is unclear takes nothing for its own where there is %s',
  (_, isDone, other) =>
    inWorkspace(async (api, run) => {
      const before = () => {
        api.add(other);
      };
      api.misbehave({ on: 'create', status: 504, isDone, before });
      const { status, stderr } = await run();
      expect([status, api.count('create'), api.count('deploy')]).toEqual([1, 1, 0]);
      expect(stderr).toBe(
        'error: Segment did not create the function: HTTP 504: as it was told, for [token]. Nobody knows whether it was done: look in Segment what is there (Connections → Catalog → Functions) before you run it again.\n',
      );
    }),
  TIMEOUT,
);

test.concurrent.each<[status: number, on: 'list' | 'create' | 'deploy', roles: string]>([
  [401, 'list', 'Functions Read-only or Functions Admin'],
  [403, 'create', 'Functions Admin'],
  [403, 'deploy', 'Functions Admin and Source Admin'],
])(
  'HTTP %d to "%s" says which permission the token needs: %s',
  (status, on, roles) =>
    inWorkspace(async (api, run) => {
      api.misbehave({ on, status });
      const answered = await run();
      expect(answered.status).toBe(1);
      expect(answered.stderr).toMatch(
        new RegExp(
          `^error: Segment did not .*: HTTP ${status}: as it was told, for \\[token\\]\\. SEGMENT_PUBLIC_API_TOKEN must be a token of this workspace, in this region \\(--region\\), with the role Workspace Owner, or ${roles}\\.\n$`,
        ),
      );
      expect(api.count(on)).toBe(1);
    }),
  TIMEOUT,
);

test.concurrent(
  "any other refusal shows Segment's message and field",
  () =>
    inWorkspace(async (api, run) => {
      api.add(outdated);
      const body = JSON.stringify({
        errors: [{ type: 'input-validation', message: '"code" is too long', field: 'code' }],
      });
      api.misbehave({ on: 'update', status: 422, body });
      const { status, stderr } = await run();
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: 'error: Segment did not save the function: HTTP 422: code: "code" is too long.\n',
      });
      expect((await run(['--yes', '--function', 'dfn_none'])).stderr).toBe(
        'error: Segment did not read the function: HTTP 404: function dfn_none was not found. Check the ID, and that the token is of the workspace where it is.\n',
      );
    }),
  TIMEOUT,
);

test.concurrent.each<[what: string, misbehaviour: object, message: RegExp]>([
  ['a redirect', { status: 302, headers: { Location: 'https://example.com/' } }, /HTTP 302/],
  [
    'a page instead of JSON',
    { status: 200, body: '<html>' },
    /answer when asked to list the functions is not the Public API's: /,
  ],
  ['an answer in another form', { status: 200, body: '{"data":{"functions":7}}' }, /: data\.functions: /],
])(
  '%s is told as such, and the token is sent nowhere else',
  (_, misbehaviour, message) =>
    inWorkspace(async (api, run) => {
      api.misbehave({ on: 'list', ...misbehaviour });
      const { status, stderr } = await run();
      expect(status).toBe(1);
      expect(stderr).toMatch(message);
      expect(operations(api)).toEqual(['workspace', 'list']);
    }),
  TIMEOUT,
);

test.concurrent(
  'where a save deploys already and Segment refuses the deploy of a Destination Function, the job is done',
  () =>
    inWorkspace(
      async (api, run) => {
        const there = api.add(outdated);
        const { status, stdout } = await run();
        expect([status, running(there)]).toEqual([0, built]);
        expect(stdout).toContain(`Confirmed: it runs ${version}, build ${digest}.\n`);

        expect((await run(['--yes', '--name', 'Another'])).stderr).toBe(
          'error: Segment did not deploy the function: HTTP 400: only source functions can be deployed. The function is saved: open it in Segment, and choose Save & Deploy there.\n',
        );
      },
      { isDeployedOnSave: true },
    ),
  TIMEOUT,
);

test.concurrent(
  'where Segment refuses the deploy, and nothing tells what runs, it is not said to run',
  () =>
    inWorkspace(
      async (api, run) => {
        api.add(outdated);
        api.misbehave({ on: 'listVersions', status: 404 }, { on: 'listVersions', status: 404 });
        const { status, stdout, stderr } = await run();
        expect([status, stdout.includes('Confirmed')]).toEqual([1, false]);
        expect(stderr).toContain(
          'The function is saved: open it in Segment, and choose Save & Deploy there.\n',
        );
      },
      { isDeployedOnSave: true, isLatestUntold: true },
    ),
  TIMEOUT,
);

test.concurrent(
  "--region eu talks to Segment's host in the EU",
  () =>
    inWorkspace(async (api) => {
      const there = api.add(outdated);
      const { status, stdout } = await deploy(['--yes', '--region', 'eu'], {
        preload: 'eu-host',
        env: { EU_STAND_IN: api.url },
      });
      expect([status, running(there)]).toEqual([0, built]);
      expect(stdout).toContain('Workspace at https://eu1.api.segmentapis.com\n');
    }),
  TIMEOUT,
);

test.concurrent(
  'versions lists what was saved: when, by whom, which build, the latest and the deployed one',
  () =>
    inWorkspace(
      async (api, run) => {
        const there = api.add(outdated);
        api.edit(there, 'async function onTrack() {}');
        api.edit(there, built);
        const { status, stdout } = await run(['versions']);
        expect(status).toBe(0);
        expect(shownAfter('npm run deploy -- versions')[0]).toBe(asInReadme(stdout, api.url));
        expect(api.count('listVersions')).toBe(2);
      },
      { pageLimit: 2 },
    ),
  TIMEOUT,
);

test.concurrent(
  'restore shows the diff, asks, makes the version the latest, and deploys it',
  () =>
    inWorkspace(async (api, run) => {
      const there = api.add(outdated);
      const [first] = there.versions;
      await run();
      const args = ['restore', first?.id ?? ''];
      const dry = await run([...args, '--dry-run', '--exit-code']);
      expect([dry.status, saved(there)]).toEqual([1, built]);

      // Nobody knows whether it was done: it is looked for, not done twice.
      api.misbehave({ on: 'restore', isDone: true, isCut: true });
      const { status, stdout } = await run(args, { answer: 'y' });
      expect(status).toBe(0);
      expect(stdout).toContain(`--- in Segment\n+++ version ${first?.id ?? ''}\n`);
      expect(stdout).toMatch(
        /Restore and deploy it\? \[y\/N\] Restored\.\nDeployed\.\nConfirmed: it runs 0\.0\.9, build [0-9a-f]{16}\.\n$/,
      );
      expect([running(there), there.versions.length, there.settings]).toEqual([earlier, 3, SETTINGS]);
      expect((await run(args)).stdout).toContain('Nothing to change');

      expect((await run(['restore', 'ver_none', '--yes'])).stderr).toContain(
        'version ver_none was not found',
      );
    }),
  TIMEOUT,
);

/** A function that runs a third code; saved are the earlier build, which is to be restored, and then the new one. */
function addVersions(api: LocalApi): { readonly there: StoredFunction; readonly args: readonly string[] } {
  const there = api.add({ ...current, code: foreign });
  api.edit(there, earlier);
  const restored = there.versions.at(-1)?.id ?? '';
  api.edit(there, built);
  return { there, args: ['restore', restored] };
}

test.concurrent.each<[what: string, circumstances: Circumstances, words: RegExp]>([
  ['a no', { answer: 'n' }, /Restore and deploy it\? \[y\/N\] Nothing was changed\.\n$/],
  ['no terminal and no --yes', {}, /error: Nothing was changed: there is no terminal to ask at\. /],
])(
  'restore with %s changes nothing, and exits with 1',
  (_, circumstances, words) =>
    inWorkspace(async (api, run) => {
      const { there, args } = addVersions(api);
      const { status, stdout, stderr } = await run(args, circumstances);
      expect(stdout + stderr).toMatch(words);
      expect([status, saved(there), running(there)]).toEqual([1, built, foreign]);
      expect(operations(api)).toEqual(['workspace', 'list', 'get', 'getVersion']);
    }),
  TIMEOUT,
);

test.concurrent(
  'restore --save-only restores without deploying; restore again explains, asks, and only deploys',
  () =>
    inWorkspace(async (api, run) => {
      const { there, args } = addVersions(api);
      const { status, stdout } = await run([...args, '--save-only'], { answer: 'y' });
      expect(stdout).toMatch(
        /Restore it\? \[y\/N\] Restored\.\nConfirmed: 0\.0\.9, build [0-9a-f]{16} is saved, and not deployed \(--save-only\)\.\n$/,
      );
      expect([status, saved(there), running(there)]).toEqual([0, earlier, foreign]);

      const again = await run(args, { answer: 'y' });
      expect(again.stdout).toMatch(
        /\nWhat is saved is version ver_\d+, but it is not deployed: a deploy was interrupted, or left for later\.\n\nDeploy it\? \[y\/N\] Deployed\.\n/,
      );
      expect([again.status, running(there), api.count('restore')]).toEqual([0, earlier, 1]);
    }),
  TIMEOUT,
);

test.concurrent.each<[when: string, misbehaviours: readonly Misbehaviour[], restores: number]>([
  [
    'while you look at the difference',
    [
      { on: 'get', isAnswered: true },
      { on: 'get', isAnswered: true },
    ],
    0,
  ],
  ['while a rate limit is waited for', [{ on: 'restore', status: 429, headers: { 'Retry-After': '0' } }], 1],
])(
  'where somebody edits %s, restore overwrites nothing',
  (_, misbehaviours, restores) =>
    inWorkspace(async (api, run) => {
      const { there, args } = addVersions(api);
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
      const { status, stderr } = await run([...args, '--yes']);
      expect(stderr).toContain(
        'error: The function was changed in the workspace after its difference was shown',
      );
      expect([status, saved(there), running(there)]).toEqual([1, edit, foreign]);
      expect([api.count('restore'), api.count('deploy')]).toEqual([restores, 0]);
    }),
  TIMEOUT,
);

test.concurrent.each<[args: readonly string[], on: Misbehaviour['on']]>([
  [['versions'], 'listVersions'],
  [['restore', 'ver_1', '--yes'], 'getVersion'],
])(
  'HTTP 404 to %j says that versions may not be enabled, and where else they are',
  (args, on) =>
    inWorkspace(async (api, run) => {
      api.add(outdated);
      api.misbehave({ on, status: 404 });
      const { status, stderr } = await run(args);
      expect(status).toBe(1);
      expect(stderr).toContain(
        'It may also be that Functions Versioning is not enabled for the workspace; the editor in Segment restores earlier versions too.\n',
      );
    }),
  TIMEOUT,
);

test.concurrent(
  'what is in the workspace does not steer the terminal, and a token in it is masked',
  () =>
    inWorkspace(async (api, run) => {
      api.add({ ...current, code: `// ${TOKEN}\n// \u001b[2J\u202e\u0007\u001b[31m\n${built}` });
      const { stdout } = await run(['--dry-run']);
      expect(stdout).toContain('-// [token]\n-// \\u{1b}[2J\\u{202e}\\u{7}\u001b[31m\n');
    }),
  TIMEOUT,
);

test.concurrent.each<[what: string, args: readonly string[], env: Record<string, string>, line: RegExp]>([
  [
    'no token',
    [],
    { SEGMENT_PUBLIC_API_TOKEN: '' },
    /^error: SEGMENT_PUBLIC_API_TOKEN is not set: expected a Public API token/,
  ],
  [
    'an address and a region',
    ['--region', 'eu'],
    { SEGMENT_PUBLIC_API_URL: 'https://example.com' },
    /^error: --region and SEGMENT_PUBLIC_API_URL both say/,
  ],
  [
    'another region',
    ['--region', 'asia'],
    {},
    /^error: option '--region <region>': this value is not taken\. Allowed choices are us, eu\.$/m,
  ],
  [
    'an ID that leaves its path',
    ['--function', '../sources'],
    {},
    /Expected an ID of letters, digits, "_" and "-"/,
  ],
  [
    'an ID and a name',
    ['--function', 'dfn_1', '--name', 'One'],
    {},
    /^error: option '--function <id>' cannot be used with option '--name <name>'$/m,
  ],
  ['--exit-code alone', ['--exit-code'], {}, /^error: --exit-code goes with --dry-run: add it\.$/m],
  [
    'a token as an argument',
    [`--token=${TOKEN}`],
    { SEGMENT_PUBLIC_API_TOKEN: '' },
    /^error: unknown option: --help lists those that there are\.$/m,
  ],
  ...(
    [
      ['an option that begins with it', [`--${TOKEN}`], 'unknown option: --help lists'],
      ['a region', ['--region', TOKEN], "option '--region <region>': this value is not taken\\."],
      ['an ID', ['--function', `${TOKEN}=`], "option '--function <id>': this value is not taken\\. Expected"],
      [
        'a version',
        ['restore', `${TOKEN}=`],
        "argument 'version': this value is not taken\\. Expected an ID",
      ],
      ['a command', [TOKEN], 'too many arguments\\.'],
      ['one argument more', ['restore', 'ver_1', TOKEN], "too many arguments for 'restore'\\."],
    ] as const
  ).map(([what, args, message]): [string, readonly string[], Record<string, string>, RegExp] => [
    `a token as ${what}`,
    args,
    { SEGMENT_PUBLIC_API_TOKEN: '' },
    new RegExp(`^error: ${message}`),
  ]),
  [
    'a workflow without its secret',
    ['--region', 'us', '--dry-run', '--exit-code'],
    { SEGMENT_PUBLIC_API_TOKEN: '' },
    /^error: SEGMENT_PUBLIC_API_TOKEN is not set: /,
  ],
  ['too much', ['deploy'], {}, /^error: too many arguments/],
  ['--yes to versions', ['versions', '--yes'], {}, /^error: versions does not take --yes: leave it out\.$/m],
  [
    '--remove-settings to restore',
    ['restore', 'ver_1', '--remove-settings'],
    {},
    /^error: restore does not take --remove-settings: leave it out\.$/m,
  ],
  ['restore without a version', ['restore'], {}, /^error: missing required argument 'version'$/m],
])(
  '%s is one clear line, and exit code 2',
  async (_, args, env, line) => {
    const { status, stdout, stderr } = await deploy(args, { env });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  },
  TIMEOUT,
);

test.concurrent(
  'a function of another kind is not touched',
  () =>
    inWorkspace(async (api, run) => {
      const { id } = api.add({ displayName: NAME, resourceType: 'SOURCE' });
      const { status, stderr } = await run(['--yes', '--function', id]);
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: `error: ${id} (${NAME}) is a SOURCE function: expected a DESTINATION function.\n`,
      });
      expect((await run(['versions'])).stderr).toContain(
        `error: There is no function ${NAME} in the workspace.`,
      );
    }),
  TIMEOUT,
);

test.concurrent(
  '--help lists the options, variables and exit codes that the README lists',
  async () => {
    const { status, stdout } = await deploy(['--help']);
    expect(status).toBe(0);
    const section = /\n## Deploy from the command line\n(.*?)\n## /s.exec(readme)?.[1] ?? '';
    const cells = [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, cell = '']) => cell);
    const options = [...stdout.matchAll(/^ {2}(--[\w-]+(?: <\w+>)?)/gm)].map(([, option = '']) => option);
    expect(options).toHaveLength(8);
    expect(cells.filter((cell) => cell.startsWith('--'))).toEqual(options);
    expect(cells.filter((cell) => /^[A-Z_]+$/.test(cell))).toEqual(stdout.match(/SEGMENT_\w+/g));
    expect(cells.filter((cell) => /^\d+$/.test(cell))).toEqual(
      [...stdout.matchAll(/^ {2}(\d+) /gm)].map(([, code]) => code),
    );
  },
  TIMEOUT,
);

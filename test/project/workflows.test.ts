// The workflows in .github: read as GitHub reads them, and held against the commands that they run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { scripts, version } from '../../package.json';
import { ROOT } from '../../scripts/cli/project';
import { EXAMPLE, readConfig } from '../../scripts/deploy/environments';
import { createFolder } from '../support/command';
import { documentation } from '../support/documentation';

const FOLDER = path.join(ROOT, '.github/workflows');

/** How each deploy says which environment; without one, which workspace and function, if the repository names them. */
const WHERE =
  ' ${ENVIRONMENT:+--env "$ENVIRONMENT"} ${SEGMENT_REGION:+--region "$SEGMENT_REGION"} ${SEGMENT_FUNCTION:+--function "$SEGMENT_FUNCTION"}';

/** Whether there is a secret for what follows in a job of the drift workflow. */
const IS_THERE = "steps.token.outputs.isThere == 'true'";

const STEP = z.strictObject({
  name: z.string().optional(),
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const PERMISSIONS = z.record(z.string(), z.enum(['read', 'write']));
const STEPS_JOB = z.strictObject({
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  if: z.string().optional(),
  strategy: z
    .strictObject({
      'max-parallel': z.number().optional(),
      'fail-fast': z.boolean(),
      matrix: z.union([
        z.strictObject({ environment: z.string() }),
        z.strictObject({ 'node-version': z.array(z.number()) }),
      ]),
    })
    .optional(),
  environment: z.string().optional(),
  outputs: z.record(z.string(), z.string()).optional(),
  'runs-on': z.literal('ubuntu-latest'),
  'timeout-minutes': z.number(),
  permissions: PERMISSIONS.optional(),
  env: z.record(z.string(), z.string()).optional(),
  steps: z.array(STEP),
});
const JOB = z.union([z.strictObject({ uses: z.string() }), STEPS_JOB]);
const WORKFLOW = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.string().optional(),
  jobs: z.record(z.string(), JOB),
});

function read(file: string) {
  const document = parseDocument(readFileSync(path.join(FOLDER, file), 'utf8'), { version: '1.2' });
  expect([...document.errors, ...document.warnings]).toEqual([]);
  return WORKFLOW.parse(document.toJS());
}
const jobsOf = (file: string) =>
  Object.entries(read(file).jobs).flatMap(([name, job]) => ('steps' in job ? [{ name, ...job }] : []));
const stepsOf = (file: string) => jobsOf(file).flatMap(({ steps }) => steps);
const commandsIn = (steps: readonly z.infer<typeof STEP>[]) =>
  steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
const runsOf = (file: string) => commandsIn(stepsOf(file));
/** A job that works on each environment, or on the one without a name. */
const jobOf = (file: string, name: string) => STEPS_JOB.parse(read(file).jobs[name]);
/** What the job does in Segment. */
const deploysOf = (file: string, name: string) =>
  commandsIn(jobOf(file, name).steps)
    .filter((run) => run.startsWith('npm run deploy'))
    .map((run) => run.replace(WHERE, ''));

/** Runs a step as GitHub does, and gives how it ends, what it prints and the outputs that it sets. */
function runStep(
  { run = '' }: z.infer<typeof STEP> = {},
  {
    commands = {},
    cwd = ROOT,
    env = {},
  }: {
    /** Programs that stand in for others. */
    readonly commands?: Readonly<Record<string, string>>;
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
  },
) {
  const folder = mkdtempSync(path.join(tmpdir(), 'step-'));
  const outputs = path.join(folder, 'outputs');
  writeFileSync(outputs, '');
  for (const [command, script] of Object.entries(commands)) {
    writeFileSync(path.join(folder, command), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  }
  const { status, stdout } = spawnSync('bash', ['-ec', run], {
    cwd,
    env: { PATH: `${folder}:${process.env['PATH'] ?? ''}`, GITHUB_OUTPUT: outputs, ...env },
    encoding: 'utf8',
  });
  const ends = { status, stdout, outputs: readFileSync(outputs, 'utf8') };
  rmSync(folder, { recursive: true });
  return ends;
}

describe.each(readdirSync(FOLDER).sort())('%s', (file) => {
  test('is a workflow of pinned actions that may only read, but for the release', () => {
    const { jobs } = read(file);
    for (const { uses } of stepsOf(file)) {
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
    }
    const writing = Object.entries(jobs).filter(([, job]) => 'permissions' in job);
    expect(writing.map(([name]) => name)).toEqual(file === 'deploy.yml' ? ['release'] : []);
  });

  test('runs only commands that there are', () => {
    const runs = runsOf(file);
    expect(runs.length).toBeGreaterThan(0);
    for (const run of runs) {
      const [, name] = /^npm run ([\w:-]+)/.exec(run) ?? [];
      if (name !== undefined) expect(Object.keys(scripts)).toContain(name);
    }
  });

  test('gives the tokens to the commands that need them only, and never as an argument', () => {
    for (const { run = '', env = {} } of stepsOf(file)) {
      expect(run).not.toMatch(/\$\{?\w*TOKEN|\$\{\{/);
      expect('SEGMENT_PUBLIC_API_TOKEN' in env).toBe(run.startsWith('npm run deploy -- '));
      expect('TIKTOK_ACCESS_TOKEN' in env).toBe(run.startsWith('npm run deploy -- settings '));
    }
    const secrets = [
      ...readFileSync(path.join(FOLDER, file), 'utf8').matchAll(/^ *(\w+):.*\bsecrets\b(.*)/gm),
    ];
    for (const [, variable = '', secret] of secrets) {
      const isAsked = variable === 'HAS_SECRET';
      expect(secret).toBe(isAsked ? ".SEGMENT_PUBLIC_API_TOKEN != '' }}" : `.${variable} }}`);
    }
  });
});

test('CI runs every check on every push to a branch and on every pull request, and is what a deploy waits for', () => {
  expect(read('ci.yml').on).toMatchObject({ push: { branches: ['**'] }, pull_request: null });
  expect(read('ci.yml').jobs).toMatchObject({
    ci: { strategy: { 'fail-fast': false, matrix: { 'node-version': [20, 22, 24] } } },
  });
  const [setUp] = stepsOf('ci.yml').filter(({ uses = '' }) => uses.startsWith('actions/setup-node@'));
  expect(setUp?.with).toMatchObject({ 'node-version': '${{ matrix.node-version }}' });
  expect(runsOf('ci.yml')).toEqual(['bash .ci/run']);
  const commands = readFileSync(path.join(ROOT, '.ci/run'), 'utf8').split('\n');
  expect(commands.filter((line) => /^np[mx] /.test(line))).toEqual([
    'npm ci --no-audit --no-fund',
    'npm run lint & lint=$!',
    'npm run typecheck',
    'npm run bundle',
    'npm start',
    'npm run check -- examples/store-cases.json --settings examples/store-settings.json --expect',
    'npm run bench -- --smoke & bench=$!',
    'npm run simulate -- --events 3000',
    'npm run test:browser',
    'npx tsx test/runtimes.ts',
    'npm test -- --ci --json --outputFile="$results" || status=$?',
  ]);
  expect(read('deploy.yml').jobs).toMatchObject({
    ci: { uses: './.github/workflows/ci.yml' },
    environments: { needs: 'ci' },
    difference: { needs: 'environments' },
    deploy: { needs: ['environments', 'difference'] },
    release: { needs: 'ci' },
  });
});

test('a tag shows the difference, deploys, checks that none is left, and releases the bundle', () => {
  expect(read('deploy.yml').on).toEqual({ push: { tags: ['v*'] } });
  const isCode = (run: string) => !run.includes(' settings ');
  expect(deploysOf('deploy.yml', 'difference').filter(isCode)).toEqual(['npm run deploy -- --dry-run']);
  expect(deploysOf('deploy.yml', 'deploy').filter(isCode)).toEqual([
    'npm run deploy -- --yes',
    'npm run deploy -- --dry-run --exit-code',
  ]);
  expect(commandsIn(jobOf('deploy.yml', 'release').steps).slice(-2)).toEqual([
    'npm run bundle',
    'gh release create "$GITHUB_REF_NAME" dist/destination.js --verify-tag --generate-notes',
  ]);
});

describe('with several environments', () => {
  const IS_ENVIRONMENT = "matrix.environment != ''";
  const READS = "${{ matrix.environment && format('{0}-read', matrix.environment) }}";

  test('the difference in code and settings is shown for each before the first approval', () => {
    const { strategy, environment } = jobOf('deploy.yml', 'difference');
    expect(strategy).toEqual({
      'fail-fast': false,
      matrix: { environment: '${{ fromJSON(needs.environments.outputs.names) }}' },
    });
    expect(environment).toBe(READS);
    expect(deploysOf('deploy.yml', 'difference')).toEqual([
      'npm run deploy -- --dry-run',
      'npm run deploy -- settings --env "$ENVIRONMENT" --dry-run',
    ]);
  });

  test('a tag goes from one to the next, each with its own approval: the code, the settings, and a check of both', () => {
    const { strategy, environment } = jobOf('deploy.yml', 'deploy');
    expect(strategy).toEqual({
      'max-parallel': 1,
      'fail-fast': true,
      matrix: { environment: '${{ fromJSON(needs.environments.outputs.names) }}' },
    });
    expect(environment).toBe('${{ matrix.environment }}');
    expect(deploysOf('deploy.yml', 'deploy')).toEqual([
      'npm run deploy -- --yes',
      'npm run deploy -- settings --env "$ENVIRONMENT" --yes',
      'npm run deploy -- --dry-run --exit-code',
      'npm run deploy -- settings --env "$ENVIRONMENT" --dry-run --exit-code',
    ]);
  });

  test('each is compared with the release every morning, without an approval, also after one that differs', () => {
    expect(read('drift.yml').on).toEqual({ schedule: [{ cron: '17 6 * * *' }], workflow_dispatch: null });
    const { strategy, environment, if: condition } = jobOf('drift.yml', 'drift');
    expect({ strategy, environment, condition }).toEqual({
      strategy: {
        'fail-fast': false,
        matrix: { environment: '${{ fromJSON(needs.release.outputs.environments) }}' },
      },
      environment: READS,
      condition: "needs.release.outputs.tag != ''",
    });
    expect(deploysOf('drift.yml', 'drift')).toEqual([
      'npm run deploy -- --dry-run --exit-code',
      'npm run deploy -- settings --env "$ENVIRONMENT" --dry-run --exit-code',
    ]);
  });

  test('without segment.config.json, no settings are looked at', () => {
    const steps = [...stepsOf('deploy.yml'), ...stepsOf('drift.yml')];
    const settings = steps.filter(({ run }) => run?.startsWith('npm run deploy -- settings '));
    expect(settings.map((step) => step.if)).toEqual([
      ...[IS_ENVIRONMENT, IS_ENVIRONMENT, IS_ENVIRONMENT],
      `\${{ !cancelled() && ${IS_THERE} && ${IS_ENVIRONMENT} }}`,
    ]);
  });

  test('the variables that the workflows set are those of the documentation', async () => {
    const secrets = [...stepsOf('deploy.yml'), ...stepsOf('drift.yml')].flatMap(({ env = {} }) =>
      Object.entries(env).filter(([name, value]) => value === `\${{ secrets.${name} }}`),
    );
    const variables = [...new Set(secrets.map(([name]) => name))];
    expect(variables).toEqual(['SEGMENT_PUBLIC_API_TOKEN', 'TIKTOK_ACCESS_TOKEN']);
    const names = variables.map((name) => `\`${name}\``).join(' and ');
    expect(documentation).toContain(
      ` each with the secrets ${names}. Use these two names in \`segment.config.json\` and in the settings files: the workflows set no others.`,
    );
    for (const { token } of (await readConfig(EXAMPLE)).values()) expect(variables).toContain(token.env);
  });

  test.each([
    ['deploy.yml', 'environments'],
    ['drift.yml', 'release'],
  ])('%s takes their names from segment.config.json', (file, job) => {
    const { steps, outputs } = jobOf(file, job);
    expect(Object.values(outputs ?? {})).toContain('${{ steps.read.outputs.names }}');
    const step = steps.find(({ id }) => id === 'read');
    const folder = createFolder();
    const run = (npm: string) => runStep(step, { cwd: folder.folder, commands: { npm } });
    // Without the file, npm is not needed: an earlier release does not know the command.
    expect(run('exit 1')).toEqual({ status: 0, stdout: '', outputs: 'names=[""]\n' });
    folder.file('segment.config.json', EXAMPLE);
    expect(run('echo "[\\"$*\\"]"')).toEqual({
      status: 0,
      stdout: '',
      outputs: 'names=["run --silent deploy -- environments"]\n',
    });
    expect(run('exit 2')).toEqual({ status: 2, stdout: '', outputs: '' });
    folder.remove();
  });
});

test.each([
  [`v${version}`, 0],
  [version, 1],
  ['v99.0.0', 1],
])('the tag %s is taken for the version in package.json with exit code %d', (tag, status) => {
  const checks = runsOf('deploy.yml').filter((run) => run.startsWith('test '));
  const env = { ...process.env, GITHUB_REF_NAME: tag };
  // Before the deploy, and before the release, which does not wait for it.
  expect(checks.map((check) => spawnSync('bash', ['-ec', check], { cwd: ROOT, env }).status)).toEqual([
    status,
    status,
  ]);
});

test.each<[env: Readonly<Record<string, string>>, words: readonly string[]]>([
  [{}, []],
  [{ SEGMENT_REGION: 'eu' }, ['--region', 'eu']],
  [{ SEGMENT_FUNCTION: 'dfn_1' }, ['--function', 'dfn_1']],
  [
    { SEGMENT_REGION: 'us', SEGMENT_FUNCTION: 'dfn_1 --yes' },
    ['--region', 'us', '--function', 'dfn_1 --yes'],
  ],
  [{ ENVIRONMENT: 'staging' }, ['--env', 'staging']],
])('with the variables %j, each deploy of the code gets the words %j', (env, words) => {
  const deploys = [...runsOf('deploy.yml'), ...runsOf('drift.yml')].filter((run) => run.includes(WHERE));
  expect(deploys).toHaveLength(4);
  // Whatever is in a variable is one word.
  expect(runStep({ run: `printf '%s|' ${WHERE}` }, { env }).stdout).toBe([...words, ''].join('|') || '|');
});

test('each job in Segment is told its environment; only without one, the region and the function of the repository', () => {
  for (const { name, env } of [...jobsOf('deploy.yml'), ...jobsOf('drift.yml')]) {
    if (!['difference', 'deploy', 'drift'].includes(name)) {
      expect({ name, env }).toEqual({ name, env: undefined });
      continue;
    }
    expect({ name, env }).toEqual({
      name,
      env: {
        ENVIRONMENT: '${{ matrix.environment }}',
        SEGMENT_REGION: "${{ !matrix.environment && vars.SEGMENT_REGION || '' }}",
        SEGMENT_FUNCTION: "${{ !matrix.environment && vars.SEGMENT_FUNCTION || '' }}",
      },
    });
  }
});

test.each<[what: string, gh: string, ends: object]>([
  [
    'a release: it is checked out',
    'echo v1.2.3',
    { status: 0, stdout: 'git checkout v1.2.3\n', outputs: 'tag=v1.2.3\n' },
  ],
  [
    'no release: it ends well, and says so',
    ':',
    { status: 0, stdout: '::notice::There is no release yet: nothing was compared.\n', outputs: '' },
  ],
  ['GitHub not to be reached: it fails', 'exit 4', { status: 4, stdout: '', outputs: '' }],
])('the drift workflow with %s', (_, gh, ends) => {
  const { steps, outputs } = jobOf('drift.yml', 'release');
  expect(outputs?.['tag']).toBe('${{ steps.release.outputs.tag }}');
  const at = steps.findIndex(({ id }) => id === 'release');
  expect(runStep(steps[at], { commands: { gh, git: 'echo git "$@"' } })).toEqual(ends);
  const after = steps.slice(at + 1);
  expect(after.map((step) => step.if)).toEqual(after.map(() => "steps.release.outputs.tag != ''"));
});

test.each<[what: string, env: Readonly<Record<string, string>>, ends: object]>([
  ['the secret: it compares', { HAS_SECRET: 'true' }, { status: 0, stdout: '', outputs: 'isThere=true\n' }],
  [
    'no secret: it ends well, and says so',
    { HAS_SECRET: 'false' },
    {
      status: 0,
      stdout: '::notice::The secret SEGMENT_PUBLIC_API_TOKEN is not set: nothing was compared.\n',
      outputs: '',
    },
  ],
  [
    'no secret in an environment: it ends well, and says where',
    { HAS_SECRET: 'false', ENVIRONMENT: 'staging' },
    {
      status: 0,
      stdout:
        '::notice::The secret SEGMENT_PUBLIC_API_TOKEN is not set in staging-read: nothing was compared.\n',
      outputs: '',
    },
  ],
])('the drift workflow with %s', (_, env, ends) => {
  const { steps } = jobOf('drift.yml', 'drift');
  const [look, ...after] = steps;
  expect(look?.id).toBe('token');
  expect(runStep(look, { env })).toEqual(ends);
  expect(after.map((step) => step.if)).toEqual(after.map(() => expect.stringContaining(IS_THERE)));
});

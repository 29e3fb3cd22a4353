// The workflows in .github: read as GitHub reads them, and held against the commands that they run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/cli/project';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { scripts, version } from '../../package.json';

const FOLDER = path.join(ROOT, '.github/workflows');

/** How each deploy says which workspace, and which function of it where the repository names one. */
const WHERE = ' --region "$SEGMENT_REGION" ${SEGMENT_FUNCTION:+--function "$SEGMENT_FUNCTION"}';

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
const JOB = z.union([
  z.strictObject({ uses: z.string() }),
  z.strictObject({
    needs: z.string().optional(),
    'runs-on': z.literal('ubuntu-latest'),
    'timeout-minutes': z.number(),
    strategy: z
      .strictObject({
        'fail-fast': z.boolean(),
        matrix: z.strictObject({ 'node-version': z.array(z.number()) }),
      })
      .optional(),
    permissions: PERMISSIONS.optional(),
    env: z.record(z.string(), z.string()).optional(),
    steps: z.array(STEP),
  }),
]);
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
const stepsOf = (file: string) =>
  Object.values(read(file).jobs).flatMap((job) => ('steps' in job ? job.steps : []));
const runsOf = (file: string) => stepsOf(file).flatMap(({ run }) => (run === undefined ? [] : [run]));

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

  test('gives the token to the deploy command only, and never as an argument', () => {
    for (const { run = '', env = {} } of stepsOf(file)) {
      expect(run).not.toMatch(/\$\{?\w*TOKEN|\$\{\{/);
      expect('SEGMENT_PUBLIC_API_TOKEN' in env).toBe(run.startsWith('npm run deploy -- '));
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
    'npm run lint',
    'npm run typecheck',
    'npm run bundle',
    'npm start',
    'npm run bench -- --smoke',
    'npm run simulate -- --events 3000',
    'npm run test:browser',
    'npx tsx test/runtimes.ts',
    'npm test -- --ci --json --outputFile="$results" || status=$?',
  ]);
  expect(read('deploy.yml').jobs).toMatchObject({
    ci: { uses: './.github/workflows/ci.yml' },
    deploy: { needs: 'ci' },
    release: { needs: 'ci' },
  });
});

test('a tag shows the difference, deploys, checks that none is left, and releases the bundle', () => {
  expect(read('deploy.yml').on).toEqual({ push: { tags: ['v*'] } });
  const deploys = runsOf('deploy.yml').filter((run) => /^npm run (?:deploy|bundle)|^gh /.test(run));
  expect(deploys.map((run) => run.replace(WHERE, ''))).toEqual([
    'npm run deploy -- --dry-run',
    'npm run deploy -- --yes',
    'npm run deploy -- --dry-run --exit-code',
    'npm run bundle',
    'gh release create "$GITHUB_REF_NAME" dist/destination.js --verify-tag --generate-notes',
  ]);
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

test.each(['', 'dfn_1', 'dfn_1 --yes'])(
  'with SEGMENT_FUNCTION "%s", each deploy names that function, if any',
  (id) => {
    const deploys = [...runsOf('deploy.yml'), ...runsOf('drift.yml')].filter((run) => run.includes(WHERE));
    expect(deploys).toHaveLength(4);
    const env = { ...process.env, SEGMENT_REGION: 'us', SEGMENT_FUNCTION: id };
    const words = `printf '%s|' ${WHERE}`;
    const { stdout } = spawnSync('bash', ['-ec', words], { env, encoding: 'utf8' });
    // Whatever is in the variable is one word.
    expect(stdout).toBe(['--region', 'us', ...(id === '' ? [] : ['--function', id]), ''].join('|'));
  },
);

test.each<[what: string, gh: string, hasSecret: string, ends: object]>([
  [
    'a release and the secret: it is checked out',
    'echo v1.2.3',
    'true',
    { status: 0, stdout: 'git checkout v1.2.3\n', output: 'isThere=true\n' },
  ],
  [
    'no release: it ends well, and says so',
    ':',
    'true',
    { status: 0, stdout: '::notice::There is no release yet: nothing was compared.\n', output: '' },
  ],
  [
    'no secret: it ends well, and says so',
    'echo v1.2.3',
    'false',
    {
      status: 0,
      stdout: '::notice::The secret SEGMENT_PUBLIC_API_TOKEN is not set: nothing was compared.\n',
      output: '',
    },
  ],
  ['GitHub not to be reached: it fails', 'exit 4', 'true', { status: 4, stdout: '', output: '' }],
])('the drift workflow with %s', (_, gh, hasSecret, ends) => {
  const steps = stepsOf('drift.yml');
  const [look] = steps.filter(({ id }) => id === 'release');
  const folder = mkdtempSync(path.join(tmpdir(), 'drift-'));
  const output = path.join(folder, 'output');
  writeFileSync(output, '');
  for (const [command, script] of Object.entries({ gh, git: 'echo git "$@"' })) {
    writeFileSync(path.join(folder, command), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  }
  const env = {
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    GITHUB_OUTPUT: output,
    HAS_SECRET: hasSecret,
  };
  const { status, stdout } = spawnSync('bash', ['-ec', look?.run ?? ''], { env, encoding: 'utf8' });
  expect({ status, stdout, output: readFileSync(output, 'utf8') }).toEqual(ends);
  rmSync(folder, { recursive: true });
  const after = steps.slice(steps.findIndex(({ id }) => id === 'release') + 1);
  expect(after.map((step) => step.if)).toEqual(after.map(() => "steps.release.outputs.isThere == 'true'"));
});

// What may be typed behind npm run deploy, and what it says to anything else.
import { describe, expect, test } from '@jest/globals';
import { npmRunDeploy, TOKEN } from '../../support/deploy';
import { table } from '../../support/documentation';

const NO_TOKEN = { SEGMENT_PUBLIC_API_TOKEN: '' };

describe('one clear line, and exit code 2', () => {
  test.concurrent.each<
    [what: string, args: readonly string[], env: Readonly<Record<string, string>>, line: RegExp]
  >([
    [
      'without a token',
      [],
      NO_TOKEN,
      /^error: SEGMENT_PUBLIC_API_TOKEN is not set: expected a Public API token/,
    ],
    [
      'in a workflow without its secret',
      ['--region', 'us', '--dry-run', '--exit-code'],
      NO_TOKEN,
      /^error: SEGMENT_PUBLIC_API_TOKEN is not set: /,
    ],
    [
      'for an address and a region',
      ['--region', 'eu'],
      { SEGMENT_PUBLIC_API_URL: 'https://example.com' },
      /^error: The region and SEGMENT_PUBLIC_API_URL both say/,
    ],
    [
      'for another region',
      ['--region', 'asia'],
      {},
      /^error: option '--region <region>': this value is not accepted\. Allowed choices are us, eu\.$/m,
    ],
    [
      'for an ID that leaves its path',
      ['--function', '../sources'],
      {},
      /Expected an ID of letters, digits, "_" and "-"/,
    ],
    [
      'for an ID and a name',
      ['--function', 'dfn_1', '--name', 'One'],
      {},
      /^error: option '--function <id>' cannot be used with option '--name <name>'$/m,
    ],
    [
      'for --exit-code alone',
      ['--exit-code'],
      {},
      /^error: --exit-code works only with --dry-run: add it\.$/m,
    ],
    ['for too many arguments', ['deploy'], {}, /^error: too many arguments/],
    [
      'for --yes to versions',
      ['versions', '--yes'],
      {},
      /^error: versions does not take --yes: leave it out\.$/m,
    ],
    [
      'for --remove-settings to restore',
      ['restore', 'ver_1', '--remove-settings'],
      {},
      /^error: restore does not take --remove-settings: leave it out\.$/m,
    ],
    [
      'for --save-only, which nobody can promise',
      ['--save-only'],
      {},
      /^error: unknown option: --help lists the options\.$/m,
    ],
    ['for restore without a version', ['restore'], {}, /^error: missing required argument 'version'$/m],
    [
      'for the token as an option',
      [`--token=${TOKEN}`],
      NO_TOKEN,
      /^error: unknown option: --help lists the options\.$/m,
    ],
    [
      'for the token as the name of an option',
      [`--${TOKEN}`],
      NO_TOKEN,
      /^error: unknown option: --help lists/,
    ],
    [
      'for the token as a region',
      ['--region', TOKEN],
      NO_TOKEN,
      /^error: option '--region <region>': this value is not accepted\./,
    ],
    [
      'for the token as an ID',
      ['--function', `${TOKEN}=`],
      NO_TOKEN,
      /^error: option '--function <id>': this value is not accepted\. Expected/,
    ],
    [
      'for the token as a version',
      ['restore', `${TOKEN}=`],
      NO_TOKEN,
      /^error: argument 'version': this value is not accepted\. Expected an ID/,
    ],
    ['for the token as a command', [TOKEN], NO_TOKEN, /^error: too many arguments\./],
    [
      'for the token as one argument more',
      ['restore', 'ver_1', TOKEN],
      NO_TOKEN,
      /^error: too many arguments for 'restore'\./,
    ],
  ])('%s', async (_, args, env, line) => {
    const { status, stdout, stderr } = await npmRunDeploy(args, { env });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

test('--help lists the options, variables and exit codes that the documentation lists', async () => {
  const { status, stdout } = await npmRunDeploy(['--help']);
  expect(status).toBe(0);
  const listed = (...head: readonly string[]) =>
    table(...head).map(([cell = '']) => cell.replaceAll('`', ''));
  const options = [...stdout.matchAll(/^ {2}(--[\w-]+(?: <\w+>)?)/gm)].map(([, option = '']) => option);
  expect(options).toHaveLength(8);
  expect(listed('Option', 'What it does')).toEqual(options);
  expect(listed('Variable')).toEqual(stdout.match(/SEGMENT_\w+/g));
  expect(listed('Exit code')).toEqual([...stdout.matchAll(/^ {2}(\d+) /gm)].map(([, code]) => code));
});

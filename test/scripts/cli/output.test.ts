// The commands' output, if nobody reads it or it cannot be written: the work is finished, and the exit code says how it went.
import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../../scripts/cli/project';
import { commandFile } from '../../support/compile';

/** @param to what follows the command in the shell. */
function run([name = '', ...args]: readonly string[], to: string) {
  const script = `set -o pipefail; "$0" "$@" ${to}`;
  const command = [process.execPath, commandFile(name), ...args];
  const { status, stderr } = spawnSync('bash', ['-c', script, ...command], { cwd: ROOT, encoding: 'utf8' });
  return { status, stderr };
}

const SIMULATION = ['simulate', '--events', '20', '--failures', '0'];
test.each([
  [SIMULATION, 0],
  [['bundle'], 0],
])('%j finishes its work for a reader that has closed the pipe', (command, status) => {
  expect(run(command, '| true')).toEqual({ status, stderr: '' });
});

test.each([[SIMULATION], [['bundle']]])('%j is not a success if its output cannot be written', (command) => {
  expect(run(command, '> /dev/full')).toEqual({
    status: 2,
    stderr: 'error: cannot write to the standard output (ENOSPC)\n',
  });
});

// A program: runs the tests of the bundle (test/function) as it may find Segment's runtime: without each global that only
// one of Segment's two descriptions has, without any of them, and on the Node.js of new deployments.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { ROOT } from '../scripts/cli/project';
import { OPTIONAL_GLOBALS, type OptionalGlobal } from '../scripts/local/segment/globals';

/** What Segment deploys on; an environment may be older until its next deployment. */
const NODE_OF_SEGMENT = '22';

interface Variant {
  readonly missing: readonly OptionalGlobal[];
  /** The program of Node.js. */
  readonly node: string;
}

const { pages, shim } = OPTIONAL_GLOBALS;
const all = [...pages, ...shim];
const newer = fetchNode(NODE_OF_SEGMENT);
const VARIANTS: readonly Variant[] = [
  // Without the globals of the shim, one by one would show no more: the bundle uses none of them but the timers.
  ...[...pages.map((name) => [name]), shim, all].map((missing) => ({ missing, node: process.execPath })),
  ...[[], all].map((missing) => ({ missing, node: newer })),
];

for (const { missing, node } of VARIANTS) {
  const version = output(node, ['--version']);
  const without = missing.length === 0 ? 'all globals' : `without ${missing.join(', ')}`;
  console.log(`The tests of the bundle on Node.js ${version}, ${without}`);
  const { status } = spawnSync(
    node,
    [createRequire(__filename).resolve('jest/bin/jest'), 'test/function', '--ci', '--reporters', 'summary'],
    { cwd: ROOT, stdio: 'inherit', env: { ...process.env, MISSING_GLOBALS: missing.join(',') } },
  );
  if (status !== 0) process.exit(1);
}

/**
 * Fetches another version of Node.js through npm, by the package that holds the program for this machine: it has no
 * install script.
 *
 * @returns the program's path.
 */
function fetchNode(version: string): string {
  const name = `node-${process.platform}-${process.arch}@${version}`;
  const node = output('npx', ['--yes', '--package', name, '--call', 'command -v node']);
  if (!output(node, ['--version']).startsWith(`v${version}.`)) throw new Error(`${node} is not ${name}`);
  return node;
}

/** What a program prints. */
function output(program: string, args: readonly string[]): string {
  const { status, stdout, error } = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${program} ended with ${status ?? 'a signal'}`, { cause: error });
  return stdout.trim();
}

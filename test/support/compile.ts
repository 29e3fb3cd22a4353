// The commands, and what tests load into them, compiled once: a process of a test starts three times as fast without
// a loader for TypeScript.
import path from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../../scripts/cli/project';

/** Below the project's folder: a command finds that above itself. */
const COMPILED = '.cache/commands';
const COMMANDS = ['bench', 'bundle', 'deploy', 'generate', 'simulate', 'start', 'tester'];
const PROGRAMS = ['analytics', 'at-terminal', 'eu-host', 'live'];

/** The compiled file of a command, in this project's folder or a copy of it. */
export const commandFile = (name: string, root = ROOT): string => path.join(root, COMPILED, `${name}.js`);

export async function compileCommands(): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: [
      ...COMMANDS.map((name) => ({ in: `scripts/${name}.ts`, out: name })),
      ...PROGRAMS.map((name) => ({ in: `test/support/${name}.ts`, out: name })),
    ],
    outdir: COMPILED,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

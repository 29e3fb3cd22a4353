// Compiles the commands, and what tests load into them, once for all tests: a process starts three times as fast without
// a loader for TypeScript.
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { devDependencies } from '../../package.json';
import { ROOT } from '../../scripts/cli/project';

/** Within the project's folder, which a command looks for above itself. */
const COMPILED = '.cache/commands';
const COMMANDS = [
  'bench',
  'bundle',
  'check',
  'deploy',
  'generate',
  'mutation',
  'report',
  'simulate',
  'start',
  'tester',
];
const PROGRAMS = ['analytics', 'at-terminal', 'eu-host', 'live', 'short-pauses'];

/** Packages that are ES modules only, which Jest cannot load. */
const ES_MODULES = ['markdown-table', 'string-width', 'wrap-ansi'];

const OPTIONS = {
  absWorkingDir: ROOT,
  outdir: COMPILED,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'inline',
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** The compiled file of a command, in this project's folder or a copy of it. */
export const commandFile = (name: string, root = ROOT): string => path.join(root, COMPILED, `${name}.js`);

/** Compiles the commands for their processes, and what tests call of them for Jest. */
export async function compileCommands(): Promise<void> {
  await Promise.all([
    build({
      ...OPTIONS,
      entryPoints: [
        ...COMMANDS.map((name) => ({ in: `scripts/${name}.ts`, out: name })),
        ...PROGRAMS.map((name) => ({ in: `test/support/${name}.ts`, out: name })),
      ],
      packages: 'external',
    }),
    build({
      ...OPTIONS,
      entryPoints: ['test/support/in-process.ts'],
      external: Object.keys(devDependencies).filter((name) => !ES_MODULES.includes(name)),
    }),
  ]);
}

// The commands in this process: its environment, its terminal, its signals and its exit code.
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { description } from '../../package.json';
import { describeBuild } from '../bundle/build-id';
import { runCommand } from '../cli/command';
import { BUNDLE } from '../cli/project';
import type { NamedFile } from '../input/files';
import type { Surroundings } from '../report/run';
import { createPublicApi, type PublicApi } from './api';
import { readConnection, TOKEN } from './connection';
import type { ExitCode } from './decision';
import { deploy } from './deploy';
import type { Compare } from './destination/settings';
import { importDestination, type ImportOptions } from './import/command';
import { listEnvironments, locate, type Place } from './environments';
import { INTERRUPTED, type Options } from './options';
import { restore } from './restore';
import { EDITOR_SETTINGS } from './settings';
import { createTerminal, type Terminal } from './terminal';
import { listVersions } from './versions';

/** A terminal that never prints the token of this process's environment. */
export const createProcessTerminal = (): Terminal =>
  createTerminal(process.env[TOKEN]?.trim() ?? '', process);

/** npm run deploy. */
export const runDeploy = (terminal: Terminal, options: Options): Promise<void> =>
  runInWorkspace(terminal, options, async (api, { base, target }) => {
    // The bundler is a large program: `versions`, `restore` and a mistyped option do not wait for it.
    const { writeBundle } = await import('../bundle/bundle');
    const code = await writeBundle();
    const file = path.relative('', BUNDLE);
    const environment = options.env === undefined ? '' : `, environment ${options.env}`;
    terminal.print(`Built: ${file}, ${describeBuild(code)}\nWorkspace at ${base}${environment}\n`);
    const built = { code, settings: EDITOR_SETTINGS, description, file };
    return deploy(api, terminal, built, { ...options, ...target }, wait);
  });

/** npm run deploy -- versions */
export const runVersions = (terminal: Terminal, options: Options): Promise<void> =>
  runInWorkspace(terminal, options, (api, { target }) => listVersions(api, terminal, target));

/** npm run deploy -- restore */
export const runRestore = (terminal: Terminal, version: string, options: Options): Promise<void> =>
  runInWorkspace(terminal, options, (api, { target }) =>
    restore(api, terminal, version, { ...options, ...target }, wait),
  );

/** npm run deploy -- environments: for a program, as the workflows are. */
export async function runEnvironments(terminal: Terminal): Promise<void> {
  terminal.print(JSON.stringify(await listEnvironments()));
}

/**
 * npm run deploy -- settings
 *
 * @param events files of events, to show what would change for them.
 */
export async function runSettings(
  terminal: Terminal,
  events: readonly NamedFile[],
  options: Options,
): Promise<void> {
  // They need the local Segment and TikTok, which the other commands do not wait for.
  const { readWantedSettings } = await import('./destination/wanted');
  const { deploySettings } = await import('./destination/settings');
  const { compareSettings } = await import('../report/compare');
  const { writeBundle } = await import('../bundle/bundle');
  const surroundings: Surroundings = {
    build: writeBundle,
    print: (finished) => {
      terminal.print({ finished });
    },
    // What may be mistyped in the file is said before; what is in Segment is to be replaced.
    warn: () => undefined,
    progressStream: process.stderr,
    // Ctrl-C ends the command as a whole.
    signal: new AbortController().signal,
  };
  const compare: Compare = (before, after, name) =>
    compareSettings(events, before, after, { name }, surroundings);
  const around = { wait, ...(events.length > 0 && { compare }) };
  await runInWorkspace(terminal, options, async (api, { destinations }) => {
    if (destinations.length === 0) terminal.print('The environment has no destinations: nothing to change.');
    const jobs = [];
    // All files are checked before the first destination is changed.
    for (const { id, settings } of destinations) {
      jobs.push({ id, wanted: await readWantedSettings(settings, process.env, terminal) });
    }
    const exitCodes: ExitCode[] = [];
    for (const { id, wanted } of jobs) {
      if (exitCodes.length > 0) terminal.print('');
      exitCodes.push(await deploySettings(api, terminal, id, wanted, options, around));
    }
    return exitCodes.includes(1) ? 1 : 0;
  });
}

/** npm run deploy -- import */
export const runImport = (
  terminal: Terminal,
  destination: string,
  options: Options & ImportOptions,
): Promise<void> =>
  runInWorkspace(terminal, options, (api) => importDestination(api, terminal, destination, options));

async function runInWorkspace(
  terminal: Terminal,
  options: Options,
  act: (api: PublicApi, place: Place & { readonly base: string }) => Promise<ExitCode>,
): Promise<void> {
  const place = await locate(options);
  const connection = readConnection(process.env, place.region, place.tokenVariable);
  terminal.hide(connection.token);
  process.exitCode = await act(createPublicApi(connection, terminal.warn), {
    ...place,
    base: connection.base,
  });
}

/** Runs the program with what was typed, until it ends or is interrupted. */
export function runProgram(program: Command, terminal: Terminal): void {
  process.once('SIGINT', () => {
    terminal.warn('\nInterrupted. Run it again to continue.');
    process.exit(INTERRUPTED);
  });
  runCommand(program, { showError: terminal.fail }).catch((error: unknown) => {
    // A fault is not left to Node.js, which would print it with the token if that is in it.
    terminal.fail(error);
    process.exitCode = 1;
  });
}

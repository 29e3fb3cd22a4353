// npm start: events one by one.
import colors from 'picocolors';
import { printable } from '../cli/printable';
import { FUNCTION_NAME } from '../cli/project';
import { STANDARD_INPUT, type NamedFile } from '../input/files';
import { describeEvent } from './details';
import { SETTINGS } from './options';
import { readNamedSettings, runEvents, type RunOptions, type Surroundings } from './run';
import { describeSkipped } from './terminal';

/** How many events are shown. */
export const SHOWN = 20;

export interface ShowOptions extends RunOptions {
  readonly live?: boolean;
}

/**
 * Runs the first events of files through the function, and prints what became of each.
 *
 * @returns the exit code.
 * @throws InputError if the settings cannot work or a file cannot be read further.
 */
export async function showEvents(
  files: readonly NamedFile[],
  options: ShowOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { print, signal } = surroundings;
  const isLive = options.live === true;
  const { report, error, summary, hasMore, exitCode } = await runEvents(
    {
      files,
      settings: await readNamedSettings(options.settings, isLive),
      functionName: options.name,
      batch: 1,
      isLive,
      showsProgress: false,
      limit: SHOWN,
      onStart: print,
      onCall({ examined, ...invocation }, counted) {
        for (const one of examined) print(describeEvent(one, invocation, counted));
      },
    },
    surroundings,
  );
  const skipped = describeSkipped(report.skipped);
  if (skipped !== '') print(`${skipped}\n`);
  if (hasMore)
    print(
      `These are the first ${SHOWN} events. For all of them: ${colors.bold(reportCommand(files, options))}`,
    );
  if (signal.aborted) print(colors.yellow('Interrupted: these are the events until then.'));
  print(summary);
  if (error !== undefined) throw error;
  return exitCode;
}

/** The command that reports these files with the same options, as a person can paste it into a shell. */
function reportCommand(files: readonly NamedFile[], { settings, name }: ShowOptions): string {
  const typed = [
    ...files.map((file) => (file.path === STANDARD_INPUT ? STANDARD_INPUT : file.name)),
    ...(settings.path === SETTINGS.path ? [] : ['--settings', settings.name]),
    ...(name === FUNCTION_NAME ? [] : ['--name', name]),
  ];
  return printable(`npm run report -- ${typed.map(quoteForShell).join(' ')}`);
}

const quoteForShell = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

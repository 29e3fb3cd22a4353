// npm start: events one by one.
import colors from 'picocolors';
import { printable } from '../cli/printable';
import { FUNCTION_NAME } from '../cli/project';
import { STANDARD_INPUT, type NamedFile } from '../input/files';
import { openCaseFile } from './cases/write';
import { countOf } from './count';
import { describeEvent } from './details';
import { SETTINGS } from './options';
import { runEvents, type RunOptions, type Surroundings } from './run';
import { readConfiguration, readNamedSettings } from './settings';
import { describeSkipped } from './terminal';

/** How many events are shown. */
export const SHOWN = 20;

export interface ShowOptions extends RunOptions {
  readonly live?: boolean;
  /** The file to write the events to as cases, with what they become. */
  readonly cases?: NamedFile;
  /** Whether the values of persons stay in these cases. */
  readonly keepPersonalData?: boolean;
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
  const { print, warn, signal } = surroundings;
  const isLive = options.live === true;
  const settings = await readNamedSettings(options.settings, isLive);
  const configuration = readConfiguration(settings);
  const code = await surroundings.build();
  const caseFile =
    options.cases &&
    (await openCaseFile(
      options.cases,
      [...files, options.settings],
      {
        code,
        functionName: options.name,
        settings: settings.values,
        configuration,
        keepsPersonalData: options.keepPersonalData === true,
      },
      (warning) => {
        warn(colors.yellow(`warning: ${printable(warning)}`));
      },
    ));
  const { report, error, summary, hasMore, exitCode } = await runEvents(
    {
      files,
      settings,
      functionName: options.name,
      batch: 1,
      isLive,
      showsProgress: false,
      limit: SHOWN,
      onStart: print,
      async onCall({ inputs, examined, ...invocation }, counted) {
        for (const one of examined) print(describeEvent(one, invocation, counted));
        for (const input of inputs) await caseFile?.add(input);
      },
    },
    { ...surroundings, build: () => Promise.resolve(code) },
  );
  const skipped = describeSkipped(report.skipped);
  if (skipped !== '') print(`${skipped}\n`);
  if (hasMore)
    print(
      `These are the first ${SHOWN} events. For all of them: ${colors.bold(commandFor('report', files, options))}`,
    );
  if (caseFile !== undefined && options.cases !== undefined)
    print(
      `${countOf(await caseFile.write(), 'case')} written. To prove them: ${colors.bold(`${commandFor('check', [options.cases], options)} --expect`)}`,
    );
  if (signal.aborted) print(colors.yellow('Interrupted: these are the events until then.'));
  print(summary);
  if (error !== undefined) throw error;
  return exitCode;
}

/** A command for files with the same options, as a person can paste it into a shell. */
function commandFor(
  command: 'report' | 'check',
  files: readonly NamedFile[],
  { settings, name }: ShowOptions,
): string {
  const typed = [
    ...files.map((file) => (file.path === STANDARD_INPUT ? STANDARD_INPUT : file.name)),
    ...(settings.path === SETTINGS.path ? [] : ['--settings', settings.name]),
    ...(name === FUNCTION_NAME ? [] : ['--name', name]),
  ];
  return printable(`npm run ${command} -- ${typed.map(quoteForShell).join(' ')}`);
}

const quoteForShell = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

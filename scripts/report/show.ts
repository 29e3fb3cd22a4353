// npm start: events one by one.
import colors from 'picocolors';
import type { NamedFile } from '../input/files';
import { describeEvent } from './details';
import { runEvents, type RunOptions, type Surroundings } from './run';
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
  const { print } = surroundings;
  const { report, error, summary, hasMore, exitCode } = await runEvents(
    {
      files,
      options,
      batch: 1,
      isLive: options.live === true,
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
  if (hasMore) {
    const names = files.map(({ name }) => name).join(' ');
    print(
      `These are the first ${SHOWN} events. For all of them: ${colors.bold(`npm run report -- ${names}`)}`,
    );
  }
  print(summary);
  if (error !== undefined) throw error;
  return exitCode;
}

// What the person decides about a difference: by options, or when asked.
import { StoppedError } from './workspace';
import type { Terminal } from './terminal';

export interface Decision {
  readonly dryRun?: true;
  readonly exitCode?: true;
  readonly yes?: true;
}

/** 0: done, or nothing to do. 1: declined, or a difference that --exit-code asks for. */
export type ExitCode = 0 | 1;

/**
 * Asks whether to go on, unless the options say so.
 *
 * @param question without its question mark, such as `Deploy it`.
 * @returns the exit code to end with; `undefined` to go on.
 * @throws StoppedError if there is nobody to ask.
 */
export async function decide(
  terminal: Terminal,
  question: string,
  { dryRun, exitCode, yes }: Decision,
): Promise<ExitCode | undefined> {
  if (dryRun) {
    terminal.print('Nothing was changed: this is a dry run.');
    return exitCode ? 1 : 0;
  }
  if (yes) return undefined;
  if (!terminal.isInteractive) {
    throw new StoppedError(
      'Nothing was changed: there is no terminal to ask for confirmation. Read the difference above, and run it again with --yes.',
    );
  }
  if (await terminal.confirm(`${question}?`)) return undefined;
  terminal.print('Nothing was changed.');
  return 1;
}

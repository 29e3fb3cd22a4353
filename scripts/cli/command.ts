// What all commands have in common: how they are made, and how they end.
import { Command } from 'commander';
import { watchOutput } from './output';
import { printable } from './printable';

/** An error whose message is all that a person needs: one line, without a stack. */
export class CommandError extends Error {
  override name = 'CommandError';
  /** The exit code of the command. */
  readonly exitCode: number = 1;
}

/** Something that a person can fix in what they typed or in their file. */
export class InputError extends CommandError {
  override name = 'InputError';
  override readonly exitCode = 2;
}

/** A command as npm runs it; it exits with 2 if it does not take the options. */
export const createCommand = (name: string, description: string): Command =>
  new Command(`${name} --`)
    .description(description)
    .showSuggestionAfterError(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

/** An error as the line that a person reads. */
export const describeError = (error: CommandError): string => `error: ${printable(error.message)}`;

const printError = (error: CommandError): void => {
  console.error(describeError(error));
};

/** Options of npm's own that may well stand in its configuration file, and do no harm if it takes them from a command. */
const MAY_BE_OF_NPM: ReadonlySet<string> = new Set(['json', 'yes']);

/**
 * Without `--` before them, npm takes options for its own, and hands on the rest: `npm run deploy --dry-run` would
 * deploy, and `npm start events.json --settings my.json` would have the settings of the examples.
 */
function refuseOptionsTakenByNpm(command: Command): void {
  const taken = [command, ...command.commands]
    .flatMap(({ options }) => options.map((option) => option.name()))
    .find((name) => !MAY_BE_OF_NPM.has(name) && `npm_config_${name.replaceAll('-', '_')}` in process.env);
  if (taken !== undefined)
    throw new InputError(
      `npm took --${taken} as an option of its own: write " -- " before the options and files, as in ${command.name()} --${taken} …`,
    );
}

export interface RunOptions {
  /** How a {@link CommandError} is shown: by default, as a line. */
  readonly showError?: (error: CommandError) => void;
  /** Whether a reader that closes the pipe ends the command with 0; by default, it goes on to its exit code. */
  readonly isUnreadFine?: boolean;
}

/**
 * Runs a command with the arguments that were typed. If it throws a {@link CommandError}, it exits with that error's
 * exit code.
 *
 * @throws any other error, which is a fault of the command.
 */
export async function runCommand(
  command: Command,
  { showError = printError, isUnreadFine = false }: RunOptions = {},
): Promise<void> {
  watchOutput(isUnreadFine);
  try {
    refuseOptionsTakenByNpm(command);
    await command.parseAsync();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    showError(error);
    // Whatever the command has started, such as a server, ends with it.
    process.exit(error.exitCode);
  }
}

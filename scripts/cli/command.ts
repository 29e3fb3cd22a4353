// What all commands have in common: how they are made, and how they end.
import { Command } from 'commander';
import { printable } from './printable';

/** An error whose message is all that a person needs: one line, without a stack. */
export class CommandError extends Error {
  override name = 'CommandError';
  /** How the command ends. */
  readonly exitCode: number = 1;
}

/** Something that a person can fix in what they typed or in their file. */
export class InputError extends CommandError {
  override name = 'InputError';
  override readonly exitCode = 2;
}

/** A command as npm runs it; with options that it does not take, it ends with 2. */
export const createCommand = (name: string, description: string): Command =>
  new Command(`${name} --`)
    .description(description)
    .showSuggestionAfterError(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

const printError = (error: CommandError): void => {
  console.error(`error: ${printable(error.message)}`);
};

/**
 * Runs a command with what was typed behind it, and ends it with the error's exit code if there is one.
 *
 * @param showError how an error is shown; whatever is not a {@link CommandError} is a fault of the command, and thrown.
 */
export async function runCommand(command: Command, showError = printError): Promise<void> {
  try {
    await command.parseAsync();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    showError(error);
    // What was begun, such as a server, ends with the command.
    process.exit(error.exitCode);
  }
}

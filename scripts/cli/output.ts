// The standard output of a command, and what it means if it cannot be written.

/**
 * Ends the command with 2 if the output cannot be written, such as to a full disk.
 *
 * @param isUnreadFine whether it ends with 0 if a reader that has seen enough, such as `head`, closes the pipe;
 * otherwise the command goes on to its exit code.
 */
export function watchOutput(isUnreadFine: boolean): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      if (isUnreadFine) process.exit(0);
      return;
    }
    console.error(`error: cannot write to the standard output (${error.code ?? error.name})`);
    process.exit(2);
  });
}

// The output of a command, and what it means if it cannot be written.

/**
 * Keeps a command going when its output cannot be written: it finishes what it has begun. If the reason is not a reader
 * that closed the pipe but a full disk, for example, it says so, and ends with 2. What cannot be written to stderr is lost.
 *
 * @param isUnreadFine whether the command ends with 0, and at once, if a reader that has seen enough, such as `head`,
 * closes the pipe; otherwise it goes on to its own exit code.
 */
export function watchOutput(isUnreadFine: boolean): void {
  process.stderr.on('error', () => undefined);
  let isReported = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      if (isUnreadFine) process.exit(0);
      return;
    }
    if (isReported) return;
    isReported = true;
    console.error(`error: cannot write to the standard output (${error.code ?? error.name})`);
    process.once('exit', () => {
      process.exitCode = 2;
    });
  });
}

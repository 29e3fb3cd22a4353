// Ctrl-C, as a signal that the work of a command takes.

/** Aborts at the first Ctrl-C; the second one ends the command. */
export function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
  });
  return controller.signal;
}

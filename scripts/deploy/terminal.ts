// What the command prints and asks: nothing in it steers the terminal, hides from the reader, or shows the token.
import { createInterface } from 'node:readline';
import { inspect } from 'node:util';
import colors from 'picocolors';
import { CommandError } from '../cli/command';
import { visibleInColour } from '../cli/visible';

export interface Terminal {
  readonly print: (text: string) => void;
  /** Prints to stderr, so that stdout holds nothing but what was asked for. */
  readonly warn: (text: string) => void;
  /** Prints an error to stderr: a {@link CommandError} as its message, a fault with its stack. */
  readonly fail: (error: unknown) => void;
  /** Whether there is somebody to ask. */
  readonly isInteractive: boolean;
  /** Waits for a line: "y" and "yes" mean yes, everything else and the end of the input mean no. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** The streams of a process; `isTTY` is set if a person sits at the other end. */
export interface Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream;
}

/** @param token never printed, wherever it comes from: somebody may have pasted it into the function's code. */
export function createTerminal(token: string, { stdin, stdout, stderr }: Streams): Terminal {
  const safe = (text: string) => visibleInColour(token === '' ? text : text.replaceAll(token, '[token]'));
  const warn = (text: string) => {
    stderr.write(`${safe(text)}\n`);
  };
  return {
    print: (text) => {
      stdout.write(`${safe(text)}\n`);
    },
    warn,
    fail: (error) => {
      warn(`${colors.red('error:')} ${error instanceof CommandError ? error.message : inspect(error)}`);
    },
    isInteractive: stdin.isTTY === true && stdout.isTTY === true,
    confirm: async (question) => {
      stdout.write(`${safe(question)} [y/N] `);
      // Line editing is left to the terminal, and Ctrl-C to the process.
      const lines = createInterface({ input: stdin, terminal: false });
      try {
        for await (const line of lines) return /^\s*y(?:es)?\s*$/i.test(line);
        return false;
      } finally {
        lines.close();
      }
    },
  };
}

// What the command says and asks: nothing in it steers the terminal, hides from the reader, or tells the token.
import { createInterface } from 'node:readline';
import { visibleInColour } from '../cli/visible';

export interface Terminal {
  readonly print: (text: string) => void;
  /** On stderr, so that what was asked for stays alone on stdout. */
  readonly warn: (text: string) => void;
  /** Whether there is somebody to ask. */
  readonly isInteractive: boolean;
  /** Waits for a line; everything but "y" and "yes" is a no, and so is the end of the input. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** @param token never printed, wherever it comes from: somebody may have pasted it into the function's code. */
export function createTerminal(token: string): Terminal {
  const safe = (text: string) => visibleInColour(token === '' ? text : text.replaceAll(token, '[token]'));
  return {
    print: (text) => {
      process.stdout.write(`${safe(text)}\n`);
    },
    warn: (text) => {
      process.stderr.write(`${safe(text)}\n`);
    },
    isInteractive: process.stdin.isTTY && process.stdout.isTTY,
    confirm: async (question) => {
      process.stdout.write(`${safe(question)} [y/N] `);
      // The terminal's own line editing will do, and leaves Ctrl-C to the process.
      const lines = createInterface({ input: process.stdin, terminal: false });
      try {
        for await (const line of lines) return /^\s*y(?:es)?\s*$/i.test(line);
        return false;
      } finally {
        lines.close();
      }
    },
  };
}

// What the command says and asks: nothing in it steers the terminal, hides from the reader, or tells the token.
import { createInterface } from 'node:readline';

const ESCAPE = 0x1b;

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
  const safe = (text: string) => visible(token === '' ? text : text.replaceAll(token, '[token]'));
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

/**
 * Shows what would not be seen (control characters, marks that turn the direction of the text) by its number; line
 * breaks, tabs and the colours of picocolors stay.
 */
function visible(text: string): string {
  return text.replace(/\p{Cc}\[\d{1,2}m|[^\P{Cc}\n\t]|\p{Cf}/gu, (found) => {
    const point = found.codePointAt(0) ?? 0;
    const isColour = point === ESCAPE && found.length > 1;
    return isColour ? found : `\\u{${point.toString(16)}}${found.slice(String.fromCodePoint(point).length)}`;
  });
}

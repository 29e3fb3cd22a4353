// What the command prints and asks: nothing in it steers the terminal, hides from the reader, or shows the token.
import { createInterface } from 'node:readline';
import { inspect } from 'node:util';
import colors from 'picocolors';
import { CommandError } from '../cli/command';
import { visible } from '../cli/visible';

/** A part of a text that is shown in a colour. */
export interface Coloured {
  readonly text: string;
  readonly colour: (text: string) => string;
}
/** A text in which everything was made visible before it was coloured, such as a report. */
export interface Finished {
  readonly finished: string;
}
/** What is printed: its colours are not in the text yet, so that whatever is in the text can be made visible first. */
export type Text = string | Finished | readonly (string | Coloured)[];

export interface Terminal {
  readonly print: (text: Text) => void;
  /** Prints to stderr, so that stdout holds nothing but what was asked for. */
  readonly warn: (text: Text) => void;
  /** Prints an error to stderr: a {@link CommandError} as its message, a fault with its stack. */
  readonly fail: (error: unknown) => void;
  /** From now on a text is not printed, wherever it comes from. */
  readonly hide: (secret: string) => void;
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
  const secrets = new Set<string>();
  const hide = (secret: string) => {
    if (secret !== '') secrets.add(secret);
  };
  hide(token);
  // A secret may be a part of another one.
  const withoutSecrets = (text: string) =>
    [...secrets]
      .sort((one, other) => other.length - one.length)
      .reduce((rest, secret) => rest.replaceAll(secret, '[token]'), text);
  const safe = (text: string) => visible(withoutSecrets(text));
  const show = (text: Text) => {
    if (typeof text === 'string') return safe(text);
    if ('finished' in text) return withoutSecrets(text.finished);
    return text
      .map((part) => (typeof part === 'string' ? safe(part) : part.colour(safe(part.text))))
      .join('');
  };
  const warn = (text: Text) => {
    stderr.write(`${show(text)}\n`);
  };
  return {
    print: (text) => {
      stdout.write(`${show(text)}\n`);
    },
    warn,
    fail: (error) => {
      const message = error instanceof CommandError ? error.message : inspect(error);
      warn([{ text: 'error:', colour: colors.red }, ` ${message}`]);
    },
    hide,
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

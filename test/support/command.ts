// The commands: each as a person runs it, in a process of its own, and their work in the tests' process.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { ROOT } from '../../scripts/cli/project';
import { commandFile } from './compile';

/** How a command ended, and what it printed. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** The project's folder, or a copy of it. */
  readonly root?: string;
  /** Added to PATH and NO_COLOR, which the command always has. */
  readonly env?: Readonly<Record<string, string>>;
  /** Programs of test/support that are loaded first. */
  readonly preloads?: readonly string[];
}

export interface Command {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  /** What it has printed so far. */
  readonly output: () => Omit<Run, 'status'>;
  readonly interrupt: () => void;
  /** Resolves when it has ended. */
  readonly ended: Promise<Run>;
}

/** Starts a command. Its standard input is open. */
export function startCommand(
  name: string,
  args: readonly string[] = [],
  { root = ROOT, env = {}, preloads = [] }: CommandOptions = {},
): Command {
  const required = preloads.flatMap((preload) => ['--require', commandFile(preload)]);
  const child = spawn(process.execPath, [...required, commandFile(name, root), ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], NO_COLOR: '1', INIT_CWD: root, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A command may end before it has read everything.
  child.stdin.on('error', () => undefined);
  return {
    process: child,
    output: () => ({ stdout, stderr }),
    interrupt: () => child.kill('SIGINT'),
    ended: new Promise((resolve, reject) => {
      child.on('error', reject).on('close', (status) => {
        resolve({ status, stdout, stderr });
      });
    }),
  };
}

/** Runs a command to its end. */
export async function runCommand(
  name: string,
  args: readonly string[] = [],
  { input, ...options }: CommandOptions & { readonly input?: string | Buffer } = {},
): Promise<Run> {
  const command = startCommand(name, args, options);
  command.process.stdin.end(input);
  return command.ended;
}

/** More than a pipe and the command's own buffers can hold. */
const MUCH = 2 * 1024 * 1024;

/**
 * Writes lines to a command, and waits until it has read and handled them.
 *
 * @param end what stands behind them, made long: white space in which a command has nothing to do, by default.
 */
export const writeUntilRead = (command: Command, lines: string, end = ''): Promise<void> =>
  new Promise((resolve) => {
    command.process.stdin.write(lines + end.padEnd(MUCH, end === '' ? '\n' : ' '), () => {
      resolve();
    });
  });

/** Makes a folder for a test's files. */
export function createFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'files-'));
  return {
    folder,
    /** Writes a file, and gives its full path. */
    file(name: string, content: string | Uint8Array): string {
      const full = path.join(folder, name);
      writeFileSync(full, content);
      return full;
    },
    remove() {
      rmSync(folder, { recursive: true });
    },
  };
}

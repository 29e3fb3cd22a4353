// npm start, as a person runs it, and the files that they give it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../..');

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  /** What comes on the standard input. */
  readonly input?: string | Buffer;
  /** Is given what was printed so far, whenever there is more; may interrupt the command. */
  readonly onOutput?: (stdout: string, interrupt: () => void) => void;
  /** Is given a way to interrupt the command when it has been started. */
  readonly onStart?: (interrupt: () => void) => void;
  readonly env?: Readonly<Record<string, string>>;
  /** A module to load first. */
  readonly preload?: string;
}

/**
 * Runs the command in the project's folder until it ends. The standard input stays open where there is somebody to
 * interrupt it.
 */
export const start = (args: readonly string[], options: StartOptions = {}): Promise<Run> =>
  runScript('start', args, options);

/** As {@link start}, for another command. */
export function runScript(name: string, args: readonly string[], options: StartOptions = {}): Promise<Run> {
  const { input, onOutput, onStart, env = {}, preload } = options;
  const preloads = preload === undefined ? [] : ['--import', preload];
  const command = ['--import', 'tsx', ...preloads, path.join(ROOT, `scripts/${name}.ts`), ...args];
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1', INIT_CWD: ROOT, ...env },
  });
  const interrupt = () => child.kill('SIGINT');
  onStart?.(interrupt);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    onOutput?.(stdout, interrupt);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  if (input !== undefined && (onOutput ?? onStart) !== undefined) child.stdin.write(input);
  else child.stdin.end(input);
  return new Promise((resolve) => {
    child.on('close', (status) => {
      resolve({ status, stdout, stderr });
    });
  });
}

/** A folder for a test's files, and how to write one. */
export function createFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'start-'));
  return {
    folder,
    /** Writes a file and gives its full name. */
    file(name: string, content: string | Buffer): string {
      const full = path.join(folder, name);
      writeFileSync(full, content);
      return full;
    },
    remove() {
      rmSync(folder, { recursive: true });
    },
  };
}

// The files that a person names: their bytes, or why they cannot be read.
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { InputError } from '../cli/command';
import { codeOf } from '../cli/error-code';
import { isObject, readJson } from './json';

/** Bytes with a name. */
export interface Source {
  /** Its name in messages. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export const STANDARD_INPUT = '-';

/**
 * Makes a source of a file, which is opened when it is first read.
 *
 * @param file its path; `-` is the standard input.
 * @param name its name in messages.
 * @param signal ends it early.
 */
export function openFile(file: string, name: string, signal: AbortSignal): Source {
  if (file === STANDARD_INPUT) return { name: 'standard input', chunks: read(process.stdin) };
  return { name, chunks: read(undefined) };

  async function* read(stream: NodeJS.ReadStream | undefined): AsyncGenerator<Uint8Array> {
    try {
      yield* addAbortSignal(signal, stream ?? createReadStream(file));
    } catch (error) {
      if (!signal.aborted) throw inaccessible(name, error);
    }
  }
}

/** The size of all files together in bytes; `undefined` if one of them, such as the standard input, has none. */
export async function sizeOf(files: readonly string[]): Promise<number | undefined> {
  const sizes = await Promise.all(files.map(sizeOfOne));
  return sizes.reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
}

async function sizeOfOne(file: string): Promise<number | undefined> {
  if (file === STANDARD_INPUT) return undefined;
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true ? found.size : undefined;
}

/** Whether a file is one of some others, possibly by another name. */
export async function isOneOf(file: string, others: readonly string[]): Promise<boolean> {
  const [own, ...found] = await Promise.all(
    [file, ...others].map(async (name) => {
      const status = await stat(name).catch(() => undefined);
      return status?.isFile() === true ? `${status.dev} ${status.ino}` : undefined;
    }),
  );
  return own !== undefined && found.includes(own);
}

/**
 * Reads the function's settings: a JSON object whose keys are the settings' names.
 *
 * @throws InputError that names the file, and the line of a mistake.
 */
export async function readSettingsFile(file: string, name: string): Promise<object> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw inaccessible(name, error);
  }
  const settings = readJson(text, name);
  if (!isObject(settings)) throw new InputError(`${name}: expected a JSON object of settings`);
  return settings;
}

/**
 * Says why a file cannot be read or written.
 *
 * @param missing what does not exist if the code is ENOENT.
 */
export function inaccessible(name: string, error: unknown, missing: 'file' | 'folder' = 'file'): InputError {
  const code = codeOf(error) ?? 'unknown error';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: `there is no such ${missing}`,
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
  };
  return new InputError(`${name}: ${reasons[code] ?? `it cannot be used (${code})`}`);
}

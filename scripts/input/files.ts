// The files that a person names: their bytes, and what is wrong where they cannot be read.
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { InputError } from '../cli/command';
import { codeOf } from '../cli/error-code';
import { isObject, readJson } from './json';

/** Bytes with a name. */
export interface Source {
  /** What a person calls it. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export const STANDARD_INPUT = '-';

/**
 * Opens a file when it is first read.
 *
 * @param file its name; `-` is the standard input.
 * @param name what a person calls it.
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

/** The bytes of some files together; `undefined` where one of them tells no size, as the standard input. */
export async function sizeOf(files: readonly string[]): Promise<number | undefined> {
  const sizes = await Promise.all(files.map(sizeOfOne));
  return sizes.reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
}

async function sizeOfOne(file: string): Promise<number | undefined> {
  if (file === STANDARD_INPUT) return undefined;
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true ? found.size : undefined;
}

/** Whether a file is one of others, by whatever name. */
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
 * Reads the function's settings: a JSON object by the settings' names.
 *
 * @throws InputError that names the file and the line.
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
 * Why a file cannot be read or written, in words.
 *
 * @param missing what is not there where it is not there.
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

// The files that a person names: their bytes, or why they cannot be read.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { InputError } from '../cli/command';
import { codeOf } from '../cli/error-code';

/** A file, and its name as the person knows it. */
export interface NamedFile {
  readonly name: string;
  /** The full path; `-` is the standard input. */
  readonly path: string;
}

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
 * @param signal ends it early, with an error: what comes last may be a part of a line.
 */
export function openFile({ name, path }: NamedFile, signal: AbortSignal): Source {
  return { name, chunks: read() };

  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      yield* addAbortSignal(signal, path === STANDARD_INPUT ? process.stdin : createReadStream(path));
    } catch (error) {
      throw signal.aborted
        ? new InputError(`${name}: it was not read to its end`)
        : inaccessible(name, error);
    }
  }
}

/** UTF-8, unless a byte order mark says that it is what Windows calls Unicode. */
export const encodingOf = ([first, second]: Uint8Array): string =>
  first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';

/**
 * The text of a file, without a byte order mark.
 *
 * @throws InputError if its bytes are not text: a letter that is lost would be noticed by nobody.
 */
export function decodeFile({ name }: NamedFile, bytes: Uint8Array): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${name}: it is not in UTF-8. Save it in UTF-8`);
  }
}

/** The size of all files together in bytes; `undefined` if one of them, such as the standard input, has none. */
export async function sizeOf(files: readonly NamedFile[]): Promise<number | undefined> {
  const sizes = await Promise.all(files.map(sizeOfOne));
  return sizes.reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
}

async function sizeOfOne({ path }: NamedFile): Promise<number | undefined> {
  if (path === STANDARD_INPUT) return undefined;
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true ? found.size : undefined;
}

/** Whether a file is one of some others, possibly by another name. */
export async function isOneOf(file: NamedFile, others: readonly NamedFile[]): Promise<boolean> {
  const [own, ...found] = await Promise.all(
    [file, ...others].map(async ({ path }) => {
      const status = await stat(path).catch(() => undefined);
      return status?.isFile() === true ? `${status.dev} ${status.ino}` : undefined;
    }),
  );
  return own !== undefined && found.includes(own);
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

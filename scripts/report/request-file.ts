// The file of --out: each request as it went to TikTok, one a line.
import { open } from 'node:fs/promises';
import { inaccessible, type NamedFile } from '../input/files';

export interface RequestFile {
  /** Adds the body of a request. */
  readonly write: (body: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the file, and replaces one that exists.
 *
 * @throws InputError if it cannot be opened or written.
 */
export async function createRequestFile({ name, path }: NamedFile): Promise<RequestFile> {
  const fail = (error: unknown): never => {
    throw inaccessible(name, error, 'folder');
  };
  const opened = await open(path, 'w').catch(fail);
  return {
    write: (body) => opened.write(`${body}\n`).catch(fail),
    close: () => opened.close(),
  };
}

// The file of --out: each request as it went to TikTok, one a line.
import { fileName } from '../cli/options';
import { openOutput } from '../cli/output-file';
import { inaccessible } from '../input/files';

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
export async function createRequestFile(file: string): Promise<RequestFile> {
  const fail = (error: unknown): never => {
    throw inaccessible(fileName(file), error, 'folder');
  };
  const opened = await openOutput(file);
  return {
    write: (body) => opened.write(`${body}\n`).catch(fail),
    close: () => opened.close(),
  };
}

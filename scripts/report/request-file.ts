// The file of --out: each request as it went to TikTok, one a line.
import { openOutput } from '../cli/output-file';
import { inaccessible, type NamedFile } from '../input/files';

export interface RequestFile {
  /** Adds the body of a request. */
  readonly write: (body: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the file, and replaces one that exists.
 *
 * @param inputs the files that are read.
 * @throws InputError if it would overwrite something else, or cannot be opened or written.
 */
export async function createRequestFile(out: NamedFile, inputs: readonly NamedFile[]): Promise<RequestFile> {
  const fail = (error: unknown): never => {
    throw inaccessible(out.name, error, 'folder');
  };
  const opened = await openOutput(out, inputs);
  return {
    write: (body) => opened.write(`${body}\n`).catch(fail),
    close: () => opened.close(),
  };
}

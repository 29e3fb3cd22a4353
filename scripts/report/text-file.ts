// A file that the report writes line by line or as a whole, such as that of --out.
import { openOutput } from '../cli/output-file';
import { inaccessible, type NamedFile } from '../input/files';

export interface TextFile {
  /** Adds a text and the end of a line. */
  readonly write: (text: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the file, and replaces one that exists.
 *
 * @param inputs the files that are read.
 * @param option the option that names the file.
 * @throws InputError if it would overwrite something else, or cannot be opened or written.
 */
export async function createTextFile(
  file: NamedFile,
  inputs: readonly NamedFile[],
  option?: string,
): Promise<TextFile> {
  const fail = (error: unknown): never => {
    throw inaccessible(file.name, error, 'folder');
  };
  const opened = await openOutput(file, inputs, option);
  return {
    write: (text) => opened.write(`${text}\n`).catch(fail),
    close: () => opened.close(),
  };
}

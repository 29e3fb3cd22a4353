// Files of a person's own, in a folder that is removed after the tests.
import { afterAll } from '@jest/globals';
import type { NamedFile } from '../../../scripts/input/files';
import { createFolder } from '../../support/command';

/** Makes a writer of files for the tests of a file. */
export function createFileWriter(): (name: string, content: string | Uint8Array) => NamedFile {
  const files = createFolder();
  afterAll(() => {
    files.remove();
  });
  return (name, content) => ({ name, path: files.file(name, content) });
}

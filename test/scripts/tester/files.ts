// Files of a person's own, in a folder that is removed after the tests.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';
import type { NamedFile } from '../../../scripts/input/files';

/** Makes a writer of files for the tests of a file. */
export function createFolder(): (name: string, content: string | Uint8Array) => NamedFile {
  const folder = mkdtempSync(path.join(tmpdir(), 'tester-files-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return (name, content) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return { name, path: file };
  };
}

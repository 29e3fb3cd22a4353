// Files of events, read one event after the other, and whether they have changed since.
import { stat } from 'node:fs/promises';
import { isFailure } from '../../../lib/result';
import { readEvents } from '../../input/events';
import { openFile, type NamedFile } from '../../input/files';
import type { Input } from '../../input/json';

export type Cursor = ReturnType<typeof openCursor>;

export function openCursor(files: readonly NamedFile[], fingerprint = '') {
  const inputs = inputsOf(files);
  let position = 0;
  return {
    /** Of the files when it was opened. */
    fingerprint,
    /** How many events it has read. */
    position: () => position,
    next: async (): Promise<Input | undefined> => {
      const read = await inputs.next();
      if (read.done === true) return undefined;
      position += 1;
      return read.value;
    },
    async close() {
      await inputs.return(undefined);
    },
  };
}

/** The events of files, without what cannot be read. */
export async function* inputsOf(files: readonly NamedFile[]): AsyncGenerator<Input, undefined> {
  if (files.length === 0) return undefined;
  const { signal } = new AbortController();
  for await (const entry of readEvents(files.map((file) => openFile(file, signal))))
    if (!isFailure(entry)) yield entry;
  return undefined;
}

/** Changes whenever one of the files does. */
export async function fingerprintOf(files: readonly NamedFile[]): Promise<string> {
  const found = await Promise.all(files.map(async ({ path: file }) => stat(file).catch(() => undefined)));
  return JSON.stringify(found.map((one) => one && [one.dev, one.ino, one.size, one.mtimeMs]));
}

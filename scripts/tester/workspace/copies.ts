// Copies of files that somebody dropped on the page: they are gone when the tester ends.
import { randomUUID } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { inaccessible, type NamedFile, type Source } from '../../input/files';

/** Copies of what was dropped, in a folder of this machine that nobody else can read. */
export function createCopies() {
  let folder: string | undefined;
  const close = () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', close);
  return {
    /** @throws InputError if it cannot be copied. */
    async add({ name, chunks }: Source): Promise<NamedFile> {
      folder ??= await mkdtemp(path.join(tmpdir(), 'tester-'));
      const copy = path.join(folder, randomUUID());
      try {
        await pipeline(Readable.from(chunks), createWriteStream(copy, { mode: 0o600 }));
      } catch (error) {
        await rm(copy, { force: true });
        throw inaccessible(name, error);
      }
      return { name, path: copy };
    },
    close(): void {
      process.off('exit', close);
      close();
    },
  };
}

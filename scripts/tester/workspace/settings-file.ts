// The file of a workspace's settings: what it held when it was read, and what is saved to it.
import { randomUUID } from 'node:crypto';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../cli/command';
import { inaccessible, type NamedFile } from '../../input/files';
import type { Values } from '../api';
import { printSettings, readSettingsText } from './settings-text';

export type SettingsFile = Awaited<ReturnType<typeof openSettingsFile>>;

/**
 * Opens the file.
 *
 * @param isOwn whether it is the user's, and may be saved to.
 * @throws InputError if it cannot be read.
 */
export async function openSettingsFile(file: NamedFile, isOwn: boolean) {
  const read = async () => {
    try {
      return await readFile(file.path, 'utf8');
    } catch (error) {
      throw inaccessible(file.name, error);
    }
  };
  let text = await read();
  let given = readSettingsText(text, file.name);

  return {
    /** Its name, if it can be saved to. */
    name: isOwn ? file.name : undefined,

    /** What it held when it was last read or saved. */
    given: () => given,

    /** Whether saving these values would change nothing in it. */
    isSaved: (values: Values) => printSettings(given, values) === printSettings(given, given.values),

    /** These values as a file. */
    print: (values: Values, hidesToken: boolean) => printSettings(given, values, hidesToken),

    /**
     * Saves values to it: all of them or, if anything goes wrong, none.
     *
     * @throws InputError if it cannot be saved to, or has changed since it was read.
     */
    async save(values: Values): Promise<void> {
      if (!isOwn)
        throw new InputError('There is no file to save to: name one with --settings, or export the settings');
      if ((await read()) !== text)
        throw new InputError(
          `${file.name} has changed since it was read, so nothing was saved: export the settings, or start the tester again to read the file`,
        );
      const printed = printSettings(given, values);
      if (printed === printSettings(given, given.values)) return;
      await replaceFile(file, printed);
      text = printed;
      given = readSettingsText(text, file.name);
    },
  };
}

/** Writes beside a file, and puts that in its place: a file that is half written is never there. */
async function replaceFile({ name, path: given }: NamedFile, text: string): Promise<void> {
  try {
    const target = await realpath(given);
    const { mode } = await stat(target);
    const beside = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}`);
    try {
      await writeFile(beside, text, { flag: 'wx', mode });
      await rename(beside, target);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  } catch (error) {
    throw inaccessible(name, error, 'folder');
  }
}

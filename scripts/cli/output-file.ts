// The file that a command writes to, such as that of --out: opened only if nothing is overwritten that the person did not name.
import { constants } from 'node:fs';
import { lstat, open, realpath, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { inaccessible, isOneOf, type NamedFile } from '../input/files';
import { InputError } from './command';
import { codeOf } from './error-code';
import { ownFile } from './options';
import { BUNDLE } from './project';

const OUT = '--out';

const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
/** As 'w', but without following a link that somebody has put there meanwhile. */
const NO_LINK = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW;

/**
 * Makes sure that writing to a file overwrites nothing that the person did not name.
 *
 * @param inputs the files that the command reads.
 * @param option the option that names the file.
 * @throws InputError if it is the bundle, an input, a folder or a link to a file, or in a folder that is not there.
 */
export async function checkOutput(
  file: NamedFile,
  inputs: readonly NamedFile[] = [],
  option = OUT,
): Promise<void> {
  if (await isOneOf(file, inputs)) throw refuse(file, option, 'would overwrite an input file');
  if (await isBundle(file)) throw refuse(file, option, 'would overwrite the bundle: name another file');
  if ((await isLink(file)) && !(await leadsToDevice(file))) throw refuse(file, option, FOLLOWS_NO_LINK);
  await stat(path.dirname(file.path)).catch((error: unknown) => {
    throw inaccessible(file.name, error, 'folder');
  });
  const found = await stat(file.path).catch(() => undefined);
  if (found?.isDirectory() === true) throw inaccessible(file.name, { code: 'EISDIR' });
}

/**
 * Opens a file to write to, and empties one that exists, after {@link checkOutput}.
 *
 * @throws InputError likewise, or if it cannot be opened.
 */
export async function openOutput(
  file: NamedFile,
  inputs: readonly NamedFile[] = [],
  option = OUT,
): Promise<FileHandle> {
  await checkOutput(file, inputs, option);
  return open(file.path, (await isLink(file)) ? 'w' : NO_LINK).catch((error: unknown) => {
    throw codeOf(error) === 'ELOOP'
      ? refuse(file, option, FOLLOWS_NO_LINK)
      : inaccessible(file.name, error, 'folder');
  });
}

const FOLLOWS_NO_LINK = 'does not follow a link: name the file that is to be written';
const refuse = ({ name }: NamedFile, option: string, why: string) =>
  new InputError(`${name}: ${option} ${why}`);

const isLink = async ({ path: file }: NamedFile): Promise<boolean> =>
  (await lstat(file).catch(() => undefined))?.isSymbolicLink() === true;

/** Whether it is the bundle by any name, also before that was built. */
async function isBundle(file: NamedFile): Promise<boolean> {
  const [given, bundle] = await Promise.all([file.path, BUNDLE].map(placeOf));
  return given === bundle || (await isOneOf(file, [ownFile(BUNDLE)]));
}

/** The path of a file without the links that its folder may be reached by. */
async function placeOf(file: string): Promise<string> {
  const folder = path.dirname(file);
  return path.join(await realpath(folder).catch(() => folder), path.basename(file));
}

/** Whether a link leads to a terminal, a pipe or the like, as /dev/stdout does: nothing is overwritten there. */
async function leadsToDevice({ path: link }: NamedFile): Promise<boolean> {
  const found = await stat(link).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

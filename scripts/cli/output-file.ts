// The file that a command writes to (--out): opened only if nothing is overwritten that the person did not name.
import { constants } from 'node:fs';
import { lstat, open, realpath, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { inaccessible, isOneOf, type NamedFile } from '../input/files';
import { InputError } from './command';
import { codeOf } from './error-code';
import { ownFile } from './options';
import { BUNDLE } from './project';

const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
/** As 'w', but without following a link that somebody has put there meanwhile. */
const NO_LINK = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW;

/**
 * Opens a file to write to, and empties one that exists.
 *
 * @param inputs the files that the command reads.
 * @throws InputError if it is the bundle, an input or a link to a file, or if it cannot be opened.
 */
export async function openOutput(file: NamedFile, inputs: readonly NamedFile[] = []): Promise<FileHandle> {
  const refuse = (why: string) => new InputError(`${file.name}: --out ${why}`);
  const link = 'does not follow a link: name the file that is to be written';
  if (await isOneOf(file, inputs)) throw refuse('would overwrite an input file');
  if (await isBundle(file)) throw refuse('would overwrite the bundle: name another file');
  const isLink = (await lstat(file.path).catch(() => undefined))?.isSymbolicLink() === true;
  if (isLink && !(await leadsToDevice(file.path))) throw refuse(link);
  return open(file.path, isLink ? 'w' : NO_LINK).catch((error: unknown) => {
    throw codeOf(error) === 'ELOOP' ? refuse(link) : inaccessible(file.name, error, 'folder');
  });
}

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
async function leadsToDevice(link: string): Promise<boolean> {
  const found = await stat(link).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

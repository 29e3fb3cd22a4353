// What the commands' options have in common.
import path from 'node:path';
import { InvalidArgumentError } from 'commander';
import { STANDARD_INPUT, type NamedFile } from '../input/files';

/** Where the command was typed: npm runs it in the project's folder. */
const FOLDER = process.env['INIT_CWD'] ?? '';

/** A file that was typed, or `-` for the standard input. */
export const typedFile = (typed: string): NamedFile => ({
  name: typed === STANDARD_INPUT ? 'standard input' : typed,
  path: typed === STANDARD_INPUT ? typed : path.resolve(FOLDER, typed),
});

/** A file that was typed, and not the standard input or output. */
export function typedFileOnly(typed: string): NamedFile {
  if (typed === STANDARD_INPUT) throw new InvalidArgumentError('Expected the name of a file.');
  return typedFile(typed);
}

/** A file of this project, by the shortest name for the person who typed the command. */
export const ownFile = (file: string): NamedFile => ({ name: path.relative(FOLDER, file), path: file });

/** Makes readers of numbers of a kind in an option's text, within limits. */
const readerOf =
  (kind: string, isOfKind: (value: number) => boolean) =>
  (from: number, to: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && isOfKind(value) && value >= from && value <= to) return value;
    throw new InvalidArgumentError(
      `Expected a ${kind} from ${from.toLocaleString('en')} to ${to.toLocaleString('en')}.`,
    );
  };
export const anyNumber = readerOf('number', () => true);
export const wholeNumber = readerOf('whole number', Number.isInteger);

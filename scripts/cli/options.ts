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

/** Makes a reader of numbers in an option's text. */
export function anyNumber(from: number, to: number, kind = 'number'): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const isKind = kind === 'number' || Number.isInteger(value);
    if (text.trim() !== '' && isKind && value >= from && value <= to) return value;
    throw new InvalidArgumentError(
      `Expected a ${kind} from ${from.toLocaleString('en')} to ${to.toLocaleString('en')}.`,
    );
  };
}

/** Likewise, of whole numbers. */
export const wholeNumber = (from: number, to: number): ((text: string) => number) =>
  anyNumber(from, to, 'whole number');

// What the commands' options have in common.
import path from 'node:path';
import { InvalidArgumentError } from 'commander';
import { STANDARD_INPUT } from '../input/files';

/** Where the command was typed: npm runs it in the project's folder. */
const FOLDER = process.env['INIT_CWD'] ?? '';

/** The full path of a file that was typed. */
export const fromHere = (file: string): string =>
  file === STANDARD_INPUT ? file : path.resolve(FOLDER, file);

/** The shortest name of a file for the person who typed the command. */
export const fileName = (file: string): string =>
  file === STANDARD_INPUT ? 'standard input' : path.relative(FOLDER, file);

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

// JSON that a person wrote, and where its mistakes are.
import { parse as parseStrictly } from '@humanwhocodes/momoa';
import { Failure } from '../../lib/result';
import { parseJson } from '../../lib/values/json';
import { InputError } from '../cli/command';

/** Stands for bytes that are not text; JSON has no such character. */
export const LOSS = '\u001a';

/** A Segment event, and where it was found. */
export interface Input {
  readonly event: object;
  /** The file and the line, or the event's number in it. */
  readonly at: string;
  /** As it stands in the file: a line of it, or what is between the commas of an array. */
  readonly text: string;
}

/** What stands where an event is expected: the event, or where and why it cannot be read. */
export type Entry = Input | Failure<string>;

/** Makes an entry of a text; the parameters after the place are those of {@link readJson}. */
export function readEntry(at: string, ...[text, ...rest]: Parameters<typeof readJson>): Entry {
  try {
    const value = readJson(text, ...rest);
    // As a warehouse exports a column of JSON.
    const event = typeof value === 'string' ? parseJson(value) : value;
    if (!isObject(event)) return new Failure(`${at}: expected a Segment event, a JSON object`);
    return { event, at, text: typeof value === 'string' ? value : text };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return new Failure(error.message);
  }
}

/**
 * Parses JSON.
 *
 * @param name the name of the file, for the error.
 * @param line the line of the file in which the text begins, counted from 1.
 * @param column likewise.
 * @throws InputError that names the line and the column of a mistake.
 */
export function readJson(text: string, name: string, line = 1, column = 1): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // As far to the right as in the file.
    const margin = ' '.repeat(Math.min(column - 1, LONGEST_MARGIN));
    throw new InputError(describeBadJson(margin + text, name, line));
  }
}

const LONGEST_MARGIN = 10_000_000;

/** JSON.parse does not report the line, so the text is parsed again by a parser that does. */
function describeBadJson(text: string, name: string, line: number): string {
  try {
    parseStrictly(text);
    // It accepts what JSON.parse refuses: a control character within a string.
    const before = /^(?:[^"]|"(?:[^"\\\p{Cc}]|\\.)*")*"(?:[^"\\\p{Cc}]|\\.)*/u.exec(text)?.[0] ?? '';
    const rows = before.split('\n');
    const isLoss = text.startsWith(LOSS, before.length);
    const what = isLoss
      ? 'a character that is not in UTF-8'
      : 'a tab, a line break or another control character within a string';
    return `${name}:${line + rows.length - 1}:${(rows.at(-1)?.length ?? 0) + 1}: bad JSON: ${what}`;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const [, row = '1', column = '1'] = /\((\d+):(\d+)\)$/.exec(message) ?? [];
    // It reports an unexpected end at the beginning of the text.
    const lines = text.trimEnd().split(/\r\n?|\n/);
    const isEnd = message.startsWith('Unexpected end');
    const [atRow, atColumn] = isEnd
      ? [lines.length, (lines.at(-1)?.length ?? 0) + 1]
      : [Number(row), Number(column)];
    const found = isEnd ? 'the end of the text' : JSON.stringify(lines[atRow - 1]?.[atColumn - 1] ?? '');
    return `${name}:${line + atRow - 1}:${atColumn}: bad JSON: ${found} was not expected here`;
  }
}

/** Whether a text is an object, or one that is JSON in a string. */
export function isJsonObject(text: string): boolean {
  const value = parseJson(text);
  return isObject(typeof value === 'string' ? parseJson(value) : value);
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

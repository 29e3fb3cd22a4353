// JSON that a person hands in, and where it is wrong.
import { parse as parseStrictly } from '@humanwhocodes/momoa';
import { InputError } from '../cli/command';

/** A value that was found in a file, not yet known to be an event. */
export interface Found {
  readonly event: unknown;
  /** The file and the line, or the number in it. */
  readonly at: string;
}

/**
 * @param name what the text is called in an error: a file.
 * @param line where the text begins in it, from 1 on.
 * @param column likewise.
 * @throws InputError that tells the line and the column.
 */
export function readJson(text: string, name: string, line = 1, column = 1): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // So far to the right as it stands.
    const margin = ' '.repeat(Math.min(column - 1, LONGEST_MARGIN));
    throw new InputError(describeBadJson(margin + text, name, line));
  }
}

const LONGEST_MARGIN = 10_000_000;

/** JSON.parse does not tell the line, so the text is read again by a parser that does. */
function describeBadJson(text: string, name: string, line: number): string {
  try {
    parseStrictly(text);
    // What it lets pass and JSON.parse does not: a control character within a string.
    const before = /^(?:[^"]|"(?:[^"\\\p{Cc}]|\\.)*")*"(?:[^"\\\p{Cc}]|\\.)*/u.exec(text)?.[0] ?? '';
    const rows = before.split('\n');
    return `${name}:${line + rows.length - 1}:${(rows.at(-1)?.length ?? 0) + 1}: bad JSON: a tab, a line break or another control character within a string`;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const [, row = '1', column = '1'] = /\((\d+):(\d+)\)$/.exec(message) ?? [];
    // It puts the end of the text at its beginning.
    const lines = text.trimEnd().split('\n');
    const isEnd = message.startsWith('Unexpected end');
    const [atRow, atColumn] = isEnd
      ? [lines.length, (lines.at(-1)?.length ?? 0) + 1]
      : [Number(row), Number(column)];
    const found = isEnd ? 'the end of the text' : JSON.stringify(lines[atRow - 1]?.[atColumn - 1] ?? '');
    return `${name}:${line + atRow - 1}:${atColumn}: bad JSON: ${found} was not expected here`;
  }
}

export function isJsonObject(text: string): boolean {
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

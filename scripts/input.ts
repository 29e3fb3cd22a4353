// The files that a person hands to the commands: events and settings.
import { readFile } from 'node:fs/promises';
import { parse as parseStrictly } from '@humanwhocodes/momoa';

/** Something that a person can mend in what they typed or in their file: one line, exit code 2. */
export class InputError extends Error {
  override name = 'InputError';
}

/**
 * Reads Segment events: one, a JSON array of them, or one a line.
 *
 * @throws InputError that names the file and the line.
 */
export async function readEvents(file: string): Promise<readonly unknown[]> {
  const text = await readText(file);
  if (text.trim() === '') throw new InputError(`${file}: the file is empty`);
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const written = lines.filter(({ line }) => line !== '');
  // What is not JSON as a whole is taken for lines where the first of them begins an object, and it or the last is one.
  const [first = '', last = ''] = [written[0]?.line, written.at(-1)?.line];
  const isEventALine =
    !isJson(text) && written.length > 1 && first.startsWith('{') && (isJson(first) || isJson(last));
  const events = isEventALine
    ? written.map(({ line, number }) => ({
        event: parseJson(line, file, number),
        at: `${file}:${String(number)}`,
      }))
    : [parseJson(text, file, 1)]
        .flat()
        .map((event, index) => ({ event, at: `${file}: event ${String(index + 1)}` }));
  if (events.length === 0) throw new InputError(`${file}: there is no event in it`);
  for (const { event, at } of events) {
    if (!isObject(event)) throw new InputError(`${at}: expected a Segment event, a JSON object`);
  }
  return events.map(({ event }) => event);
}

/**
 * Reads the function's settings: a JSON object by the settings' names.
 *
 * @throws InputError that names the file and the line.
 */
export async function readSettingsFile(file: string): Promise<object> {
  const settings = parseJson(await readText(file), file, 1);
  if (!isObject(settings)) throw new InputError(`${file}: expected a JSON object of settings`);
  return settings;
}

async function readText(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'there is no such file',
      EACCES: 'you may not read it',
      EISDIR: 'it is a folder',
    };
    throw new InputError(`${file}: ${reasons[code] ?? `it cannot be read (${code})`}`);
  }
}

/**
 * Parses JSON.
 *
 * @param line the number of the text's first line in the file.
 * @throws InputError that names the file, the line and the column.
 */
export function parseJson(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(describeBadJson(text, file, line));
  }
}

/** JSON.parse does not tell the line, so the text is read again by a parser that does. */
function describeBadJson(text: string, file: string, line: number): string {
  try {
    parseStrictly(text);
    // What it lets pass and JSON.parse does not: a control character within a string.
    const before = /^(?:[^"]|"(?:[^"\\\p{Cc}]|\\.)*")*"(?:[^"\\\p{Cc}]|\\.)*/u.exec(text)?.[0] ?? '';
    const rows = before.split('\n');
    return `${file}:${String(line + rows.length - 1)}:${String((rows.at(-1)?.length ?? 0) + 1)}: bad JSON: a tab, a line break or another control character within a string`;
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
    return `${file}:${String(line + atRow - 1)}:${String(atColumn)}: bad JSON: ${found} was not expected here`;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

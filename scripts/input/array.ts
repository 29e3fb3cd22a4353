// Reads a JSON array that is too long to be parsed as a whole.
import { InputError } from '../cli/command';
import { MAX_LENGTH, tooLong } from './limits';
import { isJsonObject, readEntry, type Entry } from './json';

/**
 * Reads an array of any length, element by element, so that the events beside a mistake are not lost.
 *
 * @throws InputError that names the line and the column of a mistake between the elements.
 */
export async function* readArray(name: string, texts: AsyncIterable<string>): AsyncGenerator<Entry> {
  let number = 0;
  for await (const { text, line, column } of elementsOf(name, texts)) {
    number += 1;
    yield readEntry(`${name}: event ${number}`, text, name, line, column);
  }
}

interface Element {
  readonly text: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly column: number;
}

/** Cuts an array at the commas between its elements. */
async function* elementsOf(name: string, texts: AsyncIterable<string>): AsyncGenerator<Element> {
  let [line, column] = [1, 1];
  let [depth, count, length] = [0, 0, 0];
  let [isString, isEscape, isOver] = [false, false, false];
  let begun: string[] = [];

  /** Ends the element before the current character, and begins the next one after it. */
  function end(): Element {
    const element = { text: begun.join(''), line, column };
    const rows = element.text.split('\n');
    const width = rows.at(-1)?.length ?? 0;
    column = rows.length > 1 ? width + 2 : column + width + 1;
    line += rows.length - 1;
    begun = [];
    length = 0;
    return element;
  }
  const unexpected = (what: string): InputError =>
    new InputError(`${name}:${line}:${Math.max(column - 1, 1)}: bad JSON: ${what} was not expected here`);

  for await (const text of texts) {
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at] ?? '';
      if (isString) {
        if (isEscape) isEscape = false;
        else if (character === '\\') isEscape = true;
        else if (character === '"') isString = false;
        continue;
      }
      if (character === '"') isString = true;
      const isBoundary =
        (depth === 0 && character === '[') || (depth === 1 && (character === ',' || character === ']'));
      if (character === '[' || character === '{') depth += 1;
      else if (character === ']' || character === '}') depth -= 1;
      if (!isBoundary) continue;
      begun.push(text.slice(from, at));
      from = at + 1;
      const element = end();
      isOver = depth === 0;
      if (character === '[') continue;
      const isBlank = element.text.trim() === '';
      if (isBlank && !(isOver && count === 0)) throw unexpected(JSON.stringify(character));
      count += 1;
      if (!isBlank) yield element;
    }
    begun.push(text.slice(from));
    length += text.length - from;
    if (length > MAX_LENGTH) throw tooLong(`${name}:${line}`);
    if (isOver && text.slice(from).trim() !== '') {
      throw unexpected(JSON.stringify(text.slice(from).trim().charAt(0)));
    }
  }
  if (!isOver) {
    const element = end();
    if (isJsonObject(element.text)) yield element;
    throw unexpected('the end of the text');
  }
}

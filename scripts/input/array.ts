// A JSON array that is too long to be read as a whole.
import { InputError } from '../cli/command';
import { readJson, type Found } from './json';

/** An array of any length, element by element, so that a mistake is told by its line and no event before it is lost. */
export async function* readArray(name: string, texts: AsyncIterable<string>): AsyncGenerator<Found> {
  let number = 0;
  for await (const { text, line, column } of elementsOf(name, texts)) {
    number += 1;
    yield { event: readJson(text, name, line, column), at: `${name}: event ${number}` };
  }
}

interface Element {
  readonly text: string;
  /** Where it begins, from 1 on. */
  readonly line: number;
  readonly column: number;
}

/** Cuts an array at the commas between its elements. */
async function* elementsOf(name: string, texts: AsyncIterable<string>): AsyncGenerator<Element> {
  let [line, column] = [1, 1];
  let [depth, count] = [0, 0];
  let [isString, isEscape, isOver] = [false, false, false];
  let begun: string[] = [];

  /** What has begun ends before a sign, and goes on behind it. */
  function end(): Element {
    const element = { text: begun.join(''), line, column };
    const rows = element.text.split('\n');
    const width = rows.at(-1)?.length ?? 0;
    column = rows.length > 1 ? width + 2 : column + width + 1;
    line += rows.length - 1;
    begun = [];
    return element;
  }
  const unexpected = (what: string): InputError =>
    new InputError(`${name}:${line}:${Math.max(column - 1, 1)}: bad JSON: ${what} was not expected here`);

  for await (const text of texts) {
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at] ?? '';
      if (isString) {
        if (isEscape) isEscape = false;
        else if (sign === '\\') isEscape = true;
        else if (sign === '"') isString = false;
        continue;
      }
      if (sign === '"') isString = true;
      const isBoundary = (depth === 0 && sign === '[') || (depth === 1 && (sign === ',' || sign === ']'));
      if (sign === '[' || sign === '{') depth += 1;
      else if (sign === ']' || sign === '}') depth -= 1;
      if (!isBoundary) continue;
      begun.push(text.slice(from, at));
      from = at + 1;
      const element = end();
      isOver = depth === 0;
      if (sign === '[') continue;
      const isBlank = element.text.trim() === '';
      if (isBlank && !(isOver && count === 0)) throw unexpected(JSON.stringify(sign));
      count += 1;
      if (!isBlank) yield element;
    }
    begun.push(text.slice(from));
    if (isOver && text.slice(from).trim() !== '') {
      throw unexpected(JSON.stringify(text.slice(from).trim().charAt(0)));
    }
  }
  if (!isOver) {
    end();
    throw unexpected('the end of the text');
  }
}

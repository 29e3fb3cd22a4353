// Writes expressions as a person would; reading what was written gives the same again.
import { isWhole, KEY, NAME, type Path, type SourceForm } from './expression';

/** Writes sources as a text of the setting Parameter Mappings. Each path has a key. */
export const printExpression = (sources: readonly SourceForm[]): string =>
  sources.map(printSource).join(' ?? ');

function printSource(source: SourceForm): string {
  switch (source.kind) {
    case 'path':
      return printPath(source);
    case 'literal':
      return typeof source.value === 'string' ? `"${printCharacters(source.value)}"` : String(source.value);
    case 'template':
      return `"${source.parts.map(printPart).join('')}"`;
    case 'product':
      return `${printPath(source.path)} ${source.operator} ${source.operand}`;
    case 'negation':
      return `!${printPath(source.path)}`;
  }
}

const printPart = (part: string | Path): string =>
  typeof part === 'string' ? printCharacters(part) : `{{${printPath(part)}}}`;

/** A brace begins a place if another one follows it, or a place. */
const printCharacters = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/\{(?=\{|$)/g, String.raw`\{`);

const printPath = ({ keys, lists }: Path): string =>
  [
    printKeys(keys),
    ...lists.flatMap(({ where, keys: rest }) => [
      where === undefined ? '[]' : `[${printKeys(where.keys)}=${JSON.stringify(where.value)}]`,
      ...rest.map(printKey),
    ]),
  ].join('');

function printKeys([first, ...rest]: readonly string[]): string {
  const steps = rest.map(printKey).join('');
  if (first === undefined) return '$';
  return isWhole(NAME, first) && !BOOLEAN.test(first) ? first + steps : `$${printKey(first)}${steps}`;
}

/** Alone, these would be literals. */
const BOOLEAN = /^(?:true|false)$/;

const INDEX = /^(?:0|[1-9]\d*)$/;

function printKey(key: string): string {
  if (INDEX.test(key)) return `[${key}]`;
  return isWhole(KEY, key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

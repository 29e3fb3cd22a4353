// The pages of the documentation: their text, their tables, and the commands that they show with what these print.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/cli/project';

const markdownIn = (folder: string): readonly string[] =>
  readdirSync(path.join(ROOT, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.posix.join(folder, file));

/** The pages by their paths from the project's folder. The changelog is not one: it also says what was true once. */
export const pages: ReadonlyMap<string, string> = new Map(
  [...markdownIn('.'), ...markdownIn('docs')]
    .filter((file) => file !== 'CHANGELOG.md')
    .map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]),
);

/** The text of all pages. */
export const documentation = Array.from(pages.values()).join('\n');

type Row = readonly string[];

/** What a command prints may have tables of its own. */
const tables: readonly (readonly Row[])[] = documentation
  .replace(/^```.*?^```$/gms, '')
  .split(/\n(?!\|)/)
  .map((block) => block.split('\n').filter((line) => line.startsWith('|')))
  .filter((lines) => lines.length > 0)
  .map((lines) =>
    lines.map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    ),
  );

/**
 * The rows of a table, without its head.
 *
 * @param head its first headings, as many as it takes to tell it from others.
 * @throws Error unless exactly one page has exactly one such table.
 */
export function table(...head: Row): readonly Row[] {
  const found = tables.filter(([first = []]) => head.every((heading, index) => first[index] === heading));
  const [rows = []] = found;
  if (found.length !== 1)
    throw new Error(`There are ${found.length} tables that begin with ${head.join(' | ')}`);
  return rows.slice(2);
}

/** Commands that a page shows, and what the last of them prints. */
export interface Example {
  readonly commands: readonly string[];
  readonly output: string;
}

/** All of them, from page to page. */
export const examples: readonly Example[] = [
  ...documentation.matchAll(/^```sh\n([^`]*?)\n```\n\n```text\n(.*?)^```$/gms),
].map(([, commands = '', output = '']) => ({ commands: commands.split('\n'), output }));

/** What the pages show of a command, in the order of the pages. */
export const outputsOf = (command: string): readonly string[] =>
  examples.filter(({ commands }) => commands.at(-1) === command).map(({ output }) => output);

/** The parts of an example: a line with `…` alone stands for lines that it leaves out. */
export const partsOf = (output: string): readonly string[] =>
  output.split(/^ *…\n/m).map((part) => part.trim());

// The pages of the documentation: their links lead somewhere, and the files and commands that they name are there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { scripts } from '../../package.json';
import { ROOT } from '../../scripts/cli/project';

/** Folders that are made, and are not part of the project. */
const MADE = ['.cache', '.git', 'dist', 'node_modules'];

/** The files of a folder and of those in it, by their paths from the project's folder. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (MADE.includes(entry.name)) return [];
    const file = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? filesIn(file) : [file];
  });
const FILES = filesIn('.');

/** A page by its path from the project's folder. */
type Pages = ReadonlyMap<string, string>;
const readFile = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const PAGES: Pages = new Map(
  FILES.filter((file) => file.endsWith('.md')).map((file) => [file, readFile(file)]),
);
const pageOf = (file: string): string => PAGES.get(file) ?? '';

const FENCE = /^ *(`{3,})[^`\n]*\n.*?^ *\1`* *$/gms;
const CODE = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/gs;
const withoutFences = (text: string): string => text.replace(FENCE, '');
const codeIn = (text: string): readonly string[] =>
  [...withoutFences(text).matchAll(CODE)].map(([, , code = '']) => code);

const INLINE_LINK = /\]\(\s*<?([^\s<>)]+)/g;
const LINK_DEFINITION = /^ {0,3}\[[^\]]+\]:\s*<?([^\s<>]+)/gm;
const HTML_LINK = /\b(?:href|src|srcset)="([^"\s]+)/g;

/** Where the links and pictures of a page lead to, as it is written. */
function linksIn(text: string): readonly string[] {
  const prose = withoutFences(text).replace(CODE, '');
  return [INLINE_LINK, LINK_DEFINITION, HTML_LINK].flatMap((pattern) =>
    [...prose.matchAll(pattern)].map(([, target = '']) => target),
  );
}

/**
 * The anchor that GitHub makes of a heading: in lower case, without punctuation, with `-` for each space.
 *
 * GitHub, "Basic writing and formatting syntax", section "Section links":
 * https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links
 */
const slugOf = (heading: string): string =>
  heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    // A `_` outside of code and at the edge of a word is emphasis.
    .replace(/(`[^`]*`)|(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])/gu, '$1')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');

/** What a link to a page may end with: a heading that stands there a second time gets `-1`. */
function anchorsOf(text: string): ReadonlySet<string> {
  const times = new Map<string, number>();
  const prose = withoutFences(text);
  const ofHeadings = [...prose.matchAll(/^ {0,3}#{1,6} +(.+?)(?: +#+)? *$/gm)].map(([, heading = '']) => {
    const slug = slugOf(heading);
    const before = times.get(slug) ?? 0;
    times.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
  const ofHtml = [...prose.matchAll(/\b(?:id|name)="([^"]+)"/g)].map(([, id = '']) => id);
  return new Set([...ofHeadings, ...ofHtml]);
}

const ADDRESS = /^(?:[a-z][a-z\d+.-]*:|\/\/)/i;

/** The links of pages to a file, a folder or a heading that is not there. */
const brokenLinks = (pages: Pages, isThere: (file: string) => boolean): readonly string[] =>
  Array.from(pages).flatMap(([page, text]) =>
    linksIn(text)
      .filter((link) => !ADDRESS.test(link))
      .filter((link) => {
        const [file = '', anchor] = decodeURI(link).split('#');
        const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
        if (!isThere(target)) return true;
        return anchor !== undefined && !anchorsOf(pages.get(target) ?? '').has(anchor);
      })
      .map((link) => `${page}: ${link}`),
  );

/** Whether a file or a folder of the project is there; not one that is only made. */
const isInProject = (file: string): boolean =>
  FILES.some((one) => one === path.posix.normalize(file) || one.startsWith(file.replace(/\/*$/, '/')));

describe('links', () => {
  test('between pages lead to files and headings that are there', () => {
    expect([...PAGES.keys()]).toEqual(
      expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/architecture.md']),
    );
    expect([...PAGES.values()].flatMap(linksIn).length).toBeGreaterThan(30);
    expect(brokenLinks(PAGES, isInProject)).toEqual([]);
  });

  test('that lead nowhere are found', () => {
    const one = [
      '# Two words',
      '[there](two.md#what-is-it) [here](#two-words) [folder](../lib/) ![picture](picture.png)',
      '[no page](three.md) [no heading](two.md#what) [not here](#nothing) <img src="none.png">',
      '[reference]: four.md',
      '`[code](five.md)`',
      '```\n[fence](six.md)\n# Fence\n```',
      '[in a fence](#fence) [elsewhere](https://example.com/x.md) [outside](../../seven.md)',
    ].join('\n\n');
    const pages = new Map([
      ['docs/one.md', one],
      ['docs/two.md', '## What is it?\n'],
    ]);
    const files = [...pages.keys(), 'lib/', 'docs/picture.png'];
    expect(brokenLinks(pages, (file) => files.includes(file))).toEqual(
      [...['three.md', 'two.md#what', '#nothing', '#fence', '../../seven.md', 'four.md', 'none.png']].map(
        (link) => `docs/one.md: ${link}`,
      ),
    );
  });

  test.each([
    ['What is read, and what is left out', 'what-is-read-and-what-is-left-out'],
    ["What's new in 1.0?", 'whats-new-in-10'],
    ['`npm start` & co.', 'npm-start--co'],
    ['Deploy – step by step', 'deploy--step-by-step'],
    ['[Segment](https://segment.com)’s _own_ words', 'segments-own-words'],
    ['The cookie `_ttp` and snake_case', 'the-cookie-_ttp-and-snake_case'],
    ['Größe: 2 × 3', 'größe-2--3'],
  ])('GitHub makes of the heading "%s" the anchor %s', (heading, anchor) => {
    expect([...anchorsOf(`## ${heading}\n`)]).toEqual([anchor]);
  });

  test('lead to the second heading of the same text by its number', () => {
    expect([...anchorsOf('## One\n## Two\n## One\n## One ##\n')]).toEqual(['one', 'two', 'one-1', 'one-2']);
  });
});

describe('commands', () => {
  // A changelog also names what was there once.
  const current = Array.from(PAGES).filter(([page]) => page !== 'CHANGELOG.md');
  const commands = (pattern: RegExp) =>
    current.flatMap(([page, text]) =>
      [...text.matchAll(pattern)].map(([, what = '']) => ({ page, what: what.replace(/'$/, '') })),
    );

  test('of npm are in package.json', () => {
    const named = commands(/\bnpm run (?:--silent |-s )?([\w:-]+)/g);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ what }) => !Object.keys(scripts).includes(what))).toEqual([]);
  });

  test('that run some of the tests find those', () => {
    const named = commands(/\bnpx jest ([^\s`-][^\s`]*)/g);
    expect(named.length).toBeGreaterThan(3);
    const tests = FILES.filter((file) => file.endsWith('.test.ts'));
    expect(named.filter(({ what }) => !tests.some((file) => file.includes(what)))).toEqual([]);
  });

  test('that run a file find it', () => {
    const named = commands(/\b(?:npx tsx|bash) ([^\s`]+)/g);
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter(({ what }) => !isInProject(what))).toEqual([]);
  });
});

describe('the pages for contributors', () => {
  const A_PATH = /^\.?[\w-]+(?:[./][\w.-]+)*\/?$/;
  const A_FILE = /\.(?:css|js|json|md|mjs|ts|tsx|yml)$/;
  const pathsIn = (text: string): readonly string[] =>
    codeIn(text).filter((code) => A_PATH.test(code) && (code.includes('/') || A_FILE.test(code)));
  const architecture = pageOf('docs/architecture.md');

  test.each([
    ['docs/architecture.md', 60],
    ['docs/decisions.md', 8],
    ['CONTRIBUTING.md', 1],
    ['SECURITY.md', 1],
  ])('%s names only files and folders that are there', (page, least) => {
    const named = pathsIn(pageOf(page));
    expect(named.length).toBeGreaterThanOrEqual(least);
    // The bundle is there as well: it was made before the tests.
    expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  test('docs/architecture.md says what each folder is, and each file next to the folders of lib/', () => {
    const folders = ['lib', 'scripts', 'test'].flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() || folder === 'lib')
        .map((entry) => `${folder}/${entry.name}${entry.isDirectory() ? '/' : ''}`),
    );
    expect(folders.length).toBeGreaterThan(25);
    const named = pathsIn(architecture);
    expect(folders.filter((folder) => !named.includes(folder))).toEqual([]);
  });

  test('docs/architecture.md calls what is in the code by its name there', () => {
    const names = codeIn(architecture).filter((code) => /^[a-z_]\w+$/i.test(code));
    expect(names.length).toBeGreaterThan(10);
    const sources = pathsIn(architecture).filter((file) => A_FILE.test(file));
    const words = new Set(sources.flatMap((file) => readFile(file).match(/\w+/g) ?? []));
    expect(names.filter((name) => name !== 'node_modules' && !words.has(name))).toEqual([]);
  });

  test("docs/architecture.md lists every direction of imports, in the linter's words", () => {
    const enforced = [...readFile('eslint.config.mjs').matchAll(/\bmessage:\s*(["'])(.+?)\1/g)].map(
      ([, , message = '']) => message,
    );
    expect(enforced.length).toBeGreaterThan(8);
    const [, section = ''] = architecture.split('\n## The direction of imports\n');
    const rows =
      section
        .split('\n## ')[0]
        ?.match(/^\|.*\|$/gm)
        ?.slice(2) ?? [];
    const listed = rows.map((row) => row.split('|').at(-2)?.trim());
    expect(listed.sort()).toEqual(enforced.sort());
  });
});

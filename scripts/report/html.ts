// npm run report -- --html: the report as a page of its own. Nothing in it says more than the report itself, which is
// masked; of the files' names, the folders are left out.
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { version } from '../../package.json';
import { openOutput } from '../cli/output-file';
import { masked, printable } from '../cli/printable';
import { inaccessible, type NamedFile } from '../input/files';
import type { SharedReport } from '../tester/api';
import { bundlePage } from '../tester/bundle-page';
import type { Example } from './example';
import type { Report } from './tally';

/** The option that names the file. */
export const HTML = '--html';

/** What the page says. */
export interface PageContent {
  readonly report: Report;
  readonly files: readonly NamedFile[];
  readonly settings: NamedFile;
  /** Masked in the names of the files. */
  readonly token: string;
  /** The mistake in a file that ended the report. */
  readonly problem: string | undefined;
  readonly isInterrupted: boolean;
}

/**
 * Writes the page, and replaces a file that exists.
 *
 * @throws InputError if that would overwrite one of the files that were read, or cannot be written.
 */
export async function writePage(html: NamedFile, content: PageContent): Promise<void> {
  const page = await renderPage(share(content));
  const file = await openOutput(html, [...content.files, content.settings], HTML);
  try {
    await file.writeFile(page);
  } catch (error) {
    throw inaccessible(html.name, error, 'folder');
  } finally {
    await file.close();
  }
}

/** What may be said to people who have neither the files nor this machine. */
function share({ report, files, settings, token, problem, isInterrupted }: PageContent): SharedReport {
  const nameOf = ({ name }: NamedFile): string => nameToShare(name, token);
  /** Of a text that begins with a file's name, such as `/home/jane/month.ndjson:5`. */
  function withoutFolder(text: string): string {
    const file = files.find(({ name }) => text.startsWith(printable(name)));
    return file === undefined ? text : nameOf(file) + text.slice(printable(file.name).length);
  }
  return {
    files: files.map(nameOf),
    settings: nameOf(settings),
    report: withPlaces(report, withoutFolder),
    ...(problem !== undefined && { problem: withoutFolder(printable(problem)) }),
    at: new Date().toISOString(),
    version,
    isInterrupted,
  };
}

const DATE = /(\d{4}-\d\d-\d\d)/;

/** The name of a file without its folder, which may be a person's; a date in it is nobody's number. */
const nameToShare = (name: string, token: string): string =>
  path
    .basename(name)
    .split(DATE)
    .map((part, index) => (index % 2 === 1 ? part : masked(part, token)))
    .join('');

/** A report whose places are written otherwise. */
function withPlaces(report: Report, rewrite: (place: string) => string): Report {
  const withPlace = <Entry extends { readonly example?: Example }>(entry: Entry): Entry =>
    entry.example === undefined
      ? entry
      : { ...entry, example: { ...entry.example, at: rewrite(entry.example.at) } };
  const { skipped, reasons, leftOut, repeats, warnings, matchQuality } = report;
  return {
    ...report,
    skipped: { ...skipped, problems: skipped.problems.map(rewrite) },
    reasons: reasons.map(withPlace),
    leftOut: leftOut.map(withPlace),
    repeats: {
      ...repeats,
      ids: repeats.ids.map((one) => ({ ...one, places: one.places.map(rewrite) })),
    },
    warnings: warnings.map(withPlace),
    matchQuality: { ...matchQuality, advice: matchQuality.advice.map(withPlace) },
  };
}

/** Renders the parts of the tester page that show a report. */
async function renderPage(shared: SharedReport): Promise<string> {
  const { script, style } = await bundlePage(
    { script: 'file/shared.tsx', style: 'file/shared.css' },
    { format: 'iife', globalName: 'page' },
  );
  const page: unknown = runInNewContext(`${script}; page.renderShared(shared, style)`, { shared, style });
  if (typeof page !== 'string') throw new TypeError('The page was not rendered');
  return page;
}

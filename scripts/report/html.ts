// npm run report -- --html: the report as a page of its own. Nothing in it says more than the report itself, which is
// masked; of the files' names, the folders are left out.
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { version } from '../../package.json';
import { masked } from '../cli/printable';
import { ROOT } from '../cli/project';
import type { NamedFile } from '../input/files';
import type { SharedReport } from '../tester/api';
import type { Example } from './example';
import type { Report } from './tally';

const PAGE = path.join(ROOT, 'scripts/tester/page/file');

interface Made {
  readonly report: Report;
  readonly files: readonly NamedFile[];
  readonly settings: NamedFile;
  /** Masked in the names of the files. */
  readonly token: string;
  /** The mistake in a file that ended the report. */
  readonly problem: string | undefined;
  readonly isInterrupted: boolean;
}

/** Makes the text of the page. */
export async function makePage({
  report,
  files,
  settings,
  token,
  problem,
  isInterrupted,
}: Made): Promise<string> {
  const nameOf = ({ name }: NamedFile): string => shareableName(name, token);
  /** Of a text that begins with a file's name, such as `/home/jane/month.ndjson:5`. */
  function share(text: string): string {
    const file = files.find(({ name }) => text.startsWith(name));
    return file === undefined ? text : nameOf(file) + text.slice(file.name.length);
  }
  return render({
    files: files.map(nameOf),
    settings: nameOf(settings),
    report: withPlaces(report, share),
    ...(problem !== undefined && { problem: share(problem) }),
    at: new Date().toISOString(),
    version,
    isInterrupted,
  });
}

const DATE = /(\d{4}-\d\d-\d\d)/;

/** The name of a file without its folder, which may be a person's; a date in it is nobody's number. */
const shareableName = (name: string, token: string): string =>
  path
    .basename(name)
    .split(DATE)
    .map((part, index) => (index % 2 === 1 ? part : masked(part, token)))
    .join('');

/** A report whose places are written otherwise. */
function withPlaces(report: Report, share: (place: string) => string): Report {
  const shareExample = <Entry extends { readonly example?: Example }>(entry: Entry): Entry =>
    entry.example === undefined
      ? entry
      : { ...entry, example: { ...entry.example, at: share(entry.example.at) } };
  const { skipped, reasons, leftOut, warnings, matchQuality } = report;
  return {
    ...report,
    skipped: { ...skipped, problems: skipped.problems.map(share) },
    reasons: reasons.map(shareExample),
    leftOut: leftOut.map(shareExample),
    warnings: warnings.map(shareExample),
    matchQuality: { ...matchQuality, advice: matchQuality.advice.map(shareExample) },
  };
}

/** Renders the parts of the tester page that show a report. */
async function render(shared: SharedReport): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(PAGE, 'shared.tsx'), path.join(PAGE, 'shared.css')],
    bundle: true,
    write: false,
    outdir: PAGE,
    format: 'iife',
    globalName: 'page',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const built = (extension: string) => outputFiles.find((file) => file.path.endsWith(extension))?.text ?? '';
  const page: unknown = runInNewContext(`${built('.js')}; page.renderShared(shared, style)`, {
    shared,
    style: built('.css'),
  });
  if (typeof page !== 'string') throw new TypeError('The page was not rendered');
  return page;
}

// npm run report: what became of all events, counted.
import colors from 'picocolors';
import { InputError } from '../cli/command';
import { checkOutput } from '../cli/output-file';
import { printable } from '../cli/printable';
import type { NamedFile } from '../input/files';
import { HTML, writePage } from './html';
import { createRequestFile, type RequestFile } from './request-file';
import { runEvents, type RunOptions, type Surroundings } from './run';
import { readConfiguration, readNamedSettings } from './settings';
import { describeReport } from './terminal';

export interface ReportOptions extends RunOptions {
  /** How many events Segment hands over in a call. */
  readonly batch: number;
  readonly json?: boolean;
  /** The file to keep the requests in. */
  readonly out?: NamedFile;
  /** The file to write the report to, as a page. */
  readonly html?: NamedFile;
}

/**
 * Runs the events of files through the function, and prints a report.
 *
 * @returns the exit code.
 * @throws InputError if the settings cannot work, or a file or an option is wrong: after the report of the events
 * before it.
 */
export async function reportEvents(
  files: readonly NamedFile[],
  options: ReportOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { print, signal } = surroundings;
  const { batch, json = false, out, html } = options;
  const printText = json ? () => undefined : print;
  const inputs = [...files, options.settings];
  if (out !== undefined) await checkOutput(out, inputs);
  if (html !== undefined) await checkOutput(html, inputs, HTML);
  if (out !== undefined && out.path === html?.path)
    throw new InputError(`${html.name}: --out and ${HTML} name the same file`);
  const settings = await readNamedSettings(options.settings);
  const token = readConfiguration(settings).settings.accessToken;
  let requestFile: RequestFile | undefined;
  const { report, error, summary, exitCode } = await runEvents(
    {
      files,
      settings,
      functionName: options.name,
      batch,
      async onStart(heading) {
        // Only now: a file that exists is not emptied for nothing.
        requestFile = out && (await createRequestFile(out, inputs));
        printText(heading);
      },
      async onCall({ traces }) {
        for (const { request } of traces) await requestFile?.write(request.body);
      },
    },
    surroundings,
  );
  await requestFile?.close();

  printText(`${describeReport(report)}\n`);
  if (signal.aborted) printText(colors.yellow('Interrupted: this is the report of the events until then.'));
  printText(summary);
  if (json) print(JSON.stringify({ ...report, interrupted: signal.aborted }, undefined, 2));
  if (html !== undefined) {
    const isInterrupted = signal.aborted;
    const problem = error?.message;
    await writePage(html, { report, files, settings: options.settings, token, problem, isInterrupted });
    printText(printable(`The report as a page: ${html.name}`));
  }
  if (error !== undefined) throw error;
  return exitCode;
}

// npm run check: whether every event is sent, and sent whole.
import colors from 'picocolors';
import { REASONS, type Reason as LeftOutReason } from '../../lib/parameters/reasons';
import { BATCH } from '../local/segment/runtime';
import type { NamedFile } from '../input/files';
import { countOf, formatCount } from './count';
import { REJECTIONS, type Rejection } from './examine';
import type { Finding } from './finding';
import { REJECTED, runEvents, type RunOptions, type Surroundings } from './run';
import { readNamedSettings } from './settings';
import { describeLeftOut, describeReasons, describeSkipped, joinSections } from './terminal';

/** What `--allow` takes, with what each means. */
export const ALLOWABLE = { ...REJECTIONS, ...REASONS } as const;
export type Allowable = Rejection | LeftOutReason;

export const isAllowable = (name: string): name is Allowable => Object.hasOwn(ALLOWABLE, name);

export interface CheckOptions extends RunOptions {
  /** What does not fail the check. */
  readonly allow: readonly Allowable[];
  /** Whether what fails is printed as JSON. */
  readonly json?: boolean;
}

/**
 * Runs the events of files through the function, and prints what is rejected or left out.
 *
 * @returns the exit code: 1 if anything is that is not allowed.
 * @throws InputError if the settings cannot work or a file cannot be read further.
 */
export async function checkEvents(
  files: readonly NamedFile[],
  options: CheckOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { print, signal } = surroundings;
  const { json = false } = options;
  const printText = json ? () => undefined : print;
  const allowed = new Set<string | undefined>(options.allow);
  const fails = ({ cause, leftOut }: Finding): boolean =>
    (cause?.reason !== undefined && !allowed.has(cause.reason)) ||
    leftOut.some(({ reason }) => !allowed.has(reason));

  let failed = 0;
  const { report, error, summary, exitCode } = await runEvents(
    {
      files,
      settings: await readNamedSettings(options.settings),
      functionName: options.name,
      batch: BATCH,
      onStart: printText,
      onFinding(finding) {
        if (fails(finding)) failed += 1;
      },
    },
    surroundings,
  );

  const { events, skipped } = report;
  const reasons = report.reasons.filter(({ reason }) => reason !== undefined && !allowed.has(reason));
  const leftOut = report.leftOut.filter(({ reason }) => !allowed.has(reason));
  const findings = joinSections([
    describeSkipped(skipped),
    describeReasons(reasons),
    describeLeftOut(leftOut),
  ]);
  if (findings !== '') printText(`${findings}\n`);
  if (signal.aborted) printText(colors.yellow('Interrupted: these are the events until then.'));
  printText(summary);
  const isClean = failed === 0 && exitCode === 0 && error === undefined;
  const others = skipped.count > 0 ? ` ${formatCount(skipped.count)} skipped.` : '';
  const unread = error === undefined ? '' : ' The rest could not be read.';
  printText(
    isClean
      ? colors.green('Passed: every event that is for TikTok was sent whole, except for what is allowed.')
      : colors.red(
          `Failed: ${formatCount(failed)} of ${countOf(events, 'event')} rejected or not sent whole.${others}${unread}`,
        ),
  );
  if (json)
    print(
      JSON.stringify(
        { events, failed, skipped, reasons, leftOut, interrupted: signal.aborted },
        undefined,
        2,
      ),
    );
  if (error !== undefined) throw error;
  return exitCode === 0 && failed > 0 ? REJECTED : exitCode;
}

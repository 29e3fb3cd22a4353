// What Stryker found, beside what the project has judged: which changes no test notices, and which of them matter.
import { z } from 'zod';
import { isAmong, PARTS } from './parts';

const place = z.object({ line: z.number(), column: z.number() });

/**
 * A report of Stryker.
 * Stryker, "mutation-testing-report-schema": https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema
 */
export const reportSchema = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.string(),
      mutants: z.array(
        z.looseObject({
          mutatorName: z.string(),
          replacement: z.string(),
          status: z.string(),
          location: z.object({ start: place, end: place }),
        }),
      ),
    }),
  ),
});
export type Report = z.infer<typeof reportSchema>;

/** Changes that no test notices, and why that does not matter. A change is known by its text, not by its line's number. */
export const judgementsSchema = z.array(
  z.strictObject({
    file: z.string(),
    why: z.string(),
    changes: z.array(
      z.strictObject({
        /** The line that the change begins in. */
        line: z.string(),
        from: z.string(),
        to: z.string(),
      }),
    ),
  }),
);
export type Judgements = z.infer<typeof judgementsSchema>;

/** A change that no test noticed. */
export interface Survivor {
  readonly file: string;
  readonly lineNumber: number;
  /** The line that the change begins in, what is replaced, and by what; each without line breaks. */
  readonly line: string;
  readonly from: string;
  readonly to: string;
  /** Why it does not matter, if it is judged. */
  readonly why?: string;
}

export interface FileResult {
  readonly file: string;
  readonly killed: number;
  readonly survivors: readonly Survivor[];
}

const KILLED = new Set(['Killed', 'Timeout']);
/** `NoCoverage`: no test reaches it. A change that cannot be compiled or loaded is neither noticed nor missed. */
const SURVIVED = new Set(['Survived', 'NoCoverage']);

/** @returns the result of each file in a report, in the report's order. */
export function resultsOf({ files }: Report, judgements: Judgements): readonly FileResult[] {
  return Object.entries(files).map(([file, { source, mutants }]) => ({
    file,
    killed: mutants.filter(({ status }) => KILLED.has(status)).length,
    survivors: mutants
      .filter(({ status }) => SURVIVED.has(status))
      .map((mutant) => survivorOf(file, source.split('\n'), mutant, judgements)),
  }));
}

/**
 * A report without what is uncertain, so that Stryker tries it again: timeouts, because a busy machine has them too; and
 * changes that no test noticed and nobody judged, because Stryker does not see that a new test reaches code that runs
 * only once, when its file is loaded.
 *
 * @param isTried whether the changes in a file are tried now; those in other files stay in the report.
 */
export function withoutUncertain(
  report: Report,
  judgements: Judgements,
  isTried: (file: string) => boolean,
): Report {
  const files = Object.entries(report.files).map(([file, result]) => {
    if (!isTried(file)) return [file, result] as const;
    const lines = result.source.split('\n');
    const isUncertain = (mutant: Mutant) =>
      mutant.status === 'Timeout' ||
      (SURVIVED.has(mutant.status) && survivorOf(file, lines, mutant, judgements).why === undefined);
    return [file, { ...result, mutants: result.mutants.filter((mutant) => !isUncertain(mutant)) }] as const;
  });
  return { ...report, files: Object.fromEntries(files) };
}

type Mutant = Report['files'][string]['mutants'][number];

function survivorOf(
  file: string,
  lines: readonly string[],
  { location: { start, end }, replacement }: Mutant,
  judgements: Judgements,
): Survivor {
  const line = inOneLine(lines[start.line - 1] ?? '');
  const from = inOneLine(textBetween(lines, start, end));
  const to = inOneLine(replacement);
  const judgement = judgements.find(
    ({ file: judged, changes }) =>
      judged === file &&
      changes.some((change) => change.line === line && change.from === from && change.to === to),
  );
  return { file, lineNumber: start.line, line, from, to, ...(judgement && { why: judgement.why }) };
}

/** How many of the changes tests notice, in percent; 100 if there are none. */
export function scoreOf(results: readonly FileResult[]): number {
  const killed = results.reduce((sum, result) => sum + result.killed, 0);
  const survived = results.reduce((sum, result) => sum + result.survivors.length, 0);
  return killed + survived === 0 ? 100 : (100 * killed) / (killed + survived);
}

/** The changes that no test notices and nobody judged. */
export const notJudgedIn = (results: readonly FileResult[]): readonly Survivor[] =>
  results.flatMap(({ survivors }) => survivors).filter(({ why }) => why === undefined);

/** In percent, of the changes in all of lib/. In a single file it is enough that each change is noticed or judged. */
const LEAST_SCORE = 90;

/**
 * Why the command fails.
 *
 * @param files those that it was asked for; all of lib/ if it is empty.
 * @returns `undefined` if it does not: all of these were measured, each change is noticed or judged, and enough of the
 * changes in all of lib/ are noticed.
 */
export function faultOf(results: readonly FileResult[], files: readonly string[]): string | undefined {
  const isAll = files.length === 0;
  if (isAll && results.length === 0) return 'Nothing has been measured yet: leave out --no-run';
  const wanted = isAll ? PARTS.flatMap(({ sources }) => sources) : files;
  const notMeasured = wanted.filter((entry) => !results.some(({ file }) => isAmong(file, [entry])));
  if (notMeasured.length > 0) return `Not measured yet: ${notMeasured.join(', ')}`;

  const notJudged = notJudgedIn(results).length;
  if (notJudged > 0)
    return `${notJudged === 1 ? '1 change is' : `${notJudged} changes are`} neither noticed by a test nor judged`;

  const score = scoreOf(results);
  return isAll && score < LEAST_SCORE
    ? `The tests notice ${score.toFixed(1)} % of the changes in lib/, less than ${LEAST_SCORE} %`
    : undefined;
}

const inOneLine = (text: string): string => text.trim().replace(/\s+/g, ' ');

type Place = z.infer<typeof place>;

/** Lines and columns count from 1. */
function textBetween(lines: readonly string[], start: Place, end: Place): string {
  const text = lines.slice(start.line - 1, end.line);
  const last = text.length - 1;
  return text
    .map((line, index) =>
      line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined),
    )
    .join('\n');
}

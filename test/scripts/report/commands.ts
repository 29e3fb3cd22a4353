// npm start, npm run report and npm run check in the tests' own process: their work, but not their options' texts and
// their end.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { z } from 'zod';
import { ownFile, typedFile } from '../../../scripts/cli/options';
import { BUNDLE, EXAMPLES, FUNCTION_NAME } from '../../../scripts/cli/project';
import { BATCH } from '../../../scripts/local/segment/runtime';
import type { ExpectOptions } from '../../../scripts/report/cases/expect';
import type { CompareOptions } from '../../../scripts/report/compare';
import type { CheckOptions } from '../../../scripts/report/check';
import type { ReportOptions } from '../../../scripts/report/report';
import type { Surroundings } from '../../../scripts/report/run';
import type { ShowOptions } from '../../../scripts/report/show';
import type { Run } from '../../support/command';
import { loadInProcess } from '../../support/load-in-process';
import { track } from '../../support/world';

const { CommandError, describeError, checkEvents, compareFiles, expectCases, reportEvents, showEvents } =
  loadInProcess();

const DEFAULTS = { settings: ownFile(path.join(EXAMPLES, 'settings.json')), name: FUNCTION_NAME };

/** Options that differ from the defaults; files by their names. */
type Given<Options> = Partial<Omit<Options, 'settings' | 'out' | 'html' | 'cases'>> & {
  readonly settings?: string;
  readonly out?: string;
  readonly html?: string;
  readonly cases?: string;
};

const optionsOf = <Options>({ settings, out, html, cases, ...others }: Given<Options>) => ({
  ...DEFAULTS,
  ...(settings !== undefined && { settings: typedFile(settings) }),
  ...(out !== undefined && { out: typedFile(out) }),
  ...(html !== undefined && { html: typedFile(html) }),
  ...(cases !== undefined && { cases: typedFile(cases) }),
  ...others,
});

/** Gives what a command would print and exit with. @param given other surroundings than a process without a terminal. */
async function run(
  command: (surroundings: Surroundings) => Promise<number>,
  given: Partial<Surroundings> = {},
): Promise<Run> {
  let [stdout, stderr] = ['', ''];
  try {
    const status = await command({
      // The bundle was built before the tests.
      build: () => Promise.resolve(readFileSync(BUNDLE, 'utf8')),
      print: (text) => (stdout += `${text}\n`),
      warn: (text) => (stderr += `${text}\n`),
      progressStream: new PassThrough(),
      signal: new AbortController().signal,
      ...given,
    });
    return { status, stdout, stderr };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { status: error.exitCode, stdout, stderr: `${stderr}${describeError(error)}\n` };
  }
}

/** npm start. */
export const show = (files: readonly string[], options: Given<ShowOptions> = {}): Promise<Run> =>
  run((surroundings) => showEvents(files.map(typedFile), optionsOf(options), surroundings));

/** npm run report. */
export const report = (
  files: readonly string[],
  options: Given<ReportOptions> = {},
  given: Partial<Surroundings> = {},
): Promise<Run> =>
  run(
    (surroundings) =>
      reportEvents(files.map(typedFile), { batch: BATCH, ...optionsOf(options) }, surroundings),
    given,
  );

/** npm run report with `--compare`. */
export const compare = (
  files: readonly string[],
  before: string,
  after: string,
  options: Partial<CompareOptions> = {},
): Promise<Run> =>
  run((surroundings) =>
    compareFiles(
      files.map(typedFile),
      typedFile(before),
      typedFile(after),
      { name: FUNCTION_NAME, ...options },
      surroundings,
    ),
  );

/** npm run check. */
export const check = (files: readonly string[], options: Given<CheckOptions> = {}): Promise<Run> =>
  run((surroundings) =>
    checkEvents(files.map(typedFile), { allow: [], ...optionsOf(options) }, surroundings),
  );

/** npm run check with `--expect`. */
export const prove = (files: readonly string[], options: Given<ExpectOptions> = {}): Promise<Run> =>
  run((surroundings) => expectCases(files.map(typedFile), optionsOf(options), surroundings));

const counts = z.object({
  events: z.number(),
  delivered: z.number(),
  discarded: z.number(),
  unsupported: z.number(),
  retried: z.number(),
  notHandedOver: z.number(),
});
const example = z.object({ at: z.string(), messageId: z.string().optional() });
const flaw = z.object({ parameter: z.string(), source: z.string(), flaw: z.string(), count: z.number() });
const skipped = z.object({ count: z.number(), problems: z.array(z.string()) });
const reasons = z.array(
  z.object({
    outcome: z.string(),
    reason: z.string().optional(),
    problem: z.string(),
    advice: z.array(z.object({ text: z.string(), count: z.number() })),
    count: z.number(),
    flaws: z.array(flaw),
    example,
  }),
);
const reportSchema = counts.extend({
  skipped,
  reasons,
  leftOut: z.array(
    flaw.extend({
      reason: z.string(),
      isPart: z.boolean(),
      replacedBy: z.string().optional(),
      example,
    }),
  ),
  sent: z.array(
    z.strictObject({
      name: z.string(),
      count: z.number(),
      withoutId: z.number(),
      currencies: z.array(
        z.strictObject({
          currency: z.string().optional(),
          count: z.number(),
          values: z.number(),
          sum: z.number(),
        }),
      ),
    }),
  ),
  repeats: z.strictObject({
    count: z.number(),
    ids: z.array(
      z.strictObject({
        name: z.string(),
        id: z.string(),
        count: z.number(),
        places: z.array(z.string()),
      }),
    ),
    isComplete: z.boolean(),
  }),
  names: z.array(
    z.object({
      name: z.string(),
      count: z.number(),
      becomes: z.array(z.string()),
      isUnmet: z.boolean(),
    }),
  ),
  identifiers: z.record(z.string(), z.number()),
  matchQuality: z.strictObject({
    events: z.number(),
    conversions: z.array(
      z.strictObject({
        name: z.string(),
        count: z.number(),
        identifiers: z.array(z.strictObject({ parameter: z.string(), count: z.number() })),
        none: z.number(),
      }),
    ),
    advice: z.array(
      z.strictObject({
        parameter: z.string(),
        reason: z.string(),
        finding: z.string(),
        advice: z.string(),
        count: z.number(),
        newlySent: z.number(),
        example,
      }),
    ),
  }),
  essentials: z.record(z.string(), z.number()),
  warnings: z.array(
    z.object({
      kind: z.string(),
      message: z.string(),
      count: z.number().optional(),
      example: example.optional(),
    }),
  ),
  requests: z.number(),
  bytes: z.number(),
  timeline: z.array(counts),
  interrupted: z.boolean(),
});

/** Reads the report that `--json` prints. */
export const readReport = (stdout: string) => reportSchema.parse(JSON.parse(stdout));

const outcome = z.object({ fate: z.string(), conversions: z.array(z.string()) });
const comparisonSchema = z.strictObject({
  before: z.string(),
  after: z.string(),
  events: z.number(),
  changed: z.number(),
  requests: z.array(z.object({ setting: z.string(), before: z.string(), after: z.string() })),
  outcomes: z.array(
    z.object({
      name: z.string(),
      change: z.string(),
      before: outcome,
      after: outcome,
      count: z.number(),
      example,
    }),
  ),
  reasons,
  parameters: z.array(
    z.object({
      conversion: z.string(),
      parameter: z.string(),
      change: z.string(),
      before: z.string().optional(),
      after: z.string().optional(),
      flaw: z.string().optional(),
      count: z.number(),
      example,
    }),
  ),
  skipped,
  interrupted: z.boolean(),
});

/** {@link compare} with `--json`. */
export async function compareAsJson(files: readonly string[], before: string, after: string) {
  const { status, stdout, stderr } = await compare(files, before, after, { json: true });
  return { status, stderr, comparison: comparisonSchema.parse(JSON.parse(stdout)) };
}

/** {@link report} with `--json`. */
export async function reportAsJson(files: readonly string[], options: Given<ReportOptions> = {}) {
  const { status, stdout, stderr } = await report(files, { ...options, json: true });
  return { status, stderr, report: readReport(stdout) };
}

/** Events as text, one a line. */
export const lines = (events: readonly unknown[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

/** Track calls that are delivered as they are. */
export const tracks = (count: number): readonly unknown[] => Array.from({ length: count }, () => track());

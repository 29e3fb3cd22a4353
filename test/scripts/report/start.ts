// npm start in the tests' own process: its work, but not its options' texts and its end.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { z } from 'zod';
import { BUNDLE, EXAMPLES } from '../../../scripts/cli/project';
import type { StartOptions } from '../../../scripts/report/run';
import type { Run } from '../../support/command';
import { loadInProcess } from '../../support/load-in-process';
import { track } from '../../support/world';

const { CommandError, describeError, runEvents } = loadInProcess();

const EXAMPLE_SETTINGS = path.join(EXAMPLES, 'settings.json');

/**
 * Runs the events of files, and gives what the command would print and exit with.
 *
 * @param options those that differ from the defaults.
 */
export async function start(files: readonly string[], options: Partial<StartOptions> = {}): Promise<Run> {
  let stdout = '';
  try {
    const status = await runEvents(
      files,
      { settings: EXAMPLE_SETTINGS, ...options },
      {
        // The bundle was built before the tests.
        build: () => Promise.resolve(readFileSync(BUNDLE, 'utf8')),
        print: (text) => (stdout += `${text}\n`),
        progressStream: new PassThrough(),
        signal: new AbortController().signal,
      },
    );
    return { status, stdout, stderr: '' };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { status: error.exitCode, stdout, stderr: `${describeError(error)}\n` };
  }
}

const counts = z.object({
  events: z.number(),
  delivered: z.number(),
  discarded: z.number(),
  unsupported: z.number(),
  retried: z.number(),
});
const report = counts.extend({
  reasons: z.array(
    z.object({
      outcome: z.string(),
      message: z.string(),
      count: z.number(),
      example: z.object({ at: z.string(), messageId: z.string().optional() }),
    }),
  ),
  names: z.array(z.object({ name: z.string(), count: z.number(), becomes: z.array(z.string()) })),
  identifiers: z.record(z.string(), z.number()),
  old: z.number(),
  retiring: z.array(z.object({ name: z.string(), count: z.number(), advice: z.string() })),
  requests: z.number(),
  bytes: z.number(),
  timeline: z.array(counts),
  interrupted: z.boolean(),
});

/** Reads the report that `--json` prints. */
export const readReport = (stdout: string) => report.parse(JSON.parse(stdout));

/** {@link start} with `--json`. */
export async function startForReport(files: readonly string[], options: Partial<StartOptions> = {}) {
  const { status, stdout, stderr } = await start(files, { ...options, json: true });
  return { status, stderr, report: readReport(stdout) };
}

/** Events as text, one a line. */
export const lines = (events: readonly unknown[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

/** Track calls that are delivered as they are. */
export const tracks = (count: number): readonly unknown[] => Array.from({ length: count }, () => track());

// npm run report -- --compare: what would change under other settings.
import colors from 'picocolors';
import type { Configuration } from '../../lib/configuration/configure';
import { isFailure } from '../../lib/result';
import { InputError } from '../cli/command';
import { printable } from '../cli/printable';
import type { NamedFile } from '../input/files';
import { BATCH } from '../local/segment/runtime';
import { createComparison } from './comparison';
import { describeComparison, describeVerdict } from './comparison-terminal';
import { createEnvironment, stoppedAt } from './environment';
import { createExaminer } from './examine';
import { runEvents, type Surroundings } from './run';
import { checkSettings, readNamedSettings, warnOfMistakes, type NamedSettings } from './settings';
import { handOver } from './surveyor';
import { describeSkipped, joinSections } from './terminal';

export interface CompareOptions {
  /** The function's name in Segment. */
  readonly name: string;
  /** How many events Segment hands over in a call; as many as Segment's default if it is left out. */
  readonly batch?: number;
  /** Whether the comparison is printed as JSON. */
  readonly json?: boolean;
}

/** {@link compareSettings} with those of two files. */
export const compareFiles = async (
  files: readonly NamedFile[],
  before: NamedFile,
  after: NamedFile,
  options: CompareOptions,
  surroundings: Surroundings,
): Promise<number> =>
  compareSettings(
    files,
    await readNamedSettings(before),
    await readNamedSettings(after),
    options,
    surroundings,
  );

/**
 * Runs the events of files through the function under two settings, each in a local Segment and against a local TikTok of
 * its own, and prints what would change and nothing else. All events are handled at the same moment, so that an event
 * without a time makes no difference. No token leaves this machine: any text will do for it.
 *
 * @param before the settings as they are, with their name for what is printed.
 * @param after the settings as they would be.
 * @returns the exit code: 1 if an entry of the files is not an event, 130 after an interruption, otherwise 0.
 * @throws InputError that names all that is wrong with both settings, before anything is read; or if a file cannot be
 * read further: after what would change for the events before that.
 */
export async function compareSettings(
  files: readonly NamedFile[],
  before: NamedSettings,
  after: NamedSettings,
  { name: functionName, batch = BATCH, json = false }: CompareOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { build, print, warn, signal } = surroundings;
  const configurations = checkBoth(before, after);
  warnOfMistakes(before, configurations.before, warn);
  const printText = json ? () => undefined : print;
  const code = await build();
  const now = Date.now();
  const examine = createExaminer(configurations.before);
  const tally = createComparison(configurations.before.settings, configurations.after.settings);
  const { segment } = createEnvironment({
    code,
    functionName,
    configuration: configurations.before,
    globals: stoppedAt(now),
  });
  const { report, error, exitCode } = await runEvents(
    {
      files,
      settings: after,
      functionName,
      batch,
      now,
      onStart() {
        printText(describeFiles(files, before, after));
      },
      async onCall({ inputs, examined }) {
        const events = inputs.map(({ event }) => event);
        const { results } = await handOver(segment, events, before.values, batch);
        for (const [index, { event, at }] of inputs.entries()) {
          const [result, other] = [results[index], examined[index]];
          if (result && other) tally.add(examine(event, result, now), other, at);
        }
      },
    },
    { ...surroundings, build: () => Promise.resolve(code) },
  );
  const comparison = tally.comparison();
  const findings = joinSections([describeSkipped(report.skipped), describeComparison(comparison)]);
  if (findings !== '') printText(`${findings}\n`);
  if (signal.aborted)
    printText(colors.yellow('Interrupted: this is what the events until then would become.'));
  printText(describeVerdict(comparison));
  const { skipped } = report;
  if (json)
    print(
      JSON.stringify(
        { before: before.name, after: after.name, ...comparison, skipped, interrupted: signal.aborted },
        undefined,
        2,
      ),
    );
  if (error !== undefined) throw error;
  return exitCode;
}

function checkBoth(
  before: NamedSettings,
  after: NamedSettings,
): { readonly before: Configuration; readonly after: Configuration } {
  const checked = { before: checkSettings(before), after: checkSettings(after) };
  const problems = Object.values(checked).flatMap((one) => (isFailure(one) ? one.reason : []));
  if (isFailure(checked.before) || isFailure(checked.after)) throw new InputError(problems.join('; '));
  return { before: checked.before, after: checked.after };
}

const describeFiles = (files: readonly NamedFile[], before: NamedSettings, after: NamedSettings): string =>
  [
    printable(
      `${files.map(({ name }) => name).join(', ')}: before with the settings of ${before.name}, after with those of ${after.name}.`,
    ),
    'Both in a local Segment against a local TikTok. Nothing leaves this machine.',
    '',
  ].join('\n');

// npm run check -- --expect: whether events become what their cases say.
import colors from 'picocolors';
import { printable } from '../../cli/printable';
import type { NamedFile } from '../../input/files';
import { countOf, formatCount } from '../count';
import { INTERRUPTED, REJECTED, type RunOptions, type Surroundings } from '../run';
import { readConfiguration, readNamedSettings, warnOfMistakes } from '../settings';
import { table } from '../terminal';
import { findDifferences, type FieldDifference } from './difference';
import { readCases, type LocatedCase } from './format';
import { createProver } from './prove';

export interface ExpectOptions extends RunOptions {
  /** Whether what differs is printed as JSON. */
  readonly json?: boolean;
}

/** A case whose event becomes something else. */
interface FailedCase {
  /** The file and the case's number in it. */
  readonly at: string;
  readonly name?: string;
  readonly differences: readonly FieldDifference[];
}

/**
 * Runs the events of cases through the function, and prints each field of what they become that their case does not say.
 * Nothing of an event is printed but what stands in the file.
 *
 * @returns the exit code: 1 if a case is not as expected.
 * @throws InputError if the settings cannot work, or a file is not one of cases.
 */
export async function expectCases(
  files: readonly NamedFile[],
  options: ExpectOptions,
  { build, print, warn, signal }: Surroundings,
): Promise<number> {
  const settings = await readNamedSettings(options.settings);
  const configuration = readConfiguration(settings);
  const cases: LocatedCase[] = [];
  for (const file of files) cases.push(...(await readCases(file, signal)));
  warnOfMistakes(settings, configuration, warn);

  const { prove } = createProver({
    code: await build(),
    functionName: options.name,
    settings: settings.values,
    configuration,
  });
  const failed: FailedCase[] = [];
  let proven = 0;
  for (const { given, at } of cases) {
    if (signal.aborted) break;
    const { name, handledAt, event } = given;
    const proof = await prove(event, handledAt === undefined ? Date.now() : Date.parse(handledAt));
    const differences = findDifferences(given, proof);
    if (differences.length > 0) failed.push({ at, ...(name !== undefined && { name }), differences });
    proven += 1;
  }

  const isInterrupted = proven < cases.length;
  if (options.json === true)
    print(JSON.stringify({ cases: proven, failed, interrupted: isInterrupted }, undefined, 2));
  else {
    for (const one of failed) print(`${describeFailed(one)}\n`);
    if (isInterrupted) print(colors.yellow('Interrupted: these are the cases until then.'));
    print(describeVerdict(proven, failed.length));
  }
  if (isInterrupted) return INTERRUPTED;
  return failed.length > 0 ? REJECTED : 0;
}

const describeVerdict = (proven: number, failed: number): string =>
  failed === 0
    ? colors.green(`Passed: ${countOf(proven, 'case')} as expected.`)
    : colors.red(`Failed: ${formatCount(failed)} of ${countOf(proven, 'case')} not as expected.`);

const describeFailed = ({ at, name, differences }: FailedCase): string =>
  [
    `${colors.red('✘')} ${colors.bold(printable(at))}${name === undefined ? '' : `: ${printable(name)}`}`,
    table(
      ['Field', 'Expected', 'Got'],
      differences.map(({ path, expected, got }) => [
        printable(path),
        describeValue(expected),
        describeValue(got),
      ]),
      ['l', 'l', 'l'],
    ),
  ].join('\n');

/** Characters of a value that are shown. */
const MAX_VALUE = 60;

/** A value as JSON; nothing if there is none. */
function describeValue(value: unknown): string {
  if (value === undefined) return '';
  const json = printable(JSON.stringify(value));
  return json.length > MAX_VALUE ? `${json.slice(0, MAX_VALUE)}…` : json;
}

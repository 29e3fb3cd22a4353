// npm run check: for CI, whether events are sent, and sent whole.
import { InvalidArgumentError, Option } from 'commander';
import { nearestOf } from '../lib/values/nearest';
import { runCommand } from './cli/command';
import { typedFile } from './cli/options';
import { ALLOWABLE, checkEvents, isAllowable, type Allowable, type CheckOptions } from './report/check';
import { expectCases } from './report/cases/expect';
import { createEventsCommand, FILES_DESCRIPTION, surroundings } from './report/options';

interface Options extends CheckOptions {
  readonly expect?: boolean;
}

/** Adds the reasons of another `--allow`, which may be several with commas. */
function readReasons(text: string, before: readonly Allowable[]): readonly Allowable[] {
  const reasons = text.split(',').map((part) => part.trim());
  const allowed = reasons.filter(isAllowable);
  const unknown = reasons.find((reason) => !isAllowable(reason));
  if (unknown === undefined) return [...before, ...allowed];
  const names = Object.keys(ALLOWABLE);
  const nearest = nearestOf(unknown, names);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  throw new InvalidArgumentError(`Expected one of ${names.join(', ')}.${hint}`);
}

const REASONS_HELP = Object.entries(ALLOWABLE).map(([name, meaning]) => `  ${name.padEnd(16)} ${meaning}`);

void runCommand(
  createEventsCommand(
    'npm run check',
    'Checks that every Segment event is sent, and sent whole: exits with 1 if one is rejected, or a value is left out.',
  )
    .argument('<files...>', FILES_DESCRIPTION)
    .option('--json', 'print what fails as JSON')
    .addOption(
      new Option('--allow <reason>', 'a reason that does not fail the check; may be repeated')
        .argParser(readReasons)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--expect',
        'the files are cases: events, each with the requests or the refusal that it must become',
      ).conflicts('allow'),
    )
    .addHelpText('after', `\nReasons:\n${REASONS_HELP.join('\n')}`)
    .action(async (typed: readonly string[], { expect = false, ...options }: Options) => {
      const files = typed.map(typedFile);
      process.exitCode = expect
        ? await expectCases(files, options, surroundings())
        : await checkEvents(files, options, surroundings());
    }),
);

// npm run deploy: makes the function in a Segment workspace what is in this repository, after a review.
import { Option } from 'commander';
import { createCommand } from './cli/command';
import { typedFile, typedFileOnly } from './cli/options';
import { REGIONS } from './deploy/connection';
import type { ImportOptions } from './deploy/import/command';
import { checkOptions, HELP, NAME, readId, withoutTypedText, type Options } from './deploy/options';
import { PREVIOUS } from './deploy/restore';
import {
  createProcessTerminal,
  runDeploy,
  runImport,
  runEnvironments,
  runProgram,
  runRestore,
  runSettings,
  runVersions,
} from './deploy/run';
import type { NamedFile } from './input/files';

/** The options of npm run deploy -- settings, as they were typed. */
interface TypedSettings {
  readonly settings?: NamedFile;
  readonly events?: readonly string[];
}

const terminal = createProcessTerminal();

const program = createCommand(
  'npm run deploy',
  'Shows what would change in a Segment workspace, asks, saves, deploys, and reads the result back.',
)
  .addOption(new Option('--function <id>', 'the function, by its ID').argParser(readId).conflicts('name'))
  .option('--name <name>', 'the function, by its display name', NAME)
  .addOption(
    new Option('--region <region>', 'where the workspace is (default: "us")').choices(Object.keys(REGIONS)),
  )
  .addOption(
    new Option(
      '--env <name>',
      'the environment of segment.config.json that says which workspace, function and token',
    ).conflicts(['function', 'name', 'region']),
  )
  .option('--dry-run', 'show what would change, and change nothing')
  .option('--exit-code', 'with --dry-run: exit with 1 if anything would change')
  .option('--yes', 'do not ask')
  .option('--remove-settings', 'remove settings that are not in the code, and the values entered for them')
  .addHelpText('after', HELP)
  .allowExcessArguments(false)
  .configureOutput({
    outputError: (text) => {
      terminal.warn(withoutTypedText(text));
    },
  })
  .action(() => runDeploy(terminal, checkOptions('deploy', program.opts<Options>())));

program
  .command('versions')
  .description('lists the saved versions of the code: which is the latest, and which is deployed')
  .action(() => runVersions(terminal, checkOptions('versions', program.opts<Options>())));

program
  .command('restore')
  .description("makes an earlier version's code the latest, and deploys it; settings stay as they are")
  .argument(
    '<version>',
    `its ID, as versions lists it, or "${PREVIOUS}": the last one before the deployed one that has other code`,
    readId,
  )
  .action((version: string) =>
    runRestore(terminal, version, checkOptions('restore', program.opts<Options>())),
  );

program
  .command('settings')
  .description('updates the settings of a connected function to those of a file')
  .argument(
    '[destination]',
    "the destination's ID; leave it out with --env, which names the destinations",
    readId,
  )
  .addOption(
    new Option('--settings <file>', 'the settings, a JSON object whose keys are their names').argParser(
      typedFileOnly,
    ),
  )
  .option('--events <files...>', 'files of events, to show what would change for them before it asks')
  .action((destination: string | undefined, { events = [], ...typed }: TypedSettings) => {
    const options = {
      ...program.opts<Options>(),
      ...typed,
      ...(destination !== undefined && { destination }),
    };
    return runSettings(terminal, events.map(typedFile), checkOptions('settings', options));
  });

program
  .command('environments')
  .description('lists the environments of segment.config.json, as JSON')
  .action(() => {
    checkOptions('environments', program.opts<Options>());
    return runEnvironments(terminal);
  });

program
  .command('import')
  .description("turns the mappings of Segment's own destination into settings that send the same")
  .argument('<destination>', 'the ID of a TikTok Offline Conversions destination', readId)
  .option('--out <file>', 'write the settings to this file, not to the standard output', typedFileOnly)
  .option('--strict', 'exit with 1 if anything is left to do by hand')
  .action((destination: string, options: ImportOptions) =>
    runImport(terminal, destination, {
      ...checkOptions('import', program.opts<Options>()),
      ...options,
    }),
  );

runProgram(program, terminal);

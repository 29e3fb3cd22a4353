// npm run deploy: makes the function in a Segment workspace what is in this repository, after a review.
import path from 'node:path';
import { inspect } from 'node:util';
import { InvalidArgumentError, Option } from 'commander';
import colors from 'picocolors';
import { description } from '../package.json';
import { CommandError, createCommand, InputError, runCommand } from './cli/command';
import { describeBuild } from './bundle/build-id';
import { BUNDLE } from './cli/project';
import { createPublicApi, type PublicApi } from './deploy/api';
import { deploy, listVersions, restore, type Decision, type ExitCode } from './deploy/commands';
import { readConnection, TOKEN, URL_OVERRIDE, type Region } from './deploy/connection';
import { EDITOR_SETTINGS } from './deploy/settings';
import { createTerminal } from './deploy/terminal';
import type { Target } from './deploy/workspace';

const NAME = 'TikTok Offline Conversions';
const INTERRUPTED = 130;

interface Options extends Target, Decision {
  readonly region?: Region;
  readonly removeSettings?: true;
}

const terminal = createTerminal(process.env[TOKEN]?.trim() ?? '');

/** Runs a command against the workspace that the options and the environment name. */
async function run(
  options: Options,
  act: (api: PublicApi, base: string) => Promise<ExitCode>,
): Promise<void> {
  const connection = readConnection(process.env, options.region);
  process.exitCode = await act(createPublicApi(connection, terminal.warn), connection.base);
}

async function deployBuilt(options: Options): Promise<void> {
  await run(options, async (api, base) => {
    // The bundler is a large program: who only looks at versions, or mistyped an option, does not wait for it.
    const { writeBundle } = await import('./bundle/bundle');
    const code = await writeBundle();
    const file = path.relative('', BUNDLE);
    terminal.print(`Built: ${file}, ${describeBuild(code)}\nWorkspace at ${base}\n`);
    return deploy(api, terminal, { code, settings: EDITOR_SETTINGS, description, file }, options);
  });
}

/** An ID as it stands in a path. */
function id(text: string): string {
  if (/^[\w-]+$/.test(text)) return text;
  throw new InvalidArgumentError(
    'Expected an ID of letters, digits, "_" and "-", such as dfn_0123456789abcdef.',
  );
}

/** The options, where they go together and `command` takes them. */
function optionsOf(command: string, refused: readonly (keyof Options)[] = []): Options {
  const options = program.opts<Options>();
  for (const name of refused) {
    if (options[name] !== undefined) {
      const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      throw new InputError(`${command} does not take --${option}: leave it out.`);
    }
  }
  if (options.exitCode && !options.dryRun) throw new InputError('--exit-code goes with --dry-run: add it.');
  return options;
}

const HELP = `
Environment:
  ${TOKEN}  a Public API token of the workspace (required)
  ${URL_OVERRIDE}    another address of the Public API, for a proxy or a test

Exit codes:
  0    done, or nothing to do
  1    a difference (--exit-code), declined, stopped, or refused by Segment
  2    something in the options or the environment must be fixed
  ${INTERRUPTED}  interrupted; run it again, and it goes on from there`;

/** Where commander repeats what was typed, and what to say instead: it may be the token. */
const TYPED: readonly (readonly [RegExp, string])[] = [
  [/^(error: unknown option) .*/s, '$1: --help lists those that there are.'],
  [/^(error: option '[^']*') argument '.*' is invalid\./s, '$1: this value is not taken.'],
  [
    /^error: command-argument value '.*' is invalid for argument '(\w+)'\./s,
    "error: argument '$1': this value is not taken.",
  ],
];

const program = createCommand(
  'npm run deploy',
  'Shows what would change in a Segment workspace, asks, saves, deploys and reads back.',
)
  .addOption(new Option('--function <id>', 'the function, by its ID').argParser(id).conflicts('name'))
  .option('--name <name>', 'the function, by its display name', NAME)
  .addOption(new Option('--region <region>', 'where the workspace is (default: "us")').choices(['us', 'eu']))
  .option('--dry-run', 'shows what would change, and changes nothing')
  .option('--exit-code', 'with --dry-run: exit code 1 where there is a difference')
  .option('--yes', 'does not ask')
  .option('--save-only', 'saves without deploying')
  .option('--remove-settings', 'removes settings that are not in the code, and the values that people typed')
  .addHelpText('after', HELP)
  .allowExcessArguments(false)
  .configureOutput({
    outputError: (text) => {
      terminal.warn(TYPED.reduce((said, [typed, instead]) => said.replace(typed, instead), text.trim()));
    },
  })
  .action(() => deployBuilt(optionsOf('deploy')));
program
  .command('versions')
  .description('lists the versions of the code: which is the latest, and which is deployed')
  .action(() => {
    const options = optionsOf('versions', ['dryRun', 'exitCode', 'yes', 'saveOnly', 'removeSettings']);
    return run(options, (api) => listVersions(api, terminal, options));
  });
program
  .command('restore')
  .description("makes an earlier version's code the latest, and deploys it; settings stay as they are")
  .argument('<version>', 'its ID, as versions lists it', id)
  .action((version: string) => {
    const options = optionsOf('restore', ['removeSettings']);
    return run(options, (api) => restore(api, terminal, version, options));
  });

// A reader that has seen enough, such as `head`, closes the pipe: what was begun is still to be finished.
process.stdout.on('error', () => undefined);
process.once('SIGINT', () => {
  terminal.warn('\nInterrupted. Run it again: it goes on from there.');
  process.exit(INTERRUPTED);
});

const showError = (error: unknown): void => {
  terminal.warn(`${colors.red('error:')} ${error instanceof CommandError ? error.message : inspect(error)}`);
};

runCommand(program, showError).catch((error: unknown) => {
  // A fault is shown here too, and not by Node.js: nothing is printed that was not searched for the token.
  showError(error);
  process.exitCode = 1;
});

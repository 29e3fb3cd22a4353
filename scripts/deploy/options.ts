// The options of npm run deploy: what they are, what goes together, and what may be printed of them.
import { InvalidArgumentError } from 'commander';
import { InputError } from '../cli/command';
import type { NamedFile } from '../input/files';
import { TOKEN, URL_OVERRIDE, type Region } from './connection';
import type { Decision } from './decision';
import type { Target } from './workspace';

/** The function's display name, unless another is given. */
export const NAME = 'TikTok Offline Conversions';

/** The exit code after Ctrl-C: 128 and the number of SIGINT, as shells have it. */
export const INTERRUPTED = 130;

export interface Options extends Target, Decision {
  readonly region?: Region;
  /** The environment of segment.config.json that says which workspace, function and destinations. */
  readonly env?: string;
  /** The ID of a destination, and the file of its settings. */
  readonly destination?: string;
  readonly settings?: NamedFile;
  readonly removeSettings?: true;
}

type CommandName = 'deploy' | 'versions' | 'restore' | 'settings' | 'import' | 'environments';

/** The options that a command has no use for. */
const REFUSED: Readonly<Record<CommandName, readonly (keyof Options)[]>> = {
  deploy: [],
  versions: ['dryRun', 'exitCode', 'yes', 'removeSettings'],
  restore: ['removeSettings'],
  settings: ['function', 'name', 'removeSettings'],
  import: ['function', 'name', 'dryRun', 'exitCode', 'removeSettings'],
  environments: ['env', 'function', 'name', 'region', 'dryRun', 'exitCode', 'yes', 'removeSettings'],
};
/** The options that have a value if they are not typed. */
const DEFAULTS: Partial<Options> = { name: NAME };

export const HELP = `
Environment:
  ${TOKEN}  a Public API token of the workspace (required; --env may name another variable)
  ${URL_OVERRIDE}    another address of the Public API, for a proxy or a test

Exit codes:
  0    done, or nothing to do
  1    a difference (with --exit-code), declined, stopped, or refused by Segment
  2    something in the options, the variables or a file must be fixed
  ${INTERRUPTED}  interrupted; run it again to continue`;

/** What an ID consists of. */
export const ID = /^[\w-]+$/;

/**
 * Reads an ID, which becomes a part of a path.
 *
 * @throws InvalidArgumentError if it could mean anything else in a path.
 */
export function readId(text: string): string {
  if (ID.test(text)) return text;
  throw new InvalidArgumentError(
    'Expected an ID of letters, digits, "_" and "-", such as dfn_0123456789abcdef.',
  );
}

/**
 * Gives the options back if they go together.
 *
 * @throws InputError if they do not, or if the command does not take one of them.
 */
export function checkOptions(command: CommandName, options: Options): Options {
  for (const name of REFUSED[command]) {
    if (options[name] !== undefined && options[name] !== DEFAULTS[name]) {
      const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      throw new InputError(`${command} does not take --${option}: leave it out.`);
    }
  }
  if (options.exitCode && !options.dryRun) {
    throw new InputError('--exit-code works only with --dry-run: add it.');
  }
  if (command === 'settings') checkDestination(options);
  return options;
}

/** Destinations are named one by one, or by an environment. */
function checkDestination({ env, destination, settings }: Options): void {
  const given = [destination, settings].filter((one) => one !== undefined).length;
  if (env !== undefined && given > 0) {
    throw new InputError(
      "--env says which destinations and which settings: leave out the destination's ID and --settings.",
    );
  }
  if (env === undefined && given < 2) {
    throw new InputError("Expected the destination's ID and --settings <file>, or --env <name>.");
  }
}

/** The messages in which commander repeats what was typed, and what to print instead. */
const REPEATING_MESSAGES: readonly { readonly repeats: RegExp; readonly instead: string }[] = [
  {
    repeats: /^(error: unknown option) .*/s,
    instead: '$1: --help lists the options.',
  },
  {
    repeats: /^(error: option '[^']*') argument '.*' is invalid\./s,
    instead: '$1: this value is not accepted.',
  },
  {
    repeats: /^error: command-argument value '.*' is invalid for argument '(\w+)'\./s,
    instead: "error: argument '$1': this value is not accepted.",
  },
];

/** A message of commander's without what was typed: that may be the token. */
export const withoutTypedText = (message: string): string =>
  REPEATING_MESSAGES.reduce((text, { repeats, instead }) => text.replace(repeats, instead), message.trim());

// The function's settings in a command: read from their file, and checked as the function reads them.
import colors from 'picocolors';
import { configure, type Configuration } from '../../lib/configuration/configure';
import { readSettings, SETTINGS } from '../../lib/configuration/settings';
import { contactProblem } from '../../lib/conversion/convert';
import { Failure, isFailure } from '../../lib/result';
import { InputError } from '../cli/command';
import { printable } from '../cli/printable';
import type { NamedFile } from '../input/files';
import { readSettingsFile } from '../input/settings';
import {
  describeCallTypes,
  describeIdleEntries,
  describeIgnoredSettings,
  describeMistypedProperties,
  describeSameSettings,
  describeUnusedMappings,
} from './mistyped-names';

/** Settings as Segment hands them to the function. */
export interface NamedSettings {
  /** What they are called in messages, such as the name of their file. */
  readonly name: string;
  readonly values: object;
}

/**
 * Reads a file of settings.
 *
 * @param isLive whether the requests go to the real TikTok.
 * @throws InputError that names the file, and the line or the setting of a mistake.
 */
export const readNamedSettings = async (file: NamedFile, isLive = false): Promise<NamedSettings> => ({
  name: file.name,
  values: await readSettingsFile(file, { isSent: isLive }),
});

/**
 * Reads settings as the function does; or names all that is wrong with them, if they cannot work.
 *
 * @param found what is wrong with their file besides.
 */
export function checkSettings(
  { name, values }: NamedSettings,
  found: readonly string[] = [],
): Configuration | Failure<string> {
  const configuration = configure(values);
  const problems = [
    ...found,
    ...(isFailure(configuration)
      ? [...configuration.reason.problems, ...hiddenProblems(values)]
      : contactProblems(configuration)),
  ];
  if (!isFailure(configuration) && problems.length === 0) return configuration;
  // A setting that is missing may stand there under a mistyped name.
  return new Failure(`${name}: ${[...problems, ...describeIgnoredSettings(values, '')].join('; ')}`);
}

/** @throws InputError that names all that is wrong with settings that cannot work. */
export function readConfiguration(settings: NamedSettings): Configuration {
  const configuration = checkSettings(settings);
  if (isFailure(configuration)) throw new InputError(configuration.reason);
  return configuration;
}

/** What is wrong with the maps beside other settings, which the function would report only once those are right. */
function hiddenProblems(values: object): readonly string[] {
  const settings = readSettings(values);
  if (!isFailure(settings)) return [];
  const { readable } = settings.reason;
  const filled = SETTINGS.map(
    ({ name, required, example }) => [name, readable[name] ?? (required ? example : undefined)] as const,
  );
  const configuration = configure(Object.fromEntries(filled));
  return isFailure(configuration) ? configuration.reason.problems : [];
}

/** What the function would answer to each event that is mapped; it cannot know before it has one. */
function contactProblems({ plans }: Configuration): readonly string[] {
  const mapped = plans.all().filter(({ mapping }) => mapping.names.length > 0);
  return [...new Set(mapped.flatMap(({ parameters }) => contactProblem(parameters) ?? []))];
}

/** Warns of what works, and is probably not what was meant. */
export function warnOfMistakes(
  { name, values }: NamedSettings,
  configuration: Configuration,
  warn: (text: string) => void,
): void {
  const mistakes = [
    ...describeIgnoredSettings(values, configuration.settings.accessToken),
    ...describeSameSettings(values),
    ...describeMistypedProperties(configuration.settings),
    ...describeUnusedMappings(configuration),
    ...describeIdleEntries(configuration),
    ...describeCallTypes(configuration),
  ];
  for (const mistake of mistakes) warn(colors.yellow(`warning: ${printable(name)}: ${mistake}`));
}

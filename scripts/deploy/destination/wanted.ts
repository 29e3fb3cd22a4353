// The settings that a destination is to have: a file, checked as the function reads it before Segment is asked for anything.
import { SETTINGS } from '../../../lib/configuration/settings';
import { isFailure } from '../../../lib/result';
import { isPresent, ownProperty } from '../../../lib/values/json';
import { textOf } from '../../../lib/values/text';
import { InputError } from '../../cli/command';
import { printable } from '../../cli/printable';
import type { NamedFile } from '../../input/files';
import { isObject } from '../../input/json';
import {
  describeVariable,
  fillVariables,
  readSettingsJson,
  type FilledSettings,
  type Variables,
} from '../../input/settings';
import { checkSettings, warnOfMistakes } from '../../report/settings';
import type { Terminal } from '../terminal';
import { isSameName } from './kind';

export interface WantedSettings extends Pick<FilledSettings, 'values' | 'variables'> {
  /** The file's name. */
  readonly file: string;
}

/** How to give a sensitive value without writing it into a file. */
export const askForVariable = (name: string, variable: string): string =>
  `name the environment variable that holds it, as in ${describeVariable(name, variable)}`;

/** Settings by the function's own names; those of others are left out. */
export const ownSettings = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => SETTINGS.some((setting) => isSameName(setting.name, name))),
  );

/**
 * Reads a file of settings for a destination. What is secret in it is never printed.
 *
 * @throws InputError that names all that is wrong with it.
 */
export async function readWantedSettings(
  file: NamedFile,
  environment: Variables,
  terminal: Terminal,
): Promise<WantedSettings> {
  const given = await readSettingsJson(file);
  const filled = fillVariables(given, environment);
  const values = { ...filled.values };
  for (const name of filled.variables.keys()) terminal.hide(textOf(values[name]));

  const problems = [...describeDuplicates(given), ...filled.malformed, ...filled.unset];
  for (const { name, label, example } of SETTINGS.filter(({ sensitive }) => sensitive)) {
    const key = Object.keys(given).find((one) => isSameName(one, name)) ?? name;
    const value = ownProperty(given, key);
    if (isObject(value)) continue;
    const isMissing = !isPresent(value);
    const ask = askForVariable(key, 'TIKTOK_ACCESS_TOKEN');
    problems.push(
      isMissing ? `${label} is missing: ${ask}` : `${key}: a secret does not belong in a file: ${ask}`,
    );
    if (!isMissing) terminal.hide(String(value));
    // The rest is checked too.
    values[key] = example;
  }

  const configuration = checkSettings({ name: file.name, values }, problems);
  if (isFailure(configuration)) throw new InputError(configuration.reason);
  warnOfMistakes({ name: file.name, values: ownSettings(values) }, configuration, (finished) => {
    terminal.warn({ finished });
  });
  return { file: file.name, values, variables: filled.variables };
}

/** The function would take one of them, and nobody could say which. */
function describeDuplicates(given: object): readonly string[] {
  const names = Object.keys(given);
  return names.flatMap((name, index) => {
    const earlier = names.slice(0, index).find((one) => isSameName(one, name));
    return earlier === undefined
      ? []
      : [`"${printable(earlier)}" and "${printable(name)}" are the same setting: leave one of them out`];
  });
}

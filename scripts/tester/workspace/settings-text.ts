// Settings as the text of a file: read into the page's values, and written as little different as can be. Pure.
import { SETTINGS } from '../../../lib/configuration/settings';
import { InputError } from '../../cli/command';
import { isObject, readJson } from '../../input/json';
import { fillVariables } from '../../input/settings';
import { HIDDEN_TOKEN, Values } from '../api';

/** Settings of a file. */
export interface GivenSettings {
  /** The whole file, parsed. */
  readonly file: Readonly<Record<string, unknown>>;
  /** By the settings' names. A value that the file reads from a variable is an example, unless it is not needed. */
  readonly values: Values;
  /** The variables by the settings' names. */
  readonly variables: Readonly<Record<string, string>>;
  /** What is in the file and is not a setting. */
  readonly unknown: object;
}

/** The variable of a token that no file names. */
const TOKEN_VARIABLE = 'TIKTOK_ACCESS_TOKEN';

/**
 * Reads a file of settings. No variable is read: a local TikTok takes any token, so the real one stays where it is.
 *
 * @param name the file's, for the error.
 * @throws InputError that names the place of a mistake.
 */
export function readSettingsText(text: string, name: string): GivenSettings {
  const file = readJson(text.replace(/^\uFEFF/, ''), name);
  const at = name === '' ? '' : `${name}: `;
  if (!isObject(file)) throw new InputError(`${at}expected a JSON object of settings`);
  const { values: filled, variables: named, malformed } = fillVariables(file, {});
  if (malformed.length > 0) throw new InputError(`${at}${malformed.join('; ')}`);

  const values: Record<string, Values[string]> = {};
  const variables: Record<string, string> = {};
  const unknown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(filled)) {
    const setting = SETTINGS.find((one) => isNamed(one, key));
    if (setting === undefined) {
      unknown[key] = value;
      continue;
    }
    const variable = named.get(key);
    if (variable !== undefined) variables[setting.name] = variable;
    if (value === null) continue;
    const read = Values.valueType.safeParse(typeof value === 'number' ? String(value) : value);
    if (!read.success) throw new InputError(`${at}${key}: expected a text, true or false, or a map of texts`);
    values[setting.name] = read.data;
  }
  return { file: { ...file }, values, variables, unknown };
}

/**
 * Writes settings as a file. What has not changed is left as it stands there.
 *
 * A token is never written: it stays as the file has it, and in a file without one a variable stands for it.
 *
 * @param hidesToken whether the file's own token is not shown either.
 */
export function printSettings(
  { file, values: before }: GivenSettings,
  values: Values,
  hidesToken = false,
): string {
  const printed = new Map(Object.entries(file));
  for (const setting of SETTINGS) {
    const { name, sensitive } = setting;
    const key = Object.keys(file).find((one) => isNamed(setting, one)) ?? name;
    const value = values[name];
    const isChanged = JSON.stringify(value) !== JSON.stringify(before[name]);
    if (sensitive) {
      if (!isBlank(value) && !printed.has(key)) printed.set(key, { env: TOKEN_VARIABLE });
      if (hidesToken && isText(printed.get(key))) printed.set(key, HIDDEN_TOKEN);
    } else if (isBlank(value)) printed.delete(key);
    else if (isChanged) printed.set(key, value);
  }
  return `${JSON.stringify(Object.fromEntries(printed), undefined, 2)}\n`;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const isNamed = ({ name }: { readonly name: string }, key: string): boolean =>
  name.toLowerCase() === key.toLowerCase();

/** Whether a value says no more than a setting that is not there. */
const isBlank = (value: Values[string] | undefined): boolean =>
  value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

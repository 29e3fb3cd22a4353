// The file of the function's settings. A sensitive value does not stand in it: the file names the variable that holds it.
import { readFile } from 'node:fs/promises';
import { parse, type MemberNode, type ValueNode } from '@humanwhocodes/momoa';
import { SETTINGS } from '../../lib/configuration/settings';
import { ownProperty } from '../../lib/values/json';
import { InputError } from '../cli/command';
import { decodeFile, inaccessible, type NamedFile } from './files';
import { isObject, readJson } from './json';

/** Environment variables. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Settings as the function takes them, and where their values come from. */
export interface FilledSettings {
  /** By the names in the file. For a variable that cannot be read there is an example in its place. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The variables by the names of the settings that name them. */
  readonly variables: ReadonlyMap<string, string>;
  /** Settings that name a variable in another way than expected; each without a full stop. */
  readonly malformed: readonly string[];
  /** Likewise, settings whose variable is not set. */
  readonly unset: readonly string[];
}

/** How a file names a variable, for messages. */
export const describeVariable = (setting: string, variable: string): string =>
  `{ "${setting}": { "env": "${variable}" } }`;

/** As variables are usually spelt. A token is not: TikTok's are in small letters, so none is taken for a name and shown. */
export const isVariableName = (text: unknown): text is string =>
  typeof text === 'string' && /^[A-Z_][A-Z0-9_]*$/.test(text);

/**
 * Reads a file of settings: a JSON object whose keys are the settings' names.
 *
 * @throws InputError that names the file, and the line of a mistake.
 */
export async function readSettingsJson(file: NamedFile): Promise<object> {
  const { name } = file;
  const bytes = await readFile(file.path).catch((error: unknown) => {
    throw inaccessible(name, error);
  });
  const text = decodeFile(file, bytes);
  const settings = readJson(text, name);
  if (!isObject(settings)) throw new InputError(`${name}: expected a JSON object of settings`);
  const duplicate = findDuplicate(parse(text).body);
  if (duplicate) {
    const { line, column } = duplicate.loc.start;
    throw new InputError(
      `${name}:${line}:${column}: a second ${text.slice(...rangeOf(duplicate))} would replace the first`,
    );
  }
  return settings;
}

/** The first name that stands before in the same object. */
function findDuplicate(value: ValueNode): MemberNode['name'] | undefined {
  if (value.type !== 'Object') return undefined;
  const names = new Set<string>();
  for (const { name, value: inner } of value.members) {
    const text = name.type === 'String' ? name.value : name.name;
    if (names.has(text)) return name;
    names.add(text);
    const duplicate = findDuplicate(inner);
    if (duplicate) return duplicate;
  }
  return undefined;
}

const rangeOf = ({ loc }: MemberNode['name']): [number, number] => [loc.start.offset, loc.end.offset];

/** Puts the values of variables where settings name them, as in `{ "env": "TIKTOK_ACCESS_TOKEN" }`. */
export function fillVariables(given: object, environment: Variables): FilledSettings {
  const values: Record<string, unknown> = {};
  const variables = new Map<string, string>();
  const [malformed, unset]: [string[], string[]] = [[], []];
  for (const [name, value] of Object.entries(given)) {
    const setting = SETTINGS.find((one) => one.name.toLowerCase() === name.toLowerCase());
    // A map may well have an entry for an event called "env", and only what is sensitive is kept out of a file.
    const isLiteral = !isObject(value) || !Object.hasOwn(value, 'env') || setting?.sensitive === false;
    values[name] = isLiteral ? value : setting?.example;
    if (isLiteral) continue;

    const variable = ownProperty(value, 'env');
    if (!isVariableName(variable) || Object.keys(value).length > 1) {
      malformed.push(
        `${name}: expected the name of an environment variable in capital letters, such as { "env": "TIKTOK_ACCESS_TOKEN" }`,
      );
      continue;
    }
    variables.set(name, variable);
    const found = environment[variable]?.trim() ?? '';
    if (found === '') unset.push(`${name}: the environment variable ${variable} is not set, or is empty`);
    else values[name] = found;
  }
  return { values, variables, malformed, unset };
}

/**
 * Reads the function's settings from a file.
 *
 * @param isSent whether the values leave this machine. If not, an example stands in for a variable that is not set.
 * @throws InputError that names the file, and the line or the setting of a mistake.
 */
export async function readSettingsFile(
  file: NamedFile,
  { isSent = false, environment = process.env }: { isSent?: boolean; environment?: Variables } = {},
): Promise<object> {
  const { values, malformed, unset } = fillVariables(await readSettingsJson(file), environment);
  const problems = [...malformed, ...(isSent ? unset : [])];
  if (problems.length > 0) throw new InputError(`${file.name}: ${problems.join('; ')}`);
  return values;
}

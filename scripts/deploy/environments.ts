// segment.config.json: the environments of a repository that deploys to several workspaces. --env chooses one of them.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { nearestOf } from '../../lib/values/nearest';
import { InputError } from '../cli/command';
import { codeOf } from '../cli/error-code';
import { ownFile } from '../cli/options';
import { ROOT } from '../cli/project';
import { inaccessible, type NamedFile } from '../input/files';
import { isObject, readJson } from '../input/json';
import { isVariableName } from '../input/settings';
import { TOKEN, type Region } from './connection';
import { ID, NAME, type Options } from './options';
import type { Target } from './workspace';

const CONFIG = ownFile(path.join(ROOT, 'segment.config.json'));

/** What the file may look like; docs/deploy.md shows it too. */
export const EXAMPLE = `{
  "environments": {
    "staging": {
      "region": "eu",
      "token": { "env": "SEGMENT_PUBLIC_API_TOKEN" },
      "destinations": [{ "id": "64a0c3f2b7d1e80011223344", "settings": "settings/staging.json" }]
    },
    "production": {
      "region": "eu",
      "function": "dfn_0123456789abcdef",
      "token": { "env": "SEGMENT_PUBLIC_API_TOKEN" },
      "destinations": [{ "id": "64a0c3f2b7d1e80055667788", "settings": "settings/production.json" }]
    }
  }
}
`;

/** Says what is expected, never what is there: that may be a token. */
const expected = (what: string) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    `${input === undefined ? 'missing: ' : ''}expected ${what}`,
});

/** An object of these keys and no others. */
const object = <Shape extends z.core.$ZodShape>(what: string, shape: Shape) =>
  z.object(shape, expected(what)).catchall(
    z.unknown().refine(() => false, {
      error: ({ path: place = [] }) => {
        const nearest = nearestOf(String(place.at(-1)), Object.keys(shape));
        return `unknown key${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
      },
    }),
  );

const text = (pattern: RegExp, what: string) => z.string(expected(what)).regex(pattern, expected(what));

const VARIABLE = expected(`the name of an environment variable in capital letters, such as ${TOKEN}`);

/** An ID that nothing above has: an environment that was copied and not changed would write to the first one's. */
const uniqueId = (what: string) => {
  const seen = new Set<string>();
  return text(ID, `the ID of a ${what}`).refine((id) => !seen.has(id) && seen.add(id).has(id), {
    error: `the same ${what} as above: each may appear only once`,
  });
};

/** The form of the file, for one reading of it. The descriptions are those of docs/deploy.md. */
export function createSchema() {
  const environment = object('an environment: an object', {
    region: z
      .enum(['us', 'eu'], expected('us or eu'))
      .exactOptional()
      .meta({ description: '`us` (the default) or `eu`: where the workspace is.' }),
    function: uniqueId('function').exactOptional().meta({ description: "The function's ID." }),
    name: text(/\S/, "the function's display name").exactOptional().meta({
      description:
        "The function's display name, instead of its ID. The default is _TikTok Offline Conversions_.",
    }),
    token: object(`{ "env": "${TOKEN}" }, which names a variable: the token itself stands in no file`, {
      env: z.string(VARIABLE).refine(isVariableName, VARIABLE).meta({
        description: 'The name of the variable that holds the Public API token of the workspace.',
      }),
    }),
    destinations: z
      .array(
        object('a destination: an object', {
          id: uniqueId('destination').meta({
            description: 'The ID of a destination: the function connected to a source.',
          }),
          settings: text(/\S/, 'the name of a settings file').meta({
            description: 'The file with its settings, relative to `segment.config.json`.',
          }),
        }),
        expected('a list of destinations'),
      )
      .default([]),
  }).refine((given) => given.function === undefined || given.name === undefined, {
    path: ['name'],
    error: 'function and name both say which function: leave one out',
    // Also beside other mistakes.
    when: ({ value }) => isObject(value),
  });
  const environments = z
    .record(z.string().regex(/^[a-z0-9][a-z0-9_-]*$/), environment, {
      error: (issue) =>
        issue.code === 'invalid_key'
          ? 'expected a name of lower-case letters, digits, "-" and "_"'
          : expected('an object of environments').error(issue),
    })
    .refine((given) => Object.keys(given).length > 0, { error: 'expected at least one environment' });
  return object('an object with the key environments', { environments });
}

export type Environment = z.infer<ReturnType<typeof createSchema>>['environments'][string];

/**
 * Reads the file.
 *
 * @param text its content.
 * @throws InputError with all its mistakes, or the line and the column of what is not JSON.
 */
export async function readConfig(text: string): Promise<ReadonlyMap<string, Environment>> {
  const json = readJson(text, CONFIG.name);
  const { data, error } = createSchema().safeParse(json);
  const problems = [
    ...(await duplicateKeys(text)),
    ...(error?.issues ?? []).map(({ path: place, message }) => {
      const at = describePlace(place);
      return at === '' ? message : `${at}: ${message}`;
    }),
  ];
  if (data === undefined || problems.length > 0) {
    throw new InputError([`${CONFIG.name} has mistakes:`, ...problems.map((one) => `  ${one}`)].join('\n'));
  }
  return new Map(Object.entries(data.environments));
}

/** The keys that an object has twice: JSON.parse takes the last one, and says nothing. YAML, which JSON is part of, does. */
async function duplicateKeys(text: string): Promise<readonly string[]> {
  // The commands without --env do not wait for it.
  const { parseDocument } = await import('yaml');
  return parseDocument(text).errors.flatMap(({ code, linePos }) => {
    const [at] = linePos ?? [];
    return code === 'DUPLICATE_KEY' && at !== undefined
      ? [`line ${at.line}, column ${at.col}: duplicate key`]
      : [];
  });
}

const describePlace = (place: readonly PropertyKey[]): string =>
  place
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

/** Reads the file of this project. */
async function readEnvironments(): Promise<ReadonlyMap<string, Environment>> {
  let content: string;
  try {
    content = await readFile(CONFIG.path, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw inaccessible(CONFIG.name, error);
    throw new InputError(
      `There is no ${CONFIG.name}, which says what each environment is. Write one, such as:\n\n${EXAMPLE}`,
    );
  }
  return readConfig(content.replace(/^\uFEFF/, ''));
}

/** The names of the environments, in the order of the file. */
export const listEnvironments = async (): Promise<readonly string[]> => [
  ...(await readEnvironments()).keys(),
];

/** Where a command works: in which workspace, with which token, and on what. */
export interface Place {
  readonly target: Target;
  readonly region: Region | undefined;
  /** The name of the variable that holds the Public API token. */
  readonly tokenVariable: string;
  readonly destinations: readonly Destination[];
}

/** The function, connected to a source, and its settings. */
export interface Destination {
  readonly id: string;
  readonly settings: NamedFile;
}

/**
 * What --env stands for; without it, what the other options say.
 *
 * @throws InputError if there is no such environment, or the file has mistakes.
 */
export async function locate(options: Options): Promise<Place> {
  const { env, region, destination: id, settings } = options;
  if (env === undefined) {
    const destinations = id !== undefined && settings !== undefined ? [{ id, settings }] : [];
    return { target: options, region, tokenVariable: TOKEN, destinations };
  }
  const environments = await readEnvironments();
  const environment = environments.get(env);
  if (environment === undefined) {
    const names = [...environments.keys()];
    const nearest = nearestOf(env, names);
    const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
    // What was typed may be a token.
    throw new InputError(`${CONFIG.name} has no such environment.${hint} It has: ${names.join(', ')}.`);
  }
  const { function: functionId, name = NAME, token, destinations } = environment;
  return {
    target: { name, ...(functionId !== undefined && { function: functionId }) },
    region: environment.region,
    tokenVariable: token.env,
    destinations: destinations.map((one) => ({
      id: one.id,
      settings: ownFile(path.resolve(path.dirname(CONFIG.path), one.settings)),
    })),
  };
}

// npm run deploy -- import: reads a built-in destination, shows what its mappings become, and writes the settings.
import { stat } from 'node:fs/promises';
import { InputError } from '../../cli/command';
import { checkOutput, openOutput } from '../../cli/output-file';
import { UNSEEN } from '../../cli/visible';
import type { NamedFile } from '../../input/files';
import type { PublicApi } from '../api';
import type { Destination } from '../api/destinations';
import { decide, type Decision, type ExitCode } from '../decision';
import { describeInList, findDestination } from '../destination/kind';
import { describeDestination } from '../destination/review';
import type { Terminal } from '../terminal';
import { BUILT_IN } from './fields';
import { importMappings } from './import';
import { describeImport, plural } from './review';

export interface ImportOptions extends Pick<Decision, 'yes'> {
  /** Where the settings are written; without it, to the standard output. */
  readonly out?: NamedFile;
  /** Whether something that is left to do by hand is a failure. */
  readonly strict?: true;
}

/**
 * Imports the mappings of a destination.
 *
 * @returns 1 if the person does not want the file to be overwritten, or if --strict finds something to do by hand.
 * @throws InputError if it is not a built-in destination, or if the file cannot be written.
 */
export async function importDestination(
  api: PublicApi,
  terminal: Terminal,
  id: string,
  { out, strict, yes }: ImportOptions,
): Promise<ExitCode> {
  if (out) await checkOutput(out);
  const destination = await findBuiltIn(api, id);
  const imported = importMappings(destination.settings, await api.listSubscriptions(id));
  const { byHand } = imported;
  const withoutToken = hiding(destination);
  const text = withoutToken(`${asJson(imported.settings)}\n`);
  // The standard output is the file, if there is no other.
  const say = out ? terminal.print : terminal.warn;
  say(describeDestination(destination));
  say(`${withoutToken(describeImport(imported))}\n`);
  const declined = out ? await write(out, text, terminal, yes) : undefined;
  if (!out) terminal.print(text.trimEnd());
  if (declined !== undefined) return declined;
  if (byHand.length > 0) say(`${plural(byHand.length, 'thing')} left to do by hand.`);
  return strict && byHand.length > 0 ? 1 : 0;
}

/** JSON in which nothing is invisible. */
const asJson = (value: object): string =>
  JSON.stringify(value, null, 2).replace(UNSEEN, (mark) =>
    Array.from({ length: mark.length }, (_, index) => escapeOf(mark.charCodeAt(index))).join(''),
  );
const escapeOf = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** @returns the exit code to end with, if the file is not to be overwritten. */
async function write(
  out: NamedFile,
  text: string,
  terminal: Terminal,
  yes: true | undefined,
): Promise<ExitCode | undefined> {
  const existing = await stat(out.path).catch(() => undefined);
  if (existing?.isFile() === true) {
    const declined = await decide(terminal, `${out.name} exists. Overwrite it`, { ...(yes && { yes }) });
    if (declined !== undefined) return declined;
  }
  const file = await openOutput(out);
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
  terminal.print(`Written: ${out.name}`);
  return undefined;
}

/** Removes the token of the Events API from texts, if Segment shows it: somebody may have typed it into a mapping. */
function hiding({ settings }: Destination): (text: string) => string {
  const [, token] = Object.entries(settings).find(([name]) => name.toLowerCase() === 'accesstoken') ?? [];
  return (text) => (typeof token === 'string' && token !== '' ? text.replaceAll(token, '[token]') : text);
}

/** @throws InputError that lists what is there, if the ID is not that of a built-in destination. */
async function findBuiltIn(api: PublicApi, id: string): Promise<Destination> {
  const found = await findDestination(api, id);
  if (found && isBuiltIn(found)) return found;
  const reason = found
    ? `${describeInList(found)} is not a ${BUILT_IN.name} destination of Segment.`
    : `There is no destination ${id} in the workspace.`;
  const destinations = await api.listDestinations();
  const listed = destinations.map((one) => `  ${describeInList(one)}`).join('\n');
  throw new InputError(
    `${reason} ${destinations.length === 0 ? 'There are no destinations at all.' : `There are:\n${listed}`}`,
  );
}

/** Segment may leave the slug out. */
const isBuiltIn = ({ metadata: { slug, name } }: Destination): boolean =>
  typeof slug === 'string' ? slug === BUILT_IN.slug : name === BUILT_IN.name;

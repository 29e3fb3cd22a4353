// Whether a destination is this function, connected to a source.
//
// That a connected function is a destination of its own is read in Segment's reference, not tried: so what is clearly
// something else is refused, and nothing is concluded from what Segment leaves out.
import { SETTINGS } from '../../../lib/configuration/settings';
import { InputError } from '../../cli/command';
import { printable } from '../../cli/printable';
import type { PublicApi } from '../api';
import type { Destination } from '../api/destinations';
import { ApiError } from '../failure';

/** Every version of the function has these. The built-in destination has a token and an event set too, but no maps. */
const ESSENTIAL = SETTINGS.filter(({ required, type }) => required || type === 'TEXT_MAP');

/** Names are the same whatever their case, as the function reads them. */
export const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The names of a destination's settings, those without a value too, each spelling once. */
export const settingNames = ({ metadata, settings }: Destination): readonly string[] => [
  ...new Set([...metadata.options.map(({ name }) => name), ...Object.keys(settings)]),
];

/** A destination by its ID, its name if it has one of its own, and its kind. */
export const describeInList = ({ id, name, metadata }: Destination): string =>
  `${id} (${[...new Set([name?.trim() ?? '', metadata.name])]
    .filter((part) => part !== '')
    .map(printable)
    .join(', ')})`;

/** How Segment may say that it does not know an ID. */
const NO_SUCH_ID: ReadonlySet<number | undefined> = new Set([400, 404, 422]);

/** The destination with an ID; `undefined` if there is none. */
export const findDestination = (api: PublicApi, id: string): Promise<Destination | undefined> =>
  api.getDestination(id).catch((error: unknown) => {
    if (error instanceof ApiError && NO_SUCH_ID.has(error.status)) return undefined;
    throw error;
  });

/**
 * Reads a destination that is this function.
 *
 * @throws InputError that says what it is instead, and lists those that may be meant.
 */
export async function readThisFunction(api: PublicApi, id: string): Promise<Destination> {
  const found = await findDestination(api, id);
  const problem =
    found === undefined ? `There is no destination ${id} in the workspace.` : describeOther(found);
  if (found !== undefined && problem === undefined) return found;
  const others = (await api.listDestinations()).filter((one) => describeOther(one) === undefined);
  const hint =
    others.length === 0
      ? 'No destination of the workspace is this function: connect it to a source first.'
      : `In the workspace, this may be meant:\n${others.map((one) => `  ${describeInList(one)}`).join('\n')}`;
  throw new InputError(`${problem ?? ''} ${hint}`);
}

/** What a destination is, if it is clearly not this function. */
function describeOther(destination: Destination): string | undefined {
  const { metadata } = destination;
  const names = settingNames(destination);
  const has = (name: string) => names.some((one) => isSameName(one, name));
  const isListed = metadata.options.length > 0;
  const hasMappings = metadata.actions.length > 0;
  const isOther =
    hasMappings ||
    (isListed
      ? !ESSENTIAL.every(({ name }) => has(name))
      : names.length > 0 && !SETTINGS.some(({ name }) => has(name)));
  if (!isOther) return undefined;
  const details = hasMappings ? 'mappings of its own' : `the settings ${names.map(printable).join(', ')}`;
  return `${describeInList(destination)} has ${details}: expected this function, connected to a source, with the settings ${ESSENTIAL.map(({ name }) => name).join(', ')}.`;
}

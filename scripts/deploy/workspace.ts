// The function in the workspace: how it is found, read, and changed without harm to what others do there.
import { describeBuild, isSameCode } from '../build-id';
import { InputError } from '../input/json';
import type { PublicApi, SegmentFunction } from './api';
import { isDeployed, withName } from './plan';
import { ApiError } from './request';

/** Which function. */
export interface Target {
  /** Its display name, without the workspace's. */
  readonly name: string;
  /** Its ID, which wins over the name. */
  readonly function?: string;
}

/** Something is not as it must be to go on; nothing was broken, and the message says what to do. Exit code 1. */
export class StoppedError extends Error {
  override name = 'StoppedError';
}

/** The ID of the one function that is meant; `undefined` where there is none of its name. */
export async function find(api: PublicApi, { function: id, name }: Target): Promise<string | undefined> {
  if (id !== undefined) return id;
  const found = withName(await api.listFunctions(), name);
  if (found.length > 1) {
    const list = found.map((one) => `  ${one.id}  ${one.displayName}`).join('\n');
    throw new InputError(
      `There are ${String(found.length)} functions of the name ${name}. Say which with --function ID:\n${list}`,
    );
  }
  return found[0]?.id;
}

export async function findExisting(api: PublicApi, target: Target): Promise<string> {
  const id = await find(api, target);
  if (id === undefined) {
    throw new InputError(
      `There is no function ${target.name} in the workspace. Say which with --name or --function, or create it with npm run deploy.`,
    );
  }
  return id;
}

export async function readFunction(api: PublicApi, id: string): Promise<SegmentFunction> {
  const found = await api.getFunction(id);
  if (found.resourceType !== 'DESTINATION') {
    throw new InputError(
      `${id} (${found.displayName}) is a ${found.resourceType} function: expected a DESTINATION function.`,
    );
  }
  return found;
}

/** Segment has no way to save only where nothing changed, so it is looked at again as late as can be. */
export async function stopIfChanged(api: PublicApi, shown: SegmentFunction): Promise<void> {
  const now = await api.getFunction(shown.id);
  const isSame =
    isSameCode(now.code, shown.code) && JSON.stringify(now.settings) === JSON.stringify(shown.settings);
  if (!isSame) {
    throw changedMeanwhile(
      `The function was changed in the workspace while you looked at the difference: ${describeBuild(now.code)} is saved now`,
    );
  }
}

/** Somebody else was at it too. */
export const changedMeanwhile = (what: string): StoppedError =>
  new StoppedError(`${what}. Nothing of it was overwritten. Run it again to see the new difference.`);

/**
 * Segment's reference says that this call is for source functions, while the editor deploys Destination Functions
 * too. Where it is refused, what counts is whether the saved code runs.
 */
export async function deploySaved(api: PublicApi, id: string): Promise<void> {
  try {
    await api.deployFunction(id);
  } catch (error) {
    if (!(error instanceof ApiError && [400, 404, 422].includes(error.status ?? 0))) throw error;
    if (isDeployed(await api.getFunction(id))) return;
    throw new StoppedError(
      `${error.message} The function is saved: open it in Segment, and choose Save & Deploy there.`,
    );
  }
}

/** Does what must not be done twice: where nobody knows whether it was done, looks instead of doing it again. */
export async function once<Done, Found>(
  act: () => Promise<Done>,
  look: () => Promise<Found | undefined>,
): Promise<Done | Found> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ApiError && error.isAmbiguous)) throw error;
    const done = await look();
    if (done === undefined) throw error;
    return done;
  }
}

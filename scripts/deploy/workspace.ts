// The function in the workspace: how it is found, read, and changed without harm to what others do there.
import { CommandError } from '../cli/command';
import { describeBuild, isSameCode } from '../bundle/build-id';
import { InputError } from '../cli/command';
import type { ListedFunction, PublicApi, SegmentFunction, Version } from './api';
import { isDeployed, isLatestDeployed, withName } from './plan';
import { ApiError, type Recheck } from './request';

/** Which function. */
export interface Target {
  /** Its display name, without the workspace's. */
  readonly name: string;
  /** Its ID, which wins over the name. */
  readonly function?: string;
}

/** Something is not as it must be to go on; nothing was broken, and the message says what to do. Exit code 1. */
export class StoppedError extends CommandError {
  override name = 'StoppedError';
}

/** All functions of the name. */
export async function listNamed(api: PublicApi, name: string): Promise<readonly ListedFunction[]> {
  const workspace = await api.getWorkspaceName();
  return withName(await api.listFunctions(), name, workspace);
}

/** The ID of the one function that is meant; `undefined` where there is none of its name. */
export async function find(api: PublicApi, { function: id, name }: Target): Promise<string | undefined> {
  if (id !== undefined) return id;
  const found = await listNamed(api, name);
  if (found.length > 1) {
    const list = found.map((one) => `  ${one.id}  ${one.displayName}`).join('\n');
    throw new InputError(
      `There are ${found.length} functions of the name ${name}. Say which with --function ID:\n${list}`,
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

/** The function, with `isLatestVersion` as far as it can be known: Segment may leave it out. */
export async function readFunction(api: PublicApi, id: string): Promise<SegmentFunction> {
  const found = await api.getFunction(id);
  if (found.resourceType !== 'DESTINATION') {
    throw new InputError(
      `${id} (${found.displayName}) is a ${found.resourceType} function: expected a DESTINATION function.`,
    );
  }
  if (typeof found.isLatestVersion === 'boolean' || (found.deployedAt ?? '') === '') return found;
  return { ...found, isLatestVersion: isLatestDeployed(found.code, await readVersions(api, id)) };
}

/** None where Segment does not give them: not every workspace has Functions Versioning. */
async function readVersions(api: PublicApi, id: string): Promise<readonly Version[]> {
  try {
    return await api.listVersions(id);
  } catch (error) {
    const status = error instanceof ApiError ? error.status : undefined;
    if (status !== undefined && status >= 400 && status < 500 && status !== 429) return [];
    throw error;
  }
}

/** Segment has no way to save only where nothing changed, so it is looked at again as late as can be. */
export async function stopIfChanged(api: PublicApi, shown: SegmentFunction): Promise<void> {
  refuseChange(await api.getFunction(shown.id), shown);
}

/**
 * For a save that is to be repeated: what was shown must still be there.
 *
 * @param doneAs gives the save's value where what is there now is what was to be saved: an attempt before did it.
 */
export const recheckSave =
  <Value>(
    api: PublicApi,
    shown: SegmentFunction,
    doneAs: (now: SegmentFunction) => Value | undefined,
  ): Recheck<Value> =>
  async () => {
    const now = await api.getFunction(shown.id);
    const value = doneAs(now);
    if (value !== undefined) return { value };
    refuseChange(now, shown);
    return undefined;
  };

/** Whether code and settings are the same. */
export const isSameState = (
  one: Pick<SegmentFunction, 'code' | 'settings'>,
  other: Pick<SegmentFunction, 'code' | 'settings'>,
): boolean =>
  isSameCode(one.code, other.code) && JSON.stringify(one.settings) === JSON.stringify(other.settings);

function refuseChange(now: SegmentFunction, shown: SegmentFunction): void {
  if (isSameState(now, shown)) return;
  throw changedMeanwhile(
    `The function was changed in the workspace after its difference was shown: ${describeBuild(now.code)} is saved now`,
  );
}

/** Somebody else was at it too. */
export const changedMeanwhile = (what: string): StoppedError =>
  new StoppedError(`${what}. Nothing of it was overwritten. Run it again to see the new difference.`);

/**
 * Segment's reference says that this call is for source functions, while the editor deploys Destination Functions
 * too. Where it is refused, what counts is whether the saved code is known to run.
 *
 * @param isAsSaved tells what was saved from what somebody else saved after it, which is not deployed.
 */
export async function deploySaved(
  api: PublicApi,
  id: string,
  isAsSaved: (now: SegmentFunction) => boolean,
): Promise<void> {
  const check = async (isUnclear: boolean) => {
    const now = await api.getFunction(id);
    if (isAsSaved(now)) return undefined;
    const end = isUnclear
      ? 'It was not deployed; whether what was saved before it runs is not known'
      : 'Nothing was deployed';
    throw new StoppedError(
      `The function was changed in the workspace after it was saved: ${describeBuild(now.code)} is there now. ${end}. Run it again to see the new difference.`,
    );
  };
  await check(false);
  try {
    await api.deployFunction(id, check);
  } catch (error) {
    if (!(error instanceof ApiError && [400, 404, 422].includes(error.status ?? 0))) throw error;
    const now = await readFunction(api, id);
    if (isDeployed(now) && now.isLatestVersion === true) return;
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

// The function in the workspace: how it is found and read, and how it is changed without harm to what others do there.
import { describeBuild, isSameCode } from '../bundle/build-id';
import { CommandError, InputError } from '../cli/command';
import type { PublicApi } from './api';
import type { ListedFunction, SegmentFunction, Version } from './api/functions';
import { ApiError } from './failure';
import { isLatestDeployed, similarTo, wasEverDeployed, withName } from './plan';
import type { Recheck } from './request';
import { describeList } from './review';
import { done } from './retry';

/** Which function. */
export interface Target {
  /** Its display name, without the workspace's. */
  readonly name: string;
  /** Its ID, which wins over the name. */
  readonly function?: string;
}

/** The command must not go on. It broke nothing, and the message says what to do. Exit code 1. */
export class StoppedError extends CommandError {
  override name = 'StoppedError';
}

/** The functions that a name stands for, and if there are none, those with a similar one. */
export interface Named {
  readonly named: readonly ListedFunction[];
  readonly similar: readonly ListedFunction[];
}

export async function listNamed(api: PublicApi, name: string): Promise<Named> {
  const workspace = await api.getWorkspaceName();
  const functions = await api.listFunctions();
  const named = withName(functions, name, workspace);
  return { named, similar: named.length > 0 ? [] : similarTo(functions, name, workspace) };
}

export type Found =
  | { readonly kind: 'found'; readonly id: string }
  | { readonly kind: 'not found'; readonly similar: readonly ListedFunction[] };

/**
 * Finds the function that is meant.
 *
 * @throws InputError if several have its name.
 */
export async function findFunction(api: PublicApi, { function: id, name }: Target): Promise<Found> {
  if (id !== undefined) return { kind: 'found', id };
  const { named, similar } = await listNamed(api, name);
  const [only, ...others] = named;
  if (only === undefined) return { kind: 'not found', similar };
  if (others.length > 0) {
    throw new InputError(
      `There are ${named.length} functions named ${name}. Choose one by its ID, with --function or in segment.config.json:\n${describeList(named)}`,
    );
  }
  return { kind: 'found', id: only.id };
}

/** As {@link findFunction}, but throws InputError if there is none. */
export async function findExisting(api: PublicApi, target: Target): Promise<string> {
  const found = await findFunction(api, target);
  if (found.kind === 'found') return found.id;
  const { similar } = found;
  const hint = similar.length === 0 ? '' : ` Similar names:\n${describeList(similar)}`;
  throw new InputError(
    `There is no function named ${target.name} in the workspace. Choose another by its name or ID, or create it with npm run deploy.${hint}`,
  );
}

/**
 * The function, with `isLatestVersion` as far as it can be known: Segment may leave it out.
 *
 * @throws InputError if it is not a Destination Function.
 */
export async function readFunction(api: PublicApi, id: string): Promise<SegmentFunction> {
  const found = await api.getFunction(id);
  if (found.resourceType !== 'DESTINATION') {
    throw new InputError(
      `${id} (${found.displayName}) is a ${found.resourceType} function: expected a DESTINATION function.`,
    );
  }
  if (typeof found.isLatestVersion === 'boolean' || !wasEverDeployed(found)) return found;
  return { ...found, isLatestVersion: isLatestDeployed(found.code, await readVersions(api, id)) };
}

/** None if Segment refuses to list them: not every workspace has Functions Versioning. */
async function readVersions(api: PublicApi, id: string): Promise<readonly Version[]> {
  try {
    return await api.listVersions(id);
  } catch (error) {
    const status = error instanceof ApiError ? error.status : undefined;
    if (status !== undefined && status >= 400 && status < 500 && status !== 429) return [];
    throw error;
  }
}

/** Something in the workspace that others may change too. */
export interface Shared<State> {
  readonly read: () => Promise<State>;
  /** Whether it is still what was shown. */
  readonly isAsShown: (now: State, shown: State) => boolean;
  /** What happened to it after the difference was shown; without a full stop. */
  readonly describeChange: (now: State) => string;
}

/** The function's code and settings. */
export const sharedFunction = (api: PublicApi, id: string): Shared<SegmentFunction> => ({
  read: () => api.getFunction(id),
  isAsShown: isSameState,
  describeChange: ({ code }) =>
    `The function was changed in the workspace after the difference was shown: ${describeBuild(code)} is saved now`,
});

/**
 * Segment cannot save on the condition that nothing changed, so it is read again right before a save.
 *
 * @returns what is there now.
 */
export async function stopIfChanged<State>(shared: Shared<State>, shown: State): Promise<State> {
  const now = await shared.read();
  refuseChange(shared, now, shown);
  return now;
}

/**
 * For a save that is to be repeated: what is there must still be what was shown.
 *
 * @param valueIfSaved gives the save's value if what was to be saved is there, because an earlier attempt did it.
 */
export const recheckSave =
  <State, Value>(
    shared: Shared<State>,
    shown: State,
    valueIfSaved: (now: State) => Value | undefined,
  ): Recheck<Value> =>
  async () => {
    const now = await shared.read();
    const value = valueIfSaved(now);
    if (value !== undefined) return done(value);
    refuseChange(shared, now, shown);
    return undefined;
  };

/** Whether code and settings are the same. */
export const isSameState = (
  one: Pick<SegmentFunction, 'code' | 'settings'>,
  other: Pick<SegmentFunction, 'code' | 'settings'>,
): boolean =>
  isSameCode(one.code, other.code) && JSON.stringify(one.settings) === JSON.stringify(other.settings);

function refuseChange<State>({ isAsShown, describeChange }: Shared<State>, now: State, shown: State): void {
  if (!isAsShown(now, shown)) throw changedMeanwhile(describeChange(now));
}

/** Somebody else worked on it too. */
export const changedMeanwhile = (what: string): StoppedError =>
  new StoppedError(`${what}. That was not overwritten. Run it again to see the new difference.`);

/**
 * Does what must not be done twice. If it is unclear whether it was done, `find` looks for the result instead.
 *
 * @throws ApiError of `act` if it failed, and `find` gives `undefined`.
 */
export async function runOnce<Result>(
  act: () => Promise<Result>,
  find: () => Promise<Result | undefined>,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ApiError && error.isAmbiguous)) throw error;
    const found = await find();
    if (found === undefined) throw error;
    return found;
  }
}

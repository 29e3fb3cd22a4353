// What the three commands do: deploy, versions, restore. Each looks, shows, asks, and only then acts.
import { describeBuild, isSameCode } from '../build-id';
import { InputError } from '../input';
import { ApiError, type NewFunction, type PublicApi, type SegmentFunction } from './api';
import { isDeployed, planUpdate, withName } from './plan';
import { describeDiff, describeFunction, describeNew, describeSettings, describeVersions } from './review';
import type { Terminal } from './terminal';

/** Which function. */
export interface Target {
  /** Its display name, without the workspace's. */
  readonly name: string;
  /** Its ID, which wins over the name. */
  readonly function?: string;
}

/** What to do with a difference. */
export interface Decision {
  readonly dryRun?: true;
  readonly exitCode?: true;
  readonly yes?: true;
  readonly saveOnly?: true;
}

/** Something is not as it must be to go on; nothing was broken, and the message says what to do. Exit code 1. */
export class StoppedError extends Error {
  override name = 'StoppedError';
}

/** 0: done, or nothing to do. 1: there is a difference, and it was to be told by the exit code. */
export type ExitCode = 0 | 1;

const IN_SEGMENT = 'in Segment';

/** Makes the function in the workspace what was built. */
export async function deploy(
  api: PublicApi,
  terminal: Terminal,
  built: Omit<NewFunction, 'displayName'> & { readonly file: string },
  options: Target & Decision & { readonly removeSettings?: true },
): Promise<ExitCode> {
  const id = await find(api, options);
  if (id === undefined) return create(api, terminal, { ...built, displayName: options.name }, options);

  const current = await readFunction(api, id);
  const plan = planUpdate(current, built, { removeSettings: options.removeSettings ?? false });
  terminal.print(describeFunction(current));
  if (plan.isCodeChanged) terminal.print(describeDiff(current.code, built.code, [IN_SEGMENT, built.file]));
  const settings = describeSettings(plan);
  if (settings !== '') terminal.print(settings);

  const isDone = options.saveOnly ? plan.change === undefined : !plan.isToDeploy;
  if (isDone) {
    terminal.print(
      `Nothing to change: ${options.saveOnly ? 'saved is' : 'it runs'} ${describeBuild(built.code)}.`,
    );
    return 0;
  }
  if (plan.change === undefined) {
    terminal.print(
      'What is saved is what was built, but it is not deployed: a deploy was interrupted, or left for later.\n',
    );
  }
  const verb = plan.change === undefined ? 'Deploy it' : options.saveOnly ? 'Save it' : 'Save and deploy it';
  if (!(await decide(terminal, verb, options))) return options.exitCode ? 1 : 0;

  await stopIfChanged(api, current);
  if (plan.change !== undefined) {
    await api.updateFunction(id, plan.change);
    terminal.print('Saved.');
  }
  await finish(api, terminal, id, built.code, options);
  return 0;
}

/** Prints the versions of the function's code. */
export async function listVersions(api: PublicApi, terminal: Terminal, target: Target): Promise<ExitCode> {
  const current = await readFunction(api, await findExisting(api, target));
  terminal.print(describeFunction(current));
  terminal.print(describeVersions(await api.listVersions(current.id)));
  return 0;
}

/** Makes an earlier version's code the latest one again; settings have no versions, and stay. */
export async function restore(
  api: PublicApi,
  terminal: Terminal,
  versionId: string,
  options: Target & Decision,
): Promise<ExitCode> {
  const current = await readFunction(api, await findExisting(api, options));
  const version = await api.getVersion(current.id, versionId);
  terminal.print(describeFunction(current));
  const isSaved = isSameCode(current.code, version.code);
  if (!isSaved)
    terminal.print(describeDiff(current.code, version.code, [IN_SEGMENT, `version ${versionId}`]));
  if (isSaved && (options.saveOnly || isDeployed(current))) {
    terminal.print(`Nothing to change: it is version ${versionId} already.`);
    return 0;
  }
  if (!(await decide(terminal, options.saveOnly ? 'Restore it' : 'Restore and deploy it', options))) {
    return options.exitCode ? 1 : 0;
  }

  await stopIfChanged(api, current);
  if (!isSaved) {
    await once(
      () => api.restoreVersion(current.id, versionId),
      async () => (isSameCode((await api.getFunction(current.id)).code, version.code) ? version : undefined),
    );
    terminal.print('Restored.');
  }
  await finish(api, terminal, current.id, version.code, options);
  return 0;
}

async function create(
  api: PublicApi,
  terminal: Terminal,
  { displayName, description, code, settings }: NewFunction,
  options: Decision,
): Promise<ExitCode> {
  const wanted = { displayName, description, code, settings };
  terminal.print(describeNew(wanted));
  if (!(await decide(terminal, options.saveOnly ? 'Create it' : 'Create and deploy it', options))) {
    return options.exitCode ? 1 : 0;
  }
  // Somebody else may have been faster.
  const others = withName(await api.listFunctions(), displayName);
  if (others.length > 0) throw changedMeanwhile('There is a function of this name now');
  const { id } = await once(
    () => api.createFunction(wanted),
    async () => withName(await api.listFunctions(), displayName)[0],
  );
  terminal.print(`Created: ${id}`);
  await finish(api, terminal, id, code, options);
  terminal.print(
    [
      '',
      `Connect it in Segment: Connections → Catalog → Functions → ${displayName} → Connect Destination.`,
      'Pick the source, fill in the settings, and enable the destination.',
    ].join('\n'),
  );
  return 0;
}

/** Deploys what was saved, reads it back, and says what runs. */
async function finish(
  api: PublicApi,
  terminal: Terminal,
  id: string,
  code: string,
  { saveOnly }: Decision,
): Promise<void> {
  if (!saveOnly) await deploySaved(api, id);
  const after = await api.getFunction(id);
  if (!isSameCode(after.code, code)) {
    throw changedMeanwhile(
      `Somebody else saved another code right after this one: ${describeBuild(after.code)}`,
    );
  }
  if (saveOnly) {
    terminal.print(`Confirmed: ${describeBuild(after.code)} is saved, and not deployed (--save-only).`);
    return;
  }
  if (!isDeployed(after)) {
    throw new StoppedError(
      'Segment says that it deployed the function, but what is saved does not run. Run it again.',
    );
  }
  terminal.print(`Deployed.\nConfirmed: it runs ${describeBuild(after.code)}.`);
}

/**
 * Segment's reference says that this call is for source functions, the editor deploys Destination Functions too.
 * Where a workspace refuses it, what counts is whether the saved code runs.
 */
async function deploySaved(api: PublicApi, id: string): Promise<void> {
  try {
    await api.deployFunction(id);
  } catch (error) {
    const isRefused = error instanceof ApiError && [400, 404, 422].includes(error.status ?? 0);
    if (!isRefused || !isDeployed(await api.getFunction(id))) throw error;
  }
}

/** Does what must not be done twice: where nobody knows whether it was done, looks instead of doing it again. */
async function once<Done, Found>(
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

/** The ID of the one function that is meant; `undefined` where there is none of its name. */
async function find(api: PublicApi, { function: id, name }: Target): Promise<string | undefined> {
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

async function findExisting(api: PublicApi, target: Target): Promise<string> {
  const id = await find(api, target);
  if (id === undefined) {
    throw new InputError(
      `There is no function ${target.name} in the workspace. Say which with --name or --function, or create it with npm run deploy.`,
    );
  }
  return id;
}

async function readFunction(api: PublicApi, id: string): Promise<SegmentFunction> {
  const found = await api.getFunction(id);
  if (found.resourceType !== 'DESTINATION') {
    throw new InputError(
      `${id} (${found.displayName}) is a ${found.resourceType} function: expected a DESTINATION function.`,
    );
  }
  return found;
}

/** Whether to go on; says so where not. */
async function decide(terminal: Terminal, verb: string, { dryRun, yes }: Decision): Promise<boolean> {
  if (dryRun) {
    terminal.print('Nothing was changed: this is a dry run.');
    return false;
  }
  if (yes) return true;
  if (!terminal.isInteractive) {
    throw new StoppedError(
      'Nothing was changed: there is no terminal to ask at. Read the difference above, and run it with --yes.',
    );
  }
  if (await terminal.confirm(`${verb}?`)) return true;
  throw new StoppedError('Nothing was changed.');
}

/** Segment has no way to save only where nothing changed, so it is looked at again as late as can be. */
async function stopIfChanged(api: PublicApi, shown: SegmentFunction): Promise<void> {
  const now = await api.getFunction(shown.id);
  const isSame =
    isSameCode(now.code, shown.code) && JSON.stringify(now.settings) === JSON.stringify(shown.settings);
  if (!isSame) {
    throw changedMeanwhile(
      `The function was changed in the workspace while you looked at the difference: ${describeBuild(now.code)} is saved now`,
    );
  }
}

const changedMeanwhile = (what: string): StoppedError =>
  new StoppedError(`${what}. Nothing of it was overwritten. Run it again to see the new difference.`);

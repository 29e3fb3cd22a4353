// What the three commands do: deploy, versions, restore. Each looks, shows, asks, and only then acts.
import { describeBuild, isSameCode } from '../bundle/build-id';
import type { NewFunction, PublicApi, SegmentFunction } from './api';
import { isDeployed, planUpdate } from './plan';
import {
  describeConnecting,
  describeDiff,
  describeFunction,
  describeNew,
  describeSettings,
  describeUndeployed,
  describeVersions,
} from './review';
import type { Terminal } from './terminal';
import {
  changedMeanwhile,
  deploySaved,
  find,
  findExisting,
  isSameState,
  listNamed,
  once,
  readFunction,
  recheckSave,
  StoppedError,
  stopIfChanged,
  type Target,
} from './workspace';

/** What to do with a difference. */
export interface Decision {
  readonly dryRun?: true;
  readonly exitCode?: true;
  readonly yes?: true;
  readonly saveOnly?: true;
}

/** 0: done, or nothing to do. 1: declined, or there is a difference that the exit code was to tell. */
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
  const planFor = (state: SegmentFunction) =>
    planUpdate(state, built, { removeSettings: options.removeSettings ?? false });
  const plan = planFor(current);
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
    terminal.print(describeUndeployed('what was built'));
  }
  const verb = plan.change === undefined ? 'Deploy it' : options.saveOnly ? 'Save it' : 'Save and deploy it';
  const end = await decide(terminal, verb, options);
  if (end !== undefined) return end;

  const isAsWanted = (now: SegmentFunction) => planFor(now).change === undefined;
  if (plan.change !== undefined) {
    await stopIfChanged(api, current);
    const recheck = recheckSave(api, current, (now) => (isAsWanted(now) ? now : undefined));
    await api.updateFunction(id, plan.change, recheck);
    terminal.print('Saved.');
  }
  await finish(api, terminal, current, isAsWanted, options);
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
  if (isSaved) terminal.print(describeUndeployed(`version ${versionId}`));
  const verb = isSaved ? 'Deploy it' : options.saveOnly ? 'Restore it' : 'Restore and deploy it';
  const end = await decide(terminal, verb, options);
  if (end !== undefined) return end;

  const restored = { code: version.code, settings: current.settings };
  const isRestored = (now: SegmentFunction) => isSameState(now, restored);
  if (!isSaved) {
    await stopIfChanged(api, current);
    const recheck = recheckSave(api, current, (now) => (isRestored(now) ? version : undefined));
    await once(
      () => api.restoreVersion(current.id, versionId, recheck),
      async () => (isRestored(await api.getFunction(current.id)) ? version : undefined),
    );
    terminal.print('Restored.');
  }
  await finish(api, terminal, current, isRestored, options);
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
  const end = await decide(terminal, options.saveOnly ? 'Create it' : 'Create and deploy it', options);
  if (end !== undefined) return end;

  const isAsWanted = (now: SegmentFunction) =>
    planUpdate(now, wanted, { removeSettings: true }).change === undefined;
  // Somebody else may have been faster.
  const stopIfTaken = async () => {
    const others = await listNamed(api, displayName);
    if (others.length > 0) throw changedMeanwhile('There is a function of this name now');
    return undefined;
  };
  await stopIfTaken();
  const created = await once(
    () => api.createFunction(wanted, stopIfTaken),
    async () => {
      const [only, ...others] = await listNamed(api, displayName);
      if (only === undefined || others.length > 0) return undefined;
      const there = await api.getFunction(only.id);
      return isAsWanted(there) ? there : undefined;
    },
  );
  terminal.print(`Created: ${created.id}`);
  await finish(api, terminal, created, isAsWanted, options);
  return 0;
}

/**
 * Deploys what was saved, reads it back, and says what runs; after the function's first deploy also where to connect it.
 *
 * @param before what the function was before the deploy.
 */
async function finish(
  api: PublicApi,
  terminal: Terminal,
  { id, deployedAt }: SegmentFunction,
  isAsWanted: (now: SegmentFunction) => boolean,
  { saveOnly }: Decision,
): Promise<void> {
  if (!saveOnly) await deploySaved(api, id, isAsWanted);
  const after = await readFunction(api, id);
  if (!isAsWanted(after)) {
    const what = `The function was changed in the workspace right after it was saved: ${describeBuild(after.code)} is there now`;
    if (saveOnly) throw changedMeanwhile(what);
    throw new StoppedError(
      `${what}. What somebody else saved meanwhile may be running. Run it again to see the new difference.`,
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
  if ((deployedAt ?? '') === '') terminal.print(describeConnecting(after));
}

/** Asks whether to go on; gives the exit code where not. */
async function decide(
  terminal: Terminal,
  verb: string,
  { dryRun, exitCode, yes }: Decision,
): Promise<ExitCode | undefined> {
  if (dryRun) {
    terminal.print('Nothing was changed: this is a dry run.');
    return exitCode ? 1 : 0;
  }
  if (yes) return undefined;
  if (!terminal.isInteractive) {
    throw new StoppedError(
      'Nothing was changed: there is no terminal to ask at. Read the difference above, and run it with --yes.',
    );
  }
  if (await terminal.confirm(`${verb}?`)) return undefined;
  terminal.print('Nothing was changed.');
  return 1;
}

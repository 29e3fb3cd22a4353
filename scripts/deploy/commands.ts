// What the three commands do: deploy, versions, restore. Each looks, shows, asks, and only then acts.
import { describeBuild, isSameCode } from '../build-id';
import type { NewFunction, PublicApi, SegmentFunction } from './api';
import { isDeployed, planUpdate, withName } from './plan';
import { describeDiff, describeFunction, describeNew, describeSettings, describeVersions } from './review';
import type { Terminal } from './terminal';
import {
  changedMeanwhile,
  deploySaved,
  find,
  findExisting,
  once,
  readFunction,
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
    terminal.print(
      'What is saved is what was built, but it is not deployed: a deploy was interrupted, or left for later.\n',
    );
  }
  const verb = plan.change === undefined ? 'Deploy it' : options.saveOnly ? 'Save it' : 'Save and deploy it';
  const end = await decide(terminal, verb, options);
  if (end !== undefined) return end;

  await stopIfChanged(api, current);
  if (plan.change !== undefined) {
    await api.updateFunction(id, plan.change);
    terminal.print('Saved.');
  }
  await finish(api, terminal, id, (after) => planFor(after).change === undefined, options);
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
  const end = await decide(terminal, options.saveOnly ? 'Restore it' : 'Restore and deploy it', options);
  if (end !== undefined) return end;

  await stopIfChanged(api, current);
  if (!isSaved) {
    await once(
      () => api.restoreVersion(current.id, versionId),
      async () => (isSameCode((await api.getFunction(current.id)).code, version.code) ? version : undefined),
    );
    terminal.print('Restored.');
  }
  await finish(api, terminal, current.id, ({ code }) => isSameCode(code, version.code), options);
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

  // Somebody else may have been faster.
  const others = withName(await api.listFunctions(), displayName);
  if (others.length > 0) throw changedMeanwhile('There is a function of this name now');
  const { id } = await once(
    () => api.createFunction(wanted),
    async () => withName(await api.listFunctions(), displayName)[0],
  );
  terminal.print(`Created: ${id}`);
  const isAsWanted = (after: SegmentFunction) =>
    planUpdate(after, wanted, { removeSettings: true }).change === undefined;
  await finish(api, terminal, id, isAsWanted, options);
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
  isAsWanted: (after: SegmentFunction) => boolean,
  { saveOnly }: Decision,
): Promise<void> {
  if (!saveOnly) await deploySaved(api, id);
  const after = await api.getFunction(id);
  if (!isAsWanted(after)) {
    throw changedMeanwhile(
      `The function was changed in the workspace right after it was saved: ${describeBuild(after.code)} is there now`,
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

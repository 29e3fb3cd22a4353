// npm run deploy -- restore: makes an earlier version's code the latest one again, and deploys it.
import { isSameCode } from '../bundle/build-id';
import { InputError } from '../cli/command';
import type { PublicApi } from './api';
import type { SegmentFunction, Version } from './api/functions';
import { decide, type Decision, type ExitCode } from './decision';
import { finish } from './finish';
import { isDeployed, previousVersion } from './plan';
import {
  describeDiff,
  describeFunction,
  describeUndeployed,
  describeVersion,
  IN_SEGMENT,
  RUNS_WHEN_SAVED,
} from './review';
import type { Wait } from './retry';
import type { Terminal } from './terminal';
import {
  findExisting,
  isSameState,
  readFunction,
  recheckSave,
  runOnce,
  sharedFunction,
  stopIfChanged,
  type Target,
} from './workspace';

/** Stands for the version to go back to, in the place of an ID. */
export const PREVIOUS = 'previous';

/**
 * Restores a version's code. Settings have no versions, and stay as they are.
 *
 * @param wanted the version's ID, or {@link PREVIOUS}.
 * @param wait is how it waits until Segment shows what runs.
 * @throws CommandError if Segment refuses, or somebody else changes the function meanwhile.
 */
export async function restore(
  api: PublicApi,
  terminal: Terminal,
  wanted: string,
  options: Target & Decision,
  wait: Wait,
): Promise<ExitCode> {
  const current = await readFunction(api, await findExisting(api, options));
  const version = await findVersion(api, current.id, wanted);
  terminal.print(describeFunction(current));
  terminal.print(describeVersion(version));
  const isSaved = isSameCode(current.code, version.code);
  if (!isSaved) {
    terminal.print(describeDiff(current.code, version.code, [IN_SEGMENT, `version ${version.id}`]));
  }
  if (isSaved && isDeployed(current)) {
    terminal.print(`Nothing to change: it is already version ${version.id}.`);
    return 0;
  }
  terminal.print(isSaved ? describeUndeployed(`version ${version.id}`) : RUNS_WHEN_SAVED);
  const exitCode = await decide(terminal, isSaved ? 'Deploy it' : 'Restore and deploy it', options);
  if (exitCode !== undefined) return exitCode;

  const restored = { code: version.code, settings: current.settings };
  const isRestored = (now: SegmentFunction) => isSameState(now, restored);
  let before = current;
  if (!isSaved) {
    const shared = sharedFunction(api, current.id);
    before = await stopIfChanged(shared, current);
    const recheck = recheckSave(shared, current, (now) => (isRestored(now) ? version : undefined));
    await runOnce(
      () => api.restoreVersion(current.id, version.id, recheck),
      async () => (isRestored(await api.getFunction(current.id)) ? version : undefined),
    );
    terminal.print('Restored.');
  }
  await finish(api, terminal, { before, isAsSaved: isRestored }, wait);
  return 0;
}

/** @throws InputError if there is nothing to go back to; ApiError if there is no version of that ID. */
async function findVersion(api: PublicApi, id: string, wanted: string): Promise<Version> {
  if (wanted !== PREVIOUS) return api.getVersion(id, wanted);
  const previous = previousVersion(await api.listVersions(id));
  if (previous !== undefined) return previous;
  throw new InputError(
    'There is no version with other code before the deployed one, or Segment does not say which one is deployed. npm run deploy -- versions lists them all.',
  );
}

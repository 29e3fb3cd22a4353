// npm run deploy -- restore: makes an earlier version's code the latest one again, and deploys it.
import { isSameCode } from '../bundle/build-id';
import type { PublicApi, SegmentFunction } from './api';
import { decide, type Decision, type ExitCode } from './decision';
import { finish } from './finish';
import { isDeployed } from './plan';
import { describeDiff, describeFunction, describeUndeployed, IN_SEGMENT } from './review';
import type { Terminal } from './terminal';
import {
  findExisting,
  isSameState,
  readFunction,
  recheckSave,
  runOnce,
  stopIfChanged,
  type Target,
} from './workspace';

/**
 * Restores a version's code. Settings have no versions, and stay as they are.
 *
 * @throws CommandError if Segment refuses, or somebody else changes the function meanwhile.
 */
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
  if (!isSaved) {
    terminal.print(describeDiff(current.code, version.code, [IN_SEGMENT, `version ${versionId}`]));
  }
  if (isSaved && (options.saveOnly || isDeployed(current))) {
    terminal.print(`Nothing to change: it is already version ${versionId}.`);
    return 0;
  }
  if (isSaved) terminal.print(describeUndeployed(`version ${versionId}`));
  const question = isSaved ? 'Deploy it' : options.saveOnly ? 'Restore it' : 'Restore and deploy it';
  const exitCode = await decide(terminal, question, options);
  if (exitCode !== undefined) return exitCode;

  const restored = { code: version.code, settings: current.settings };
  const isRestored = (now: SegmentFunction) => isSameState(now, restored);
  if (!isSaved) {
    await stopIfChanged(api, current);
    const recheck = recheckSave(api, current, (now) => (isRestored(now) ? version : undefined));
    await runOnce(
      () => api.restoreVersion(current.id, versionId, recheck),
      async () => (isRestored(await api.getFunction(current.id)) ? version : undefined),
    );
    terminal.print('Restored.');
  }
  await finish(api, terminal, current, isRestored, options);
  return 0;
}

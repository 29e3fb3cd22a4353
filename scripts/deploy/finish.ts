// The end of a deploy and of a restore: deploys what was saved, reads it back, and says what runs.
import { describeBuild } from '../bundle/build-id';
import type { PublicApi, SegmentFunction } from './api';
import type { Decision } from './decision';
import { ApiError } from './failure';
import { isDeployed, wasEverDeployed } from './plan';
import { describeConnecting } from './review';
import type { Terminal } from './terminal';
import { changedMeanwhile, readFunction, StoppedError } from './workspace';

/**
 * Deploys unless only saving was asked for. After the function's first deploy it also says where to connect it.
 *
 * @param before the function before the deploy.
 * @param isAsSaved tells what was saved from what somebody else saved after it.
 * @throws StoppedError if the function is not, or may not be, what was saved.
 */
export async function finish(
  api: PublicApi,
  terminal: Terminal,
  before: SegmentFunction,
  isAsSaved: (now: SegmentFunction) => boolean,
  { saveOnly }: Decision,
): Promise<void> {
  if (!saveOnly) await deploySaved(api, before.id, isAsSaved);
  const after = await readFunction(api, before.id);
  if (!isAsSaved(after)) {
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
      'Segment reports that it deployed the function, but what is saved does not run. Run it again.',
    );
  }
  terminal.print(`Deployed.\nConfirmed: it runs ${describeBuild(after.code)}.`);
  if (!wasEverDeployed(before)) terminal.print(describeConnecting(after));
}

/**
 * Segment's reference says that this call is for source functions, while the editor deploys Destination Functions
 * too. If it is refused, what counts is whether the saved code is known to run.
 */
async function deploySaved(
  api: PublicApi,
  id: string,
  isAsSaved: (now: SegmentFunction) => boolean,
): Promise<void> {
  const check = async (isUnclear: boolean) => {
    const now = await api.getFunction(id);
    if (isAsSaved(now)) return undefined;
    const end = isUnclear
      ? 'That was not deployed; it is unknown whether what was saved before it runs'
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

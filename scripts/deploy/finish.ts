// The end of a deploy and of a restore: waits until Segment shows that what was saved runs, deploys it if it does not,
// and says what runs.
//
// Segment's reference has the call that deploys "only applicable to Source Function instances": a save of a Destination
// Function very probably deploys at once. So the call is made only if Segment does not show that by itself.
// Segment Public API, "Functions", section "Create Function Deployment":
// https://docs.segmentapis.com/tag/Functions/#operation/createFunctionDeployment
import { describeBuild } from '../bundle/build-id';
import type { PublicApi } from './api';
import type { SegmentFunction } from './api/functions';
import { ApiError } from './failure';
import { wasEverDeployed } from './plan';
import { readUntil } from './read-until';
import { describeConnecting, describeState } from './review';
import type { Wait } from './retry';
import type { Terminal } from './terminal';
import { readFunction, StoppedError } from './workspace';

/** How Segment refuses a call that is not for a Destination Function. */
const NOT_APPLICABLE: ReadonlySet<number | undefined> = new Set([400, 404, 405, 422]);

export interface Saved {
  /** The function right before the save; right before the deploy if there was nothing to save. */
  readonly before: Pick<SegmentFunction, 'id' | 'deployedAt'>;
  /** Tells what was saved from what somebody else saved after it. */
  readonly isAsSaved: (now: SegmentFunction) => boolean;
}

/**
 * Makes sure that what was saved runs. After the function's first deploy it also says where to connect it.
 *
 * @throws StoppedError if the function does not, or may not, run what was saved.
 */
export async function finish(
  api: PublicApi,
  terminal: Terminal,
  { before, isAsSaved }: Saved,
  wait: Wait,
): Promise<void> {
  const read = async (): Promise<SegmentFunction> => {
    const now = await readFunction(api, before.id);
    if (isAsSaved(now)) return now;
    throw new StoppedError(
      `The function was changed in the workspace after it was saved: ${describeBuild(now.code)} is there now, and may be running. That was not overwritten. Run it again to see the new difference.`,
    );
  };
  const readUntilDeployed = () =>
    readUntil(read, (now) => isDeployedSince(now, before), { terminal, wait, what: 'that it is deployed' });

  let after = await readUntilDeployed();
  if (!isDeployedSince(after, before)) {
    await deploySaved(api, before.id, read);
    after = await readUntilDeployed();
  }
  if (!isDeployedSince(after, before)) {
    throw new StoppedError(
      `Segment reports that it deployed the function, but it shows: ${describeState(after)}. Run it again.`,
    );
  }
  terminal.print(`Deployed.\nConfirmed: it runs ${describeBuild(after.code)}.`);
  if (!wasEverDeployed(before)) terminal.print(describeConnecting(after));
}

/** Whether Segment shows that the connected instances run what is saved: by either of two signs, as it may omit one. */
const isDeployedSince = (
  now: Pick<SegmentFunction, 'deployedAt' | 'isLatestVersion'>,
  before: Pick<SegmentFunction, 'deployedAt'>,
): boolean =>
  now.isLatestVersion === true ||
  Date.parse(now.deployedAt ?? '') > (Date.parse(before.deployedAt ?? '') || 0);

/** @param read throws if the function is not what was saved any more. */
async function deploySaved(api: PublicApi, id: string, read: () => Promise<SegmentFunction>): Promise<void> {
  try {
    await api.deployFunction(id, async () => {
      await read();
      return undefined;
    });
  } catch (error) {
    if (!(error instanceof ApiError && NOT_APPLICABLE.has(error.status))) throw error;
    throw new StoppedError(
      `${error.message} The function is saved, and Segment shows: ${describeState(await read())}. Open it in Segment to see which version runs; Save & Deploy there deploys it.`,
    );
  }
}

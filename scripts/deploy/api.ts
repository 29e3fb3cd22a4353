// Segment's Public API, as far as the commands use it.
import { z } from 'zod';
import { createDestinationsApi, type DestinationsApi } from './api/destinations';
import { createFunctionsApi, type FunctionsApi } from './api/functions';
import type { Connection } from './connection';
import { OPERATIONS } from './operations';
import { createCaller } from './request';
import type { Wait } from './retry';

const WORKSPACE_DATA = z
  .object({ workspace: z.object({ name: z.string() }) })
  .transform((data) => data.workspace.name);

/**
 * Every call throws ApiError. A call that can be repeated is repeated if the failure may pass; before a write is
 * repeated, its `recheck` says whether it still may be.
 */
export interface PublicApi extends FunctionsApi, DestinationsApi {
  /**
   * The name of the token's workspace.
   * Segment Public API, "Workspaces": https://docs.segmentapis.com/tag/Workspaces
   */
  readonly getWorkspaceName: () => Promise<string>;
}

/** @param notify is called with a message before a request is tried again. */
export function createPublicApi(
  connection: Connection,
  notify: (message: string) => void,
  wait?: Wait,
): PublicApi {
  const call = createCaller(connection, notify, wait);
  return {
    getWorkspaceName: () => call(OPERATIONS.getWorkspace, [], WORKSPACE_DATA),
    ...createFunctionsApi(call),
    ...createDestinationsApi(call),
  };
}

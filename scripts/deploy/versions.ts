// npm run deploy -- versions: lists the versions of the function's code.
import { markdownTable } from 'markdown-table';
import { describeBuild } from '../bundle/build-id';
import type { PublicApi } from './api';
import type { Version } from './api/functions';
import type { ExitCode } from './decision';
import { latestFirst } from './plan';
import { describeFunction, describeTime } from './review';
import type { Terminal } from './terminal';
import { findExisting, readFunction, type Target } from './workspace';

/** Prints the function and its versions, and changes nothing. */
export async function listVersions(api: PublicApi, terminal: Terminal, target: Target): Promise<ExitCode> {
  const current = await readFunction(api, await findExisting(api, target));
  terminal.print(describeFunction(current));
  terminal.print(describeVersions(await api.listVersions(current.id)));
  return 0;
}

/** A table, the latest first. */
function describeVersions(versions: readonly Version[]): string {
  return markdownTable([
    ['Version', 'Saved', 'By', 'Build', 'State'],
    ...latestFirst(versions).map(({ id, createdAt, author, code, isDeployed }, index) => [
      id,
      describeTime(createdAt),
      author ?? 'unknown',
      describeBuild(code),
      [...(index === 0 ? ['latest'] : []), ...(isDeployed === true ? ['deployed'] : [])].join(', '),
    ]),
  ]);
}

// The tester as a whole: the function's bundle, a workspace for it, and the page's server.
import colors from 'picocolors';
import { isFailure } from '../../lib/result';
import { BundleError } from '../bundle/bundle';
import { InputError } from '../cli/command';
import { codeOf } from '../cli/error-code';
import { buildAssets } from './server/assets';
import { startServer, type PageServer } from './server/server';
import { buildSource, watchSource } from './workspace/source';
import { openWorkspace, type WorkspaceOptions } from './workspace/workspace';

export const PORT = 4747;
/** How many ports are tried if none is asked for. */
const PORTS = 20;

export interface TesterOptions extends Omit<WorkspaceOptions, 'code'> {
  readonly port?: number;
}

/** Opens the page and keeps it until Ctrl-C; on the usual port or the next free one, unless a port is asked for. */
export async function runTester({ port: wantedPort, ...files }: TesterOptions): Promise<void> {
  const built = await buildSource();
  if (isFailure(built)) throw new BundleError(built.reason);
  const workspace = await openWorkspace({ code: built, ...files });
  const assets = await buildAssets();
  const { port } = await startOnFirst(portsFor(wantedPort), (at) => startServer(workspace, assets, at));
  watchSource((built) => workspace.setBundle(built));
  // Ctrl-C is the usual way to end it, so it is not a failure. Copies of files are removed at the exit.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(0));
  console.log(
    [
      `${colors.bold('TikTok Offline Conversions')}: open ${colors.cyan(`http://127.0.0.1:${port}/`)}`,
      'Nothing leaves this machine. Press Ctrl-C to stop.',
    ].join('\n'),
  );
}

/** The usual port, the next ones, and then any that is free; or the one that is asked for. */
const portsFor = (wanted: number | undefined): readonly number[] =>
  wanted === undefined ? [...Array.from({ length: PORTS }, (_, index) => PORT + index), 0] : [wanted];

/** @throws InputError if all of these ports are taken. */
async function startOnFirst(
  ports: readonly number[],
  start: (port: number) => Promise<PageServer>,
): Promise<PageServer> {
  for (const port of ports)
    try {
      return await start(port);
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') throw error;
    }
  throw new InputError(
    `port ${ports.join(', ')} is taken: choose another one with --port, or leave --port out`,
  );
}

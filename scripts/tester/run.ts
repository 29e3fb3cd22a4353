// The tester as a whole: the function's bundle, a workspace for it, and the page's server.
import colors from 'picocolors';
import { isFailure } from '../../lib/result';
import { BundleError } from '../bundle/bundle';
import { InputError } from '../cli/command';
import { buildAssets } from './server/assets';
import { startServer, type PageServer } from './server/server';
import { buildSource, watchSource } from './workspace/source';
import { openWorkspace, type WorkspaceOptions } from './workspace/workspace';

export const PORT = 4747;
/** How many ports are tried if none is asked for. */
const PORTS = 20;

type Start = (port: number) => Promise<PageServer>;

export interface TesterOptions extends Omit<WorkspaceOptions, 'code'> {
  readonly port?: number;
}

/** Opens the page and keeps it until Ctrl-C; on the usual port or the next free one, unless a port is asked for. */
export async function runTester({ port: wantedPort, ...files }: TesterOptions): Promise<void> {
  const built = await buildSource();
  if (isFailure(built)) throw new BundleError(built.reason);
  const workspace = await openWorkspace({ code: built, ...files });
  const assets = await buildAssets();
  const start: Start = (at) => startServer(workspace, assets, at);
  const { port } = await (wantedPort === undefined ? startOnFreePort(start) : startOnPort(start, wantedPort));
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

/** Starts on the first free port, counted from the usual one. */
async function startOnFreePort(start: Start): Promise<PageServer> {
  for (let port = PORT; port < PORT + PORTS; port += 1) {
    try {
      return await start(port);
    } catch (error) {
      if (!isPortTaken(error)) throw error;
    }
  }
  return start(0);
}

async function startOnPort(start: Start, port: number): Promise<PageServer> {
  return start(port).catch((error: unknown) => {
    if (!isPortTaken(error)) throw error;
    throw new InputError(`port ${port} is taken: choose another one with --port, or leave --port out`);
  });
}

const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

// The tester as a whole: the function, a workspace, the page's server.
import colors from 'picocolors';
import { BundleError } from '../bundle/bundle';
import { InputError } from '../cli/command';
import { buildAssets } from './assets';
import { startServer } from './server';
import { build, watchSource } from './watch';
import { openWorkspace } from './workspace';

export const PORT = 4747;
/** How many ports are tried where none was asked for. */
const PORTS = 20;

/** Opens the page and keeps it until Ctrl-C; on the usual port or the next free one, unless a port is asked for. */
export async function runTester(port: number | undefined): Promise<void> {
  const built = await build();
  if ('problem' in built) throw new BundleError(built.problem);
  const workspace = await openWorkspace(built.code);
  const assets = await buildAssets();
  const start = (at: number) => startServer(workspace, assets, at);
  const opened = await (port === undefined ? startOnFreePort(start) : startOnPort(start, port));
  watchSource(workspace.setBundle);
  // The usual way to end it, and no failure.
  process.once('SIGINT', () => process.exit(0));
  console.log(
    [
      `${colors.bold('TikTok Offline Conversions')}: open ${colors.cyan(`http://127.0.0.1:${opened}/`)}`,
      'Nothing leaves this machine. Ctrl-C ends it.',
    ].join('\n'),
  );
}

/** Starts on the first port from the usual one on that is free. */
async function startOnFreePort(start: (port: number) => Promise<number>): Promise<number> {
  for (let port = PORT; port < PORT + PORTS; port += 1) {
    try {
      return await start(port);
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  return start(0);
}

async function startOnPort(start: (port: number) => Promise<number>, port: number): Promise<number> {
  return start(port).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
    throw new InputError('the port is taken: choose another one with --port, or leave it out');
  });
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

// npm run tester: a page on this machine with a shop, the function in a local Segment, and a local TikTok.
import { Command, Option } from 'commander';
import colors from 'picocolors';
import { BundleError } from './bundle';
import { wholeNumber } from './options';
import { buildAssets } from './tester/assets';
import { startServer } from './tester/server';
import { build, watchSource } from './tester/watch';
import { openWorkspace } from './tester/workspace';

const PORT = 4747;
/** How many ports are tried where none was asked for. */
const PORTS = 20;

async function run(port: number | undefined): Promise<void> {
  const built = await build();
  if ('problem' in built) throw new BundleError(built.problem);
  const workspace = await openWorkspace(built.code);
  const assets = await buildAssets();
  const start = (at: number) => startServer(workspace, assets, at);
  const opened = await (port === undefined ? startOnFreePort(start) : start(port));
  watchSource(workspace.setBundle);
  // The usual way to end it, and no failure.
  process.once('SIGINT', () => process.exit(0));
  console.log(
    [
      `${colors.bold('TikTok Offline Conversions')}: open ${colors.cyan(`http://127.0.0.1:${String(opened)}/`)}`,
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

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

const command = new Command('npm run tester --')
  .description('Opens a page on this machine: a shop, the function, and what TikTok would get.')
  .addOption(
    new Option('--port <number>', `the port, ${String(PORT)} or the next free one by default`).argParser(
      wholeNumber(0, 65_535),
    ),
  )
  .showSuggestionAfterError(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(async (options: { port?: number }) => {
    await run(options.port);
  });

command.parseAsync().catch((error: unknown) => {
  const message = isTaken(error)
    ? 'the port is taken: choose another one with --port, or leave it out'
    : error instanceof BundleError
      ? error.message
      : undefined;
  if (message === undefined) throw error;
  console.error(`error: ${message}`);
  process.exit(2);
});

// npm start: runs events through the bundle, in a local Segment against a local TikTok, and shows what became of them.
import path from 'node:path';
import { Option } from 'commander';
import { writeBundle } from './bundle/bundle';
import { createCommand, runCommand } from './cli/command';
import { untilInterrupted } from './cli/interruption';
import { fromHere, wholeNumber } from './cli/options';
import { EXAMPLES } from './cli/project';
import { BATCH, LARGEST_BATCH } from './local/segment/runtime';
import { DETAILED, runEvents, type StartOptions } from './report/run';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough, such as `head`, closes the pipe. A check goes on to its exit code nevertheless.
  if (error.code === 'EPIPE' && !process.argv.includes('--fail-on-rejected')) process.exit(0);
  if (error.code === 'EPIPE') return;
  console.error(`error: cannot write to the standard output (${error.code ?? error.name})`);
  process.exit(2);
});

void runCommand(
  createCommand(
    'npm start',
    'Runs Segment events through the function on this machine and shows what TikTok would get.',
  )
    .argument(
      '[files...]',
      'Segment events: one event, a JSON array, or one event a line; gzipped or not; - for the standard input (default: examples/events.json)',
    )
    .addOption(
      new Option('--settings <file>', "the function's settings, a JSON object whose keys are their names")
        .default(path.join(EXAMPLES, 'settings.json'), 'examples/settings.json')
        .argParser(fromHere),
    )
    .option(
      '--batch <events>',
      `how many events Segment hands over in a call; 1 calls the single handlers (default: ${BATCH}, but 1 for up to ${DETAILED} events, which are shown one by one)`,
      wholeNumber(1, LARGEST_BATCH),
    )
    .option('--json', 'print the report as JSON')
    .option('--out <file>', 'write the requests to TikTok to this file, one a line', fromHere)
    .option('--fail-on-rejected', 'exit with 1 if an event was discarded or would be retried')
    .option('--live', 'send to the real TikTok; the settings must contain a testEventCode')
    .action(async (files: readonly string[], options: StartOptions) => {
      process.exitCode = await runEvents(
        files.length === 0 ? [path.join(EXAMPLES, 'events.json')] : files.map(fromHere),
        options,
        {
          build: writeBundle,
          print: console.log,
          progressStream: process.stderr,
          signal: untilInterrupted(),
        },
      );
    }),
);

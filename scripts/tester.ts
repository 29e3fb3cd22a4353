// npm run tester: a page on this machine with a shop, the function in a local Segment, and a local TikTok.
import { Option } from 'commander';
import { createCommand, runCommand } from './cli/command';
import { wholeNumber } from './cli/options';
import { PORT, runTester } from './tester/run';

void runCommand(
  createCommand(
    'npm run tester',
    'Opens a page on this machine: a shop, the function, and what TikTok would get.',
  )
    .addOption(
      new Option('--port <number>', `the port, ${PORT} or the next free one by default`).argParser(
        wholeNumber(0, 65_535),
      ),
    )
    .action(({ port }: { readonly port?: number }) => runTester(port)),
);

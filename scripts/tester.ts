// npm run tester: a page on this machine with a shop, the function in a local Segment, and a local TikTok.
import { Option } from 'commander';
import { createCommand, runCommand } from './cli/command';
import { typedFileOnly, wholeNumber } from './cli/options';
import type { NamedFile } from './input/files';
import { PORT, runTester, type TesterOptions } from './tester/run';

void runCommand(
  createCommand(
    'npm run tester',
    'Opens a page on this machine: your events, the function with your settings, and what TikTok would get.',
  )
    .option(
      '--settings <file>',
      "the function's settings, a JSON object whose keys are their names; the page can save to it",
      typedFileOnly,
    )
    .option(
      '--events <files...>',
      'Segment events to try and to report on: one event, a JSON array, or one event a line; gzipped or not',
      (typed: string, before: readonly NamedFile[] | undefined) => [...(before ?? []), typedFileOnly(typed)],
    )
    .addOption(
      new Option('--port <number>', `the port, ${PORT} or the next free one by default`).argParser(
        wholeNumber(0, 65_535),
      ),
    )
    .action((options: TesterOptions) => runTester(options)),
);

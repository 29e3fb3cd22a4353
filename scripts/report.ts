// npm run report: what happens to a month of events, counted.
import { Option } from 'commander';
import { runCommand } from './cli/command';
import { typedFile, typedFileOnly, wholeNumber } from './cli/options';
import { BATCH, LARGEST_BATCH } from './local/segment/runtime';
import type { NamedFile } from './input/files';
import { compareFiles } from './report/compare';
import { createEventsCommand, FILES_DESCRIPTION, surroundings } from './report/options';
import { reportEvents, type ReportOptions } from './report/report';

interface Options extends ReportOptions {
  readonly compare?: NamedFile;
}

void runCommand(
  createEventsCommand(
    'npm run report',
    'Reports what happens to Segment events, any number of them: outcomes and reasons, what was left out, what TikTok can match on.',
  )
    .argument('<files...>', FILES_DESCRIPTION)
    .option(
      '--batch <events>',
      'how many events Segment hands over in a call; 1 calls the single handlers',
      wholeNumber(1, LARGEST_BATCH),
      BATCH,
    )
    .option('--json', 'print the report as JSON')
    .option('--out <file>', 'write the requests to TikTok to this file, one a line', typedFileOnly)
    .option(
      '--html <file>',
      'write the report to this file as a page to share, without anything personal',
      typedFileOnly,
    )
    .addOption(
      new Option('--compare <file>', 'other settings: only what would change under them is reported')
        .argParser(typedFileOnly)
        .conflicts(['out', 'html']),
    )
    .action(async (typed: readonly string[], { compare, ...options }: Options) => {
      const files = typed.map(typedFile);
      process.exitCode =
        compare === undefined
          ? await reportEvents(files, options, surroundings())
          : await compareFiles(files, options.settings, compare, options, surroundings());
    }),
  { isUnreadFine: true },
);

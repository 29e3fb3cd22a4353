// npm run report: what becomes of a month of events, counted.
import { runCommand } from './cli/command';
import { typedFile, typedFileOnly, wholeNumber } from './cli/options';
import { watchOutput } from './cli/output';
import { BATCH, LARGEST_BATCH } from './local/segment/runtime';
import { createEventsCommand, FILES_DESCRIPTION, surroundings } from './report/options';
import { reportEvents, type ReportOptions } from './report/report';

watchOutput(true);

void runCommand(
  createEventsCommand(
    'npm run report',
    'Reports what becomes of Segment events, any number of them: outcomes and reasons, what was left out, what TikTok can match on.',
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
    .action(async (files: readonly string[], options: ReportOptions) => {
      process.exitCode = await reportEvents(files.map(typedFile), options, surroundings());
    }),
);

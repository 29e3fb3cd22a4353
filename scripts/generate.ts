// npm run generate: writes a month of a made-up shop's events to a file.
import { createCommand, runCommand } from './cli/command';
import { typedFileOnly, wholeNumber } from './cli/options';
import { generate } from './generate/generate';

void runCommand(
  createCommand(
    'npm run generate',
    "Writes a month of a made-up shop's Segment events, one a line; gzipped if the file's name ends in .gz.",
  )
    .option('--events <count>', 'how many events', wholeNumber(1, 100_000_000), 100_000)
    .option(
      '--seed <number>',
      'the same seed gives the same events, except for their times',
      wholeNumber(0, 2 ** 31 - 1),
      1,
    )
    .requiredOption('--out <file>', 'the file to write', typedFileOnly)
    .action(generate),
);

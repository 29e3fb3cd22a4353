// npm start: shows events one by one, as they go through the function, in a local Segment against a local TikTok.
import { Option } from 'commander';
import { InputError, runCommand } from './cli/command';
import { typedFile, typedFileOnly } from './cli/options';
import { createEventsCommand, EVENTS, FILES_DESCRIPTION, surroundings } from './report/options';
import { showEvents, SHOWN, type ShowOptions } from './report/show';

void runCommand(
  createEventsCommand(
    'npm start',
    `Shows what happens to Segment events, one by one, up to ${SHOWN}: what TikTok would get, and what was left out.`,
  )
    .argument('[files...]', `${FILES_DESCRIPTION} (default: ${EVENTS.name})`)
    .option('--live', 'send to the real TikTok; the settings must contain a testEventCode')
    .addOption(
      new Option(
        '--cases <file>',
        'write the events and what they become as cases for npm run check -- --expect, with example values instead of personal data',
      ).argParser(typedFileOnly),
    )
    .option('--keep-personal-data', 'with --cases: leave email addresses, phone numbers, names … as they are')
    .action(async (files: readonly string[], options: ShowOptions) => {
      if (options.keepPersonalData === true && options.cases === undefined)
        throw new InputError('--keep-personal-data is for the file of --cases: name one');
      const given = files.length === 0 ? [EVENTS] : files.map(typedFile);
      process.exitCode = await showEvents(given, options, surroundings());
    }),
  { isUnreadFine: true },
);

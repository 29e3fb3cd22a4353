// npm start: shows events one by one, as they go through the function, in a local Segment against a local TikTok.
import { runCommand } from './cli/command';
import { typedFile } from './cli/options';
import { watchOutput } from './cli/output';
import { createEventsCommand, EVENTS, FILES_DESCRIPTION, surroundings } from './report/options';
import { showEvents, SHOWN, type ShowOptions } from './report/show';

watchOutput(true);

void runCommand(
  createEventsCommand(
    'npm start',
    `Shows what becomes of Segment events, one by one, up to ${SHOWN}: what TikTok would get, and what was left out.`,
  )
    .argument('[files...]', `${FILES_DESCRIPTION} (default: ${EVENTS.name})`)
    .option('--live', 'send to the real TikTok; the settings must contain a testEventCode')
    .action(async (files: readonly string[], options: ShowOptions) => {
      const given = files.length === 0 ? [EVENTS] : files.map(typedFile);
      process.exitCode = await showEvents(given, options, surroundings());
    }),
);

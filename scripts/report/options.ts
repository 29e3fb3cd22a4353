// The arguments and options that the commands for events have in common.
import path from 'node:path';
import { Option, type Command } from 'commander';
import { writeBundle } from '../bundle/bundle';
import { createCommand } from '../cli/command';
import { untilInterrupted } from '../cli/interruption';
import { ownFile, typedFileOnly } from '../cli/options';
import { EXAMPLES, FUNCTION_NAME } from '../cli/project';
import type { Surroundings } from './run';

export const EVENTS = ownFile(path.join(EXAMPLES, 'events.json'));
export const SETTINGS = ownFile(path.join(EXAMPLES, 'settings.json'));

export const FILES_DESCRIPTION =
  'Segment events: one event, a JSON array, or one event a line; gzipped or not; - for the standard input';

/** A command that takes settings, and the function's name. */
export const createEventsCommand = (name: string, description: string): Command =>
  createCommand(name, description)
    .addOption(
      new Option('--settings <file>', "the function's settings, a JSON object whose keys are their names")
        .default(SETTINGS, 'examples/settings.json')
        .argParser(typedFileOnly),
    )
    .option(
      '--name <name>',
      "the function's name in Segment, with or without the workspace's: an event's integrations can turn it off",
      FUNCTION_NAME,
    );

/** The process around such a command. */
export const surroundings = (): Surroundings => ({
  build: writeBundle,
  print: console.log,
  warn: console.error,
  progressStream: process.stderr,
  signal: untilInterrupted(),
});

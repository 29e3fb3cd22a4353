// What npm start, npm run report and npm run check have in common: events of files go through the bundle in a local
// Segment, against a local TikTok or the real one.
import colors from 'picocolors';
import type { Configuration } from '../../lib/configuration/configure';
import { isFailure } from '../../lib/result';
import { version } from '../../package.json';
import { InputError } from '../cli/command';
import { ownFile } from '../cli/options';
import { printable } from '../cli/printable';
import { createEventProgress } from '../cli/progress';
import { BUNDLE } from '../cli/project';
import { readEvents, until } from '../input/events';
import { openFile, sizeOf, type NamedFile } from '../input/files';
import type { Entry } from '../input/json';
import { readConfiguration, warnOfMistakes, type NamedSettings } from './settings';
import { survey, type Survey, type SurveyOptions } from './survey';
import { describeSummary } from './terminal';

/** Exit codes. */
export const REJECTED = 1;
export const INTERRUPTED = 130;

/** The options that all of these commands have. */
export interface RunOptions {
  /** The file of the function's settings. */
  readonly settings: NamedFile;
  /** The function's name in Segment. */
  readonly name: string;
}

/** What the command has around it. */
export interface Surroundings {
  /** Builds the function, and gives the bundle's text. */
  readonly build: () => Promise<string>;
  readonly print: (text: string) => void;
  /** Prints where it is not taken for the result. */
  readonly warn: (text: string) => void;
  /** Shows the progress if it is a terminal. */
  readonly progressStream: NodeJS.WritableStream;
  /** Ends the run early. */
  readonly signal: AbortSignal;
}

/** How a command runs the events. */
export interface RunPlan {
  readonly files: readonly NamedFile[];
  readonly settings: NamedSettings;
  /** The function's name in Segment. */
  readonly functionName: string;
  readonly batch: number;
  /** Whether the requests go to the real TikTok. */
  readonly isLive?: boolean;
  /** Whether the progress is shown. */
  readonly showsProgress?: boolean;
  /** No more than so many events go through; all by default. */
  readonly limit?: number;
  /** The time of handling in milliseconds, the same for all events; the machine's by default. */
  readonly now?: number;
  /** Is given what there is to say before the events. */
  readonly onStart?: (heading: string) => Promise<void> | void;
  /** Takes what the report counts of each event, in their order. */
  readonly onFinding?: SurveyOptions['onFinding'];
  readonly onCall?: SurveyOptions['onCall'];
}

export interface RunResult extends Omit<Survey, 'counted'> {
  /** Everything in one line. */
  readonly summary: string;
  /** Whether there are more events than the limit. */
  readonly hasMore: boolean;
  /** The exit code, unless the command finds something wrong with the events. */
  readonly exitCode: number;
}

/**
 * Runs the events of files through the function. What is wrong with the settings is reported first.
 *
 * @throws InputError if the settings cannot work, or if there is no event before a mistake in the files.
 */
export async function runEvents(
  {
    files,
    settings,
    functionName,
    batch,
    isLive = false,
    showsProgress = true,
    limit = Infinity,
    now,
    onStart = () => undefined,
    onFinding,
    onCall,
  }: RunPlan,
  { build, warn, progressStream, signal }: Surroundings,
): Promise<RunResult> {
  const configuration = readConfiguration(settings);
  if (isLive) requireTestEventCode(configuration, settings.name);
  warnOfMistakes(settings, configuration, warn);

  const code = await build();
  const progress = createEventProgress(await sizeOf(files), progressStream);
  const sources = files.map((file) => openFile(file, signal));
  const events = until(signal, readEvents(sources, progress.read));
  let isStarted = false;
  async function start(): Promise<void> {
    if (isStarted) return;
    isStarted = true;
    await onStart(
      describeRun(files, settings.name, code, isLive ? configuration.settings.testEventCode : undefined),
    );
  }
  if (showsProgress) progress.start();
  try {
    const { counted, ...surveyed } = await survey({
      events: limit === Infinity ? events : take(events, limit),
      code,
      functionName,
      settings: settings.values,
      configuration,
      isLive,
      batch,
      now,
      onFinding,
      async onProgress(handled) {
        await start();
        progress.handled(handled);
      },
      onCall,
    });
    await start();
    const { report } = surveyed;
    return {
      ...surveyed,
      summary: describeSummary(report, counted),
      hasMore: report.events === limit && (await hasNext(events)),
      exitCode: signal.aborted ? INTERRUPTED : report.skipped.count > 0 ? REJECTED : 0,
    };
  } finally {
    progress.stop();
  }
}

function requireTestEventCode({ settings }: Configuration, name: string): void {
  if (settings.testEventCode !== undefined) return;
  throw new InputError(
    `${name}: --live needs a testEventCode in the settings, so that TikTok shows the events under Test Events`,
  );
}

/**
 * What goes where.
 *
 * @param settings their name.
 * @param liveCode the Test Event Code, if the requests go to the real TikTok.
 */
function describeRun(
  files: readonly NamedFile[],
  settings: string,
  code: string,
  liveCode: string | undefined,
): string {
  const [where, what] =
    liveCode === undefined
      ? ['a local TikTok', 'Nothing leaves this machine.']
      : ['the real TikTok', `TikTok shows them under the Test Event Code ${liveCode}.`];
  const names = files.map(({ name }) => name).join(', ');
  return [
    `${colors.bold('TikTok Offline Conversions')} ${version}: ${ownFile(BUNDLE).name}, ${(code.length / 1024).toFixed(1)} KB`,
    `${printable(`${names} with the settings of ${settings}`)}, in a local Segment against ${where}.`,
    what,
    '',
  ].join('\n');
}

/** The entries up to so many events; the others stay to be read. */
async function* take(entries: AsyncIterator<Entry>, events: number): AsyncGenerator<Entry> {
  for (let left = events; left > 0;) {
    const next = await entries.next();
    if (next.done === true) return;
    if (!isFailure(next.value)) left -= 1;
    yield next.value;
  }
}

/** Whether there is anything more to read, be it a mistake. */
async function hasNext(entries: AsyncIterator<Entry>): Promise<boolean> {
  try {
    return (await entries.next()).done !== true;
  } catch (error) {
    if (error instanceof InputError) return true;
    throw error;
  }
}

// Events through the bundle in a local Segment, against a local TikTok or the real one: what npm start does.
import colors from 'picocolors';
import { readSettings, SETTINGS } from '../../lib/configuration/settings';
import { isFailure } from '../../lib/result';
import { version } from '../../package.json';
import { InputError } from '../cli/command';
import { fileName } from '../cli/options';
import { printable } from '../cli/printable';
import { createEventProgress } from '../cli/progress';
import { BUNDLE } from '../cli/project';
import { readEvents, type Input } from '../input/events';
import { isOneOf, openFile, readSettingsFile, sizeOf } from '../input/files';
import { BATCH, createRuntime } from '../local/segment/runtime';
import { HOST, startTikTok } from '../local/tiktok/server';
import { describeEvent } from './details';
import { createRequestFile } from './request-file';
import { survey } from './survey';
import { describeReport, describeSummary } from './terminal';

/** Up to this many events are shown one by one. */
export const DETAILED = 20;

/** Stands in for settings that the function refuses. */
const UNREADABLE = { accessToken: '', eventSetId: '', testEventCode: undefined };

const REJECTED = 1;
const INTERRUPTED = 130;

export interface StartOptions {
  /** The file of the function's settings. */
  readonly settings: string;
  readonly batch?: number;
  readonly json?: boolean;
  /** The file to keep the requests in. */
  readonly out?: string;
  readonly failOnRejected?: boolean;
  readonly live?: boolean;
}

/** What the command has around it. */
export interface Surroundings {
  /** Builds the function, and gives the bundle's text. */
  readonly build: () => Promise<string>;
  readonly print: (text: string) => void;
  /** Shows the progress if it is a terminal. */
  readonly progressStream: NodeJS.WritableStream;
  /** Ends the run early. */
  readonly signal: AbortSignal;
}

/**
 * Runs the events of files through the function, and prints what became of them.
 *
 * @param files full paths; `-` is the standard input.
 * @returns the exit code: 1 if an event was rejected and `failOnRejected` is set, 130 after an interruption.
 * @throws InputError if a file or an option is wrong, after the report of the events before it.
 */
export async function runEvents(
  files: readonly string[],
  options: StartOptions,
  { build, print, progressStream, signal }: Surroundings,
): Promise<number> {
  const settings = await readSettingsFile(options.settings, fileName(options.settings));
  // The local TikTok accepts the token and the event set of these settings, whatever they are.
  const read = readSettings(settings);
  const { accessToken, eventSetId, testEventCode } = isFailure(read) ? UNREADABLE : read;
  if (options.live && testEventCode === undefined) {
    throw new InputError(
      `${fileName(options.settings)}: --live needs a testEventCode in the settings, so that TikTok shows the events under Test Events`,
    );
  }
  if (options.out !== undefined && (await isOneOf(options.out, [...files, options.settings]))) {
    throw new InputError(`${fileName(options.out)}: --out would overwrite an input file`);
  }

  const progress = createEventProgress(await sizeOf(files), progressStream);
  const sources = files.map((file) => openFile(file, fileName(file), signal));
  const events = until(signal, readEvents(sources, progress.read));
  // A mistake in a short file is reported before anything else is done.
  const first = await take(events, DETAILED + 1);
  const isDetailed = first.length <= DETAILED && options.batch === undefined;

  const code = await build();
  const printText = options.json ? () => undefined : print;
  const [where, what] = options.live
    ? ['the real TikTok', `TikTok shows them under the Test Event Code ${testEventCode ?? ''}.`]
    : ['a local TikTok', 'Nothing leaves this machine.'];
  printText(
    [
      `${colors.bold('TikTok Offline Conversions')} ${version}: ${fileName(BUNDLE)}, ${(code.length / 1024).toFixed(1)} KB`,
      `${files.map(fileName).join(', ')} with the settings of ${fileName(options.settings)}, in a local Segment against ${where}.`,
      what,
      ...unknownSettings(settings).map((name) =>
        colors.yellow(`Not a setting, so it is ignored: ${printable(name)}`),
      ),
      '',
    ].join('\n'),
  );

  const requestFile = options.out === undefined ? undefined : await createRequestFile(options.out);
  const tiktok = options.live
    ? undefined
    : await startTikTok({ token: accessToken, eventSetId, remembers: false });
  const segment = createRuntime({ code, routes: { [HOST]: tiktok?.route ?? 'internet' } });
  if (!isDetailed) progress.start();
  let countedBefore = 0;
  const { report, error } = await survey({
    events: resume(first, events),
    segment,
    settings,
    batch: options.batch ?? (isDetailed ? 1 : BATCH),
    async onCall({ inputs, results, ...invocation }) {
      for (const { request } of invocation.traces) await requestFile?.write(request.body);
      progress.handled(inputs.length);
      const counted = tiktok && tiktok.total() - countedBefore;
      countedBefore += counted ?? 0;
      const [[input], [result]] = [inputs, results];
      if (isDetailed && input && result) printText(describeEvent(input.event, result, invocation, counted));
    },
  });
  progress.stop();
  await requestFile?.close();
  await tiktok?.close();

  printText(`${describeReport(report)}\n`);
  if (signal.aborted) printText(colors.yellow('Interrupted: this is the report of the events until then.'));
  printText(describeSummary(report, segment.connectionsOpened(), tiktok?.total()));
  if (options.json) print(JSON.stringify({ ...report, interrupted: signal.aborted }, undefined, 2));
  if (error !== undefined) throw error;
  if (signal.aborted) return INTERRUPTED;
  return options.failOnRejected && report.discarded + report.retried > 0 ? REJECTED : 0;
}

async function take(events: AsyncIterator<Input>, count: number): Promise<readonly Input[]> {
  const taken: Input[] = [];
  while (taken.length < count) {
    const next = await events.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

async function* resume(first: readonly Input[], rest: AsyncIterable<Input>): AsyncGenerator<Input> {
  yield* first;
  yield* rest;
}

/** Gives events until the signal aborts; an error after that is the interruption's, and ignored. */
async function* until(signal: AbortSignal, events: AsyncIterable<Input>): AsyncGenerator<Input> {
  try {
    for await (const event of events) {
      yield event;
      if (signal.aborted) return;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Names in a settings file that are not settings: Segment would not have them, and the function ignores them. */
function unknownSettings(settings: object): readonly string[] {
  const known = SETTINGS.map(({ name }) => name.toLowerCase());
  return Object.keys(settings).filter((name) => !known.includes(name.toLowerCase()));
}

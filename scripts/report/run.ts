// Events through the bundle in a local Segment, against a local TikTok or the real one: what npm start does.
import { open } from 'node:fs/promises';
import colors from 'picocolors';
import { readSettings, SETTINGS } from '../../lib/configuration/settings';
import { isFailure } from '../../lib/result';
import { version } from '../../package.json';
import { writeBundle } from '../bundle/bundle';
import { InputError } from '../cli/command';
import { nameOf } from '../cli/options';
import { printable } from '../cli/printable';
import { createEventProgress } from '../cli/progress';
import { BUNDLE } from '../cli/project';
import { readEvents, type Input } from '../input/events';
import { inaccessible, isOneOf, openFile, readSettingsFile, sizeOf } from '../input/files';
import { BATCH, createRuntime } from '../local/segment/runtime';
import { HOST, startTikTok } from '../local/tiktok/server';
import { describeEvent } from './details';
import { survey } from './survey';
import { describeReport, describeSummary } from './terminal';

/** So many events are shown one by one. */
export const DETAILED = 20;

/** Of settings that the function refuses. */
const UNREADABLE = { accessToken: '', eventSetId: '', testEventCode: undefined };

export interface Options {
  readonly settings: string;
  readonly batch?: number;
  readonly json?: boolean;
  readonly out?: string;
  readonly failOnRejected?: boolean;
  readonly live?: boolean;
}

/** Runs the events of files through the function, prints what became of them, and sets the exit code. */
export async function runEvents(files: readonly string[], options: Options): Promise<void> {
  const settings = await readSettingsFile(options.settings, nameOf(options.settings));
  // The local TikTok knows the token and the event set of these settings, whatever they are.
  const read = readSettings(settings);
  const { accessToken, eventSetId, testEventCode } = isFailure(read) ? UNREADABLE : read;
  if (options.live && testEventCode === undefined) {
    throw new InputError(
      `${nameOf(options.settings)}: --live needs a testEventCode in the settings, so that TikTok shows the events under Test Events`,
    );
  }
  if (options.out !== undefined && (await isOneOf(options.out, [...files, options.settings]))) {
    throw new InputError(`${nameOf(options.out)}: --out would overwrite what is read`);
  }

  const signal = untilInterrupted();
  const progress = createEventProgress(await sizeOf(files));
  const sources = files.map((file) => openFile(file, nameOf(file), signal));
  const events = until(signal, readEvents(sources, progress.read));
  // What a short file gets wrong is told before anything is done.
  const first = await take(events, DETAILED + 1);
  const isDetailed = first.length <= DETAILED && options.batch === undefined;

  const code = await writeBundle();
  const print = options.json ? () => undefined : console.log;
  const [where, what] = options.live
    ? ['the real TikTok', `TikTok shows them under the Test Event Code ${testEventCode ?? ''}.`]
    : ['a local TikTok', 'Nothing leaves this machine.'];
  print(
    [
      `${colors.bold('TikTok Offline Conversions')} ${version}: ${nameOf(BUNDLE)}, ${(code.length / 1024).toFixed(1)} KB`,
      `${files.map(nameOf).join(', ')} with the settings of ${nameOf(options.settings)}, in a local Segment against ${where}.`,
      what,
      ...unknownSettings(settings).map((name) =>
        colors.yellow(`Not a setting, and not read: ${printable(name)}`),
      ),
      '',
    ].join('\n'),
  );

  const out = options.out === undefined ? undefined : await createOut(options.out);
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
      for (const { request } of invocation.traces) await out?.write(request.body);
      progress.handled(inputs.length);
      const counted = tiktok && tiktok.total() - countedBefore;
      countedBefore += counted ?? 0;
      const [[input], [result]] = [inputs, results];
      if (isDetailed && input && result) print(describeEvent(input.event, result, invocation, counted));
    },
  });
  progress.stop();
  await out?.close();
  await tiktok?.close();

  print(`${describeReport(report)}\n`);
  if (signal.aborted) print(colors.yellow('Interrupted: the report is of the events until then.'));
  print(describeSummary(report, segment.connectionsOpened(), tiktok?.total()));
  if (options.json) console.log(JSON.stringify({ ...report, interrupted: signal.aborted }, undefined, 2));
  if (error !== undefined) throw error;
  if (signal.aborted) process.exitCode = 130;
  else if (options.failOnRejected && report.discarded + report.retried > 0) process.exitCode = 1;
}

/** Aborts at the first Ctrl-C; the second ends the command. */
function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
  });
  return controller.signal;
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

/** Ends where it is interrupted; what that cuts off is no mistake. */
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

/** Opens a file of lines, in the place of one that is there. */
async function createOut(file: string) {
  const told = (error: unknown): never => {
    throw inaccessible(nameOf(file), error, 'folder');
  };
  const opened = await open(file, 'w').catch(told);
  return {
    write: (line: string) => opened.write(`${line}\n`).catch(told),
    close: () => opened.close(),
  };
}

/** Names in a settings file that are no setting: Segment would not have them, and the function does not read them. */
function unknownSettings(settings: object): readonly string[] {
  const known = SETTINGS.map(({ name }) => name.toLowerCase());
  return Object.keys(settings).filter((name) => !known.includes(name.toLowerCase()));
}

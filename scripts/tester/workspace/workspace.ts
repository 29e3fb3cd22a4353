// A workspace on this machine: the function with its settings, in a local Segment, against a local TikTok.
import { EventEmitter } from 'node:events';
import { SETTINGS } from '../../../lib/configuration/settings';
import { DEFINITIONS } from '../../../lib/parameters/definitions';
import { isFailure } from '../../../lib/result';
import { textOf } from '../../../lib/values/text';
import { version } from '../../../package.json';
import { InputError } from '../../cli/command';
import type { NamedFile, Source } from '../../input/files';
import { STANDARD_EVENTS } from '../../local/tiktok/names';
import type { CaseFile, FieldValues, FileReport, Preview, Run, State, Update } from '../api';
import { latestOf } from '../history';
import { describeBusy } from '../words';
import { openAccount } from './account';
import { describeAnswers, type AnswerName } from './answers';
import { callFunction, openSegment } from './call';
import { makeCases } from './cases';
import { openEventFiles } from './event-files';
import { EXAMPLE_SETTINGS, readExampleEvents } from './examples';
import { previewCall } from './preview';
import { createReports } from './report';
import { createSettings, credentialsOf } from './settings';
import { openSettingsFile } from './settings-file';
import type { BuiltBundle } from './source';

export interface WorkspaceOptions {
  /** The function's bundle. */
  readonly code: string;
  /** The file of its settings; those of the examples by default. */
  readonly settings?: NamedFile | undefined;
  /** The files of the events at hand. */
  readonly events?: readonly NamedFile[];
}

export type Workspace = Awaited<ReturnType<typeof openWorkspace>>;

/** @throws InputError if a file cannot be read. */
export async function openWorkspace({ code: first, settings: named, events: files = [] }: WorkspaceOptions) {
  const examples = await readExampleEvents();
  const file = await openSettingsFile(named ?? EXAMPLE_SETTINGS, named !== undefined);
  const events = await openEventFiles(files);
  const account = await openAccount(credentialsOf(file.given().values));
  const reports = createReports(events);
  const updates = new EventEmitter<{ update: [Update] }>().setMaxListeners(0);
  const publish = (update: Update): void => void updates.emit('update', update);

  let code = first;
  let bundle: State['bundle'] = { ...describeBundle(code), isRebuilt: false };
  let segment = openSegment(code, account.tiktok());
  let runs: readonly Run[] = [];
  let lastId = 0;
  let pending = 0;
  let isReporting = false;

  const settings = createSettings(file, async (credentials) => {
    if (credentials !== undefined) {
      await account.replace(credentials);
      segment = openSegment(code, account.tiktok());
    }
    publish({ settings: settings.describe(), totals: account.totals() });
    outdateReport();
  });

  function outdateReport(): void {
    if (reports.outdate()) publish({ report: reports.last() });
  }

  function beginCall(): void {
    pending += 1;
    account.beginCall();
    publish({ pending });
  }

  function endCall(): void {
    pending -= 1;
    if (pending === 0) account.endCalls();
    publish({ pending });
  }

  return {
    events,
    reports,
    settings,

    state: (): State => ({
      version,
      bundle,
      definitions: SETTINGS,
      parameters: DEFINITIONS.map(({ name, description }) => ({ name, description })),
      eventNames: STANDARD_EVENTS,
      settings: settings.describe(),
      examples,
      events: events.describe(),
      answers: describeAnswers(),
      answer: account.answer(),
      totals: account.totals(),
      pending,
      report: reports.last(),
      isReporting,
      surveyed: 0,
      runs,
    }),

    /** Runs one event, or an array of them through the batch handler. */
    async run(event: unknown, from: Run['from']): Promise<Run> {
      await settings.settled();
      beginCall();
      try {
        const place = { segment, tiktok: account.tiktok(), settings: settings.values() };
        const ended = await callFunction(event, from, place);
        lastId += 1;
        const run: Run = { id: lastId, ...ended };
        runs = latestOf([run, ...runs]);
        publish({ run, totals: account.totals() });
        return run;
      } finally {
        endCall();
      }
    },

    /** What a run would give; nothing is sent, counted or kept. */
    async preview(event: unknown): Promise<Preview> {
      await settings.settled();
      const { paths, read } = await events.sources();
      const known = { paths: paths.map(({ value }) => value), events: read };
      return previewCall(event, settings.values(), code, known);
    },

    /** Takes other events at hand. */
    async dropEvents(dropped: Source): Promise<void> {
      if (isReporting) throw new InputError(describeBusy(dropped.name));
      await events.replace(dropped);
      reports.clear();
      publish({ events: events.describe(), report: reports.last() });
    },

    /** Runs the events at hand through a copy of the workspace, and counts what becomes of them. */
    async report(): Promise<FileReport> {
      await settings.settled();
      if (isReporting) throw new InputError('A report is being made: wait for it, or stop it');
      isReporting = true;
      publish({ isReporting, surveyed: 0 });
      try {
        return await reports.make(code, settings.values(), (surveyed) => publish({ surveyed }));
      } finally {
        isReporting = false;
        publish({ isReporting, surveyed: 0, report: reports.last() });
      }
    },

    /** The values of a field in the events of the last report. */
    fieldValues: (path: string): Promise<FieldValues> =>
      reports.values(path, textOf(settings.values()['accessToken'])),

    /** The settings as a file; no token is in it that their file does not hold, or none at all. */
    exportSettings: (hidesToken: boolean): string => file.print(settings.values(), hidesToken),

    /** Saves the settings to their file. */
    async saveSettingsFile(): Promise<void> {
      await settings.settled();
      await file.save(settings.values());
      publish({ settings: settings.describe() });
    },

    /**
     * A call as cases, under the settings of now.
     *
     * @throws InputError if the call is not kept any more.
     */
    async makeCases(id: number, keepsPersonalData: boolean): Promise<CaseFile> {
      const run = runs.find((one) => one.id === id);
      if (run === undefined) throw new InputError(`Call ${id} is not kept any more: run the event again`);
      return makeCases(run, code, settings.values(), keepsPersonalData);
    },

    setAnswer(answer: AnswerName): void {
      account.setAnswer(answer);
      publish({ answer });
    },

    /** Uses another bundle from now on; if it could not be built, the last good one stays in use. */
    setBundle(built: BuiltBundle): void {
      if (isFailure(built)) bundle = { ...bundle, problem: built.reason };
      else {
        code = built;
        bundle = { ...describeBundle(code), isRebuilt: true };
        segment = openSegment(code, account.tiktok());
        outdateReport();
      }
      publish({ bundle });
    },

    /** Calls back with what has changed. @returns a function that ends this. */
    watch(listen: (update: Update) => void): () => void {
      updates.on('update', listen);
      return () => void updates.off('update', listen);
    },

    async close(): Promise<void> {
      reports.stop();
      await events.close();
      await account.tiktok().close();
    },
  };
}

const describeBundle = (code: string) => ({ bytes: Buffer.byteLength(code), at: new Date().toISOString() });

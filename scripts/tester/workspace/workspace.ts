// A workspace on this machine: the function with its settings, in a local Segment, against a local TikTok.
import { SETTINGS } from '../../../lib/configuration/settings';
import { DEFINITIONS } from '../../../lib/parameters/definitions';
import { isFailure } from '../../../lib/result';
import { textOf } from '../../../lib/values/text';
import { version } from '../../../package.json';
import { InputError } from '../../cli/command';
import type { NamedFile, Source } from '../../input/files';
import { STANDARD_EVENTS } from '../../local/tiktok/names';
import type { CaseFile, FieldValues, FileReport, Preview, Run, State, Update, Values } from '../api';
import { openAccount } from './account';
import { describeAnswers, type AnswerName } from './answers';
import { createBundleSlot, type BuiltBundle } from './bundle';
import { callFunction, openSegment } from './call';
import { makeCases } from './cases';
import { openEventFiles, type EventFiles } from './event-files';
import { EXAMPLE_SETTINGS, readExampleEvents } from './examples';
import { previewCall } from './preview';
import { createReports, type Reports } from './report';
import { createRuns } from './runs';
import { createSettings, credentialsOf } from './settings';
import { openSettingsFile } from './settings-file';
import { createUpdates } from './updates';

export interface Workspace {
  readonly state: () => State;
  /** Runs one event, or an array of them through the batch handler. */
  readonly run: (event: unknown, from: Run['from']) => Promise<Run>;
  /** What {@link run} would give; nothing is sent, counted or kept. */
  readonly preview: (event: unknown) => Promise<Preview>;
  /** The events at hand. */
  readonly events: Omit<EventFiles, 'replace' | 'close'>;
  /** Takes other events at hand. */
  readonly dropEvents: (dropped: Source) => Promise<void>;
  /** Runs the events at hand through a copy of the workspace, and counts what becomes of them. */
  readonly report: () => Promise<FileReport>;
  readonly reports: Pick<Reports, 'behind' | 'rejected'>;
  /** The values of a field in the events of the last report. */
  readonly fieldValues: (path: string) => Promise<FieldValues>;
  /** Changes these settings; the others stay as they are. */
  readonly saveSettings: (changed: Values) => Promise<void>;
  /** Replaces all settings by those of a file's text. */
  readonly importSettings: (json: string) => Promise<void>;
  /** Goes back to the settings of the file. */
  readonly discardSettings: () => Promise<void>;
  /** The settings as a file; no token is in it that their file does not hold, or none at all. */
  readonly exportSettings: (hidesToken: boolean) => string;
  /** Saves the settings to their file. */
  readonly saveSettingsFile: () => Promise<void>;
  /**
   * A call as cases, under the settings of now.
   *
   * @throws InputError if the call is not kept any more.
   */
  readonly makeCases: (id: number, keepsPersonalData: boolean) => Promise<CaseFile>;
  readonly setAnswer: (answer: AnswerName) => void;
  /** Uses another bundle from now on; if it could not be built, the last good one stays in use. */
  readonly setBundle: (built: BuiltBundle) => void;
  /** Calls back with what has changed. @returns a function that ends this. */
  readonly watch: (listen: (update: Update) => void) => () => void;
  readonly close: () => Promise<void>;
}

export interface WorkspaceOptions {
  /** The function's bundle. */
  readonly code: string;
  /** The file of its settings; those of the examples by default. */
  readonly settings?: NamedFile | undefined;
  /** The files of the events at hand. */
  readonly events?: readonly NamedFile[];
}

/** @throws InputError if a file cannot be read. */
export async function openWorkspace({ code, settings, events = [] }: WorkspaceOptions): Promise<Workspace> {
  const examples = await readExampleEvents();
  const file = await openSettingsFile(settings ?? EXAMPLE_SETTINGS, settings !== undefined);
  const eventFiles = await openEventFiles(events);
  const account = await openAccount(credentialsOf(file.given().values));
  const bundle = createBundleSlot(code);
  const runs = createRuns();
  const reports = createReports(eventFiles);
  let isReporting = false;
  const { publish, watch } = createUpdates();
  let segment = loadFunction();
  const store = createSettings(file, async (credentials) => {
    if (credentials !== undefined) {
      await account.replace(credentials);
      segment = loadFunction();
    }
    publish({ settings: store.describe(), totals: account.totals() });
    outdateReport();
  });

  function outdateReport(): void {
    if (reports.outdate()) publish({ report: reports.last() });
  }

  function loadFunction() {
    return openSegment(bundle.code(), account.tiktok());
  }

  return {
    state: () => ({
      version,
      bundle: bundle.describe(),
      definitions: SETTINGS,
      parameters: DEFINITIONS.map(({ name, description }) => ({ name, description })),
      eventNames: STANDARD_EVENTS,
      settings: store.describe(),
      examples,
      events: eventFiles.describe(),
      answers: describeAnswers(),
      answer: account.answer(),
      totals: account.totals(),
      pending: runs.pending(),
      report: reports.last(),
      isReporting,
      surveyed: 0,
      runs: runs.list(),
    }),

    async run(event, from) {
      await store.settled();
      const called = { event, from, segment, tiktok: account.tiktok(), settings: store.values() };
      runs.begin();
      account.beginCall();
      publish({ pending: runs.pending() });
      try {
        const run = runs.add(await callFunction(called));
        publish({ run, totals: account.totals() });
        return run;
      } finally {
        runs.end();
        if (runs.pending() === 0) account.endCalls();
        publish({ pending: runs.pending() });
      }
    },

    async preview(event) {
      await store.settled();
      const { sources, read } = await eventFiles.sources();
      const known = { paths: sources.map(({ path }) => path), events: read };
      return previewCall({ event, settings: store.values(), code: bundle.code(), known });
    },

    events: eventFiles,

    async dropEvents(dropped) {
      if (isReporting)
        throw new InputError(
          `${dropped.name} was not read: a report is being made. Choose it again afterwards.`,
        );
      await eventFiles.replace(dropped);
      reports.clear();
      publish({ events: eventFiles.describe(), report: reports.last() });
    },

    async report() {
      await store.settled();
      if (isReporting) throw new InputError('A report is being made: wait for it, or reload the page');
      isReporting = true;
      publish({ isReporting, surveyed: 0 });
      try {
        const made = { code: bundle.code(), settings: store.values() };
        return await reports.make(made, (surveyed) => {
          publish({ surveyed });
        });
      } finally {
        isReporting = false;
        publish({ isReporting, surveyed: 0, report: reports.last() });
      }
    },

    reports,

    fieldValues: (path) => reports.values(path, textOf(store.values()['accessToken'])),
    saveSettings: store.save,
    importSettings: store.replace,
    discardSettings: store.discard,
    exportSettings: (hidesToken) => file.print(store.values(), hidesToken),

    async saveSettingsFile() {
      await store.settled();
      await file.save(store.values());
      publish({ settings: store.describe() });
    },

    async makeCases(id, keepsPersonalData) {
      const run = runs.list().find((one) => one.id === id);
      if (run === undefined) throw new InputError(`Call ${id} is not kept any more: run the event again`);
      return makeCases({ run, code: bundle.code(), settings: store.values(), keepsPersonalData });
    },

    setAnswer(name) {
      account.setAnswer(name);
      publish({ answer: name });
    },

    setBundle(built) {
      bundle.replace(built);
      if (!isFailure(built)) segment = loadFunction();
      publish({ bundle: bundle.describe() });
      if (!isFailure(built)) outdateReport();
    },

    watch,

    async close() {
      reports.close();
      await eventFiles.close();
      await account.tiktok().close();
    },
  };
}

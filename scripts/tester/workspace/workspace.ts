// A workspace on this machine: the function with its settings, in a local Segment, against a local TikTok.
import { SETTINGS } from '../../../lib/configuration/settings';
import { isFailure } from '../../../lib/result';
import { version } from '../../../package.json';
import type { Source } from '../../input/files';
import { FUNCTION_NAME } from '../../cli/project';
import { createRuntime, type Runtime } from '../../local/segment/runtime';
import { HOST } from '../../local/tiktok/server';
import type { FileReport, Run, State, Update, Values } from '../api';
import { openAccount } from './account';
import { describeAnswers, type AnswerName } from './answers';
import { createBundleSlot, type BuiltBundle } from './bundle';
import { callFunction } from './call';
import { makeCases } from './cases';
import { readExampleEvents, readExampleSettings } from './examples';
import { reportFile } from './report';
import { createRuns } from './runs';
import { createSettings, credentialsOf } from './settings';
import { createUpdates } from './updates';

export interface Workspace {
  readonly state: () => State;
  /** Runs one event, or an array of them through the batch handler. */
  readonly run: (event: unknown, from: Run['from']) => Promise<Run>;
  /** Gives the cases of a call, as a file has them; `undefined` if the call is not kept any more. */
  readonly cases: (id: number, keepsPersonalData: boolean) => Promise<string | undefined>;
  /** Runs a file through a copy of the workspace, as `npm run report` does, and counts what becomes of its events. */
  readonly report: (file: Source) => Promise<FileReport>;
  /** Changes these settings; the others stay as they are. */
  readonly saveSettings: (changed: Values) => Promise<void>;
  readonly setAnswer: (answer: AnswerName) => void;
  /** Uses another bundle from now on; if it could not be built, the last good one stays in use. */
  readonly setBundle: (built: BuiltBundle) => void;
  /** Calls back with what has changed. @returns a function that ends this. */
  readonly watch: (listen: (update: Update) => void) => () => void;
  readonly close: () => Promise<void>;
}

/** Opens a workspace with the example settings. @param code the function's bundle. */
export async function openWorkspace(code: string): Promise<Workspace> {
  const examples = await readExampleEvents();
  const initialSettings = await readExampleSettings();
  const account = await openAccount(credentialsOf(initialSettings));
  const bundle = createBundleSlot(code);
  const runs = createRuns();
  const { publish, watch } = createUpdates();
  let segment = loadFunction();
  const settings = createSettings(initialSettings, async (credentials) => {
    if (credentials !== undefined) {
      await account.replace(credentials);
      segment = loadFunction();
    }
    publish({ settings: settings.describe(), totals: account.totals() });
  });

  function loadFunction(): Runtime {
    return createRuntime({
      code: bundle.code(),
      functionName: FUNCTION_NAME,
      routes: { [HOST]: account.tiktok().route },
    });
  }

  return {
    state: () => ({
      version,
      bundle: bundle.describe(),
      definitions: SETTINGS,
      settings: settings.describe(),
      examples,
      answers: describeAnswers(),
      answer: account.answer(),
      totals: account.totals(),
      pending: runs.pending(),
      surveyed: 0,
      runs: runs.list(),
    }),

    async run(event, from) {
      await settings.settled();
      const called = { event, from, segment, tiktok: account.tiktok(), settings: settings.values() };
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

    async cases(id, keepsPersonalData) {
      await settings.settled();
      const run = runs.list().find((one) => one.id === id);
      return run && makeCases({ run, code: bundle.code(), settings: settings.values(), keepsPersonalData });
    },

    async report(file) {
      await settings.settled();
      try {
        return await reportFile({
          file,
          code: bundle.code(),
          settings: settings.values(),
          onProgress: (surveyed) => {
            publish({ surveyed });
          },
        });
      } finally {
        publish({ surveyed: 0 });
      }
    },

    saveSettings: settings.save,

    setAnswer(name) {
      account.setAnswer(name);
      publish({ answer: name });
    },

    setBundle(built) {
      bundle.replace(built);
      if (!isFailure(built)) segment = loadFunction();
      publish({ bundle: bundle.describe() });
    },

    watch,

    async close() {
      await account.tiktok().close();
    },
  };
}

// A workspace on this machine: the function with its settings, in a local Segment against a local TikTok, and what
// became of its last calls.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { configure } from '../../lib/configuration/configure';
import { ownProperty } from '../../lib/values/json';
import { readSettings, SETTINGS } from '../../lib/configuration/settings';
import { isFailure } from '../../lib/result';
import { version } from '../../package.json';
import { EXAMPLES } from '../cli/project';
import { readEvents } from '../input/events';
import { openFile, type Source } from '../input/files';
import { nameOf } from '../report/details';
import { survey } from '../report/survey';
import { BATCH, createRuntime, type Runtime } from '../local/segment/runtime';
import { HOST, startTikTok, type TikTok } from '../local/tiktok/server';
import { ANSWERS, answerOf, createRefusal, type AnswerName } from './answers';
import { Values, type Bundle, type FileReport, type Run, type State, type Update } from './api';
import { latestOf } from './history';
import { describeResults } from './received';

/** After so many of them it is told how far it has come. */
const TOLD_EVENTS = 1000;

export interface Workspace {
  readonly state: () => State;
  /** Runs one event, or an array of them through the batch handler. */
  readonly run: (event: unknown, from: Run['from']) => Promise<Run>;
  /** Runs a file through a copy of the workspace, as `npm start` does, and counts what becomes of its events. */
  readonly report: (file: Source) => Promise<FileReport>;
  /** Changes these settings; the others stay as they are. */
  readonly saveSettings: (changed: Values) => Promise<void>;
  readonly setAnswer: (answer: AnswerName) => void;
  /** Puts another bundle in the place of the one in use; without one, only the problem is told. */
  readonly setBundle: (bundle: BuiltBundle) => void;
  /** Calls back with what has changed, until the function that it gives is called. */
  readonly watch: (listen: (update: Update) => void) => () => void;
}

/** What came of building the function's source. */
export type BuiltBundle = { readonly code: string } | { readonly problem: string };

/** Opens a workspace with the example settings. */
export async function openWorkspace(code: string): Promise<Workspace> {
  const events = await readExamples();
  const examples = [
    ...events.map((event) => ({ name: nameOf(event), json: print(event) })),
    { name: 'All of these, as a batch', json: print(events) },
  ];
  const listeners = new Set<(update: Update) => void>();
  let runs: readonly Run[] = [];
  let values = Values.parse(JSON.parse(await readFile(path.join(EXAMPLES, 'settings.json'), 'utf8')));
  let answer: AnswerName = 'ok';
  const refusal = createRefusal();
  let pending = 0;
  let lastId = 0;
  let bundle: Bundle & { readonly code: string } = { code, ...describeCode(code), isRebuilt: false };
  let tiktok = await startAccount();
  let segment = load();
  let saving = Promise.resolve();

  function publish(update: Update): void {
    for (const listen of listeners) listen(update);
  }

  /** A TikTok that knows the token and the event set of the settings, whatever they are. */
  async function startAccount(): Promise<TikTok> {
    return startTikTok({
      ...accountOf(values),
      otherwise: () => answerOf(answer).misbehaviour,
      refuses: (event) => answerOf(answer).refusesFirst === true && refusal.refuses(event),
    });
  }

  function load(): Runtime {
    return createRuntime({ code: bundle.code, routes: { [HOST]: tiktok.route } });
  }

  const totals = () => ({ requests: tiktok.requests.length, counted: tiktok.counted.length });

  const describeSettings = () => {
    const configuration = configure(values);
    return { values, ...(isFailure(configuration) && { problem: configuration.reason.message }) };
  };

  return {
    state: () => ({
      version,
      bundle: describeBundle(bundle),
      definitions: SETTINGS,
      settings: describeSettings(),
      examples,
      answers: Object.entries(ANSWERS).map(([name, { label, description }]) => ({
        name,
        label,
        description,
      })),
      answer,
      totals: totals(),
      pending,
      surveyed: 0,
      runs,
    }),

    async run(event, from) {
      await saving;
      const [used, account, configuration] = [values, tiktok, configure(values)];
      const at = new Date().toISOString();
      pending += 1;
      refusal.begin();
      publish({ pending });
      try {
        const isBatch = Array.isArray(event);
        const events: readonly unknown[] = isBatch ? event : [event];
        const { results, ...invocation } = isBatch
          ? await segment.sendBatch(events, used)
          : await segment.send(event, used).then(({ outcome, error, ...rest }) => ({
              results: [{ outcome, ...(error !== undefined && { error }) }],
              ...rest,
            }));
        const run: Run = {
          id: (lastId += 1),
          at,
          from,
          json: print(event),
          isBatch,
          isPageCall: ownProperty(event, 'type') === 'page',
          results: describeResults(
            events,
            results,
            invocation.traces,
            isFailure(configuration) ? undefined : configuration.planFor,
            account.counted,
          ),
          ...invocation,
        };
        runs = latestOf([run, ...runs]);
        publish({ run, totals: totals() });
        return run;
      } finally {
        pending -= 1;
        if (pending === 0) refusal.end();
        publish({ pending });
      }
    },

    async report(file) {
      await saving;
      const used = values;
      const account = await startTikTok({ ...accountOf(used), remembers: false });
      let surveyed = 0;
      let told = 0;
      try {
        const { report, error } = await survey({
          events: readEvents([file]),
          segment: createRuntime({ code: bundle.code, routes: { [HOST]: account.route } }),
          settings: used,
          batch: BATCH,
          onCall({ inputs }) {
            surveyed += inputs.length;
            if (surveyed < told + TOLD_EVENTS) return;
            told = surveyed;
            publish({ surveyed });
          },
        });
        return { report, ...(error !== undefined && { problem: error.message }) };
      } finally {
        await account.close();
        publish({ surveyed: 0 });
      }
    },

    saveSettings(changed) {
      const saved = saving.then(async () => {
        const next = { ...values, ...changed };
        const isSameAccount = isDeepStrictEqual(accountOf(values), accountOf(next));
        values = next;
        if (!isSameAccount) {
          // Another event set has counted nothing yet.
          await tiktok.close();
          tiktok = await startAccount();
          segment = load();
        }
        publish({ settings: describeSettings(), totals: totals() });
      });
      // What goes wrong with one save is not for the next one.
      saving = saved.catch(() => undefined);
      return saved;
    },

    setAnswer(name) {
      answer = name;
      publish({ answer });
    },

    setBundle(built) {
      if ('code' in built) {
        bundle = { code: built.code, ...describeCode(built.code), isRebuilt: true };
        segment = load();
      } else {
        bundle = { ...bundle, problem: built.problem };
      }
      publish({ bundle: describeBundle(bundle) });
    },

    watch(listen) {
      listeners.add(listen);
      return () => {
        listeners.delete(listen);
      };
    },
  };
}

/** The token and the event set, whatever is wrong with the other settings. */
function accountOf({ accessToken, eventSetId }: Values) {
  const read = readSettings({ accessToken, eventSetId });
  return isFailure(read)
    ? { token: '', eventSetId: '' }
    : { token: read.accessToken, eventSetId: read.eventSetId };
}

async function readExamples(): Promise<readonly object[]> {
  const file = openFile(
    path.join(EXAMPLES, 'events.json'),
    'examples/events.json',
    new AbortController().signal,
  );
  const events: object[] = [];
  for await (const { event } of readEvents([file])) events.push(event);
  return events;
}

const print = (value: unknown): string => JSON.stringify(value, undefined, 2);

const describeCode = (code: string) => ({ bytes: Buffer.byteLength(code), at: new Date().toISOString() });

const describeBundle = ({ bytes, at, isRebuilt, problem }: Bundle): Bundle => ({
  bytes,
  at,
  isRebuilt,
  ...(problem !== undefined && { problem }),
});

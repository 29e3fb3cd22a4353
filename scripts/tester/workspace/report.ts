// The report on the events at hand in a workspace: what becomes of all of them, and which are behind each number.
import { InputError } from '../../cli/command';
import { FUNCTION_NAME } from '../../cli/project';
import { readEvents, until } from '../../input/events';
import { openFile } from '../../input/files';
import type { Fate } from '../../local/segment/outcomes';
import { BATCH } from '../../local/segment/runtime';
import type { EventsBehind } from '../../report/behind';
import { survey } from '../../report/survey';
import type { Input } from '../../input/json';
import type { FieldValues, FileReport, ListedEvent, Values } from '../api';
import type { EventFiles } from './event-files';
import { countValues } from './field-values';
import { createChanges } from './outcome-changes';
import { requireConfiguration } from './settings';

/** How many events go through between two updates. */
const UPDATE_EVERY = 1000;
/** Events that are remembered behind each number. */
const BEHIND = 100;

export function createReports(events: EventFiles) {
  let last: FileReport | null = null;
  let behind: EventsBehind = new Map();
  /** What became of each event, in their order. */
  let outcomes: readonly Fate[] = [];
  let fingerprint = '';
  let making: AbortController | undefined;

  /** @throws InputError if there is no report on the files as they are. */
  async function requireSameFiles(): Promise<void> {
    if (last === null) throw new InputError('There is no report yet');
    if (fingerprint !== (await events.fingerprint()))
      throw new InputError('The files have changed since the report: make it again');
  }

  return {
    /** The last one. */
    last: () => last,

    /**
     * Makes one as `npm run report` does, with a TikTok that is there for it only.
     *
     * @param onProgress is given the number of events so far, now and then.
     * @throws InputError if the settings cannot work, or there is no event before a mistake in the files.
     */
    async make(code: string, settings: Values, onProgress: (surveyed: number) => void): Promise<FileReport> {
      const files = events.files();
      if (files.length === 0)
        throw new InputError('There are no events: drop a file, or name one with --events');
      const configuration = requireConfiguration(settings);
      const before = await events.fingerprint();
      making = new AbortController();
      const { signal } = making;
      const ended: Fate[] = [];
      const changes = createChanges(BEHIND);
      const endedBefore = last !== null && fingerprint === before ? outcomes : [];
      let published = 0;
      const made = await survey({
        events: until(signal, readEvents(files.map((file) => openFile(file, signal)))),
        code,
        functionName: FUNCTION_NAME,
        settings,
        configuration,
        batch: BATCH,
        kept: BEHIND,
        onFinding({ fate }, event) {
          changes.add(endedBefore[ended.length] ?? fate, fate, event);
          ended.push(fate);
        },
        onProgress() {
          if (ended.length < published + UPDATE_EVERY) return;
          published = ended.length;
          onProgress(published);
        },
      });
      behind = new Map([...made.behind, ...changes.behind()]);
      outcomes = ended;
      fingerprint = before;
      last = {
        files: files.map(({ name }) => name),
        report: made.report,
        isOutdated: false,
        changes: changes.list(),
        ...(made.error && { problem: made.error.message }),
        ...(signal.aborted && { problem: 'The report was stopped' }),
      };
      return last;
    },

    /** Ends early the one that is being made: it is one of the events until then. */
    stop: (): void => making?.abort(),

    /** The first events behind a number of the last report. */
    behind: (number: string): readonly ListedEvent[] => behind.get(number) ?? [],

    /**
     * Counts the values of a field in the events of the last report.
     *
     * @param token masked in the values.
     * @throws InputError if the path cannot be read, there is no report, or the files have changed since.
     */
    async values(path: string, token: string): Promise<FieldValues> {
      await requireSameFiles();
      const { counted, behind: found } = await countValues(path, events.inputs(), outcomes, token, BEHIND);
      behind = new Map([...behind, ...found]);
      return counted;
    },

    /**
     * The events that the last report counts as discarded or retried, as they came in, one a line.
     *
     * @throws InputError if there is no report, or the files have changed since.
     */
    async rejected(): Promise<AsyncGenerator<string>> {
      await requireSameFiles();
      return rejectedLines(events.inputs(), outcomes);
    },

    /** Notes that the last report may not be what one would be now. @returns whether that is news. */
    outdate(): boolean {
      if (last === null || last.isOutdated) return false;
      last = { ...last, isOutdated: true };
      return true;
    },

    /** Forgets the last report: its events are at hand no more. */
    clear(): void {
      last = null;
      behind = new Map();
    },
  };
}

async function* rejectedLines(
  inputs: AsyncIterable<Input>,
  outcomes: readonly Fate[],
): AsyncGenerator<string> {
  let index = 0;
  try {
    for await (const { text } of inputs) {
      const fate = outcomes[index];
      if (fate === 'discarded' || fate === 'retried') yield `${inOneLine(text)}\n`;
      index += 1;
    }
  } catch (error) {
    // The report ends at the same mistake, and says so.
    if (!(error instanceof InputError)) throw error;
  }
}

/** A line is left as it is. In an event of an array, a line can end only between values, where white space says nothing. */
const inOneLine = (text: string): string =>
  text.includes('\n') ? text.trim().replace(/\s*\n\s*/g, ' ') : text;

// The report on the events at hand in a workspace: what becomes of all of them, and which are behind each number.
import { configure } from '../../../lib/configuration/configure';
import { isFailure } from '../../../lib/result';
import { InputError } from '../../cli/command';
import { FUNCTION_NAME } from '../../cli/project';
import { readEvents, until } from '../../input/events';
import { openFile } from '../../input/files';
import { BATCH } from '../../local/segment/runtime';
import type { EventsBehind } from '../../report/behind';
import { survey } from '../../report/survey';
import type { Input } from '../../input/json';
import type { FieldValues, FileReport, ListedEvent, Values } from '../api';
import { describe, type EventFiles } from './event-files';
import { countValues } from './field-values';
import { createChanges, createOutcomes } from './outcome-changes';

/** How many events go through between two updates. */
const UPDATE_EVERY = 1000;
/** Events that are remembered behind each number. */
const BEHIND = 100;

/** What a report is made with. */
export interface Made {
  readonly code: string;
  readonly settings: Values;
}

export interface Reports {
  /** The last one. */
  readonly last: () => FileReport | null;
  /**
   * Makes one as `npm run report` does, with a TikTok that is there for it only.
   *
   * @param onProgress is given the number of events so far, now and then.
   * @throws InputError if the settings cannot work, or there is no event before a mistake in the files.
   */
  readonly make: (made: Made, onProgress: (surveyed: number) => void) => Promise<FileReport>;
  /** The first events behind a number of the last report. */
  readonly behind: (number: string) => readonly ListedEvent[];
  /**
   * The events that the last report counts as discarded or retried, as they came in, one a line.
   *
   * @throws InputError if there is no report, or the files have changed since.
   */
  readonly rejected: () => Promise<AsyncGenerator<string>>;
  /**
   * Counts the values of a field in the events of the last report.
   *
   * @param token masked in the values.
   * @throws InputError if the path cannot be read, there is no report, or the files have changed since.
   */
  readonly values: (path: string, token: string) => Promise<FieldValues>;
  /** Notes that the last report may not be what one would be now. @returns whether that is news. */
  readonly outdate: () => boolean;
  /** Forgets the last report: its events are at hand no more. */
  readonly clear: () => void;
  /** Ends early the one that is being made. */
  readonly close: () => void;
}

export function createReports(events: EventFiles): Reports {
  let last: FileReport | null = null;
  let behind: EventsBehind = new Map();
  let rejected = createMarks();
  let outcomes = createOutcomes();
  let fingerprint = '';
  const closing = new AbortController();

  /** @throws InputError if there is no report on the files as they are. */
  async function requireSameFiles(): Promise<void> {
    if (last === null) throw new InputError('There is no report yet');
    if (fingerprint !== (await events.fingerprint()))
      throw new InputError('The files have changed since the report: make it again');
  }

  return {
    last: () => last,
    async make({ code, settings }, onProgress) {
      const files = events.files();
      if (files.length === 0)
        throw new InputError('There are no events: drop a file, or name one with --events');
      const configuration = configure(settings);
      if (isFailure(configuration))
        throw new InputError(`Fix the settings first: ${configuration.reason.problems.join('; ')}`);
      const before = await events.fingerprint();
      const marks = createMarks();
      const ended = createOutcomes();
      const changes = createChanges(BEHIND);
      const endedBefore = last !== null && fingerprint === before ? outcomes : createOutcomes();
      let [surveyed, published] = [0, 0];
      const made = await survey({
        events: until(closing.signal, readEvents(files.map((file) => openFile(file, closing.signal)))),
        code,
        functionName: FUNCTION_NAME,
        settings,
        configuration,
        batch: BATCH,
        kept: BEHIND,
        onFinding({ fate }, event) {
          changes.add(endedBefore.at(surveyed) ?? fate, fate, event);
          ended.add(fate);
          if (fate === 'discarded' || fate === 'retried') marks.add(surveyed);
          surveyed += 1;
        },
        onProgress() {
          if (surveyed < published + UPDATE_EVERY) return;
          published = surveyed;
          onProgress(surveyed);
        },
      });
      behind = new Map([...made.behind, ...changes.behind()]);
      outcomes = ended;
      rejected = marks;
      fingerprint = before;
      last = {
        files: files.map(({ name }) => name),
        report: made.report,
        isOutdated: false,
        changes: changes.list(),
        ...(made.error && { problem: made.error.message }),
      };
      return last;
    },
    behind: (number) => behind.get(number) ?? [],
    async values(path, token) {
      await requireSameFiles();
      const { counted, behind: found } = await countValues({
        path,
        inputs: events.inputs(),
        describe,
        outcomes,
        token,
        kept: BEHIND,
      });
      behind = new Map([...behind, ...found]);
      return counted;
    },
    async rejected() {
      await requireSameFiles();
      return markedLines(events.inputs(), rejected);
    },
    outdate() {
      if (last === null || last.isOutdated) return false;
      last = { ...last, isOutdated: true };
      return true;
    },
    clear() {
      last = null;
      behind = new Map();
      rejected = createMarks();
    },
    close() {
      closing.abort();
    },
  };
}

async function* markedLines(inputs: AsyncIterable<Input>, marks: Marks): AsyncGenerator<string> {
  let index = 0;
  try {
    for await (const { text } of inputs) {
      if (marks.has(index)) yield `${inOneLine(text)}\n`;
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

type Marks = ReturnType<typeof createMarks>;

/** Numbers that are marked, in little memory: a file may have a hundred million events. */
function createMarks() {
  let bytes = new Uint8Array(1024);
  return {
    add(number: number): void {
      const at = number >>> 3;
      if (at >= bytes.length) {
        const larger = new Uint8Array(Math.max(at + 1, bytes.length * 2));
        larger.set(bytes);
        bytes = larger;
      }
      bytes[at] = (bytes[at] ?? 0) | (1 << (number & 7));
    },
    has: (number: number): boolean => ((bytes[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0,
  };
}

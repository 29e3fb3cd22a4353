// The events at hand: of files that somebody named, or of one that was dropped. Little of them is in memory at a time.
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../cli/command';
import { inaccessible, type NamedFile, type Source } from '../../input/files';
import type { Input } from '../../input/json';
import type { CountedEvent } from '../../report/behind';
import { exampleOf } from '../../report/example';
import { nameOf } from '../../report/name';
import { hasWords, wordsOf } from '../words';
import type { EventList, EventText, Sources, State } from '../api';
import { createCopies } from './copies';
import { fingerprintOf, inputsOf, openCursor, type Cursor } from './cursor';
import { EXAMPLE_EVENTS, printEvent } from './examples';
import { readSources, readValues } from './sample';
import { summaryOf } from './summary';

/** Events in a list at most. */
const LISTED = 50;
/** Milliseconds that a search takes at most; the page can ask for more from there on. */
const SEARCH = 1500;
/** Bytes of files that are reported on in a moment. */
const SMALL = 5_000_000;

export type EventFiles = Awaited<ReturnType<typeof openEventFiles>>;

/**
 * Opens files of events.
 *
 * @throws InputError if one of them is not a file that can be read again and again.
 */
export async function openEventFiles(named: readonly NamedFile[]) {
  let bytes = 0;
  for (const file of named) bytes += await sizeOf(file);
  let files = withShortNames(named);
  let isDropped = false;
  const copies = createCopies();
  let cursor = openCursor(files);
  let known: { readonly fingerprint: string; readonly sources: Promise<Sources> } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** Works when all work before has ended: there is one cursor. */
  function afterOthers<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  /** Reads on from where the cursor is, or again from the beginning if it is too far or a file has changed. */
  const readFrom = <Result>(index: number, work: (cursor: Cursor) => Promise<Result>): Promise<Result> =>
    afterOthers(async () => {
      const fingerprint = await fingerprintOf(files);
      if (cursor.position() > index || cursor.fingerprint !== fingerprint) {
        await cursor.close();
        cursor = openCursor(files, fingerprint);
      }
      return work(cursor);
    });

  return {
    files: () => files,
    describe: (): State['events'] => ({
      files: files.map(({ name }) => name),
      isDropped,
      isSmall: bytes <= SMALL,
    }),
    /** Changes whenever one of the files does. */
    fingerprint: () => fingerprintOf(files),

    /**
     * Lists events.
     *
     * @param search words that they hold, in any case and order.
     * @param from the number of the first one that is looked at.
     */
    list: (search: string, from: number, signal: AbortSignal): Promise<EventList> =>
      readFrom(from, async ({ position, next }) => {
        const words = wordsOf(search);
        const events: EventList['events'][number][] = [];
        const started = Date.now();
        try {
          for (let input = await next(); input !== undefined; input = await next()) {
            const index = position() - 1;
            if (index >= from && hasWords(input.text, words))
              events.push({ ...describe(input, index), about: summaryOf(input.event) });
            const isLate = Date.now() > started + SEARCH && index >= from;
            if (events.length === LISTED || isLate || signal.aborted)
              return { events, next: position(), read: position() };
          }
          return { events, read: position() };
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          return { events, read: position(), problem: error.message };
        }
      }),

    /** @throws InputError if there is no such event. */
    read: (index: number): Promise<EventText> =>
      readFrom(index, async ({ position, next }) => {
        for (let input = await next(); input !== undefined; input = await next())
          if (position() > index)
            return { json: printEvent(input.event), at: input.at, name: nameOf(input.event) };
        throw new InputError(`There is no event ${index + 1}: the files have ${position()}`);
      }),

    async sources(): Promise<Sources> {
      const fingerprint = await fingerprintOf(files);
      if (known?.fingerprint !== fingerprint) known = { fingerprint, sources: readSources(inputsOf(files)) };
      return known.sources;
    },

    /** The values at a path of a condition; those of the examples if there are no events at hand. */
    values: (at: string) => readValues(inputsOf(files.length === 0 ? [EXAMPLE_EVENTS] : files), at),

    /** All of them. */
    inputs: () => inputsOf(files),

    /** Uses a copy of other events from now on, until the tester ends. */
    async replace(dropped: Source): Promise<void> {
      const copy = await copies.add(dropped);
      await afterOthers(async () => {
        await cursor.close();
        if (isDropped) for (const file of files) await rm(file.path, { force: true });
        isDropped = true;
        files = [copy];
      });
    },

    close: () =>
      afterOthers(async () => {
        await cursor.close();
        copies.close();
      }),
  };
}

/** Without their folders, unless that would give two of them the same name. */
function withShortNames(files: readonly NamedFile[]): readonly NamedFile[] {
  const short = files.map((file) => ({ ...file, name: path.basename(file.name) }));
  return new Set(short.map(({ name }) => name)).size === files.length ? short : files;
}

/** An event as it may be shown in a list. @param index its number. */
export const describe = ({ event, at }: Input, index: number): CountedEvent => ({
  index,
  name: nameOf(event),
  ...exampleOf(event, at, ''),
});

/** @throws InputError if it is not a file that can be read again and again. */
async function sizeOf({ name, path: file }: NamedFile): Promise<number> {
  const found = await stat(file).catch((error: unknown) => {
    throw inaccessible(name, error);
  });
  if (!found.isFile()) throw new InputError(`${name}: expected a file`);
  return found.size;
}

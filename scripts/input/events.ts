// Segment events as people have them: one, an array, or one a line; gzipped or not; more than fit in memory.
import { Readable, type Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { streamArray } from 'stream-json/streamers/stream-array.js';
import { z } from 'zod';
import type { Source } from './files';
import { InputError, isJsonObject, isObject, parseJson } from './json';

/** A Segment event, and where it stands. */
export interface Input {
  readonly event: object;
  /** The file and the line, or the event's number in it. */
  readonly at: string;
}

interface Found {
  readonly event: unknown;
  readonly at: string;
}

/** Characters that are read as a whole, so that a mistake can be told by line and column; more are streamed. */
const WHOLE = 8 * 1024 * 1024;

/**
 * Reads Segment events, source after source, in little memory.
 *
 * @param onRead is given the number of bytes each time that some were read.
 * @throws InputError that names the source and the line.
 */
export async function* readEvents(
  sources: readonly Source[],
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<Input> {
  let count = 0;
  for (const { name, chunks } of sources) {
    for await (const { event, at } of readSource(name, readTexts(name, chunks, onRead))) {
      if (!isObject(event)) throw new InputError(`${at}: expected a Segment event, a JSON object`);
      count += 1;
      yield { event, at };
    }
  }
  if (count === 0) {
    throw new InputError(`${sources.map(({ name }) => name).join(', ')}: there is no event in it`);
  }
}

async function* readSource(name: string, texts: AsyncGenerator<string>): AsyncGenerator<Found> {
  let head = '';
  let isFirstLineRead = false;
  for (let next = await texts.next(); next.done !== true; next = await texts.next()) {
    head += next.value;
    // The first line tells what the rest is; an event in it need not wait for the others.
    const firstLine = isFirstLineRead ? undefined : /^\s*(\S.*)\n/.exec(head)?.[1];
    if (firstLine !== undefined) {
      isFirstLineRead = true;
      if (isJsonObject(firstLine)) {
        yield* readLines(name, prepend(head, texts));
        return;
      }
    }
    if (head.length > WHOLE) {
      const read = /^\s*\[/.test(head) ? readLongArray : readLines;
      yield* read(name, prepend(head, texts));
      return;
    }
  }
  yield* readWhole(name, head);
}

async function* prepend(head: string, texts: AsyncGenerator<string>): AsyncGenerator<string> {
  yield head;
  yield* texts;
}

/** Text as it comes, without a byte order mark, unzipped where it is gzipped. */
async function* readTexts(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of unzip(name, counted(chunks, onRead))) {
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onRead(chunk.length);
    yield chunk;
  }
}

async function* unzip(name: string, chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const first = await chunks.next();
  if (first.done === true) return;
  async function* all(): AsyncGenerator<Uint8Array> {
    yield first.value;
    yield* chunks;
  }
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* all();
    return;
  }
  try {
    for await (const chunk of through(all(), createGunzip())) yield z.instanceof(Uint8Array).parse(chunk);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR') {
      throw new InputError(`${name}: it is gzipped, and breaks off`);
    }
    if (error instanceof InputError) throw error;
    throw new InputError(`${name}: it is gzipped, and damaged`);
  }
}

/** What comes out of a transformation; an error of what goes in is thrown too. */
async function* through(from: AsyncIterable<unknown>, transformation: Duplex): AsyncGenerator {
  const end = pipeline(Readable.from(from), transformation);
  end.catch(() => undefined);
  try {
    yield* transformation;
  } catch (error) {
    // Where both fail, the source is the cause.
    await end;
    throw error;
  }
  await end;
}

function* readWhole(name: string, text: string): Generator<Found> {
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const written = lines.filter(({ line }) => line !== '');
  if (written.length === 0) return;
  // A first line that is broken is told as such where the last one is an event of its own.
  const isEventALine =
    written.length > 1 &&
    written[0]?.line.startsWith('{') === true &&
    isJsonObject(written.at(-1)?.line ?? '');
  if (isEventALine) {
    for (const { line, number } of written) {
      yield { event: parseJson(line, name, number), at: `${name}:${number}` };
    }
    return;
  }
  const events = [parseJson(text, name)].flat();
  for (const [index, event] of events.entries()) yield { event, at: `${name}: event ${index + 1}` };
}

async function* readLines(name: string, texts: AsyncIterable<string>): AsyncGenerator<Found> {
  let number = 0;
  for await (const text of linesOf(texts)) {
    number += 1;
    const line = text.trim();
    if (line !== '') yield { event: parseJson(line, name, number), at: `${name}:${number}` };
  }
}

/** Not readline: to that, a line ends at U+2028 as well, which JSON may hold. */
async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

async function* readLongArray(name: string, texts: AsyncIterable<string>): AsyncGenerator<Found> {
  let number = 0;
  try {
    for await (const item of through(texts, streamArray.withParserAsStream())) {
      number += 1;
      const { value } = z.object({ value: z.unknown() }).parse(item);
      yield { event: value, at: `${name}: event ${number}` };
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${name}: bad JSON somewhere after event ${number}`);
  }
}

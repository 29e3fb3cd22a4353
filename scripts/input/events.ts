// Segment events as people have them: one, an array, or one a line; gzipped or not; more than fit in memory.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { readArray } from './array';
import type { Source } from './files';
import { InputError } from '../cli/command';
import { codeOf } from '../cli/error-code';
import { isJsonObject, isObject, readJson, type Found } from './json';

/** A Segment event, and where it was found. */
export interface Input {
  readonly event: object;
  /** The file and the line, or the event's number in it. */
  readonly at: string;
}

/** Up to this many characters are parsed as a whole; longer texts are streamed. */
const WHOLE = 8 * 1024 * 1024;
/** Characters that are passed on at a time. */
const PIECE = 64 * 1024;

/**
 * Reads Segment events, source after source, in little memory.
 *
 * @param onRead takes the number of bytes of each read.
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
    throw new InputError(`${sources.map(({ name }) => name).join(', ')}: no event found`);
  }
}

async function* readSource(name: string, texts: AsyncGenerator<string>): AsyncGenerator<Found> {
  let head = '';
  let isFirstLineRead = false;
  for (let next = await texts.next(); next.done !== true; next = await texts.next()) {
    head += next.value;
    // The first line says what the rest is; an event in it need not wait for the others. A long line comes in many
    // texts: it is searched when its end has come, not at each of them.
    const mayEndLine = !isFirstLineRead && next.value.includes('\n');
    const firstLine = mayEndLine ? /^\s*(\S[^\n]*)\n/.exec(head)?.[1] : undefined;
    if (firstLine !== undefined) {
      isFirstLineRead = true;
      if (isJsonObject(firstLine)) {
        yield* readLines(name, prepend(head, texts));
        return;
      }
    }
    if (head.length > WHOLE) {
      const read = /^\s*\[/.test(head) ? readArray : readLines;
      yield* read(name, prepend(head, texts));
      return;
    }
  }
  yield* readWhole(name, head);
}

/** Puts back what was read; in pieces, so that not all of its events are in memory at once. */
async function* prepend(head: string, texts: AsyncGenerator<string>): AsyncGenerator<string> {
  for (let at = 0; at < head.length; at += PIECE) yield head.slice(at, at + PIECE);
  yield* texts;
}

/** Decodes text as it comes, without a byte order mark; gzipped text is unzipped. */
async function* readTexts(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of unzip(name, counted(chunks, onRead))) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder !== undefined) yield decoder.decode();
}

/** UTF-8, unless a byte order mark says that it is what Windows calls Unicode. */
const encodingOf = ([first, second]: Uint8Array): string =>
  first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';

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
  const unzipped = createGunzip();
  const end = pipeline(Readable.from(all()), unzipped);
  end.catch(() => undefined);
  try {
    for await (const chunk of unzipped) yield z.instanceof(Uint8Array).parse(chunk);
    await end;
  } catch (error) {
    // If the source fails too, that is the cause.
    const cause = await end.catch((reason: unknown) => reason);
    if (cause instanceof InputError) throw cause;
    const isCut = codeOf(error) === 'Z_BUF_ERROR';
    throw new InputError(`${name}: the gzip data ${isCut ? 'breaks off' : 'is damaged'}`);
  }
}

function* readWhole(name: string, text: string): Generator<Found> {
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const written = lines.filter(({ line }) => line !== '');
  if (written.length === 0) return;
  // If the last line is an event of its own, so are the others: a mistake in one is reported with its line.
  const [first = '', last = ''] = [written[0]?.line, written.at(-1)?.line];
  const isEventALine = written.length > 1 && !first.startsWith('[') && isJsonObject(last);
  if (isEventALine) {
    for (const { line, number } of written) {
      yield { event: readJson(line, name, number), at: `${name}:${number}` };
    }
    return;
  }
  const events = [readJson(text, name)].flat();
  for (const [index, event] of events.entries()) yield { event, at: `${name}: event ${index + 1}` };
}

async function* readLines(name: string, texts: AsyncIterable<string>): AsyncGenerator<Found> {
  let number = 0;
  for await (const text of linesOf(texts)) {
    number += 1;
    const line = text.trim();
    if (line !== '') yield { event: readJson(line, name, number), at: `${name}:${number}` };
  }
}

/** Cuts text into lines. Unlike readline, not at U+2028, which JSON strings may contain. */
async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let begun: string[] = [];
  for await (const text of texts) {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      yield begun.length === 0 ? line : begun.join('') + line;
      begun = [];
    }
    begun.push(last);
  }
  yield begun.join('');
}

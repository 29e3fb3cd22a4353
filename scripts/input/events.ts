// Segment events as people have them: one, an array, or one a line; gzipped or not; more than fit in memory.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { CALL_TYPES } from '../../lib/configuration/condition/evaluate';
import { Failure, isFailure } from '../../lib/result';
import { listOf, ownProperty, parseJson } from '../../lib/values/json';
import { InputError } from '../cli/command';
import { codeOf } from '../cli/error-code';
import { readArray } from './array';
import { encodingOf, type Source } from './files';
import { isJsonObject, LOSS, readEntry, readJson, type Entry } from './json';
import { MAX_LENGTH, MAX_UNZIPPED, tooLong } from './limits';

/** Up to this many characters are parsed as a whole; longer texts are streamed. */
const WHOLE = 8 * 1024 * 1024;
const EXPECTED = 'Events must be JSON: one event, an array, or one event a line';
/** Characters that are passed on at a time. */
const PIECE = 64 * 1024;

/**
 * Reads Segment events, source after source, in little memory. An event that cannot be read costs the others nothing.
 *
 * @param onRead takes the number of bytes of each read.
 * @throws InputError that names the source if it cannot be read further, or if there is no event in all of them.
 */
export async function* readEvents(
  sources: readonly Source[],
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<Entry> {
  let hasEvents = false;
  let first: Failure<string> | undefined;
  let failures = 0;
  for (const { name, chunks } of sources) {
    for await (const object of readSource(name, readTexts(name, chunks, onRead))) {
      const entry = asEvent(object);
      if (isFailure(entry)) {
        first ??= entry;
        failures += 1;
      } else hasEvents = true;
      yield entry;
    }
  }
  if (hasEvents) return;
  const names = sources.map(({ name }) => name).join(', ');
  const more = failures > 1 ? `, and ${(failures - 1).toLocaleString('en')} more like this` : '';
  throw new InputError(first === undefined ? `${names}: no event found` : `${first.reason}${more}`);
}

/** The calls of a Segment event: of anything else, a check would pass, and nothing be sent. */
const TYPES: readonly unknown[] = [...CALL_TYPES, 'delete'];
const isEvent = (value: unknown): boolean => TYPES.includes(ownProperty(value, 'type'));

/** An entry, unless it is an object that is not an event. */
function asEvent(entry: Entry): Entry {
  if (isFailure(entry) || isEvent(entry.event)) return entry;
  // The body of a request to Segment's HTTP API has events in "batch".
  const found = Object.entries(entry.event).find(([, value]) => listOf(value).some(isEvent));
  const [key = '', inner] = found ?? [];
  const hint = /^\w+$/.test(key)
    ? `; jq -c '.${key}${Array.isArray(inner) ? '[]' : ''}' writes those in "${key}" one a line`
    : '';
  return new Failure(
    `${entry.at}: expected a Segment event, whose "type" is ${TYPES.slice(0, -1).join(', ')} or delete${hint}`,
  );
}

/** Gives entries until the signal aborts; an error after that is the interruption's, and ignored. */
export async function* until(signal: AbortSignal, entries: AsyncIterable<Entry>): AsyncGenerator<Entry> {
  try {
    for await (const entry of entries) {
      yield entry;
      if (signal.aborted) return;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function* readSource(name: string, texts: AsyncGenerator<string>): AsyncGenerator<Entry> {
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
      refuseCsv(name, head.slice(0, PIECE));
      const read = /^\s*\[/.test(head) ? readArray : readLines;
      yield* read(name, prepend(head, texts));
      return;
    }
  }
  yield* readWhole(name, head);
}

/** Puts back what was read; in pieces, so that not all of its events are in memory at once. */
async function* prepend(head: string, texts?: AsyncGenerator<string>): AsyncGenerator<string> {
  for (let at = 0; at < head.length; at += PIECE) yield head.slice(at, at + PIECE);
  if (texts !== undefined) yield* texts;
}

/** Decodes text as it comes, without a byte order mark; gzipped text is unzipped. */
async function* readTexts(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let before = new Uint8Array();
  for await (const chunk of unzip(name, counted(chunks, onRead))) {
    decoder ??= createDecoder(name, chunk);
    const text = decoder.decode(chunk, { stream: true });
    yield text.includes(REPLACEMENT) ? markLosses(text, Buffer.concat([before, chunk])) : text;
    before = chunk.slice(-2);
  }
  if (decoder !== undefined) yield decoder.decode();
}

/** What files that are not text begin with. */
const OTHER_FORMATS: readonly (readonly [beginning: string, what: string])[] = [
  ['PK\u0003\u0004', 'a zip archive or a spreadsheet'],
  ['PAR1', 'a Parquet file'],
  ['Obj\u0001', 'an Avro file'],
  ['ORC', 'an ORC file'],
  ['BZh', 'compressed with bzip2'],
  ['\u0028\u00b5\u002f\u00fd', 'compressed with zstd'],
  ['\u00fd7zXZ', 'compressed with xz'],
  ['\u001f\u008b', 'gzipped twice'],
];

/** @throws InputError if the file is not text. */
function createDecoder(name: string, chunk: Uint8Array): TextDecoder {
  const head = Buffer.from(chunk.subarray(0, 8)).toString('latin1');
  const other = OTHER_FORMATS.find(([beginning]) => head.startsWith(beginning));
  if (other) throw new InputError(`${name}: this is ${other[1]}. ${EXPECTED}`);
  return new TextDecoder(encodingOf(chunk));
}

/** What stands in a text for bytes that are not UTF-8; it may also be in the file. */
const REPLACEMENT = '\ufffd';

/** Marks what was lost in decoding, so that its event is not read: an address without a letter would be another one. */
function markLosses(text: string, bytes: Buffer): string {
  let inFile = 0;
  for (let at = bytes.indexOf(REPLACEMENT); at >= 0; at = bytes.indexOf(REPLACEMENT, at + 1)) inFile += 1;
  return text.split(REPLACEMENT).length - 1 > inFile ? text.replaceAll(REPLACEMENT, LOSS) : text;
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
  const unzipped = createGunzip();
  const end = pipeline(Readable.from(all()), unzipped);
  end.catch(() => undefined);
  try {
    let bytes = 0;
    for await (const chunk of unzipped) {
      const read = z.instanceof(Uint8Array).parse(chunk);
      bytes += read.length;
      if (bytes > MAX_UNZIPPED) throw new InputError(`${name}: unzipped, it is larger than 100 GB`);
      yield read;
    }
    await end;
  } catch (error) {
    if (error instanceof InputError) throw error;
    // If the source fails too, that is the cause.
    const cause = await end.catch((reason: unknown) => reason);
    if (cause instanceof InputError) throw cause;
    const isCut = codeOf(error) === 'Z_BUF_ERROR';
    throw new InputError(`${name}: the gzip data ${isCut ? 'breaks off' : 'is damaged'}`);
  }
}

/** Reads a text that is all there: an event, an array of them, or one a line. */
async function* readWhole(name: string, text: string): AsyncGenerator<Entry> {
  if (text.trim() === '') return;
  if (/^\s*\[/.test(text)) {
    yield* readArray(name, prepend(text));
    return;
  }
  if (parseJson(text) !== undefined) {
    yield readEntry(`${name}: event 1`, text, name);
    return;
  }
  // If one line is an event of its own, so are the others: a mistake in one is reported with its line.
  if (text.split('\n').some(isJsonObject)) {
    yield* readLines(name, prepend(text));
    return;
  }
  refuseCsv(name, text);
  readJson(text, name);
}

async function* readLines(name: string, texts: AsyncIterable<string>): AsyncGenerator<Entry> {
  let number = 0;
  for await (const text of linesOf(name, texts)) {
    number += 1;
    if (text.trim() !== '') yield readEntry(`${name}:${number}`, text, name, number);
  }
}

/** Cuts text into lines. Unlike readline, not at U+2028, which JSON strings may contain. */
async function* linesOf(name: string, texts: AsyncIterable<string>): AsyncGenerator<string> {
  let begun: string[] = [];
  let [number, length] = [1, 0];
  for await (const text of texts) {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      yield begun.length === 0 ? line : begun.join('') + line;
      begun = [];
      length = 0;
      number += 1;
    }
    begun.push(last);
    length += last.length;
    if (length > MAX_LENGTH) throw tooLong(`${name}:${number}`);
  }
  yield begun.join('');
}

const DELIMITERS = [',', ';', '\t'];

/**
 * @throws InputError if a text that is not JSON looks like a table: no fewer fields in the second line than in the first,
 * or a name that says so. A quoted field may hold more of its delimiters.
 */
function refuseCsv(name: string, text: string): void {
  const [head = '', row = ''] = text.split('\n', 50).filter((line) => line.trim() !== '');
  if ([head, row].some((line) => /^\s*[[{]/.test(line))) return;
  const isTable = DELIMITERS.some((delimiter) => {
    const fields = head.split(delimiter).length;
    return fields > 1 && fields <= row.split(delimiter).length;
  });
  if (isTable || /\.[ct]sv(?:\.gz)?$/i.test(name))
    throw new InputError(`${name}: this looks like CSV. ${EXPECTED}`);
}

// Writes a file of events, one a line, as Segment's storage destinations do.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { openOutput } from '../cli/output-file';
import { inaccessible, type NamedFile } from '../input/files';
import { makeShopEvent } from './events';
import { createRandom } from './random';

interface GenerateOptions {
  readonly events: number;
  readonly seed: number;
  /** A file; gzipped if its name ends in .gz. */
  readonly out: NamedFile;
}

/**
 * Writes events of the month until now. The same seed gives the same events, except for their times.
 *
 * @throws InputError if the file cannot be written.
 */
export async function generate(options: GenerateOptions): Promise<void> {
  const from = Readable.from(lines(options));
  const { name, path } = options.out;
  const to = (await openOutput(options.out)).createWriteStream();
  const written = path.endsWith('.gz') ? pipeline(from, createGzip({ level: 1 }), to) : pipeline(from, to);
  await written.catch((error: unknown) => {
    throw inaccessible(name, error, 'folder');
  });
}

function* lines({ events, seed }: GenerateOptions): Generator<string> {
  const random = createRandom(seed);
  const now = Date.now();
  // Many lines at a time: one by one, the streams would take longer than the events.
  for (let number = 0; number < events;) {
    let text = '';
    for (const end = Math.min(number + 100, events); number < end; number += 1) {
      text += `${JSON.stringify(makeShopEvent(number, number / events, now, random))}\n`;
    }
    yield text;
  }
}

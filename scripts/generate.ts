// npm run generate: writes a month of a made-up shop's events, as Segment's own storage destinations do: one a line.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Command } from 'commander';
import { makeShopEvent } from './generate/events';
import { inaccessible } from './input/files';
import { InputError } from './input/json';
import { fromHere, nameOf, wholeNumber } from './options';
import { createRandom } from './random';

interface Options {
  readonly events: number;
  readonly seed: number;
  readonly out: string;
}

function* lines({ events, seed }: Options): Generator<string> {
  const random = createRandom(seed);
  const now = Date.now();
  // Many at once: a line each would keep the streams busy with themselves.
  for (let number = 0; number < events;) {
    let text = '';
    for (const end = Math.min(number + 100, events); number < end; number += 1) {
      text += `${JSON.stringify(makeShopEvent(number, number / events, now, random))}\n`;
    }
    yield text;
  }
}

async function generate(options: Options): Promise<void> {
  const from = Readable.from(lines(options));
  const to = createWriteStream(options.out);
  const written = options.out.endsWith('.gz')
    ? pipeline(from, createGzip({ level: 1 }), to)
    : pipeline(from, to);
  await written.catch((error: unknown) => {
    throw inaccessible(nameOf(options.out), error, 'folder');
  });
}

new Command('npm run generate --')
  .description(
    "Writes a month of a made-up shop's Segment events, one a line; gzipped where the file's name ends in .gz.",
  )
  .option('--events <count>', 'how many', wholeNumber(1, 100_000_000), 100_000)
  .option(
    '--seed <number>',
    'the same seed gives the same events, but for their time',
    wholeNumber(0, 2 ** 31 - 1),
    1,
  )
  .requiredOption('--out <file>', 'where to', fromHere)
  .showSuggestionAfterError(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(generate)
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    console.error(`error: ${error.message}`);
    process.exitCode = 2;
  });

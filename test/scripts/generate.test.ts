// npm run generate: a month of a made-up shop's events.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { typedFile } from '../../scripts/cli/options';
import { generate } from '../../scripts/generate/generate';
import { createFolder, runCommand } from '../support/command';
import { examples, partsOf } from '../support/documentation';

let files: ReturnType<typeof createFolder>;
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
});

const run = (name: string, args: readonly string[]) =>
  runCommand(name, args, { env: { INIT_CWD: files.folder } });

test('is reported as the documentation shows', async () => {
  const shown = examples.filter(({ commands }) => commands[0]?.startsWith('npm run generate'));
  expect(shown).toHaveLength(1);
  const [{ commands, output } = { commands: [], output: '' }] = shown;
  const [made = [], reported = []] = commands.map((command) => command.split(' -- ')[1]?.split(' '));
  expect(await run('generate', made)).toEqual({ status: 0, stdout: '', stderr: '' });
  const { stdout } = await run('report', reported);
  const parts = partsOf(output);
  expect(parts.length).toBeGreaterThan(2);
  for (const part of parts) expect(stdout).toContain(part);
});

test('is the same for the same seed, except for its times, and gzipped if its name says so', async () => {
  const make = async (seed: number, name: string) => {
    const out = path.join(files.folder, name);
    await generate({ events: 250, seed, out: typedFile(out) });
    const bytes = readFileSync(out);
    return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes)
      .toString()
      .replace(/\d{13}|\d{4}-[-\d:.TZ]{19,}/g, '');
  };
  const made = await make(7, 'a.ndjson');
  expect(made.trimEnd().split('\n')).toHaveLength(250);
  expect(await make(7, 'b.ndjson.gz')).toBe(made);
  expect(await make(8, 'c.ndjson')).not.toBe(made);
});

test.each([
  [[], /^error: required option '--out <file>' not specified\n$/],
  [['--events', '0', '--out', 'x'], /Expected a whole number from 1 to 100,000,000\.\n$/],
  [['--out', 'none/x.ndjson'], /^error: none\/x\.ndjson: there is no such folder\n$/],
])('%j is one clear line, and exit code 2', async (args, line) => {
  const { status, stderr } = await run('generate', args);
  expect(status).toBe(2);
  expect(stderr).toMatch(line);
});

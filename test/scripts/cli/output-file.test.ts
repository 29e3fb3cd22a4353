// The file of --out: nothing is overwritten that the person did not name.
import { linkSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { typedFile } from '../../../scripts/cli/options';
import { openOutput } from '../../../scripts/cli/output-file';
import { BUNDLE } from '../../../scripts/cli/project';
import { createFolder, runCommand } from '../../support/command';

const bundle = readFileSync(BUNDLE, 'utf8');
const inDist = path.join(path.dirname(BUNDLE), 'a-name-of-this-test');
let files: ReturnType<typeof createFolder>;
const inFolder = (name: string) => path.join(files.folder, name);
const linkTo = (name: string, target: string) => {
  symlinkSync(target, inFolder(name));
  return inFolder(name);
};
beforeAll(() => {
  files = createFolder();
});
afterAll(() => {
  files.remove();
  rmSync(inDist, { force: true });
});

const AS_BUNDLE = /: --out would overwrite the bundle: name another file$/;
const AS_LINK = /: --out does not follow a link: name the file that is to be written$/;

test.each<[what: string, file: () => string, message: RegExp]>([
  ['the bundle', () => BUNDLE, AS_BUNDLE],
  [
    'the bundle by another name',
    () => {
      linkSync(BUNDLE, inDist);
      return inDist;
    },
    AS_BUNDLE,
  ],
  [
    'the bundle in a folder behind a link',
    () => path.join(linkTo('dist', path.dirname(BUNDLE)), path.basename(BUNDLE)),
    AS_BUNDLE,
  ],
  ['a link to the bundle', () => linkTo('to-bundle', BUNDLE), AS_BUNDLE],
  ['a link to a file', () => linkTo('to-file', files.file('precious', 'kept')), AS_LINK],
  ['a link to nothing', () => linkTo('to-nothing', inFolder('nothing')), AS_LINK],
  ['a link to a folder', () => linkTo('to-folder', files.folder), AS_LINK],
  ['a link to itself', () => linkTo('to-itself', inFolder('to-itself')), AS_LINK],
  ['an input', () => files.file('input', 'kept'), /: --out would overwrite an input file$/],
  ['a folder', () => files.folder, /: it is a folder$/],
])('%s is refused, and nothing is overwritten', async (_, file, message) => {
  await expect(openOutput(typedFile(file()), [typedFile(inFolder('input'))])).rejects.toThrow(message);
  expect(readFileSync(BUNDLE, 'utf8')).toBe(bundle);
  for (const kept of ['precious', 'input']) {
    if (lstatSync(inFolder(kept), { throwIfNoEntry: false }) !== undefined) {
      expect(readFileSync(inFolder(kept), 'utf8')).toBe('kept');
    }
  }
  expect(lstatSync(inFolder('nothing'), { throwIfNoEntry: false })).toBeUndefined();
});

test('a new file is written, and one that exists is emptied first, also in a folder behind a link', async () => {
  mkdirSync(inFolder('real'));
  const folder = linkTo('behind', inFolder('real'));
  files.file('real/old', 'a longer text than the new one');
  for (const name of ['old', 'new']) {
    const opened = await openOutput(typedFile(path.join(folder, name)));
    await opened.write('text');
    await opened.close();
    expect(readFileSync(inFolder(`real/${name}`), 'utf8')).toBe('text');
  }
});

test('a link to a device, as /dev/stdout is to a terminal, is followed', async () => {
  const opened = await openOutput(typedFile(linkTo('to-device', '/dev/null')));
  await opened.write('text');
  await opened.close();
});

describe('every command that has --out', () => {
  test.each([
    ['generate', ['--events', '1']],
    ['report', ['examples/events.json']],
  ])('%s does not overwrite the bundle, or what a link leads to', async (name, args) => {
    const precious = files.file(`precious-${name}`, 'kept');
    const link = linkTo(`link-${name}`, precious);
    for (const [out, message] of [
      [BUNDLE, AS_BUNDLE],
      [link, AS_LINK],
    ] as const) {
      const { status, stderr } = await runCommand(name, [...args, '--out', out]);
      expect(status).toBe(2);
      expect(stderr.trimEnd()).toMatch(/^error: /);
      expect(stderr.trimEnd()).toMatch(message);
    }
    expect([readFileSync(BUNDLE, 'utf8'), readFileSync(precious, 'utf8')]).toEqual([bundle, 'kept']);
  });
});

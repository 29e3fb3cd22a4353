// npm run tester -- --settings FILE: settings read from a file, imported, exported, and saved to it.
import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { NamedFile } from '../../../scripts/input/files';
import { Problem, type Values } from '../../../scripts/tester/api';
import { createFileWriter } from './files';
import { openTester, order, type Tester } from './open-tester';

const write = createFileWriter();
const TOKEN = { env: 'TIKTOK_ACCESS_TOKEN' };
const GIVEN = {
  accessToken: TOKEN,
  eventsetid: '7000000000000000001',
  eventMappings: { 'Order Completed': 'Purchase', 'Signed Up': '' },
  note: 'of the shop in Berlin',
};

let file: NamedFile;
let tester: Tester;
async function open(settings: object): Promise<void> {
  file = write('settings.json', JSON.stringify(settings));
  tester = await openTester(new Map(), { settings: file });
}
beforeEach(() => open(GIVEN));
afterEach(() => tester.close());

const held = () => z.looseObject({}).parse(JSON.parse(readFileSync(file.path, 'utf8')));
const settings = async () => (await tester.readState()).settings;
const change = (values: Values) =>
  tester.ask('/api/settings', { method: 'PATCH', body: JSON.stringify({ values }) });
const importText = (json: string) =>
  tester.ask('/api/settings', { method: 'PUT', body: JSON.stringify({ json }) });
const save = () => tester.ask('/api/settings/file', { method: 'POST' });
const exported = async () => (await tester.ask('/api/settings/file')).body;
const problemOf = (body: string) => Problem.parse(JSON.parse(body)).problem;

test('the page has the settings of the file, by the names of Segment’s editor', async () => {
  expect(await settings()).toEqual({
    values: {
      accessToken: '0123456789abcdef',
      eventSetId: '7000000000000000001',
      eventMappings: GIVEN.eventMappings,
    },
    warnings: ['"note" is not a setting, so it is ignored'],
    file: 'settings.json',
    isSaved: true,
    variables: { accessToken: 'TIKTOK_ACCESS_TOKEN' },
  });
});

test('the token of a variable does not enter the tester, and events are delivered nevertheless', async () => {
  process.env['TIKTOK_ACCESS_TOKEN'] = 'secret-of-the-shop';
  try {
    await tester.close();
    await open(GIVEN);
    const { body } = await tester.run(JSON.stringify(order()));
    expect(body).toContain('"outcome":"Delivered"');
    expect(body + (await tester.ask('/api/state')).body + (await exported())).not.toContain(
      'secret-of-the-shop',
    );
  } finally {
    delete process.env['TIKTOK_ACCESS_TOKEN'];
  }
});

describe('saving to the file', () => {
  test('changes what was changed, and keeps everything else as it was', async () => {
    await change({
      eventMappings: { 'Order Completed': 'Purchase if properties.total > 5' },
      defaultCountry: 'DE',
    });
    expect(await settings()).toMatchObject({ isSaved: false });
    expect(held()).toEqual(GIVEN);
    expect(await save()).toMatchObject({ status: 200 });
    expect(await settings()).toMatchObject({ isSaved: true });
    expect(held()).toEqual({
      ...GIVEN,
      eventMappings: { 'Order Completed': 'Purchase if properties.total > 5' },
      defaultCountry: 'DE',
    });
    expect(Object.keys(held())).toEqual([...Object.keys(GIVEN), 'defaultCountry']);
  });

  test('a setting that was emptied is no longer in it', async () => {
    await change({ eventMappings: {} });
    await save();
    expect(held()).toEqual({ accessToken: TOKEN, eventsetid: GIVEN.eventsetid, note: GIVEN.note });
  });

  test('a token that was typed is not saved: the name of the variable stays', async () => {
    await change({ accessToken: 'typed-on-the-page', defaultCountry: 'DE' });
    expect(await exported()).not.toContain('typed-on-the-page');
    await save();
    expect(held()).toEqual({ ...GIVEN, defaultCountry: 'DE' });
  });

  test('a token that the file holds itself stays in it, whatever was typed', async () => {
    await tester.close();
    await open({ ...GIVEN, accessToken: 'own-token' });
    await change({ accessToken: 'typed-on-the-page', defaultCountry: 'DE' });
    await save();
    expect(held()).toEqual({ ...GIVEN, accessToken: 'own-token', defaultCountry: 'DE' });
  });

  test('in a file without a token, a variable stands for the one that was typed', async () => {
    await tester.close();
    await open({ eventSetId: '7000000000000000001' });
    await change({ accessToken: 'typed-on-the-page' });
    await save();
    expect(held()).toEqual({ eventSetId: '7000000000000000001', accessToken: TOKEN });
  });

  test('nothing is saved if the file has changed on disk meanwhile', async () => {
    await change({ defaultCountry: 'DE' });
    writeFileSync(file.path, '{}');
    const { status, body } = await save();
    expect({ status, problem: problemOf(body) }).toEqual({
      status: 400,
      problem:
        'settings.json has changed since it was read, so nothing was saved: export the settings, or start the tester again to read the file',
    });
    expect(held()).toEqual({});
    expect(await settings()).toMatchObject({ isSaved: false });
  });

  test('the file keeps its permissions and a link to it, and nothing is left beside it', async () => {
    chmodSync(file.path, 0o640);
    const folder = path.dirname(file.path);
    const link: NamedFile = { name: 'link.json', path: path.join(folder, 'link.json') };
    symlinkSync(file.path, link.path);
    await tester.close();
    tester = await openTester(new Map(), { settings: link });
    await change({ defaultCountry: 'DE' });
    await save();
    expect(held()).toMatchObject({ defaultCountry: 'DE' });
    expect(lstatSync(link.path).isSymbolicLink()).toBe(true);
    expect(statSync(file.path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).toSorted()).toEqual(['link.json', 'settings.json']);
  });

  test('without --settings, the page says to export them', async () => {
    await tester.close();
    tester = await openTester();
    await change({ defaultCountry: 'DE' });
    const { status, body } = await save();
    expect({ status, problem: problemOf(body) }).toEqual({
      status: 400,
      problem: 'There is no file to save to: name one with --settings, or export the settings',
    });
    expect(JSON.parse(await exported())).toMatchObject({ defaultCountry: 'DE' });
  });
});

describe('import and export', () => {
  test('what is exported can be imported: the settings are the same', async () => {
    await change({ parameterMappings: { event_id: 'properties.order_id' }, limitedDataUse: true });
    const { values } = await settings();
    const text = await exported();
    await change({ parameterMappings: {}, limitedDataUse: false });
    expect(await importText(text)).toMatchObject({ status: 200 });
    expect((await settings()).values).toEqual(values);
  });

  test('an export is a file to save', async () => {
    const { headers } = await tester.ask('/api/settings/file');
    expect(headers['content-disposition']).toBe('attachment; filename="settings.json"');
  });

  test('an import replaces all settings, and keeps a token that it does not hold', async () => {
    await change({ accessToken: 'typed', defaultCountry: 'DE' });
    await importText('{ "accessToken": { "env": "TOKEN" }, "EVENTSETID": 7000 }');
    expect((await settings()).values).toEqual({ accessToken: 'typed', eventSetId: '7000' });
    await importText('{ "accessToken": "imported" }');
    expect((await settings()).values).toEqual({ accessToken: 'imported' });
  });

  test('with the token hidden, an import changes all but the token', async () => {
    await tester.close();
    await open({ ...GIVEN, accessToken: 'own-token' });
    const { body } = await tester.ask('/api/settings/file?token=hidden');
    expect(JSON.parse(body)).toEqual({ ...GIVEN, accessToken: '•••' });
    await importText(JSON.stringify({ ...JSON.parse(body), defaultCountry: 'DE' }));
    expect((await settings()).values).toMatchObject({ accessToken: 'own-token', defaultCountry: 'DE' });
    await save();
    expect(held()).toEqual({ ...GIVEN, accessToken: 'own-token', defaultCountry: 'DE' });
  });

  test('changes can be discarded', async () => {
    const before = await settings();
    await change({ defaultCountry: 'DE' });
    await importText('{ "other": 1, "eventSetId": "7" }');
    await tester.ask('/api/settings', { method: 'DELETE' });
    expect(await settings()).toEqual(before);
  });

  test.each([
    ['{\n  "eventSetId": }', 'Line 2, column 17: bad JSON: "}" was not expected here'],
    ['[]', 'expected a JSON object of settings'],
    ['{ "eventMappings": { "A": 1 } }', 'eventMappings: expected a text, true or false, or a map of texts'],
    [
      '{ "accessToken": { "env": "7" } }',
      'accessToken: expected the name of an environment variable in capital letters, such as { "env": "TIKTOK_ACCESS_TOKEN" }',
    ],
  ])('%s is refused, and nothing is changed', async (json, problem) => {
    const { values } = await settings();
    const { status, body } = await importText(json);
    expect({ status, problem: problemOf(body) }).toEqual({ status: 400, problem });
    expect((await settings()).values).toEqual(values);
  });
});

test('what works and is probably not what was meant is a warning, as in the terminal', async () => {
  await importText(
    JSON.stringify({
      ...GIVEN,
      note: undefined,
      defaultcontry: 'DE',
      parameterMappings: { 'properties.valeu': 'properties.net' },
    }),
  );
  expect((await settings()).warnings).toEqual([
    '"defaultcontry" is not a setting, so it is ignored; did you mean defaultCountry?',
    '"properties.valeu" is sent as a property of your own; did you mean properties.value?',
  ]);
});

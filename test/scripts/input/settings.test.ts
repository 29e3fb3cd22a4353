// The file of the function's settings, in which a variable's name stands for the token.
import { afterAll, describe, expect, test } from '@jest/globals';
import { fillVariables, readSettingsJson } from '../../../scripts/input/settings';
import { typedFile } from '../../../scripts/cli/options';
import { createFolder } from '../../support/command';

const ENVIRONMENT = { TIKTOK_ACCESS_TOKEN: ' secret\n', EMPTY: ' ' };
const MALFORMED =
  'expected the name of an environment variable in capital letters, such as { "env": "TIKTOK_ACCESS_TOKEN" }';

test('a variable gives its value without surrounding spaces, whatever the case of the setting', () => {
  const given = { AccessToken: { env: 'TIKTOK_ACCESS_TOKEN' }, eventSetId: '1' };
  expect(fillVariables(given, ENVIRONMENT)).toEqual({
    values: { AccessToken: 'secret', eventSetId: '1' },
    variables: new Map([['AccessToken', 'TIKTOK_ACCESS_TOKEN']]),
    malformed: [],
    unset: [],
  });
});

test.each(['EMPTY', 'NOT_SET'])('a variable that is empty or not set is reported by its name: %s', (env) => {
  expect(fillVariables({ accessToken: { env } }, ENVIRONMENT)).toEqual({
    values: { accessToken: '0123456789abcdef' },
    variables: new Map([['accessToken', env]]),
    malformed: [],
    unset: [`accessToken: the environment variable ${env} is not set, or is empty`],
  });
});

describe('what is not the name of a variable may be a token: it is not shown', () => {
  test.each([
    { env: '5f2d8c0b7a9e4d31' },
    { env: 'abcdef0123456789' },
    { env: 'two words' },
    { env: '' },
    { env: 7 },
    { env: null },
    { env: { env: 'NAME' } },
    { env: 'TIKTOK_ACCESS_TOKEN', default: 'x' },
  ])('%j', (accessToken) => {
    const { malformed, variables } = fillVariables({ accessToken }, ENVIRONMENT);
    expect(malformed).toEqual([`accessToken: ${MALFORMED}`]);
    expect(variables.size).toBe(0);
  });
});

test('a map may have an entry for an event called "env", and what is not sensitive stands in the file', () => {
  const given = { eventMappings: { env: 'Lead' }, eventSetId: { env: 'EVENT_SET_ID' } };
  expect(fillVariables(given, ENVIRONMENT).values).toEqual(given);
});

describe('a file in which a name is there twice is not read: the second would replace the first', () => {
  const files = createFolder();
  afterAll(() => {
    files.remove();
  });
  test.each<[text: string, place: string, name: string]>([
    ['{"eventMappings": {},\n "eventMappings": {}}', '2:2', '"eventMappings"'],
    ['{"eventMappings": {"Paid": "Lead",\n"Paid": "Purchase"}}', '2:1', '"Paid"'],
    ['\ufeff{"a": {"b": {"c": 1, "c": 1}}}', '1:22', '"c"'],
  ])('%j', async (text, place, name) => {
    const file = typedFile(files.file('twice.json', text));
    await expect(readSettingsJson(file)).rejects.toThrow(
      `${file.name}:${place}: a second ${name} would replace the first`,
    );
  });

  test('names of different objects may be the same, and so may those of events but for case', async () => {
    const settings = { a: { b: 1, B: 2, __proto__x: 1 }, c: { b: 1 }, d: [{ b: 1 }, { b: 2 }] };
    const file = typedFile(files.file('once.json', JSON.stringify(settings)));
    expect(await readSettingsJson(file)).toEqual(settings);
  });
});

describe('a file of settings', () => {
  const files = createFolder();
  afterAll(() => {
    files.remove();
  });
  const settings = { eventMappings: { Käufe: 'Purchase' } };
  test.each<[what: string, content: string | Buffer]>([
    ['may have the byte order mark of Windows', `\ufeff${JSON.stringify(settings)}`],
    ['may be what PowerShell writes', Buffer.from(`\ufeff${JSON.stringify(settings)}`, 'utf16le')],
  ])('%s', async (_, content) => {
    expect(await readSettingsJson(typedFile(files.file('marked.json', content)))).toEqual(settings);
  });

  test('that is not in UTF-8 is not read: a name with another letter would match nothing', async () => {
    const file = typedFile(files.file('latin.json', Buffer.from(JSON.stringify(settings), 'latin1')));
    await expect(readSettingsJson(file)).rejects.toThrow(
      `${file.name}: it is not in UTF-8. Save it in UTF-8`,
    );
  });
});

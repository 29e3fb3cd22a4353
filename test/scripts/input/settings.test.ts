// The file of the function's settings, in which a variable's name stands for the token.
import { describe, expect, test } from '@jest/globals';
import { fillVariables } from '../../../scripts/input/settings';

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

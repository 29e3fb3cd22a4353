// Which workspace is meant, and with which token.
import { describe, expect, test } from '@jest/globals';
import { readConnection } from '../../../scripts/deploy/connection';

test.each([
  ['no token', {}, 'SEGMENT_PUBLIC_API_TOKEN is not set: expected a Public API token of your workspace.'],
  ['an empty one', { SEGMENT_PUBLIC_API_TOKEN: ' ' }, 'SEGMENT_PUBLIC_API_TOKEN is not set'],
  ['one with a space', { SEGMENT_PUBLIC_API_TOKEN: 'two words' }, 'SEGMENT_PUBLIC_API_TOKEN is not a token'],
])('%s in the environment is refused, and not repeated', (_, environment, message) => {
  expect(() => readConnection(environment, undefined)).toThrow(message);
  expect(() => readConnection(environment, undefined)).not.toThrow('two words');
});

describe('the address of the Public API', () => {
  const SEGMENT_PUBLIC_API_TOKEN = 'token';
  test.each([
    ['https://proxy.example.com/segment/', 'https://proxy.example.com/segment'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%s is taken', (SEGMENT_PUBLIC_API_URL, base) => {
    expect(readConnection({ SEGMENT_PUBLIC_API_TOKEN, SEGMENT_PUBLIC_API_URL }, undefined).base).toBe(base);
  });
  test.each([
    'http://example.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://192.168.0.7',
    'ftp://127.0.0.1',
    'https://user@example.com',
    'https://:pw@example.com',
    'https://user:pw@example.com',
    'https://example.com?a=b',
    'example.com',
  ])('%s is refused: the token would go in clear text, or nowhere', (SEGMENT_PUBLIC_API_URL) => {
    const read = () => readConnection({ SEGMENT_PUBLIC_API_TOKEN, SEGMENT_PUBLIC_API_URL }, undefined);
    expect(read).toThrow('SEGMENT_PUBLIC_API_URL: expected an https address');
    expect(read).not.toThrow(/pw|user@/);
  });
  test.each([
    [undefined, 'https://api.segmentapis.com'],
    ['us', 'https://api.segmentapis.com'],
    ['eu', 'https://eu1.api.segmentapis.com'],
  ] as const)('the region %s is %s', (region, base) => {
    expect(readConnection({ SEGMENT_PUBLIC_API_TOKEN }, region)).toEqual({
      base,
      token: 'token',
      tokenVariable: 'SEGMENT_PUBLIC_API_TOKEN',
    });
  });
});

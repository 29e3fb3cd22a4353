// A request as a command for a shell.
import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { curlOf } from '../../../../scripts/tester/page/call/curl';

const request = (body: string) => ({
  method: 'POST',
  url: 'https://business-api.tiktok.com/open_api/v1.3/event/track/',
  headers: {
    'Access-Token': 'example-access-token',
    'Content-Type': 'application/json',
    Connection: 'keep-alive',
  },
  body,
});

test('the token is read from $TIKTOK_ACCESS_TOKEN, and is not in the command', () => {
  expect(curlOf(request('{"data":[]}'))).toBe(
    [
      `curl -X POST 'https://business-api.tiktok.com/open_api/v1.3/event/track/' \\`,
      '  -H "Access-Token: $TIKTOK_ACCESS_TOKEN" \\',
      `  -H 'Content-Type: application/json' \\`,
      `  --data-raw '{"data":[]}'`,
    ].join('\n'),
  );
});

test('a shell hands the body to curl as it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
      (text) => {
        const body = JSON.stringify({ text });
        // A function in the place of curl prints its last argument.
        const script = `curl() { eval "printf %s \\"\\\${$#}\\""; }\n${curlOf(request(body))}`;
        expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(body);
      },
    ),
    { numRuns: 50 },
  );
});

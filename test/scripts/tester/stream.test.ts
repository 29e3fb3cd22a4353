// The stream by which each open page learns what has changed.
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Failure } from '../../../lib/result';
import { Update } from '../../../scripts/tester/api';
import { linesOf, openTester, order, type Tester } from './open-tester';

let tester: Tester;
beforeAll(async () => {
  tester = await openTester();
});
afterAll(() => tester.close());

test('an event of the shop goes through the function at once, and every open page gets the result', async () => {
  const stream = await tester.open('/api/stream');
  const sent = { ...order(), writeKey: 'local', context: { locale: 'en-US' } };
  const answer = tester.ask('/v1/t', { method: 'POST', body: JSON.stringify(sent) });
  await expect(answer).resolves.toMatchObject({ status: 200, body: '{"success":true}' });
  const runs: NonNullable<Update['run']>[] = [];
  for await (const line of linesOf(stream)) {
    const { run } = Update.parse(JSON.parse(/^data: (.*)/.exec(line)?.[1] ?? '{}'));
    if (run === undefined) continue;
    runs.push(run);
    break;
  }
  expect(runs).toMatchObject([{ from: 'shop', results: [{ outcome: 'Delivered' }] }]);
  const event: unknown = JSON.parse(runs[0]?.json ?? '');
  expect(event).toMatchObject({ context: { ip: '127.0.0.1', locale: 'en-US' } });
  expect(event).not.toHaveProperty('writeKey');
});

test('a page that does not read its stream loses it, and the server keeps nothing for it', async () => {
  const stream = await tester.open('/api/stream');
  const broken = once(stream, 'error');
  // Each update has this in it. Together they are more than the connection's buffers hold.
  const problem = new Failure('x'.repeat(1024 * 1024));
  for (let sent = 0; sent < 64; sent += 1) {
    tester.workspace.setBundle(problem);
    // The server has written what it could by then.
    await tester.ask('/');
  }
  stream.resume();
  const thrown: readonly unknown[] = await broken;
  expect(thrown[0]).toMatchObject({ message: 'aborted' });
});

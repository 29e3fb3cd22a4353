// A call of the page as cases for npm run check -- --expect.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Run } from '../../../scripts/tester/api';
import { openTester, order, type Tester } from './open-tester';

let tester: Tester;
beforeAll(async () => {
  tester = await openTester();
});
afterAll(() => tester.close());

const EVENT = order({
  messageId: 'm-77',
  timestamp: '2026-11-20T10:15:00.000Z',
  properties: { email: 'ada@example.org' },
});

/** Runs events, and asks for their cases. */
async function casesOf(events: unknown, query = '') {
  const { id } = Run.parse(JSON.parse((await tester.run(JSON.stringify(events))).body));
  return tester.ask(`/api/runs/case?id=${id}${query}`);
}
const read = (body: string) => z.array(z.looseObject({ event: z.looseObject({}) })).parse(JSON.parse(body));

test('a call is a file to save, with example values and the requests of these', async () => {
  const { status, headers, body } = await casesOf(EVENT);
  expect(status).toBe(200);
  expect(headers['content-disposition']).toBe('attachment; filename="cases.json"');
  expect(read(body)).toMatchObject([
    {
      name: 'Order Completed',
      event: { messageId: 'message-1', properties: { email: 'customer-1@example.com' } },
      requests: [{ data: [{ user: { email: ['sha256(customer-1@example.com)'] } }] }],
    },
  ]);
  expect(body).not.toMatch(/ada@|m-77/);
});

test('a batch is a case for each event', async () => {
  const { body } = await casesOf([EVENT, order({ event: 'Visit' })]);
  expect(read(body)).toMatchObject([
    { name: 'Order Completed' },
    { name: 'Visit', refusal: { outcome: 'unsupported' } },
  ]);
});

test('with personal data if that is asked for', async () => {
  const { body } = await casesOf(EVENT, '&personal=keep');
  expect(read(body)).toMatchObject([{ event: EVENT }]);
});

test('its cases count in no total, and are no call', async () => {
  await casesOf(EVENT);
  const before = await tester.readState();
  await tester.ask(`/api/runs/case?id=${before.runs[0]?.id ?? 0}`);
  const after = await tester.readState();
  expect([after.totals, after.runs.length]).toEqual([before.totals, before.runs.length]);
});

test('a call that is not kept any more, and settings that cannot work', async () => {
  const { status, body } = await tester.ask('/api/runs/case?id=999');
  expect(status).toBe(404);
  expect(JSON.parse(body)).toEqual({ problem: 'The call is not kept any more: run its event again' });
  await tester.workspace.saveSettings({ accessToken: '' });
  const refused = await casesOf(EVENT);
  expect([refused.status, JSON.parse(refused.body)]).toEqual([
    400,
    { problem: 'Fix the settings first: Access Token is missing' },
  ]);
});

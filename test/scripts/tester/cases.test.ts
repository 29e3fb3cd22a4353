// Calls of the page as cases for npm run check -- --expect, whatever the call was.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CaseFile, Run } from '../../../scripts/tester/api';
import { openTester, order, type Tester } from './open-tester';

let tester: Tester;
beforeAll(async () => {
  tester = await openTester();
});
afterAll(() => tester.close());

/** Runs events, and asks for their cases. */
async function casesOf(events: unknown) {
  const { id } = Run.parse(JSON.parse((await tester.run(JSON.stringify(events))).body));
  return tester.ask(`/api/runs/cases?id=${id}`);
}

test('a batch is a case for each of its events, with the requests or the refusal', async () => {
  const { body } = await casesOf([order(), order({ event: 'Visit' })]);
  expect(JSON.parse(CaseFile.parse(JSON.parse(body)).text)).toMatchObject([
    { name: 'Order Completed', requests: [{ data: [{ event: 'Purchase' }] }] },
    { name: 'Visit', refusal: { outcome: 'unsupported' } },
  ]);
});

test('making cases changes no total, and is not a call', async () => {
  await casesOf(order());
  const before = await tester.readState();
  await tester.ask(`/api/runs/cases?id=${before.runs[0]?.id ?? 0}`);
  const after = await tester.readState();
  expect([after.totals, after.runs.length]).toEqual([before.totals, before.runs.length]);
});

test('settings that cannot work are to be fixed first', async () => {
  await tester.workspace.settings.save({ accessToken: '' });
  const { status, body } = await casesOf(order());
  expect([status, JSON.parse(body)]).toEqual([
    400,
    { problem: 'Fix the settings first: Access Token is missing' },
  ]);
});

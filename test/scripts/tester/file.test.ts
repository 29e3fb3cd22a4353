// A file of events that is dropped on the page, and its report.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FileReport } from '../../../scripts/tester/api';
import { openTester, order, type Tester } from './open-tester';

let tester: Tester;
beforeAll(async () => {
  tester = await openTester();
});
afterAll(() => tester.close());

test.each([
  ['one event a line', (lines: string) => lines],
  ['one event a line, gzipped', (lines: string) => gzipSync(lines)],
])('a file with %s gives the report of the terminal', async (_, pack) => {
  const events = [order(), order({ properties: {} }), order({ event: 'Video Playback Started' })];
  const body = pack(events.map((event) => JSON.stringify(event)).join('\n'));
  const answer = await tester.ask('/api/report', { method: 'POST', body });
  const { report } = FileReport.parse(JSON.parse(answer.body));
  expect(report).toMatchObject({ events: 3, delivered: 1, discarded: 1, unsupported: 1, requests: 1 });
});

test('the pages learn how far a long file is, and that it has ended; its events count in no total', async () => {
  const surveyed: number[] = [];
  const end = tester.workspace.watch((update) => {
    if (update.surveyed !== undefined) surveyed.push(update.surveyed);
  });
  const events = Array.from({ length: 2100 }, () => order({ event: 'Video Playback Started' }));
  const before = (await tester.readState()).totals;
  await tester.ask('/api/report', { method: 'POST', body: JSON.stringify(events) });
  end();
  expect(surveyed).toEqual([1000, 2000, 0]);
  expect((await tester.readState()).totals).toEqual(before);
});

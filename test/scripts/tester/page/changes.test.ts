// What the page says changed from one run to the next.
import { expect, test } from '@jest/globals';
import { changesBetween, runBefore } from '../../../../scripts/tester/page/call/changes';
import type { Run } from '../../../../scripts/tester/api';

const requests = (...bodies: readonly string[]) =>
  bodies.map((body) => ({ request: { method: 'POST', url: '', headers: {}, body } }));

const body = (properties: object) => JSON.stringify({ data: [{ event: 'Purchase', properties }] });

test.each<[what: string, before: readonly string[], after: readonly string[], changes: readonly string[]]>([
  ['nothing', [body({ value: 1 })], [body({ value: 1 })], []],
  ['a changed value', [body({ value: 1 })], [body({ value: 2 })], ['data[0].properties.value: 1 -> 2']],
  ['a type', [body({ value: 1 })], [body({ value: '1' })], ['data[0].properties.value: 1 -> "1"']],
  [
    'a field more and a field less',
    [body({ value: 1, order_id: 'a' })],
    [body({ value: 1, currency: 'EUR' })],
    ['data[0].properties.order_id: "a" -> absent', 'data[0].properties.currency: absent -> "EUR"'],
  ],
  [
    'an item of a list',
    [body({ content_ids: ['a'] })],
    [body({ content_ids: ['a', 'b'] })],
    ['data[0].properties.content_ids[1]: absent -> "b"'],
  ],
  ['no request before', [], ['{"event_source":"offline"}'], ['event_source: absent -> "offline"']],
  [
    'one of two requests',
    ['{"data":[1]}', '{"data":[2]}'],
    ['{"data":[1]}', '{"data":[3]}'],
    ['request 2: data[0]: 2 -> 3'],
  ],
])('%s', (_, before, after, changes) => {
  const shown = changesBetween(requests(...before), requests(...after)).map(
    (change) => `${change.path}: ${change.before ?? 'absent'} -> ${change.after ?? 'absent'}`,
  );
  expect(shown).toEqual(changes);
});

const run = (id: number, json: string): Run => ({
  id,
  at: '2026-11-20T10:15:00.000Z',
  from: 'page',
  json,
  isBatch: false,
  isPageCall: false,
  results: [],
  milliseconds: 1,
  logs: '',
  traces: [],
});

test('the run before is the newest earlier one of the same event', () => {
  const runs = [run(4, 'A'), run(3, 'B'), run(2, 'A'), run(1, 'A')];
  expect(runBefore(runs, run(4, 'A'))?.id).toBe(2);
  expect(runBefore(runs, run(3, 'B'))).toBeUndefined();
  expect(runBefore(runs, run(1, 'A'))).toBeUndefined();
  expect(runBefore(runs, { json: 'A' })?.id).toBe(4);
});

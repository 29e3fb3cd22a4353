// A preview of a call while somebody types, and a call as cases for npm run check.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CaseFile, Preview, Problem, type Values } from '../../../scripts/tester/api';
import { openTester, order, type Tester } from './open-tester';

let tester: Tester;
beforeAll(async () => {
  tester = await openTester();
});
afterAll(() => tester.close());

async function preview(event: unknown, values: Values = {}): Promise<Preview> {
  const json = typeof event === 'string' ? event : JSON.stringify(event);
  await tester.workspace.settings.save(values);
  const { body } = await tester.ask('/api/preview', { method: 'POST', body: JSON.stringify({ json }) });
  await tester.workspace.settings.discard();
  return Preview.parse(JSON.parse(body));
}

test('a preview is what the call gives, and nothing is sent, counted or kept', async () => {
  const before = await tester.readState();
  const { call } = await preview(order());
  expect(call).toMatchObject({
    results: [{ outcome: 'Delivered', conversions: [{ event: 'Purchase' }] }],
    isBatch: false,
  });
  expect(await tester.readState()).toEqual(before);
});

test('the settings of the moment count', async () => {
  const values = { eventMappings: { 'Order Completed': 'Lead, Purchase if properties.email = "x"' } };
  expect((await preview(order(), { eventMappings: { 'Order Completed': 'Lead' } })).call).toMatchObject({
    results: [{ conversions: [{ event: 'Lead' }] }],
  });
  expect((await preview(order(), values)).call).toMatchObject({
    results: [{ outcome: 'Unsupported Event Type', conversions: [] }],
  });
});

test('a mapped parameter without a value is left out; its entry says so, and that no event has the path', async () => {
  const values = { parameterMappings: { event_id: 'properties.nr', 'properties.order_id': 'properties.id' } };
  const { call, notes } = await preview(order({ properties: { email: 'jane@example.com', id: 7 } }), values);
  expect(call?.results[0]?.leftOut).toEqual(['event_id: properties.nr has no value in this event']);
  const fields = call?.results[0]?.conversions[0]?.fields ?? [];
  expect(fields.find(({ parameter }) => parameter === 'event_id')?.state).toBe('left out');
  expect(fields.find(({ parameter }) => parameter === 'user.phone')?.state).toBe('absent');
  expect(notes.map(({ key, tone }) => [key, tone])).toEqual([
    ['event_id', 'quiet'],
    ['properties.order_id', 'good'],
  ]);
});

test('the entries say what is sent, also if one of them is overruled', async () => {
  const { call, notes } = await preview(order(), {
    eventMappings: { 'Order Completed': 'Purchase', A: 'Purchase if event = "Order Completed"' },
    parameterMappings: { 'Order Completed: properties.value': '999' },
  });
  const conversions = call?.results[0]?.conversions ?? [];
  expect(conversions.map(({ event }) => event)).toEqual(['Purchase']);
  const value = conversions[0]?.fields.find(({ parameter }) => parameter === 'properties.value');
  expect(value).not.toMatchObject({ value: '999' });
  expect(notes.map(({ key, message }) => [key, message])).toEqual([
    ['Order Completed', 'Matches this event. A sends Purchase instead.'],
    ['A', 'Matches this event: sent as Purchase.'],
    ['Order Completed: properties.value', 'Not for this event: A sends Purchase instead.'],
  ]);
});

test('settings that cannot work give what the function answers', async () => {
  const { call } = await preview(order(), { eventMappings: { 'Order Completed': 'Lead if' } });
  expect(call?.results).toMatchObject([{ outcome: 'Retry', conversions: [] }]);
  expect(call?.results[0]?.error?.message).toContain('Event Mappings, entry "Order Completed"');
});

test.each([{}, { eventSource: 'crm' }])(
  'with %j, a result says whether its event was discarded because it had no contact data',
  async (settings) => {
    const { call } = await preview([order(), order({ properties: {} }), order({ timestamp: 'x' })], settings);
    expect(call?.results.map(({ lacksContact }) => lacksContact)).toEqual([false, true, false]);
  },
);

test('an array is a batch', async () => {
  const { call } = await preview([order(), order({ properties: {} })]);
  expect(call).toMatchObject({
    isBatch: true,
    results: [{ outcome: 'Delivered' }, { outcome: 'Message Rejected' }],
  });
});

test.each([
  ['{\n  "type": }', 'Line 2, column 11: bad JSON: "}" was not expected here'],
  ['', 'There is no event: choose one, or type one.'],
  ['7', 'Expected a Segment event, which is a JSON object, or an array of them.'],
])('of %j, while it is being typed, the preview says what is wrong', async (json, problem) => {
  expect(await preview(json)).toMatchObject({ problem });
});

test('TikTok’s answer that was chosen is for calls, not for previews', async () => {
  tester.workspace.setAnswer('unavailable');
  expect((await preview(order())).call).toMatchObject({ results: [{ outcome: 'Delivered' }] });
  tester.workspace.setAnswer('ok');
});

const cases = async (query: string) =>
  CaseFile.parse(JSON.parse((await tester.ask(`/api/runs/cases?${query}`)).body));

test('a call can be had as cases, with example values in the place of a person’s', async () => {
  const event = order({ properties: { email: 'someone.real@example.org', total: 5, currency: 'EUR' } });
  const run = await tester.workspace.run([event, order({ event: 'Signed Up' })], 'page');
  const { text, unfaithful } = await cases(`id=${run.id}`);
  expect(unfaithful).toBe(0);
  expect(text).not.toContain('someone.real');
  expect(JSON.parse(text)).toMatchObject([
    { name: 'Order Completed', requests: [{ data: [{ event: 'Purchase', properties: { value: 5 } }] }] },
    { name: 'Signed Up', requests: [{ data: [{ event: 'CompleteRegistration' }] }] },
  ]);
  expect((await cases(`id=${run.id}&personal=keep`)).text).toContain('someone.real@example.org');
});

test('a call that is not kept any more cannot be had as cases', async () => {
  const { status, body } = await tester.ask('/api/runs/cases?id=99');
  expect([status, Problem.parse(JSON.parse(body)).problem]).toEqual([
    400,
    'Call 99 is not kept any more: run the event again',
  ]);
});

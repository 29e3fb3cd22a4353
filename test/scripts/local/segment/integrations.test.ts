// Which events the local Segment hands over to the function: the others are reported as not handed over.
import { expect, test } from '@jest/globals';
import { createRuntime } from '../../../../scripts/local/segment/runtime';

const CODE = `
  function onTrack() {}
  function onBatch(events) {
    console.log(events.map(({ id }) => id).join());
    return events.map(({ id }) => (id === 'bad' ? { status: 400, errormessage: 'bad' } : { status: 200 }));
  }`;
const runtime = createRuntime({ code: CODE, functionName: 'Offline', routes: {} });
const outcomeOf = async (integrations: unknown, functionName = 'Offline') =>
  (await createRuntime({ code: CODE, functionName, routes: {} }).send({ type: 'track', integrations }, {}))
    .outcome;

test.each<[integrations: unknown, isHandedOver: boolean]>([
  [undefined, true],
  [null, true],
  ['none', true],
  [{}, true],
  [{ All: true }, true],
  [{ All: false }, false],
  [{ all: false }, true],
  [{ All: false, 'Offline (Berlin)': true }, true],
  [{ All: false, 'Offline (Berlin)': { key: 1 } }, true],
  [{ All: false, 'Offline (Berlin)': null }, false],
  [{ All: false, Offline: true }, false],
  [{ All: false, 'Another (Berlin)': true }, false],
  [{ 'Offline (Berlin)': false }, false],
  [{ All: true, 'Offline (Berlin)': false }, false],
  [{ Offline: false }, true],
  [{ '': false }, true],
  [{ All: false, '': true }, false],
  [{ 'Offline now (Berlin)': false }, true],
])('with integrations %j it is %s that the function is called', async (integrations, isHandedOver) => {
  expect(await outcomeOf(integrations)).toBe(isHandedOver ? 'Delivered' : 'Not handed over');
});

test('a name with the workspace is that one only', async () => {
  expect(await outcomeOf({ 'Offline (Berlin)': false }, 'Offline (Berlin)')).toBe('Not handed over');
  expect(await outcomeOf({ 'Offline (Paris)': false }, 'Offline (Berlin)')).toBe('Delivered');
  // Or a name that has brackets itself.
  expect(await outcomeOf({ 'Offline (EU) (Acme)': false }, 'Offline (EU)')).toBe('Not handed over');
});

test('in a batch, the others are handed over, and each event has its own result', async () => {
  const off = { integrations: { All: false } };
  const { results, logs } = await runtime.sendBatch(
    [{ id: 'a' }, { id: 'b', ...off }, { id: 'bad' }, { id: 'c', ...off }, { id: 'd' }],
    {},
  );
  expect(logs).toBe('a,bad,d\n');
  expect(results.map(({ outcome }) => outcome)).toEqual([
    'Delivered',
    'Not handed over',
    'Message Rejected',
    'Not handed over',
    'Delivered',
  ]);
});

test('a batch of none that is handed over makes no call', async () => {
  const { results, logs } = await runtime.sendBatch([{ integrations: { All: false } }], {});
  expect({ outcomes: results.map(({ outcome }) => outcome), logs }).toEqual({
    outcomes: ['Not handed over'],
    logs: '',
  });
});

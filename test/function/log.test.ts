// What the function logs: with a Test Event Code, what it left out, so that Segment's tester shows it under Logs.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createWorld, track, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const TEST = { testEventCode: 'TEST12345' };
/** An event of which something is left out. */
const flawed = () =>
  track({ properties: { email: ['jane@example.com', 'nobody'], value: '1,250', currency: 'euros' } });

test('nothing without a Test Event Code, and nothing if nothing was left out', async () => {
  expect((await world.send(flawed())).logs).toBe('');
  expect((await world.send(track(), TEST)).logs).toBe('');
});

test('one line for an event: each parameter, its source and the reason', async () => {
  const { outcome, logs } = await world.send(flawed(), TEST);
  expect(outcome).toBe('Delivered');
  expect(logs).toBe(
    'Left out of event 1, Order Completed: user.email: a part of "properties.email" is not an email address; ' +
      'properties.value: "properties.value" is an amount that could be read in two ways, such as "1,250"; ' +
      'properties.currency: "properties.currency" is not a currency of ISO 4217\n',
  );
});

test('one line for an event whose name has several', async () => {
  const settings = { ...TEST, eventMappings: { 'Order\nLeft out of event 7': 'Purchase' } };
  const { logs } = await world.send({ ...flawed(), event: 'Order\nLeft out of event 7' }, settings);
  expect(logs).toMatch(/^Left out of event 1, Order Left out of event 7: .*\n$/);
});

test('a line for each event of a batch, by its place, also if TikTok fails', async () => {
  world.tiktok.misbehave({ code: 40100 });
  const { logs } = await world.sendBatch([track(), flawed(), { type: 'page' }, flawed()], TEST);
  expect(logs.match(/^Left out of event \d/gm)).toEqual(['Left out of event 2', 'Left out of event 4']);
});

test('never a value, an address, a number or the token, wherever they stand', async () => {
  const settings = {
    ...TEST,
    eventMappings: { 'Call from jane@example.com +1 415 555 0102': 'Contact' },
    parameterMappings: {
      'properties.order_id': '"jane@example.com"',
      'properties.shop_id': `properties["4155550102"] ?? "+1 415 555 0102"`,
      'properties.token-for-the-tests-4f1c': '"jane@example.com"',
    },
  };
  const event = track({
    event: 'Call from jane@example.com +1 415 555 0102',
    properties: { email: 'jane@example.com', query: 'secret words +1 415 555 0102', 4155550102: 'n/a' },
  });
  const { outcome, logs } = await world.send(event, settings);
  expect(outcome).toBe('Delivered');
  expect(logs).toContain('Left out of event 1, Call from [email] +[number]: ');
  expect(logs).toMatch(/properties\.order_id: "\[email\]" is a string that contains personal data/);
  expect(logs).not.toMatch(/jane|secret|5550102|555 0102|4f1c/);
});

test('a product that is like the others is reported once', async () => {
  const products = Array.from({ length: 500 }, (_, index) => ({ sku: `sku-${index}`, price: '1,250' }));
  const { logs } = await world.send(track({ properties: { email: 'jane@example.com', products } }), TEST);
  expect(logs.match(/properties\.contents\.price/g)).toHaveLength(1);
});

test('at most 3 KB a call, then how many more there are', async () => {
  const name = '買い物'.repeat(20);
  const settings = { ...TEST, eventMappings: { [name]: 'Purchase' } };
  const events = Array.from({ length: 400 }, () => ({ ...flawed(), event: name }));
  const { logs } = await world.sendBatch(events, settings);
  const lines = logs.trimEnd().split('\n');
  expect(Buffer.byteLength(logs)).toBeGreaterThan(2000);
  expect(Buffer.byteLength(logs)).toBeLessThanOrEqual(3000);
  expect(lines.at(-1)).toBe(`and ${400 - (lines.length - 1)} more`);
});

test('an event with very much left out does not take the room of the others', async () => {
  const parameterMappings = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`properties.custom_${index}`, 'properties.query']),
  );
  const wordy = track({ properties: { email: 'jane@example.com', query: 'jane@example.com' } });
  const { logs } = await world.sendBatch([wordy, wordy], { ...TEST, parameterMappings });
  const lines = logs.trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(1100);
    expect(line).toMatch(/; and \d+ more$/);
  }
});

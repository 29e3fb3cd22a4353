// Conditions in Event Mappings: which events an entry matches, and how entries combine.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWorld, track, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const order = (properties: object = {}, change: object = {}) =>
  track({ properties: { email: 'jane@example.com', ...properties }, ...change });

/** The TikTok names that an event is sent under. */
async function namesOf(
  event: object,
  eventMappings: object,
  settings: object = {},
): Promise<readonly string[]> {
  const before = world.tiktok.counted.length;
  const { outcome, error } = await world.send(event, { eventMappings, ...settings });
  if (outcome !== 'Delivered' && outcome !== 'Unsupported Event Type')
    throw new Error(`${outcome}: ${error?.message ?? ''}`);
  return world.tiktok.counted.slice(before).map((counted) => counted.event.event);
}

const IN_STORE = { 'Order Completed': 'Purchase if properties.channel = "store"' };

test('in-store orders only: the entry replaces the default, and its condition narrows it', async () => {
  expect(await namesOf(order({ channel: 'store' }), IN_STORE)).toEqual(['Purchase']);
  expect(await namesOf(order({ channel: 'web' }), IN_STORE)).toEqual([]);
  expect(await namesOf(order(), IN_STORE)).toEqual([]);
});

test.each(['Purchase when properties.channel = "store"', 'Purchase if: properties.channel = "store"'])(
  '%j, whose condition is not one, sends no order: all wait until it is fixed',
  async (entry) => {
    const before = world.tiktok.requests.length;
    const call = await world.send(order({ channel: 'web' }), { eventMappings: { 'Order Completed': entry } });
    expect(call).toMatchObject({ outcome: 'Retry', error: { name: 'RetryError' } });
    expect(call.error?.message).toContain('Event Mappings, entry "Order Completed": expected "," or "if"');
    expect(world.tiktok.requests).toHaveLength(before);
  },
);

test('a message says which part of the condition does not hold', async () => {
  const settings = {
    eventMappings: { 'Order Completed': 'Purchase if properties.channel = "store" and properties.total > 5' },
  };
  const { outcome, error } = await world.send(order({ channel: 'store', total: 5 }), settings);
  expect({ outcome, message: error?.message }).toEqual({
    outcome: 'Unsupported Event Type',
    message:
      'The condition of Event Mappings, entry "Order Completed", does not hold for this event: properties.total > 5.',
  });
});

test("a CRM's identify call with a lead status, as Lead and as Purchase; the key is only a label", async () => {
  const mappings = {
    'New leads': 'Lead if type = "identify" and traits.lead_status = "new"',
    'Won deals': "Lead, Purchase if type = 'identify' and traits.lead_status = 'won'",
  };
  const identify = (lead_status: string) => ({
    type: 'identify',
    messageId: `identify-${lead_status}`,
    timestamp: '2026-11-20T10:15:00.000Z',
    traits: { email: 'jane@example.com', lead_status },
  });
  expect(await namesOf(identify('new'), mappings)).toEqual(['Lead']);
  expect(await namesOf(identify('won'), mappings)).toEqual(['Lead', 'Purchase']);
  expect(await namesOf(identify('lost'), mappings)).toEqual([]);
});

test('a high-value order as a second, custom conversion with parameters of its own', async () => {
  const settings = {
    eventMappings: { 'High value': 'big_order if event = "Order Completed" and properties.total > 500' },
    parameterMappings: {
      'properties.description': '"an order"',
      'High value: properties.description': '"a big order"',
      'High value: properties.value': '1',
    },
  };
  const before = world.tiktok.counted.length;
  await world.send(order({ total: 900, currency: 'EUR' }), settings);
  await world.send(order({ total: 100, currency: 'EUR' }), settings);
  const sent = world.tiktok.counted
    .slice(before)
    .map(({ event }) => [event.event, event.properties?.value, event.properties?.description]);
  expect(sent).toEqual([
    ['big_order', 1, 'a big order'],
    ['Purchase', 900, 'an order'],
    ['Purchase', 100, 'an order'],
  ]);
});

test('one event for two countries, each with its own currency', async () => {
  const settings = {
    eventMappings: {
      'Order Completed': '',
      'Orders DE': 'Purchase if event = "Order Completed" and properties.shop = "de"',
      'Orders CH': 'Purchase if event = "Order Completed" and properties.shop = "ch"',
    },
    parameterMappings: {
      'Orders DE: properties.currency': '"EUR"',
      'Orders CH: properties.currency': '"CHF"',
      'Orders CH: user.phone.country': '"CH"',
    },
  };
  const currencyOf = async (shop: string) =>
    (await world.deliver(order({ shop }), settings)).properties?.currency;
  expect([await currencyOf('de'), await currencyOf('ch')]).toEqual(['EUR', 'CHF']);
  expect(await namesOf(order({ shop: 'fr' }), settings.eventMappings)).toEqual([]);
});

test.each(['track', 'page', 'screen', 'identify', 'group', 'alias'])(
  'a %s call can be sent, alone and in a batch',
  async (type) => {
    const mappings = { 'Any call': `custom_event if type = "${type}"` };
    const event = { ...order(), type, traits: { email: 'jane@example.com' } };
    expect(await namesOf(event, mappings)).toContain('custom_event');
    const { results } = await world.sendBatch([{ ...event, messageId: `batch-${type}` }], {
      eventMappings: mappings,
    });
    expect(results).toEqual([{ outcome: 'Delivered' }]);
  },
);

test('a delete call is never sent', async () => {
  const mappings = { Deletes: 'custom_event if type = "delete"' };
  const { results } = await world.sendBatch([{ ...order(), type: 'delete' }], { eventMappings: mappings });
  expect(results[0]?.error?.message).toContain(
    'Only track, page, screen, identify, group and alias calls are sent.',
  );
});

describe('entries that match the same event', () => {
  const all = 'event = "Order Completed"';

  test('each name is sent once, of the entry with a condition', async () => {
    const settings = {
      eventMappings: { Rule: `Purchase, extra if ${all}` },
      parameterMappings: { 'Rule: properties.description': '"of the rule"' },
    };
    const before = world.tiktok.counted.length;
    await world.send(order(), settings);
    const sent = world.tiktok.counted
      .slice(before)
      .map(({ event }) => [event.event, event.properties?.description]);
    expect(sent).toEqual([
      ['Purchase', 'of the rule'],
      ['extra', 'of the rule'],
    ]);
  });

  test('of several with a condition, of the first by key in code point order', async () => {
    const settings = {
      eventMappings: { b: `A if ${all}`, Z: `A if ${all}`, a: `A if ${all}` },
      parameterMappings: Object.fromEntries(
        ['a', 'b', 'Z'].map((key) => [`${key}: properties.description`, `"${key}"`]),
      ),
    };
    const before = world.tiktok.counted.length;
    await world.send(order(), settings);
    const sent = world.tiktok.counted
      .slice(before)
      .map(({ event }) => [event.event, event.properties?.description]);
    expect(sent).toEqual([
      ['A', 'Z'],
      ['Purchase', undefined],
    ]);
  });

  test('in the order of code points also beyond U+FFFF', async () => {
    const [wide, emoji] = ['\uff5a', '\u{1f600}'];
    const settings = {
      eventMappings: { [emoji]: `A if ${all}`, [wide]: `A if ${all}` },
      parameterMappings: {
        [`${emoji}: properties.description`]: '"emoji"',
        [`${wide}: properties.description`]: '"wide"',
      },
    };
    const before = world.tiktok.counted.length;
    await world.send(order(), settings);
    expect(world.tiktok.counted[before]?.event.properties?.description).toBe('wide');
  });

  test('a label that is the name of a default replaces the default', async () => {
    const mappings = { 'Order Completed': 'custom_event if type = "track" and properties.x = 1' };
    expect(await namesOf(order({ x: 1 }), mappings)).toEqual(['custom_event']);
    expect(await namesOf(order({ x: 2 }), mappings)).toEqual([]);
    expect(await namesOf(order({ x: 1 }, { event: 'Anything' }), mappings)).toEqual(['custom_event']);
  });

  test('what can be sent is sent, and what cannot is reported', async () => {
    const settings = {
      eventMappings: { Rule: `extra if ${all}` },
      parameterMappings: { 'Rule: user.email': 'properties.other' },
    };
    const before = world.tiktok.counted.length;
    const { outcome, error } = await world.send(order({ other: 'nobody' }), settings);
    expect(outcome).toBe('Message Rejected');
    expect(error?.message).toContain('"properties.other" is not an email address');
    expect(world.tiktok.counted.slice(before).map(({ event }) => event.event)).toEqual(['Purchase']);
  });
});

test('types are strict: a text is not a number', async () => {
  const mappings = { 'Order Completed': 'Purchase if properties.total = 5' };
  expect(await namesOf(order({ total: 5 }), mappings)).toEqual(['Purchase']);
  expect(await namesOf(order({ total: '5' }), mappings)).toEqual([]);
});

describe('a malformed entry', () => {
  const outcomeOf = async (event: object, eventMappings: object) => {
    const { outcome, error } = await world.send(event, { eventMappings });
    return { outcome, message: error?.message ?? '' };
  };

  test.each([
    ['Purchase if', 'expected '],
    ['Purchase if properties.a = ', 'expected '],
    ['Purchase if event = "a" and', 'expected '],
    ['Purchase if (properties.a = 1', 'expected '],
    ['if properties.a = 1', 'expected TikTok event names before "if"'],
    ['Purchase if contain(event, "a")', 'contains'],
  ])('%j is reported with its place and what was expected; nothing is sent', async (value, words) => {
    const before = world.tiktok.requests.length;
    const { outcome, message } = await outcomeOf(order(), { 'Order Completed': value });
    expect(outcome).toBe('Retry');
    expect(message).toContain('Event Mappings, entry "Order Completed": ');
    expect(message).toContain(words);
    expect(world.tiktok.requests).toHaveLength(before);
  });

  test('has only the events tried again that it could match', async () => {
    const broken = { 'Order Completed': 'Purchase if properties.a =' };
    expect((await outcomeOf(order({}, { event: 'Video Played' }), broken)).outcome).toBe(
      'Unsupported Event Type',
    );
    expect((await outcomeOf({ type: 'identify' }, broken)).outcome).toBe('Unsupported Event Type');
    expect((await outcomeOf(order(), broken)).outcome).toBe('Retry');
    expect((await outcomeOf(order({}, { event: 'Signed Up' }), broken)).outcome).toBe('Retry');
    // What cannot be read may test the type of any call.
    const label = { Label: 'Lead if type = "identify" and' };
    expect((await outcomeOf({ type: 'identify' }, label)).outcome).toBe('Retry');
    expect((await outcomeOf(order({}, { event: 'Video Played' }), label)).outcome).toBe('Retry');
  });
});

test('an event that nothing matches is unsupported, also while a setting is missing', async () => {
  const send = (event: object, settings: object) => world.segment.send(event, settings);
  const video = order({}, { event: 'Video Played' });
  expect((await send(video, {})).outcome).toBe('Unsupported Event Type');
  expect((await send(order({ channel: 'web' }), { eventMappings: IN_STORE })).outcome).toBe(
    'Unsupported Event Type',
  );
  expect((await send(order({ channel: 'store' }), { eventMappings: IN_STORE })).outcome).toBe('Retry');
  expect((await send(order(), {})).outcome).toBe('Retry');
  const { results } = await world.segment.sendBatch([video, order(), { type: 'group' }], {});
  expect(results.map(({ outcome, error }) => [outcome, error?.name])).toEqual([
    ['Message Rejected', 'Status 400'],
    ['Retry', 'Status 500'],
    ['Message Rejected', 'Status 400'],
  ]);
  // Nothing is known of what the workspace has mapped.
  expect((await send(video, { eventMappings: 'none' })).outcome).toBe('Retry');
});

test('two instances with different settings in one environment never see each other’s', async () => {
  const one = { eventMappings: { Rule: 'one if event = "Order Completed"', 'Order Completed': '' } };
  const other = { eventMappings: { Rule: 'other if event = "Order Completed"', 'Order Completed': '' } };
  for (let round = 0; round < 3; round += 1) {
    expect(await namesOf(order(), one.eventMappings)).toEqual(['one']);
    expect(await namesOf(order(), other.eventMappings)).toEqual(['other']);
    expect(await namesOf(order(), {})).toEqual(['Purchase']);
  }
  const many = Array.from({ length: 40 }, (_, index) => ({ 'Order Completed': `name_${index}` }));
  for (const mappings of [...many, ...many])
    expect(await namesOf(order(), mappings)).toEqual([mappings['Order Completed']]);
});

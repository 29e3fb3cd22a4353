// Mappings that a workspace keeps in its settings.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWorld, hash, track, type World } from './support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

describe('event mappings', () => {
  async function namesOf(event: string, eventMappings: object): Promise<readonly string[]> {
    const before = world.tiktok.counted.length;
    const call = await world.send(track({ event }), { eventMappings });
    if (call.outcome === 'Unsupported Event Type') return [];
    expect(call.outcome).toBe('Delivered');
    return world.tiktok.counted.slice(before).map((counted) => counted.event.event);
  }

  test.each<[what: string, event: string, mappings: object, names: readonly string[]]>([
    ['adds to the defaults', 'In-Store Visit', { 'In-Store Visit': 'FindLocation' }, ['FindLocation']],
    [
      'leaves the other defaults',
      'Signed Up',
      { 'In-Store Visit': 'FindLocation' },
      ['CompleteRegistration'],
    ],
    ['replaces a default', 'Order Completed', { 'order completed ': 'CompletePayment' }, ['CompletePayment']],
    ['has a name of your own', 'Order Completed', { 'Order Completed': ' my_event ' }, ['my_event']],
    ['turns a default off', 'Order Completed', { 'Order Completed': ' ' }, []],
    [
      'makes several of one',
      'Order Completed',
      { 'Order Completed': 'Purchase, my_event,' },
      ['Purchase', 'my_event'],
    ],
  ])('an entry %s', async (_, event, mappings, names) => {
    await expect(namesOf(event, mappings)).resolves.toEqual(names);
  });

  test('several TikTok events of one Segment event go in one request', async () => {
    const before = world.tiktok.requests.length;
    await namesOf('Order Completed', { 'Order Completed': 'Purchase,Subscribe' });
    expect(world.tiktok.requests).toHaveLength(before + 1);
  });

  test('page calls are mapped under the name Page Viewed', async () => {
    const event = track({ type: 'page', event: undefined, name: 'Pricing' });
    const sent = await world.deliver(event, { eventMappings: { 'page viewed': 'ViewContent' } });
    expect(sent.event).toBe('ViewContent');
  });
});

describe('parameter mappings', () => {
  const event = (properties: object = {}) =>
    track({ properties: { email: 'jane@example.com', total: 5, color: 'red', size: 'XL', ...properties } });

  test('an entry replaces a default source, and one for an event wins over one for all', async () => {
    const parameterMappings = {
      'properties.value': 'properties.missing ?? properties.total',
      'Order Completed: properties.value': '7',
      'Other: properties.value': '9',
      'user.first_name': 'properties.color',
      'properties.color': 'properties.color',
      'properties.Size': 'properties.size',
      'properties.gift': 'true',
    };
    const sent = await world.deliver(event(), { parameterMappings });
    expect(sent.user.first_name).toBe(hash('red'));
    expect(sent.properties).toEqual({
      content_type: 'product',
      value: 7,
      color: 'red',
      Size: 'XL',
      gift: true,
    });
  });

  test('an event may have a colon in its name', async () => {
    const sent = await world.deliver(track({ ...event(), event: 'Shop: Paid' }), {
      eventMappings: { 'Shop: Paid': 'Purchase' },
      parameterMappings: { 'shop: paid: properties.value': '1' },
    });
    expect(sent.properties?.value).toBe(1);
  });

  test('an empty entry turns a parameter off', async () => {
    const sent = await world.deliver(event(), {
      limitedDataUse: true,
      parameterMappings: {
        'properties.content_type': '',
        'properties.value': ' ',
        limited_data_use: '',
        event_id: '',
      },
    });
    expect(sent).toEqual({
      event: 'Purchase',
      event_time: 1795169700,
      user: { email: [hash('jane@example.com')] },
    });
  });

  test('products are mapped item by item', async () => {
    const sent = await world.deliver(event({ lines: [{ id: 1, cost: '2' }, { id: 3 }] }), {
      parameterMappings: {
        'properties.contents': 'properties.lines',
        'properties.contents.content_id': 'id',
        'properties.contents.price': 'cost ?? 0',
      },
    });
    expect(sent.properties?.contents).toEqual([
      { content_id: '1', price: 2 },
      { content_id: '3', price: 0 },
    ]);
  });

  test('personal data is read where the mapping says, and a refusal names that place', async () => {
    const parameterMappings = { 'user.email': 'properties.customer.mail', 'user.phone': '' };
    const sent = await world.deliver(event({ customer: { mail: 'MAPPED@example.com' } }), {
      parameterMappings,
    });
    expect(sent.user).toEqual({ email: [hash('mapped@example.com')] });
    const call = await world.send(event(), { parameterMappings });
    expect(call.outcome).toBe('Message Rejected');
    expect(call.error?.message).toContain('user.email: "properties.customer.mail" is absent. Send it');
  });

  test.each<[entry: string, value: unknown, problem: string]>([
    ['user.mail', 'x', 'TikTok has no such parameter'],
    ['users.email', 'x', 'TikTok has no such parameter'],
    ['properties.__proto__', 'x', 'TikTok has no such parameter'],
    ['properties.contents.color', 'x', 'TikTok has no such parameter'],
    ['Order Completed:user.email', 'x', 'TikTok has no such parameter'],
    [': user.email', 'x', 'TikTok has no such parameter'],
    [
      'properties.value',
      'properties..x',
      'expected .name, [index], ["name"], ?? or the end at character 11 of properties..x',
    ],
    [
      'properties.value',
      'properties.x ?? ',
      'expected a path or a literal at character 16 of properties.x ??',
    ],
    ['properties.contents', '"x"', 'expected paths only'],
    ['event_time', '', 'TikTok needs it'],
    ['properties.value', 7, 'expected a text'],
  ])(
    'an entry "%s" with %j is told with its place; Segment keeps the event',
    async (entry, value, problem) => {
      const requests = world.tiktok.requests.length;
      const call = await world.send(event(), { parameterMappings: { [entry]: value } });
      expect(call).toMatchObject({ outcome: 'Retry', error: { name: 'RetryError' } });
      expect(call.error?.message).toContain(`Parameter Mappings, entry "${entry}": ${problem}`);
      expect(world.tiktok.requests).toHaveLength(requests);
    },
  );

  test('all malformed entries are told at once, and without personal data', async () => {
    const call = await world.send(event(), {
      eventMappings: { 'Signed Up': 'A', 'signed up': 'B', ' ': 'C' },
      parameterMappings: { 'user.email': '"jane@example.com" x', 'User.Email': 'a', 'user.phone': '?? a' },
    });
    const message = call.error?.message ?? '';
    expect(message).toContain('Event Mappings, entry "signed up": blank, or there twice');
    expect(message).toContain('Event Mappings, entry " ": blank, or there twice');
    expect(message).toContain('Parameter Mappings, entry "user.email": expected');
    expect(message).toContain('Parameter Mappings, entry "user.phone": expected');
    expect(message).not.toContain('jane@example.com');
  });

  test('a mapping that leaves neither email nor phone is for the operator to mend', async () => {
    const call = await world.send(event(), { parameterMappings: { 'user.email': '', 'user.phone': '' } });
    expect(call).toMatchObject({ outcome: 'Retry', error: { name: 'RetryError' } });
    expect(call.error?.message).toContain('Parameter Mappings must leave user.email or user.phone');
  });

  test('a product that is none is not made one by a literal', async () => {
    const sent = await world.deliver(event({ products: [null, 'x', { product_id: 'p-1' }] }), {
      parameterMappings: { 'properties.contents.brand': '"Acme"' },
    });
    expect(sent.properties?.contents).toEqual([{ content_id: 'p-1', brand: 'Acme' }]);
  });

  test('a parameter of your own keeps its type', async () => {
    const sent = await world.deliver(event({ code: '007', size: 42 }), {
      parameterMappings: { 'properties.code': 'properties.code', 'properties.size': 'properties.size' },
    });
    expect(sent.properties).toMatchObject({ code: '007', size: 42 });
  });

  test('a parameter given twice in different case is told', async () => {
    const call = await world.send(event(), { parameterMappings: { 'user.email': 'a', 'User.Email': 'b' } });
    expect(call.error?.message).toContain('entry "User.Email": it is there twice');
  });
});

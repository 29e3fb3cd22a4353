// Mappings that a workspace keeps in its settings.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWorld, hash, track, type World } from '../support/world';

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
    ['has a no-break space', 'Order Completed', { 'Order\u00a0Completed': 'my_event' }, ['my_event']],
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

  test('the same name twice is sent once', async () => {
    await namesOf('Order Completed', { 'Order Completed': 'my_event, my_event' });
    expect(world.tiktok.requests.at(-1)?.body.match(/my_event/g)).toHaveLength(1);
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
    expect(call.error?.message).toContain(
      'user.email: "properties.customer.mail" is absent. Send a valid value',
    );
  });

  test.each<[entry: string, value: unknown, problem: string]>([
    ['user.mail', 'x', 'expected a TikTok parameter, alone or after "Segment event: "'],
    ['users.email', 'x', 'expected a TikTok parameter, alone or after "Segment event: "'],
    ['properties.__proto__', 'x', 'expected a TikTok parameter, alone or after "Segment event: "'],
    ['properties.contents.color', 'x', 'expected a TikTok parameter, alone or after "Segment event: "'],
    ['Order Completed:user.email', 'x', 'expected a TikTok parameter, alone or after "Segment event: "'],
    [' : user.email', 'x', 'expected a TikTok parameter'],
    [': user.email', 'x', 'expected a TikTok parameter, alone or after "Segment event: "'],
    ['properties.value', 'properties..x', 'expected a name (character 12 of properties..x)'],
    [
      'properties.value',
      'properties.x ?? ',
      'expected a path or a literal (character 16 of properties.x ??)',
    ],
    [
      'user.email',
      'properties["mail',
      'expected the closing quotation mark (character 17 of properties["mail)',
    ],
    ['user.email', '"open', 'expected the closing quotation mark (character 6 of "open)'],
    [
      'properties.value',
      'property.total',
      'expected a field of a Segment event; did you mean properties? (character 1 of property.total)',
    ],
    [
      'properties.value',
      'event.properties.total',
      'expected nothing after event, which has no fields of its own; did you mean properties, without event? (character 6 of event.properties.total)',
    ],
    [
      'properties.order_id',
      '"{{store}}-{{receipt}}"',
      'expected a field of a Segment event, such as properties (character 4 of "{{store}}-{{receipt}}")',
    ],
    [
      'properties.value',
      'properties.total / 0',
      'expected a number other than 0 (character 20 of properties.total / 0)',
    ],
    ['properties.contents', 'properties.lines ?? "x"', 'expected a path, not "x"'],
    ['properties.contents', '!properties.lines', 'expected a path, not !properties.lines'],
    [
      'properties.value',
      'properties.total ?? properties.products[].price',
      'expected a path to one value, not properties.products[].price: properties.value is not a list',
    ],
    [
      'user.city',
      '"{{properties.towns[]}}"',
      'expected a path to one value, not "{{properties.towns[]}}": user.city is not a list',
    ],
    ['users.x: properties.contents.odd', 'x', 'expected a TikTok parameter'],
    ['properties.two words', 'x', 'expected a TikTok parameter'],
    [
      'user.mail',
      'x',
      'expected a TikTok parameter, alone or after "Segment event: "; did you mean user.email?',
    ],
    ['Signed Up: value', 'x', 'expected a TikTok parameter'],
    ['event_time', '', 'expected a source: TikTok needs the time'],
    ['properties.value', 7, 'expected a string'],
  ])(
    'an entry "%s" with %j is reported with its place; Segment keeps the event',
    async (entry, value, problem) => {
      const requests = world.tiktok.requests.length;
      const call = await world.send(event(), { parameterMappings: { [entry]: value } });
      expect(call).toMatchObject({ outcome: 'Retry', error: { name: 'RetryError' } });
      expect(call.error?.message).toContain(`Parameter Mappings, entry "${entry}": ${problem}`);
      expect(world.tiktok.requests).toHaveLength(requests);
    },
  );

  test('blank rows of the maps are not entries', async () => {
    const blank = { '': '', ' ': ' ', '  ': null };
    await world.deliver(event(), { eventMappings: blank, parameterMappings: blank });
  });

  test('all malformed entries are reported at once, and without personal data', async () => {
    const call = await world.send(event(), {
      eventMappings: { 'Signed Up': 'A', 'signed up': 'B', ' ': 'C' },
      parameterMappings: {
        'user.email': '"jane@example.com" x',
        'User.Email': 'userId',
        'user.phone': '?? a',
      },
    });
    const message = call.error?.message ?? '';
    expect(message).toContain(
      'Event Mappings, entry "signed up": duplicate entry (case and spacing are ignored)',
    );
    expect(message).toContain('Event Mappings, entry " ": expected an event name');
    expect(message).toContain(
      'Parameter Mappings, entry "user.email": expected ?? or the end (character 20 of "[email]" x)',
    );
    expect(message).toContain(
      'Parameter Mappings, entry "user.phone": expected a path or a literal (character 1 of ?? a)',
    );
    expect(message).not.toContain('jane@example.com');
  });

  test('a mapping that leaves neither email nor phone is for the operator to fix', async () => {
    const call = await world.send(event(), { parameterMappings: { 'user.email': '', 'user.phone': '' } });
    expect(call).toMatchObject({ outcome: 'Retry', error: { name: 'RetryError' } });
    expect(call.error?.message).toContain(
      'Parameter Mappings must not leave both user.email and user.phone empty',
    );
  });

  test('a text of a mapping that cannot be sent is quoted once', async () => {
    const parameterMappings = { 'user.email': '"nobody"', 'user.phone': 'properties.phone' };
    const call = await world.send(event(), { parameterMappings });
    expect(call.error?.message).toContain('user.email: "nobody" is not an email address.');
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

  test.each([
    ['user.email', 'User.Email'],
    ['Order Completed: user.email', ' order completed : USER.EMAIL'],
    ['properties.color', 'properties.COLOR'],
  ])('entries %j and %j are one parameter twice, which is told', async (one, other) => {
    const call = await world.send(event(), { parameterMappings: { [one]: 'userId', [other]: 'event' } });
    expect(call.error?.message).toContain(`entry "${other}": duplicate entry`);
  });

  test('an empty entry for an event wins over one for all events', async () => {
    const sent = await world.deliver(event(), {
      parameterMappings: { 'properties.description': '"all"', 'order completed: properties.description': '' },
    });
    expect(sent.properties).not.toHaveProperty('description');
  });

  test('the IDs of the products, their number, and the older name of the search', async () => {
    const products = [{ sku: 'a' }, { sku: 'b' }];
    const sent = await world.deliver(
      event({ products, ids: ['a', 7, ' ', 'n/a', 'a'], count: '2', query: 'shoes' }),
      {
        parameterMappings: {
          'properties.content_ids': 'properties.ids',
          'properties.num_items': 'properties.count',
          'properties.query': 'properties.query',
        },
      },
    );
    expect(sent.properties).toMatchObject({
      content_ids: ['a', '7'],
      num_items: 2,
      query: 'shoes',
      search_string: 'shoes',
    });
    const one = await world.deliver(event(), { parameterMappings: { 'properties.content_ids': '"a"' } });
    expect(one.properties?.content_ids).toEqual(['a']);
  });

  test('entries under Page Viewed hold for page calls', async () => {
    const page = track({
      type: 'page',
      event: undefined,
      properties: { email: 'jane@example.com', name: 'Pricing' },
    });
    const sent = await world.deliver(page, {
      eventMappings: { 'Page Viewed': 'PageView' },
      parameterMappings: { 'Page Viewed: properties.description': 'properties.name' },
    });
    expect(sent.properties?.description).toBe('Pricing');
  });

  test.each(['user.external_id', 'user.first_name', 'user.last_name'] as const)(
    '%s is trimmed, lower-cased and hashed, whatever it comes from',
    async (parameter) => {
      const field = parameter.slice('user.'.length);
      for (const source of [
        'properties.given',
        '"  Some One "',
        'properties["odd key"] ?? $.properties.given',
      ]) {
        const sent = await world.deliver(event({ given: ' Some ONE' }), {
          parameterMappings: { [parameter]: source },
        });
        expect([sent.user].flat()[0]).toMatchObject({
          [field]: parameter === 'user.external_id' ? [hash('some one')] : hash('some one'),
        });
      }
    },
  );

  test('email and phone are normalised and hashed, whatever they come from', async () => {
    const sent = await world.deliver(
      event({ contact: { mail: ' JANE.DOE@Example.com ', tel: '+1 (415) 555-0100' } }),
      {
        parameterMappings: {
          'user.email': 'properties.contact.mail',
          'user.phone': 'properties.contact["tel"]',
        },
      },
    );
    expect(sent.user).toMatchObject({ email: [hash('jane.doe@example.com')], phone: [hash('+14155550100')] });
  });

  test.each<[parameter: string, value: unknown, sent: unknown]>([
    ['properties.value', '12.50', 12.5],
    ['properties.value', 'n/a', undefined],
    ['properties.currency', 'eur', 'EUR'],
    ['properties.currency', 'euros', undefined],
    ['properties.content_type', 'PRODUCT_GROUP', 'product_group'],
    ['properties.content_type', 'shoes', undefined],
    ['properties.order_id', 5001, '5001'],
    ['properties.description', 'jane@example.com', undefined],
    ['properties.description', { text: 'x' }, undefined],
  ])('%s keeps its type: %j is sent as %j', async (parameter, value, expected) => {
    const sent = await world.deliver(event({ given: value }), {
      parameterMappings: { [parameter]: 'properties.given' },
    });
    expect(sent.properties?.[parameter.slice('properties.'.length)]).toBe(expected);
  });

  test('a path gives nothing that is inherited', async () => {
    const sent = await world.deliver(event(), {
      parameterMappings: {
        'properties.a': 'properties.__proto__.constructor.name',
        'properties.b': 'properties.constructor.name',
        'properties.c': 'properties.color.length',
        'properties.d': 'properties["toString"] ?? "absent"',
      },
    });
    expect(sent.properties).toMatchObject({ d: 'absent' });
    expect(Object.keys(sent.properties ?? {}).sort()).toEqual(['content_type', 'd', 'value'].sort());
  });

  test('a text is filled in, and is left out if a place of it has nothing', async () => {
    const parameterMappings = {
      event_id: '"{{properties.store}}-{{properties.receipt}}" ?? messageId',
      'properties.order_id': '"{{properties.store}}-{{properties.receipt}}"',
      'properties.description': '"\\{{store}}: {{ properties.store }}"',
      'user.last_name': '"{{properties.family}}"',
    };
    const sent = await world.deliver(event({ store: 'b-3', receipt: 17, family: 'Null' }), {
      parameterMappings,
    });
    expect(sent).toMatchObject({
      event_id: 'b-3-17',
      user: { last_name: hash('null') },
      properties: { order_id: 'b-3-17', description: '{{store}}: b-3' },
    });
    const without = await world.deliver(
      { ...event({ store: 'b-3', receipt: ' ' }), messageId: 'm-1' },
      {
        parameterMappings,
      },
    );
    expect(without.event_id).toBe('m-1');
    expect(without.properties).not.toHaveProperty('order_id');
  });

  test('an order id is not made of a placeholder, which is logged', async () => {
    const call = await world.send(event({ store: 'n/a', receipt: 17, amount: '1,250', box: 'maybe' }), {
      testEventCode: 'TEST12345',
      parameterMappings: {
        'properties.order_id': '"{{properties.store}}-{{properties.receipt}}"',
        'properties.shop_id': '"{{properties}}"',
        'properties.value': 'properties.amount / 100',
        'properties.net': 'properties.size * 2',
        'properties.allowed': '!properties.box',
      },
    });
    expect(call.outcome).toBe('Delivered');

    for (const flaw of [
      'properties.order_id: "{{properties.store}}-{{properties.receipt}}" is only a placeholder',
      'properties.shop_id: "{{properties}}" is not a string',
      'properties.value: "properties.amount / 100" is an amount that could be read in two ways',
      'properties.net: "properties.size * 2" is not an amount',
      'properties.allowed: "!properties.box" is neither yes nor no',
    ])
      expect(call.logs).toContain(flaw);
  });

  test('amounts are multiplied and divided, and so are amounts in texts', async () => {
    const parameterMappings = {
      'properties.value': 'properties.cents / 100',
      'properties.gross': 'properties.net * 1.19',
      'properties.contents.price': 'cents / 100',
    };
    const products = [{ sku: 'a', cents: 1999 }, { sku: 'b' }];
    const sent = await world.deliver(event({ cents: 1999, net: 0.1, products }), { parameterMappings });
    expect(sent.properties).toMatchObject({
      value: 19.99,
      gross: 0.119,
      contents: [{ content_id: 'a', price: 19.99 }, { content_id: 'b' }],
    });
    const text = await world.deliver(event({ cents: 'EUR 1.999,00', currency: 'EUR' }), {
      parameterMappings,
    });
    expect(text.properties).toMatchObject({ value: 19.99 });
    const foreign = await world.deliver(event({ cents: 'USD 1.999,00', currency: 'EUR' }), {
      parameterMappings,
    });
    expect(foreign.properties).not.toHaveProperty('value');
  });

  test('an amount out of which the currency is read is not asked for its currency', async () => {
    const sent = await world.deliver(event({ amount: 'EUR 5,00' }), {
      parameterMappings: { 'properties.currency': 'properties.amount * 2 ?? "EUR"' },
    });
    expect(sent.properties).toMatchObject({ currency: 'EUR' });
  });

  test('a phone number is not sent as an amount, also not divided', async () => {
    const sent = await world.deliver(event({ phone: '+14155550100', amount: 14155550100 }), {
      parameterMappings: { 'properties.value': 'properties.amount / 100' },
    });
    expect(sent.properties).not.toHaveProperty('value');
  });

  test('all items of a list, or the first one with a field', async () => {
    const products = [{ product_id: 'p-1', parts: [{ id: 'x' }, { id: 'y' }] }, { product_id: 'p-2' }];
    const externalIds = [
      { type: 'phone', id: '+14155550100' },
      { type: 'email', id: 'other@example.com' },
    ];
    const parameterMappings = {
      'properties.content_ids': 'properties.products[].product_id',
      'properties.contents': 'properties.products[].parts[]',
      'properties.contents.content_id': 'id',
      'user.email': 'context.externalIds[type="email"].id',
      'user.external_id': 'properties.products[].parts[].id',
    };
    const sent = await world.deliver(
      { ...event({ products }), context: { externalIds } },
      { parameterMappings },
    );
    expect(sent).toMatchObject({
      user: { email: [hash('other@example.com')], external_id: [hash('x'), hash('y')] },
      properties: { content_ids: ['p-1', 'p-2'], contents: [{ content_id: 'x' }, { content_id: 'y' }] },
    });
  });

  test.each<[advertising: unknown, limited: boolean | undefined]>([
    [false, true],
    [true, false],
    ['no', true],
    ['maybe', undefined],
    [undefined, undefined],
  ])('a negation of consent %j asks for limited data use: %j', async (advertising, limited) => {
    const sent = await world.deliver(
      { ...event(), context: { consent: { categoryPreferences: { Advertising: advertising } } } },
      { parameterMappings: { limited_data_use: '!context.consent.categoryPreferences.Advertising' } },
    );
    expect(sent.limited_data_use).toBe(limited);
  });

  test('phone numbers that lack their + get it from a text, one or a list of them', async () => {
    const parameterMappings = { 'user.phone': '"+{{properties.phone}}" ?? properties.phone' };
    for (const phone of ['14155550100', 14155550100, '1 (415) 555-0100', '+14155550100']) {
      const sent = await world.deliver(event({ phone }), { parameterMappings });
      expect(sent.user).toMatchObject({ phone: [hash('+14155550100')] });
    }
    const several = await world.deliver(event({ phone: ['14155550100', 'n/a', '447400123456'] }), {
      parameterMappings,
    });
    expect(several.user).toMatchObject({ phone: [hash('+14155550100'), hash('+447400123456')] });
  });

  test.each([
    '"+{{properties.tel}}"',
    '"{{properties.nothing}}{{properties.tel}}"',
    'properties.people[].tel',
    'properties.people[role="owner"].tel',
    'properties.tel * 1',
  ])('a number at the phone source %s is looked for in texts', async (source) => {
    const sent = await world.deliver(
      event({
        tel: '14155550100',
        people: [{ role: 'owner', tel: '14155550100' }],
        query: 'call 415-555-0100',
      }),
      { parameterMappings: { 'user.phone': source } },
    );
    expect(sent.properties).not.toHaveProperty('search_string');
  });

  test("a page's URL without a click id is not worth a word, also within a text", async () => {
    const call = await world.send(
      { ...event(), context: { page: { search: 'color=red' } } },
      {
        testEventCode: 'TEST12345',
        parameterMappings: { 'user.ttclid': '"{{context.page.search}}" ?? context.page.search' },
      },
    );
    expect(call.logs).not.toContain('ttclid');
  });

  test("one workspace's settings leave nothing for the next call", async () => {
    const mapped = await world.deliver(event(), {
      eventMappings: { 'Order Completed': 'my_event' },
      parameterMappings: { 'properties.value': '1', 'user.email': '"other@example.com"' },
    });
    expect(mapped).toMatchObject({ event: 'my_event', user: { email: [hash('other@example.com')] } });
    const plain = await world.deliver(event());
    expect(plain).toMatchObject({
      event: 'Purchase',
      properties: { value: 5 },
      user: { email: [hash('jane@example.com')] },
    });
  });
});

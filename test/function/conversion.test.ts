// What a Segment event becomes: names, parameters, types, and what is left out.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWorld, hash, track, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const identity = { email: 'jane@example.com', phone: '+14155550100' };
/** What TikTok received for these properties, beside those that identify the user. */
const deliver = (properties: object, change: object = {}, settings: object = {}) =>
  world.deliver(track({ properties: { ...identity, ...properties }, ...change }), settings);
const propertiesOf = async (properties: object) => (await deliver(properties)).properties ?? {};

test.each([
  ['Order Completed', 'Purchase'],
  ['Checkout Started', 'InitiateCheckout'],
  ['Payment Info Entered', 'AddPaymentInfo'],
  ['Product Viewed', 'ViewContent'],
  ['Product Added', 'AddToCart'],
  ['Product Added to Wishlist', 'AddToWishlist'],
  ['Products Searched', 'Search'],
  ['Callback Started', 'Contact'],
  ['Subscription Created', 'Subscribe'],
  ['Form Submitted', 'Lead'],
  ['Signed Up', 'CompleteRegistration'],
  ['Download Link Clicked', 'Download'],
  ['Trial Started', 'StartTrial'],
  [' order COMPLETED ', 'Purchase'],
])('%j becomes %s', async (event, name) => {
  expect((await deliver({}, { event })).event).toBe(name);
});

test.each([
  ['Order Placed', { event: 'Order Placed' }, 'Order Placed → PlaceAnOrder'],
  ['Product Clicked', { event: ' product clicked' }, 'Product Clicked → ClickButton'],
  ['page calls', { type: 'page', event: undefined, name: 'Pricing' }, 'Page Viewed → PageView'],
])(
  '%s are not sent by default; the message names the entry that brings them back, and it does',
  async (_, change, entry) => {
    const event = track(change);
    const { outcome, error } = await world.send(event);
    expect(outcome).toBe('Unsupported Event Type');
    expect(error?.message).toMatch(/^"[^"]+" is not sent unless Event Mappings has the entry /);
    expect(error?.message).toContain(`has the entry ${entry}.`);
    const [name = '', becomes] = entry.split(' → ');
    expect((await world.deliver(event, { eventMappings: { [name]: becomes } })).event).toBe(becomes);
  },
);

test('a whole purchase arrives parameter by parameter', async () => {
  const event = {
    type: 'track',
    event: 'Order Completed',
    messageId: 'message-whole',
    timestamp: '2026-11-20T10:15:00.000Z',
    userId: 'Customer-1',
    context: {
      ip: '203.0.113.10',
      locale: 'en-US',
      userAgent: 'Mozilla/5.0',
      page: { url: 'https://shop.example.com/thanks?ttclid=E.C.P.1', referrer: 'https://shop.example.com/' },
      traits: { email: 'jane@example.com', phone: '+14155550100' },
    },
    integrations: { 'TikTok Offline Conversions': { ttp: 'ttp-1' } },
    properties: {
      lead_id: 'lead-1',
      order_id: 'order-1',
      shop_id: 'shop-1',
      query: 'shoes',
      currency: ' usd ',
      revenue: '89.97',
      limited_data_use: true,
      products: [
        {
          product_id: 7,
          sku: 'unused',
          name: 'Shoe',
          category: 'Shoes',
          brand: 'Example',
          price: 79.99,
          quantity: 1,
        },
        { sku: 'sku-2', price: '4.99', quantity: '2', color: 'not sent' },
      ],
    },
  };
  await expect(world.deliver(event)).resolves.toEqual({
    event: 'Purchase',
    event_id: 'message-whole',
    event_time: 1795169700,
    limited_data_use: true,
    user: {
      email: [hash('jane@example.com')],
      phone: [hash('+14155550100')],
      external_id: [hash('customer-1')],
      ttclid: 'E.C.P.1',
      ttp: 'ttp-1',
      lead_id: 'lead-1',
      ip: '203.0.113.10',
      user_agent: 'Mozilla/5.0',
      locale: 'en-US',
    },
    properties: {
      contents: [
        {
          content_id: '7',
          content_name: 'Shoe',
          content_category: 'Shoes',
          brand: 'Example',
          price: 79.99,
          quantity: 1,
        },
        { content_id: 'sku-2', price: 4.99, quantity: 2 },
      ],
      content_type: 'product',
      value: 89.97,
      currency: 'USD',
      search_string: 'shoes',
      order_id: 'order-1',
      shop_id: 'shop-1',
    },
    page: { url: 'https://shop.example.com/thanks?ttclid=E.C.P.1', referrer: 'https://shop.example.com/' },
  });
});

test('what an event does not have is absent: no empty text, no empty list, no null', async () => {
  const event = {
    ...track(),
    properties: { email: 'jane@example.com', products: [], order_id: '', query: null },
  };
  await expect(world.deliver(event)).resolves.toEqual({
    event: 'Purchase',
    event_id: expect.any(String),
    event_time: 1795169700,
    user: { email: [hash('jane@example.com')] },
    properties: { content_type: 'product' },
  });
});

describe('numbers', () => {
  test.each<[given: unknown, sent: number | undefined]>([
    [12.5, 12.5],
    ['12.50', 12.5],
    [' -3 ', -3],
    ['1e3', 1000],
    [0, 0],
    ['0', 0],
    ['n/a', undefined],
    ['$12.50', 12.5],
    ['1,250.00', 1250],
    ['1,250', undefined],
    ['0x10', undefined],
    ['1e999', undefined],
    ['-', undefined],
    [true, undefined],
    [[12], 12],
    [[12, 13], undefined],
    [{ amount: 12 }, undefined],
  ])('a value of %j is sent as %j', async (value, sent) => {
    expect((await propertiesOf({ value })).value).toBe(sent);
  });

  test('the value is that of value, revenue or total, the first that is there', async () => {
    expect((await propertiesOf({ value: 0, revenue: 2, total: 3 })).value).toBe(0);
    expect((await propertiesOf({ revenue: 2, total: 3 })).value).toBe(2);
    expect((await propertiesOf({ value: null, total: 3 })).value).toBe(3);
  });
});

describe('texts', () => {
  test.each<[given: unknown, sent: string | undefined]>([
    [' order-1 ', 'order-1'],
    [5001, '5001'],
    [0, '0'],
    [1e20, undefined],
    [1.5, undefined],
    [true, undefined],
    [['order-1'], 'order-1'],
    [['order-1', 'order-2'], undefined],
    [{ id: 'order-1' }, undefined],
  ])('an order id of %j is sent as %j', async (order_id, sent) => {
    expect((await propertiesOf({ order_id })).order_id).toBe(sent);
  });

  test.each([
    ['eur', 'EUR'],
    ['euros', undefined],
    ['€', undefined],
    [978, undefined],
    ['RMB', undefined],
    ['CNY', 'CNY'],
  ])('a currency of %j is sent as %j', async (currency, sent) => {
    expect((await propertiesOf({ currency })).currency).toBe(sent);
  });
});

describe('contents', () => {
  test('an event that names one product itself has it for its contents', async () => {
    const product = { sku: 'sku-1', name: 'Jacket', price: 0 };
    const { properties } = await deliver(product, { event: ' product VIEWED ' });
    expect(properties?.contents).toEqual([{ content_id: 'sku-1', content_name: 'Jacket', price: 0 }]);
  });

  test('a product may have its ID under the name id; the id of an event itself is not that of a product', async () => {
    const { contents } = await propertiesOf({ products: [{ id: 7 }, { sku: 'a', id: 'unused' }] });
    expect(contents).toEqual([{ content_id: '7' }, { content_id: 'a' }]);
    expect(await propertiesOf({ id: 'session-1', price: 5 })).not.toHaveProperty('contents');
    const own = await propertiesOf({ id: 'session-1', sku: 'a' });
    expect(own.contents).toEqual([{ content_id: 'a' }]);
  });

  test("a person's name is not sent as a product's: the own `name` of a form only if it is mapped", async () => {
    const form = { product_id: 'demo-request', name: 'Jane Doe' };
    const contentsOf = async (change: object, settings?: object) =>
      (await deliver(form, change, settings)).properties?.contents;
    for (const event of ['Form Submitted', 'Signed Up', 'Callback Started', 'Order Completed'])
      await expect(contentsOf({ event })).resolves.toEqual([{ content_id: 'demo-request' }]);
    const parameterMappings = { 'properties.contents.content_name': 'name' };
    await expect(contentsOf({ event: 'Form Submitted' }, { parameterMappings })).resolves.toEqual([
      { content_id: 'demo-request', content_name: 'Jane Doe' },
    ]);
  });

  test("the name in an event's list of products, or in its only one, is a product's", async () => {
    const product = { product_id: 'p-1', name: 'Jacket' };
    for (const products of [product, [product], JSON.stringify(product)])
      expect((await propertiesOf({ products, name: 'Jane Doe' })).contents).toEqual([
        { content_id: 'p-1', content_name: 'Jacket' },
      ]);
  });

  test('an event that has a name and a price but no product has no contents', async () => {
    expect((await propertiesOf({ name: 'Newsletter', price: 5 })).contents).toBeUndefined();
  });

  test('a product without an id is kept, one without anything is not', async () => {
    const { contents } = await propertiesOf({
      products: [{ name: 'Gift' }, {}, null, 'sku', 7, [], { color: 'red' }],
    });
    expect(contents).toEqual([{ content_name: 'Gift' }]);
  });

  test('a single product where a list was expected is taken for the only one', async () => {
    expect((await propertiesOf({ products: { product_id: 'p-1' } })).contents).toEqual([
      { content_id: 'p-1' },
    ]);
  });
});

describe('limited data use', () => {
  test.each<[event: unknown, setting: unknown, sent: boolean | undefined]>([
    [undefined, undefined, undefined],
    [undefined, true, true],
    [undefined, false, false],
    [false, true, false],
    [true, false, true],
    ['TRUE', false, true],
    ['yes', false, true],
    [1, false, true],
    ['no', true, false],
    ['perhaps', true, true],
    ['perhaps', undefined, undefined],
  ])(
    'an event that says %j with a setting of %j is sent with %j',
    async (limited_data_use, limitedDataUse, sent) => {
      expect((await deliver({ limited_data_use }, {}, { limitedDataUse })).limited_data_use).toBe(sent);
    },
  );
});

describe('the click id', () => {
  const url = (query: string) => ({ context: { page: { url: `https://shop.example.com/${query}` } } });

  test.each<[what: string, properties: object, change: object, sent: string | undefined]>([
    ['the event', { ttclid: 'own' }, url('?ttclid=page'), 'own'],
    [
      'the integration',
      {},
      { integrations: { 'TikTok Offline Conversions': { ttclid: 'given' } }, ...url('?ttclid=page') },
      'given',
    ],
    ['the URL of the page', {}, url('?a=1&ttclid=E.C.P%2Dx&b=2#top'), 'E.C.P-x'],
    ['a URL that the event kept', { ttclid: 'https://shop.example.com/?ttclid=kept' }, {}, 'kept'],
    ['a URL copied from HTML', {}, url('?a=1&amp;ttclid=E.C.P&amp;b=2'), 'E.C.P'],
    ['a URL without one', {}, url('?nottclid=1'), undefined],
    ['a URL with one that is not valid', {}, url('?ttclid=hello%20world%3Cx%3E'), undefined],
    ['a URL with an empty one', {}, url('?ttclid='), undefined],
    ['a URL without a host', {}, { context: { page: { url: '/thanks?ttclid=E.C.P' } } }, 'E.C.P'],
    ['an address of an app', {}, { context: { page: { url: 'android-app://com.example' } } }, undefined],
  ])('is taken from %s', async (_, properties, change, sent) => {
    expect((await deliver(properties, change)).user.ttclid).toBe(sent);
  });
});

describe('personal data where it does not belong', () => {
  test('a URL loses its query where there is an email address or the phone number in it', async () => {
    const sent = async (url: string) => (await deliver({}, { context: { page: { url } } })).page?.url;
    await expect(sent('https://shop.example.com/a?x=1#y')).resolves.toBe('https://shop.example.com/a?x=1#y');
    await expect(sent('https://shop.example.com/a?m=john@example.com')).resolves.toBe(
      'https://shop.example.com/a',
    );
    await expect(sent('https://shop.example.com/a?m=john%40example.com#y')).resolves.toBe(
      'https://shop.example.com/a',
    );
    await expect(sent('https://shop.example.com/a?m=john%2540example.com')).resolves.toBe(
      'https://shop.example.com/a',
    );
    await expect(sent('https://shop.example.com/a#tel=%2B1%20415%20555%200100')).resolves.toBe(
      'https://shop.example.com/a',
    );
    await expect(sent('https://shop.example.com/a?tel=4155550100')).resolves.toBe(
      'https://shop.example.com/a',
    );
    await expect(sent('https://shop.example.com/john@example.com/a?x=1')).resolves.toBeUndefined();
    await expect(sent('https://shop.example.com/a?q=caf%E9&m=john%40example%2Ecom')).resolves.toBe(
      'https://shop.example.com/a',
    );
    await expect(sent('https://shop.example.com/a?t=415%2520555%25200100')).resolves.toBe(
      'https://shop.example.com/a',
    );
    for (const query of [
      't=415%C2%A0555%C2%A00100',
      't=415%E2%80%93555%E2%80%930100',
      'm=john%25%34%30example.com',
    ]) {
      await expect(sent(`https://shop.example.com/a?${query}`)).resolves.toBe('https://shop.example.com/a');
    }
  });

  test('a text that holds an email address or the phone number is left out', async () => {
    const { properties, user } = await deliver({
      order_id: 'order of john@example.com',
      query: '415-555-0100',
      shop_id: '0014155550100',
      ttp: 'jane@example.com',
      products: [{ product_id: 'jane@example.com', name: 'Shoe' }],
    });
    expect(properties).toEqual({ content_type: 'product', contents: [{ content_name: 'Shoe' }] });
    expect(user.ttp).toBeUndefined();
  });

  test.each([
    '415–555–0100',
    '4_1_5_5_5_5_0_1_0_0',
    '415.555.0100',
    '1/415/555/0100',
    "jane.o'@example.com",
    'jane=@example.com',
    'john%2540example.com',
    'john%40example%2Ecom',
    'john＠example.com',
    'jane@उदाहरण.example',
    '４１５５５５０１００',
    '٤١٥٥٥٥٠١٠٠',
    '۴۱۵۵۵۵۰۱۰۰',
  ])('a text with %j is left out', async (text) => {
    expect((await propertiesOf({ order_id: text })).order_id).toBeUndefined();
    expect((await propertiesOf({ order_id: `for ${text}!` })).order_id).toBeUndefined();
  });

  test.each(['call +44 20 7946 0958', '+1 (415) – 555 – 0102', 'call_+14155550102', '%2B14155550102'])(
    'an international phone number as in %j is left out, whosever it is',
    async (query) => {
      expect((await propertiesOf({ query })).search_string).toBeUndefined();
    },
  );

  test.each([
    ['+354 555 1234', '5551234'],
    ['14155550100.0', '4155550100'],
    ['+١٤١٥٥٥٥٠١٠٠', '4155550100'],
    ['+1 415 555 0000', '4155550000'],
    ['00 21 555 5555', '215555555'],
  ])('the phone number %s is left out where it stands as %s', async (phone, order_id) => {
    expect((await propertiesOf({ phone, order_id })).order_id).toBeUndefined();
  });

  test('a phone number that is not mapped is kept out of other parameters all the same', async () => {
    const settings = { parameterMappings: { 'user.phone': '' } };
    expect((await deliver({ order_id: '4155550100' }, {}, settings)).properties?.order_id).toBeUndefined();
  });

  test('a parameter of your own cannot carry the phone number either', async () => {
    const settings = {
      parameterMappings: {
        'properties.tel': 'properties.phone',
        'properties.value': 'properties.phone',
        'properties.size': 'properties.size',
      },
    };
    const { properties } = await deliver({ phone: 14155550100, size: 42 }, {}, settings);
    expect(properties).toMatchObject({ size: 42 });
    expect(properties).not.toHaveProperty('tel');
    expect(properties).not.toHaveProperty('value');
  });

  test("ids that only look like one stay, and a till's placeholder for a phone number is none", async () => {
    const sent = await propertiesOf({ phone: '0000000000', order_id: '100000000', query: 'PO+2024112001' });
    expect(sent).toMatchObject({ order_id: '100000000', search_string: 'PO+2024112001' });
  });

  test('numbers that are not the phone number stay', async () => {
    await expect(propertiesOf({ order_id: '70005550199', query: '4155550101' })).resolves.toMatchObject({
      order_id: '70005550199',
      search_string: '4155550101',
    });
  });

  test('an event id that holds an email address is hashed, so that a resend is still one event', async () => {
    const messageId = 'jane@example.com/order-1';
    expect((await deliver({}, { messageId })).event_id).toBe(hash(messageId));
  });
});

test('inherited names are no values', async () => {
  const event = track({ event: 'constructor' });
  expect((await world.send(event)).outcome).toBe('Unsupported Event Type');
});

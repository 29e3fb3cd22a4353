// The page as a person uses it.
import { createHash } from 'node:crypto';
import { expect } from '@playwright/test';
import { order, panel, run, test } from './tester';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

test("the shop's purchase arrives at TikTok as one Purchase with hashed email and phone", async ({
  tester,
}) => {
  const shop = panel(tester, 'Shop');
  await shop.getByLabel('Arrived from an ad').check();
  await shop.getByLabel('Email').first().fill(' Jane.Doe@Example.com');
  await shop.getByLabel('Phone').fill('(415) 555-0100');
  await shop.getByRole('button', { name: 'Sign in' }).click();
  await shop.getByRole('button', { name: 'Add to cart Rain jacket' }).click();
  await shop.getByRole('button', { name: 'Check out' }).click();
  await shop.getByRole('button', { name: 'Enter a card' }).click();
  await shop.getByRole('button', { name: 'Pay $120.00' }).click();

  await expect(shop.getByRole('status').getByText('Order Completed → Purchase')).toBeVisible();
  const names = [
    'Signed Up → CompleteRegistration',
    'Product Added → AddToCart',
    'Checkout Started → InitiateCheckout',
  ];
  for (const name of names) await expect(shop.getByRole('status').getByText(name)).toBeVisible();

  const tiktok = panel(tester, 'TikTok');
  await expect(tiktok.getByText('Order Completed → Purchase')).toBeVisible();
  await expect(tiktok.getByText('Counted', { exact: true })).toBeVisible();
  const row = (field: string) =>
    tiktok.getByRole('row').filter({ has: tester.getByText(field, { exact: true }) });
  await expect(row('email')).toContainText(hash('jane.doe@example.com').slice(0, 10));
  await expect(row('email')).toContainText('# hashed');
  await expect(row('phone')).toContainText(hash('+14155550100').slice(0, 10));
  await expect(row('phone')).toContainText('# hashed');
  await expect(row('ttclid')).toContainText('E.C.P.example-click');
  await expect(row('value')).toContainText('120');

  const func = panel(tester, 'Function');
  await func.getByText('Requests and answers').click();
  const sent = await func.getByLabel('Request 1').textContent();
  expect(sent?.match(/"Purchase"/g)).toHaveLength(1);
  expect(sent).toContain(hash('jane.doe@example.com'));
  expect(sent).not.toMatch(/jane\.doe|example-access-token|555/i);
});

test("an unknown visitor's event is rejected, and the reason says what to send", async ({ tester }) => {
  await panel(tester, 'Shop').getByRole('button', { name: 'Look at Wool socks' }).click();
  const result = panel(tester, 'Function').getByRole('status');
  await expect(result.getByText('Product Viewed')).toBeVisible();
  await expect(result.getByText('Discarded', { exact: true })).toBeVisible();
  await expect(result).toContainText('Segment shows “Message Rejected”');
  await expect(result.getByText(/TikTok needs a valid email address or phone number/)).toBeVisible();
  await expect(panel(tester, 'TikTok').getByText('the function made no request')).toBeVisible();
});

test.describe('for each answer of TikTok, the page shows what Segment does:', () => {
  const ANSWERS = [
    ['As usual', 'Delivered', 'TikTok accepted it', 'Counted'],
    ['Rate limited', 'Retried', 'code 40100', 'Not counted'],
    ['Token expired', 'Retried', 'Check Access Token and Event Set ID', 'Not counted'],
    ['Parameter error', 'Discarded', 'code 40002', 'Not counted'],
    ['One bad event', 'Discarded', 'code 40000', 'Not counted'],
    ['HTTP 503', 'Retried', 'TikTok answered HTTP 503', 'Not counted'],
    ['Slow', 'Retried', 'TikTok did not answer in time', 'Not counted'],
    ['Reset', 'Retried', 'The connection to TikTok failed', 'Not counted'],
  ] as const;

  for (const [answer, outcome, message, counted] of ANSWERS) {
    test(`${answer}: ${outcome}`, async ({ tester }) => {
      const tiktok = panel(tester, 'TikTok');
      await tiktok.getByRole('radio', { name: answer }).check();
      await run(tester, order());
      const result = panel(tester, 'Function').getByRole('status');
      await expect(result.getByText('Order Completed')).toBeVisible();
      await expect(result.getByText(outcome, { exact: true })).toBeVisible();
      await expect(result.getByText(message)).toBeVisible();
      await expect(tiktok.getByText(counted, { exact: true })).toBeVisible();
    });
  }

  test('an event to be retried is delivered once TikTok works again, and counted once', async ({
    tester,
  }) => {
    const tiktok = panel(tester, 'TikTok');
    await tiktok.getByRole('radio', { name: 'Rate limited' }).check();
    await run(tester, order());
    await expect(tiktok.getByText('Not counted')).toBeVisible();
    await tiktok.getByRole('radio', { name: 'As usual' }).check();
    const again = tester.getByRole('button', { name: 'Try again now, as Segment will' });
    await again.click();
    await expect(tiktok.getByText('Counted', { exact: true })).toBeVisible();
    await expect(again).toBeHidden();
    await panel(tester, 'Function').getByRole('button', { name: 'Run', exact: true }).click();
    await expect(tiktok.getByText('Already received, counted once')).toBeVisible();
    await expect(tiktok.getByText('Events counted').locator('..')).toContainText('1');
  });

  test('one bad event of a batch is discarded, the others are delivered', async ({ tester }) => {
    await panel(tester, 'TikTok').getByRole('radio', { name: 'One bad event' }).check();
    await run(tester, [order(), order(), order(), order()]);
    const result = panel(tester, 'Function').getByRole('status');
    await expect(result.getByText('3 delivered')).toBeVisible();
    await expect(result.getByText('1 discarded')).toBeVisible();
    await expect(panel(tester, 'TikTok').getByText('Counted', { exact: true })).toHaveCount(3);
    await expect(panel(tester, 'TikTok').getByText('Not counted', { exact: true })).toHaveCount(1);
  });
});

test('the settings change a mapping, and the next run shows it', async ({ tester }) => {
  const func = panel(tester, 'Function');
  const value = panel(tester, 'TikTok')
    .getByRole('row')
    .filter({ has: tester.getByText('value', { exact: true }) });
  await run(tester, order());
  await expect(value).toContainText('12.5');

  await func.getByText('Settings', { exact: true }).click();
  await func.getByRole('button', { name: 'Add an entry to Parameter Mappings' }).click();
  await func.getByLabel('Parameter Mappings, entry 1: TikTok parameter').fill('properties.value');
  await func.getByLabel('Parameter Mappings, entry 1: where its value comes from').fill('properties.net');
  await func.getByRole('button', { name: 'Add an entry to Event Mappings' }).click();
  await func.getByLabel('Event Mappings, entry 1: Segment event').fill('Order Completed');
  await func.getByLabel('Event Mappings, entry 1: TikTok event').fill('Purchase, order_paid');
  await func.getByRole('button', { name: 'Run', exact: true }).click();

  const both = panel(tester, 'TikTok').getByText(/^Order Completed → ./);
  await expect(both).toHaveText(['Order Completed → Purchase', 'Order Completed → order_paid']);
  await both.last().click();
  await expect(value).toContainText('10');
  await expect(value).toContainText('properties.net');
});

test('a malformed mapping names the entry, and Segment tries again until it is fixed', async ({ tester }) => {
  const func = panel(tester, 'Function');
  await func.getByText('Settings', { exact: true }).click();
  await func.getByRole('button', { name: 'Add an entry to Parameter Mappings' }).click();
  await func.getByLabel('Parameter Mappings, entry 1: TikTok parameter').fill('user.mail');
  await func.getByLabel('Default Country').click();
  await expect(func.getByRole('alert')).toContainText('Parameter Mappings, entry "user.mail"');
  await run(tester, order());
  await expect(func.getByRole('status').getByText('Retried', { exact: true })).toBeVisible();
  await func.getByRole('button', { name: 'Remove entry 1 of Parameter Mappings' }).click();
  await expect(func.getByRole('alert')).toBeHidden();
});

test('what is left out says why', async ({ tester }) => {
  await run(
    tester,
    order({
      properties: {
        email: ['jane@example.com', 'none'],
        currency: 'euros',
        query: 'for jane@example.com',
        products: [{ product_id: 'sku-1', price: 'n/a' }],
      },
    }),
  );
  const tiktok = panel(tester, 'TikTok');
  const leftOut = (field: string) =>
    tiktok.getByRole('listitem').filter({ has: tester.getByText(field, { exact: true }) });
  await expect(leftOut('properties.currency')).toContainText(
    'properties.currency is not a currency of ISO 4217',
  );
  await expect(leftOut('properties.query')).toContainText(
    'properties.query is a text that contains personal data',
  );
  await expect(leftOut('properties.contents[0].price')).toContainText('price is only a placeholder');
  await expect(tiktok.getByRole('row').filter({ hasText: '# hashed' })).toContainText(
    'a part of "properties.email" is only a placeholder',
  );
});

test('the result says how many values were left out, and which', async ({ tester }) => {
  const func = panel(tester, 'Function');
  const result = func.getByRole('status');
  await run(
    tester,
    order({ properties: { email: ['jane@example.com', 'x'], value: '1,250', currency: '-' } }),
  );
  await expect(result.getByText('3 values left out')).toBeVisible();
  await expect(result.getByText('properties.value: "properties.value" is')).toBeHidden();
  await result.getByText('3 values left out').click();
  await expect(result.getByRole('listitem')).toHaveText([
    'user.email: a part of "properties.email" is not an email address',
    'properties.value: "properties.value" is an amount that could be read in two ways, such as "1,250"',
    'properties.currency: "properties.currency" is only a placeholder',
  ]);
  await run(tester, [order(), order({ properties: { email: 'jane@example.com', value: 'n/a' } })]);
  await expect(result.getByText('1 value left out')).toHaveCount(1);
  await run(tester, order());
  await expect(result.getByText('left out')).toHaveCount(0);
});

test('an event that Segment does not hand over is not delivered', async ({ tester }) => {
  await run(tester, order({ integrations: { All: false } }));
  const result = panel(tester, 'Function').getByRole('status');
  await expect(result.getByText('Not handed over', { exact: true })).toBeVisible();
  await expect(result).toContainText('The event turns all destinations off');
});

test('bad JSON is reported with its place, and the cursor goes there', async ({ tester }) => {
  await run(tester, '{\n  "type": "track",\n  "event": }\n');
  const func = panel(tester, 'Function');
  await expect(func.getByRole('alert')).toHaveText('Line 3, column 12: bad JSON: "}" was not expected here');
  const editor = func.getByLabel('Event', { exact: true });
  await expect(editor).toBeFocused();
  const selected = await editor.evaluate((area) =>
    area instanceof HTMLTextAreaElement ? [area.selectionStart, area.selectionEnd] : [],
  );
  expect(selected).toEqual([32, 33]);
});

test('all examples run as one batch', async ({ tester }) => {
  const func = panel(tester, 'Function');
  await func.getByLabel('Choose an event').selectOption({ label: 'All of these, as a batch' });
  await func.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(func.getByText('A batch of 12')).toBeVisible();
  await expect(func.getByText('8 delivered')).toBeVisible();
  await expect(panel(tester, 'TikTok').getByText('Counted', { exact: true })).toHaveCount(8);
});

test('of a large batch the first 50 are shown, and all are counted', async ({ tester }) => {
  await run(
    tester,
    Array.from({ length: 60 }, () => order()),
  );
  const result = panel(tester, 'Function').getByRole('status');
  await expect(result.getByText('60 delivered')).toBeVisible();
  await expect(result.getByRole('listitem')).toHaveCount(50);
  await expect(result.getByText('… and 10 more')).toBeVisible();
  const tiktok = panel(tester, 'TikTok');
  await expect(tiktok.getByText('60 counted')).toBeVisible();
  await expect(tiktok.getByText('Order Completed → Purchase')).toHaveCount(50);
  await expect(tiktok.getByText('… and 10 more')).toBeVisible();
});

test("the shop's own page call is in its list, but the result waits for a call that somebody made", async ({
  tester,
}) => {
  const sent = panel(tester, 'Shop').getByRole('listitem').filter({ hasText: 'page Shop' });
  await expect(sent).toContainText('Unsupported');
  const func = panel(tester, 'Function');
  await expect(func.getByText('Here you will see what becomes of an event')).toBeVisible();
  await expect(func.getByText('Unsupported', { exact: true })).toBeHidden();

  await run(tester, order());
  await expect(func.getByRole('status').getByText('Delivered')).toBeVisible();
  await panel(tester, 'Shop').getByLabel('Arrived from an ad').check();
  await expect(sent).toHaveCount(2);
  await expect(func.getByRole('status').getByText('Delivered')).toBeVisible();
  await func.getByLabel('Last calls').selectOption({ index: 0 });
  await expect(func.getByRole('status').getByText('Unsupported', { exact: true })).toBeVisible();
});

test('a character that turns the direction of text is shown by its number', async ({ tester }) => {
  const mark = '\u202e';
  const shown = '\\u{202e}';
  const func = panel(tester, 'Function');
  const form = panel(tester, 'Shop').getByLabel('Your email, so that we can write back');
  await form.fill(`jane${mark}@example.com`);
  await form.press('Enter');
  await expect(func.getByRole('status').getByText('Form Submitted', { exact: true })).toBeVisible();
  await func.getByLabel('Choose an event').selectOption({ index: 1 });
  const event = func.getByLabel('Event', { exact: true });
  await expect(event).toHaveValue(/"email": "jane\\u202e@example\.com"/);

  await run(tester, order({ event: `Order ${mark}Paid` }));
  await expect(func.getByRole('status').getByText(`Order ${shown}Paid`, { exact: true })).toBeVisible();
  await run(
    tester,
    order({ properties: { email: 'jane@example.com', query: `red ${mark}shoe`, currency: mark } }),
  );
  await expect(panel(tester, 'TikTok').getByText(`red ${shown}shoe`)).toBeVisible();
  await func.getByText('Requests and answers').click();
  await expect(func.getByLabel('Request 1')).toContainText(`red ${shown}shoe`);
  await panel(tester, 'File')
    .getByLabel('Drop a file of events, or choose one')
    .setInputFiles({
      name: `a${mark}.json`,
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify([order({ event: `Order ${mark}Paid` })])),
    });
  await expect(panel(tester, 'File').getByRole('heading', { name: `a${shown}.json: 1 event` })).toBeVisible();
  expect(await tester.locator('main').innerText()).not.toContain(mark);
});

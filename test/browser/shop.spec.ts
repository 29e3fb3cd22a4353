// The shop, and what becomes of the events that it sends.
import { createHash } from 'node:crypto';
import { expect } from '@playwright/test';
import { changeSettings, open, order, panel, run, SIZES, test } from './tester';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

test("the shop's purchase arrives at TikTok as one Purchase with hashed email and phone", async ({
  tester,
}) => {
  const shop = panel(tester, 'Shop');
  await open(tester, 'Shop');
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

  const tiktok = panel(tester, 'Result');
  await expect(tiktok.getByText('Order Completed → Purchase', { exact: true })).toBeVisible();
  await expect(tiktok.getByText('Counted', { exact: true })).toBeVisible();
  const row = (field: string) =>
    tiktok.getByRole('row').filter({ has: tester.getByText(field, { exact: true }) });
  await expect(row('email')).toContainText(hash('jane.doe@example.com').slice(0, 10));
  await expect(row('email')).toContainText('# hashed');
  await expect(row('phone')).toContainText(hash('+14155550100').slice(0, 10));
  await expect(row('phone')).toContainText('# hashed');
  await expect(row('ttclid')).toContainText('E.C.P.example-click');
  await expect(row('value')).toContainText('120');

  await tiktok.getByText('Requests and answers').click();
  const sent = await tiktok.getByLabel('Request 1').textContent();
  expect(sent?.match(/"Purchase"/g)).toHaveLength(1);
  expect(sent).toContain(hash('jane.doe@example.com'));
  expect(sent).not.toMatch(/jane\.doe|example-access-token|555-?0100/i);
});

test("an unknown visitor's event is rejected, and the reason says what to send", async ({ tester }) => {
  await open(tester, 'Shop');
  await panel(tester, 'Shop').getByRole('button', { name: 'Look at Wool socks' }).click();
  const result = panel(tester, 'Result');
  await expect(result.getByText('Product Viewed')).toBeVisible();
  await expect(result.getByText('Discarded', { exact: true })).toBeVisible();
  await expect(result).toContainText('Segment shows “Message Rejected”');
  await expect(result.getByText(/TikTok needs a valid email address or phone number/)).toBeVisible();
  await expect(result.getByText('the function made no request')).toBeVisible();
});

test("the shop's own page call is made when it is opened; it is in its list, but the result waits for a call that somebody made", async ({
  tester,
}) => {
  await tester.reload();
  await run(tester, order());
  await expect(panel(tester, 'Result').getByText('call 1')).toBeVisible();
  await open(tester, 'Shop');
  const sent = panel(tester, 'Shop').getByRole('listitem').filter({ hasText: 'page Shop' });
  await expect(sent).toContainText('Unsupported');
  await expect(panel(tester, 'Result').getByText('Buy something.')).toBeVisible();
  await open(tester, 'Calls');
  await expect(panel(tester, 'List of calls').getByRole('listitem')).toHaveText([
    /page Shop/,
    /Order Completed/,
  ]);
});

for (const size of SIZES) {
  test.describe(`at ${size.width} px`, () => {
    test.use({ viewport: size });

    test('a first page view without an email address is no failure; after signing in an order is delivered', async ({
      tester,
    }) => {
      await changeSettings(tester, { eventMappings: { 'Page Viewed': 'PageView' } });
      await tester.reload();
      await open(tester, 'Shop');
      const shop = panel(tester, 'Shop');
      const first = shop.getByRole('listitem').filter({ hasText: 'page Shop' }).first();
      await expect(first).toContainText('Page view before signing in: no email address yet');
      await expect(first.locator('.bad')).toHaveCount(0);
      await shop.getByRole('button', { name: 'Sign in' }).click();
      await shop.getByRole('button', { name: 'Add to cart Trail shoe' }).click();
      const added = shop.getByRole('listitem').filter({ hasText: 'Product Added → AddToCart' });
      await expect(added).toContainText('Delivered');
      await expect(added).toContainText(/\d\d:\d\d:\d\d/);
      await expect(panel(tester, 'Result').getByText(/^\d\d:\d\d:\d\d \(\d{10}\)$/)).toBeVisible();
    });

    test('an ad’s click id is in the address, and the tab stays in it', async ({ tester }) => {
      await open(tester, 'Shop');
      await panel(tester, 'Shop')
        .getByRole('checkbox', { name: /Arrived from an ad/ })
        .check();
      await expect(tester).toHaveURL(/\?ttclid=E\.C\.P\.example-click#shop$/);
      await tester.reload();
      await expect(panel(tester, 'Shop')).toBeVisible();
    });
  });
}

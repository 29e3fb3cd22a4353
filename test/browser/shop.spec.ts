// The shop: what its visitor does, what it sends, and what became of that.
import { expect } from '@playwright/test';
import { changeSettings, open, panel, SIZES, test } from './tester';

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
      await expect(added).toContainText(/\d\d:\d\d:\d\d \(\d{10}\)/);
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

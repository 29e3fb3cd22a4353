// Runs an event on the tester page, and takes a picture of what it shows, in light and in dark.
import { expect } from '@playwright/test';
import path from 'node:path';
import { ROOT } from '../../scripts/cli/project';
import { run, test } from './tester';

const EVENT = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'order-5001',
  timestamp: '2026-11-20T10:15:00.000Z',
  userId: 'customer-1001',
  context: { page: { url: 'https://shop.example.com/thanks?ttclid=E.C.P.example-click' } },
  properties: {
    email: 'Jane.Doe@Example.com',
    phone: '(415) 555-0100',
    total: '$1,250.00',
    currency: 'usd',
    shop_id: 'n/a',
  },
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('docs/images has a picture of the page', async ({ tester }) => {
      await run(tester, EVENT);
      await expect(tester.getByText('Counted', { exact: true }).first()).toBeVisible();
      // A picture of a cursor differs from run to run.
      await tester.locator(':focus').blur();
      await tester.screenshot({
        path: path.join(ROOT, `docs/images/tester-${colorScheme}.png`),
        caret: 'hide',
      });
    });
  });
}

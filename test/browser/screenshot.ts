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
  properties: {
    email: 'Jane.Doe@Example.com',
    phone: '+1 (415) 555-0100',
    total: '$125.00',
    currency: 'usd',
    channel: 'store',
    order_id: 'n/a',
    ttclid: 'E.C.P.example-click',
  },
};

const SETTINGS = ['--settings', 'examples/conditions-settings.json'];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, options: [SETTINGS, { scope: 'test' }] });

    test('docs/images has a picture of the page', async ({ tester }) => {
      await run(tester, EVENT);
      await expect(tester.getByText('Counted', { exact: true }).first()).toBeVisible();
      // The entries say whether they match this event, and no longer what held for the one before.
      await expect(tester.getByText('Matches this event: sent as Purchase.')).toBeVisible();
      // The button that was clicked looks like the others again.
      await tester.mouse.move(0, 0);
      await tester.screenshot({
        path: path.join(ROOT, `docs/images/tester-${colorScheme}.png`),
        animations: 'disabled',
      });
    });
  });
}

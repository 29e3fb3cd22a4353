// npm run tester in a process of its own, and its page in a browser that reports every host it asks.
import { expect, test as base, type Page } from '@playwright/test';
import { startTester } from '../scripts/tester/start-tester';

interface Fixtures {
  /** The page, opened at the link. */
  readonly tester: Page;
}

/** A test with a tester of its own; it fails if the page asks another host, or the console has a complaint. */
export const test = base.extend<Fixtures>({
  tester: async ({ page }, use) => {
    const { url, stop } = await startTester();
    const hosts = new Set<string>();
    const complaints: string[] = [];
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(url.href);
    await expect(page.getByRole('heading', { name: 'Shop', level: 2 })).toBeVisible();
    await use(page);
    expect([...hosts]).toEqual([url.host]);
    expect(complaints).toEqual([]);
    await stop();
  },
});

/** A panel by its heading. */
export const panel = (page: Page, name: 'Shop' | 'Function' | 'TikTok' | 'File') =>
  page.getByRole('region', { name, exact: true });

/** Runs an event, and waits until its result is shown. */
export async function run(page: Page, event: unknown): Promise<void> {
  const text = typeof event === 'string' ? event : JSON.stringify(event, undefined, 2);
  await panel(page, 'Function').getByLabel('Event', { exact: true }).fill(text);
  await panel(page, 'Function').getByRole('button', { name: 'Run', exact: true }).click();
}

/** A track call that TikTok accepts; each has its own id. */
export const order = (change: object = {}) => ({
  type: 'track',
  event: 'Order Completed',
  messageId: crypto.randomUUID(),
  timestamp: new Date().toISOString(),
  properties: { email: 'jane@example.com', total: 12.5, net: 10, currency: 'EUR' },
  ...change,
});

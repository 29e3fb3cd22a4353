// npm run tester in a process of its own, and its page in a browser that reports every host it asks.
import { expect, test as base, type Page } from '@playwright/test';
import { startTester } from '../scripts/tester/start-tester';

interface Fixtures {
  /** What the tester is started with, besides a port. */
  readonly options: readonly string[];
  /** The page, opened at the link. */
  readonly tester: Page;
}

/** A test with a tester of its own; it fails if the page asks another host, or the console has a complaint. */
export const test = base.extend<Fixtures>({
  options: [[], { option: true }],
  tester: async ({ page, options }, use) => {
    const { url, stop } = await startTester(undefined, options);
    const hosts = new Set<string>();
    const complaints: string[] = [];
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(url.href);
    await expect(panel(page, 'Event')).toBeVisible();
    await use(page);
    expect([...hosts]).toEqual([url.host]);
    expect(complaints).toEqual([]);
    await stop();
  },
});

/** The sizes at which the page is tried: a phone and a laptop. */
export const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
] as const;

type Tab = 'Try' | 'Calls' | 'Shop' | 'File';

export async function open(page: Page, tab: Tab): Promise<void> {
  await page.getByRole('link', { name: tab, exact: true }).click();
}

/** A tab, or a pane of one, by its name. */
export const panel = (
  page: Page,
  name: Tab | 'Event' | 'Settings' | 'Preview' | 'Result' | 'List of calls' | 'Input' | 'Output',
) => page.getByRole('region', { name, exact: true });

/** Types an event in Try. */
export async function type(page: Page, event: unknown): Promise<void> {
  await open(page, 'Try');
  await panel(page, 'Event').getByRole('textbox').focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(typeof event === 'string' ? event : JSON.stringify(event, undefined, 2));
}

/** Types an event in Try, and runs it. */
export async function run(page: Page, event: unknown): Promise<void> {
  await type(page, event);
  await panel(page, 'Event').getByRole('button', { name: 'Run', exact: true }).click();
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

/** Changes settings for as long as the tester runs, as the page does. */
export const changeSettings = (page: Page, values: object) =>
  page.evaluate(async (changed) => {
    await fetch('/api/settings', {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ values: changed }),
    });
  }, values);

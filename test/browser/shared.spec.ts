// The page that npm run report -- --html writes, opened from the disk by a browser without a network.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test as base, type Page } from '@playwright/test';
import { runCommand } from '../support/command';
import { problems } from './axe';
import { order } from './tester';

const WILD = `<img src="https://example.com/x.png" onerror="document.title='run'"> & "co"`;

/** A name to be masked, one with HTML, values that are left out, and enough events for bars. */
const EVENTS = [
  ...Array.from({ length: 60 }, (_, index) =>
    order({
      properties: { email: index % 3 === 0 ? 'nobody' : 'jane@example.com', phone: '(415) 555-0100' },
    }),
  ),
  order({ properties: { email: 'jane@example.com', value: '1,250', currency: 'EUR' } }),
  order({ event: WILD }),
  order({ timestamp: '2020-01-01T00:00:00Z' }),
];

interface Fixtures {
  /** The page, opened; the test fails if it asks for anything, or the console has a complaint. */
  readonly shared: Page;
}

const test = base.extend<Fixtures>({
  shared: async ({ page, context }, use, info) => {
    const folder = info.outputPath('.');
    const name = (file: string) => path.join(folder, file);
    writeFileSync(name('month.ndjson'), EVENTS.map((event) => JSON.stringify(event)).join('\n'));
    writeFileSync(name('settings.json'), '{"accessToken":"example-access-token","eventSetId":"1"}');
    const { stderr } = await runCommand(
      'report',
      ['month.ndjson', '--settings', 'settings.json', '--html', 'report.html'],
      { env: { INIT_CWD: folder } },
    );
    expect(stderr).toBe('');
    const url = pathToFileURL(name('report.html')).href;
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => complaints.push(message.text()));
    await context.setOffline(true);
    await page.goto(url);
    await use(page);
    expect({ requests: [...new Set(requests)], complaints }).toEqual({ requests: [url], complaints: [] });
  },
});

/** The brightness of a colour that the browser computed, from 0 to 255. */
const brightness = (page: Page, property: 'color' | 'backgroundColor') =>
  page.locator('body').evaluate((body, name) => {
    const channels = getComputedStyle(body)[name].match(/\d+/g) ?? [];
    return channels.slice(0, 3).reduce((sum, channel) => sum + Number(channel) / 3, 0);
  }, property);

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [390, 1200])
    test(`in ${colorScheme} at ${width} px, axe finds nothing, and nothing is wider than the window`, async ({
      shared,
    }) => {
      await shared.emulateMedia({ colorScheme });
      await shared.setViewportSize({ width, height: 900 });
      const [text, ground] = [await brightness(shared, 'color'), await brightness(shared, 'backgroundColor')];
      expect(text < ground).toBe(colorScheme === 'light');
      expect(Math.abs(text - ground)).toBeGreaterThan(150);
      expect(await problems(shared)).toEqual([]);
      const { scrollWidth, clientWidth } = await shared.evaluate(() => document.documentElement);
      expect(scrollWidth).toBe(clientWidth);
    });

test('it says what the report says, and nobody can click on anything', async ({ shared }) => {
  await expect(shared).toHaveTitle('63 events of month.ndjson');
  await expect(shared.getByRole('heading', { level: 1 })).toHaveText('What happens to 63 events');
  await expect(shared.getByRole('listitem').filter({ hasText: /^✔ delivered/ })).toHaveText(
    '✔ delivered4266.7 %',
  );
  const quality = shared.getByRole('region', { name: 'Estimated match quality' });
  await expect(quality.getByRole('row').nth(1)).toHaveText('Purchase6267.7 %0.0 %32.3 %');
  await expect(shared.getByText('have a national phone number: set Default Country.')).toBeVisible();
  await expect(shared.getByRole('figure').locator('.bars > div')).toHaveCount(32);
  await expect(shared.locator('button, a, input, form, script, dialog')).toHaveCount(0);
});

test('a name with HTML in it is text', async ({ shared }) => {
  await expect(shared.getByRole('rowheader', { name: WILD })).toBeVisible();
  await expect(shared.locator('img')).toHaveCount(0);
});

test('on paper it is dark on white whatever the scheme, whole, and with its bars', async ({ shared }) => {
  await shared.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await brightness(shared, 'backgroundColor')).toBe(255);
  expect(await brightness(shared, 'color')).toBeLessThan(60);
  await expect(shared.getByText('As a table')).toBeHidden();
  const regions = await shared.getByRole('region').all();
  expect(regions.length).toBeGreaterThan(4);
  for (const region of regions) {
    const { scrollHeight, clientHeight } = await region.evaluate((element) => element);
    expect(scrollHeight).toBe(clientHeight);
  }
  const bar = shared.locator('.bars span').first();
  expect(await bar.evaluate((element) => getComputedStyle(element).printColorAdjust)).toBe('exact');
  expect((await shared.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
});

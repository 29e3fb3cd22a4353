// The page for everybody: with the keyboard, on a phone, in both colour schemes, for screen readers.
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { order, panel, run, test } from './tester';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong, by rule and place. */
async function problems(page: Page): Promise<unknown> {
  await page.evaluate(axe);
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, nodes }) => [id, ...nodes.map(({ html, failureSummary }) => html + ': ' + failureSummary)]))`);
}

test.describe('axe finds nothing', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1440]) {
      test(`at ${width} px, ${colorScheme}`, async ({ tester }) => {
        await tester.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await problems(tester)).toEqual([]);

        await run(tester, [order(), order({ properties: {} }), order({ event: 'Video Playback Started' })]);
        await expect(panel(tester, 'Function').getByText('A batch of 3')).toBeVisible();
        await run(tester, order({ properties: { email: 'jane@example.com', currency: 'euros' } }));
        await expect(panel(tester, 'TikTok').getByText('Left out')).toBeVisible();
        await run(tester, '{');
        await expect(tester.getByRole('alert')).toBeVisible();
        await panel(tester, 'Function').getByText('Settings', { exact: true }).click();
        await panel(tester, 'Function')
          .getByRole('button', { name: 'Add an entry to Event Mappings' })
          .click();
        await panel(tester, 'Function').getByText('Requests and answers').click();
        await panel(tester, 'File')
          .getByLabel('Drop a file of events, or choose one')
          .setInputFiles({
            name: 'a.json',
            mimeType: 'application/json',
            buffer: Buffer.from(JSON.stringify([order()])),
          });
        await expect(panel(tester, 'File').getByRole('heading', { name: 'a.json: 1 event' })).toBeVisible();
        expect(await problems(tester)).toEqual([]);

        if (width > 360) return;
        await tester.setViewportSize({ width, height: 780 });
        for (const name of ['Shop', 'Function', 'TikTok', 'File']) {
          await tester.getByRole('tab', { name }).click();
          expect(await problems(tester)).toEqual([]);
        }
      });
    }
  }
});

test('at 360 px nothing is wider than the screen', async ({ tester }) => {
  await tester.setViewportSize({ width: 360, height: 780 });
  for (const name of ['Shop', 'Function', 'TikTok', 'File']) {
    await tester.getByRole('tab', { name }).click();
    const { scrollWidth, clientWidth } = await tester.evaluate(() => document.documentElement);
    expect({ name, scrollWidth }).toEqual({ name, scrollWidth: clientWidth });
  }
});

test('the arrow keys move between tabs, and a purchase can be made with the keyboard alone', async ({
  tester,
}) => {
  await tester.setViewportSize({ width: 360, height: 780 });
  await tester.getByRole('tab', { name: 'Shop' }).focus();
  await tester.keyboard.press('ArrowLeft');
  await expect(tester.getByRole('tab', { name: 'File' })).toBeFocused();
  await tester.keyboard.press('Home');
  await expect(tester.getByRole('tabpanel', { name: 'Shop' })).toBeVisible();

  for (const name of ['Sign in', 'Add to cart Trail shoe', 'Check out', /^Pay /]) {
    const button = tester.getByRole('button', { name });
    // However many times the Tab key must be pressed.
    for (let step = 0; step < 60; step += 1) {
      if (await button.evaluate((element) => element === document.activeElement)) break;
      await tester.keyboard.press('Tab');
    }
    await expect(button).toBeFocused();
    await tester.keyboard.press('Enter');
  }
  await expect(tester.getByText('Order Completed → Purchase').first()).toBeVisible();
});

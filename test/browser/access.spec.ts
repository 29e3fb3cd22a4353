// The page for everybody: with the keyboard, on a phone, in both colour schemes, for screen readers.
import { expect, type Page } from '@playwright/test';
import { problems } from './axe';
import { open, order, panel, run, test, type } from './tester';

const TABS = ['Try', 'Calls', 'Shop', 'File'] as const;

test.describe('axe finds nothing', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, height] of [
      [390, 844],
      [1024, 768],
      [1440, 900],
    ] as const) {
      test(`at ${width} px, ${colorScheme}`, async ({ tester }) => {
        await tester.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await tester.setViewportSize({ width, height });
        for (const tab of TABS) {
          await open(tester, tab);
          expect(await problems(tester)).toEqual([]);
        }

        await run(tester, [order(), order({ properties: {} }), order({ event: 'Video Playback Started' })]);
        const result = panel(tester, 'Result');
        await expect(result.getByText('A batch of 3')).toBeVisible();
        await result.getByText('Order Completed → Purchase', { exact: true }).click();
        await run(tester, order({ properties: { email: 'jane@example.com', currency: 'euros' } }));
        await expect(result.getByText('1 value left out')).toBeVisible();
        await result.getByText('Requests and answers').click();
        await result.getByText('had no value').click();
        expect(await problems(tester)).toEqual([]);

        const settings = panel(tester, 'Settings');
        await settings.getByRole('button', { name: 'Add an entry to Event Mappings' }).click();
        await settings.getByRole('button', { name: 'Add an entry to Parameter Mappings' }).click();
        await expect(settings.getByLabel('Parameter Mappings, entry 1: TikTok parameter')).toBeFocused();
        await tester.keyboard.type('user.mail');
        await expect(settings.getByText('did you mean user.email?')).toBeVisible();
        await type(tester, '{');
        await expect(panel(tester, 'Event').getByText('bad JSON')).toBeVisible();
        expect(await problems(tester)).toEqual([]);
        await settings.getByRole('button', { name: 'Remove entry 1 of Parameter Mappings' }).click();
        await settings.getByRole('button', { name: 'JSON', exact: true }).click();
        await panel(tester, 'Event').getByRole('button', { name: 'Choose…' }).click();
        expect(await problems(tester)).toEqual([]);
        await tester.keyboard.press('Escape');

        await open(tester, 'File');
        await panel(tester, 'File')
          .getByLabel('Choose a file of events')
          .setInputFiles({
            name: 'a.json',
            mimeType: 'application/json',
            buffer: Buffer.from(JSON.stringify([order(), order({ properties: {} })])),
          });
        await expect(panel(tester, 'File').getByRole('heading', { name: 'a.json: 2 events' })).toBeVisible();
        expect(await problems(tester)).toEqual([]);
        await open(tester, 'Calls');
        expect(await problems(tester)).toEqual([]);
      });
    }
  }
});

test.describe('a main button can be read while the mouse is over it', () => {
  for (const colorScheme of ['light', 'dark'] as const)
    test(colorScheme, async ({ tester }) => {
      await tester.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await run(tester, order());
      await expect(panel(tester, 'Result')).toBeVisible();
      for (const [tab, name] of [
        ['Try', 'Run'],
        ['Calls', 'Run again'],
        ['Shop', 'Sign in'],
      ] as const) {
        await open(tester, tab);
        await panel(tester, tab).getByRole('button', { name }).and(tester.locator('.main')).hover();
        expect(await problems(tester)).toEqual([]);
      }
    });
});

test('from 360 px on nothing is wider than the screen', async ({ tester }) => {
  await run(tester, order());
  for (const width of [360, 390, 1024, 1440]) {
    await tester.setViewportSize({ width, height: 780 });
    for (const tab of TABS) {
      await open(tester, tab);
      const { scrollWidth, clientWidth } = await tester.evaluate(() => document.documentElement);
      expect({ width, tab, scrollWidth }).toEqual({ width, tab, scrollWidth: clientWidth });
    }
  }
});

/** Presses the Tab key until this has the focus. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const control = page.getByRole('button', { name }).or(page.getByRole('link', { name, exact: true }));
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    if (await control.first().evaluate((element) => element === document.activeElement)) break;
  }
  await expect(control.first()).toBeFocused();
  const outline = await control.first().evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(outline).toBe('solid');
}

test('with the keyboard alone a purchase is made, looked at among the calls, and run again', async ({
  tester,
}) => {
  await tester.setViewportSize({ width: 390, height: 844 });
  await tabTo(tester, 'Shop');
  await tester.keyboard.press('Enter');
  for (const name of ['Sign in', 'Add to cart Trail shoe', 'Check out', /^Pay /]) {
    await tabTo(tester, name);
    await tester.keyboard.press('Enter');
  }
  await expect(
    panel(tester, 'Result').getByText('Order Completed → Purchase', { exact: true }),
  ).toBeVisible();
  await tabTo(tester, 'Calls');
  await tester.keyboard.press('Enter');
  await tabTo(tester, 'Run again');
  await tester.keyboard.press('Enter');
  await expect(panel(tester, 'Output').getByText('Already received, counted once')).toBeVisible();
});

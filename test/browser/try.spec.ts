// Try: an event and the settings, and what becomes of the event before it is run and after.
import { expect, type Page } from '@playwright/test';
import { changeSettings, open, order, panel, run, SIZES, test, type } from './tester';

const chooseAnswer = (page: Page, answer: string) =>
  page.getByLabel('TikTok answers').locator('visible=true').selectOption({ label: answer });

/** A row of what TikTok got. */
const row = (page: Page, pane: 'Preview' | 'Result', parameter: string) =>
  panel(page, pane)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: parameter, exact: true }) });

for (const viewport of SIZES)
  test.describe(`at ${viewport.width} px`, () => {
    test.use({ viewport });

    test('after Run the outcome and what TikTok got are in sight, and nobody had to scroll', async ({
      tester,
    }) => {
      await run(tester, order());
      const result = panel(tester, 'Result');
      await expect(result.getByText('Delivered', { exact: true }).last()).toBeInViewport();
      await expect(result.getByRole('heading', { name: 'What TikTok got' })).toBeInViewport();
      await expect(row(tester, 'Result', 'value')).toContainText('12.5');
      if (viewport.width < 1000) return;
      await expect(panel(tester, 'Event')).toBeInViewport({ ratio: 1 });
      await expect(panel(tester, 'Settings')).toBeInViewport({ ratio: 1 });
      const { scrollHeight, clientHeight } = await tester.evaluate(() => document.documentElement);
      expect(scrollHeight).toBe(clientHeight);
    });

    test('each tab has its own address: reload and back keep it', async ({ tester }) => {
      await expect(panel(tester, 'Try')).toBeVisible();
      for (const tab of ['Calls', 'Shop', 'File'] as const) {
        await open(tester, tab);
        await expect(tester).toHaveURL(new RegExp(`#${tab.toLowerCase()}$`));
        await tester.reload();
        await expect(panel(tester, tab)).toBeVisible();
        await expect(tester).toHaveTitle(`${tab} · TikTok Offline Conversions`);
        await expect(tester.getByRole('link', { name: tab, exact: true })).toHaveAttribute(
          'aria-current',
          'page',
        );
      }
      await tester.goBack();
      await expect(panel(tester, 'Shop')).toBeVisible();
      await expect(panel(tester, 'File')).toBeHidden();
    });

    test('the preview follows what is typed, in the event and in a mapping; nothing is sent', async ({
      tester,
    }) => {
      await type(tester, order());
      const preview = panel(tester, 'Preview');
      await expect(preview.getByText('Would be delivered')).toBeVisible();
      await expect(row(tester, 'Preview', 'value')).toContainText('12.5');

      await panel(tester, 'Settings')
        .getByRole('button', { name: 'Add an entry to Parameter Mappings' })
        .click();
      await expect(
        panel(tester, 'Settings').getByLabel('Parameter Mappings, entry 1: TikTok parameter'),
      ).toBeFocused();
      await tester.keyboard.type('properties.value');
      await tester.keyboard.press('Tab');
      await tester.keyboard.type('properties.net');
      await expect(row(tester, 'Preview', 'value')).toContainText('10');
      await expect(row(tester, 'Preview', 'value')).toContainText('properties.net');
      await type(tester, order({ properties: { total: 1 } }));
      await expect(preview.getByText('Would be discarded')).toBeVisible();
      await open(tester, 'Calls');
      await expect(panel(tester, 'List of calls').getByRole('listitem')).toHaveCount(0);
    });

    test('once the settings are changed, the preview says what changes in the request; another event is not compared', async ({
      tester,
    }) => {
      const event = order();
      await run(tester, event);
      await expect(panel(tester, 'Result')).toBeVisible();
      await changeSettings(tester, {
        parameterMappings: { 'properties.value': 'properties.net', 'properties.shop_id': '"7"' },
      });
      const preview = panel(tester, 'Preview');
      await expect(preview.getByText('2 fields of the request changed since call')).toBeVisible();
      await expect(preview.getByRole('row', { name: 'data[0].properties.value 12.5 10' })).toBeVisible();
      await expect(preview.getByRole('row', { name: 'data[0].properties.shop_id absent 7' })).toBeVisible();
      await type(tester, { ...event, messageId: 'another' });
      await expect(row(tester, 'Preview', 'event_id')).toContainText('another');
      await expect(preview.getByText('changed since call')).toHaveCount(0);
      await type(tester, event);
      await panel(tester, 'Settings').getByRole('button', { name: 'Discard changes' }).click();
      await expect(panel(tester, 'Result')).toBeVisible();
    });

    test('Ctrl+Enter runs, from the editor and from a field, with what was typed there', async ({
      tester,
    }) => {
      await type(tester, order({ properties: { phone: '020 7946 0958' } }));
      const lines = panel(tester, 'Event').locator('.cm-line');
      const count = await lines.count();
      await tester.keyboard.press('Control+Enter');
      await expect(panel(tester, 'Result').getByText('Discarded', { exact: true }).last()).toBeVisible();
      await panel(tester, 'Settings').getByLabel('Default Country').fill('GB');
      await tester.keyboard.press('Control+Enter');
      await expect(panel(tester, 'Result').getByText('Delivered', { exact: true }).last()).toBeVisible();
      // The editor's own Ctrl+Enter would have added one.
      await expect(lines).toHaveCount(count);
    });

    test('bad JSON is underlined at its place, and Run leads the cursor there', async ({ tester }) => {
      await type(tester, '{\n  "type": "track",\n  "event": }\n');
      const event = panel(tester, 'Event');
      const problem = 'Line 3, column 12: bad JSON: "}" was not expected here';
      await expect(event.getByText(problem)).toBeVisible();
      await expect(event.locator('.cm-lintRange-error')).toHaveText('}');
      await expect(event.getByRole('textbox')).toHaveAccessibleDescription(problem);
      await open(tester, 'Try');
      await event.getByRole('button', { name: 'Run', exact: true }).click();
      await expect(event.getByRole('textbox')).toBeFocused();
      expect(await tester.evaluate(() => getSelection()?.toString())).toBe('}');
    });

    test('an example is chosen from a list that is searched', async ({ tester }) => {
      await panel(tester, 'Event').getByRole('button', { name: 'Choose…' }).click();
      const dialog = tester.getByRole('dialog', { name: 'Choose an event' });
      const before = await dialog.boundingBox();
      await tester.keyboard.type('started TRIAL');
      await expect(dialog.getByRole('listitem')).toHaveText(['Trial Started', 'All of these, as a batch']);
      expect(await dialog.boundingBox()).toEqual(before);
      await tester.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
      await panel(tester, 'Event').getByRole('button', { name: 'Choose…' }).click();
      await dialog.getByRole('button', { name: 'Trial Started' }).click();
      await expect(dialog).toBeHidden();
      await expect(panel(tester, 'Event').getByRole('textbox')).toContainText('example-trial-started');
      await expect(panel(tester, 'Preview').getByText('Trial Started → StartTrial')).toBeVisible();
    });
  });

test('on a phone the preview is one press away from anywhere, and Run covers no text', async ({ tester }) => {
  await tester.setViewportSize({ width: 390, height: 844 });
  await type(tester, order());
  const jump = tester.getByRole('button', { name: 'See the preview' });
  await expect(jump).toBeInViewport();
  await expect(panel(tester, 'Preview').getByText('Would be delivered')).not.toBeInViewport();
  await jump.click();
  await expect(panel(tester, 'Preview').getByText('Would be delivered')).toBeInViewport();
  const bar = await tester.locator('.run').boundingBox();
  expect(bar).toMatchObject({ x: 0, width: 390 });
});

test('at 1024 px nothing is cut off, and Run moves nothing', async ({ tester }) => {
  await tester.setViewportSize({ width: 1024, height: 768 });
  await type(tester, order());
  await expect(panel(tester, 'Preview').getByText('Would be delivered')).toBeVisible();
  const heading = await panel(tester, 'Preview').locator('.bar').boundingBox();
  await panel(tester, 'Event').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(panel(tester, 'Result')).toBeVisible();
  expect(await panel(tester, 'Result').locator('.bar').boundingBox()).toEqual(heading);
  for (const tab of ['Try', 'Calls'] as const) {
    await open(tester, tab);
    const cut = await tester
      .locator('.from, header p, td, th')
      .evaluateAll((places) =>
        places.filter((place) => place.scrollWidth > place.clientWidth).map((place) => place.textContent),
      );
    expect(cut).toEqual([]);
  }
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
      await chooseAnswer(tester, answer);
      await run(tester, order());
      const result = panel(tester, 'Result').locator('.call');
      await expect(result.getByText('Order Completed → Purchase', { exact: true })).toBeVisible();
      await expect(result.getByText(outcome, { exact: true })).toBeVisible();
      await expect(result.getByText(message)).toBeVisible();
      await expect(result.getByText(counted, { exact: true })).toBeVisible();
    });
  }

  test('an event to be retried is delivered once TikTok works again, and counted once', async ({
    tester,
  }) => {
    await chooseAnswer(tester, 'Rate limited');
    await run(tester, order());
    await expect(panel(tester, 'Result').getByText('Not counted')).toBeVisible();
    await chooseAnswer(tester, 'As usual');
    await open(tester, 'Calls');
    await panel(tester, 'Input').getByRole('button', { name: 'Try again, as Segment will' }).click();
    await expect(panel(tester, 'Output').getByText('Counted', { exact: true })).toBeVisible();
    await panel(tester, 'Input').getByRole('button', { name: 'Run again' }).click();
    await expect(panel(tester, 'Output').getByText('Already received, counted once')).toBeVisible();
    await expect(tester.getByRole('banner')).toContainText('has received 3 requests and counted 1 event.');
  });

  test('one bad event of a batch is discarded, the others are delivered', async ({ tester }) => {
    await chooseAnswer(tester, 'One bad event');
    await run(tester, [order(), order(), order(), order()]);
    const result = panel(tester, 'Result');
    await expect(result.getByText('3 delivered')).toBeVisible();
    await expect(result.getByText('1 discarded')).toBeVisible();
    for (const event of await result.getByText('Order Completed → Purchase', { exact: true }).all())
      await event.click();
    await expect(result.getByText('Counted', { exact: true })).toHaveCount(3);
    await expect(result.getByText('Not counted', { exact: true })).toHaveCount(1);
  });
});

test('the settings change a mapping, and the next run shows it', async ({ tester }) => {
  const settings = panel(tester, 'Settings');
  await run(tester, order());
  await expect(row(tester, 'Result', 'value')).toContainText('12.5');

  await settings.getByRole('button', { name: 'Add an entry to Parameter Mappings' }).click();
  await settings.getByLabel('Parameter Mappings, entry 1: TikTok parameter').fill('properties.value');
  await settings.getByLabel('Parameter Mappings, entry 1: where its value comes from').fill('properties.net');
  await settings.getByRole('button', { name: 'Add an entry to Event Mappings' }).click();
  await settings.getByLabel('Event Mappings, entry 1: Segment event').fill('Order Completed');
  await settings.getByLabel('Event Mappings, entry 1: TikTok event').fill('Purchase, order_paid');
  await panel(tester, 'Event').getByRole('button', { name: 'Run', exact: true }).click();

  const result = panel(tester, 'Result');
  await expect(result.getByText('Order Completed → Purchase, order_paid')).toBeVisible();
  const paid = result.getByRole('region', { name: 'Order Completed → order_paid' });
  const value = paid
    .getByRole('row')
    .filter({ has: tester.getByRole('rowheader', { name: 'value', exact: true }) });
  await expect(value).toContainText('10');
  await expect(value).toContainText('properties.net');
});

test('what is left out says why, and how many values that were', async ({ tester }) => {
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
  const leftOut = panel(tester, 'Result').getByRole('region', { name: 'Left out' });
  await expect(leftOut.getByText('4 values left out')).toBeVisible();
  await expect(leftOut.getByRole('listitem')).toHaveText([
    'user.email: a part of "properties.email" is only a placeholder',
    'properties.contents.price: "price" is only a placeholder',
    'properties.currency: "properties.currency" is not a currency of ISO 4217',
    'properties.search_string: "properties.query" is a string that contains personal data',
  ]);
  await expect(row(tester, 'Result', 'email')).toContainText('# hashed');
  await expect(row(tester, 'Result', 'email')).toContainText(
    'a part of "properties.email" is only a placeholder',
  );
  await run(tester, order());
  await expect(panel(tester, 'Result')).toBeVisible();
  await expect(panel(tester, 'Result').getByText('left out')).toHaveCount(0);
});

test('times are times, with the Unix number beside them; one request is "1 request"', async ({ tester }) => {
  await run(tester, order({ timestamp: '2026-11-20T10:15:00.000Z' }));
  await expect(row(tester, 'Result', 'event_time')).toContainText('2026-11-20 10:15:00 UTC 1795169700');
  const result = panel(tester, 'Result');
  await expect(result.getByText(/^\d\d:\d\d:\d\d \(\d{10}\)$/)).toBeVisible();
  await expect(result.getByText('1 request', { exact: true })).toBeVisible();
});

test('an event that Segment does not hand over is not delivered', async ({ tester }) => {
  await run(tester, order({ integrations: { All: false } }));
  const result = panel(tester, 'Result').locator('.call');
  await expect(result.getByText('Not handed over', { exact: true })).toBeVisible();
  await expect(result).toContainText('The event turns all destinations off');
});

test('all examples run as one batch; each of its events can be looked at', async ({ tester }) => {
  await panel(tester, 'Event').getByRole('button', { name: 'Choose…' }).click();
  await tester.getByRole('button', { name: 'All of these, as a batch' }).click();
  await panel(tester, 'Event').getByRole('button', { name: 'Run', exact: true }).click();
  const result = panel(tester, 'Result');
  await expect(result.getByText('A batch of 12')).toBeVisible();
  await expect(result.getByText('8 delivered')).toBeVisible();
  await result.getByText('Trial Started → StartTrial').click();
  await expect(result.getByRole('region', { name: 'Trial Started → StartTrial' })).toContainText('Counted');
});

test('of a large batch the first 50 are shown, and all are counted', async ({ tester }) => {
  await run(
    tester,
    Array.from({ length: 60 }, () => order()),
  );
  const result = panel(tester, 'Result');
  await expect(result.getByText('60 delivered')).toBeVisible();
  await expect(result.getByText('Order Completed → Purchase', { exact: true })).toHaveCount(50);
  await expect(result.getByText('… and 10 more')).toBeVisible();
});

test('a character that turns the direction of text is shown by its number', async ({ tester }) => {
  const mark = '\u202e';
  const shown = '\\u{202e}';
  const properties = { email: 'jane@example.com', query: `red ${mark}shoe`, currency: mark };
  await run(tester, order({ event: `Order ${mark}Paid` }));
  await expect(panel(tester, 'Result').getByText(`Order ${shown}Paid`, { exact: true })).toBeVisible();
  await run(tester, order({ properties }));
  const result = panel(tester, 'Result');
  await expect(row(tester, 'Result', 'search_string')).toContainText(`red ${shown}shoe`);
  await result.getByText('Requests and answers').click();
  await expect(result.getByLabel('Request 1')).toContainText(`red ${shown}shoe`);
  await open(tester, 'Calls');
  await expect(panel(tester, 'Input').getByRole('textbox')).toContainText('red \\u202eshoe');
  expect(await panel(tester, 'Calls').innerText()).not.toContain(mark);
});

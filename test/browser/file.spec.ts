// A file of events: chosen or dropped, and its report.
import { expect, type Page } from '@playwright/test';
import { order, panel, test } from './tester';

const choose = (page: Page, name: string, text: string) =>
  panel(page, 'File')
    .getByLabel('Drop a file of events, or choose one')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

/** The data of a drag of files with these names, with two events in each. */
const dragged = (page: Page, ...names: readonly string[]) =>
  page.evaluateHandle(
    ([content, ...files]) => {
      const transfer = new DataTransfer();
      for (const name of files) transfer.items.add(new File([content ?? ''], name));
      return transfer;
    },
    [JSON.stringify([order(), order()]), ...names],
  );

test('a file gives the report as charts, with the same numbers as tables', async ({ tester }) => {
  const lines = Array.from({ length: 60 }, (_, index) =>
    JSON.stringify(index % 3 === 0 ? order({ properties: {} }) : order()),
  );
  const file = panel(tester, 'File');
  await file.getByLabel('Drop a file of events, or choose one').setInputFiles({
    name: 'month.ndjson',
    mimeType: 'application/json',
    buffer: Buffer.from(lines.join('\n')),
  });
  await expect(file.getByRole('heading', { name: 'month.ndjson: 60 events' })).toBeVisible();
  await expect(file.getByRole('listitem').filter({ hasText: 'Delivered' }).first()).toContainText('40');
  for (const title of ['Outcomes over the file', 'What TikTok can match on', 'Names']) {
    await expect(file.getByRole('img', { name: new RegExp(`^${title}`) })).toBeVisible();
  }
  await file.getByText('As a table').nth(1).click();
  await expect(file.getByRole('row', { name: 'Email 100' })).toBeVisible();
  await expect(file.getByText('For example month.ndjson:1')).toBeVisible();
});

test('the charts end at the same height, and an outcome that did not occur is grey', async ({ tester }) => {
  await choose(tester, 'month.json', JSON.stringify([order(), order()]));
  const file = panel(tester, 'File');
  const bottoms: number[] = [];
  for (const title of ['What TikTok can match on', 'Names']) {
    const box = await file.getByRole('figure', { name: title }).boundingBox();
    bottoms.push(Math.round((box?.y ?? 0) + (box?.height ?? 0)));
  }
  expect(bottoms[0]).toBe(bottoms[1]);
  const colour = (label: string) =>
    file
      .getByRole('listitem')
      .filter({ hasText: label })
      .getByRole('strong')
      .evaluate((element) => getComputedStyle(element).color);
  expect(await colour('Retried')).toBe(await colour('Discarded'));
  expect(await colour('Retried')).not.toBe(await colour('Delivered'));
});

test('the input shows the name of the file that was read', async ({ tester }) => {
  const input = panel(tester, 'File').getByLabel('Drop a file of events, or choose one');
  await choose(tester, 'chosen.json', JSON.stringify([order()]));
  await expect(panel(tester, 'File').getByRole('heading', { name: 'chosen.json: 1 event' })).toBeVisible();
  await expect(input).toHaveValue(/chosen\.json$/);
  const dataTransfer = await dragged(tester, 'dropped.json');
  await tester.getByRole('heading', { name: 'Shop' }).dispatchEvent('drop', { dataTransfer });
  await expect(panel(tester, 'File').getByRole('heading', { name: 'dropped.json: 2 events' })).toBeVisible();
  await expect(input).toHaveValue(/dropped\.json$/);
});

test('a file may be dropped anywhere, and the page says so while it is dragged', async ({ tester }) => {
  const body = tester.locator('body');
  const label = () => body.evaluate((element) => getComputedStyle(element, '::after').content);
  const place = tester.getByRole('heading', { name: 'Shop' });
  const dataTransfer = await dragged(tester, 'dropped.json');
  await place.dispatchEvent('dragover', { dataTransfer });
  expect(await label()).toContain('Drop the file to read it');
  await place.dispatchEvent('dragleave', { dataTransfer });
  expect(await label()).toBe('none');
  await place.dispatchEvent('dragover', { dataTransfer });
  await place.dispatchEvent('drop', { dataTransfer });
  expect(await label()).toBe('none');
  const heading = panel(tester, 'File').getByRole('heading', { name: 'dropped.json: 2 events' });
  await expect(heading).toBeVisible();
});

test('a file that is dropped on another tab opens the tab for files', async ({ tester }) => {
  await tester.setViewportSize({ width: 360, height: 780 });
  const dataTransfer = await dragged(tester, 'dropped.json');
  await tester.getByRole('tabpanel', { name: 'Shop' }).dispatchEvent('drop', { dataTransfer });
  await expect(tester.getByRole('tab', { name: 'File' })).toHaveAttribute('aria-selected', 'true');
  await expect(tester.getByRole('heading', { name: 'dropped.json: 2 events' })).toBeVisible();
});

test('text that is dragged is not a file', async ({ tester }) => {
  const dataTransfer = await tester.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.setData('text/plain', '{}');
    return transfer;
  });
  await tester.getByRole('heading', { name: 'Shop' }).dispatchEvent('dragover', { dataTransfer });
  await expect(tester.locator('body')).not.toHaveClass(/dropping/);
});

test('a second file is refused while one is being read', async ({ tester }) => {
  let goOn: () => void = () => undefined;
  const waited = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await tester.route('**/api/report*', async (route) => {
    await waited;
    await route.continue();
  });
  await choose(tester, 'first.json', JSON.stringify([order()]));
  const file = panel(tester, 'File');
  await expect(file.getByText('Reading first.json…')).toBeVisible();
  await choose(tester, 'second.json', JSON.stringify([order()]));
  await expect(file.getByRole('alert')).toHaveText(
    'second.json was not read: first.json is still being read. Choose it again afterwards.',
  );
  await expect(file.getByLabel('Drop a file of events, or choose one')).toHaveValue(/first\.json$/);
  goOn();
  await expect(file.getByRole('heading', { name: 'first.json: 1 event' })).toBeVisible();
});

test('of several files at once, the first is read and the others are named', async ({ tester }) => {
  const dataTransfer = await dragged(tester, 'a.json', 'b.json');
  const file = panel(tester, 'File');
  await tester.getByRole('heading', { name: 'Shop' }).dispatchEvent('drop', { dataTransfer });
  await expect(file.getByRole('heading', { name: 'a.json: 2 events' })).toBeVisible();
  await expect(file.getByRole('alert')).toHaveText('One file at a time: a.json is read, b.json is not.');
});

test('a file gives the tables of the terminal: what was not sent, what TikTok can optimise for, what to look at', async ({
  tester,
}) => {
  const file = panel(tester, 'File');
  const sent = (properties: object) =>
    JSON.stringify(order({ properties: { email: 'jane@example.com', ...properties } }));
  await choose(
    tester,
    'month.ndjson',
    [
      sent({ value: 5, currency: 'EUR', product_id: 'a' }),
      sent({ value: '1,250', currency: 'EUR' }),
      sent({ value: 5 }),
      JSON.stringify(order({ properties: { email: 'nobody' } })),
    ].join('\n'),
  );
  const leftOut = file.getByRole('region', { name: 'There, but not sent' });
  await expect(leftOut.getByRole('row').nth(1)).toContainText(
    'properties.value"properties.value" is an amount that could be read in two ways, such as "1,250"1month.ndjson:2',
  );
  await expect(
    file.getByRole('row', { name: 'Purchases with value and currency 1 of 3 33.3 %' }),
  ).toBeVisible();
  await expect(file.getByText('1 event with a value without a currency')).toBeVisible();
  await expect(file.getByText('user.email: "properties.email" is not an email address')).toBeVisible();
});

test('settings that cannot work are reported before a file is read', async ({ tester }) => {
  const func = panel(tester, 'Function');
  await func.getByText('Settings', { exact: true }).click();
  await func.getByLabel('Event Set ID').fill('');
  await func.getByLabel('Default Country').click();
  await expect(func.getByRole('alert')).toContainText('Event Set ID is missing');
  await choose(tester, 'month.json', JSON.stringify([order()]));
  await expect(panel(tester, 'File').getByRole('alert')).toHaveText(
    'Fix the settings first: Event Set ID is missing',
  );
});

test('a bad file is reported with its line', async ({ tester }) => {
  const file = panel(tester, 'File');
  await file.getByLabel('Drop a file of events, or choose one').setInputFiles({
    name: 'bad.ndjson',
    mimeType: 'application/json',
    buffer: Buffer.from(`${JSON.stringify(order())}\n{"type": }\n`),
  });
  await expect(file.getByRole('alert')).toContainText('bad.ndjson:2:10: bad JSON: "}" was not expected here');
});

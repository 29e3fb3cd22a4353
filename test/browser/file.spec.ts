// A file of events: named or dropped, its report, the events behind each number, and the rejected ones to keep.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { changeSettings, open, order, panel, SIZES, test } from './tester';

const choose = (page: Page, name: string, text: string) =>
  panel(page, 'File')
    .getByLabel('Choose a file of events')
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

const heading = (page: Page, name: string) => panel(page, 'File').getByRole('heading', { name });
const linesOf = (events: readonly object[]) => events.map((event) => JSON.stringify(event)).join('\n');

/** Two orders that are sent, one without contact data, and one that is not mapped. */
const MONTH = [
  order({ properties: { email: 'jane@example.com', value: 5, currency: 'EUR' } }),
  order({ properties: { email: 'jane@example.com', value: '1,250', currency: 'EUR' } }),
  order({ messageId: 'message-3', properties: { mail: 'jane@example.com' } }),
  order({ event: 'Video Playback Started' }),
];

for (const size of SIZES) {
  test.describe(`at ${size.width} px`, () => {
    test.use({ viewport: size });

    test('a report says what the terminal says, and nothing is wider than the window', async ({ tester }) => {
      await open(tester, 'File');
      await choose(tester, 'month.ndjson', linesOf(MONTH));
      const file = panel(tester, 'File');
      await expect(heading(tester, 'month.ndjson: 4 events')).toBeVisible();
      await expect(file.getByRole('listitem').filter({ hasText: /^✔ delivered/ })).toHaveText(
        '✔ delivered250.0 %',
      );
      await expect(file.getByRole('listitem').filter({ hasText: /^↻ retried/ })).toHaveText(
        '↻ retried00.0 %',
      );
      await expect(file.getByText('user.email: "properties.email" is absent')).toBeVisible();
      const leftOut = file.getByRole('region', { name: 'There, but not sent' }).getByRole('row').nth(1);
      await expect(leftOut).toContainText('an amount that could be read in two ways, such as "1,250"');
      const matches = file.getByRole('region', { name: 'TikTok can match on' });
      await expect(matches.getByRole('row', { name: 'email 2' })).toContainText('100.0 %');
      const goals = file.getByRole('region', { name: 'TikTok can optimise for' });
      await expect(goals.getByRole('row', { name: /^purchases with value and currency/ })).toContainText(
        '50.0 %',
      );
      const quality = file.getByRole('region', { name: 'Estimated match quality' });
      await expect(quality.getByRole('row', { name: /^Purchase/ })).toContainText('66.7 %0.0 %33.3 %');
      await expect(file.getByText('have no phone number at any source: map user.phone to')).toBeVisible();
      await expect(file.getByText(/^1 request, /)).toBeVisible();
      // Neither a parameter nor a place is broken within a word.
      for (const text of [
        leftOut.getByText('properties.value', { exact: true }),
        leftOut.getByText('month.ndjson:2'),
      ])
        expect((await text.boundingBox())?.height).toBeLessThan(30);
      const overflow = await tester.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
    });

    test('a number leads to its events, and one of them to Try as it came in', async ({ tester }) => {
      await open(tester, 'File');
      await choose(tester, 'month.ndjson', linesOf(MONTH));
      await panel(tester, 'File')
        .getByRole('link', { name: '1: show the events, discarded', exact: true })
        .click();
      const dialog = tester.getByRole('dialog', { name: '1 event: discarded' });
      await expect(dialog.getByRole('listitem')).toContainText('month.ndjson:3, message message-3');
      await dialog.getByRole('button', { name: 'Try month.ndjson:3' }).click();
      await expect(dialog).toBeHidden();
      await expect(panel(tester, 'Event').getByRole('textbox')).toContainText('"messageId": "message-3"');
      await tester.goBack();
      await expect(dialog.getByRole('listitem')).toHaveCount(1);
      await tester.reload();
      await expect(dialog.getByRole('listitem')).toHaveCount(1);
      await tester.goBack();
      await expect(dialog).toBeHidden();
      await tester.goForward();
      await expect(dialog).toBeVisible();
      await tester.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
      await expect(tester).toHaveURL(/#file$/);
    });

    test('the rejected events are saved as they came in, and can be run again after a change', async ({
      tester,
    }) => {
      await open(tester, 'File');
      await choose(tester, 'month.ndjson', linesOf(MONTH));
      const downloading = tester.waitForEvent('download');
      await panel(tester, 'File').getByRole('link', { name: 'Save the rejected event' }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toBe('rejected.ndjson');
      const saved = readFileSync(await download.path(), 'utf8');
      expect(saved).toBe(`${JSON.stringify(MONTH[2])}\n`);

      await changeSettings(tester, { parameterMappings: { 'user.email': 'properties.mail' } });
      await expect(
        panel(tester, 'File').getByText('The settings or the function have changed since.'),
      ).toBeVisible();
      await choose(tester, 'rejected.ndjson', saved);
      await expect(heading(tester, 'rejected.ndjson: 1 event')).toBeVisible();
      await expect(panel(tester, 'File').getByText('Every event was delivered.')).toBeVisible();
    });
  });
}

test.describe('with --events', () => {
  const named = test.extend({
    options: async ({ browserName }, use, info) => {
      const file = info.outputPath(`${browserName}-named.ndjson`);
      writeFileSync(file, linesOf(MONTH));
      await use(['--events', file]);
    },
  });

  named(
    'the files that were named are reported on when the tab is opened, by their names without folders; a reload keeps tab and report',
    async ({ tester, browserName }) => {
      const name = `${browserName}-named.ndjson: 4 events`;
      await expect(heading(tester, name)).toHaveCount(0);
      await open(tester, 'File');
      await expect(tester.getByRole('heading', { name, exact: true })).toBeVisible();
      await expect(panel(tester, 'File').getByText('/')).toHaveCount(0);
      await tester.reload();
      await expect(tester.getByRole('heading', { name, exact: true })).toBeVisible();
    },
  );
});

test('what TikTok gets is counted by name and currency, and what comes again leads to all its events', async ({
  tester,
}) => {
  await open(tester, 'File');
  const again = { ...MONTH[0], messageId: '10002' };
  await choose(tester, 'month.ndjson', linesOf([again, ...MONTH, again]));
  const file = panel(tester, 'File');
  const sent = file.getByRole('region', { name: 'TikTok gets' });
  await expect(sent.getByRole('row').nth(1)).toHaveText('Purchase4EUR415.00 in 30');
  await expect(
    file.getByText('1 event comes again under the same name and event_id: TikTok counts it once.'),
  ).toBeVisible();
  await expect(file.getByText('Purchase 10002: month.ndjson:1, month.ndjson:6')).toBeVisible();
  await file.getByRole('link', { name: '2: show the events, Purchase 10002' }).click();
  await expect(tester.getByRole('dialog').getByRole('listitem')).toHaveCount(2);
});

test('the values of a field say which events were sent, and lead to them', async ({ tester }) => {
  await open(tester, 'File');
  await choose(tester, 'month.ndjson', linesOf(MONTH));
  const file = panel(tester, 'File');
  await file.getByLabel('Values of a field').fill('properties.value');
  await file.getByLabel('Values of a field').press('Enter');
  const values = file.getByRole('region', { name: 'Values of properties.value' });
  await expect(values.getByRole('row').filter({ hasText: /^5/ })).toHaveText('510');
  await file.getByLabel('Values of a field').fill('');
  await file.getByLabel('Values of a field').press('Enter');
  await expect(values).toHaveCount(0);
  await file.getByLabel('Values of a field').fill('properties.value');
  await file.getByLabel('Values of a field').press('Enter');
  await values.getByRole('link', { name: '1: show the events, properties.value 5, sent' }).click();
  await expect(tester.getByRole('dialog').getByRole('listitem')).toContainText('month.ndjson:1');
});

test('a report that is made again says what has changed, and leads to the events', async ({ tester }) => {
  await open(tester, 'File');
  await choose(tester, 'month.ndjson', linesOf(MONTH));
  const file = panel(tester, 'File');
  await expect(heading(tester, 'month.ndjson: 4 events')).toBeVisible();
  await changeSettings(tester, { parameterMappings: { 'user.email': 'properties.mail' } });
  await file.getByRole('button', { name: 'Report again' }).click();
  await expect(file.getByRole('listitem').filter({ hasText: /^✔ delivered/ })).toHaveText(
    '✔ delivered1−1 25.0 %',
  );
  await expect(file.getByText(/^Since the report before: /)).toHaveText(
    'Since the report before: 2 delivered before, now discarded; 1 discarded before, now delivered.',
  );
  await file.getByRole('link', { name: '1: show the events, discarded before, now delivered' }).click();
  await expect(tester.getByRole('dialog').getByRole('listitem')).toContainText('month.ndjson:3');
});

test('the bars are the parts of the file; the first and the last are named below them', async ({
  tester,
}) => {
  await open(tester, 'File');
  await choose(tester, 'month.ndjson', linesOf(Array.from({ length: 103 }, () => order())));
  const chart = panel(tester, 'File').getByRole('figure', { name: 'Outcomes over the file' });
  await expect(chart.locator('.bars > div')).toHaveCount(26);
  await expect(chart.locator('.ticks > span')).toHaveText(['1 to 4', '101 to 103']);
  await expect(chart.locator('.bars > div').last()).toHaveAttribute(
    'title',
    'Events 101 to 103\n3 delivered',
  );
  await chart.getByText('As a table').click();
  await expect(chart.getByRole('row', { name: '101 to 103 3' })).toBeVisible();
});

test('one event has no chart', async ({ tester }) => {
  await open(tester, 'File');
  await choose(tester, 'one.json', JSON.stringify(order()));
  await expect(heading(tester, 'one.json: 1 event')).toBeVisible();
  await expect(panel(tester, 'File').getByRole('figure')).toHaveCount(0);
});

test('a file that is dropped on another tab opens the tab for files, and the page says so while it is dragged', async ({
  tester,
}) => {
  const body = tester.locator('body');
  const label = () => body.evaluate((element) => getComputedStyle(element, '::after').content);
  const dataTransfer = await dragged(tester, 'dropped.json');
  await body.dispatchEvent('dragover', { dataTransfer });
  expect(await label()).toContain('Drop the file to read it');
  await body.dispatchEvent('dragleave', { dataTransfer });
  expect(await label()).toBe('none');
  await body.dispatchEvent('drop', { dataTransfer });
  await expect(heading(tester, 'dropped.json: 2 events')).toBeVisible();
  expect(new URL(tester.url()).hash).toBe('#file');
});

test('text that is dragged is not a file', async ({ tester }) => {
  const dataTransfer = await tester.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.setData('text/plain', '{}');
    return transfer;
  });
  await tester.locator('body').dispatchEvent('dragover', { dataTransfer });
  await expect(tester.locator('body')).not.toHaveClass(/dropping/);
});

test('a second file is refused while a report is being made', async ({ tester }) => {
  let goOn: () => void = () => undefined;
  const waited = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await tester.route('**/api/report', async (route) => {
    await waited;
    await route.continue();
  });
  await open(tester, 'File');
  await choose(tester, 'first.json', JSON.stringify([order()]));
  const file = panel(tester, 'File');
  await expect(file.getByText('Reading first.json…')).toBeVisible();
  await choose(tester, 'second.json', JSON.stringify([order()]));
  await expect(file.getByRole('alert')).toHaveText(
    'second.json was not read: a report is being made. Choose it again afterwards.',
  );
  goOn();
  await expect(heading(tester, 'first.json: 1 event')).toBeVisible();
});

test('a report that takes long can be stopped, and says so', async ({ tester }) => {
  await open(tester, 'File');
  const long = linesOf(Array.from({ length: 60_000 }, () => order()));
  await choose(tester, 'long.ndjson', long);
  await panel(tester, 'File').getByRole('button', { name: 'Stop' }).click();
  await expect(panel(tester, 'File').getByRole('alert')).toHaveText(
    'The report was stopped. The report covers the events before that.',
  );
  await expect(panel(tester, 'File').getByRole('button', { name: 'Stop' })).toBeHidden();
});

test('settings that cannot work are said to be, and a button leads to the first mistake', async ({
  tester,
}) => {
  await changeSettings(tester, { parameterMappings: { event_id: 'propertys.id' } });
  await open(tester, 'File');
  await choose(tester, 'month.ndjson', linesOf(MONTH));
  const problem = panel(tester, 'File').getByRole('alert');
  await expect(problem).toContainText('Fix the settings first: Parameter Mappings, entry "event_id"');
  await problem.getByRole('button', { name: 'Show the mistake' }).click();
  await expect(
    panel(tester, 'Settings').getByLabel('Parameter Mappings, entry 1: TikTok parameter'),
  ).toBeFocused();
});

test('of several files at once, the first is read and the others are named', async ({ tester }) => {
  const dataTransfer = await dragged(tester, 'a.json', 'b.json');
  await tester.locator('body').dispatchEvent('drop', { dataTransfer });
  await expect(heading(tester, 'a.json: 2 events')).toBeVisible();
  await expect(panel(tester, 'File').getByRole('alert')).toHaveText(
    'One file at a time: b.json was not read.',
  );
});

test('a bad file is reported with its line', async ({ tester }) => {
  await open(tester, 'File');
  await choose(tester, 'bad.ndjson', `${JSON.stringify(order())}\n{"type": }\n`);
  await expect(panel(tester, 'File').getByRole('alert')).toContainText(
    'bad.ndjson:2:10: bad JSON: "}" was not expected here',
  );
});

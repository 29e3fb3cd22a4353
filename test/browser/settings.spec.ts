// The settings: as a form, on two pages at once and with mistakes, and as JSON, from a file and to it.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { changeSettings, open, order, panel, run, SIZES, test, type } from './tester';

/** Another page of the same tester. */
async function openAnother(page: Page): Promise<Page> {
  const other = await page.context().newPage();
  await other.goto(page.url());
  return other;
}

const field = (page: Page, label: string) => panel(page, 'Settings').getByLabel(label, { exact: true });

async function fill(page: Page, label: string, value: string): Promise<void> {
  await field(page, label).fill(value);
  await field(page, label).blur();
}

test.describe('on two pages', () => {
  test('each shows what the other saved', async ({ tester }) => {
    const other = await openAnother(tester);
    await fill(other, 'Default Country', 'GB');
    await field(other, 'Limited Data Use').check();
    await panel(other, 'Settings').getByRole('button', { name: 'Add an entry to Event Mappings' }).click();
    await fill(other, 'Event Mappings, entry 1: Segment event', 'Quote Sent');
    await fill(other, 'Event Mappings, entry 1: TikTok event', 'Lead');

    await expect(field(tester, 'Default Country')).toHaveValue('GB');
    await expect(field(tester, 'Limited Data Use')).toBeChecked();
    await expect(field(tester, 'Event Mappings, entry 1: Segment event')).toHaveValue('Quote Sent');
    await expect(field(tester, 'Event Mappings, entry 1: TikTok event')).toHaveValue('Lead');

    await fill(tester, 'Default Country', 'DE');
    await expect(field(other, 'Default Country')).toHaveValue('DE');
  });

  test('what is typed counts with each key, and undoes nothing that the other saved', async ({ tester }) => {
    const other = await openAnother(tester);
    await field(tester, 'Test Event Code').pressSequentially('TEST1');
    await expect(field(other, 'Test Event Code')).toHaveValue('TEST1');
    await field(other, 'Default Country').fill('GB');
    await expect(field(tester, 'Default Country')).toHaveValue('GB');
    await field(tester, 'Test Event Code').pressSequentially('2');
    await expect(field(other, 'Test Event Code')).toHaveValue('TEST12');
    await expect(field(other, 'Default Country')).toHaveValue('GB');
  });
});

test('two entries with the same key are reported at the second one, and saved once that is fixed', async ({
  tester,
}) => {
  const settings = panel(tester, 'Settings');
  const add = settings.getByRole('button', { name: 'Add an entry to Event Mappings' });
  const second = field(tester, 'Event Mappings, entry 2: Segment event');
  await add.click();
  await fill(tester, 'Event Mappings, entry 1: Segment event', 'Order Completed');
  await fill(tester, 'Event Mappings, entry 1: TikTok event', 'Purchase');
  await add.click();
  await fill(tester, 'Event Mappings, entry 2: Segment event', ' order completed');
  await fill(tester, 'Event Mappings, entry 2: TikTok event', 'order_paid');

  await expect(second).toHaveAttribute('aria-invalid', 'true');
  await expect(second).toHaveAccessibleDescription(/^Entry 1 has the same key\./);
  await run(tester, order());
  await expect(
    panel(tester, 'Result').getByText('Order Completed → Purchase', { exact: true }),
  ).toBeVisible();
  await expect(second).toHaveValue(' order completed');
  await expect(field(tester, 'Event Mappings, entry 2: TikTok event')).toHaveValue('order_paid');

  await settings.getByRole('button', { name: 'Remove entry 1 of Event Mappings' }).click();
  await expect(settings.getByText('Entry 1 has the same key')).toBeHidden();
  await expect(field(tester, 'Event Mappings, entry 1: TikTok event')).toHaveValue('order_paid');
  await run(tester, order());
  await expect(
    panel(tester, 'Result').getByText('Order Completed → order_paid', { exact: true }),
  ).toBeVisible();
});

test('each entry says whether it matches the event at hand, and if not, which comparison failed', async ({
  tester,
}) => {
  const settings = panel(tester, 'Settings');
  const entries: readonly (readonly [key: string, value: string])[] = [
    ['Order Completed', 'Purchase if properties.total > 5 and properties.channel = "store"'],
    ['Leads', 'Lead if type = "identify"'],
    ['Signed Up', 'CompleteRegistration'],
  ];
  for (const [index, [key, value]] of entries.entries()) {
    await settings.getByRole('button', { name: 'Add an entry to Event Mappings' }).click();
    await fill(tester, `Event Mappings, entry ${index + 1}: Segment event`, key);
    await fill(tester, `Event Mappings, entry ${index + 1}: TikTok event`, value);
  }
  const web = order({ properties: { email: 'jane@example.com', total: 9, channel: 'web' } });
  await type(tester, web);
  await expect(
    settings.getByText(
      'Not for this event: properties.channel = "store" does not hold. Here properties.channel is "web".',
    ),
  ).toBeVisible();
  await expect(settings.getByText('type = "identify" does not hold. Here type is "track".')).toBeVisible();
  await expect(settings.getByText('Not for this event: its name is Order Completed.')).toBeVisible();
  await type(tester, { ...web, properties: { ...web.properties, channel: 'store' } });
  await expect(settings.getByText('Matches this event: sent as Purchase.')).toBeVisible();
  await type(tester, '{ not yet');
  await expect(settings.getByText('this event:')).toHaveCount(0);
});

for (const viewport of SIZES)
  test.describe(`at ${viewport.width} px`, () => {
    test.use({ viewport });

    test('an error stands at its row, with the nearest valid name, and is gone once it is fixed', async ({
      tester,
    }) => {
      await type(tester, order());
      const settings = panel(tester, 'Settings');
      await settings.getByRole('button', { name: 'Add an entry to Parameter Mappings' }).click();
      const key = field(tester, 'Parameter Mappings, entry 1: TikTok parameter');
      await expect(key).toBeFocused();
      await tester.keyboard.type('user.mail');
      await expect(key).toHaveAttribute('aria-invalid', 'true');
      await expect(key).toHaveAccessibleDescription(
        /^Expected a TikTok parameter, .* did you mean user\.email\?$/,
      );
      await key.fill('user.email');
      await expect(key).toHaveAttribute('aria-invalid', 'false');
      const value = field(
        tester,
        'Parameter Mappings, entry 1: where its value comes from in the Segment event',
      );
      await value.fill('propertys.mail');
      await expect(value).toHaveAccessibleDescription(
        /did you mean properties\? \(character 1 of propertys\.mail\)\.$/,
      );
      await value.fill('properties.email');
      await expect(value).toHaveAttribute('aria-invalid', 'false');

      await field(tester, 'Default Country').fill('Germany');
      await expect(
        settings.getByText('Default Country must be the two letters of a country, such as US or GB, not UK.'),
      ).toBeVisible();
      await expect(field(tester, 'Default Country')).toHaveAttribute('aria-invalid', 'true');
    });

    test("rows offer parameters with descriptions, sources in the event, and TikTok's event names", async ({
      tester,
    }) => {
      await type(tester, order());
      await expect(panel(tester, 'Preview').getByText('Would be delivered')).toBeVisible();
      const settings = panel(tester, 'Settings');
      /** Types in a field, and waits until it offers a text with a description. */
      const expectOffer = async (label: string, typed: string, offer: RegExp) => {
        const input = field(tester, label);
        await input.fill(typed);
        const offers = () =>
          input.evaluate((element) =>
            element instanceof HTMLInputElement
              ? Array.from(element.list?.options ?? [], (option) => `${option.value} - ${option.label}`)
              : [],
          );
        await expect.poll(offers).toContainEqual(expect.stringMatching(offer));
      };
      await settings.getByRole('button', { name: 'Add an entry to Parameter Mappings' }).click();
      const parameter = 'Parameter Mappings, entry 1: TikTok parameter';
      await expectOffer(parameter, '', /^properties\.value - .{5}/);
      await expectOffer(parameter, 'Order Completed: ', /^Order Completed: user\.email - .{5}/);
      const source = 'Parameter Mappings, entry 1: where its value comes from in the Segment event';
      await expectOffer(source, '', /^properties\.net - in this event$/);
      await expectOffer(source, 'properties.x ?? ', /^properties\.x \?\? properties\.net - in this event$/);
      await settings.getByRole('button', { name: 'Add an entry to Event Mappings' }).click();
      const target = 'Event Mappings, entry 1: TikTok event';
      await expectOffer(target, '', /^Purchase - TikTok standard event$/);
      await expectOffer(target, 'Purchase, ', /^Purchase, Lead - TikTok standard event$/);
      await expectOffer(target, 'Purchase if ', /^Purchase if properties\.net - in this event$/);
    });

    test('settings are imported from a file or by pasting, and exported, without the token', async ({
      tester,
    }) => {
      const settings = panel(tester, 'Settings');
      const imported = { eventSetId: '7000000000000000002', defaultCountry: 'DE' };
      await settings.getByLabel('Import…').setInputFiles({
        name: 'mine.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(imported)),
      });
      await expect(settings.getByText('Imported from mine.json.')).toBeVisible();
      await expect(field(tester, 'Default Country')).toHaveValue('DE');
      const heightAbove = async () =>
        ((await field(tester, 'Default Country').boundingBox())?.y ?? 0) -
        ((await settings.boundingBox())?.y ?? 0);
      const before = await heightAbove();
      await fill(tester, 'Access Token required', 'another-token');
      await expect(settings.getByText('the example settings, changed')).toBeVisible();
      expect(await heightAbove()).toBe(before);

      await settings.getByRole('button', { name: 'JSON', exact: true }).click();
      const editor = settings.getByRole('textbox', { name: 'Settings as JSON' });
      await expect(editor).toContainText('"defaultCountry": "DE"');
      await editor.focus();
      await tester.keyboard.press('ControlOrMeta+A');
      await tester.keyboard.insertText('{ "defaultCountry": }');
      await expect(settings.getByText(/Line 1, column 21: bad JSON/)).toBeVisible();
      await expect(editor).toHaveAccessibleDescription(/Line 1, column 21/);
      await tester.keyboard.press('ControlOrMeta+A');
      await tester.keyboard.insertText(
        JSON.stringify({ ...imported, parameterMappings: { event_id: 'properties.n' } }),
      );
      await expect(settings.getByText(/Line 1, column 21/)).toBeHidden();

      const saving = tester.waitForEvent('download');
      await settings.getByRole('link', { name: 'Export' }).click();
      const text = readFileSync(await (await saving).path(), 'utf8');
      expect(JSON.parse(text)).toMatchObject({
        defaultCountry: 'DE',
        parameterMappings: { event_id: 'properties.n' },
      });
      expect(text).not.toContain('another-token');
      await settings.getByRole('button', { name: 'JSON', exact: true }).click();
      await expect(field(tester, 'Parameter Mappings, entry 1: TikTok parameter')).toHaveValue('event_id');
    });
  });

test.describe("with one's own files", () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'page-'));
  const file = (name: string) => path.join(folder, name);
  const [settingsFile, eventsFile] = [file('settings.json'), file('events.ndjson')];
  const otherFile = file('other.json');
  test.use({ options: ['--settings', settingsFile, '--events', eventsFile] });
  test.beforeEach(() => {
    const token = { env: 'TIKTOK_ACCESS_TOKEN' };
    writeFileSync(settingsFile, JSON.stringify({ accessToken: token, eventSetId: '7000000000000000001' }));
    const events = Array.from({ length: 120 }, (_, index) =>
      order({
        event: index === 99 ? 'In-Store Visit' : 'Order Completed',
        messageId: `event-${index}`,
        properties: {
          email: 'jane@example.com',
          total: 12.5,
          currency: 'EUR',
          order_number: 10_000 + index,
          channel: index % 3 === 0 ? 'store' : 'web',
        },
      }),
    );
    writeFileSync(eventsFile, events.map((event) => JSON.stringify(event)).join('\n'));
  });

  test('the page opens with them; events are searched, and settings are saved to the file', async ({
    tester,
  }) => {
    await expect(panel(tester, 'Event').getByRole('textbox')).toContainText('event-0');
    const from = panel(tester, 'Event').locator('.from');
    await expect(from).toHaveText('Order Completed, events.ndjson:1');
    await panel(tester, 'Event').getByRole('button', { name: 'Choose…' }).click();
    const dialog = tester.getByRole('dialog', { name: 'Choose an event' });
    const listed = dialog.getByRole('listitem').filter({ hasText: 'events.ndjson' });
    await expect(listed).toHaveCount(50);
    await dialog.getByRole('button', { name: 'More' }).click();
    await expect(listed).toHaveCount(100);
    await dialog.getByRole('searchbox').fill('visit in-store');
    await expect(listed).toHaveText([/In-Store Visit · 10099 · 12\.5 EUR · store.*events\.ndjson:100/]);
    await listed.getByRole('button').click();
    await expect(panel(tester, 'Event').getByRole('textbox')).toContainText('event-99');
    await panel(tester, 'Event').getByRole('button', { name: 'Next event' }).click();
    await expect(from).toHaveText('Order Completed, events.ndjson:101');
    await panel(tester, 'Event').getByRole('button', { name: 'Previous event' }).click();
    await expect(from).toHaveText('In-Store Visit, events.ndjson:100');

    const settings = panel(tester, 'Settings');
    const save = settings.getByRole('button', { name: 'Save to file' });
    await expect(save).toBeDisabled();
    await settings.getByRole('button', { name: 'Add an entry to Event Mappings' }).click();
    await fill(tester, 'Event Mappings, entry 1: Segment event', 'In-Store Visit');
    await fill(tester, 'Event Mappings, entry 1: TikTok event', 'FindLocation');
    await expect(
      panel(tester, 'Preview').getByText('In-Store Visit → FindLocation', { exact: true }),
    ).toBeVisible();
    await save.click();
    await expect(settings.getByText('Saved to settings.json.')).toBeVisible();
    await expect(save).toBeDisabled();
    expect(JSON.parse(readFileSync(settingsFile, 'utf8'))).toEqual({
      accessToken: { env: 'TIKTOK_ACCESS_TOKEN' },
      eventSetId: '7000000000000000001',
      eventMappings: { 'In-Store Visit': 'FindLocation' },
    });
  });

  for (const viewport of SIZES)
    test.describe(`at ${viewport.width} px`, () => {
      test.use({ viewport });

      test('each parameter says what it is for this event, and which path no event has', async ({
        tester,
      }) => {
        const settings = panel(tester, 'Settings');
        await settings.getByRole('button', { name: 'Add an entry to Parameter Mappings' }).click();
        await fill(tester, 'Parameter Mappings, entry 1: TikTok parameter', 'event_id');
        const source = field(
          tester,
          'Parameter Mappings, entry 1: where its value comes from in the Segment event',
        );
        await expect(source).toHaveAccessibleDescription('! Empty: event_id is not sent.');
        await source.fill('properties.ordernumber');
        await expect(source).toHaveAccessibleDescription(
          /^– No value in this event\. ! None of 120 events has properties\.ordernumber; did you mean properties\.order_number\?$/,
        );
        const leftOut = panel(tester, 'Preview').getByRole('region', { name: 'Left out' });
        await expect(leftOut).toContainText('event_id: properties.ordernumber has no value in this event');
        await source.fill('properties.order_number');
        await expect(source).toHaveAccessibleDescription('✔ For this event: 10000');
        await expect(leftOut).toHaveCount(0);
        await settings.getByRole('button', { name: 'Add an entry to Event Mappings' }).click();
        await fill(tester, 'Event Mappings, entry 1: Segment event', 'Order Completed');
        const target = field(tester, 'Event Mappings, entry 1: TikTok event');
        await expect(target).toHaveAccessibleDescription('! Order Completed is not sent any more.');
        await target.fill('Purch');
        await expect(target).toHaveAccessibleDescription(/did you mean Purchase\?$/);
      });
    });

  test('behind a comparison the values are offered that events have there', async ({ tester }) => {
    await panel(tester, 'Settings').getByRole('button', { name: 'Add an entry to Event Mappings' }).click();
    const target = field(tester, 'Event Mappings, entry 1: TikTok event');
    for (const typed of ['Purchase if properties.channel = ', 'Purchase if properties.channel in ["x", ']) {
      await target.fill(typed);
      const offers = () =>
        target.evaluate((element) =>
          element instanceof HTMLInputElement
            ? Array.from(element.list?.options ?? [], (option) => `${option.value} - ${option.label}`)
            : [],
        );
      await expect.poll(offers).toEqual([`${typed}"web" - 80 events`, `${typed}"store" - 40 events`]);
    }
  });

  test('with each key the settings are changed; bad JSON is not saved; changes are discarded; the token stays hidden', async ({
    tester,
  }) => {
    const settings = panel(tester, 'Settings');
    const save = settings.getByRole('button', { name: 'Save to file' });
    const discard = settings.getByRole('button', { name: 'Discard changes' });
    await expect(discard).toBeDisabled();
    await field(tester, 'Default Country').pressSequentially('D');
    await expect(settings.getByText('settings.json, changed')).toBeVisible();
    await expect(save).toBeEnabled();
    await discard.click();
    await expect(field(tester, 'Default Country')).toHaveValue('');
    await expect(settings.getByText('Back to settings.json.')).toBeVisible();
    await expect(save).toBeDisabled();

    writeFileSync(otherFile, JSON.stringify({ accessToken: 'secret-token', eventSetId: '7' }));
    await settings.getByLabel('Import…').setInputFiles(otherFile);
    await expect(settings.getByText('Imported from other.json.')).toBeVisible();
    await settings.getByRole('button', { name: 'JSON', exact: true }).click();
    const editor = settings.getByRole('textbox', { name: 'Settings as JSON' });
    await expect(editor).toContainText('"eventSetId": "7"');
    await expect(editor).not.toContainText('secret-token');
    await editor.focus();
    await tester.keyboard.press('ControlOrMeta+End');
    await tester.keyboard.type('}');
    await expect(settings.getByText('settings.json, bad JSON')).toBeVisible();
    await expect(save).toBeDisabled();
    await discard.click();
    await expect(editor).toContainText('"eventSetId": "7000000000000000001"');
  });

  test('an event that was opened behind a number has the next one of that number beside it', async ({
    tester,
  }) => {
    await open(tester, 'File');
    await expect(async () => {
      const report = panel(tester, 'File').getByRole('button', { name: 'Report' });
      if (await report.isVisible()) await report.click();
      await expect(panel(tester, 'File').getByText('120 events')).toBeVisible({ timeout: 3000 });
    }).toPass();
    await panel(tester, 'File')
      .getByRole('link', { name: '119: show the events, delivered', exact: true })
      .click();
    await tester
      .getByRole('dialog')
      .getByRole('button', { name: 'Try events.ndjson:99', exact: true })
      .click();
    const from = panel(tester, 'Event').locator('.from');
    await expect(from).toHaveText('Order Completed, events.ndjson:99');
    await panel(tester, 'Event').getByRole('button', { name: 'Next event' }).click();
    // Event 100 is not delivered.
    await expect(from).toHaveText('Order Completed, events.ndjson:101');
  });

  test('after saving a call as a case, the command to check it names the settings file', async ({
    tester,
  }) => {
    await run(tester, order());
    await open(tester, 'Calls');
    await panel(tester, 'Input').getByRole('button', { name: 'Save as a test case' }).click();
    const command = `npm run check -- cases.json --expect --settings ${settingsFile}`;
    await expect(panel(tester, 'Input').getByText(command, { exact: true })).toBeVisible();
    await changeSettings(tester, { defaultCountry: 'DE' });
    await expect(panel(tester, 'Input').getByText('Its settings are not saved')).toBeVisible();
  });
});

// The form of the settings: on two pages at once, and with the same key twice.
import { expect, type Page } from '@playwright/test';
import { order, panel, run, test } from './tester';

/** Another page of the same tester. */
async function openAnother(page: Page): Promise<Page> {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await panel(other, 'Function').getByText('Settings', { exact: true }).click();
  return other;
}

const field = (page: Page, label: string) => panel(page, 'Function').getByLabel(label, { exact: true });

async function fill(page: Page, label: string, value: string): Promise<void> {
  await field(page, label).fill(value);
  await field(page, label).blur();
}

test.beforeEach(async ({ tester }) => {
  await panel(tester, 'Function').getByText('Settings', { exact: true }).click();
});

test.describe('on two pages', () => {
  test('each shows what the other saved', async ({ tester }) => {
    const other = await openAnother(tester);
    await fill(other, 'Default Country', 'GB');
    await field(other, 'Limited Data Use').check();
    await panel(other, 'Function').getByRole('button', { name: 'Add an entry to Event Mappings' }).click();
    await fill(other, 'Event Mappings, entry 1: Segment event', 'Quote Sent');
    await fill(other, 'Event Mappings, entry 1: TikTok event', 'Lead');

    await expect(field(tester, 'Default Country')).toHaveValue('GB');
    await expect(field(tester, 'Limited Data Use')).toBeChecked();
    await expect(field(tester, 'Event Mappings, entry 1: Segment event')).toHaveValue('Quote Sent');
    await expect(field(tester, 'Event Mappings, entry 1: TikTok event')).toHaveValue('Lead');

    await fill(tester, 'Default Country', 'DE');
    await expect(field(other, 'Default Country')).toHaveValue('DE');
  });

  test('each keeps what is being typed on it, and undoes nothing that the other saved', async ({
    tester,
  }) => {
    const other = await openAnother(tester);
    await field(tester, 'Test Event Code').fill('TEST1');
    await fill(other, 'Test Event Code', 'TEST2');
    await fill(other, 'Default Country', 'GB');
    await expect(field(tester, 'Default Country')).toHaveValue('GB');
    await expect(field(tester, 'Test Event Code')).toHaveValue('TEST1');

    await field(tester, 'Test Event Code').blur();
    await expect(field(other, 'Test Event Code')).toHaveValue('TEST1');
    await expect(field(other, 'Default Country')).toHaveValue('GB');
    await fill(other, 'Test Event Code', 'TEST3');
    await expect(field(tester, 'Test Event Code')).toHaveValue('TEST3');
  });
});

test('two entries with the same key are reported at the second one, and saved once that is fixed', async ({
  tester,
}) => {
  const func = panel(tester, 'Function');
  const add = func.getByRole('button', { name: 'Add an entry to Event Mappings' });
  const second = field(tester, 'Event Mappings, entry 2: Segment event');
  await add.click();
  await fill(tester, 'Event Mappings, entry 1: Segment event', 'Order Completed');
  await fill(tester, 'Event Mappings, entry 1: TikTok event', 'Purchase');
  await add.click();
  await fill(tester, 'Event Mappings, entry 2: Segment event', ' order completed');
  await fill(tester, 'Event Mappings, entry 2: TikTok event', 'order_paid');

  await expect(second).toHaveAttribute('aria-invalid', 'true');
  await expect(second).toHaveAccessibleDescription(/^Entry 1 has the same key\./);
  await expect(func.getByText('Not saved: Event Mappings has the same key twice.')).toBeVisible();
  await run(tester, order());
  await expect(panel(tester, 'TikTok').getByText('Order Completed → Purchase')).toBeVisible();
  await expect(second).toHaveValue(' order completed');
  await expect(field(tester, 'Event Mappings, entry 2: TikTok event')).toHaveValue('order_paid');

  await func.getByRole('button', { name: 'Remove entry 1 of Event Mappings' }).click();
  await expect(func.getByText('Entry 1 has the same key')).toBeHidden();
  await expect(func.getByText('Saved: the next run uses it.')).toBeVisible();
  await expect(field(tester, 'Event Mappings, entry 1: TikTok event')).toHaveValue('order_paid');
  await run(tester, order());
  await expect(panel(tester, 'TikTok').getByText('Order Completed → order_paid')).toBeVisible();
});

test('each entry says whether it matches the event at hand, and if not, which comparison failed', async ({
  tester,
}) => {
  const func = panel(tester, 'Function');
  const entries: readonly (readonly [key: string, value: string])[] = [
    ['Order Completed', 'Purchase if properties.total > 5 and properties.channel = "store"'],
    ['Leads', 'Lead if type = "identify"'],
    ['Signed Up', 'CompleteRegistration'],
  ];
  for (const [index, [key, value]] of entries.entries()) {
    await func.getByRole('button', { name: 'Add an entry to Event Mappings' }).click();
    await fill(tester, `Event Mappings, entry ${index + 1}: Segment event`, key);
    await fill(tester, `Event Mappings, entry ${index + 1}: TikTok event`, value);
  }
  const event = func.getByLabel('Event', { exact: true });
  const web = order({ properties: { email: 'jane@example.com', total: 9, channel: 'web' } });
  await event.fill(JSON.stringify(web));
  await expect(
    func.getByText('Not for this event: properties.channel = "store" does not hold.'),
  ).toBeVisible();
  await expect(func.getByText('Not for this event: type = "identify" does not hold.')).toBeVisible();
  await expect(func.getByText('Not for this event: its name is Order Completed.')).toBeVisible();
  await event.fill(JSON.stringify({ ...web, properties: { ...web.properties, channel: 'store' } }));
  await expect(func.getByText('Matches this event: sent as Purchase.')).toBeVisible();
  await event.fill('{ not yet');
  await expect(func.getByText('this event:')).toHaveCount(0);
});

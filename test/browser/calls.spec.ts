// Calls: the list, its filters, and a call with its input and output.
import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { changeSettings, open, order, panel, run, SIZES, test } from './tester';

for (const viewport of SIZES)
  test.describe(`at ${viewport.width} px`, () => {
    test.use({ viewport });

    test('calls are listed newest first, and filtered by outcome, name and text', async ({ tester }) => {
      await run(tester, order({ messageId: 'receipt-7' }));
      await expect(panel(tester, 'Result')).toBeVisible();
      await run(tester, order({ event: 'Signed Up', properties: {} }));
      await expect(panel(tester, 'Result').getByText('Discarded', { exact: true }).last()).toBeVisible();
      await open(tester, 'Calls');
      const list = panel(tester, 'List of calls');
      const listed = list.getByRole('listitem');
      await expect(listed).toHaveText([/Signed Up.*call 2/, /Order Completed → Purchase.*call 1/]);
      await list.getByLabel('Outcome').selectOption({ label: 'Delivered' });
      await expect(listed).toHaveText([/Order Completed/]);
      await list.getByLabel('Outcome').selectOption({ label: 'Any outcome' });
      await list.getByLabel('Name').selectOption({ label: 'Signed Up' });
      await expect(listed).toHaveText([/Signed Up/]);
      await list.getByLabel('Name').selectOption({ label: 'Any name' });
      await list.getByRole('searchbox').fill('RECEIPT-7');
      await expect(listed).toHaveText([/Order Completed/]);
      await list.getByRole('searchbox').fill('no call has this');
      await expect(list.getByText('No call is like this.')).toBeVisible();
    });

    test('a call has its own address, with its input and its output', async ({ tester }) => {
      await run(tester, order({ messageId: 'first' }));
      await expect(panel(tester, 'Result')).toBeVisible();
      await run(tester, order({ messageId: 'second' }));
      await open(tester, 'Calls');
      await expect(panel(tester, 'Input').getByRole('textbox')).toContainText('second');
      await panel(tester, 'List of calls').getByRole('link').nth(1).click();
      await expect(tester).toHaveURL(/#calls\/\d+$/);
      await tester.reload();
      const input = panel(tester, 'Input');
      const output = panel(tester, 'Output');
      await expect(input.getByRole('textbox')).toContainText('first');
      await expect(output.getByText('Order Completed → Purchase', { exact: true })).toBeVisible();
      const [left, right] = [await input.boundingBox(), await output.boundingBox()];
      const isWide = viewport.width > 1000;
      expect((right?.y ?? 0) > (left?.y ?? 0)).toBe(!isWide);
      expect((right?.x ?? 0) > (left?.x ?? 0)).toBe(isWide);
      await input.getByRole('button', { name: 'Open in Try' }).click();
      await expect(panel(tester, 'Event').getByRole('textbox')).toContainText('first');
    });

    test('run again under other settings, a call says what changed in the request, field by field', async ({
      tester,
    }) => {
      await run(tester, order());
      await expect(panel(tester, 'Result')).toBeVisible();
      await open(tester, 'Calls');
      await panel(tester, 'Input').getByRole('button', { name: 'Run again' }).click();
      const output = panel(tester, 'Output');
      await expect(output.getByText('The request is the same as in call')).toBeVisible();
      await open(tester, 'Try');
      await panel(tester, 'Settings').getByLabel('Test Event Code').fill('TEST1');
      await panel(tester, 'Settings').getByLabel('Test Event Code').blur();
      await open(tester, 'Calls');
      await panel(tester, 'Input').getByRole('button', { name: 'Run again' }).click();
      await expect(output.getByText('1 field of the request changed since call')).toBeVisible();
      await expect(output.getByRole('row', { name: 'test_event_code absent TEST1' })).toBeVisible();
    });
  });

test("a request is copied as curl, with $TIKTOK_ACCESS_TOKEN in the token's place", async ({
  tester,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await run(tester, order());
  const result = panel(tester, 'Result');
  await expect(result.getByRole('button', { name: 'Copy as curl' })).toBeInViewport();
  await result.getByRole('button', { name: 'Copy as curl' }).click();
  await expect(result.getByText('Copied.')).toBeVisible();
  const copied = await tester.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('-H "Access-Token: $TIKTOK_ACCESS_TOKEN"');
  expect(copied).toContain('"event":"Purchase"');
  expect(copied).not.toContain('example-access-token');
  await result.getByText('Requests and answers').click();
  await expect(result.getByLabel('Request 1')).toContainText('Access-Token: •••');
});

test('a call is saved as cases, with example values or the real ones, and the page says how they are checked', async ({
  tester,
}) => {
  await run(tester, order({ properties: { email: 'someone.else@example.com', total: 1 } }));
  await open(tester, 'Calls');
  const input = panel(tester, 'Input');
  for (const [button, hasReal] of [
    ['Save as a test case', false],
    ['Save with the real values', true],
  ] as const) {
    const saving = tester.waitForEvent('download');
    await input.getByRole('button', { name: button }).click();
    const saved = await readFile(await (await saving).path(), 'utf8');
    expect(saved.includes('someone.else')).toBe(hasReal);
    await expect(input.getByText('Saved to your downloads as cases.json.')).toBeVisible();
  }
  await expect(input.getByText('npm run check -- cases.json --expect', { exact: true })).toBeVisible();
  await changeSettings(tester, { defaultCountry: 'DE' });
  await expect(input.getByText('Its settings are in no file')).toBeVisible();
});

test('if the settings are to blame, a button leads to the first mistake', async ({ tester }) => {
  await run(tester, order());
  await expect(panel(tester, 'Result')).toBeVisible();
  await changeSettings(tester, { parameterMappings: { event_id: 'propertys.id' } });
  await open(tester, 'Calls');
  await panel(tester, 'Input').getByRole('button', { name: 'Save as a test case' }).click();
  const problem = panel(tester, 'Input').getByRole('alert');
  await expect(problem).toContainText('Fix the settings first: Parameter Mappings, entry "event_id"');
  await problem.getByRole('button', { name: 'Show the mistake' }).click();
  await expect(
    panel(tester, 'Settings').getByLabel('Parameter Mappings, entry 1: TikTok parameter'),
  ).toBeFocused();
});

// A call of the page is saved as a case.
import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { order, panel, run, test } from './tester';

test('a call is saved as a case with example values, unless personal data is to be kept', async ({
  tester,
}) => {
  await run(tester, order({ properties: { email: 'ada@example.org' } }));
  const result = panel(tester, 'Function').getByRole('status');
  const link = result.getByRole('link', { name: 'Save as a case' });
  const save = async (): Promise<string> => {
    const [download] = await Promise.all([tester.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('cases.json');
    return readFile(await download.path(), 'utf8');
  };
  const examples = await save();
  expect(examples).toContain('"sha256(customer-1@example.com)"');
  expect(examples).not.toContain('ada@');
  await result.getByLabel('Keep personal data').check();
  expect(await save()).toContain('"sha256(ada@example.org)"');
});

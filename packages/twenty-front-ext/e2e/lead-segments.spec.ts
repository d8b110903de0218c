import { readFile } from 'node:fs/promises';
import { expect, expectAccessible, test } from './support/journey.ts';
import { enterLead, ownPhone } from './support/leads.ts';
import { asOwnAdmin } from './support/newcomers.ts';

test('a segment is made of the filters, chosen, widened, renamed, deleted and brought back', async ({
  page,
}) => {
  await asOwnAdmin(page);
  await page.goto('/leads');
  for (const [name, source, city] of [
    ['Cold Kyiv', 'cold_base', 'Kyiv'],
    ['Cold Lviv', 'cold_base', 'Lviv'],
    ['Other Kyiv', 'external', 'Kyiv'],
  ])
    await enterLead(page, { name, source, city, phones: [ownPhone()] });
  await page.reload();
  const menu = page.getByRole('button', { name: 'Segments' });
  await menu.click();
  await expect(
    page.getByRole('menuitem', { name: 'Save the filters as a segment' }),
  ).toBeDisabled();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: /^Filter/ }).click();
  await page.getByLabel('Source', { exact: true }).selectOption('Cold base');
  await page.keyboard.press('Escape');
  await expect(page.getByText('2 leads, all shown')).toBeVisible();
  await menu.click();
  await page.getByRole('menuitem', { name: 'Save the filters as a segment' }).click();
  const dialog = page.getByRole('dialog', { name: 'New segment' });
  await dialog.getByLabel('Name').fill('Cold <b>leads</b>');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Segment: Cold <b>leads</b>')).toBeVisible();
  await expect(page.getByText('Source: Cold base')).toHaveCount(0);
  await expect(page.getByText('2 leads, all shown')).toBeVisible();

  // A filter narrows within the segment, and may become part of it.
  await page.getByRole('button', { name: /^Filter/ }).click();
  await page.getByLabel('City', { exact: true }).selectOption('kyiv');
  await page.keyboard.press('Escape');
  await expect(page.getByText('1 lead, all shown')).toBeVisible();
  const chosen = page.getByRole('button', { name: 'Cold <b>leads</b>', exact: true });
  await chosen.click();
  await expectAccessible(page);
  await expect(page.getByRole('menuitem', { name: 'Cold <b>leads</b> 2' })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Put the filters into Cold <b>leads</b>' }).click();
  await expect(page.getByText('City: Київ')).toHaveCount(0);
  await expect(page.getByText('1 lead, all shown')).toBeVisible();

  await chosen.click();
  await page.getByRole('menuitem', { name: 'Rename or share' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Cold Kyiv');
  await page.getByRole('dialog').getByLabel('Everybody in the company sees it').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Segment: Cold Kyiv')).toBeVisible();

  await page.getByRole('button', { name: 'Cold Kyiv', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete Cold Kyiv' }).click();
  await expect(page.getByText('3 leads, all shown')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Segment: Cold Kyiv')).toBeVisible();
  await expect(page.getByText('1 lead, all shown')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Segment: Cold Kyiv')).toBeVisible();

  // The file has what the list shows.
  await page.getByRole('button', { name: 'Export' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('leads.csv');
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('Cold base');
  // Nobody has said yes yet, so the file does not say who it is.
  expect(lines[1]).not.toContain('Cold Kyiv');

  await page.getByRole('button', { name: /^Filter/ }).click();
  await page.getByLabel('Consent', { exact: true }).selectOption('The person agrees');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByText('No lead fits', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Remove filter Consent' }).click();
  await expect(page.getByText('1 lead, all shown')).toBeVisible();
});

test('statuses are put in order by keyboard and added, stay so, and leads are moved to them', async ({
  page,
}) => {
  await asOwnAdmin(page);
  await page.goto('/settings/leads');
  const statuses = page.getByRole('list', { name: 'Statuses in their order' });
  const first = statuses.getByRole('textbox').first();
  await expect(first).toHaveValue('New');
  await statuses.getByRole('button', { name: 'Move In work', exact: true }).focus();
  const said = (text: string) => expect(page.getByText(text)).toBeAttached();
  await page.keyboard.press('Space');
  await said('In work is taken. It is at place 3 of 9.');
  await page.keyboard.press('ArrowUp');
  await said('In work is now at place 2 of 9.');
  await page.keyboard.press('ArrowUp');
  await said('In work is now at place 1 of 9.');
  await page.keyboard.press('Space');
  await expect(first).toHaveValue('In work');
  await page.getByRole('textbox', { name: 'New status' }).fill('Waits for a call');
  await page.getByRole('button', { name: 'Add to Statuses' }).click();
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(first).toHaveValue('In work');
  await expect(statuses.getByRole('textbox').last()).toHaveValue('Waits for a call');
  await expectAccessible(page);

  // A status of one's own is one that leads are moved to.
  const lead = await enterLead(page, { name: 'Waiting', phones: [ownPhone()] });
  await page.goto(`/leads/${lead.id}`);
  await page.getByRole('button', { name: 'Move to' }).click();
  await page.getByRole('menuitem', { name: 'Waits for a call' }).click();
  await expect(page.getByText(/→ Waits for a call/)).toBeVisible();
});

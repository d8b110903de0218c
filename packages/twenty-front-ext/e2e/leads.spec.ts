import { expect, expectAccessible, test } from './support/journey.ts';
import { editLead, enterLead, openNewLead, ownPhone, typeLead } from './support/leads.ts';
import { asOwnAdmin } from './support/newcomers.ts';

test('a lead is entered, a second one of the same number is warned of', async ({ page }) => {
  await asOwnAdmin(page);
  const phone = ownPhone();
  await page.goto('/leads');
  await expect(page.getByText('No leads yet')).toBeVisible();
  await expectAccessible(page);

  await openNewLead(page);
  await expectAccessible(page);
  await expect(page.getByRole('button', { name: 'Create' })).toBeDisabled();
  await typeLead(page, { name: '<b>Ivan</b> Petrenko', phone, source: 'Cold base', city: 'Lviv' });
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '<b>Ivan</b> Petrenko' })).toBeVisible();
  await expect(page.getByText(phone)).toBeVisible();
  await expectAccessible(page);

  await page.goto('/leads');
  await openNewLead(page);
  await typeLead(page, { name: 'Ivan P.', phone, source: 'Cold base' });
  await page.getByRole('button', { name: 'Create' }).click();
  const warning = page.getByRole('alert').filter({ hasText: 'There is such a lead already' });
  await expect(warning.getByRole('link', { name: '<b>Ivan</b> Petrenko' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Enter anyway' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ivan P.' })).toBeVisible();

  await page.goto('/leads');
  await expect(page.getByText('2 leads, all shown')).toBeVisible();
  await page.getByRole('searchbox').fill(phone);
  await expect(page.getByText('2 leads, all shown')).toBeVisible();
  await page.getByRole('searchbox').fill('+380670000000');
  await expect(page.getByText('No lead fits', { exact: true })).toBeVisible();
});

test('a lead is edited where it stands, moved with a reason, and commented', async ({ page }) => {
  await asOwnAdmin(page);
  await page.goto('/leads');
  const lead = await enterLead(page, { name: 'Olena Bila', phones: [ownPhone()] });
  await page.goto(`/leads/${lead.id}`);

  await page.getByRole('button', { name: 'Edit Niche' }).click();
  await page.getByRole('combobox', { name: 'Niche' }).fill('Bakery');
  await page.getByRole('combobox', { name: 'Niche' }).press('Enter');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(page.getByText('Bakery')).toBeVisible();
  // While there is something to undo.
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light' });

  await page.getByRole('button', { name: 'Edit Amount' }).click();
  const amount = page.getByRole('textbox', { name: 'Amount' });
  await amount.fill('a lot');
  await expect(page.getByText('Type an amount')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await amount.press('Escape');
  await expect(amount).toHaveCount(0);

  await page.getByRole('button', { name: 'Move to' }).click();
  await page.getByRole('menuitem', { name: 'Rejected' }).click();
  const dialog = page.getByRole('dialog', { name: 'Move to Rejected' });
  await dialog.getByLabel('Reason').fill('No budget');
  await dialog.getByRole('button', { name: 'Move' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('No budget')).toBeVisible();

  await page.getByPlaceholder('Write a comment').fill('Call in <i>spring</i>');
  await page.getByRole('button', { name: 'Add comment' }).click();
  await expect(page.getByText('Call in <i>spring</i>')).toBeVisible();
  await expect(page.getByPlaceholder('Write a comment')).toHaveValue('');

  await page.getByRole('button', { name: 'Record an answer' }).click();
  await page.getByRole('dialog').getByLabel('Where it stands').fill('Call of Monday');
  await page.getByRole('dialog').getByRole('button', { name: 'Record' }).click();
  await expect(page.getByText('The person agrees').first()).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
});

test('two who change the same field choose', async ({ page }) => {
  await asOwnAdmin(page);
  await page.goto('/leads');
  const lead = await enterLead(page, { name: 'Taras Two', phones: [ownPhone()] });
  await page.goto(`/leads/${lead.id}`);
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Taras Mine');
  await editLead(page, lead, { name: 'Taras Theirs' });
  await page.getByRole('button', { name: 'Save' }).click();
  const conflict = page.getByRole('dialog', { name: 'Somebody else changed this' });
  await expect(conflict.getByText('Taras Theirs')).toBeVisible();
  await conflict.getByRole('button', { name: 'Save mine' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Taras Mine' })).toBeVisible();
});

test('a file of leads is looked at, tried and imported', async ({ page }) => {
  await asOwnAdmin(page);
  const known = ownPhone();
  await page.goto('/leads');
  await enterLead(page, { name: 'Known Already', phones: [known] });
  await page.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByText('No file was uploaded yet.')).toBeVisible();
  await expectAccessible(page);

  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  const rows = [
    'Name;Phone;Source;Product',
    `Іван Новий;${ownPhone()};Cold base;GTX Pro`,
    `Known Again;${known};Cold base;GTX Pro`,
    `Nobody Knows;${ownPhone()};Pigeon;GTX Pro`,
    'No Number;12;Cold base;GTX Pro',
  ];
  await (
    await chooser
  ).setFiles({
    name: 'spring.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.join('\n')),
  });
  await expect(page.getByRole('heading', { level: 1, name: 'Import of spring.csv' })).toBeVisible();
  await expect(page.getByLabel('Meaning of Phone')).toHaveValue('phone');
  await expect(page.getByLabel('Separator')).toHaveValue(';');
  await page.getByLabel('Meaning of Product').selectOption('Keep as it is');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Dry run' }).click();
  const meaning = page.getByLabel('Source: Pigeon (1)');
  await expect(meaning).toBeVisible();
  await expectAccessible(page);
  await meaning.selectOption('External');
  await expect(page.getByRole('button', { name: 'Start the import' })).toBeDisabled();
  await page.getByRole('button', { name: 'Dry run again' }).click();
  await expect(meaning).toHaveCount(0);
  await page.getByRole('button', { name: 'Start the import' }).click();

  const rejected = page.getByRole('button', { name: 'Rejected rows as CSV' });
  await expect(rejected).toBeVisible();
  await expectAccessible(page);
  const saved = page.waitForEvent('download');
  await rejected.click();
  expect((await saved).suggestedFilename()).toBe('rejected-spring.csv');
  await page.getByRole('link', { name: 'To the leads' }).click();
  await expect(page.getByRole('link', { name: 'Іван Новий' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Nobody Knows' })).toBeVisible();
});

test('a lead becomes a deal of the chosen pipeline', async ({ page }) => {
  await asOwnAdmin(page);
  await page.goto('/leads');
  const consent = { answer: 'given', evidence: 'form v1' };
  const lead = await enterLead(page, { name: 'Daria Deal', phones: [ownPhone()], consent });
  await page.goto(`/leads/${lead.id}`);
  await page.getByRole('button', { name: 'Convert' }).click();
  const dialog = page.getByRole('dialog', { name: 'Convert into a deal' });
  await dialog.getByLabel('Name of the deal').fill('Bakery in Lviv');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Convert' }).click();
  await page.getByRole('link', { name: 'Open the deal' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bakery in Lviv' })).toBeVisible();
});

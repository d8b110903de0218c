import { request } from '@playwright/test';
import { inviteCompany } from './support/auction.ts';
import { chooseFile, counted, inWindows1251, rejectedRows, workbookOf } from './support/imports.ts';
import { expect, expectAccessible, test } from './support/journey.ts';
import { editLead, enterLead, openNewLead, ownPhone, typeLead } from './support/leads.ts';
import { asOwnAdmin, enter, visitor } from './support/newcomers.ts';
import { ADDRESS } from './support/stack.ts';

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
  const tenant = await asOwnAdmin(page);
  const api = await request.newContext({
    baseURL: ADDRESS,
    extraHTTPHeaders: { authorization: `Bearer ${tenant.apiKey}` },
  });
  const partner = await inviteCompany(api, 'partner');
  await api.dispose();
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

  await page.getByRole('button', { name: 'Edit Source' }).click();
  await page.getByRole('combobox', { name: 'Source' }).selectOption({ label: 'Cold base' });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^Source: .+ → Cold base$/)).toBeVisible();

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

  await page.getByRole('button', { name: 'Edit Partner' }).click();
  await page.getByRole('combobox', { name: 'Partner' }).fill(partner.name);
  await page.getByRole('option', { name: partner.name }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`Partner: nobody → ${partner.name}`)).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  const own = await visitor(page);
  await enter(own, partner);
  await own.goto('/leads');
  await expect(own.getByRole('link', { name: 'Olena Bila' })).toBeVisible();
  await own.context().close();
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

  const rows = [
    'Name;Phone;Source;Product',
    `Іван Новий;${ownPhone()};Cold base;GTX Pro`,
    `Known Again;${known};Cold base;GTX Pro`,
    `Nobody Knows;${ownPhone()};Pigeon;GTX Pro`,
    'No Number;12;Cold base;GTX Pro',
  ];
  await chooseFile(page, 'spring.csv', Buffer.from(rows.join('\n')));
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

  await expect(page.getByRole('button', { name: 'Rejected rows as CSV' })).toBeVisible();
  await expectAccessible(page);
  const rejected = await rejectedRows(page);
  expect(rejected.name).toBe('rejected-spring.csv');
  expect(rejected.text).toContain(
    '\r\nNo Number;12;Cold base;GTX Pro;row 4: Phone: phone_invalid: ',
  );
  await page.getByRole('link', { name: 'To the leads' }).click();
  await expect(page.getByRole('link', { name: 'Іван Новий' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Nobody Knows' })).toBeVisible();
});

test('a workbook and a file in Windows-1251 are imported by one saved mapping, and a long one is stopped', async ({
  page,
}) => {
  await asOwnAdmin(page);
  const head = { who: 'Відвідувач', phone: 'Мобільник', from: 'Звідки', stand: 'Стенд' };
  const meanings = {
    [head.who]: 'Name',
    [head.phone]: 'Telephone',
    [head.from]: 'Source',
    [head.stand]: 'Keep as it is',
  };
  const meaning = (column: string) =>
    page.getByLabel(`Meaning of ${column}`).locator('option:checked');
  const word = page.getByLabel(`${head.from}: Ярмарок`);
  const forecast = page.getByRole('region', { name: 'What would happen' });
  const start = page.getByRole('button', { name: 'Start the import' });

  await test.step('a workbook, whose columns and words a person explains, and saves that', async () => {
    await page.goto('/leads/import');
    const rows = [
      Object.values(head),
      ['Олена Гай', ownPhone(), 'Ярмарок', 'A-12'],
      ['Іван Сич', ownPhone(), 'Ярмарок', 'B-7'],
      ['Без номера', '12', 'Ярмарок', 'B-8'],
    ];
    await chooseFile(page, 'fair.xlsx', await workbookOf(rows));
    await expect(
      page.getByRole('heading', { level: 1, name: 'Import of fair.xlsx' }),
    ).toBeVisible();
    await expect(page.getByLabel('Sheet')).toHaveValue('Sheet');
    for (const [column, field] of Object.entries(meanings)) {
      await expect(meaning(column)).toHaveText('Leave out');
      await page.getByLabel(`Meaning of ${column}`).selectOption(field);
    }
    await page.getByRole('button', { name: 'Dry run' }).click();
    await word.selectOption('External');
    await page.getByRole('button', { name: 'Dry run again' }).click();
    await expect(word).toHaveCount(0);
    await expect(forecast).toContainText(/New leads\s*2/);
    await expect(forecast.getByRole('row').filter({ hasText: head.phone })).toBeVisible();
    await page.getByRole('button', { name: 'Save this mapping' }).click();
    const naming = page.getByRole('dialog', { name: 'Save this mapping' });
    await naming.getByLabel('Name').fill('Fairs');
    await naming.getByRole('button', { name: 'Save' }).click();
    await expect(naming).toHaveCount(0);
    await start.click();
    await expect(page.getByRole('heading', { level: 2, name: 'Imported' })).toBeVisible();
    await expect(counted(page, 'New leads')).toHaveText('2');
    await expect(counted(page, 'Rejected rows')).toHaveText('1');
    const { name, text } = await rejectedRows(page);
    expect(name).toBe('rejected-fair.csv');
    expect(text).toMatch(
      /^\ufeffВідвідувач,Мобільник,Звідки,Стенд,errors\r\nБез номера,12,Ярмарок,B-8,"row 3: Мобільник: phone_invalid: [^"]+"\r\n$/,
    );
  });

  await test.step('a file in Windows-1251 with its columns in another order, by what was saved', async () => {
    await page.goto('/leads/import');
    const rows = [
      [head.stand, head.who, head.phone, head.from],
      ['C-1', 'Ганна Їжак', ownPhone(), 'Ярмарок'],
      ['C-2', 'Євген Ґудзь', '34', 'Ярмарок'],
    ];
    const text = rows.map((row) => `${row.join(';')}\r\n`).join('');
    await chooseFile(page, 'stands.csv', inWindows1251(text));
    await expect(page.getByLabel('Encoding')).toHaveValue('windows-1251');
    await expect(page.getByLabel('Separator')).toHaveValue(';');
    await expect(page.getByRole('table', { name: 'Columns' })).toContainText('Євген Ґудзь');
    await expect(meaning(head.who)).toHaveText('Leave out');
    await page.getByLabel('Saved mapping').selectOption('Fairs');
    for (const [column, field] of Object.entries(meanings))
      await expect(meaning(column)).toHaveText(field);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Dry run' }).click();
    await expect(forecast).toContainText(/New leads\s*1/);
    await expect(word).toHaveCount(0);
    await start.click();
    await expect(counted(page, 'Rejected rows')).toHaveText('1');
    const rejected = await rejectedRows(page, 'windows-1251');
    expect(rejected.name).toBe('rejected-stands.csv');
    expect(rejected.text).toMatch(
      /^Стенд;Відвідувач;Мобільник;Звідки;errors\r\nC-2;Євген Ґудзь;34;Ярмарок;row 2: Мобільник: phone_invalid: [^;]+\r\n$/,
    );
    await page.getByRole('link', { name: 'To the leads' }).click();
    for (const name of ['Олена Гай', 'Іван Сич', 'Ганна Їжак'])
      await expect(page.getByRole('link', { name })).toBeVisible();
    await expect(page.getByText('External', { exact: true })).toHaveCount(3);
  });

  await test.step('a long one, of which it is seen how far it is, until somebody stops it', async () => {
    await page.goto('/leads/import');
    const done = page.getByRole('row').filter({ hasText: 'fair.xlsx' });
    await expect(done).toContainText(/Imported\s*2/);
    const many = Array.from({ length: 300_000 }, (_, index) => `Visitor ${index}\n`).join('');
    await chooseFile(page, 'long.csv', Buffer.from(`Name\n${many}`));
    await page.getByRole('button', { name: 'Dry run' }).click();
    await expect(page.getByRole('progressbar', { name: 'Dry run' })).toBeVisible();
    await expect(page.getByText(/rows so far/)).toBeVisible();
    await page.getByRole('button', { name: 'Stop the dry run' }).click();
    // It can be begun again; nothing was entered.
    await expect(page.getByRole('button', { name: /^Dry run/ })).toBeEnabled();
    await expect(forecast).toHaveCount(0);
    await page.goto('/leads');
    await expect(page.getByText('3 leads, all shown')).toBeVisible();
  });
});

test('a lead becomes a deal of the chosen pipeline', async ({ page }) => {
  await asOwnAdmin(page);
  await page.goto('/leads');
  const consent = { answer: 'given', evidence: 'form v1' };
  const phone = ownPhone();
  const lead = await enterLead(page, { name: 'Daria Deal', phones: [phone], consent });
  await page.goto(`/leads/${lead.id}`);
  await page.getByRole('button', { name: 'Convert' }).click();
  const dialog = page.getByRole('dialog', { name: 'Convert into a deal' });
  await dialog.getByLabel('Name of the deal').fill('Bakery in Lviv');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Convert' }).click();
  await page.getByRole('link', { name: 'Open the deal' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bakery in Lviv' })).toBeVisible();

  // Who comes a second time is a client already.
  await page.getByRole('link', { name: 'Daria Deal' }).click();
  await expect(page.getByText('Lead converted into a deal')).toBeVisible();
  await expectAccessible(page);
  const again = await enterLead(page, { name: 'Daria', phones: [phone], consent });
  await page.goto(`/leads/${again.id}`);
  await page.getByRole('button', { name: 'Convert' }).click();
  const client = dialog.getByLabel('Client', { exact: true });
  await expect(client.locator('option:checked')).toHaveText('Daria Deal (same contact)');
  await dialog.getByLabel('Name of the deal').fill('Second bakery');
  await dialog.getByRole('button', { name: 'Convert' }).click();
  await page.getByRole('link', { name: 'Open the deal' }).click();
  await expect(page.getByRole('link', { name: 'Daria Deal' })).toBeVisible();
});

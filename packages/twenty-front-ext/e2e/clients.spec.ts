import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { createClient, editClient } from './support/clients.ts';
import { createDeal } from './support/deals.ts';
import { chooseFile, counted } from './support/imports.ts';
import {
  expect,
  expectAccessible,
  expectAccessibleInBoth,
  signInAs,
  test,
} from './support/journey.ts';
import type { Person } from './support/journey.ts';
import { ownPhone } from './support/leads.ts';

const HOSTILE = '<img src=x onerror=alert(1)> "\' {{7*7}} \u202e';

async function openList(page: Page, query = '', person: Person = 'sales'): Promise<void> {
  await signInAs(page, person);
  await page.goto(`/clients${query}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible();
}

test.describe('the list of clients', () => {
  test('finds a client by name, filter and order', async ({ page }) => {
    await openList(page);
    const { name } = await createClient(page, 'Findable', {
      key_account: true,
      industry: 'journeys',
      segments: ['brand'],
    });
    await page.getByRole('searchbox', { name: 'Search by name' }).fill(name);
    const grid = page.getByRole('grid', { name: 'Clients' });
    await expect(grid.getByRole('link', { name })).toBeVisible();
    await expect(grid.getByRole('img', { name: 'Key account' })).toBeVisible();
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('Key accounts only').check();
    await page.getByLabel('Industry').selectOption('journeys');
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/key_account=true/);
    await expect(page).toHaveURL(/industry=journeys/);
    await expect(grid.getByRole('link', { name })).toBeVisible();
    await expectAccessible(page);
    const search = page.getByRole('search', { name: 'Clients' });
    await search.getByRole('button', { name: 'Segments' }).click();
    await page.getByRole('menuitem', { name: 'Save the filters as a segment' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill(`Of ${name}`);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(`Saved segment: Of ${name}`)).toBeVisible();
    await expect(page).not.toHaveURL(/industry=journeys/);
    await expect(grid.getByRole('link', { name })).toBeVisible();
    await page.getByRole('button', { name: `Of ${name}`, exact: true }).click();
    await expect(
      page.getByRole('menuitem', { name: new RegExp(`^Of ${name} \\d+$`) }),
    ).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox', { name: 'Search by name' }).fill(`${name} nobody`);
    await expect(page.getByText('No client fits', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await expect(page).not.toHaveURL(/segment/);
  });

  test('takes clients from a file, and what it says of those that are there', async ({ page }) => {
    await openList(page);
    const phone = ownPhone();
    const { name } = await createClient(page, 'Known', { contacts: [{ name: 'Zoe', phone }] });
    await page.getByRole('button', { name: 'Import' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Import clients' })).toBeVisible();
    const rows = [
      'Company;Phone;Industry;Kind',
      `${name};${phone};journeys;company`,
      `New of ${name};${ownPhone()};journeys;ship`,
      `Nobody at ${name};12;journeys;company`,
    ];
    await chooseFile(page, 'clients.csv', Buffer.from(rows.join('\n')));
    await expect(page.getByLabel('Meaning of Phone')).toHaveValue('phone');
    await page.getByLabel('Clients that are known already').selectOption('Get what the file says');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.getByLabel('Kind: ship (1)').selectOption('Person');
    await page.getByRole('button', { name: 'Dry run again' }).click();
    await expect(page.getByLabel('Kind: ship (1)')).toHaveCount(0);
    await page.getByRole('button', { name: 'Start the import' }).click();
    await expect(page.getByRole('button', { name: 'Rejected rows as CSV' })).toBeVisible();
    await expect(counted(page, 'New clients')).toHaveText('1');
    await expect(counted(page, 'Rows for clients that were there')).toHaveText('1');
    await expect(counted(page, 'Rejected rows')).toHaveText('1');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'To the clients' }).click();
    await page.getByRole('searchbox', { name: 'Search by name' }).fill(name);
    await expect(
      page.getByRole('grid', { name: 'Clients' }).getByRole('link', { name: `New of ${name}` }),
    ).toBeVisible();
  });

  test('gives clients of the filters as a file', async ({ page }) => {
    await openList(page);
    const { name } = await createClient(page, 'Exported', {
      contacts: [{ name: 'In the file', email: 'file@client.example' }],
    });
    await page.getByRole('searchbox', { name: 'Search by name' }).fill(name);
    await expect(page.getByRole('grid', { name: 'Clients' })).toContainText(name);
    await page.getByRole('button', { name: 'Export' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('clients.csv');
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(name);
    expect(lines[1]).toContain('In the file');
  });

  test('makes a client, by keyboard, with hostile text', async ({ page }) => {
    await openList(page);
    await page.getByRole('button', { name: 'New client' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'New client' });
    await expect(dialog.getByLabel('Name')).toBeFocused();
    await expectAccessible(page);
    const name = `${HOSTILE} ${Date.now()}`;
    await page.keyboard.insertText(name);
    await dialog.getByRole('combobox', { name: 'Segments' }).fill(HOSTILE);
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Key account').press('Space');
    await dialog.getByRole('button', { name: 'Create' }).press('Enter');
    await expect(page).toHaveURL(/\/clients\/[0-9a-f-]{36}$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    await expect(page.getByText('Key account')).toBeVisible();
    await expect(page.getByRole('region', { name: 'History' })).toContainText('Client created');
  });

  test('says so when it cannot be loaded, and loads it again', async ({ page }) => {
    await signInAs(page, 'sales');
    let failing = true;
    await page.route('**/graphql', async (route) => {
      const asked = route.request().postData() ?? '';
      if (failing && asked.includes('ClientTable'))
        await route.fulfill({
          status: 200,
          json: {
            errors: [
              { message: 'down', extensions: { code: 'internal', title: 'down', status: 500 } },
            ],
          },
        });
      else await route.continue();
    });
    await page.goto('/clients');
    await expect(page.getByText('This could not be loaded')).toBeVisible();
    failing = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('grid', { name: 'Clients' })).toBeVisible();
  });
});

test.describe('the page of a client', () => {
  test.use({ expectedErrors: [/ERR_FAILED/] });

  test('shows its deals by stage, people and history, live', async ({ page }) => {
    await openList(page);
    const client = await createClient(page, 'Everything', { key_account: true });
    await page.goto(`/clients/${client.id}`);
    const deals = page.getByRole('region', { name: 'Deals', exact: true });
    await expect(deals).toContainText('No deals yet.');
    const deal = await createDeal(page, 'Of a client', [
      { type: 'deal.updated', data: { client_id: client.id } },
      { type: 'crm.brief.submitted' },
    ]);
    await expect(deals.getByRole('link', { name: deal.name })).toBeVisible();
    const sums = page.getByRole('region', { name: 'Deals by stage' });
    await expect(sums).toContainText('1 deal');
    await expect(sums).toContainText('€12,500.00');
    await expect(page.getByRole('region', { name: 'History' })).toContainText('Stage:');
    await expectAccessibleInBoth(page);
    await sums.getByRole('link', { name: /1 deal/ }).click();
    await expect(page).toHaveURL(new RegExp(`client=${client.id}`));
    await expect(page.getByRole('link', { name: deal.name })).toBeVisible();
  });

  test('edits, undoes, archives and restores', async ({ page }) => {
    await openList(page);
    const client = await createClient(page, 'Editable', { industry: 'before' });
    await page.goto(`/clients/${client.id}`);
    await page.getByRole('button', { name: /^Edit/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit client' });
    await dialog.getByLabel('Industry').fill('after');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('after', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('before', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: /^Archive/ }).click();
    await expect(page.getByText('This client is archived')).toBeVisible();
    await page.getByRole('button', { name: 'Restore' }).click();
    await expect(page.getByText('This client is archived')).toBeHidden();
  });

  test('makes one client of two, with the values that a person chooses', async ({ page }) => {
    await openList(page);
    const stays = await createClient(page, 'Merge stays', {
      ...{ industry: 'first', segments: ['one'], attributes: { tier: 'gold' } },
      contacts: [{ name: 'Same Person', email: 'same@merge.example' }],
    });
    const goes = await createClient(page, 'Merge goes', {
      ...{ industry: 'second', size: 'large', segments: ['two'], attributes: { tier: 'silver' } },
      contacts: [
        { name: 'Same Person', email: 'same@merge.example', position: 'Head of both' },
        { name: 'Another Person', phone: '+49 30 77' },
      ],
    });
    const deal = await createDeal(page, 'Of a merged client', [
      { type: 'deal.updated', data: { client_id: goes.id } },
    ]);
    await page.goto(`/clients/${goes.id}`);
    await page.getByRole('button', { name: /^Merge/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Merge with another client' });
    await expect(dialog.getByRole('button', { name: 'Merge' })).toBeDisabled();
    await dialog.getByRole('combobox', { name: 'The other client' }).fill(stays.name);
    await page.getByRole('option', { name: stays.name }).click();
    await expect(dialog.getByRole('columnheader', { name: `Stays: ${goes.name}` })).toBeVisible();
    await dialog.getByLabel('Which one stays').selectOption(stays.id);
    await expect(dialog.getByRole('columnheader', { name: `Stays: ${stays.name}` })).toBeVisible();
    await expect(dialog.getByRole('radio', { name: 'Industry: first' })).toBeChecked();
    await expect(dialog.getByRole('radio', { name: 'Size: large' })).toBeChecked();
    await dialog.getByRole('radio', { name: 'Industry: second' }).check();
    await dialog.getByRole('radio', { name: 'tier: gold' }).press('ArrowRight');
    await expect(dialog.getByRole('radio', { name: 'tier: silver' })).toBeChecked();
    await expectAccessible(page);

    // What a colleague has changed meanwhile is shown before it is merged.
    await editClient(page, stays, { source: 'meanwhile' });
    await dialog.getByRole('button', { name: 'Merge' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Someone else changed it meanwhile');
    await expect(dialog.getByRole('radio', { name: 'Source: meanwhile' })).toBeChecked();
    await expect(dialog.getByRole('radio', { name: 'Industry: second' })).toBeChecked();
    await dialog.getByRole('button', { name: 'Merge' }).click();

    await expect(page).toHaveURL(new RegExp(`/clients/${stays.id}$`));
    await expect(page.getByRole('heading', { level: 1, name: stays.name })).toBeVisible();
    for (const text of ['second', 'large', 'meanwhile'])
      await expect(page.getByText(text, { exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: deal.name })).toBeVisible();
    const contacts = page.getByRole('region', { name: 'Contacts' });
    await expect(contacts.getByText('Same Person')).toHaveCount(1);
    await expect(contacts).toContainText('Head of both');
    await expect(contacts).toContainText('Another Person');
    await expect(page.getByRole('region', { name: 'History' })).toContainText(
      'Another client merged into this one',
    );

    await page.goto(`/clients/${goes.id}`);
    await expect(page.getByText('This client was merged into another one')).toBeVisible();
    await expect(page.getByRole('button', { name: /^(Edit|Merge|Restore)/ })).toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Open that client' }).click();
    await expect(page.getByRole('heading', { level: 1, name: stays.name })).toBeVisible();
  });

  test('does not merge a company and a person, nor a client and itself, also on a phone', async ({
    page,
  }) => {
    await openList(page);
    const company = await createClient(page, 'Merge company');
    const person = await createClient(page, 'Merge person', { kind: 'person' });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`/clients/${company.id}`);
    await page.getByRole('button', { name: /^Merge/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Merge with another client' });
    const other = dialog.getByRole('combobox', { name: 'The other client' });
    await other.fill(company.name);
    await page.getByRole('option', { name: company.name }).click();
    await expect(dialog).toContainText('This is the client itself');
    await other.fill(person.name);
    await page.getByRole('option', { name: person.name }).click();
    await expect(dialog.getByRole('alert')).toContainText('One of them is a company');
    await expect(dialog.getByRole('button', { name: 'Merge' })).toBeDisabled();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('heading', { level: 1, name: company.name })).toBeVisible();
  });

  test('asks when two people change one field, and keeps both changes of different ones', async ({
    page,
  }) => {
    await openList(page);
    const client = await createClient(page, 'Disputed', { industry: 'first', size: 'small' });
    await page.goto(`/clients/${client.id}`);
    await page.getByRole('button', { name: /^Edit/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit client' });
    await dialog.getByLabel('Industry').fill('mine');
    await editClient(page, client, { industry: 'theirs', size: 'large' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    const question = page.getByRole('dialog', { name: 'Somebody else changed this' });
    await expect(question.getByRole('row', { name: 'Industry mine theirs' })).toBeVisible();
    await question.getByRole('button', { name: 'Save mine' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('mine', { exact: true })).toBeVisible();
    await expect(page.getByText('large', { exact: true })).toBeVisible();
  });

  test('keeps what was typed when the connection is lost', async ({ page }) => {
    await openList(page);
    const client = await createClient(page, 'Offline');
    await page.goto(`/clients/${client.id}`);
    await page.getByRole('button', { name: /^Edit/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit client' });
    await dialog.getByLabel('Industry').fill('typed');
    await page.route('**/graphql', (route) => route.abort());
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('alert')).toContainText('There is no connection');
    await expect(dialog.getByLabel('Industry')).toHaveValue('typed');
    await page.unroute('**/graphql');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('typed', { exact: true })).toBeVisible();
  });

  test('adds, changes and removes contacts', async ({ page }) => {
    await openList(page);
    const client = await createClient(page, 'Contacts', {
      contacts: [{ name: 'First Contact', position: 'CFO' }],
    });
    await page.goto(`/clients/${client.id}`);
    const contacts = page.getByRole('region', { name: 'Contacts' });
    await expect(contacts).toContainText('First Contact');
    await contacts.getByRole('button', { name: 'Add a contact' }).click();
    const dialog = page.getByRole('dialog', { name: 'New contact' });
    await dialog.getByLabel('Name').fill(HOSTILE);
    await dialog.getByLabel('E-mail address').fill('someone@client.example');
    await dialog.getByRole('button', { name: 'Add a messenger' }).click();
    await dialog.getByLabel('Messenger', { exact: true }).fill('telegram');
    await dialog.getByLabel('Address there').fill('@someone');
    await page.keyboard.press('Enter');
    await expect(contacts).toContainText('telegram: @someone');
    await expect(contacts.getByRole('link', { name: 'someone@client.example' })).toBeVisible();
    await expect(contacts).toContainText('First Contact');
    await contacts.getByRole('button', { name: 'Edit First Contact' }).click();
    const edited = page.getByRole('dialog', { name: 'Edit contact' });
    await edited.getByLabel('Phone').fill('+49 30 1');
    await edited.getByRole('button', { name: 'Save' }).click();
    await expect(contacts.getByRole('link', { name: '+49 30 1' })).toBeVisible();
    await contacts.getByRole('button', { name: 'Remove First Contact' }).click();
    await page
      .getByRole('dialog', { name: 'Remove First Contact?' })
      .getByRole('button', { name: /^Remove/ })
      .click();
    await expect(contacts).not.toContainText('First Contact');
    await expect(contacts).toContainText('someone@client.example');
  });

  test('shows who there is, but no contacts, to a person without the right to them', async ({
    page,
    browser,
    baseURL,
  }) => {
    await openList(page);
    const client = await createClient(page, 'Contacts masked', {
      contacts: [{ name: 'Secret Person', email: 'secret@client.example', position: 'CFO' }],
    });
    const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
    const partner = await context.newPage();
    await signInAs(partner, 'partner');
    const me = await partner.request.post('/graphql', {
      data: { query: '{ me { account { id } } }' },
      headers: { origin: new URL(page.url()).origin },
    });
    const { data } = (await me.json()) as { data: { me: { account: { id: string } } } };
    // People of partners see the clients of their own deals.
    const owner = data.me.account.id;
    await createDeal(page, 'Of a partner', [
      { type: 'deal.updated', data: { client_id: client.id, owner_id: owner } },
    ]);
    await partner.goto(`/clients/${client.id}`);
    const contacts = partner.getByRole('region', { name: 'Contacts' });
    await expect(contacts).toContainText('Your role does not show contacts');
    await expect(contacts).toContainText('CFO');
    await expect(contacts.getByRole('button')).toHaveCount(0);
    await expect(partner.getByText(/Secret Person|secret@/)).toHaveCount(0);
    await expectAccessible(partner);
    await context.close();
  });

  test('is not shown to those who may not see deals', async ({ page, browser, baseURL }) => {
    await openList(page);
    const client = await createClient(page, 'Masked', { contacts: [{ name: 'Secret Person' }] });
    const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
    const guest = await context.newPage();
    await signInAs(guest, 'guest');
    await guest.goto(`/clients/${client.id}`);
    await expect(guest.getByText('You may not see this')).toBeVisible();
    await expect(guest.getByText('Secret Person')).toHaveCount(0);
    await context.close();
  });

  test('says that a client does not exist, and is usable on a phone', async ({ page }) => {
    await openList(page);
    const client = await createClient(page, 'Phone');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`/clients/${client.id}`);
    await expect(page.getByRole('region', { name: 'History' })).toBeVisible();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    await expectAccessible(page);
    await page.goto('/clients/00000000-0000-4000-8000-000000000000');
    await expect(page.getByText('Not found')).toBeVisible();
  });
});

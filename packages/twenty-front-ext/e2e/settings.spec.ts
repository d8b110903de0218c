import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { createDeal } from './support/deals.ts';
import { ADDRESS } from './support/stack.ts';
import { expect, expectAccessible, signInAs, test } from './support/journey.ts';
import { asOwnAdmin } from './support/newcomers.ts';
import { createPipeline } from './support/pipelines.ts';

const own = { origin: new URL(ADDRESS).origin };

/** A name that no other journey uses. */
function unique(name: string): string {
  return `${name} ${randomUUID().slice(0, 8)}`;
}

/** The open window; messages at the edge of the page are dialogs too. */
function windowOf(page: Page): Locator {
  return page.locator('[role="dialog"][data-size]');
}

async function openSettings(page: Page, path: string): Promise<void> {
  await signInAs(page, 'admin');
  await page.goto(`/settings/${path}`);
}

/** Makes an invited account without the page. */
async function invite(page: Page, name: string): Promise<string> {
  const answer = await page.request.post('/v1/accounts', {
    data: { email: `${randomUUID()}@journeys.example`, name, role: 'guest' },
    headers: own,
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { account } = (await answer.json()) as { account: { id: string } };
  return account.id;
}

/** A webhook whose receiver does not exist. */
async function createWebhook(page: Page): Promise<{ id: string; version: number }> {
  const answer = await page.request.post('/v1/webhooks', {
    data: { url: `https://journeys.invalid/${randomUUID()}`, types: [] },
    headers: { ...own, 'idempotency-key': randomUUID() },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as { id: string; version: number };
}

test.describe('settings', () => {
  test('the navigation says where one is', async ({ page }) => {
    await signInAs(page, 'admin');
    for (const [path, title] of [
      ['company', 'Company'],
      ['people', 'People'],
      ['roles', 'Roles'],
      ['api-keys', 'API keys'],
      ['webhooks', 'Webhooks'],
      ['audit', 'Audit log'],
    ] as const) {
      await page.goto(`/settings/${path}`);
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
      await expect(
        page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: title }),
      ).toHaveAttribute('aria-current', 'page');
    }
  });

  test('a person is invited, gets another role, is blocked and comes back', async ({ page }) => {
    await openSettings(page, 'people');
    const name = unique('<b>Ann</b>');
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = windowOf(page);
    await expect(dialog.getByLabel('E-mail')).toBeFocused();
    await dialog.getByLabel('E-mail').fill(`${randomUUID()}@journeys.example`);
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Role').selectOption('Guest');
    await dialog.getByLabel('Language').selectOption('Українська');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await expect(dialog).toContainText(/\/invitation\?token=.+/);
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'I have kept it' }).click();

    await page.getByRole('searchbox', { name: 'Find people' }).fill(name.slice(-8));
    const row = page.getByRole('row').filter({ hasText: name });
    await expect(row).toContainText('Invited');
    const actions = page.getByRole('button', { name: `Actions of ${name}` });
    await actions.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await dialog.getByLabel('Role').selectOption('Partner');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(row).toContainText('Partner');

    await actions.click();
    await page.getByRole('menuitem', { name: 'Invite again' }).click();
    await expect(dialog).toContainText(/\/invitation\?token=.+/);
    await dialog.getByRole('button', { name: 'I have kept it' }).click();

    await actions.click();
    await page.getByRole('menuitem', { name: 'Block' }).click();
    await windowOf(page).getByRole('button', { name: 'Block' }).click();
    await expect(row).toContainText('Blocked');
    await expect(page.getByText(`${name} is blocked.`)).toBeVisible();
  });

  test('two admins change one person: both values are shown, and one chooses', async ({ page }) => {
    await openSettings(page, 'people');
    const name = unique('Bob');
    const id = await invite(page, name);
    await page.getByRole('searchbox', { name: 'Find people' }).fill(name);
    await page.getByRole('button', { name: `Actions of ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    const dialog = windowOf(page);
    await dialog.getByLabel('Role').selectOption('Employee');
    const answer = await page.request.patch(`/v1/accounts/${id}`, {
      data: { version: 1, role: 'partner' },
      headers: own,
    });
    expect(answer.status(), await answer.text()).toBe(200);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toContainText('Somebody else changed this');
    await expect(dialog.getByRole('row', { name: /Role/ })).toHaveText(/Employee.*Partner/);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save mine' }).click();
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Employee');
  });

  test('a permission is given and taken back; a refusal rolls the cell back', async ({ page }) => {
    await openSettings(page, 'roles');
    const cell = page.getByRole('checkbox', { name: 'Guest: Export deals and clients' });
    await expect(cell).not.toBeChecked();
    await cell.check();
    await expect(page.getByRole('cell').filter({ hasText: 'changed' })).toHaveCount(1);
    await page.reload();
    await expect(cell).toBeChecked();
    await cell.uncheck();
    await expect(page.getByText('changed', { exact: true })).toHaveCount(0);
    await page.reload();
    await expect(cell).not.toBeChecked();
    const locked = page.getByRole('checkbox', { name: /^Admin: Manage people and roles\. Locked/ });
    await expect(locked).toBeDisabled();
    await expect(locked).toBeChecked();
  });

  test.describe('without a connection', () => {
    test.use({ expectedErrors: [/Failed to load resource|ERR_/] });
    test('a cell of the matrix goes back and says why', async ({ page }) => {
      await openSettings(page, 'roles');
      const cell = page.getByRole('checkbox', { name: 'Guest: See contact data' });
      await expect(cell).not.toBeChecked();
      await page.route('**/graphql', (route) => route.abort());
      await cell.click();
      await expect(page.getByText(/Nothing has changed/).first()).toBeVisible();
      await expect(cell).not.toBeChecked();
    });
  });

  test('an API key shows its secret once, and works until it is revoked', async ({ page }) => {
    await openSettings(page, 'api-keys');
    const name = unique('Bridge');
    await page.getByRole('button', { name: 'New key' }).click();
    const dialog = windowOf(page);
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Read the audit log').check();
    await dialog.getByLabel('Last day').fill('2099-12-31');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Create' }).click();
    const secret = (await dialog.locator('code').textContent()) ?? '';
    expect(secret).toMatch(/^mak_/);
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    await expect(page.getByText(secret)).toHaveCount(0);
    const use = (): Promise<number> =>
      fetch(`${ADDRESS}/v1/audit`, { headers: { authorization: `Bearer ${secret}` } }).then(
        ({ status }) => status,
      );
    expect(await use()).toBe(200);
    await page.getByRole('button', { name: `Revoke ${name}` }).click();
    await windowOf(page).getByRole('button', { name: 'Revoke' }).click();
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Revoked');
    expect(await use()).toBe(401);
  });

  test('a webhook is made, tried, paused, edited and deleted', async ({ page }) => {
    await openSettings(page, 'webhooks');
    const url = `https://journeys.invalid/${randomUUID()}`;
    await page.getByRole('button', { name: 'New webhook' }).click();
    const dialog = windowOf(page);
    await dialog.getByLabel('Address').fill('https://me:secret@journeys.invalid/');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(dialog.getByRole('alert')).toBeVisible();
    await dialog.getByLabel('Address').fill(url);
    await dialog.getByLabel('masterdeal.closed.won').check();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(dialog.getByText('Signing secret', { exact: true })).toBeVisible();
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('link', { name: url }).click();

    const actions = page.getByRole('button', { name: 'Actions of the webhook' });
    await actions.click();
    await page.getByRole('menuitem', { name: 'Send a test message' }).click();
    await page.getByRole('button', { name: 'webhook.test' }).first().click();
    await expect(dialog.getByRole('textbox', { name: 'Body' })).toHaveValue(/webhook\.test/);
    await expectAccessible(page);
    await page.keyboard.press('Escape');

    await actions.click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await expect(page.getByText('Paused', { exact: true })).toBeVisible();
    await actions.click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await dialog.getByLabel('Description').fill('Warehouse');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Warehouse')).toBeVisible();
    await actions.click();
    await page.getByRole('menuitem', { name: 'New secret' }).click();
    await dialog.getByRole('button', { name: 'New secret' }).click();
    await expect(dialog.getByText('Signing secret', { exact: true })).toBeVisible();
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    await actions.click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Webhooks' })).toBeVisible();
    await expect(page.getByRole('link', { name: url })).toHaveCount(0);
  });

  test('a dead letter is looked at, sent again and dropped', async ({ page }) => {
    await signInAs(page, 'admin');
    const { id } = await createWebhook(page);
    await page.goto(`/settings/webhooks/${id}`);
    const actions = page.getByRole('button', { name: 'Actions of the webhook' });
    await actions.click();
    await page.getByRole('menuitem', { name: 'Send a test message' }).click();
    const line = page.getByRole('row').filter({ hasText: 'webhook.test' });
    await page.getByLabel('Status').selectOption('dead');
    // Deliveries are read when somebody asks for them.
    const untilDead = async (): Promise<void> => {
      await expect(async () => {
        await page.getByRole('button', { name: 'Refresh' }).click();
        await expect(line).toHaveCount(1, { timeout: 1_000 });
      }).toPass();
    };
    await untilDead();
    await line.getByRole('button', { name: 'Actions of webhook.test' }).click();
    await page.getByRole('menuitem', { name: 'Look at it' }).click();
    const dialog = windowOf(page);
    await expect(dialog.getByRole('textbox', { name: 'Body' })).toHaveValue(/webhook\.test/);
    await page.keyboard.press('Escape');

    await line.getByRole('button', { name: 'Actions of webhook.test' }).click();
    await page.getByRole('menuitem', { name: 'Send again' }).click();
    await expect(page.getByText('It is on its way again.')).toBeVisible();
    await untilDead();
    await page.getByRole('button', { name: 'Send all again' }).click();
    await dialog.getByRole('button', { name: 'Send all again' }).click();
    await expect(page.getByText('Sent again: 1')).toBeVisible();
    await untilDead();

    await line.getByRole('button', { name: 'Actions of webhook.test' }).click();
    await page.getByRole('menuitem', { name: 'Drop' }).click();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Drop' }).click();
    await expect(page.getByText('The dead letter is dropped.')).toBeVisible();
    await expect(line).toHaveCount(0);
  });

  test('two admins change one webhook: both values are shown, and one chooses', async ({
    page,
  }) => {
    await signInAs(page, 'admin');
    const { id, version } = await createWebhook(page);
    await page.goto(`/settings/webhooks/${id}`);
    await page.getByRole('button', { name: 'Actions of the webhook' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    const dialog = windowOf(page);
    await dialog.getByLabel('Description').fill('Mine');
    const answer = await page.request.patch(`/v1/webhooks/${id}`, {
      data: { version, description: 'Theirs' },
      headers: own,
    });
    expect(answer.ok(), await answer.text()).toBe(true);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('row', { name: /Description/ })).toHaveText(/Mine.*Theirs/);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save mine' }).click();
    await expect(page.getByText('Mine', { exact: true })).toBeVisible();
  });

  test('two admins change one company: both values are shown, and one chooses', async ({
    page,
  }) => {
    const { name } = await asOwnAdmin(page);
    await page.goto('/settings/company');
    const field = page.getByLabel('Name', { exact: true });
    await expect(field).toHaveValue(name);
    await field.fill('Mine');
    const { version } = (await (await page.request.get('/v1/tenant')).json()) as {
      version: number;
    };
    const answer = await page.request.patch('/v1/tenant', {
      data: { version, name: 'Theirs', currency: 'CHF' },
      headers: own,
    });
    expect(answer.ok(), await answer.text()).toBe(true);
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = windowOf(page);
    await expect(dialog.getByRole('row', { name: /Name/ })).toHaveText(/Mine.*Theirs/);
    await dialog.getByRole('button', { name: 'Keep theirs' }).click();
    await expect(field).toHaveValue('Theirs');
    // What only the other one has changed is there in any case.
    await expect(page.getByLabel('Currency')).toHaveValue('CHF');
  });

  test('two admins change one role: each cell stays as it was set last', async ({
    page,
    browser,
  }) => {
    await asOwnAdmin(page);
    await page.goto('/settings/roles');
    const mine = page.getByRole('checkbox', { name: 'Guest: Export deals and clients' });
    await expect(mine).not.toBeChecked();
    const context = await browser.newContext({ storageState: await page.context().storageState() });
    const other = await context.newPage();
    await other.goto(`${ADDRESS}/settings/roles`);
    await other.getByRole('checkbox', { name: 'Guest: See contact data' }).check();
    await expect(other.getByText('changed', { exact: true })).toBeVisible();
    await context.close();
    // The first attempt is one version too late, and so the cell goes back for a moment.
    await mine.click();
    await expect(mine).toBeChecked();
    await expect(mine).toHaveAttribute('aria-busy', 'false');
    await page.reload();
    await expect(mine).toBeChecked();
    await expect(page.getByRole('checkbox', { name: 'Guest: See contact data' })).toBeChecked();
  });

  test('another pipeline becomes the one that new deals get', async ({ page }) => {
    await asOwnAdmin(page);
    const { key } = await createPipeline(page, 'default');
    await page.goto('/settings/pipelines');
    const line = page.getByRole('row').filter({ hasText: key });
    await expect(line).not.toContainText('Default');
    await line.getByRole('button', { name: /Actions/ }).click();
    await page.getByRole('menuitem', { name: 'Make it the default' }).click();
    await expect(page.getByText(/New deals get Journey default from now on/)).toBeVisible();
    await expect(line).toContainText('Default');
    await expect(page.getByText('Default', { exact: true })).toHaveCount(1);
    const made = await createDeal(page, 'Of the default');
    await page.goto(`/deals?pipeline=${key}`);
    await expect(page.getByRole('link', { name: made.name })).toBeVisible();
  });

  test('the working calendar is made and removed; the audit log tells it', async ({ page }) => {
    await openSettings(page, 'company');
    await page.getByRole('button', { name: 'Add a working calendar' }).click();
    await page.getByRole('textbox', { name: 'Monday: from' }).fill('10:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved')).toBeVisible();
    await page.reload();
    await expect(page.getByRole('textbox', { name: 'Monday: from' })).toHaveValue('10:00');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Remove the calendar' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('button', { name: 'Add a working calendar' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Discard changes' })).toHaveCount(0);

    await page.goto('/settings/audit');
    await page.getByLabel('Action').selectOption('changed the settings');
    await expect(page.getByRole('row').nth(1)).toContainText('changed the settings');
    await expect(page.getByRole('row').nth(1)).toContainText('working_calendar');
  });

  test('an exchange rate is set, deleted and brought back', async ({ page }) => {
    await openSettings(page, 'company');
    await page.getByLabel('One unit of').fill('ISK');
    await page.getByLabel('Costs in').fill('CHF');
    await page.getByLabel('Rate', { exact: true }).fill('0,0065');
    await page.getByLabel('From day').fill('2024-05-01');
    await page.getByRole('button', { name: 'Set the rate' }).click();
    const row = page.getByRole('row').filter({ hasText: 'ISK → CHF' });
    await expect(row).toContainText('0.0065');
    await row.getByRole('button', { name: /Delete the rate/ }).click();
    await expect(row).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(row).toHaveCount(1);
    await row.getByRole('button', { name: /Delete the rate/ }).click();
    await expect(row).toHaveCount(0);
  });

  test('people who are no admins see what they may see', async ({ page }) => {
    await signInAs(page, 'sales');
    await page.goto('/settings');
    const links = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
    await expect(links.first()).toBeVisible();
    expect(await links.allTextContents()).not.toContain('Roles');
    for (const path of ['roles', 'api-keys', 'webhooks', 'audit']) {
      await page.goto(`/settings/${path}`);
      await expect(page.getByRole('alert')).toContainText('You may not see this');
    }
    await expectAccessible(page);
    await page.goto('/settings/company');
    await expect(page.getByLabel('Currency')).not.toBeEditable();
    await expect(page.getByLabel('First language')).toBeDisabled();
    await expectAccessible(page);
    await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
    await page.goto('/settings/people');
    await expect(page.getByRole('table', { name: 'People' })).toBeVisible();
    await expect(page.getByRole('columnheader', { name: 'E-mail' })).toHaveCount(0);
  });
});

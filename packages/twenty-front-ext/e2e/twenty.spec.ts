import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, signInAs, test } from './support/journey.ts';
import { foundTenant } from './support/newcomers.ts';
import { ADDRESS } from './support/stack.ts';
import { startTwenty } from './support/twenty.ts';
import type { HostTwenty } from './support/twenty.ts';

const own = { origin: new URL(ADDRESS).origin };

const settingsOf = ({ address, workspaceId, applicationId }: HostTwenty, enabled = true) => ({
  address,
  workspace_id: workspaceId,
  application_id: applicationId,
  newcomer_role: 'employee',
  enabled,
});

test.describe('a person of twenty', () => {
  let twenty: HostTwenty;
  let tenant: Awaited<ReturnType<typeof foundTenant>>;
  const set = (page: Page, version: number, enabled: boolean) =>
    page.request.put(`${ADDRESS}/v1/twenty/workspace`, {
      data: { version, ...settingsOf(twenty, enabled) },
      headers: { authorization: `Bearer ${tenant.apiKey}` },
    });
  test.beforeAll(async () => {
    [twenty, tenant] = await Promise.all([startTwenty(), foundTenant()]);
  });
  test.afterAll(() => twenty.close());

  test('opens a page of MaK inside it, without signing in, in its theme and language', async ({
    page,
  }) => {
    expect((await set(page, 0, true)).status()).toBe(200);
    const user = twenty.addUser({ firstName: 'Ліна', lastName: 'Costenko', locale: 'uk-UA' });
    await page.goto(twenty.page(tenant.key, user, '&path=/deals&theme=dark&locale=ru-RU'));
    await expect(page.getByRole('status')).toHaveText('asked by null');
    const frame = page.frameLocator('#mak');
    await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Сделки');
    await expect(frame.locator('html')).toHaveAttribute('lang', 'ru');
    await expect(frame.locator('html')).toHaveCSS('color-scheme', 'dark');
    expect(await page.context().cookies()).toEqual([]);

    // Told nothing of them, the next page follows the account and the device: nothing was kept.
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(twenty.page(tenant.key, user, '&path=//evil.example&theme=blue&locale=fr-FR'));
    await expect(frame.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(frame.locator('html')).toHaveAttribute('lang', 'uk');
    await expect(frame.locator('html')).toHaveCSS('color-scheme', 'light');
  });

  test.describe('is refused', () => {
    test.use({ expectedErrors: [/frame-ancestors|403/] });

    test('in a page of another address', async ({ page }) => {
      const elsewhere = await startTwenty();
      const user = twenty.addUser();
      const { address } = elsewhere;
      await page.goto(twenty.page(tenant.key, user).replace(twenty.address, address));
      await expect(page.getByRole('status')).toHaveText('asked by null');
      await expect
        .poll(() => page.frames().map((frame) => frame.url()))
        .toContain('chrome-error://chromewebdata/');
      elsewhere.close();
    });

    test('when the admin has turned it off, and is told what to do', async ({ page }) => {
      const user = twenty.addUser();
      expect((await set(page, 1, false)).status()).toBe(200);
      await page.goto(twenty.page(tenant.key, user));
      await expect(page.getByRole('status')).toContainText('Ask an admin of MaK');
      expect((await set(page, 2, true)).status()).toBe(200);
    });
  });
});

test.describe('the settings of the sign-in', () => {
  // A workspace belongs to one tenant, so this is another one.
  let twenty: HostTwenty;
  test.beforeAll(async () => {
    twenty = await startTwenty();
  });
  test.afterAll(() => twenty.close());
  const read = async (page: Page): Promise<{ version: number }> => {
    const answer = await page.request.get('/v1/twenty/workspace', { headers: own });
    return answer.ok() ? ((await answer.json()) as { version: number }) : { version: 0 };
  };
  const put = (page: Page, version: number, change: object) =>
    page.request.put('/v1/twenty/workspace', {
      data: { ...settingsOf(twenty), version, ...change },
      headers: own,
    });

  test('are set by an admin; what is wrong is told, and what others set is compared', async ({
    page,
  }) => {
    await signInAs(page, 'admin');
    await page.goto('/settings/twenty');
    await expect(page.getByRole('heading', { level: 1, name: 'twenty' })).toBeVisible();
    await expect(page.getByLabel('Key of the company')).toHaveValue('demo');
    await expect(page.getByLabel('Address of MaK')).toHaveValue(new URL(ADDRESS).origin);
    const save = page.getByRole('button', { name: 'Save' });
    await expect(save).toBeDisabled();

    // The address of a page, as people copy it.
    const address = page.getByLabel('Address of twenty');
    await address.fill(`${twenty.address}/objects/companies`);
    await page.getByLabel('Workspace id').fill('the one that we use');
    await page.getByLabel('Application id').fill(` ${twenty.applicationId} `);
    await page.getByLabel('Role of newcomers').selectOption('Guest');
    await expect(page.getByLabel('Role of newcomers')).not.toContainText('Admin');
    await save.click();
    await expect(page.getByRole('alert')).toContainText('workspace_id');
    await page.getByLabel('Workspace id').fill(twenty.workspaceId);
    await save.click();
    await expect(page.getByText('Saved')).toBeVisible();
    await page.reload();
    await expect(address).toHaveValue(twenty.address);
    await expect(page.getByLabel('Role of newcomers')).toHaveValue('guest');
    await expectAccessible(page);

    // Somebody else changes the same value meanwhile, and another one besides.
    const { version } = await read(page);
    await page.getByLabel('Role of newcomers').selectOption('Employee');
    const theirs = { newcomer_role: 'partner', enabled: false };
    expect((await put(page, version, theirs)).status()).toBe(200);
    await save.click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this' });
    await expect(dialog.getByRole('row').nth(1)).toContainText('Partner');
    await dialog.getByRole('button', { name: /mine/i }).click();
    await expect(page.getByRole('button', { name: 'Discard changes' })).toHaveCount(0);
    await page.reload();
    await expect(page.getByLabel('Role of newcomers')).toHaveValue('employee');
    await expect(page.getByLabel('People may sign in from twenty')).not.toBeChecked();
  });

  test('show who has come, and release an account', async ({ page }) => {
    await signInAs(page, 'admin');
    const { version } = await read(page);
    expect((await put(page, version, {})).status()).toBe(200);
    const name = `Ada ${randomUUID().slice(0, 8)}`;
    const user = twenty.addUser({ firstName: '<i>Ada</i>', lastName: name.slice(4) });
    const come = await page.request.post('/v1/twenty/demo/session', {
      headers: { authorization: `Bearer ${twenty.token(user)}` },
    });
    expect(come.status()).toBe(200);

    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto('/settings/twenty');
    const row = page.getByRole('row').filter({ hasText: name.slice(4) });
    await expect(row).toContainText('<i>Ada</i>');
    await expect(row).toContainText('Employee');
    await expectAccessible(page);
    await row.getByRole('button', { name: /Release the account/ }).click();
    const dialog = page.getByRole('dialog', { name: /Release the account/ });
    await dialog.getByRole('button', { name: 'Release' }).click();
    await expect(row).toHaveCount(0);

    await page.goto('/settings/audit');
    await page.getByLabel('Action').selectOption('released the account of a user of twenty');
    await expect(page.getByRole('row').nth(1)).toContainText('released the account');
    // The next journey finds the workspace free.
    expect((await put(page, version + 1, { enabled: false })).status()).toBe(200);
  });

  test('are not for people who are no admins', async ({ page }) => {
    await signInAs(page, 'sales');
    await page.goto('/settings/twenty');
    await expect(page.getByRole('alert')).toContainText('You may not see this');
  });
});

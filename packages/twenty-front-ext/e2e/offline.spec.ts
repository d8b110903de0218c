import type { Page } from '@playwright/test';
import { expect, expectAccessible, signInAs, speakEnglish, test } from './support/journey.ts';
import { employ } from './support/newcomers.ts';
import type { Newcomer } from './support/newcomers.ts';
import { frontThatUpdates } from './support/newer-version.ts';

// Passwords are hashed slowly on purpose, and some journeys sign in many times.
test.describe.configure({ timeout: 120_000 });
// The browser itself reports every request that failed or was refused.
test.use({
  expectedErrors: [/Failed to load resource|WebSocket connection|ERR_/],
  serviceWorkers: 'allow',
});

async function signIn(page: Page, { email, password }: Newcomer): Promise<void> {
  await speakEnglish(page);
  await page.goto('/settings/profile');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
}

/** The service worker holds the application once it is active. */
async function untilKept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
}

test('a session that ends in the middle of an edit: what was typed stays, and is saved', async ({
  page,
  context,
}) => {
  const person = await employ();
  await signIn(page, person);
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Typed before the session ended');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Save' }).click();

  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await expect(dialog.getByLabel(`Password of ${person.email}`)).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await page.keyboard.type('not the password');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('do not belong together');
  await dialog.getByLabel(`Password of ${person.email}`).fill(person.password);
  await expect(dialog.getByLabel(`Password of ${person.email}`)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();

  await expect(name).toHaveValue('Typed before the session ended');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(name).toHaveValue('Typed before the session ended');
});

test('a server that fails while saving: the form says so and keeps what was typed', async ({
  page,
}) => {
  await signIn(page, await employ());
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Typed while the server failed');
  await page.route('**/graphql', (route) => route.abort('connectionreset'));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'no connection' })).toBeVisible();
  await expect(name).toHaveValue('Typed while the server failed');
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
});

test('opened without a connection, the application says so and comes back by itself', async ({
  page,
  context,
}) => {
  await signInAs(page, 'sales');
  await page.goto('/settings/profile');
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
  await untilKept(page);
  await page.reload();
  await context.setOffline(true);
  // A device without a network says so to a page that is opened. Chromium 150 does not when only its driver has cut it off.
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false });
  });
  await page.goto('/settings/profile');
  await expect(page.getByText('You are offline')).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await context.setOffline(false);
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
});

test('a connection that is lost while a page is open is told, and its return too', async ({
  page,
  context,
}) => {
  await signInAs(page, 'sales');
  await page.goto('/settings/profile');
  await expect(page.getByLabel('Name', { exact: true })).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText('The connection is lost.')).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('The connection is lost.')).toBeHidden({ timeout: 20_000 });
});

test('it can be installed', async ({ page, request }) => {
  await page.goto('/sign-in');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = (await (await request.get(href ?? '')).json()) as {
    display: string;
    icons: { src: string; type: string }[];
  };
  expect(manifest.display).toBe('standalone');
  for (const { src, type } of manifest.icons) {
    const icon = await request.get(src);
    expect(icon.headers()['content-type']).toContain(type);
  }
});

test('a new version is offered, and taken only when the person says so', async ({ page }) => {
  const front = await frontThatUpdates();
  await signInAs(page, 'sales');
  await page.goto(`${front.address}/settings/profile`);
  await untilKept(page);
  await page.reload();
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('In the middle of something');

  front.update();
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update();
  });
  await expect(page.getByText('A new version is ready.')).toBeVisible();
  await expect(name).toHaveValue('In the middle of something');
  await expectAccessible(page);
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Reload' }).click();
  await loaded;
  await expect(name).toBeVisible();
  await expect(page.getByText('A new version is ready.')).toBeHidden();
  front.close();
});

import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import {
  expect,
  expectAccessible,
  PEOPLE,
  signInAs,
  speakEnglish,
  test,
} from './support/journey.ts';
import { employ, foundTenant, invite, linkTo } from './support/newcomers.ts';
import type { Newcomer } from './support/newcomers.ts';
import { ADDRESS } from './support/stack.ts';
import { totp } from './support/totp.ts';

// Passwords are hashed slowly on purpose, and some journeys sign in many times.
test.describe.configure({ timeout: 120_000 });
// The browser itself reports every answer that refuses something.
test.use({
  expectedErrors: [/Failed to load resource|error occurred when fetching the script/],
});

test.beforeEach(async ({ page }) => speakEnglish(page));

async function givePassword(
  page: Page,
  { email, password }: Omit<Newcomer, 'name'>,
): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to MaK' })).toBeVisible();
}

async function expectInside(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
}

test('a person signs in by keyboard and comes to the page they wanted', async ({ page }) => {
  await page.goto('/settings/profile');
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await page.keyboard.type(PEOPLE.sales);
  await page.keyboard.press('Tab');
  await page.keyboard.type('wrong password');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('do not belong together');
  await expect(page.getByLabel('E-mail')).toHaveValue(PEOPLE.sales);
  await expectAccessible(page);

  await page.getByLabel('Password', { exact: true }).fill('demo-password');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
  await expect(page).toHaveURL(/settings\/profile/);
});

test('the sign-in page speaks the chosen language and wears the chosen theme', async ({ page }) => {
  await page.goto('/sign-in');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitemradio', { name: 'Українська' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'uk');
  await page.getByRole('button', { name: /English|Українська/ }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  await expectAccessible(page);
});

test('after too many attempts the page says how long to wait', async ({ page }) => {
  await page.goto('/sign-in');
  const email = `nobody-${randomUUID()}@demo.example`;
  const password = '<script>alert(1)</script>';
  const guess = { data: { email, password }, headers: { origin: ADDRESS } };
  // On a slow machine an attempt is free again before it is typed.
  await expect(async () => {
    await Promise.all(
      Array.from({ length: 12 }, () => page.request.post('/v1/auth/sign-in/email', guess)),
    );
    await givePassword(page, { email, password });
    const waits = page.getByRole('button', { name: /Try again in \d+ s/ });
    await expect(waits).toBeDisabled({ timeout: 5_000 });
  }).toPass();
  await expect(page.getByRole('alert')).toContainText('Too many attempts');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled({ timeout: 30_000 });
});

test('without a connection nothing typed is lost', async ({ page, context }) => {
  await page.goto('/sign-in');
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await context.setOffline(true);
  await givePassword(page, { email: PEOPLE.colleague, password: 'demo-password' });
  await expect(page.getByRole('alert')).toContainText('no connection');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expectInside(page);
});

test('an invited person chooses a password and is in', async ({ page }) => {
  const { token, name } = await invite();
  await page.goto(`/invitation?token=${token}`);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await expect(page).not.toHaveURL(/token/);
  await page.getByLabel('New password').fill('too short');
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await expect(page.getByRole('heading', { name: 'Choose a password' })).toBeVisible();
  await page.getByLabel('New password').fill('correct horse battery');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await expectInside(page);
  await expect(page.getByRole('button', { name })).toBeVisible();

  await page.goto(`/invitation?token=${token}`);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await expect(page.getByRole('heading', { name: 'This invitation does not work' })).toBeVisible();
});

test('a forgotten password: letter, new password, every session ends', async ({
  page,
  browser,
}) => {
  const person = await employ();
  const elsewhere = await (await browser.newContext()).newPage();
  await speakEnglish(elsewhere);
  await elsewhere.goto('/sign-in');
  await givePassword(elsewhere, person);
  await expectInside(elsewhere);

  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  // Until the next page is there, the one before it has a field of the same name.
  await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible();
  await page.getByLabel('E-mail').fill(person.email);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible();
  await expectAccessible(page);

  const link = new URL(await linkTo(person.email));
  await page.goto(`${link.pathname}${link.search}`);
  await expect(page).not.toHaveURL(/token/);
  const password = 'another horse staple';
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByRole('heading', { name: 'Your password is changed' })).toBeVisible();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await givePassword(page, { email: person.email, password });
  await expectInside(page);

  await elsewhere.goto('/settings/profile');
  await expect(elsewhere.getByRole('heading', { name: 'Sign in to MaK' })).toBeVisible();
  await elsewhere.context().close();

  await page.goto(`${link.pathname}${link.search}`);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
});

/** From the password to the recovery codes; answers the secret and the codes. */
async function enrol(page: Page, password: string): Promise<{ secret: string; codes: string[] }> {
  await expect(page.getByLabel('Your password')).toBeFocused();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  const secret = (await page.getByLabel('Key', { exact: true }).innerText()).trim();
  await expectAccessible(page);
  await page.getByLabel('Code from your authenticator').fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('This code is not right');
  await page.getByLabel('Code from your authenticator').fill(totp(secret));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Save your recovery codes' })).toBeFocused();
  await expectAccessible(page);
  const codes = await page
    .getByRole('list', { name: 'Recovery codes' })
    .getByRole('listitem')
    .allInnerTexts();
  expect(codes).toHaveLength(10);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('mak-recovery-codes.txt');
  await page.getByRole('button', { name: 'I have saved them' }).click();
  return { secret, codes };
}

test('an admin whose company asks for it sets up a second factor before anything else', async ({
  page,
}) => {
  const { admin, name } = await foundTenant();
  await page.goto('/sign-in');
  await givePassword(page, admin);
  await expect(page.getByRole('heading', { name: 'Set up a second factor' })).toBeVisible();
  await page.goto('/board');
  await expect(page.getByRole('heading', { name: 'Set up a second factor' })).toBeVisible();
  await expectAccessible(page);
  await enrol(page, admin.password);
  await expect(page.getByRole('button', { name })).toBeVisible();
});

test('second factor: authenticator, trusted device, recovery codes, switched off', async ({
  page,
  browser,
}) => {
  const person = await employ();
  await page.goto('/settings/profile');
  await givePassword(page, person);
  await page.getByRole('button', { name: 'Set up' }).click();
  const { secret, codes } = await enrol(page, person.password);
  await expect(page.getByText('Switched on')).toBeVisible();

  // The authenticator, with a wrong code first; then this device is trusted.
  await signOut(page, person.name);
  await givePassword(page, person);
  await page.getByLabel('Code from your authenticator').fill('000000');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('This code is not right');
  await expectAccessible(page);
  await page.getByLabel('Code from your authenticator').fill(totp(secret));
  await page.getByLabel('Do not ask on this device for 30 days').check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expectInside(page);
  await signOut(page, person.name);
  await givePassword(page, person);
  await expectInside(page);

  // Another device, without the phone: a recovery code works once.
  const other = await (await browser.newContext()).newPage();
  await speakEnglish(other);
  for (const [code, works] of [
    [codes[0] ?? '', true],
    [codes[0] ?? '', false],
  ] as const) {
    await other.goto('/sign-in');
    await givePassword(other, person);
    await other.getByRole('button', { name: 'Use a recovery code' }).click();
    await other.getByLabel('Recovery code').fill(code);
    await other.getByRole('button', { name: 'Sign in' }).click();
    if (works) {
      await expectInside(other);
      await signOut(other, person.name);
    } else {
      await expect(other.getByRole('alert')).toContainText('was used already');
    }
  }
  await other.context().close();

  await page.goto('/settings/profile');
  await page.getByRole('button', { name: 'Switch off' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill('not the password');
  await dialog.getByRole('button', { name: 'Switch off' }).click();
  await expect(dialog.getByRole('alert')).toContainText('This is not your password');
  await expectAccessible(page);
  await dialog.getByLabel('Your password').fill(person.password);
  await dialog.getByRole('button', { name: 'Switch off' }).click();
  await expect(page.getByText('Switched off')).toBeVisible();
});

test('profile: name, password, other sessions', async ({ page, browser }) => {
  const person = await employ();
  const other = await (await browser.newContext()).newPage();
  await speakEnglish(other);
  await other.goto('/sign-in');
  await givePassword(other, person);
  await expectInside(other);

  await page.goto('/settings/profile');
  await givePassword(page, person);
  await expect(page.getByText('This device', { exact: true })).toBeVisible();
  await expectAccessible(page);
  const hostile = `<b>${person.name}</b> & "Co"`;
  await page.getByLabel('Name', { exact: true }).fill(hostile);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(hostile);

  await page.getByLabel('Present password').fill(person.password);
  await page.getByLabel('New password').fill('a new horse staple');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('Your password is changed.')).toBeVisible();

  // The other browser learns it by itself: it looks for notifications. Its page stays under the question.
  await expect(other.getByRole('dialog', { name: 'Sign in again' })).toBeVisible();
  await expectAccessible(other);
  await other.context().close();
});

test('signing out in one tab signs out the others', async ({ page, context }) => {
  await signInAs(page, 'colleague');
  await page.goto('/settings/profile');
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
  const second = await context.newPage();
  await second.goto('/settings/profile');
  const account = second.getByRole('navigation', { name: 'Main' }).getByRole('button').first();
  await account.click();
  await second.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to MaK' })).toBeVisible();
});

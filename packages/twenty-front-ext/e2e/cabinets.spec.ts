import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import {
  expect,
  expectAccessible,
  expectAccessibleInBoth,
  signInAs,
  speakEnglish,
  test,
} from './support/journey.ts';
import { asOwnAdmin, visitor } from './support/newcomers.ts';
import {
  acceptInvitation,
  applicant,
  approve,
  fillIn,
  sendRegistration,
} from './support/registration.ts';

/** Goes on by the tabulator until this has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(target).toBeFocused({ timeout: 1 });
  }).toPass({ intervals: [0], timeout: 30_000 });
}

test.describe('somebody from outside', () => {
  // Nobody is signed in yet, which the browser reports.
  test.use({ expectedErrors: [/status of 4\d\d|ERR_FAILED/] });

  test('registers, is approved, chooses a password, and works with staff of the own', async ({
    page,
  }) => {
    test.setTimeout(240_000);
    const tenant = await asOwnAdmin(page);
    const person = applicant('Olha Petrenko');
    const outside = await visitor(page);

    await test.step('the form asks for everything and takes an agreement', async () => {
      await outside.goto(`/register/${tenant.key}`);
      await expect(
        outside.getByRole('heading', { name: `Work with ${tenant.name}` }),
      ).toBeVisible();
      await expect(outside.getByLabel('Your name')).toBeFocused();
      await expectAccessibleInBoth(outside);
      await fillIn(outside, person);
      await expect(outside.getByRole('button', { name: 'Register' })).toBeDisabled();
      await sendRegistration(outside, person);
      await expectAccessible(outside);
    });

    await test.step('the admin sees it and approves', async () => {
      await page.goto('/settings/registrations');
      const card = page.getByRole('listitem').filter({ hasText: person.company });
      await expect(card.getByText(person.email)).toBeVisible();
      await expect(card.getByText('1234567890')).toBeVisible();
      await expectAccessibleInBoth(page);
      await approve(page, person, () => expectAccessible(page));
      await page.getByRole('tab', { name: 'Approved' }).click();
      await expect(page.getByText(person.company)).toBeVisible();
    });

    await test.step('the invitation opens the cabinet', async () => {
      await acceptInvitation(outside, person.email);
      await expect(outside.getByText('There are no leads yet.', { exact: false })).toBeVisible();
      const main = outside.getByRole('navigation', { name: 'Main' });
      for (const name of ['Home', 'Pipeline board', 'Company', 'Staff'])
        await expect(main.getByRole('link', { name, exact: true })).toBeVisible();
      await expectAccessibleInBoth(outside);
    });

    await test.step('the profile has what was registered; what the office decides cannot be typed', async () => {
      await outside.getByRole('link', { name: 'Company', exact: true }).click();
      await expect(outside.getByLabel('Company name')).toHaveValue(person.company);
      await expect(outside.getByLabel('Tax number')).toHaveValue('1234567890');
      await expect(outside.getByText('Київ')).toBeVisible();
      await expect(outside.getByLabel('Grade')).toHaveValue('gold');
      await expect(outside.getByLabel('Grade')).not.toBeEditable();
      await outside.getByLabel('Telephone').fill('+380 50 765 43 21');
      await outside.getByRole('button', { name: 'Save' }).click();
      await expect(outside.getByRole('button', { name: 'Discard changes' })).toHaveCount(0);
      await expectAccessibleInBoth(outside);
      await outside.reload();
      await expect(outside.getByLabel('Telephone')).toHaveValue('+380 50 765 43 21');
    });

    await test.step('staff are invited by keyboard, renamed and blocked', async () => {
      await outside.getByRole('link', { name: 'Staff', exact: true }).click();
      await expect(outside.getByRole('row', { name: /Head/ })).toContainText(person.email);
      await outside.getByRole('button', { name: 'Invite' }).press('Enter');
      const dialog = outside.getByRole('dialog');
      const colleague = `colleague-${randomUUID().slice(0, 8)}@demo.example`;
      await expect(dialog.getByLabel('E-mail')).toBeFocused();
      await outside.keyboard.type(colleague);
      await outside.keyboard.press('Tab');
      await outside.keyboard.type('Ivan');
      await outside.keyboard.press('Enter');
      await expect(outside.getByRole('dialog', { name: 'Ivan is invited' })).toBeVisible();
      await outside.getByRole('button', { name: 'I have kept it' }).press('Enter');
      const row = outside.getByRole('row', { name: /Ivan/ });
      await expect(row).toContainText('Invited');
      await expectAccessibleInBoth(outside);

      const guest = await visitor(page);
      await acceptInvitation(guest, colleague);
      await guest.getByRole('link', { name: 'Staff', exact: true }).click();
      await expect(guest.getByRole('row', { name: /Head/ })).toContainText(person.email);

      await outside.reload();
      await row.getByRole('button', { name: 'Actions of Ivan' }).click();
      await outside.getByRole('menuitem', { name: 'Rename' }).click();
      await outside.getByRole('dialog').getByLabel('Name').fill('Ivan the second');
      await outside.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      const renamed = outside.getByRole('row', { name: /Ivan the second/ });
      await renamed.getByRole('button', { name: /Actions of/ }).click();
      await outside.getByRole('menuitem', { name: 'Block' }).click();
      await outside
        .getByRole('alertdialog')
        .or(outside.getByRole('dialog'))
        .getByRole('button', { name: 'Block' })
        .click();
      await expect(renamed).toContainText('Blocked');
      await guest.reload();
      await expect(guest.getByRole('heading', { name: 'Staff' })).toHaveCount(0);
      await guest.context().close();
    });
    await outside.context().close();
  });

  test('is rejected with a reason, which a letter tells', async ({ page }) => {
    const tenant = await asOwnAdmin(page);
    const person = applicant('<b>Hostile</b> "name"');
    const outside = await visitor(page);
    await outside.goto(`/register/${tenant.key}`);
    await fillIn(outside, person);
    await sendRegistration(outside, person);
    await page.goto('/settings/registrations');
    const card = page.getByRole('listitem').filter({ hasText: person.company });
    await expect(card.getByText(person.name)).toBeVisible();
    await card.getByRole('button', { name: `Reject ${person.company}` }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('button', { name: 'Reject' })).toBeDisabled();
    await dialog.getByLabel('Reason').fill('We have somebody in this city.');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await expect(page.getByText('Nobody waits for a decision.', { exact: false })).toBeVisible();
    await page.getByRole('tab', { name: 'Rejected' }).click();
    await expect(page.getByText('We have somebody in this city.')).toBeVisible();
    await outside.context().close();
  });

  test('finds no page where nobody takes registrations, and comes back when the connection does', async ({
    page,
  }) => {
    await speakEnglish(page);
    await page.goto('/register/nowhere');
    await expect(page.getByRole('heading', { name: 'No registration here' })).toBeVisible();
    await expectAccessible(page);
    await page.route('**/v1/registrations/form*', (route) => route.abort());
    await page.goto('/register/demo');
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    await page.unroute('**/v1/registrations/form*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByLabel('Your name')).toBeVisible();
  });

  test('reads the page in the own language', async ({ page }) => {
    await page.goto('/register/demo');
    await page.getByRole('button', { name: /Language/ }).click();
    await page.getByRole('menuitemradio', { name: 'Українська' }).click();
    await expect(page.getByLabel('Податковий номер')).toBeVisible();
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('the cabinet fits', async ({ page }) => {
    await signInAs(page, 'franchisee');
    for (const path of ['/home', '/company', '/staff']) {
      await page.goto(path);
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider, path).toBeLessThanOrEqual(0);
      await expectAccessibleInBoth(page);
    }
  });
});

test.describe('the menu on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  for (const role of ['partner', 'franchisee'] as const)
    test(`opens each page of a ${role} by keyboard, and each fits`, async ({ page }) => {
      await signInAs(page, role);
      await page.goto('/home');
      const opener = page.getByRole('button', { name: 'Navigation' });
      const menu = page.getByRole('navigation', { name: 'Main' });
      await opener.press('Enter');
      await expect(menu.getByRole('link', { name: 'Home', exact: true })).toBeVisible();
      const names = await menu.getByRole('link').allInnerTexts();
      expect(names).toEqual(expect.arrayContaining(['Leads', 'Auction', 'Wallet', 'Company']));
      const [home = '', ...others] = names;
      await page.keyboard.press('Enter');
      // From one to the next; whoever is at home goes there last.
      for (const name of [...others, home])
        await test.step(name, async () => {
          await expect(opener).toHaveAttribute('aria-expanded', 'false');
          await opener.press('Enter');
          await tabTo(page, menu.getByRole('link', { name, exact: true }));
          await page.keyboard.press('Enter');
          await expect(page.locator('#navigation [aria-current=page]')).toHaveText(name);
          const heading = page.getByRole('heading', { level: 1 });
          await expect(heading).toBeVisible();
          await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
          await expect(heading).not.toHaveText('Not found');
          await expect(page.getByText('You may not see this')).toHaveCount(0);
          await expect
            .poll(() => page.evaluate(() => document.documentElement.scrollWidth), {
              message: page.url(),
            })
            .toBeLessThanOrEqual(390);
        });
    });
});

test('a company begins at home, and its chart leads to the deals', async ({ page }) => {
  await signInAs(page, 'franchisee');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
  const chart = page.getByRole('list', { name: 'Deals by stage' });
  await chart.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/deals\?/);
  await expect(page.getByRole('heading', { level: 1, name: 'Deals' })).toBeVisible();
});

test('the office reaches the profile and the staff of a company from its people', async ({
  page,
}) => {
  await signInAs(page, 'admin');
  await page.goto('/settings/people');
  await page.getByLabel('Role').selectOption({ label: 'Partner' });
  // The list answers the filter a moment later.
  const row = page.getByRole('row').filter({ hasText: 'Partner' }).first();
  await row.getByRole('button', { name: /Actions of/ }).click();
  await page.getByRole('menuitem', { name: 'Company' }).click();
  await expect(page.getByLabel('Grade')).toBeEditable();
  await expect(
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' }),
  ).toHaveCount(0);
});

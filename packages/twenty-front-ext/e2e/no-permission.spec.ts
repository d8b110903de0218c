import { request } from '@playwright/test';
import { expect, expectAccessible, speakEnglish, test } from './support/journey.ts';
import { enter, foundTenant } from './support/newcomers.ts';
import { placesOf } from './support/places.ts';
import { ADDRESS } from './support/stack.ts';

/** What every account may see, whatever its role: its profile, what its company is, and that there is nothing. */
const OWN = new Set(['settings-profile', 'settings-company', 'not-found']);

// What is refused is an answer, which the browser reports.
test.use({ expectedErrors: [/status of 4\d\d/] });

test('a person begins with the first page that the role shows', async ({ page }) => {
  const { employee, apiKey } = await foundTenant();
  const narrowed = await page.request.patch(`${ADDRESS}/v1/roles/employee`, {
    data: { version: 1, permissions: ['leads:read', 'auction:read'] },
    headers: { authorization: `Bearer ${apiKey}` },
  });
  expect(narrowed.status(), await narrowed.text()).toBe(200);
  await enter(page, employee);
  await speakEnglish(page);
  await page.goto('/');
  await expect(page).toHaveURL('/leads');
  await expect(page.getByRole('heading', { level: 1, name: 'Leads' })).toBeVisible();
});

test('every page says so to a person whose role may do nothing', async ({ page }) => {
  test.setTimeout(600_000);
  // The addresses are those of another tenant's records; who may see nothing is not told even that.
  const admin = await request.newContext({ baseURL: ADDRESS });
  const places = await placesOf(admin);
  await admin.dispose();
  const { employee, apiKey } = await foundTenant();
  const emptied = await page.request.patch(`${ADDRESS}/v1/roles/employee`, {
    data: { version: 1, permissions: [] },
    headers: { authorization: `Bearer ${apiKey}` },
  });
  expect(emptied.status(), await emptied.text()).toBe(200);
  await enter(page, employee);
  await speakEnglish(page);
  for (const [name, path] of Object.entries(places)) {
    await test.step(name, async () => {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      await expect(page.getByText('The connection is lost')).toHaveCount(0);
      if (OWN.has(name)) await expect(page.getByText('You may not see this')).toHaveCount(0);
      else await expect(page.getByText('You may not see this').first()).toBeVisible();
      await expectAccessible(page);
    });
  }
});

import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { createDeal, sendFacts } from './support/deals.ts';
import { expect, expectAccessible, signInAs, test } from './support/journey.ts';
import type { Person } from './support/journey.ts';

const card = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });

async function openDashboard(page: Page, query = '', person: Person = 'sales'): Promise<void> {
  await signInAs(page, person);
  await page.goto(`/dashboard${query}`);
  await expect(page.getByRole('heading', { name: 'United Stage Dashboard' })).toBeVisible();
}

/** The number that stands beside the bar of a stage. */
async function numberOf(row: Locator): Promise<number> {
  const text = await row.locator('[data-value]').textContent();
  return Number((text ?? '').replaceAll(/\D/g, ''));
}

test.describe('the dashboard', () => {
  test('shows all figures', async ({ page }) => {
    await openDashboard(page);
    for (const name of [
      'Deals by stage',
      'Conversion',
      'Time per step against its target',
      'Bottlenecks',
      'Breaches over time',
      'Time in a stage',
      'Owners',
    ])
      await expect(card(page, name)).toBeVisible();
    await expect(page.getByRole('img', { name: /^Mean .+ P90 .+ target / }).first()).toBeVisible();
    await page.getByText('Show as a table').first().click();
    await expectAccessible(page);
  });

  test('can be read in the dark', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await openDashboard(page);
    await expect(card(page, 'Breaches over time')).toBeVisible();
    await expect(page.locator('html')).toHaveClass(/dark/);
    await expectAccessible(page);
  });

  test('leads from a stage to exactly its deals', async ({ page }) => {
    await openDashboard(page);
    const { name } = await createDeal(page, 'Counted', [{ type: 'crm.brief.submitted' }]);
    await page.reload();
    const row = card(page, 'Deals by stage').getByRole('link', { name: /^Briefed/ });
    expect(await numberOf(row)).toBeGreaterThan(0);
    await row.click();
    await expect(page).toHaveURL(/\/deals\?.*stage=briefed/);
    await expect(page.getByText('Stage: Briefed')).toBeVisible();
    await expect(page.getByRole('link', { name })).toBeVisible();
  });

  test('follows what outer systems send, without a reload', async ({ page }) => {
    await openDashboard(page);
    const stages = card(page, 'Deals by stage');
    const planning = stages.getByRole('listitem').filter({ hasText: 'Planning' });
    await expect(planning).toBeVisible();
    const before = await numberOf(planning);
    const { ref } = await createDeal(page, 'Moves', [{ type: 'crm.brief.submitted' }]);
    await sendFacts(page, ref, [{ type: 'media.mediaplan.ready' }]);
    await expect.poll(() => numberOf(planning)).toBeGreaterThan(before);
  });

  test('opens breaches of a time by keyboard', async ({ page }) => {
    await openDashboard(page);
    const column = card(page, 'Breaches over time')
      .getByRole('link', { name: /breached/ })
      .first();
    await column.focus();
    await expect(column).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/run_status=breached.*run_due_from=.*run_due_before=/);
    await expect(page.getByText('Clock: Breached')).toBeVisible();
  });

  test('is narrowed by period and owner; the address keeps it', async ({ page }) => {
    await openDashboard(page);
    await page.getByRole('button', { name: 'Period: All time' }).click();
    await page.getByRole('button', { name: 'Last 30 days' }).click();
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d/);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const owner = page.getByRole('combobox', { name: 'Owner' });
    await owner.fill('Emily');
    await page.getByRole('listbox').getByRole('option').first().click();
    await expect(page).toHaveURL(/owner=/);
    await page.keyboard.press('Escape');
    await expectAccessible(page);
    const address = page.url();
    await page.reload();
    await expect(page).toHaveURL(address);
    await expect(page.getByRole('button', { name: 'Remove filter Owner' })).toBeVisible();
    const open = page.getByRole('link', { name: /^Open deals/ });
    await expect(open).toHaveAttribute('href', /owner=.*created_from=|created_from=.*owner=/);
    await page.getByRole('button', { name: 'Remove filter Owner' }).click();
    await expect(page).not.toHaveURL(/owner=/);
  });

  test('says so when nothing fits', async ({ page }) => {
    await openDashboard(page, `?industry=${encodeURIComponent(`<b>${randomUUID()}</b>`)}`);
    await expect(page.getByText('No figures yet')).toBeVisible();
    await expect(page.getByText(/Industry: <b>/)).toBeVisible();
    await expectAccessible(page);
  });

  test('needs no more room than a phone has', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await openDashboard(page);
    await expect(card(page, 'Conversion')).toBeVisible();
    const content = page.locator('main [data-layout]').first();
    const [wide, room] = await content.evaluate(({ scrollWidth, clientWidth }) => [
      scrollWidth,
      clientWidth,
    ]);
    expect(wide).toBeLessThanOrEqual(room);
    await expectAccessible(page);
  });
});

test.describe('a dashboard that cannot be shown', () => {
  test.use({ expectedErrors: [/Failed to load resource/] });

  test('tells a guest that it is not theirs', async ({ page }) => {
    await openDashboard(page, '', 'guest');
    await expect(page.getByText('You may not see this')).toBeVisible();
    await expectAccessible(page);
  });

  test('says that there is no such pipeline', async ({ page }) => {
    await openDashboard(page, '?pipeline=nowhere');
    await expect(page.getByText('There is no such pipeline')).toBeVisible();
  });

  test('can be tried again after a failure', async ({ page }) => {
    await signInAs(page, 'sales');
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query Dashboard') === true)
        await route.fulfill({ status: 500, body: 'broken' });
      else await route.continue();
    });
    await page.goto('/dashboard');
    await expect(page.getByText('This could not be loaded')).toBeVisible();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(card(page, 'Deals by stage')).toBeVisible();
  });
});

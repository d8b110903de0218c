import type { Locator, Page } from '@playwright/test';
import { createClient } from './support/clients.ts';
import { createDeal, sendFacts } from './support/deals.ts';
import { expect, signInAs, test } from './support/journey.ts';
import { holdNext } from './support/late-answer.ts';

const draft = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: 'Draft' }).locator('[data-card]').filter({ hasText: name });

/** What is told while nobody listens is read at the beginning; these stories begin after it. */
async function openLive(page: Page, path: string): Promise<void> {
  const listening = page
    .waitForEvent('websocket')
    .then((socket) =>
      socket.waitForEvent('framereceived', ({ payload }) => payload.includes('dealChanges')),
    );
  await page.goto(path);
  await listening;
  await page.waitForLoadState('networkidle');
}

async function edit(page: Page, id: string, fields: object): Promise<void> {
  const { version } = (await (await page.request.get(`/v1/deals/${id}`)).json()) as {
    version: number;
  };
  const answer = await page.request.patch(`/v1/deals/${id}`, {
    data: { version, ...fields },
    headers: { origin: new URL(page.url()).origin },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

test.describe('a change while an older answer is on its way', () => {
  test.beforeEach(async ({ page }) => signInAs(page, 'sales'));

  test('is seen on the board', async ({ page }) => {
    await openLive(page, '/board');
    const { id, name } = await createDeal(page, 'Early');
    await expect(draft(page, name)).toBeVisible();
    const old = await holdNext(page, 'Board');
    await page.getByRole('button', { name: 'Order: Newest in the stage first' }).click();
    await page.getByRole('menuitemradio', { name: 'By name' }).click();
    await old.held;
    const changed = `0 ${name}`;
    await edit(page, id, { name: changed });
    await page.waitForTimeout(1_000);
    old.release();
    await expect(draft(page, changed)).toBeVisible();
  });

  test('is seen in the table', async ({ page }) => {
    await openLive(page, '/board');
    const { id, name } = await createDeal(page, 'Early row');
    const old = await holdNext(page, 'DealTable');
    await page.goto(`/deals?text=${encodeURIComponent(name.slice(-8))}`);
    await old.held;
    await edit(page, id, { name: `Late ${name}` });
    await page.waitForTimeout(1_000);
    old.release();
    await expect(page.getByRole('row').filter({ hasText: `Late ${name}` })).toBeVisible();
  });

  test('is seen on the page of the deal', async ({ page }) => {
    await openLive(page, '/board');
    const { id, name, ref } = await createDeal(page, 'Early page');
    await openLive(page, `/deals/${id}`);
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    const old = await holdNext(page, 'DealPage');
    await sendFacts(page, ref, [{ type: 'crm.lead.qualified' }]);
    await old.held;
    await edit(page, id, { name: `Late ${name}` });
    await page.waitForTimeout(1_000);
    old.release();
    const heading = page.getByRole('heading', { name: `Late ${name}`, level: 1 });
    await expect(heading).toBeVisible();
    await page.waitForTimeout(500);
    await expect(heading).toBeVisible({ timeout: 1 });
  });

  test('is seen on the page of its client', async ({ page }) => {
    await openLive(page, '/board');
    const client = await createClient(page, 'Early client');
    const { id, name, ref } = await createDeal(page, 'Early deal');
    await edit(page, id, { client_id: client.id });
    await openLive(page, `/clients/${client.id}`);
    await expect(page.getByText(name).first()).toBeVisible();
    const old = await holdNext(page, 'ClientPage');
    await sendFacts(page, ref, [{ type: 'crm.lead.qualified' }]);
    await old.held;
    await edit(page, id, { name: `Late ${name}` });
    await page.waitForTimeout(1_000);
    old.release();
    await expect(page.getByText(`Late ${name}`).first()).toBeVisible();
    await page.waitForTimeout(500);
    await expect(page.getByText(`Late ${name}`).first()).toBeVisible({ timeout: 1 });
  });
});

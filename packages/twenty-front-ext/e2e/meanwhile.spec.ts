import type { Locator, Page, WebSocketRoute } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { createClient } from './support/clients.ts';
import { createDeal } from './support/deals.ts';
import type { NewDeal } from './support/deals.ts';
import { expect, signInAs, test } from './support/journey.ts';

/** What happens elsewhere while a page is open. */
const own = (page: Page): { readonly origin: string } => ({ origin: new URL(page.url()).origin });

async function ownId(page: Page): Promise<string> {
  const answer = await page.request.post('/graphql', {
    data: { query: '{ me { account { id } } }' },
    headers: own(page),
  });
  const { data } = (await answer.json()) as { data: { me: { account: { id: string } } } };
  return data.me.account.id;
}

/** Archives a deal or merges it into another one, as a colleague would. */
async function endDeal(page: Page, id: string, into?: string): Promise<void> {
  const { version } = (await (await page.request.get(`/v1/deals/${id}`)).json()) as {
    version: number;
  };
  const action = into === undefined ? 'archive' : 'merge';
  const answer = await page.request.post(`/v1/deals/${id}/${action}`, {
    data: { version, ...(into === undefined ? {} : { into }) },
    headers: own(page),
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** The sockets of a page, which can be cut. */
async function sockets(page: Page): Promise<{ cut: () => Promise<void>; mend: () => void }> {
  const open = new Set<WebSocketRoute>();
  let down = false;
  await page.routeWebSocket(/graphql/, (socket) => {
    if (down) {
      void socket.close({ code: 1013 });
      return;
    }
    socket.connectToServer();
    open.add(socket);
  });
  return {
    cut: async () => {
      down = true;
      for (const socket of open) await socket.close({ code: 1013 });
      open.clear();
    },
    mend: () => {
      down = false;
    },
  };
}

test.describe('a deal that ends while it is shown', () => {
  test('leaves the table, archived or merged', async ({ page }) => {
    await signInAs(page, 'sales');
    await page.goto('/deals');
    const mark = randomUUID().slice(0, 8);
    const kept = await createDeal(page, `Kept ${mark}`);
    const archived = await createDeal(page, `Archived ${mark}`);
    const merged = await createDeal(page, `Merged ${mark}`);
    await page.goto(`/deals?text=${mark}`);
    const grid = page.getByRole('grid', { name: 'Deals' });
    // By its id: the survivor of a merge may get the name of the other one.
    const shown = ({ id }: NewDeal): Locator => grid.locator(`a[href="/deals/${id}"]`);
    for (const deal of [kept, archived, merged]) await expect(shown(deal)).toBeVisible();
    await endDeal(page, archived.id);
    await expect(shown(archived)).toHaveCount(0);
    await endDeal(page, merged.id, kept.id);
    await expect(shown(merged)).toHaveCount(0);
    await expect(shown(kept)).toBeVisible();
  });

  test('under an open cell: the person is told, and what was typed can be sent again', async ({
    page,
  }) => {
    await signInAs(page, 'sales');
    await page.goto('/deals');
    const { id, name } = await createDeal(page, 'Typed into');
    await page.goto(`/deals?text=${encodeURIComponent(name)}`);
    const grid = page.getByRole('grid', { name: 'Deals' });
    await grid.getByRole('link', { name }).focus();
    await page.keyboard.press('F2');
    const field = grid.getByRole('textbox', { name: 'Name' });
    await field.fill(`${name} renamed`);
    // The page does not hear of it before it saves.
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('editDeal') === true) await endDeal(page, id);
      await route.continue();
    });
    await field.press('Enter');
    await expect(
      page.getByRole('alertdialog', { includeHidden: true }).or(page.getByRole('dialog')).first(),
    ).toBeVisible();
  });

  test('leaves the SLA desk, archived or merged', async ({ page }) => {
    await signInAs(page, 'sales');
    await page.goto('/sla');
    const owner = await ownId(page);
    const owned = { type: 'deal.updated', data: { owner_id: owner } };
    const kept = await createDeal(page, 'Desk kept', [owned]);
    const archived = await createDeal(page, 'Desk archived', [owned]);
    const merged = await createDeal(page, 'Desk merged', [owned]);
    await page.goto(`/sla?person=${owner}&timer=lead_to_brief`);
    // By its address: the survivor has the later name.
    const line = ({ id }: NewDeal): Locator =>
      page.getByRole('listitem').locator(`a[href="/deals/${id}"]`);
    for (const deal of [kept, archived, merged]) await expect(line(deal)).toBeVisible();
    await endDeal(page, archived.id);
    await expect(line(archived)).toHaveCount(0);
    await endDeal(page, merged.id, kept.id);
    await expect(line(merged)).toHaveCount(0);
    await expect(line(kept)).toBeVisible();
  });
});

test.describe('a subscription that drops and returns', () => {
  test.use({ expectedErrors: [/WebSocket/] });

  test('the SLA desk shows what was missed', async ({ page }) => {
    const live = await sockets(page);
    await signInAs(page, 'sales');
    await page.goto('/sla');
    const owner = await ownId(page);
    await page.goto(`/sla?person=${owner}&timer=lead_to_brief`);
    await expect(page.getByRole('region', { name: /^Breached:/ })).toBeVisible();
    await live.cut();
    await expect(page.getByText('The connection is lost.')).toBeVisible();
    const missed = await createDeal(page, 'Missed', [
      { type: 'deal.updated', data: { owner_id: owner } },
    ]);
    await expect(page.getByRole('link', { name: missed.name })).toHaveCount(0);
    live.mend();
    await expect(page.getByRole('link', { name: missed.name })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('The connection is lost.')).toBeHidden();
  });

  test('the page of a client shows what was missed', async ({ page }) => {
    const live = await sockets(page);
    await signInAs(page, 'sales');
    await page.goto('/clients');
    const client = await createClient(page, 'Cut off');
    await page.goto(`/clients/${client.id}`);
    const deals = page.getByRole('region', { name: 'Deals', exact: true });
    await expect(deals).toContainText('No deals yet.');
    await live.cut();
    await expect(page.getByText('The connection is lost.')).toBeVisible();
    const { name } = await createDeal(page, 'Of the cut off', [
      { type: 'deal.updated', data: { client_id: client.id } },
    ]);
    live.mend();
    await expect(deals.getByRole('link', { name })).toBeVisible({ timeout: 30_000 });
  });

  test('the dashboard counts what was missed', async ({ page }) => {
    const live = await sockets(page);
    await signInAs(page, 'sales');
    await page.goto('/deals');
    const industry = `cut ${randomUUID().slice(0, 8)}`;
    const client = await createClient(page, 'Counted', { industry });
    const facts = [{ type: 'deal.updated', data: { client_id: client.id } }];
    await createDeal(page, 'Counted one', facts);
    await page.goto(`/dashboard?industry=${encodeURIComponent(industry)}`);
    const stages = page.getByRole('region', { name: 'Deals by stage' });
    await expect(stages.getByRole('link', { name: /Draft/ })).toContainText('1');
    await live.cut();
    await expect(page.getByText('The connection is lost.')).toBeVisible();
    await createDeal(page, 'Counted two', facts);
    live.mend();
    await expect(stages.getByRole('link', { name: /Draft/ })).toContainText('2', {
      timeout: 30_000,
    });
  });
});

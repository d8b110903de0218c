import type { Locator, Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { holdNext } from './support/late-answer.ts';
import {
  expect,
  expectAccessible,
  expectAccessibleInBoth,
  signInAs,
  test,
} from './support/journey.ts';

const HOUR = 3_600_000;

/** Account of the person who is signed in. */
async function ownId(page: Page): Promise<string> {
  const answer = await page.request.post('/graphql', {
    data: { query: '{ me { account { id } } }' },
    headers: { origin: new URL(page.url()).origin },
  });
  const { data } = (await answer.json()) as { data: { me: { account: { id: string } } } };
  return data.me.account.id;
}

/** A lead of so many hours ago, which the desk shows by its first timer; owned by the person who is signed in. */
async function lead(page: Page, name: string, hoursAgo: number): Promise<string> {
  const unique = `${name} ${randomUUID().slice(0, 8)}`;
  const { origin } = new URL(page.url());
  const answer = await page.request.post('/v1/events', {
    headers: { origin },
    data: {
      events: [
        {
          event_id: randomUUID(),
          type: 'crm.deal.created',
          version: 1,
          source: 'journeys',
          occurred_at: new Date(Date.now() - hoursAgo * HOUR).toISOString(),
          external_refs: [{ system: 'journeys', id: unique }],
          data: { name: unique, owner_id: await ownId(page) },
        },
      ],
    },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return unique;
}

const group = (page: Page, title: string): Locator =>
  page.getByRole('region', { name: new RegExp(`^${title}:`) });

const row = (within: Locator, name: string): Locator =>
  within.getByRole('listitem').filter({ hasText: name });

async function openDesk(page: Page): Promise<void> {
  await signInAs(page, 'sales');
  await page.goto('/sla');
  await expect(group(page, 'Breached')).toBeVisible();
}

/** The desk of the person who is signed in, so that what the journey makes is on the first page. */
async function onlyMine(page: Page): Promise<void> {
  await page.goto(`/sla?person=${await ownId(page)}&timer=lead_to_brief`);
  await expect(group(page, 'Breached')).toBeVisible();
}

test.describe('the SLA desk', () => {
  test('shows what is late and what is next, live, in both themes', async ({ page }) => {
    await openDesk(page);
    await onlyMine(page);
    const late = await lead(page, 'Late', 24 * 30);
    const fresh = await lead(page, 'Fresh', 0);
    await expect(row(group(page, 'Breached'), late)).toContainText('+');
    await expect(
      page.getByRole('region', { name: /^(Due in 24 hours|Later):/ }).filter({ hasText: fresh }),
    ).toBeVisible();
    await expectAccessibleInBoth(page);
    await row(group(page, 'Breached'), late).getByRole('link', { name: late }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(late);
  });

  test('acknowledges at once and takes it back', async ({ page }) => {
    await openDesk(page);
    await onlyMine(page);
    const name = await lead(page, 'Seen', 24 * 31);
    const run = row(group(page, 'Breached'), name);
    await run.getByRole('button', { name: `Acknowledge ${name}` }).press('Enter');
    await expect(run).toContainText('seen by');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('Taken back')).toBeVisible();
    await expect(run).not.toContainText('seen by');
    // It is shown before the server has it.
    const stored = page.waitForResponse(
      (answer) => answer.request().postData()?.includes('AcknowledgeBreach') === true,
    );
    await run.getByRole('button', { name: `Acknowledge ${name}` }).click();
    await expect(run).toContainText('seen by');
    await stored;
    await page.reload();
    await expect(run).toContainText('seen by');
    await run.getByRole('button', { name: 'Take back' }).click();
    await expect(run.getByRole('button', { name: `Acknowledge ${name}` })).toBeVisible();
  });

  test('an answer that is older than an acknowledgement does not take it back', async ({
    page,
  }) => {
    await openDesk(page);
    await onlyMine(page);
    const name = await lead(page, 'Old answer', 24 * 33);
    const run = row(group(page, 'Breached'), name);
    await expect(run).toBeVisible();

    const old = await holdNext(page, 'SlaDesk');
    // Somebody else's change makes the desk read again; the answer is on its way for long.
    await lead(page, 'Other', 24 * 30);
    await old.held;
    const newer = page.waitForResponse(
      (answer) => answer.request().postData()?.includes('SlaDesk(') === true,
    );
    await run.getByRole('button', { name: `Acknowledge ${name}` }).click();
    await newer;
    await expect(run).toContainText('seen by');
    const late = page.waitForResponse(
      (answer) => answer.request().postData()?.includes('SlaDesk(') === true,
    );
    old.release();
    await (await late).finished();
    await page.waitForTimeout(500);
    await expect(run).toContainText('seen by', { timeout: 1 });
  });

  test('gives a run to a colleague', async ({ page }) => {
    await openDesk(page);
    await onlyMine(page);
    const name = await lead(page, 'Given', 24 * 32);
    const run = row(group(page, 'Breached'), name);
    await run.getByRole('button', { name: `Reassign ${name}` }).click();
    const dialog = page.getByRole('dialog', { name: 'Give to somebody else' });
    await expectAccessible(page);
    await dialog.getByLabel('Person').fill('Nov');
    await page.getByRole('option').first().click();
    await dialog.getByRole('button', { name: 'Give' }).click();
    await expect(dialog).toBeHidden();
    await expect(run).toHaveCount(0);
  });

  test('narrows to a person by the bars, by keyboard', async ({ page }) => {
    await openDesk(page);
    const bars = page.getByRole('region', { name: 'By person' });
    const first = bars.getByRole('button').first();
    await first.press('Enter');
    await expect(first).toHaveAttribute('aria-pressed', 'true');
    await expect(page).toHaveURL(/person=/);
    await first.press('Enter');
    await expect(page).not.toHaveURL(/person=/);
  });

  test('is usable on a phone', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await openDesk(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    await expectAccessible(page);
  });
});

test.describe('the SLA desk without a connection', () => {
  test.use({ expectedErrors: [/ERR_FAILED/] });

  test('takes an acknowledgement back on the page and says so', async ({ page }) => {
    await openDesk(page);
    await onlyMine(page);
    const name = await lead(page, 'Lost', 24 * 33);
    const run = row(group(page, 'Breached'), name);
    await expect(run).toBeVisible();
    await page.route('**/graphql', (route) => route.abort());
    await run.getByRole('button', { name: `Acknowledge ${name}` }).click();
    await expect(page.getByText('There is no connection to the server.').first()).toBeVisible();
    await expect(run).not.toContainText('seen by');
    await page.unroute('**/graphql');
    await page.getByText('Try again', { exact: true }).click();
    await expect(run).toContainText('seen by');
  });
});

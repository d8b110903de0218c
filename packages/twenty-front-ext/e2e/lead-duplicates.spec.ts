import type { Locator, Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { expect, expectAccessible, test } from './support/journey.ts';
import { editLead, enterLead, ownPhone } from './support/leads.ts';
import type { NewLead } from './support/leads.ts';
import { asOwnAdmin } from './support/newcomers.ts';

const pairs = (page: Page): Locator => page.locator('[data-pair]');
const tab = (page: Page, name: RegExp): Locator => page.getByRole('tab', { name });

/** Two leads with one number. */
async function enterPair(
  page: Page,
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): Promise<[NewLead, NewLead]> {
  const phones = [ownPhone()];
  const first = await enterLead(page, { phones, ...one });
  return [first, await enterLead(page, { phones, ...other })];
}

test('pairs are compared, put off, kept apart and taken back', async ({ page }) => {
  await asOwnAdmin(page);
  await page.goto('/leads/duplicates');
  await expect(page.getByText('Nothing to decide')).toBeVisible();
  await expectAccessible(page);
  await enterPair(
    page,
    { name: '<i>Anna</i> First', city: 'Lviv', source: 'cold_base' },
    { name: 'Anna F.', city: 'Lviv', source: 'external' },
  );
  // The desk hears of it; what is read does not move when more come.
  await expect(pairs(page)).toHaveCount(1);
  await enterPair(page, { name: 'Bohdan One', source: 'external' }, { name: 'Bohdan Two' });
  await expect(tab(page, /To decide/)).toContainText('2');
  await expect(pairs(page)).toHaveCount(1);

  await page.goto('/leads');
  await page.getByRole('button', { name: 'Duplicates: 2' }).click();
  await expect(pairs(page)).toHaveCount(2);
  const anna = pairs(page).filter({ hasText: 'Anna F.' });
  await expect(anna.getByRole('heading', { name: 'The same telephone number' })).toBeVisible();
  await expect(anna.getByRole('link', { name: '<i>Anna</i> First' })).toBeVisible();
  const row = (name: string): Locator => anna.getByRole('row').filter({ hasText: name });
  await expect(row('City').getByLabel('the same')).toBeVisible();
  await expect(row('Source').getByLabel('different')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: /^Filter/ }).click();
  await page.getByLabel('Source of one of them').selectOption('Cold base');
  await page.keyboard.press('Escape');
  await expect(pairs(page)).toHaveCount(1);
  await expect(tab(page, /To decide/)).toContainText('1');
  await page.getByRole('button', { name: 'Remove filter Source' }).click();
  await expect(pairs(page)).toHaveCount(2);

  await anna.getByRole('button', { name: /^Not a duplicate/ }).click();
  await expect(pairs(page)).toHaveCount(1);
  await expect(tab(page, /^Decided/)).toContainText('1');
  await expect(tab(page, /To decide/)).toContainText('1');
  await tab(page, /^Decided/).click();
  await expect(anna.getByText('They are two leads.')).toBeVisible();
  await anna.getByRole('button', { name: /^Take back/ }).click();
  await expect(page.getByText('Nothing was decided yet')).toBeVisible();
  await tab(page, /To decide/).click();
  await expect(pairs(page)).toHaveCount(2);
});

test('the desk is worked by keyboard, and on a phone', async ({ page }) => {
  await asOwnAdmin(page);
  await page.goto('/leads/duplicates');
  for (const name of ['Vira', 'Yurii', 'Zoia'])
    await enterPair(page, { name: `${name} One` }, { name: `${name} Two` });
  await page.reload();
  await expect(pairs(page)).toHaveCount(3);
  await pairs(page).first().getByRole('link').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(pairs(page).nth(1)).toBeFocused();
  const second = await pairs(page).nth(2).getAttribute('data-pair');
  await page.keyboard.press('l');
  await expect(pairs(page)).toHaveCount(2);
  // The next pair has come up to where the decided one was.
  await expect(pairs(page).nth(1)).toBeFocused();
  expect(await pairs(page).nth(1).getAttribute('data-pair')).toBe(second);
  await expect(tab(page, /Put off/)).toContainText('1');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(pairs(page)).toHaveCount(3);

  await pairs(page).first().getByRole('link').first().focus();
  await page.keyboard.press('m');
  await expect(page.getByRole('dialog', { name: 'Merge two leads' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.setViewportSize({ width: 360, height: 740 });
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
    .toBeLessThanOrEqual(360);
  await pairs(page)
    .first()
    .getByRole('button', { name: /^Merge/ })
    .click();
  await expect(page.getByRole('radio').first()).toBeVisible();
  await expectAccessible(page);
});

test('two leads become one as a person chooses, also when somebody changes one meanwhile', async ({
  page,
}) => {
  await asOwnAdmin(page);
  await page.goto('/leads');
  const [one, two] = await enterPair(
    page,
    { name: 'Olena Old', city: 'Lviv', comment: 'Called in May' },
    { name: 'Olena New', city: 'Kyiv', emails: ['olena.new@example.com'] },
  );
  await page.goto(`/leads/${one.id}`);
  await page.getByRole('link', { name: 'Compare them' }).click();
  await expect(page.getByText('Lead: Olena Old')).toBeVisible();
  await pairs(page)
    .getByRole('button', { name: /^Merge/ })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Merge two leads' });
  const stays = dialog.getByRole('group', { name: 'Which lead stays' });
  await expect(stays.getByRole('radio', { name: 'Olena Old' })).toBeChecked();
  await stays.getByText('Olena New').click();
  await dialog.getByRole('group', { name: 'Name' }).getByText('Olena Old').click();
  await dialog.getByRole('group', { name: 'City' }).getByText('Київ').click();
  await expect(dialog.getByText('A merge cannot be taken back.')).toBeVisible();
  await expectAccessible(page);

  await editLead(page, two, { title: 'Bakery' });
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await expect(dialog.getByText('Someone else changed it meanwhile.')).toBeVisible();
  await expect(stays.getByRole('radio', { name: 'Olena New' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await expect(page.getByText('The two leads are one now')).toBeVisible();
  await expect(dialog).toHaveCount(0);

  // The old address leads to the one that stays.
  await page.goto(`/leads/${one.id}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Olena Old' })).toBeVisible();
  await expect(page.getByText('olena.new@example.com')).toBeVisible();
  await expect(page.getByText('Kyiv').first()).toBeVisible();
  await expect(page.getByText('Called in May')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Compare them' })).toHaveCount(0);
  await page.goto('/leads');
  await expect(page.getByText('1 lead, all shown')).toBeVisible();
});

test('a lead that has become a deal is the one that stays', async ({ page }) => {
  await asOwnAdmin(page);
  await page.goto('/leads');
  const consent = { answer: 'given', evidence: 'form v1' };
  const [, deal] = await enterPair(page, { name: 'Petro Lead' }, { name: 'Petro Deal', consent });
  const converted = await page.request.post(`/v1/leads/${deal.id}/convert`, {
    data: { name: 'Bakery', pipeline: 'adtech', version: deal.version },
    headers: { origin: new URL(page.url()).origin, 'idempotency-key': randomUUID() },
  });
  expect(converted.ok(), await converted.text()).toBe(true);
  await page.goto('/leads/duplicates');
  await pairs(page)
    .getByRole('button', { name: /^Merge/ })
    .click();
  const stays = page.getByRole('group', { name: 'Which lead stays' });
  await expect(stays.getByRole('radio', { name: 'Petro Deal' })).toBeChecked();
  await expect(stays.getByRole('radio', { name: 'Petro Lead' })).toBeDisabled();
  await expect(page.getByText('Its deal stays as it is')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Merge' }).click();
  await expect(page.getByText('Nothing to decide')).toBeVisible();
});

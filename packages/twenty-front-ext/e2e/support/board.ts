import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export const column = (page: Page, title: string): Locator =>
  page.getByRole('region', { name: title });

/** The card of a deal, wherever it stands. */
export const card = (page: Page, name: string): Locator =>
  page.locator('[data-card]').filter({ hasText: name });

export const cardIn = (page: Page, title: string, name: string): Locator =>
  column(page, title).locator('[data-card]').filter({ hasText: name });

export const announcer = (page: Page): Locator => page.getByTestId('board-announcer');

/** Lifts a card of the first column by keyboard and drops it on the next one, which is possible: asks for the fact. */
export async function liftToNext(
  page: Page,
  name: string,
  from: string,
  to: string,
): Promise<Locator> {
  await card(page, name).focus();
  await page.keyboard.press('Space');
  await expect(announcer(page)).toContainText(`is lifted from ${from}.`);
  await page.keyboard.press('ArrowRight');
  await expect(announcer(page)).toHaveText(`${to}: possible.`);
  await page.keyboard.press('Space');
  return page.getByRole('dialog', { name: `Move to ${to}` });
}

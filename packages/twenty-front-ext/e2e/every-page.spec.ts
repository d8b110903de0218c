import type { Page } from '@playwright/test';
import { expectFitting } from './support/fitting.ts';
import { expect, expectAccessibleInBoth, test } from './support/journey.ts';
import { ENTRANCE, placesOf } from './support/places.ts';

const DESK = { width: 1280, height: 800 };

// An address that leads nowhere is one of the pages, and so is a link that does not work.
test.use({ expectedErrors: [/status of 4\d\d/] });
test.describe.configure({ mode: 'parallel', timeout: 600_000 });

/** Opens every page in turn, in the language, and looks at it when it is loaded. */
async function walk(page: Page, language: string, look: () => Promise<void>): Promise<void> {
  await page.addInitScript((chosen) => localStorage.setItem('mak.language', chosen), language);
  const visit = async (name: string, path: string): Promise<void> =>
    test.step(name, async () => {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      await look();
    });
  for (const [name, path] of Object.entries(ENTRANCE)) await visit(name, path);
  for (const [name, path] of Object.entries(await placesOf(page.request))) await visit(name, path);
}

test('every page keeps nobody out, light and dark, and fits every screen', async ({ page }) => {
  await walk(page, 'en', async () => {
    await expectAccessibleInBoth(page);
    await expectFitting(page, 'en');
    await page.setViewportSize(DESK);
  });
});

for (const language of ['ru', 'uk']) {
  test(`every page fits every screen: ${language}`, async ({ page }) => {
    await walk(page, language, () => expectFitting(page, language));
  });
}

import type { Page, TestInfo } from '@playwright/test';

/** Loaded, and nothing moves any more. */
export async function atRest(page: Page): Promise<void> {
  await page.locator('main').waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
  await page.waitForTimeout(600);
}

const WIDTHS = { desktop: 1280, phone: 360 } as const;

/** Pictures of a page for people to look at, as wide as a desk and as narrow as a phone, beside the other output of a journey. */
export async function takePictures(page: Page, info: TestInfo, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const [look, width] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width, height: 800 });
    await atRest(page);
    await page.screenshot({ path: info.outputPath(`${name}-${look}.png`) });
  }
  if (before !== null) await page.setViewportSize(before);
}

import type { Page } from '@playwright/test';
import { expect } from './journey.ts';

/** A phone, a tablet, a wide screen. */
const WIDTHS = [360, 768, 2560];

/** An open page is in the language, and nobody has to scroll it sideways. Leaves the widest screen. */
export async function expectFitting(page: Page, language: string): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth), {
        message: `${page.url()} at ${width}`,
      })
      .toBeLessThanOrEqual(width);
  }
}

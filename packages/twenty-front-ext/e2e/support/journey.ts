import AxeBuilder from '@axe-core/playwright';
import { test as base, expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { cookiesOf } from './sign-in.ts';

/** People of the demo tenant; `./mak status` lists them. */
export const PEOPLE = {
  admin: 'admin@demo.example',
  sales: 'sales1@demo.example',
  colleague: 'sales2@demo.example',
  partner: 'partner@demo.example',
  franchisee: 'franchisee@demo.example',
  guest: 'guest@demo.example',
} as const;
export type Person = keyof typeof PEOPLE;

const PASSWORD = 'demo-password';

/** Signs in without the page, which has a journey of its own. */
export async function signInAs(page: Page, person: Person): Promise<void> {
  await page.context().addCookies(await cookiesOf({ email: PEOPLE[person], password: PASSWORD }));
  await speakEnglish(page);
}

/** Journeys are written in English, whatever the language of the account. */
export async function speakEnglish(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (self.origin !== 'null') localStorage.setItem('mak.language', 'en');
  });
}

/** Colours and places are judged when they have come to rest, not on their way. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Rules of these that look at colours: only they can hold in one theme and not in the other. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong; it is not asked to describe what is right, which takes most of its time. */
function inspector(page: Page): AxeBuilder {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  // A page without frames is looked at in one go. What frames say is put together on a page of its own.
  return axe.setLegacyMode(page.frames().length === 1);
}

async function expectNothing(page: Page, axe: AxeBuilder): Promise<void> {
  await settle(page);
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
  );
  expect(found).toEqual([]);
}

/** Finds nothing that keeps people with impairments out (WCAG 2.2 AA). */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNothing(page, inspector(page).withTags(WCAG));
}

/** The same in light and in dark, where only the colours are others. Leaves the page in light. */
export async function expectAccessibleInBoth(page: Page): Promise<void> {
  await wear(page, 'light');
  await expectAccessible(page);
  await wear(page, 'dark');
  await expectNothing(page, inspector(page).withRules(COLOURS));
  await wear(page, 'light');
}

async function wear(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator('html')).toHaveCSS('color-scheme', colorScheme);
}

/** A page that is left closes its socket while the other side still speaks. */
const LEFT = /WebSocket is already in CLOSING or CLOSED state/;

/** A test whose page must not write errors to the console, except those that `expected` matches. */
export const test = base.extend<{ expectedErrors: RegExp[]; console: undefined }>({
  expectedErrors: [[], { option: true }],
  console: [
    async ({ page, expectedErrors }, use) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await use(undefined);
      const expected = [LEFT, ...expectedErrors];
      expect(errors.filter((text) => !expected.some((one) => one.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

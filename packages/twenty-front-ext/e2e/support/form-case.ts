import type { Locator, Page } from '@playwright/test';
import { expect, signInAs, speakEnglish } from './journey.ts';
import type { Person } from './journey.ts';
import { employ, enter } from './newcomers.ts';

/** A form of the application: how one comes to it, and how it is sent. */
export interface FormCase {
  readonly name: string;
  /** Done once, e.g. signing in. */
  readonly enter: (page: Page) => Promise<void>;
  /** Opens the form anew and answers what holds its fields. */
  readonly open: (page: Page) => Promise<Locator>;
  /** Labels of fields to leave alone, as their texts have rules of their own and a case of their own. */
  readonly without?: RegExp;
  /** What fields must hold besides the hostile text, e.g. an address, so that the form can be sent. */
  readonly valid?: Readonly<Record<string, string>>;
  /** Left out: there is nothing to send, what is typed holds at once. */
  readonly send?: (form: Locator) => Promise<void>;
  /** Whether the server has taken it; refusals are seen apart from this. */
  readonly taken: (page: Page, form: Locator) => Promise<boolean>;
  /** False: what was typed is not shown afterwards, e.g. a password. */
  readonly shows?: false;
  /** False: what was refused is emptied, as a code that works once. */
  readonly keeps?: false;
  /** Where a refusal is seen, when wrong parts may be saved too. */
  readonly refusal?: string;
}

export const as = (person: Person) => (page: Page) => signInAs(page, person);

/** Somebody whom nobody else needs, signed in. */
export async function asNewcomer(page: Page): Promise<void> {
  await enter(page, await employ());
  await speakEnglish(page);
}

export const press =
  (name: string) =>
  (form: Locator): Promise<void> =>
    form.getByRole('button', { name }).first().click();
export const isGone = async (_: Page, form: Locator): Promise<boolean> => !(await form.isVisible());
export const isSaid =
  (text: string) =>
  (page: Page): Promise<boolean> =>
    page.getByText(text).first().isVisible();
export const window = (page: Page): Locator => page.locator('[role="dialog"][data-size]');

/** A window that a button of a page opens. */
export function windowOf(
  name: string,
  path: string,
  opener: string,
  send: string,
  rest: Partial<FormCase> = {},
): FormCase {
  return {
    name,
    enter: as('admin'),
    open: async (page) => {
      await page.goto(path);
      await page.getByRole('button', { name: opener }).click();
      return window(page);
    },
    send: press(send),
    taken: isGone,
    ...rest,
  };
}

/** A page whose fields hold as soon as they are typed. */
export function page(name: string, path: string, rest: Partial<FormCase> = {}): FormCase {
  return {
    name,
    enter: as('admin'),
    open: async (one) => {
      await one.goto(path);
      await expect(one.getByRole('heading', { level: 1 })).toBeVisible();
      return one.locator('main');
    },
    taken: () => Promise.resolve(true),
    ...rest,
  };
}

import type { Locator, Page } from '@playwright/test';
import type { FormCase } from './support/form-case.ts';
import { FORMS } from './support/forms.ts';
import { fieldsOf, HOSTILE, put, valueOf, watch } from './support/hostile.ts';
import { expect, test } from './support/journey.ts';

// A refusal is an answer, which the browser reports.
test.use({ expectedErrors: [/status of 4\d\d/], actionTimeout: 15_000 });
// Many windows are opened, and many sign in.
test.describe.configure({ mode: 'parallel', timeout: 120_000 });

/** Something that says beside the form or in it that it was not taken. */
const REFUSED = '[role=alert]:visible, [aria-invalid=true]:visible, :is(input, textarea):invalid';

for (const form of FORMS) {
  test(`hostile text in every field: ${form.name}`, async ({ page }) => {
    const { expectHarmless } = watch(page);
    await form.enter(page);
    for (const [kind, make] of Object.entries(HOSTILE)) {
      await test.step(kind, async () => {
        const text = make();
        const opened = await form.open(page);
        const { typed, formed, found } = fieldsOf(opened);
        await expect(typed.or(formed).or(found).first()).toBeVisible();
        // To a browser a button without a type sends its form, also when Enter is pressed in a field.
        await expect(page.locator('form button:not([type])')).toHaveCount(0);
        await search(opened, text);
        await typeEverywhere(opened, text, form);
        await expectHarmless();
        await send(page, opened, text, form);
        await expectHarmless();
      });
    }
  });
}

/** Fields that find something by what is typed say that they find nothing. */
async function search(form: Locator, text: string): Promise<void> {
  const page = form.page();
  for (const field of await fieldsOf(form).found.all()) {
    await put(field, text);
    await expect(
      page.getByText('Nothing found.').or(form.getByRole('alert')).first(),
    ).toBeVisible();
    await put(field, '');
    await field.press('Tab');
  }
}

/** Fields but those whose label matches. */
async function wanted(fields: readonly Locator[], without?: RegExp): Promise<readonly Locator[]> {
  const labels = await Promise.all(
    fields.map((field) =>
      field.evaluate((element) =>
        element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? '') : '',
      ),
    ),
  );
  return fields.filter((_, index) => without?.test(labels[index] ?? '') !== true);
}

async function typeEverywhere(
  form: Locator,
  text: string,
  { valid = {}, without }: FormCase,
): Promise<void> {
  const { typed, formed } = fieldsOf(form);
  const fields = await wanted(await typed.all(), without);
  for (const field of fields) await put(field, text);
  for (const field of await formed.all()) await put(field, text);
  for (const [label, value] of Object.entries(valid)) await form.getByLabel(label).fill(value);
}

/** Either it is taken and shown as it was typed, or it is refused and stands where it was typed. */
async function send(page: Page, form: Locator, text: string, one: FormCase): Promise<void> {
  const fields = await wanted(await fieldsOf(form).typed.all(), one.without);
  const before = await Promise.all(fields.map((field) => valueOf(field)));
  if (one.send === undefined) return;
  await one.send(form);
  const refused = one.refusal === undefined ? form.locator(REFUSED) : page.locator(one.refusal);
  const shown = (): Promise<boolean> => isShown(page, text);
  await expect
    .poll(async () => (await refused.count()) > 0 || (await one.taken(page, form)), {
      message: 'taken or refused',
    })
    .toBe(true);
  if ((await refused.count()) === 0) {
    if (one.shows !== false) await expect.poll(shown, { message: 'shown as typed' }).toBe(true);
    return;
  }
  if (one.keeps === false) return;
  // Of a list the text has become an item, so it may stand beside its field.
  for (const typed of before)
    expect(await isShown(page, typed), `kept: ${typed.slice(0, 60)}`).toBe(true);
}

/** The text stands on the page or in a field of it, letter by letter. */
function isShown(page: Page, text: string): Promise<boolean> {
  return page.evaluate((wanted) => {
    const values = [...document.querySelectorAll('input, textarea')].map(
      (element) => (element as HTMLInputElement).value,
    );
    return [document.body.textContent ?? '', ...values].some((one) => one.includes(wanted));
  }, text);
}

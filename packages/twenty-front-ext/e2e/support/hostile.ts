import { randomUUID } from 'node:crypto';
import type { Locator, Page, Response } from '@playwright/test';
import { expect } from './journey.ts';

/** What people paste by accident and what others type on purpose. */
export const HOSTILE = {
  // Short enough for every field.
  'markup, formulas and odd letters': (): string =>
    [
      `=A1 ${randomUUID().slice(0, 8)}"><img src=x onerror=hostile=1>`,
      "<script>hostile=1</script>{{7*7}}';--",
      '\u202Er\u202C\u200B\u{1F469}\u200D\u{1F467}',
    ].join(''),
  'a word of 5,000 letters': (): string => `${randomUUID().slice(0, 8)}${'w'.repeat(5_000)}`,
  'what no database keeps': (): string => `${randomUUID().slice(0, 8)} nul\0 half \uD83D end`,
} as const;

/** Fields of one line and of many that a person types into; passwords and dates are no free text. */
const TYPED = [
  'input:is(:not([type]), [type=text], [type=tel], [type=password])',
  'textarea',
  '[contenteditable=true]',
]
  .map((field) => `${field}:visible:not([readonly], [role=combobox], :disabled)`)
  .join(', ');

/** Fields whose text has a form that the browser checks. */
const FORMED = 'input:is([type=email], [type=url]):visible:not([readonly], :disabled)';

export interface Fields {
  readonly typed: Locator;
  readonly formed: Locator;
  readonly found: Locator;
}

export function fieldsOf(form: Locator): Fields {
  return {
    typed: form.locator(TYPED),
    formed: form.locator(FORMED),
    found: form.locator('input[role=combobox]:visible:not(:disabled)'),
  };
}

/** Puts a text into a field letter by letter of its code, also one that no keyboard and no protocol carries. */
export async function put(field: Locator, text: string): Promise<void> {
  const codes = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  // What replaces a field in this moment, as the editor of conditions does, has the focus then.
  await expect(async () => expect(await attempt(field, codes)).toBe(true)).toPass();
}

async function attempt(field: Locator, codes: readonly number[]): Promise<boolean> {
  await field.focus();
  return field.evaluate((element, units) => {
    if (!element.isConnected) return false;
    const value = String.fromCharCode(...units);
    const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
    if (isField && element.role !== 'combobox') {
      // Past the longest text that the browser lets people type; React sees it as typed.
      const kind = element instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
      Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(element, value);
      element.dispatchEvent(new InputEvent('input', { bubbles: true }));
      return true;
    }
    if (isField) element.select();
    else getSelection()?.selectAllChildren(element);
    document.execCommand(value === '' ? 'delete' : 'insertText', false, value);
    return true;
  }, codes);
}

/** What stands in a field, in one spelling for all kinds of fields. */
export function valueOf(field: Locator): Promise<string> {
  return field.evaluate((element) =>
    element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
      ? element.value
      : (element.textContent ?? ''),
  );
}

/** Watches a page for what must never happen. */
export function watch(page: Page): { readonly expectHarmless: () => Promise<void> } {
  const wrong: string[] = [];
  const pending: Promise<void>[] = [];
  page.on('dialog', (dialog) => {
    // The browser asks before what is not saved is left: rightly so.
    if (dialog.type() === 'beforeunload') {
      void dialog.accept();
      return;
    }
    wrong.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('response', (response) => pending.push(readAnswer(response, wrong)));
  return {
    expectHarmless: async () => {
      await Promise.all(pending.splice(0));
      expect(wrong).toEqual([]);
      expect(await page.evaluate(() => 'hostile' in window)).toBe(false);
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await expect.poll(() => overflowing(page), { message: `at ${width} px` }).toEqual([]);
      }
    },
  };
}

/** An answer that the server did not mean to give. */
async function readAnswer(response: Response, wrong: string[]): Promise<void> {
  if (response.status() >= 500) wrong.push(`${response.status()} from ${response.url()}`);
  if (!response.url().endsWith('/graphql')) return;
  const text = await response.text().catch(() => '');
  if (/"code":"(internal|unknown)"/.test(text)) wrong.push(text.slice(0, 500));
}

/** The page and the windows over it that are wider than their place. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, [role=dialog], header, form')]
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const style = getComputedStyle(element);
        const scrolls = element !== document.documentElement && style.overflowX === 'hidden';
        return !scrolls && element.scrollWidth > element.clientWidth + 1;
      })
      .map(
        (element) =>
          `${element.tagName} ${element.className}: ${element.scrollWidth} > ${element.clientWidth}`,
      ),
  );
}

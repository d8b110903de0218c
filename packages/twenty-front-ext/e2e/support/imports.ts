import type { Locator, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { workbookFile } from '../../../twenty-mak/src/platform/tables/workbook-writer.ts';

/** Hands a file over to the page of an import. */
export async function chooseFile(page: Page, name: string, content: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer: content });
}

/** A workbook (.xlsx) of these rows. */
export async function workbookOf(rows: readonly (readonly string[])[]): Promise<Buffer> {
  async function* all() {
    yield rows;
  }
  return buffer(workbookFile('Sheet', all()));
}

const WINDOWS_1251 = new TextDecoder('windows-1251');

/** A text as programs of Cyrillic Windows write it. Throws for letters that they do not have. */
export function inWindows1251(text: string): Buffer {
  const codes = new Map(
    Array.from({ length: 256 }, (_, code) => [WINDOWS_1251.decode(Uint8Array.of(code)), code]),
  );
  return Buffer.from(
    Array.from(text, (letter) => {
      const code = codes.get(letter);
      if (code === undefined) throw new Error(`Windows-1251 has no ${letter}.`);
      return code;
    }),
  );
}

/** How many rows have come to this, as the report of an import says. */
export function counted(page: Page, what: string): Locator {
  return page.locator('dl > div').filter({ hasText: what }).locator('dd');
}

export interface SavedFile {
  readonly name: string;
  /** As it is, with the mark at its beginning. */
  readonly text: string;
}

/** The file of rows that were not taken in. */
export async function rejectedRows(
  page: Page,
  encoding: 'utf-8' | 'windows-1251' = 'utf-8',
): Promise<SavedFile> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Rejected rows as CSV' }).click(),
  ]);
  const text = new TextDecoder(encoding, { ignoreBOM: true, fatal: true });
  return { name: file.suggestedFilename(), text: text.decode(await readFile(await file.path())) };
}

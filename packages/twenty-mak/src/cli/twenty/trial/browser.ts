import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { messageOf } from '../../local/cli-error.ts';
import { chromiumBinary } from '../../local/chromium.ts';
import { resolvePaths } from '../../stack/index.ts';
import type { Login } from './options.ts';

/** twenty builds its pages as it shows them; the first ones take their time. */
const PATIENCE_MS = 60_000;
const SIZE = { width: 1440, height: 900 };

/** Lists of records of the trial, and what stands in one of them. */
const LISTS = [
  ['leads', 'makLeads', /^MaK trial .* L1$/],
  ['lots', 'makLeadAuctions', 'Sealed'],
] as const;

export interface Pictures {
  readonly folder: string;
  /** What did not show; null when all did. */
  readonly problem: string | null;
}

export interface Wanted {
  /** Id of the record of a deal. */
  readonly deal: string;
  /** Null: a new one. */
  readonly folder: string | null;
}

/** Signs in to twenty as a person does, opens pages of MaK inside it and takes a picture of each. */
export async function takePictures(
  address: string,
  login: Login,
  wanted: Wanted,
): Promise<Pictures> {
  const folder = wanted.folder ?? mkdtempSync(join(tmpdir(), 'mak-twenty-pictures-'));
  mkdirSync(folder, { recursive: true });
  const { program, libraryPath } = chromiumBinary(resolvePaths().tools);
  const browser = await chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    ...(libraryPath === '' ? {} : { env: { ...process.env, LD_LIBRARY_PATH: libraryPath } }),
  });
  try {
    const page = await browser.newPage({ viewport: SIZE, locale: 'en-GB' });
    page.setDefaultTimeout(PATIENCE_MS);
    const take = async (name: string): Promise<void> => {
      await page.screenshot({ path: join(folder, `${name}.png`) });
    };
    try {
      await signIn(page, address, login);
      await openBoard(page);
      await take('board');
      await openDeal(page, `${address}/object/masterDeal/${wanted.deal}`);
      await take('deal');
      for (const [name, plural, text] of LISTS) {
        await openList(page, `${address}/objects/${plural}`, text);
        await take(name);
      }
      return { folder, problem: null };
    } catch (error) {
      await take('problem');
      return { folder, problem: messageOf(error).split('\n')[0] ?? '' };
    }
  } finally {
    await browser.close();
  }
}

async function signIn(page: Page, address: string, { email, password }: Login): Promise<void> {
  await page.goto(address);
  const byEmail = page.getByRole('button', { name: 'Continue with Email' });
  const emailField = page.getByPlaceholder('Email');
  await byEmail.or(emailField).first().waitFor();
  if (await byEmail.isVisible()) await byEmail.click();
  await emailField.fill(email);
  const passwordField = page.getByPlaceholder('Password');
  if (!(await passwordField.isVisible()))
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await passwordField.fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Companies', { exact: true }).first().waitFor();
}

async function openBoard(page: Page): Promise<void> {
  const item = page.getByRole('link', { name: 'Pipeline board' });
  if (!(await item.isVisible())) await page.getByText('MaK', { exact: true }).first().click();
  await item.click();
  const frame = page.frameLocator('iframe[src*="/embed"]');
  await frame.getByText('MaK trial').first().waitFor();
  await atRest(page);
}

async function openDeal(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByText('Latest events').first().waitFor();
  await atRest(page);
}

async function openList(page: Page, address: string, text: string | RegExp): Promise<void> {
  await page.goto(address);
  await page.getByText(text).first().waitFor();
  await atRest(page);
}

/** Nothing tells when twenty has finished drawing. */
async function atRest(page: Page): Promise<void> {
  await page.waitForTimeout(4_000);
}

/**
 * A picture of every page of a running installation, in both themes and on a phone, into .mak/pictures:
 * `JOURNEYS_URL=http://127.0.0.1:3000 node e2e/pictures.ts [language] [part of a name]`.
 */
import { chromium } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { atRest } from './support/picture.ts';
import { ENTRANCE, placesOf } from './support/places.ts';
import { ADDRESS } from './support/stack.ts';

const folder = resolve(import.meta.dirname, '../../../.mak/pictures');
const [language = 'en', part = ''] = process.argv.slice(2);

const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1280 },
  { name: 'dark', colorScheme: 'dark', width: 1280 },
  { name: 'phone', colorScheme: 'light', width: 360 },
] as const;

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  for (const { name: look, colorScheme, width } of LOOKS) {
    const context = await browser.newContext({
      baseURL: ADDRESS,
      colorScheme,
      locale: language,
      timezoneId: 'UTC',
      viewport: { width, height: 800 },
    });
    await context.addInitScript((chosen) => {
      localStorage.setItem('mak.language', chosen);
    }, language);
    const page = await context.newPage();
    const take = async (name: string, path: string): Promise<void> => {
      if (!name.includes(part)) return;
      await page.goto(path);
      await atRest(page);
      await page.screenshot({ path: join(folder, `${name}-${look}-${language}.png`) });
    };
    for (const [name, path] of Object.entries(ENTRANCE)) await take(name, path);
    for (const [name, path] of Object.entries(await placesOf(context.request)))
      await take(name, path);
    await context.close();
  }
  await browser.close();
}

await main();

/**
 * A picture of every page of a running installation, as its admin, a franchisee and a partner see it, in both themes and
 * on a phone, into .mak/pictures:
 * `JOURNEYS_URL=http://127.0.0.1:3000 node e2e/pictures.ts [language] [parts of names]`.
 */
import { chromium } from '@playwright/test';
import type { APIRequestContext } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { atRest } from './support/picture.ts';
import { cabinetOf, ENTRANCE, placesOf } from './support/places.ts';
import { ADDRESS } from './support/stack.ts';

const folder = resolve(import.meta.dirname, '../../../.mak/pictures');
const [language = 'en', ...parts] = process.argv.slice(2);

const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1280 },
  { name: 'dark', colorScheme: 'dark', width: 1280 },
  { name: 'phone', colorScheme: 'light', width: 360 },
] as const;

/** Who looks at which pages. */
const VISITS: readonly (readonly [
  who: string,
  places: (request: APIRequestContext) => Promise<Record<string, string>>,
])[] = [
  ['', () => Promise.resolve(ENTRANCE)],
  ['', placesOf],
  ['franchisee-', (request) => cabinetOf(request, 'franchisee')],
  ['partner-', (request) => cabinetOf(request, 'partner')],
];

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  for (const { name: look, colorScheme, width } of LOOKS)
    for (const [who, places] of VISITS) {
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
      for (const [place, path] of Object.entries(await places(context.request))) {
        const name = `${who}${place}`;
        if (parts.length > 0 && !parts.some((part) => name.includes(part))) continue;
        await page.goto(path);
        await atRest(page);
        await page.screenshot({ path: join(folder, `${name}-${look}-${language}.png`) });
      }
      await context.close();
    }
  await browser.close();
}

await main();

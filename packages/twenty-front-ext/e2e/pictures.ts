/**
 * A picture of every page of a running installation, in both themes and on a phone, into .mak/pictures:
 * `JOURNEYS_URL=http://127.0.0.1:3000 node e2e/pictures.ts [language] [part of a name]`.
 */
import { chromium } from '@playwright/test';
import type { APIRequestContext, Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ADDRESS } from './support/stack.ts';

const folder = resolve(import.meta.dirname, '../../../.mak/pictures');
const [language = 'en', part = ''] = process.argv.slice(2);

const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1280 },
  { name: 'dark', colorScheme: 'dark', width: 1280 },
  { name: 'phone', colorScheme: 'light', width: 360 },
] as const;

const ENTRANCE = {
  'sign-in': '/sign-in',
  'forgotten-password': '/forgot-password',
  'new-password': '/reset-password?token=picture',
  invitation: '/invitation?token=picture',
};

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
    for (const [name, path] of Object.entries(await places(context.request)))
      await take(name, path);
    await context.close();
  }
  await browser.close();
}

/** Pages of somebody who may see all of them; those of one record show the first one. */
async function places(request: APIRequestContext): Promise<Record<string, string>> {
  const headers = { origin: ADDRESS };
  await request.post('/v1/auth/sign-in/email', {
    data: { email: 'admin@demo.example', password: 'demo-password' },
    headers,
  });
  const first = async (path: string): Promise<string> => {
    const { items } = (await (await request.get(path)).json()) as { items: { id: string }[] };
    return items[0]?.id ?? '';
  };
  const tabs = ['stages', 'gates', 'events', 'rules', 'timers', 'check', 'try', 'versions'];
  return {
    board: '/board',
    'board-business': '/board?columns=business',
    deals: '/deals',
    deal: `/deals/${await first('/v1/deals?limit=1&stage=running')}`,
    dashboard: '/dashboard',
    clients: '/clients',
    client: `/clients/${await first('/v1/clients?limit=1')}`,
    'sla-desk': '/sla',
    ...Object.fromEntries(
      ['profile', 'company', 'people', 'roles', 'pipelines', 'api-keys', 'webhooks', 'audit'].map(
        (name) => [`settings-${name}`, `/settings/${name}`],
      ),
    ),
    webhook: `/settings/webhooks/${await first('/v1/webhooks')}`,
    ...Object.fromEntries(
      tabs.map((tab) => [`pipeline-${tab}`, `/settings/pipelines/adtech?tab=${tab}`]),
    ),
    'not-found': '/nowhere',
  };
}

/** Loaded, and nothing moves any more. */
async function atRest(page: Page): Promise<void> {
  await page.locator('main').waitFor();
  await page.waitForFunction(
    () => document.querySelector('[role=status][aria-label]') === null,
    undefined,
    { timeout: 20_000 },
  );
  await page.waitForTimeout(600);
}

await main();

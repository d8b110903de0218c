/**
 * LCP, TBT and CLS of some pages, each opened with an empty cache, as JSON lines like those of `board.ts`: with the
 * network and the processor of the machine, and as on a middling phone, with the throttling that Lighthouse uses.
 */
import { chromium, devices } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { openContext, place, signIn, tell } from './place.ts';

/** What web-vitals calls good: milliseconds, milliseconds, and a share of the window. */
const GOOD = { lcp: 2_500, tbt: 200, cls: 0.1 } as const;
type Vital = keyof typeof GOOD;
const VITALS = Object.keys(GOOD) as Vital[];

/** Slow 4G as Lighthouse has it, in milliseconds and bytes a second; a processor four times slower. */
const SLOW = { latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000, processor: 4 };
/** For how long a page is watched after its content has come, in milliseconds. */
const AFTER = 3_000;

interface Opened {
  readonly page: 'sign-in' | 'board' | 'dashboard' | 'deal';
  readonly path: string;
  readonly signedIn: boolean;
  /** Something that is there when the content has come. */
  readonly content: string;
}

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const pages: readonly Opened[] = [
    { page: 'sign-in', path: '/sign-in', signedIn: false, content: 'input[type="password"]' },
    { page: 'board', path: '/board', signedIn: true, content: '[data-card]' },
    { page: 'dashboard', path: '/dashboard', signedIn: true, content: 'main svg[role="img"]' },
    { page: 'deal', path: `/deals/${await someDeal()}`, signedIn: true, content: 'main h2' },
  ];
  for (let round = 0; round < place.rounds; round += 1) {
    for (const opened of pages) {
      await measure(browser, opened, 'fast');
      await measure(browser, opened, 'slow');
    }
  }
} finally {
  await browser.close();
}

async function someDeal(): Promise<string> {
  const context = await openContext(browser);
  await signIn(context, place.many);
  const page = await context.newPage();
  await page.goto('/board');
  const id = await page.locator('[data-card]').first().getAttribute('data-card');
  await context.close();
  if (id === null) throw new Error('The board shows no deal.');
  return id;
}

async function measure(within: Browser, opened: Opened, speed: 'fast' | 'slow'): Promise<void> {
  const context = await (speed === 'fast' ? openContext(within) : openPhone(within));
  if (opened.signedIn) await signIn(context, place.many);
  const page = await context.newPage();
  if (speed === 'slow') await throttle(context, page);
  await watch(page);
  await page.goto(opened.path, { waitUntil: 'commit' });
  await page.locator(opened.content).first().waitFor({ timeout: 120_000 });
  await page.waitForTimeout(AFTER);
  const seen = await page.evaluate(() => window.makVitals);
  if (seen.lcp === 0) throw new Error(`Nothing was painted on ${opened.path}.`);
  process.stderr.write(`    ${opened.page}, ${speed}: ${JSON.stringify(seen)}\n`);
  for (const vital of VITALS) tell(`${opened.page}-${vital}-${speed}`, seen[vital] / GOOD[vital]);
  await context.close();
}

function openPhone(within: Browser): Promise<BrowserContext> {
  return within.newContext({
    ...devices['Moto G4'],
    baseURL: place.url,
    locale: 'en-GB',
  });
}

async function throttle(context: BrowserContext, page: Page): Promise<void> {
  const { processor, ...network } = SLOW;
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, ...network });
  await session.send('Emulation.setCPUThrottlingRate', { rate: processor });
}

declare global {
  interface Window {
    makVitals: Record<Vital, number>;
  }
}

/** What hides from Chromium's types of entries. */
interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
}

/** TBT counts from the first paint on; shifts are added up, which is at least what web-vitals takes. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { lcp: 0, tbt: 0, cls: 0 };
    window.makVitals = seen;
    const observe = (type: string, take: (entry: PerformanceEntry) => void): void =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
        type,
        buffered: true,
      });
    observe('largest-contentful-paint', ({ startTime }) => (seen.lcp = startTime));
    observe('layout-shift', (entry) => {
      const { value, hadRecentInput } = entry as Shift;
      if (!hadRecentInput) seen.cls += value;
    });
    observe('longtask', ({ startTime, duration }) => {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      if (paint === undefined) return;
      const from = Math.max(startTime, paint.startTime);
      seen.tbt += Math.max(0, startTime + duration - from - 50);
    });
  });
}

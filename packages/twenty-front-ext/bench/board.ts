/**
 * Figures of the board in a real browser, as JSON lines `{"figure", "value"}` on standard output: one per round.
 * Started by `./mak bench front`, which makes the tenants.
 */
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { framesDuring, instrument, p95 } from './frames.ts';

interface Place {
  readonly url: string;
  readonly few: Person;
  readonly many: Person;
  readonly rounds: number;
}

interface Person {
  readonly email: string;
  readonly password: string;
}

const place = JSON.parse(process.env['BENCH_FRONT'] ?? '{}') as Place;
const VIEW = { width: 1_440, height: 900 };
/** How long each arm of a round runs, in frames of the scroll. */
const STEPS = 180;

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
let sizes: ReadonlyMap<string, number> = new Map();
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const many = await openBoard(browser, place.many);
  const few = await openBoard(browser, place.few);
  const blank = await (await browser.newContext({ viewport: VIEW })).newPage();
  await instrument(blank);
  await blank.goto('about:blank');
  await blank.evaluate(() => (document.title = 'blank'));
  const react = bytes((name) => name === 'react');
  tell('size', bytes((name) => name !== 'react' && name !== 'twenty-ui') / react);
  tell('twenty-ui', bytes((name) => name === 'twenty-ui') / react);
  for (let round = 0; round < place.rounds; round += 1) {
    await measureFrames(many, blank);
    tell('render', (await renderTime(many)) / (await renderTime(few)));
  }
} finally {
  await browser.close();
}

function tell(figure: string, value: number): void {
  process.stdout.write(`${JSON.stringify({ figure, value })}\n`);
}

async function openBoard(within: Browser, { email, password }: Person): Promise<Page> {
  const context = await within.newContext({ viewport: VIEW, baseURL: place.url, locale: 'en-GB' });
  const page = await context.newPage();
  const scripts = gatherScripts(page);
  const answer = await page.request.post('/v1/auth/sign-in/email', {
    data: { email, password },
    headers: { origin: place.url },
  });
  if (!answer.ok())
    throw new Error(`Signing in answered ${answer.status()}: ${await answer.text()}`);
  await instrument(page);
  await page.goto('/board');
  await page.locator('[data-card]').first().waitFor();
  // The rules of the pipeline come when the page has nothing else to do; they belong to the board.
  await page.waitForTimeout(4_000);
  sizes = scripts;
  return page;
}

/** Gzip bytes of every script that the page loads, by the name of its chunk. */
function gatherScripts(page: Page): Map<string, number> {
  const scripts = new Map<string, number>();
  page.on('response', (response) => {
    const name = /\/assets\/(.+)-[^-]+\.js$/.exec(new URL(response.url()).pathname)?.[1];
    if (name === undefined) return;
    void response.body().then((body) => scripts.set(name, gzipSync(body).length));
  });
  return scripts;
}

function bytes(chosen: (name: string) => boolean): number {
  return [...sizes].filter(([name]) => chosen(name)).reduce((sum, [, size]) => sum + size, 0);
}

async function measureFrames(page: Page, blank: Page): Promise<void> {
  await blank.bringToFront();
  const still = p95(await framesDuring(blank, () => blank.waitForTimeout(STEPS * 17)));
  await page.bringToFront();
  const scrolling = p95(await framesDuring(page, () => scroll(page)));
  tell('scroll', scrolling / still);

  await page.evaluate(() =>
    document
      .querySelector('[data-board-column] [data-card]')
      ?.parentElement?.parentElement?.parentElement?.scrollTo(0, 0),
  );
  const card = await page.locator('[data-card]').first().boundingBox();
  if (card === null) throw new Error('There is no card to drag.');
  await page.mouse.move(card.x + 40, card.y + 20);
  await page.mouse.down();
  await page.mouse.move(card.x + 60, card.y + 40, { steps: 5 });
  await page.waitForTimeout(500);
  await page.evaluate(() => (window.makBodies.count = 0));
  let moves = 0;
  const dragging = await framesDuring(page, async () => {
    const end = performance.now() + STEPS * 17;
    while (performance.now() < end) {
      moves += 1;
      const angle = moves / 20;
      await page.mouse.move(500 + 300 * Math.cos(angle), 400 + 200 * Math.sin(angle));
    }
  });
  const bodies = await page.evaluate(() => window.makBodies.count);
  tell('drag', p95(dragging) / still);
  tell('bodies', bodies / moves);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await page.waitForTimeout(300);
}

/** Scrolls the fullest column down and up again, a frame at a time. */
async function scroll(page: Page): Promise<void> {
  await page.evaluate(async (steps) => {
    const lists = [...document.querySelectorAll<HTMLElement>('[data-board-column] > div')];
    const list = lists.toSorted((left, right) => right.scrollHeight - left.scrollHeight)[0];
    if (list === undefined) throw new Error('There is no column.');
    for (let step = 0; step < steps; step += 1) {
      list.scrollTop += step < steps / 2 ? 90 : -90;
      await new Promise(requestAnimationFrame);
    }
  }, STEPS);
}

/** From the beginning of the navigation until cards are painted, in milliseconds. */
async function renderTime(page: Page): Promise<number> {
  await page.bringToFront();
  await page.reload({ waitUntil: 'commit' });
  await page.locator('[data-card]').first().waitFor();
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
      }),
  );
}

/**
 * Figures of the board in a real browser, as JSON lines `{"figure", "value"}` on standard output: one per round.
 * Started by `./mak bench front`, which makes the tenants. Each figure proves first that what it measures happened.
 */
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { framesDuring, instrument, p95 } from './frames.ts';
import { openContext, place, signIn, tell } from './place.ts';
import type { Person } from './place.ts';
import { gatherScripts } from './size.ts';

/** How long each arm of a round runs, in frames of a screen. */
const STEPS = 180;
const ARM_MS = STEPS * 17;
/** Least frames and movements of an arm; fewer are no 95th percentile. */
const LEAST = 20;

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const many = await openBoard(browser, place.many);
  const few = await openBoard(browser, place.few);
  const blank = await (await openContext(browser)).newPage();
  await instrument(blank);
  await blank.goto('about:blank');
  await blank.evaluate(() => (document.title = 'blank'));
  for (let round = 0; round < place.rounds; round += 1) {
    await measureFrames(many, blank);
    tell('render', (await renderTime(many)) / (await renderTime(few)));
  }
} finally {
  await browser.close();
}

async function openBoard(within: Browser, person: Person): Promise<Page> {
  const context = await openContext(within);
  await signIn(context, person);
  const page = await context.newPage();
  const sizes = gatherScripts(page);
  await instrument(page);
  await page.goto('/board');
  await page.locator('[data-card]').first().waitFor();
  if ((await bodies(page)) === 0)
    throw new Error('Cards are shown, but the counter of card bodies saw none of them.');
  // What the page loads when it has nothing else to do belongs to the board.
  await page.waitForTimeout(4_000);
  if (person === place.many) {
    const { own, react, twentyUi } = await sizes();
    tell('size', own / react);
    tell('twenty-ui', twentyUi / react);
  }
  return page;
}

async function measureFrames(page: Page, blank: Page): Promise<void> {
  await blank.bringToFront();
  const still = await frames(blank, 'the blank page', () => blank.waitForTimeout(ARM_MS));
  await page.bringToFront();
  tell('scroll', (await frames(page, 'scrolling', () => scroll(page))) / still);

  await lift(page);
  const before = await placeOfLifted(page);
  await forgetBodies(page);
  let moves = 0;
  const dragging = await frames(page, 'dragging', async () => {
    const end = performance.now() + ARM_MS;
    while (performance.now() < end) {
      moves += 1;
      const angle = moves / 20;
      await page.mouse.move(500 + 300 * Math.cos(angle), 400 + 200 * Math.sin(angle));
    }
  });
  if (moves < LEAST) throw new Error(`The pointer moved only ${moves} times.`);
  const after = await placeOfLifted(page);
  if (Math.hypot(after.x - before.x, after.y - before.y) < 20)
    throw new Error('The lifted card did not follow the pointer.');
  tell('drag', dragging / still);
  tell('bodies', (await bodies(page)) / moves);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await lifted(page).waitFor({ state: 'detached' });
}

/** p95 of a frame while `work` goes on. */
async function frames(page: Page, what: string, work: () => Promise<void>): Promise<number> {
  const seen = await framesDuring(page, work);
  if (seen.length < LEAST) throw new Error(`There were only ${seen.length} frames of ${what}.`);
  return p95(seen);
}

/** Lifts the first card with the mouse. The counter has to see the body that is drawn for the lifted card. */
async function lift(page: Page): Promise<void> {
  const card = await page.locator('[data-card]').first().boundingBox();
  if (card === null) throw new Error('There is no card to drag.');
  await forgetBodies(page);
  await page.mouse.move(card.x + 40, card.y + 20);
  await page.mouse.down();
  await page.mouse.move(card.x + 60, card.y + 40, { steps: 5 });
  await lifted(page).waitFor();
  // Which columns are possible is worked out and shown.
  await page.waitForTimeout(500);
  if ((await bodies(page)) === 0)
    throw new Error('A card is lifted, but the counter of card bodies did not see it.');
}

/** The board says that something is lifted, and so does the card that follows the pointer. */
function lifted(page: Page) {
  return page.locator(
    'body:has([role="group"][data-lifted="true"]) [data-lifted]:not([role="group"])',
  );
}

async function placeOfLifted(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const box = await lifted(page).boundingBox();
  if (box === null) throw new Error('No card is lifted.');
  return box;
}

function bodies(page: Page): Promise<number> {
  return page.evaluate(() => window.makBodies.count);
}

async function forgetBodies(page: Page): Promise<void> {
  await page.evaluate(() => (window.makBodies.count = 0));
}

/** Scrolls the fullest column down and up again, a frame at a time; other cards have to come into sight. */
async function scroll(page: Page): Promise<void> {
  const { reached, cards, newCards } = await page.evaluate(async (steps) => {
    const lists = [...document.querySelectorAll<HTMLElement>('[data-board-column] > div')];
    const list = lists.toSorted((left, right) => right.scrollHeight - left.scrollHeight)[0];
    if (list === undefined) throw new Error('There is no column.');
    const inSight = (): string[] =>
      [...list.querySelectorAll<HTMLElement>('[data-card]')].map(
        (card) => card.dataset['card'] ?? '',
      );
    const first = new Set(inSight());
    let [reached, newCards] = [0, 0];
    for (let step = 0; step < steps; step += 1) {
      list.scrollTop += step < steps / 2 ? 90 : -90;
      await new Promise(requestAnimationFrame);
      if (step !== steps / 2) continue;
      reached = list.scrollTop;
      newCards = inSight().filter((card) => !first.has(card)).length;
    }
    return { reached, cards: first.size, newCards };
  }, STEPS);
  if (reached < 1_000) throw new Error(`The column was scrolled by ${reached} pixels only.`);
  if (newCards < cards / 2)
    throw new Error(`Of ${cards} cards in sight only ${newCards} were others after scrolling.`);
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

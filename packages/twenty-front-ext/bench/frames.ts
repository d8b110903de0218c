import type { Page } from '@playwright/test';

/** What the page counts while it is measured; installed before its own scripts. */
declare global {
  interface Window {
    makFrames: { start: () => void; stop: () => number[] };
    makBodies: { count: number };
  }
}

/** Part of React's fibers that the count of renders reads. */
interface Fiber {
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly return: Fiber | null;
  readonly alternate: Fiber | null;
  readonly flags: number;
  readonly memoizedProps: unknown;
}

/**
 * Counts frames by requestAnimationFrame, and how often the function behind a card's body has run. The latter stands
 * where React's developer tools would: after each commit the fibers say which functions performed work.
 */
export async function instrument(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let last = 0;
    let frames: number[] | null = null;
    const tick = (now: number): void => {
      if (frames === null) return;
      if (last > 0) frames.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    window.makFrames = {
      start: () => {
        frames = [];
        last = 0;
        requestAnimationFrame(tick);
      },
      stop: () => {
        const seen = frames ?? [];
        frames = null;
        return seen;
      },
    };

    window.makBodies = { count: 0 };
    const PERFORMED_WORK = 1;
    const isBody = ({ memoizedProps }: Fiber): boolean =>
      typeof memoizedProps === 'object' &&
      memoizedProps !== null &&
      'data-card-body' in memoizedProps;
    const visit = (fiber: Fiber | null): void => {
      for (let one = fiber; one !== null; one = one.sibling) {
        const before = one.alternate;
        const rendered = before === null || (one.flags & PERFORMED_WORK) !== 0;
        if (rendered && one.child !== null && isBody(one.child)) window.makBodies.count += 1;
        if (before === null || before.child !== one.child) visit(one.child);
      }
    };
    const hook = {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot: (_renderer: number, root: { readonly current: Fiber }) =>
        visit(root.current),
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
    };
    Object.defineProperty(window, '__REACT_DEVTOOLS_GLOBAL_HOOK__', { value: hook });
  });
}

/** Frame times in milliseconds while `work` goes on. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => window.makFrames.start());
  await work();
  return page.evaluate(() => window.makFrames.stop());
}

export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))];
  if (value === undefined) throw new Error('There was no frame to measure.');
  return value;
}

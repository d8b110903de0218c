import { describe, expect, it } from 'vitest';
import { LONGEST_PAUSE, pauseAfter } from './webhooks.retry.ts';

describe('pauseAfter', () => {
  it('doubles with every attempt', () => {
    expect([1, 2, 3, 4].map((attempts) => pauseAfter(attempts, 5_000, 0))).toEqual([
      5_000, 10_000, 20_000, 40_000,
    ]);
  });

  it('never exceeds six hours', () => {
    expect(pauseAfter(50, 5_000, 0)).toBe(LONGEST_PAUSE);
  });

  it('varies by a fifth at most', () => {
    expect(pauseAfter(1, 1_000, 1)).toBe(800);
  });
});

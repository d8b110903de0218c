import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DURATION_BOUNDS, durationStep, summarize } from './durations.ts';

const duration = fc.integer({ min: 1_000, max: 200_000_000_000 });

function countsOf(durations: readonly number[]) {
  return durations.map((total) => ({ step: durationStep(total), n: 1, total }));
}

describe('the scale of durations', () => {
  it('ascends, four steps a doubling', () => {
    expect(DURATION_BOUNDS.slice(0, 5)).toEqual([1_000, 1_189, 1_414, 1_682, 2_000]);
    expect(DURATION_BOUNDS).toEqual([...new Set(DURATION_BOUNDS)].toSorted((a, b) => a - b));
  });

  it('has a step for everything: how many bounds were reached', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (ms) => {
        expect(durationStep(ms)).toBe(DURATION_BOUNDS.filter((bound) => bound <= ms).length);
      }),
    );
    expect([0, 999, 1_000].map(durationStep)).toEqual([0, 0, 1]);
  });
});

describe('a summary', () => {
  it('has the exact mean, and the 90th percentile up to a fifth', () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 60 }), (durations) => {
        const { n, meanSeconds, p90Seconds } = summarize(countsOf(durations));
        const sum = durations.reduce((total, ms) => total + ms, 0);
        const rank = durations.toSorted((a, b) => a - b)[Math.ceil(0.9 * n) - 1] as number;
        expect(n).toBe(durations.length);
        expect(meanSeconds).toBeCloseTo(sum / n / 1_000, 6);
        expect(Math.abs(((p90Seconds ?? 0) * 1_000) / rank - 1)).toBeLessThan(0.2);
      }),
    );
  });

  it('does not depend on how the counts are split', () => {
    const whole = [{ step: 5, n: 4, total: 8_400 }];
    const parts = [
      { step: 5, n: 1, total: 2_000 },
      { step: 5, n: 3, total: 6_400 },
    ];
    expect(summarize(parts).meanSeconds).toBe(summarize(whole).meanSeconds);
    expect(summarize(parts).n).toBe(4);
  });

  it('of nothing is nothing', () => {
    expect(summarize([])).toEqual({ n: 0, meanSeconds: null, p90Seconds: null });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spentBucket, takeToken } from './token-bucket.ts';

const BUDGET = { burst: 5, perSecond: 2 };

describe('takeToken', () => {
  it('takes one when it is there', () => {
    expect(takeToken(BUDGET, { level: 1, at: 1_000 }, 1_000)).toEqual({
      bucket: { level: 0, at: 1_000 },
      wait: 0,
    });
  });

  it('says how long to wait when it is not', () => {
    expect(takeToken(BUDGET, spentBucket(1_000), 1_250)).toEqual({
      bucket: { level: 0.5, at: 1_250 },
      wait: 250,
    });
  });

  it('fills up to the burst and no further', () => {
    expect(takeToken(BUDGET, spentBucket(0), 3_600_000).bucket.level).toBe(4);
  });

  it('adds nothing for a clock that goes back', () => {
    expect(takeToken(BUDGET, { level: 0.2, at: 5_000 }, 1_000)).toEqual({
      bucket: { level: 0.2, at: 5_000 },
      wait: 400,
    });
  });

  it('never lets more through than the budget', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(700), { maxLength: 200 }), (pauses) => {
        let now = 0;
        let bucket = spentBucket(now);
        let taken = 0;
        for (const pause of pauses) {
          now += pause;
          const answer = takeToken(BUDGET, bucket, now);
          ({ bucket } = answer);
          if (answer.wait === 0) taken += 1;
        }
        expect(taken).toBeLessThanOrEqual(BUDGET.burst + (now / 1_000) * BUDGET.perSecond);
      }),
    );
  });

  it('lets one through after the wait that it told', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.99, noNaN: true }), (level) => {
        const { bucket, wait } = takeToken(BUDGET, { level, at: 0 }, 0);
        expect(takeToken(BUDGET, bucket, wait).wait).toBe(0);
      }),
    );
  });
});

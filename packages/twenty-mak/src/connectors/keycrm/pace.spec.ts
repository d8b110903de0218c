import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalBucket } from '../../platform/rate-limit/index.ts';
import { FEWEST_CALLS, leftBy, paced } from './pace.ts';
import { KeyCrmLimits } from './simulator/limits.ts';

const ALLOWED = { burst: 20, perSecond: 80 };
/** Milliseconds. */
const MINUTE = 60_000;

/** Instants in milliseconds at which calls are made that ask whenever they may, for so many minutes. */
function asked(minutes: number, callsPerMinute: number, pauses: () => number): number[] {
  const bucket = new LocalBucket(paced(ALLOWED, callsPerMinute), 0);
  const calls: number[] = [];
  for (let now = 0; now < minutes * MINUTE;) {
    const { given, waitMs } = bucket.take(1, now);
    if (given > 0) calls.push(now);
    now += given > 0 ? pauses() : waitMs;
  }
  return calls;
}

/** How many of these calls KeyCRM refuses. */
function refused(arrivals: readonly number[], calls: number): number {
  const limits = new KeyCrmLimits({ calls, window: MINUTE });
  for (const arrival of arrivals.toSorted((left, right) => left - right)) {
    try {
      limits.take(arrival);
    } catch {
      // Counted by the limits.
    }
  }
  return limits.rejected;
}

describe('the pace at which KeyCRM is asked', () => {
  it('is hardly less than what is allowed', () => {
    const calls = asked(10, 60, () => 1);
    expect(calls.length).toBeGreaterThanOrEqual(0.95 * 600 - 1);
    expect(refused(calls, 60)).toBe(0);
  });

  it('is never too much, wherever the minutes of KeyCRM begin and however calls are strewn', () => {
    const pause = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40_000 }));
    fc.assert(
      fc.property(
        fc.infiniteStream(pause),
        fc.integer({ min: FEWEST_CALLS, max: 120 }),
        (pauses, calls) => {
          expect(
            refused(
              asked(60, calls, () => pauses.next().value),
              calls,
            ),
          ).toBe(0);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is not too much when calls are up to a second longer or shorter under way', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 0, max: 1_000 })), (ways) => {
        const arrivals = asked(60, 60, () => 1).map((at) => at + ways.next().value);
        expect(refused(arrivals, 60)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('leaves a call for the edit of a person, whatever else wants', () => {
    const budget = paced(ALLOWED, 60);
    const bucket = new LocalBucket(budget, 0);
    for (let now = 0; now < 10 * MINUTE; now += 100) bucket.take(1, now, leftBy('rest'));
    expect(bucket.take(1, 10 * MINUTE, leftBy('people')).given).toBe(1);
  });
});

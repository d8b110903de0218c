import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalBucket } from '../../platform/rate-limit/index.ts';
import type { Lane } from '../sync/index.ts';
import { leftBy, paced } from './pace.ts';
import { DEFAULT_LIMITS } from './simulator/index.ts';
import { TwentyLimits } from './simulator/limits.ts';

const ALLOWED = { burst: 20, perSecond: 80 };
const CALLS_PER_MINUTE = 100;
/** Milliseconds. */
const MINUTE = 60_000;

/**
 * A backfill that asks whenever it may, for so many minutes, and edits of people at these instants in milliseconds. Each call is
 * so long under way as `way` says. Gives calls of each lane, and those that twenty refused.
 */
function play(minutes: number, edits: readonly number[], way: (call: number) => number) {
  const budget = paced(ALLOWED, CALLS_PER_MINUTE);
  const bucket = new LocalBucket(budget, 0);
  const twenty = new TwentyLimits(DEFAULT_LIMITS, 0);
  const calls = { people: 0, rest: 0 };
  const arrivals: number[] = [];
  const ask = (lane: Lane, now: number): number => {
    const { given, waitMs } = bucket.take(1, now, leftBy(lane, budget));
    if (given === 0) return waitMs;
    arrivals.push(now + way(arrivals.length));
    calls[lane] += 1;
    return 0;
  };
  const waiting = edits.toSorted((left, right) => right - left);
  let next = 0;
  for (let now = 0; now < minutes * MINUTE;) {
    const edit = waiting.at(-1) ?? Infinity;
    if (edit <= next) {
      now = Math.max(now, edit);
      const wait = ask('people', now);
      waiting.pop();
      if (wait > 0) waiting.push(now + wait);
    } else {
      now = next;
      next = now + ask('rest', now);
      if (next === now) next += 1;
    }
  }
  for (const arrival of arrivals.toSorted((left, right) => left - right)) {
    try {
      twenty.take(arrival);
    } catch {
      // Counted by the simulator.
    }
  }
  return { calls, refused: twenty.rejected };
}

describe('the pace at which twenty is asked', () => {
  it('is hardly less than what is allowed', () => {
    const { calls, refused } = play(10, [], () => 0);
    expect(refused).toBe(0);
    expect(calls.rest).toBeGreaterThanOrEqual(0.99 * 0.97 * 10 * CALLS_PER_MINUTE);
  });

  it('is never too much, whenever people edit in between', () => {
    const pauses = fc.array(fc.integer({ min: 10, max: 4_000 }), {
      minLength: 1_500,
      maxLength: 1_500,
    });
    fc.assert(
      fc.property(pauses, (between) => {
        let at = 0;
        const edits = between.map((pause) => (at += pause));
        expect(play(60, edits, () => 0).refused).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  it('is not too much for hours of a backfill whose calls are some milliseconds longer or shorter under way', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 20, max: 37 })), (ways) => {
        const way = (): number => ways.next().value;
        expect(play(120, [], way).refused).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalBucket } from '../../platform/rate-limit/index.ts';
import { AMOCRM_LIMIT, paced } from './pace.ts';
import { AmocrmLimits } from './simulator/limits.ts';

const ALLOWED = { burst: 20, perSecond: 80 };
/** Milliseconds. */
const MINUTE = 60_000;

/** A backfill that asks whenever it may, and edits of people at these instants. Each call is so long under way as `way` says. */
function play(minutes: number, edits: readonly number[], way: (call: number) => number) {
  const bucket = new LocalBucket(paced(ALLOWED, 'people'), 0);
  const waiting = edits.toSorted((left, right) => right - left);
  const arrivals: number[] = [];
  const waited: number[] = [];
  const take = (lane: 'people' | 'rest', now: number): number => {
    const { given, waitMs } = bucket.take(1, now, paced(ALLOWED, lane).leaves);
    if (given > 0) arrivals.push(now + way(arrivals.length));
    return given > 0 ? 0 : waitMs;
  };
  for (let now = 0; now < minutes * MINUTE;) {
    const edit = waiting.at(-1);
    if (edit !== undefined && edit <= now) {
      const wait = take('people', now);
      if (wait === 0) waited.push(now - (waiting.pop() ?? now));
      now += wait;
      continue;
    }
    now = Math.min(now + Math.max(1, take('rest', now)), edit ?? Infinity);
  }
  const amocrm = new AmocrmLimits();
  for (const arrival of arrivals.toSorted((left, right) => left - right)) {
    try {
      amocrm.take('one', arrival);
    } catch {
      // Counted by the simulator.
    }
  }
  return { calls: amocrm.taken, refused: amocrm.rejected, waited: Math.max(0, ...waited) };
}

describe('the pace at which amoCRM is asked', () => {
  it('is three quarters of the limit and more, all the time', () => {
    const { calls, refused } = play(10, [], () => 0);
    expect(refused).toBe(0);
    expect(calls).toBeGreaterThan(0.75 * AMOCRM_LIMIT * 600);
  });

  it('is never too much, whenever people edit and however unevenly calls are under way', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 50, maxLength: 400 });
    const ways = fc.infiniteStream(fc.integer({ min: 20, max: 100 }));
    fc.assert(
      fc.property(pauses, ways, (between, stream) => {
        let at = 0;
        const edits = between.map((pause) => (at += pause));
        expect(play(10, edits, () => stream.next().value).refused).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  it('lets a person go before the next call of a backfill', () => {
    const edits = Array.from({ length: 100 }, (_, index) => (index + 1) * 5_000 + index);
    const halfACall = 500 / 5.5;
    expect(play(10, edits, () => 0).waited).toBeLessThanOrEqual(Math.ceil(halfACall));
  });

  it('lets a backfill make up for a call that it was late with', () => {
    const bucket = new LocalBucket(paced(ALLOWED, 'rest'), 0);
    const { leaves } = paced(ALLOWED, 'rest');
    const late = [500, 770, 864, 1_046];
    expect(late.map((now) => bucket.take(1, now, leaves).given)).toEqual([1, 1, 1, 1]);
    expect(bucket.take(1, 1_047, leaves).given).toBe(0);
  });

  it('is what an admin allows, when that is less', () => {
    expect(paced({ burst: 1, perSecond: 2 }, 'rest')).toMatchObject({
      burst: 1,
      perSecond: 2,
      leaves: 0,
    });
  });
});

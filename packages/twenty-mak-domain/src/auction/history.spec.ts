import { describe, expect, it } from 'vitest';
import type { Bid } from './bid.ts';
import { resumeLot } from './close.ts';
import { ascending, closed, descending, ENDS, fold, offer, raise, sealed } from './fixtures.ts';
import { checkHistory } from './history.ts';
import type { LotOutcome } from './state.ts';

const lot = ascending({
  reserve: 150,
  antiSniping: { window: 100, extension: 150, times: 1 },
});
const { bids } = fold(lot, [offer('a', 100), offer('b', 160, 1_950), offer('a', 200, 2_050)]);
const sold: LotOutcome = { kind: 'sold', winnerId: 'a', seq: 3, price: 200 };

/** The history with another second bid. */
const changed = (change: Partial<Bid>) =>
  bids.map((bid) => (bid.seq === 2 ? { ...bid, ...change } : bid));

describe('a history', () => {
  it('is right as it was written, open or closed', () => {
    expect(checkHistory(lot, bids, null)).toBeNull();
    expect(checkHistory(lot, bids, sold)).toBeNull();
    expect(checkHistory(lot, [], null)).toBeNull();
    expect(checkHistory(lot, [], { kind: 'unsold', reason: 'no_bids' })).toBeNull();
    expect(checkHistory(lot, [], { kind: 'withdrawn', reason: 'seller' })).toBeNull();
    expect(checkHistory(lot, bids, { kind: 'withdrawn', reason: 'consent' })).toBeNull();
    for (const other of [sealed(), descending()]) {
      const { bids: few } = fold(other, [offer('a', 100), offer('b', 130)]);
      const { outcome } = closed(other, [offer('a', 100), offer('b', 130)]);
      expect(few.length).toBeGreaterThan(0);
      expect(checkHistory(other, few, outcome)).toBeNull();
    }
  });

  it.each<[Partial<Bid>, number, string]>([
    [{ seq: 3 }, 2, 'bid_differs'],
    [{ amount: 161 }, 2, 'bid_differs'],
    [{ offered: 170 }, 2, 'bid_differs'],
    [{ offered: 109, amount: 109 }, 2, 'bid_too_low'],
    [{ at: 2_000 }, 2, 'lot_ended'],
    [{ at: 1 }, 2, 'bid_differs'],
    [{ endsAt: 2_101 }, 2, 'bid_differs'],
    [{ extensions: 0 }, 2, 'bid_differs'],
    [{ key: bids[0]?.key ?? '', bidderId: 'a' }, 2, 'key_conflict'],
    [{ key: 'ключ' }, 2, 'key_invalid'],
    [{ bidderId: 'seller' }, 2, 'own_lot'],
  ])('with a second bid changed by %j is wrong at %i: %s', (change, place, problem) => {
    expect(checkHistory(lot, changed(change), sold)).toEqual({ place, problem });
  });

  it('has no gap and no bid twice', () => {
    expect(checkHistory(lot, bids.toSpliced(1, 1), sold)).toEqual({
      place: 2,
      problem: 'lot_ended',
    });
    const last = bids[2] ?? raise('no bid');
    expect(checkHistory(lot, [...bids, last], sold)).toEqual({ place: 4, problem: 'bid_differs' });
  });

  it.each<LotOutcome | null>([
    { kind: 'sold', winnerId: 'b', seq: 3, price: 200 },
    { kind: 'sold', winnerId: 'a', seq: 2, price: 200 },
    { kind: 'sold', winnerId: 'a', seq: 3, price: 199 },
    { kind: 'unsold', reason: 'no_bids' },
    { kind: 'withdrawn', reason: 'seller' },
  ])('does not end %j', (outcome) => {
    expect(checkHistory(lot, bids, outcome)).toEqual({ place: null, problem: 'outcome_differs' });
  });

  it('does not leave a purchase open, nor go on after it', () => {
    const buyNow = ascending({ buyNow: 150 });
    const bought = fold(buyNow, [offer('a', 150)]).bids;
    const wrong = { place: null, problem: 'outcome_differs' };
    expect(checkHistory(buyNow, bought, null)).toEqual(wrong);
    expect(
      checkHistory(buyNow, bought, { kind: 'sold', winnerId: 'a', seq: 1, price: 150 }),
    ).toBeNull();
    expect(checkHistory(buyNow, bought, { kind: 'unsold', reason: 'no_bids' })).toEqual(wrong);
    expect(checkHistory(buyNow, bought, { kind: 'withdrawn', reason: 'consent' })).toEqual(wrong);
    expect(checkHistory(buyNow, [...bought, { ...(bids[1] ?? raise('no bid')) }], null)).toEqual({
      place: 2,
      problem: 'lot_closed',
    });
  });
});

describe('a lot that is resumed', () => {
  it.each([lot, sealed(), descending()])('is as it was: $terms.kind', (one) => {
    const offers = [offer('a', 120, 1_100), offer('b', 160, 1_950), offer('a', 200, 1_960)];
    const { state, bids: all } = fold(one, offers);
    expect(resumeLot(one, all, state.outcome)).toEqual(state);
    const end = closed(one, offers);
    expect(resumeLot(one, all, end.outcome)).toEqual(end);
    expect(state.endsAt).toBeGreaterThanOrEqual(ENDS);
  });
});

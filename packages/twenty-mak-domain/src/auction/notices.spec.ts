import { describe, expect, it } from 'vitest';
import { ascending, closed, fold, offer, sealed } from './fixtures.ts';
import { newLot } from './state.ts';
import { losersOf, outbidIn } from './notices.ts';

const OFFERS = [offer('a', 100), offer('b', 110), offer('c', 120), offer('b', 130)];

describe('outbid', () => {
  const lot = ascending({ reserve: 200 });

  it('is who led before or in the batch, once, and not who leads now', () => {
    const first = fold(lot, OFFERS.slice(0, 1));
    expect(outbidIn(lot, newLot(lot), first)).toEqual([]);
    expect(outbidIn(lot, first.state, fold(lot, OFFERS.slice(1), first.state))).toEqual(['a', 'c']);
    expect(outbidIn(lot, newLot(lot), fold(lot, OFFERS))).toEqual(['a', 'c']);
    expect(outbidIn(lot, first.state, fold(lot, [offer('b', 1)], first.state))).toEqual([]);
  });

  it('is a secret of sealed bids', () => {
    expect(outbidIn(sealed(), newLot(sealed()), fold(sealed(), OFFERS))).toEqual([]);
  });
});

describe('losers', () => {
  it('are all who bid but the winner, when the lot is closed', () => {
    const { bids, state } = fold(ascending(), OFFERS);
    expect(losersOf(state, bids)).toEqual([]);
    expect(losersOf(closed(ascending(), OFFERS), bids)).toEqual(['a', 'c']);
    const unsold = ascending({ reserve: 200 });
    expect(losersOf(closed(unsold, OFFERS), bids)).toEqual(['a', 'b', 'c']);
  });
});

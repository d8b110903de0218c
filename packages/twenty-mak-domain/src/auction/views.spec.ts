import { describe, expect, it } from 'vitest';
import { ascending, closed, descending, ENDS, fold, offer, OPENS, sealed } from './fixtures.ts';
import type { Viewer } from './masking.ts';
import { newLot } from './state.ts';
import type { Lot } from './terms.ts';
import { areBidsSecret, phaseOf, viewBids, viewLot } from './views.ts';

const STAFF: Viewer = { kind: 'staff' };
const person = (participantId: string): Viewer => ({ kind: 'participant', participantId });
const OFFERS = [offer('a', 100, 1_100), offer('b', 120, 1_200), offer('a', 140, 1_300)];

const openView = (lot: Lot, viewer: Viewer, offers = OFFERS, now = 1_500) => {
  const { state, bids } = fold(lot, offers);
  return viewLot(lot, state, bids, viewer, now);
};
const closedView = (lot: Lot, viewer: Viewer, offers = OFFERS) =>
  viewLot(lot, closed(lot, offers), fold(lot, offers).bids, viewer, ENDS);

describe('the phase of a lot', () => {
  it.each([
    [OPENS - 1, 'upcoming'],
    [OPENS, 'open'],
    [ENDS - 1, 'open'],
    [ENDS, 'ended'],
  ])('at %i is %s', (now, phase) => {
    expect(phaseOf(ascending(), newLot(ascending()), now)).toBe(phase);
    expect(phaseOf(ascending(), closed(ascending(), []), now)).toBe('closed');
  });
});

describe('an ascending lot', () => {
  const lot = ascending({ reserve: 130, buyNow: 145 });

  it('shows a bidder prices and numbers, not names', () => {
    expect(openView(lot, person('a'))).toEqual({
      kind: 'ascending',
      phase: 'open',
      opensAt: OPENS,
      endsAt: ENDS,
      price: 140,
      minimumBid: 145,
      nextFallAt: null,
      buyNow: 145,
      reserve: null,
      isReserveMet: true,
      bidCount: 3,
      bids: [
        { seq: 1, bidder: 1, isOwn: true, bidderId: null, amount: 100, at: 1_100 },
        { seq: 2, bidder: 2, isOwn: false, bidderId: null, amount: 120, at: 1_200 },
        { seq: 3, bidder: 1, isOwn: true, bidderId: null, amount: 140, at: 1_300 },
      ],
      ownAmount: 140,
      outcome: null,
    });
    expect(openView(lot, person('b')).ownAmount).toBeNull();
  });

  it('shows the reserve to the seller and the head office, and whether it is met to all', () => {
    expect(openView(lot, person('seller')).reserve).toBe(130);
    expect(openView(lot, STAFF).reserve).toBe(130);
    expect(openView(lot, person('b'), OFFERS.slice(0, 2)).isReserveMet).toBe(false);
    expect(openView(lot, person('b'), []).isReserveMet).toBe(false);
    const edge = openView(lot, person('b'), [offer('a', 130)]);
    expect(edge.isReserveMet).toBe(true);
    expect(openView(ascending(), STAFF)).toMatchObject({ reserve: null, isReserveMet: null });
  });

  it('shows who bid to the head office alone', () => {
    const ids = (viewer: Viewer) => openView(lot, viewer).bids.map(({ bidderId }) => bidderId);
    expect(ids(STAFF)).toEqual(['a', 'b', 'a']);
    expect(ids(person('seller'))).toEqual([null, null, null]);
    expect(openView(lot, STAFF)).toMatchObject({
      ownAmount: null,
      bids: [{ isOwn: false }, {}, {}],
    });
  });

  it('before the first bid has no price', () => {
    expect(openView(lot, person('a'), [])).toMatchObject({
      price: null,
      minimumBid: 100,
      bidCount: 0,
      bids: [],
    });
  });

  it('takes no bid before and after', () => {
    expect(openView(lot, STAFF, [], OPENS - 1)).toMatchObject({ minimumBid: null });
    expect(openView(lot, STAFF, [], ENDS)).toMatchObject({ phase: 'ended', minimumBid: null });
  });

  it('shows its moved end', () => {
    const sniped = ascending({ antiSniping: { window: 100, extension: 200, times: 1 } });
    expect(openView(sniped, STAFF, [offer('a', 100, 1_950)]).endsAt).toBe(2_150);
  });

  it('tells in the end for how much, and to whom only who may know', () => {
    const outcome = { kind: 'sold', reason: null, price: 140, isOwn: false, winnerId: null };
    expect(closedView(lot, person('b')).outcome).toEqual(outcome);
    expect(closedView(lot, person('seller')).outcome).toEqual(outcome);
    expect(closedView(lot, STAFF).outcome).toEqual({ ...outcome, winnerId: 'a' });
    const won = closedView(lot, person('a'));
    expect(won.outcome).toEqual({ ...outcome, isOwn: true, winnerId: 'a' });
    expect(won).toMatchObject({ phase: 'closed', minimumBid: null, ownAmount: null });
    expect(closedView(lot, STAFF, []).outcome).toEqual({
      kind: 'unsold',
      reason: 'no_bids',
      price: null,
      isOwn: false,
      winnerId: null,
    });
  });
});

describe('a sealed lot', () => {
  it('shows everybody the same but the own bid, until it is closed', () => {
    const view = {
      kind: 'sealed',
      phase: 'open',
      opensAt: OPENS,
      endsAt: ENDS,
      price: null,
      minimumBid: 100,
      nextFallAt: null,
      buyNow: null,
      reserve: 100,
      isReserveMet: null,
      bidCount: null,
      bids: [],
      ownAmount: null,
      outcome: null,
    };
    for (const viewer of [STAFF, person('seller'), person('c')])
      expect(openView(sealed(), viewer)).toEqual(view);
    expect(openView(sealed(), person('b'))).toEqual({ ...view, ownAmount: 120 });
    expect(openView(sealed(), person('b'), OFFERS, ENDS)).toEqual({
      ...view,
      phase: 'ended',
      minimumBid: null,
      ownAmount: 120,
    });
  });

  it('shows the bids afterwards', () => {
    const view = closedView(sealed(), person('b'));
    expect(view.bids.map(({ bidder, isOwn, amount }) => [bidder, isOwn, amount])).toEqual([
      [1, false, 100],
      [2, true, 120],
      [1, false, 140],
    ]);
    expect(view).toMatchObject({ bidCount: 3, outcome: { price: 120, winnerId: null } });
  });

  it('alone is secret', () => {
    expect(areBidsSecret(sealed(), newLot(sealed()))).toBe(true);
    expect(areBidsSecret(sealed(), closed(sealed(), []))).toBe(false);
    expect(areBidsSecret(ascending(), newLot(ascending()))).toBe(false);
    const ended = (reason: 'seller' | 'consent') => ({
      outcome: { kind: 'withdrawn', reason } as const,
    });
    for (const reason of ['seller', 'consent'] as const) {
      expect(areBidsSecret(sealed(), ended(reason))).toBe(true);
      expect(areBidsSecret(ascending(), ended(reason))).toBe(false);
    }
  });
});

it('shows the price of a descending lot, and when it falls', () => {
  expect(openView(descending(), STAFF, [], 1_250)).toMatchObject({
    price: null,
    minimumBid: 70,
    nextFallAt: 1_400,
    buyNow: null,
    reserve: null,
    isReserveMet: null,
  });
  expect(openView(descending(), STAFF, [], 900).nextFallAt).toBeNull();
  expect(closedView(descending(), STAFF, [offer('a', 100)])).toMatchObject({
    price: 100,
    nextFallAt: null,
  });
});

it('numbers bidders by their first bids', () => {
  const { bids } = fold(ascending(), [offer('z', 100), offer('a', 110), offer('z', 120)]);
  expect(viewBids(bids, STAFF).map(({ bidder, bidderId }) => [bidder, bidderId])).toEqual([
    [1, 'z'],
    [2, 'a'],
    [1, 'z'],
  ]);
});

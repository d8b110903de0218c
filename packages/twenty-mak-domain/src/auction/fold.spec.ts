import { describe, expect, it } from 'vitest';
import { answerKey } from './bid.ts';
import type { Answered } from './bid.ts';
import { closeLot, voidLot, withdrawLot } from './close.ts';
import {
  answerTo,
  ascending,
  closed,
  descending,
  ENDS,
  expectRefusal,
  fold,
  offer,
  OPENS,
  raise,
  RICH,
  sealed,
} from './fixtures.ts';
import { foldBids } from './fold.ts';
import { fallenPrice, minimumBid, nextFall } from './prices.ts';
import { newLot } from './state.ts';
import type { LotState } from './state.ts';
import type { DescendingTerms, Lot } from './terms.ts';

const codes = (lot: Lot, ...offers: Parameters<typeof fold>[1]) =>
  fold(lot, offers).answers.map((answer) => (answer.ok ? answer.value.seq : answer.refusal.code));

describe('an ascending price', () => {
  it('starts at its start and rises by the step at least', () => {
    expect(
      codes(
        ascending(),
        offer('a', 99),
        offer('a', 100),
        offer('b', 109),
        offer('b', 110),
        offer('a', 1_000),
        offer('b', 1_009),
      ),
    ).toEqual(['bid_too_low', 1, 'bid_too_low', 2, 3, 'bid_too_low']);
  });

  it('says what the least is', () => {
    expectRefusal(answerTo(ascending(), offer('a', 99)), 'bid_too_low', 'amount');
    expect(answerTo(ascending(), offer('a', 99))).toMatchObject({
      refusal: { reason: 'The least that can be bid now is 100.' },
    });
  });

  it('answers with the bid as it stands in the history', () => {
    const { answers, bids, state } = fold(ascending(), [offer('a', 120, 1_500, 'mine')]);
    const bid = {
      seq: 1,
      key: 'mine',
      bidderId: 'a',
      offered: 120,
      amount: 120,
      at: 1_500,
      endsAt: ENDS,
      extensions: 0,
    };
    expect(answers).toEqual([{ ok: true, value: bid }]);
    expect(bids).toEqual([bid]);
    expect(state).toEqual({ ...newLot(ascending()), seq: 1, lastAt: 1_500, leader: bid });
  });

  it('holds the leading bid and releases who is outbid', () => {
    const first = fold(ascending(), [offer('a', 100)]);
    expect(first.effects).toEqual([{ kind: 'hold', bidderId: 'a', amount: 100 }]);
    const second = fold(ascending(), [offer('b', 110)], first.state);
    expect(second.effects).toEqual([
      { kind: 'release', bidderId: 'a' },
      { kind: 'hold', bidderId: 'b', amount: 110 },
    ]);
    const raised = fold(ascending(), [offer('b', 150)], second.state);
    expect(raised.effects).toEqual([{ kind: 'hold', bidderId: 'b', amount: 150 }]);
    expect(fold(ascending(), [offer('a', 1)], raised.state).effects).toEqual([]);
  });

  it('does to the wallets of a batch only what is left in the end', () => {
    const first = fold(ascending(), [offer('a', 100)]);
    expect(
      fold(ascending(), [offer('b', 110), offer('a', 120), offer('c', 130)], first.state).effects,
    ).toEqual([
      { kind: 'release', bidderId: 'a' },
      { kind: 'hold', bidderId: 'c', amount: 130 },
    ]);
    expect(fold(ascending(), [offer('b', 110), offer('a', 120)], first.state).effects).toEqual([
      { kind: 'hold', bidderId: 'a', amount: 120 },
    ]);
  });

  it('sells to the leader at the end', () => {
    const { state } = fold(ascending(), [offer('a', 100), offer('b', 110)]);
    expect(closeLot(ascending(), state, ENDS)).toEqual({
      ok: true,
      value: {
        state: { ...state, outcome: { kind: 'sold', winnerId: 'b', seq: 2, price: 110 } },
        effects: [{ kind: 'capture', bidderId: 'b', amount: 110 }],
      },
    });
  });

  it.each([
    [149, { kind: 'unsold', reason: 'reserve_not_met' }, [{ kind: 'release', bidderId: 'a' }]],
    [
      150,
      { kind: 'sold', winnerId: 'a', seq: 1, price: 150 },
      [{ kind: 'capture', bidderId: 'a', amount: 150 }],
    ],
  ])('with a reserve of 150 and a bid of %i ends %j', (amount, outcome, effects) => {
    const lot = ascending({ reserve: 150 });
    const { state } = fold(lot, [offer('a', amount)]);
    expect(closeLot(lot, state, ENDS)).toMatchObject({ value: { state: { outcome }, effects } });
  });
});

describe('a price to buy now', () => {
  const lot = ascending({ buyNow: 200 });

  it.each([200, 201, 5_000])('sells at once for exactly that much to who bids %i', (amount) => {
    const { state, bids, effects } = fold(lot, [offer('a', 100), offer('b', amount)]);
    expect(bids[1]).toMatchObject({ offered: amount, amount: 200 });
    expect(state.outcome).toEqual({ kind: 'sold', winnerId: 'b', seq: 2, price: 200 });
    expect(effects).toEqual([
      { kind: 'hold', bidderId: 'b', amount: 200 },
      { kind: 'capture', bidderId: 'b', amount: 200 },
    ]);
    expectRefusal(answerTo(lot, offer('c', 300), state), 'lot_closed', 'lot_id');
  });

  it('is enough although it is less than a step above the leader', () => {
    const before = fold(lot, [offer('a', 195)]);
    expect(minimumBid(lot, before.state, OPENS)).toBe(200);
    const { state, effects } = fold(lot, [offer('b', 200)], before.state);
    expect(state.outcome).toMatchObject({ winnerId: 'b', price: 200 });
    expect(effects).toEqual([
      { kind: 'release', bidderId: 'a' },
      { kind: 'hold', bidderId: 'b', amount: 200 },
      { kind: 'capture', bidderId: 'b', amount: 200 },
    ]);
  });

  it('can be paid by the leader, who holds a part of it', () => {
    const before = fold(lot, [offer('a', 150)]);
    const { effects } = fold(lot, [offer('a', 200)], before.state, { available: 50 });
    expect(effects).toEqual([
      { kind: 'hold', bidderId: 'a', amount: 200 },
      { kind: 'capture', bidderId: 'a', amount: 200 },
    ]);
  });

  it('does not sell below', () => {
    expect(fold(lot, [offer('a', 199)]).state.outcome).toBeNull();
  });

  it('does not move the end', () => {
    const antiSniping = { window: 100, extension: 500, times: 9 };
    const { bids } = fold(ascending({ buyNow: 200, antiSniping }), [offer('a', 200, 1_950)]);
    expect(bids[0]).toMatchObject({ endsAt: ENDS, extensions: 0 });
  });
});

describe('anti-sniping', () => {
  const lot = ascending({ antiSniping: { window: 100, extension: 150, times: 2 } });
  const ends = (...offers: Parameters<typeof fold>[1]) =>
    fold(lot, offers).bids.map(({ endsAt, extensions }) => [endsAt, extensions]);

  it('moves the end for a bid within the window', () => {
    expect(ends(offer('a', 100, 1_899))).toEqual([[2_000, 0]]);
    expect(ends(offer('a', 100, 1_900))).toEqual([[2_050, 1]]);
    expect(ends(offer('a', 100, 1_999))).toEqual([[2_149, 1]]);
  });

  it('moves it so often and no more', () => {
    expect(ends(offer('a', 100, 1_950), offer('b', 110, 2_050), offer('a', 120, 2_199))).toEqual([
      [2_100, 1],
      [2_200, 2],
      [2_200, 2],
    ]);
  });

  it('never brings it nearer', () => {
    const short = ascending({ antiSniping: { window: 500, extension: 100, times: 9 } });
    const { bids } = fold(short, [
      offer('a', 100, 1_600),
      offer('b', 110, 1_900),
      offer('c', 120, 1_901),
    ]);
    expect(bids.map(({ endsAt, extensions }) => [endsAt, extensions])).toEqual([
      [2_000, 0],
      [2_000, 0],
      [2_001, 1],
    ]);
  });

  it('keeps the lot open until the moved end', () => {
    const { state } = fold(lot, [offer('a', 100, 1_950)]);
    expectRefusal(closeLot(lot, state, 2_099), 'lot_not_ended', 'at');
    expect(closeLot(lot, state, 2_100).ok).toBe(true);
    expect(codes(lot, offer('a', 100, 1_950), offer('b', 110, 2_100))).toEqual([1, 'lot_ended']);
  });
});

describe('sealed bids', () => {
  it('are won by the highest, who pays the second highest', () => {
    const { state } = fold(sealed(), [offer('a', 150), offer('b', 300), offer('c', 200)]);
    expect(closeLot(sealed(), state, ENDS)).toMatchObject({
      value: {
        state: { outcome: { kind: 'sold', winnerId: 'b', seq: 2, price: 200 } },
        effects: [
          { kind: 'release', bidderId: 'a' },
          { kind: 'release', bidderId: 'c' },
          { kind: 'capture', bidderId: 'b', amount: 200 },
          { kind: 'release', bidderId: 'b' },
        ],
      },
    });
  });

  it('alone cost the reserve', () => {
    expect(closed(sealed(), [offer('a', 150)]).outcome).toEqual({
      kind: 'sold',
      winnerId: 'a',
      seq: 1,
      price: 100,
    });
  });

  it('that are equal are won by the earlier, who pays them in full', () => {
    const { state } = fold(sealed(), [offer('a', 150), offer('b', 150), offer('c', 150)]);
    expect(closeLot(sealed(), state, ENDS)).toMatchObject({
      value: {
        state: { outcome: { winnerId: 'a', seq: 1, price: 150 } },
        effects: [
          { kind: 'release', bidderId: 'b' },
          { kind: 'release', bidderId: 'c' },
          { kind: 'capture', bidderId: 'a', amount: 150 },
        ],
      },
    });
  });

  it('can be raised, which counts as later', () => {
    const { state, effects, bids } = fold(sealed(), [
      offer('a', 120),
      offer('b', 150),
      offer('a', 150),
    ]);
    expect(bids.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(effects).toEqual([
      { kind: 'hold', bidderId: 'a', amount: 150 },
      { kind: 'hold', bidderId: 'b', amount: 150 },
    ]);
    expect(closeLot(sealed(), state, ENDS)).toMatchObject({
      value: { state: { outcome: { winnerId: 'b', seq: 2, price: 150 } } },
    });
    expect(fold(sealed(), [offer('b', 151)], state, { available: 1 }).effects).toEqual([
      { kind: 'hold', bidderId: 'b', amount: 151 },
    ]);
  });

  it('cannot be lowered, nor repeated with a new key', () => {
    const { state } = fold(sealed(), [offer('a', 120)]);
    for (const amount of [119, 120]) {
      const answer = answerTo(sealed(), offer('a', amount, 1_100), state);
      expectRefusal(answer, 'bid_not_higher', 'amount');
    }
  });

  it('are not below the reserve', () => {
    expectRefusal(answerTo(sealed(), offer('a', 99)), 'bid_too_low', 'amount');
  });

  it('leave the state that they were put to as it was', () => {
    const { state } = fold(sealed(), [offer('a', 120)]);
    const before = { ...state, sealed: new Map(state.sealed) };
    fold(sealed(), [offer('b', 130), offer('a', 140)], state);
    expect(state).toEqual(before);
  });
});

describe('a descending price', () => {
  const lot = descending();
  const terms = lot.terms as DescendingTerms;

  it.each([
    [900, 100, 1_200],
    [1_000, 100, 1_200],
    [1_199, 100, 1_200],
    [1_200, 70, 1_400],
    [1_599, 40, 1_600],
    [1_600, 25, null],
    [1_999, 25, null],
  ])('at %i is %i and falls next at %j', (at, price, next) => {
    expect(fallenPrice(terms, OPENS, at)).toBe(price);
    expect(nextFall(terms, lot, at)).toBe(next);
  });

  it('does not fall any more at the end', () => {
    expect(nextFall(terms, { opensAt: OPENS, endsAt: 1_400 }, 1_200)).toBeNull();
    expect(nextFall(terms, { opensAt: OPENS, endsAt: 1_401 }, 1_200)).toBe(1_400);
  });

  it('sells to the first who takes it, for the price of that instant', () => {
    const { state, bids, effects } = fold(lot, [offer('a', 69, 1_300), offer('b', 90, 1_300)]);
    expect(bids).toMatchObject([{ seq: 1, bidderId: 'b', offered: 90, amount: 70 }]);
    expect(state.outcome).toEqual({ kind: 'sold', winnerId: 'b', seq: 1, price: 70 });
    expect(effects).toEqual([
      { kind: 'hold', bidderId: 'b', amount: 70 },
      { kind: 'capture', bidderId: 'b', amount: 70 },
    ]);
    expect(closeLot(lot, state, ENDS)).toEqual({ ok: true, value: { state, effects: [] } });
  });
});

describe('time', () => {
  it.each([
    [999, 'lot_not_open'],
    [1_000, 1],
    [1_999, 1],
    [2_000, 'lot_ended'],
    [2_001, 'lot_ended'],
  ])('of a bid at %i: %s', (at, expected) => {
    expect(codes(ascending(), offer('a', 100, at))).toEqual([expected]);
    expect(codes(sealed(), offer('a', 100, at))).toEqual([expected]);
  });

  it('is told by the code', () => {
    expectRefusal(answerTo(ascending(), offer('a', 100, 999)), 'lot_not_open', 'at');
    expectRefusal(answerTo(ascending(), offer('a', 100, 2_000)), 'lot_ended', 'at');
  });

  it('does not go back with the clock', () => {
    const { bids } = fold(ascending(), [offer('a', 100, 1_500), offer('b', 110, 1_400)]);
    expect(bids.map(({ at }) => at)).toEqual([1_500, 1_500]);
  });
});

describe('a bidder', () => {
  it('is not the seller', () => {
    expectRefusal(answerTo(ascending(), offer('seller', 100)), 'own_lot', 'bidder_id');
  });

  it('may be barred, and is told why', () => {
    const barredBy = { code: 'city_not_served', reason: 'You do not work in Kyiv.', field: 'city' };
    expect(answerTo(ascending(), offer('a', 100), undefined, { barredBy })).toEqual({
      ok: false,
      refusal: barredBy,
    });
  });

  it('has the money, what is held for the lot counted in', () => {
    const lot = ascending();
    const poor = (available: number, amount: number, state?: LotState) =>
      answerTo(lot, offer('a', amount), state, { available });
    expect(poor(100, 100).ok).toBe(true);
    expectRefusal(poor(99, 100), 'insufficient_funds', 'amount');
    const { state } = fold(lot, [offer('a', 100)]);
    expect(poor(30, 130, state).ok).toBe(true);
    expectRefusal(poor(29, 130, state), 'insufficient_funds', 'amount');
    expect(poor(-5, 130, state)).toMatchObject({
      refusal: { reason: '30 is needed and 0 is available; top the wallet up.' },
    });
  });

  it('gets back within a batch what was held for an outbid one', () => {
    const before = fold(ascending(), [offer('a', 100)]);
    const standings = new Map([
      ['a', { ...RICH, available: 20 }],
      ['b', RICH],
    ]);
    const { answers } = foldBids(
      ascending(),
      before.state,
      [offer('b', 110), offer('a', 121), offer('a', 120)],
      standings,
    );
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, true]);
  });

  it('does not spend twice within a batch', () => {
    const standings = new Map([['a', { ...RICH, available: 150 }]]);
    const { answers } = foldBids(
      sealed(),
      newLot(sealed()),
      [offer('a', 100), offer('a', 151), offer('a', 150)],
      standings,
    );
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, true]);
  });

  it('has no money and no allowance when nothing is known of it', () => {
    const answer = foldBids(ascending(), newLot(ascending()), [offer('a', 100)], new Map())
      .answers[0];
    expectRefusal(answer ?? raise('no answer'), 'insufficient_funds', 'amount');
  });

  it('leads no more lots a day than allowed', () => {
    const lot = ascending();
    const none = { allowance: 0 };
    expectRefusal(
      answerTo(lot, offer('a', 100), undefined, none),
      'daily_limit_reached',
      'bidder_id',
    );
    expect(answerTo(lot, offer('a', 100), undefined, { allowance: 1 }).ok).toBe(true);
    const { state } = fold(lot, [offer('a', 100)]);
    expect(answerTo(lot, offer('a', 110), state, none).ok).toBe(true);
    const standings = new Map([
      ['a', { ...RICH, allowance: 0 }],
      ['b', { ...RICH, allowance: 1 }],
    ]);
    const batch = [offer('b', 110), offer('a', 120), offer('b', 130), offer('b', 140)];
    expect(foldBids(lot, state, batch, standings).answers.map(({ ok }) => ok)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});

describe('a key', () => {
  const lot = ascending();

  it.each(['', 'x'.repeat(201), 'ключ', 'a\nb'])('is not %j', (key) => {
    const { answers, answered } = fold(lot, [offer('a', 100, OPENS, key)]);
    expectRefusal(answers[0] ?? raise('no answer'), 'key_invalid', 'key');
    expect([...answered]).toEqual([]);
  });

  it.each([' ', '~', 'x'.repeat(200)])('can be %j', (key) => {
    expect(answerTo(lot, offer('a', 100, OPENS, key)).ok).toBe(true);
  });

  it('of an offer without an amount is not used up', () => {
    const { answers, answered } = fold(lot, [offer('a', 0.5, OPENS, 'k')]);
    expectRefusal(answers[0] ?? raise('no answer'), 'amount_invalid', 'amount');
    expect([...answered]).toEqual([]);
  });

  it('brings the same answer again, in the batch and later', () => {
    const one = offer('a', 100, OPENS, 'k');
    const late = { ...one, at: 5_000 };
    const first = fold(lot, [one, late, offer('b', 110), late]);
    expect(first.answers[1]).toBe(first.answers[0]);
    expect(first.answers[3]).toBe(first.answers[0]);
    expect(first.bids).toHaveLength(2);
    const again = foldBids(lot, first.state, [late], new Map(), first.answered);
    expect(again).toEqual({
      state: first.state,
      answers: [first.answers[0]],
      bids: [],
      effects: [],
      answered: new Map(),
    });
  });

  it('of a refused bid brings the refusal again, when the bid would be good by now', () => {
    const early = offer('a', 100, 999, 'k');
    const first = fold(lot, [early]);
    expectRefusal(first.answers[0] ?? raise('no answer'), 'lot_not_open', 'at');
    const again = foldBids(
      lot,
      first.state,
      [{ ...early, at: OPENS }],
      new Map([['a', RICH]]),
      first.answered,
    );
    expect(again.answers).toEqual(first.answers);
    expect(again.bids).toEqual([]);
  });

  it('is refused with another amount', () => {
    const first = fold(lot, [offer('a', 100, OPENS, 'k'), offer('a', 200, OPENS, 'k')]);
    expectRefusal(first.answers[1] ?? raise('no answer'), 'key_conflict', 'key');
    const again = foldBids(
      lot,
      first.state,
      [offer('a', 300, OPENS, 'k')],
      new Map([['a', RICH]]),
      first.answered,
    );
    expectRefusal(again.answers[0] ?? raise('no answer'), 'key_conflict', 'key');
    expect(again.state).toEqual(first.state);
  });

  it('belongs to its bidder', () => {
    const { answers, answered } = fold(lot, [
      offer('a', 100, OPENS, 'k'),
      offer('b', 110, OPENS, 'k'),
    ]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
    const expected: [string, Answered][] = [
      ['a', 100],
      ['b', 110],
    ].map(([bidderId, amount], index) => [
      answerKey({ bidderId: String(bidderId), key: 'k' }),
      { amount: Number(amount), answer: answers[index] ?? raise('no answer') },
    ]);
    expect([...answered]).toEqual(expected);
  });
});

describe('the end', () => {
  it.each([ascending(), sealed(), descending()])('of a lot without bids: $terms.kind', (lot) => {
    expectRefusal(closeLot(lot, newLot(lot), ENDS - 1), 'lot_not_ended', 'at');
    expect(closeLot(lot, newLot(lot), ENDS)).toEqual({
      ok: true,
      value: {
        state: { ...newLot(lot), outcome: { kind: 'unsold', reason: 'no_bids' } },
        effects: [],
      },
    });
  });

  it('comes once', () => {
    const state = closed(ascending(), [offer('a', 100)]);
    expect(closeLot(ascending(), state, 0)).toEqual({ ok: true, value: { state, effects: [] } });
    expectRefusal(answerTo(ascending(), offer('b', 200), state), 'lot_closed', 'lot_id');
    expect(fold(ascending(), [offer('b', 200)], state).effects).toEqual([]);
  });

  it('of a lot that is withdrawn comes before any bid only', () => {
    const lot = ascending();
    const withdrawn = { ...newLot(lot), outcome: { kind: 'withdrawn', reason: 'seller' } };
    expect(withdrawLot(newLot(lot))).toEqual({
      ok: true,
      value: { state: withdrawn, effects: [] },
    });
    const { state } = fold(lot, [offer('a', 100)]);
    expectRefusal(withdrawLot(state), 'lot_has_bids', 'lot_id');
    expectRefusal(withdrawLot(closed(lot, [])), 'lot_closed', 'lot_id');
    const again = withdrawLot(newLot(lot));
    const value = again.ok ? again.value.state : raise('refused');
    expect(withdrawLot(value)).toEqual({ ok: true, value: { state: value, effects: [] } });
    expectRefusal(answerTo(lot, offer('a', 100), value), 'lot_closed', 'lot_id');
  });

  it.each([ascending(), sealed()])(
    'without consent lets go of what is held: $terms.kind',
    (lot) => {
      const { state } = fold(lot, [offer('a', 100), offer('b', 150)]);
      const released = voidLot(state);
      const holding = lot.terms.kind === 'sealed' ? ['a', 'b'] : ['b'];
      expect(released.effects).toEqual(holding.map((bidderId) => ({ kind: 'release', bidderId })));
      expect(released.state.outcome).toEqual({ kind: 'withdrawn', reason: 'consent' });
      expectRefusal(answerTo(lot, offer('a', 500), released.state), 'lot_closed', 'lot_id');
      expect(voidLot(released.state)).toEqual({ state: released.state, effects: [] });
      const sold = closed(lot, [offer('a', 100)]);
      expect(voidLot(sold)).toEqual({ state: sold, effects: [] });
    },
  );
});

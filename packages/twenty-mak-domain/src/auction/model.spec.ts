import fc from 'fast-check';
import { expect, it } from 'vitest';
import { auditLedger, availableOf } from '../wallet/index.ts';
import type { Ledger } from '../wallet/index.ts';
import { accountOf, BANK, booksWith, done, postTopUp } from '../wallet/fixtures.ts';
import { answerKey } from './bid.ts';
import type { Answered, Bid, Offer } from './bid.ts';
import { closeLot, resumeLot, voidLot } from './close.ts';
import { ledgerOperations, paymentId, pricePerLead } from './effects.ts';
import type { FundsEffect } from './effects.ts';
import { ENDS, lotOf, OPENS } from './fixtures.ts';
import { foldBids } from './fold.ts';
import type { BidsFolded } from './fold.ts';
import { checkHistory } from './history.ts';
import { minimumBid } from './prices.ts';
import { newLot } from './state.ts';
import type { LotState } from './state.ts';
import type { Lot, LotTerms } from './terms.ts';
import { viewLot } from './views.ts';

const BIDDERS = ['a', 'b', 'c'];
const START_MONEY = { a: 400, b: 280, c: 200, seller: 0 };
const ALL_MONEY = 400 + 280 + 200;
const wallets = { ofBidder: (bidderId: string) => bidderId, ofSeller: 'seller' };

/** A lot with its history and the wallets around it, as a server keeps them. */
interface Auction {
  readonly lot: Lot;
  ledger: Ledger;
  state: LotState;
  bids: readonly Bid[];
  answered: ReadonlyMap<string, Answered>;
}

/** What is known without the rules: the clock, what was sent, and the money that came in. */
interface Sent {
  now: number;
  readonly offers: Offer[];
  money: number;
}

function pay(ledger: Ledger, lot: Lot, effects: readonly FundsEffect[]): Ledger {
  return done(ledger, ...ledgerOperations(lot, effects, wallets, 0));
}

/** Folds offers in one batch and writes all that follows from it. */
function put(
  auction: Auction,
  offers: readonly Offer[],
): Readonly<{ after: Auction; answers: BidsFolded['answers'] }> {
  const { lot, ledger, state } = auction;
  const standings = new Map(
    BIDDERS.map((bidderId) => {
      const { held } = accountOf(ledger, bidderId);
      // Everybody may lead one lot, and there is only this one.
      const standing = { allowance: held > 0 ? 0 : 1, barredBy: null };
      return [bidderId, { ...standing, available: availableOf(accountOf(ledger, bidderId)) }];
    }),
  );
  const folded = foldBids(lot, state, offers, standings, auction.answered);
  const after = {
    lot,
    ledger: pay(ledger, lot, folded.effects),
    state: folded.state,
    bids: [...auction.bids, ...folded.bids],
    answered: new Map([...auction.answered, ...folded.answered]),
  };
  return { after, answers: folded.answers };
}

/** What has to be held of whom, by the bids alone. */
function leadingBids({ lot, bids, state }: Auction): Map<string, number> {
  if (state.outcome !== null) return new Map();
  const counting = lot.terms.kind === 'sealed' ? bids : bids.slice(-1);
  return new Map(counting.map(({ bidderId, amount }) => [bidderId, amount]));
}

/** Winner and price, by the bids alone. */
function expectedSale({ lot: { terms }, bids }: Auction): [string, number] | null {
  const last = bids.at(-1);
  if (last === undefined) return null;
  if (terms.kind !== 'sealed') {
    const reserve = terms.kind === 'ascending' ? terms.reserve : null;
    return last.amount >= (reserve ?? 0) ? [last.bidderId, last.amount] : null;
  }
  const latest = BIDDERS.flatMap((id) => bids.findLast(({ bidderId }) => bidderId === id) ?? []);
  const best = Math.max(...latest.map(({ amount }) => amount));
  const winner = bids.find((bid) => bid.amount === best && latest.includes(bid));
  const others = latest.filter((bid) => bid !== winner).map(({ amount }) => amount);
  return winner === undefined ? null : [winner.bidderId, Math.max(terms.reserve, ...others)];
}

function expectOrder({ lot, bids }: Auction): void {
  const { terms } = lot;
  expect(bids.map(({ seq }) => seq)).toEqual(bids.map((_, index) => index + 1));
  for (const [index, bid] of bids.entries()) {
    const before = bids[index - 1];
    expect(bid.at).toBeLessThan(before?.endsAt ?? lot.endsAt);
    expect(bid.at).toBeGreaterThanOrEqual(before?.at ?? lot.opensAt);
    expect(bid.endsAt).toBeGreaterThanOrEqual(before?.endsAt ?? lot.endsAt);
    if (terms.kind !== 'ascending') continue;
    const least = before === undefined ? terms.start : before.amount + terms.step;
    expect(bid.amount).toBeGreaterThanOrEqual(Math.min(least, terms.buyNow ?? least));
    expect(bid.extensions).toBeLessThanOrEqual(terms.antiSniping?.times ?? 0);
  }
}

function expectMoney(auction: Auction, money: number): void {
  const { ledger, state } = auction;
  expect(auditLedger(ledger)).toEqual([]);
  expect([...ledger.accounts.values()].reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
  expect(accountOf(ledger, BANK).balance).toBe(-money);
  expect(new Map([...ledger.holds.values()].map((hold) => [hold.accountId, hold.amount]))).toEqual(
    leadingBids(auction),
  );
  for (const bidder of BIDDERS)
    expect(availableOf(accountOf(ledger, bidder))).toBeGreaterThanOrEqual(0);
  const sales = [...ledger.entries.values()].filter(({ kind }) => kind === 'capture');
  const isEnded = state.outcome !== null && state.outcome.kind !== 'withdrawn';
  const sale = isEnded ? expectedSale(auction) : null;
  const price = sale?.[1] ?? 0;
  expect(accountOf(ledger, 'seller').balance).toBe(price);
  expect(sales.every(({ postings }) => postings[0]?.accountId === sale?.[0])).toBe(true);
  if (state.outcome?.kind === 'sold')
    expect([state.outcome.winnerId, state.outcome.price]).toEqual(sale);
  else expect(sale).toBeNull();
}

/** When all leads are returned, all money is where it came from. */
function expectReturned({ lot, ledger, state }: Auction, money: number): void {
  const price = state.outcome?.kind === 'sold' ? state.outcome.price : 0;
  const reversals = [...pricePerLead(lot, price).keys()].map(
    (leadId) => ({ kind: 'reverse', entryId: paymentId(lot.id, leadId), at: 1 }) as const,
  );
  const returned = done(ledger, ...reversals);
  expect(auditLedger(returned)).toEqual([]);
  expect(accountOf(returned, 'seller').balance).toBe(0);
  const owned = BIDDERS.map((bidder) => accountOf(returned, bidder).balance);
  expect(owned.reduce((sum, one) => sum + one, 0)).toBe(money);
}

function expectSecrets({ lot, state, bids }: Auction, now: number): void {
  if (lot.terms.kind !== 'sealed' || state.outcome !== null) return;
  for (const viewer of [
    { kind: 'staff' } as const,
    ...['seller', 'nobody'].map(
      (participantId) => ({ kind: 'participant', participantId }) as const,
    ),
  ])
    expect(viewLot(lot, state, bids, viewer, now)).toEqual(
      viewLot(lot, newLot(lot), [], viewer, now),
    );
}

function expectAllRight(auction: Auction, sent: Sent): void {
  expectOrder(auction);
  expectMoney(auction, sent.money);
  expectSecrets(auction, sent.now);
  const { lot, bids, state } = auction;
  expect(checkHistory(lot, bids, state.outcome)).toBeNull();
  expect(resumeLot(lot, bids, state.outcome)).toEqual(state);
}

function step(
  name: string,
  take: (auction: Auction, sent: Sent) => void,
): fc.Command<Sent, Auction> {
  return {
    check: () => true,
    run(sent, auction) {
      take(auction, sent);
      expectAllRight(auction, sent);
    },
    toString: () => name,
  };
}

/** Null waits for the very end of the lot. */
type Wait = number | null;
type Batch = readonly (readonly [bidder: string, more: number, wait: Wait, twice: boolean])[];

/** Offers around the least that can be bid, after a while each; some are sent twice. */
function makeOffers(batch: Batch, { lot, state }: Auction, sent: Sent): readonly Offer[] {
  return batch.flatMap(([bidderId, more, wait, twice]) => {
    sent.now = wait === null ? Math.max(sent.now, state.endsAt) : sent.now + wait;
    const amount = Math.max(minimumBid(lot, state, sent.now) + more, 1);
    const offer = { bidderId, amount, at: sent.now, key: String(sent.offers.length) };
    sent.offers.push(offer);
    return twice ? [offer, offer] : [offer];
  });
}

function expectBatchAsSingle(auction: Auction, offers: readonly Offer[]): void {
  const { endsAt } = auction.state;
  const { after, answers } = put(auction, offers);
  let single = auction;
  const singly = offers.map((offer) => {
    const next = put(single, [offer]);
    single = next.after;
    return next.answers[0];
  });
  expect(after).toEqual(single);
  expect(answers).toEqual(singly);
  const codes = answers.map((answer) => (answer.ok ? null : answer.refusal.code));
  expect(codes).not.toContain('daily_limit_reached');
  const late = offers.every(({ at }) => at >= endsAt);
  expect(late ? after.bids : auction.bids).toEqual(auction.bids);
  Object.assign(auction, after);
}

function expectRepeats(auction: Auction, offers: readonly Offer[]): void {
  const { after, answers } = put(auction, offers);
  expect(after).toEqual(auction);
  expect(answers).toEqual(offers.map((offer) => auction.answered.get(answerKey(offer))?.answer));
  const dearer = offers.map((offer) => ({ ...offer, amount: offer.amount + 1 }));
  const { after: still, answers: conflicts } = put(auction, dearer);
  expect(still).toEqual(auction);
  for (const conflict of conflicts)
    expect(conflict).toMatchObject({ refusal: { code: 'key_conflict' } });
}

function expectClosing(auction: Auction, now: number): void {
  const { lot, state, ledger } = auction;
  const decision = closeLot(lot, state, now);
  expect(decision.ok).toBe(state.outcome !== null || now >= state.endsAt);
  if (!decision.ok) return;
  auction.state = decision.value.state;
  auction.ledger = pay(ledger, lot, decision.value.effects);
}

const placing = (batch: Batch) =>
  step(`bids ${JSON.stringify(batch)}`, (auction, sent) =>
    expectBatchAsSingle(auction, makeOffers(batch, auction, sent)),
  );
const repeating = (places: readonly number[]) =>
  step(`repeat ${places.join(' ')}`, (auction, sent) =>
    expectRepeats(
      auction,
      places.flatMap((place) => sent.offers[place] ?? []),
    ),
  );
const closing = (wait: number) =>
  step(`close after ${wait}`, (auction, sent) => {
    sent.now += wait;
    expectClosing(auction, sent.now);
  });
const voiding = step('void', (auction) => {
  const { state, effects } = voidLot(auction.state);
  auction.ledger = pay(auction.ledger, auction.lot, effects);
  auction.state = state;
});
const toppingUp = (bidder: string, amount: number) =>
  step(`top-up ${bidder} ${amount}`, (auction, sent) => {
    const topUp = postTopUp(bidder, amount, String(sent.money));
    auction.ledger = done(auction.ledger, topUp);
    sent.money += amount;
  });

const optional = (above: number, freq: number) =>
  fc.option(fc.integer({ min: above + 1, max: above + 90 }), { freq });
const allTerms: fc.Arbitrary<LotTerms> = fc.oneof(
  fc
    .record({
      step: fc.integer({ min: 1, max: 10 }),
      reserve: optional(130, 2),
      buyNow: optional(220, 2),
      antiSniping: fc.option(
        fc.record({
          window: fc.integer({ min: 1, max: 400 }),
          extension: fc.integer({ min: 1, max: 400 }),
          times: fc.integer({ min: 1, max: 3 }),
        }),
      ),
    })
    .map((terms): LotTerms => ({ kind: 'ascending', start: 100, ...terms })),
  fc.constant<LotTerms>({ kind: 'sealed', reserve: 100 }),
  fc
    .record({ step: fc.integer({ min: 1, max: 60 }), interval: fc.integer({ min: 1, max: 400 }) })
    .map((terms): LotTerms => ({ kind: 'descending', start: 200, floor: 90, ...terms })),
);
const bidder = fc.constantFrom(...BIDDERS);
const wait = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -20, max: 160 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const offers = fc.array(fc.tuple(bidder, fc.integer({ min: -10, max: 25 }), wait, fc.boolean()), {
  minLength: 1,
  maxLength: 6,
});
const bids = offers.map(placing);
const steps = [
  ...[bids, bids],
  fc.oneof({ weight: 12, arbitrary: bids }, { weight: 1, arbitrary: fc.constant(voiding) }),
  fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }).map(repeating),
  fc.constantFrom(0, 0, 100).map(closing),
  fc.tuple(bidder, fc.integer({ min: 1, max: 80 })).map((topUp) => toppingUp(...topUp)),
];

it('keeps order, time, money and secrets, in batches as one by one, and sells once', () => {
  fc.assert(
    fc.property(
      allTerms,
      fc.constantFrom(['lead'], ['x', 'y', 'z']),
      fc.commands(steps, { maxCommands: 16, size: 'max' }),
      (terms, leadIds, commands) => {
        const lot = lotOf(terms, { leadIds });
        const sent: Sent = { now: OPENS - 20, offers: [], money: ALL_MONEY };
        const auction: Auction = {
          lot,
          ledger: booksWith(START_MONEY),
          state: newLot(lot),
          bids: [],
          answered: new Map(),
        };
        fc.modelRun(() => ({ model: sent, real: auction }), commands);
        expectClosing(auction, sent.now + 5_000);
        expectAllRight(auction, sent);
        expect(auction.state.outcome).not.toBeNull();
        expectReturned(auction, sent.money);
      },
    ),
    // Not shrunk: mutation testing would wait for it. A failure tells its seed to do that by hand.
    { numRuns: 120, endOnFailure: true },
  );
});

it('tells nobody by its answers what others have sealed', () => {
  const slots = fc.array(
    fc.record({
      own: fc.integer({ min: 90, max: 240 }),
      others: fc.array(fc.tuple(fc.constantFrom('b', 'c'), fc.integer({ min: 90, max: 240 }))),
      theirs: fc.array(fc.tuple(fc.constantFrom('b', 'c'), fc.integer({ min: 90, max: 240 }))),
    }),
    { minLength: 1 },
  );
  const lot = lotOf({ kind: 'sealed', reserve: 100 });
  const a = { kind: 'participant', participantId: 'a' } as const;
  fc.assert(
    fc.property(slots, (all) => {
      const play = (who: 'others' | 'theirs') => {
        let auction: Auction = {
          ...{ lot, ledger: booksWith(START_MONEY), state: newLot(lot) },
          ...{ bids: [], answered: new Map() },
        };
        return all.map((slot, index) => {
          const at = OPENS + index;
          const around = slot[who].map(([bidderId, amount], place) => ({
            ...{ bidderId, amount, at, key: `${index}-${place}` },
          }));
          const own = { bidderId: 'a', amount: slot.own, at, key: `own-${index}` };
          const { after, answers } = put(auction, [...around, own]);
          auction = after;
          const answer = answers.at(-1);
          return [
            answer?.ok === true ? { ...answer.value, seq: null } : answer,
            viewLot(lot, after.state, after.bids, a, at),
            viewLot(lot, after.state, after.bids, a, ENDS),
            accountOf(after.ledger, 'a'),
          ];
        });
      };
      expect(play('others')).toEqual(play('theirs'));
    }),
  );
});

import { describe, expect, it } from 'vitest';
import { auditLedger, statementOf } from './audit.ts';
import { availableOf, openAccount } from './account.ts';
import { MAX_AMOUNT, topUpEntry, transferEntry } from './entry.ts';
import type { LedgerEntry } from './entry.ts';
import {
  accountOf,
  BANK,
  booksWith,
  changeBy,
  done,
  emptyBooks,
  expectRefusal,
  postTopUp,
  topUp,
} from './fixtures.ts';
import { applyToLedger, holdKey } from './ledger.ts';
import type { Ledger, LedgerOperation } from './ledger.ts';

const hold = (accountId: string, amount: number, purpose = 'lot'): LedgerOperation => ({
  kind: 'hold',
  accountId,
  purpose,
  amount,
});
const release = (accountId: string, purpose = 'lot'): LedgerOperation => ({
  kind: 'release',
  accountId,
  purpose,
});
const capture = (amount: number, to = 'seller', entryId = 'sale'): LedgerOperation => ({
  kind: 'capture',
  entryId,
  accountId: 'buyer',
  purpose: 'lot',
  to,
  amount,
  at: 7,
});
const reverse = (entryId = 'sale'): LedgerOperation => ({ kind: 'reverse', entryId, at: 9 });
const pay = (
  from: string,
  to: string,
  amount: number,
  change: Partial<LedgerEntry> = {},
): LedgerOperation => ({
  kind: 'post',
  entry: { ...transferEntry('pay', 'payout', 'EUR', { from, to, amount, at: 3 }), ...change },
});

/** Balance and held amount of accounts. */
const money = (ledger: Ledger, ...ids: readonly string[]) =>
  ids.map((id) => [accountOf(ledger, id).balance, accountOf(ledger, id).held]);

function expectRefused(
  ledger: Ledger,
  operations: LedgerOperation[],
  code: string,
  field: string,
): void {
  const { accounts, holds, entries } = ledger;
  const before = {
    accounts: new Map(accounts),
    holds: new Map(holds),
    entries: new Map(entries),
  };
  expectRefusal(applyToLedger(ledger, operations), code, field);
  expect(ledger).toEqual(before);
}

describe('a top-up', () => {
  it('brings money from outside', () => {
    const change = changeBy(emptyBooks('buyer'), postTopUp('buyer', 500, '1'));
    expect(money(change.ledger, 'buyer', BANK)).toEqual([
      [500, 0],
      [-500, 0],
    ]);
    expect(change.accounts.map(({ id }) => id)).toEqual([BANK, 'buyer']);
    expect(change.entries).toEqual([
      {
        id: 'top_up/pay/1',
        kind: 'top_up',
        currency: 'EUR',
        postings: [
          { accountId: BANK, amount: -500 },
          { accountId: 'buyer', amount: 500 },
        ],
        at: 1,
      },
    ]);
    expect(change.holds).toEqual([]);
  });

  it('happens once, however often the provider tells of it', () => {
    const once = booksWith({ buyer: 500 });
    const late = { ...topUp('buyer', 500, 'start-buyer'), at: 99 };
    const again = changeBy(once, { kind: 'post', entry: late });
    expect(again).toEqual({ ledger: once, accounts: [], holds: [], entries: [] });
  });

  it('is another one with the id of another provider', () => {
    const entry = topUpEntry({
      ...{ provider: 'other', providerId: 'start-buyer', outsideId: BANK, walletId: 'buyer' },
      ...{ currency: 'EUR', amount: 5, at: 1 },
    });
    expect(money(done(booksWith({ buyer: 500 }), { kind: 'post', entry }), 'buyer')).toEqual([
      [505, 0],
    ]);
  });

  it.each([
    topUp('buyer', 501, 'start-buyer'),
    topUp('seller', 500, 'start-buyer'),
    { ...topUp('buyer', 500, 'start-buyer'), currency: 'USD' },
    { ...topUp('buyer', 500, 'start-buyer'), kind: 'correction' as const },
    { ...topUp('buyer', 500, 'start-buyer'), postings: [] },
    {
      ...topUp('buyer', 500, 'start-buyer'),
      postings: [
        { accountId: BANK, amount: -500 },
        { accountId: 'buyer', amount: 500 },
        { accountId: 'seller', amount: 1 },
      ],
    },
  ])('is refused when it says something else under the same id: %j', (entry) => {
    const books = booksWith({ buyer: 500, seller: 0 });
    expectRefused(books, [{ kind: 'post', entry }], 'entry_conflict', 'operations.0.entry_id');
  });
});

describe('an entry', () => {
  const books = booksWith({ buyer: 100, seller: 40 });

  it.each([0, 0.5, Number.NaN, MAX_AMOUNT + 1, Number.POSITIVE_INFINITY])(
    'does not move %d',
    (amount) => {
      expectRefused(
        books,
        [pay('buyer', 'seller', amount)],
        'amount_invalid',
        'operations.0.postings',
      );
    },
  );

  it('sums to zero', () => {
    const uneven = { postings: [{ accountId: 'seller', amount: 1 }] };
    for (const change of [uneven, { postings: [] }])
      expectRefused(
        books,
        [pay('buyer', 'seller', 1, change)],
        'entry_unbalanced',
        'operations.0.postings',
      );
  });

  it('sums exactly', () => {
    const large = Array.from({ length: 9_009 }, (_, index) => ({
      accountId: `a${index}`,
      amount: MAX_AMOUNT - 1,
    }));
    const postings = [...large, { accountId: 'b', amount: 1 }];
    expectRefused(
      books,
      [pay('buyer', 'seller', 1, { postings })],
      'entry_unbalanced',
      'operations.0.postings',
    );
  });

  it('names each account once', () => {
    expectRefused(books, [pay('buyer', 'buyer', 1)], 'account_twice', 'operations.0.postings');
  });

  it('stays within the accounts and their currency', () => {
    expectRefused(books, [pay('buyer', 'nobody', 1)], 'unknown_account', 'operations.0.postings');
    expectRefused(books, [pay('buyer', 'dollars', 1)], 'currency_differs', 'operations.0.postings');
    expectRefused(
      books,
      [pay('buyer', 'seller', 1, { currency: 'USD' })],
      'currency_differs',
      'operations.0.postings',
    );
  });

  it('takes what is available to the last unit, and no more', () => {
    const held = done(books, hold('buyer', 30));
    expect(money(done(held, pay('buyer', BANK, 70)), 'buyer')).toEqual([[30, 30]]);
    expectRefused(held, [pay('buyer', BANK, 71)], 'insufficient_funds', 'operations.0.postings');
    expect(applyToLedger(held, [pay('buyer', BANK, 71)])).toMatchObject({
      refusal: { reason: '71 is needed and 70 is available; top the wallet up.' },
    });
  });

  it('cannot owe by calling itself a reversal', () => {
    expectRefused(
      books,
      [pay('buyer', BANK, 101, { kind: 'reversal' })],
      'insufficient_funds',
      'operations.0.postings',
    );
  });

  it('has as many postings as it needs', () => {
    const postings = [
      { accountId: 'buyer', amount: -60 },
      { accountId: 'seller', amount: 50 },
      { accountId: BANK, amount: 10 },
    ];
    const after = done(books, pay('buyer', 'seller', 1, { postings }));
    expect(money(after, 'buyer', 'seller', BANK)).toEqual([
      [40, 0],
      [90, 0],
      [-130, 0],
    ]);
    expect(auditLedger(after)).toEqual([]);
  });

  it('does not make a balance that cannot be counted', () => {
    const full = { ...openAccount('full', 'EUR'), balance: Number.MAX_SAFE_INTEGER };
    const ledger = { ...books, accounts: new Map([...books.accounts, ['full', full]]) };
    expectRefused(ledger, [pay('buyer', 'full', 1)], 'balance_too_large', 'operations.0.postings');
  });
});

describe('a hold', () => {
  const books = booksWith({ buyer: 100, seller: 0 });

  it('is taken from what is available and stays in the balance', () => {
    const change = changeBy(books, hold('buyer', 60));
    const buyer = accountOf(change.ledger, 'buyer');
    expect([buyer.balance, buyer.held, availableOf(buyer)]).toEqual([100, 60, 40]);
    expect(change.accounts).toEqual([buyer]);
    expect(change.holds).toEqual([{ accountId: 'buyer', purpose: 'lot', amount: 60 }]);
    expect(change.entries).toEqual([]);
  });

  it('says how much is held, not how much more', () => {
    const held = done(books, hold('buyer', 60));
    expect(money(done(held, hold('buyer', 100)), 'buyer')).toEqual([[100, 100]]);
    expect(money(done(held, hold('buyer', 10)), 'buyer')).toEqual([[100, 10]]);
    expect(changeBy(held, hold('buyer', 60))).toMatchObject({ accounts: [], holds: [] });
  });

  it('is one of many', () => {
    const held = done(books, hold('buyer', 60), hold('buyer', 40, 'other'));
    expect(money(held, 'buyer')).toEqual([[100, 100]]);
    expect(held.holds.get(holdKey('buyer', 'other'))?.amount).toBe(40);
    expectRefused(held, [hold('buyer', 1, 'third')], 'insufficient_funds', 'operations.0.amount');
  });

  it('is refused beyond what is available', () => {
    expectRefused(books, [hold('buyer', 101)], 'insufficient_funds', 'operations.0.amount');
    const held = done(books, hold('buyer', 60));
    expectRefused(held, [hold('buyer', 101)], 'insufficient_funds', 'operations.0.amount');
  });

  it.each([0, -1, 0.5, MAX_AMOUNT + 1])('is not %d', (amount) => {
    expectRefused(books, [hold('buyer', amount)], 'amount_invalid', 'operations.0.amount');
  });

  it('needs an account', () => {
    expectRefused(books, [hold('nobody', 1)], 'unknown_account', 'operations.0.account_id');
    expectRefused(books, [release('nobody')], 'unknown_account', 'operations.0.account_id');
  });

  it('is released once', () => {
    const held = done(books, hold('buyer', 60));
    const change = changeBy(held, release('buyer'));
    expect(change.holds).toEqual([{ accountId: 'buyer', purpose: 'lot', amount: 0 }]);
    expect([...change.ledger.holds]).toEqual([]);
    expect(money(change.ledger, 'buyer')).toEqual([[100, 0]]);
    expect(changeBy(change.ledger, release('buyer'))).toMatchObject({ accounts: [], holds: [] });
  });
});

describe('a capture', () => {
  const held = done(booksWith({ buyer: 100, seller: 0 }), hold('buyer', 60));

  it('pays the seller out of the hold and leaves the rest held', () => {
    const change = changeBy(held, capture(45));
    expect(money(change.ledger, 'buyer', 'seller')).toEqual([
      [55, 15],
      [45, 0],
    ]);
    expect(change.entries).toEqual([
      {
        id: 'sale',
        kind: 'capture',
        currency: 'EUR',
        postings: [
          { accountId: 'buyer', amount: -45 },
          { accountId: 'seller', amount: 45 },
        ],
        at: 7,
      },
    ]);
    expect(change.holds).toEqual([{ accountId: 'buyer', purpose: 'lot', amount: 15 }]);
  });

  it('happens once', () => {
    const sold = done(held, capture(60));
    expect(changeBy(sold, capture(60))).toEqual({
      ledger: sold,
      accounts: [],
      holds: [],
      entries: [],
    });
    expectRefused(sold, [capture(59)], 'entry_conflict', 'operations.0.entry_id');
    expectRefused(sold, [capture(60, BANK)], 'entry_conflict', 'operations.0.entry_id');
  });

  it('takes no more than is held', () => {
    expectRefused(held, [capture(61)], 'hold_too_small', 'operations.0.amount');
    expectRefused(
      booksWith({ buyer: 100, seller: 0 }),
      [capture(1)],
      'hold_too_small',
      'operations.0.amount',
    );
  });

  it('is of an amount, between accounts of one currency', () => {
    expectRefused(held, [capture(0)], 'amount_invalid', 'operations.0.amount');
    expectRefused(held, [capture(1, 'nobody')], 'unknown_account', 'operations.0.postings');
    expectRefused(held, [capture(1, 'dollars')], 'currency_differs', 'operations.0.postings');
    expectRefused(held, [capture(1, 'buyer')], 'account_twice', 'operations.0.postings');
    expectRefused(emptyBooks('seller'), [capture(1)], 'unknown_account', 'operations.0.account_id');
  });

  it('keeps the promise of a hold although the money was taken back since', () => {
    const debt = done(held, reverse('top_up/pay/start-buyer'));
    expect(money(debt, 'buyer')).toEqual([[0, 60]]);
    const sold = done(debt, capture(60));
    expect(money(sold, 'buyer', 'seller')).toEqual([
      [-60, 0],
      [60, 0],
    ]);
    expect(auditLedger(sold)).toEqual([]);
  });
});

describe('a reversal', () => {
  const sold = done(booksWith({ buyer: 100, seller: 0 }), hold('buyer', 60), capture(60));

  it('gives everything back, once', () => {
    const change = changeBy(sold, reverse());
    expect(money(change.ledger, 'buyer', 'seller')).toEqual([
      [100, 0],
      [0, 0],
    ]);
    expect(change.entries).toMatchObject([
      {
        id: 'sale/reversal',
        kind: 'reversal',
        currency: 'EUR',
        postings: [
          { accountId: 'buyer', amount: 60 },
          { accountId: 'seller', amount: -60 },
        ],
        at: 9,
      },
    ]);
    expect(changeBy(change.ledger, reverse())).toMatchObject({ accounts: [], entries: [] });
  });

  it('leaves a debt when the seller has spent the money, and holds nothing until it is paid', () => {
    const owing = done(sold, pay('seller', BANK, 50), reverse());
    expect(money(owing, 'seller')).toEqual([[-50, 0]]);
    expectRefused(owing, [hold('seller', 1)], 'insufficient_funds', 'operations.0.amount');
    expect(applyToLedger(owing, [hold('seller', 1)])).toMatchObject({
      refusal: { reason: '1 is needed and 0 is available; top the wallet up.' },
    });
    expect(money(done(owing, postTopUp('seller', 51, '2'), hold('seller', 1)), 'seller')).toEqual([
      [1, 1],
    ]);
  });

  it('lets a debtor hold less, not more', () => {
    const held = done(sold, hold('buyer', 40), reverse('top_up/pay/start-buyer'));
    expect(money(held, 'buyer')).toEqual([[-60, 40]]);
    expect(money(done(held, hold('buyer', 39)), 'buyer')).toEqual([[-60, 39]]);
    expectRefused(held, [hold('buyer', 41)], 'insufficient_funds', 'operations.0.amount');
  });

  it('needs an entry that is none itself', () => {
    expectRefused(sold, [reverse('other')], 'unknown_entry', 'operations.0.entry_id');
    expectRefused(
      done(sold, reverse()),
      [reverse('sale/reversal')],
      'not_reversible',
      'operations.0.entry_id',
    );
  });
});

it('does all of the operations or none', () => {
  const books = booksWith({ buyer: 100, seller: 0 });
  expectRefused(
    books,
    [hold('buyer', 60), capture(60), hold('buyer', 41, 'other')],
    'insufficient_funds',
    'operations.2.amount',
  );
});

describe('an audit', () => {
  const books = done(booksWith({ buyer: 100, seller: 0 }), hold('buyer', 60));

  it('finds nothing in books that are right', () => {
    expect(auditLedger(books)).toEqual([]);
  });

  it('finds a unit that is not where it should be', () => {
    const buyer = accountOf(books, 'buyer');
    const wrong = { ...buyer, balance: 101, held: 59 };
    expect(
      auditLedger({ ...books, accounts: new Map([...books.accounts, ['buyer', wrong]]) }),
    ).toEqual([
      { kind: 'balance', id: 'buyer', written: 101, expected: 100 },
      { kind: 'held', id: 'buyer', written: 59, expected: 60 },
    ]);
  });

  it('finds an entry that does not sum to zero', () => {
    const entry = { ...topUp('seller', 5, 'x'), postings: [{ accountId: 'seller', amount: 5 }] };
    expect(auditLedger({ ...books, entries: new Map([...books.entries, ['x', entry]]) })).toEqual([
      { kind: 'unbalanced', id: 'top_up/pay/x', written: 5, expected: 0 },
      { kind: 'balance', id: 'seller', written: 0, expected: 5 },
    ]);
  });
});

it('tells in a statement what an account got and gave', () => {
  const entries = [topUp('a', 50, '1'), topUp('b', 9, '2'), topUp('a', 5, '3')];
  expect(statementOf('a', entries)).toEqual([
    { entry: entries[0], amount: 50, balance: 50 },
    { entry: entries[2], amount: 5, balance: 55 },
  ]);
  expect(statementOf(BANK, entries, 100).map(({ balance }) => balance)).toEqual([50, 41, 36]);
});

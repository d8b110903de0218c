import { describe, expect, it } from 'vitest';
import { applyToLedger } from '../wallet/index.ts';
import { accountOf, booksWith } from '../wallet/fixtures.ts';
import { ledgerOperations, paymentId, pricePerLead } from './effects.ts';
import { ASCENDING, lotOf } from './fixtures.ts';

const wallets = { ofBidder: (bidderId: string) => `wallet of ${bidderId}`, ofSeller: 'till' };
const lot = lotOf(ASCENDING, { leadIds: ['x', 'y', 'z'] });

describe('the price of a lot', () => {
  it.each([
    [100, [34, 33, 33]],
    [101, [34, 34, 33]],
    [99, [33, 33, 33]],
    [2, [1, 1]],
  ])('of %i is divided among three leads as %j', (price, shares) => {
    expect([...pricePerLead(lot, price)]).toEqual(
      shares.map((share, index) => [lot.leadIds[index], share]),
    );
  });
});

it('makes effects operations of the ledger, and a payment of every lead', () => {
  const operations = ledgerOperations(
    lot,
    [
      { kind: 'release', bidderId: 'a' },
      { kind: 'hold', bidderId: 'b', amount: 110 },
      { kind: 'capture', bidderId: 'b', amount: 101 },
      { kind: 'release', bidderId: 'b' },
    ],
    wallets,
    7,
  );
  const payment = { kind: 'capture', accountId: 'wallet of b', purpose: 'lot', to: 'till', at: 7 };
  expect(operations).toEqual([
    { kind: 'release', accountId: 'wallet of a', purpose: 'lot' },
    { kind: 'hold', accountId: 'wallet of b', purpose: 'lot', amount: 110 },
    { ...payment, entryId: 'lot/lot/x', amount: 34 },
    { ...payment, entryId: 'lot/lot/y', amount: 34 },
    { ...payment, entryId: 'lot/lot/z', amount: 33 },
    { kind: 'release', accountId: 'wallet of b', purpose: 'lot' },
  ]);
  expect(paymentId('lot', 'x')).toBe('lot/lot/x');
  const books = booksWith({ 'wallet of a': 5, 'wallet of b': 110, till: 0 });
  const decision = applyToLedger(books, operations);
  const ledger = decision.ok ? decision.value.ledger : books;
  expect(accountOf(ledger, 'wallet of b')).toMatchObject({ balance: 9, held: 0 });
  expect(accountOf(ledger, 'till')).toMatchObject({ balance: 101, held: 0 });
});

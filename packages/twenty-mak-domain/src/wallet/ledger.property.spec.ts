import fc from 'fast-check';
import { expect, it } from 'vitest';
import { auditLedger } from './audit.ts';
import { availableOf } from './account.ts';
import { accountOf, BANK, emptyBooks, postTopUp } from './fixtures.ts';
import { applyToLedger } from './ledger.ts';
import type { Ledger, LedgerOperation } from './ledger.ts';

const WALLETS = ['a', 'b', 'c'];
const PURPOSES = ['lot-1', 'lot-2'];

/** The books as a child would keep them. */
interface Model {
  readonly balance: Map<string, number>;
  readonly held: Map<string, number>;
  readonly paid: Map<string, readonly [from: string, to: string, amount: number]>;
}

interface Books {
  ledger: Ledger;
}

const get = (map: ReadonlyMap<string, number>, key: string): number => map.get(key) ?? 0;

function free(model: Model, wallet: string): number {
  const promised = PURPOSES.map((purpose) => get(model.held, wallet + purpose));
  return get(model.balance, wallet) - promised.reduce((sum, one) => sum + one, 0);
}

function movesOnce(
  model: Model,
  id: string,
  from: string,
  to: string,
  amount: number,
  may: boolean,
): boolean {
  const known = model.paid.get(id);
  if (known !== undefined) return known.join() === [from, to, amount].join();
  if (!may) return false;
  model.paid.set(id, [from, to, amount]);
  model.balance.set(from, get(model.balance, from) - amount);
  model.balance.set(to, get(model.balance, to) + amount);
  return true;
}

function expectSame({ ledger }: Books, model: Model): void {
  expect(auditLedger(ledger)).toEqual([]);
  expect([...ledger.accounts.values()].reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
  for (const wallet of WALLETS) {
    expect(accountOf(ledger, wallet).balance).toBe(get(model.balance, wallet));
    expect(availableOf(accountOf(ledger, wallet))).toBe(free(model, wallet));
  }
}

function expectDone(books: Books, operation: LedgerOperation, isExpected: boolean): void {
  const decision = applyToLedger(books.ledger, [operation]);
  expect(decision.ok).toBe(isExpected);
  if (!decision.ok) return;
  books.ledger = decision.value.ledger;
  expect(applyToLedger(books.ledger, [operation])).toMatchObject({
    ok: true,
    value: { accounts: [], holds: [], entries: [] },
  });
}

/** Does one operation in both books; `expected` does it in the model and says whether it may be done. */
function step(
  operation: LedgerOperation,
  expected: (model: Model) => boolean,
): fc.Command<Model, Books> {
  return {
    check: () => true,
    run(model, books) {
      expectDone(books, operation, expected(model));
      expectSame(books, model);
    },
    toString: () => JSON.stringify(operation),
  };
}

const wallet = fc.constantFrom(...WALLETS);
const purpose = fc.constantFrom(...PURPOSES);
const amount = fc.integer({ min: 1, max: 9 });
const sale = fc.constantFrom('sale-1', 'sale-2', 'sale-3');

const topUps = fc
  .tuple(wallet, amount, fc.constantFrom('1', '2', '3', '4'))
  .map(([to, sum, id]) =>
    step(postTopUp(to, sum, id), (model) =>
      movesOnce(model, `top_up/pay/${id}`, BANK, to, sum, true),
    ),
  );
const holds = fc.tuple(wallet, purpose, amount).map(([accountId, lot, sum]) =>
  step({ kind: 'hold', accountId, purpose: lot, amount: sum }, (model) => {
    const before = get(model.held, accountId + lot);
    if (sum > before && free(model, accountId) < sum - before) return false;
    model.held.set(accountId + lot, sum);
    return true;
  }),
);
const releases = fc.tuple(wallet, purpose).map(([accountId, lot]) =>
  step({ kind: 'release', accountId, purpose: lot }, (model) => {
    model.held.delete(accountId + lot);
    return true;
  }),
);
const captures = fc
  .tuple(sale, wallet, wallet, purpose, amount)
  .filter(([, from, to]) => from !== to)
  .map(([entryId, accountId, to, lot, sum]) =>
    step({ kind: 'capture', entryId, accountId, purpose: lot, to, amount: sum, at: 2 }, (model) => {
      const held = get(model.held, accountId + lot);
      const isNew = !model.paid.has(entryId);
      const isPaid = movesOnce(model, entryId, accountId, to, sum, held >= sum);
      if (isNew && isPaid) model.held.set(accountId + lot, held - sum);
      return isPaid;
    }),
  );
const reversals = fc.oneof(sale, fc.constantFrom('top_up/pay/1', 'top_up/pay/2')).map((entryId) =>
  step({ kind: 'reverse', entryId, at: 3 }, (model) => {
    const [from, to, sum] = model.paid.get(entryId) ?? [];
    if (from === undefined || to === undefined || sum === undefined) return false;
    return movesOnce(model, `${entryId}/reversal`, to, from, sum, true);
  }),
);

it('keeps books that sum to zero, promise nothing twice and do nothing twice', () => {
  const commands = fc.commands([topUps, holds, releases, captures, reversals], { size: '+1' });
  fc.assert(
    fc.property(commands, (run) => {
      const model: Model = { balance: new Map(), held: new Map(), paid: new Map() };
      const real: Books = { ledger: emptyBooks(...WALLETS) };
      fc.modelRun(() => ({ model, real }), run);
      expectSame(real, model);
    }),
    // Not shrunk: mutation testing would wait for it. A failure tells its seed to do that by hand.
    { numRuns: 100, endOnFailure: true },
  );
});

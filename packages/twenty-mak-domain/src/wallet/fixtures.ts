import { expect } from 'vitest';
import type { Decision } from '../basics/index.ts';
import { openAccount } from './account.ts';
import type { LedgerAccount } from './account.ts';
import { topUpEntry } from './entry.ts';
import type { LedgerEntry } from './entry.ts';
import { applyToLedger } from './ledger.ts';
import type { Ledger, LedgerChange, LedgerOperation } from './ledger.ts';

/** The world outside, in the currency of most accounts here. */
export const BANK = 'bank';

/** Empty books with an outside account and a wallet in EUR for each name, and one in USD. */
export function emptyBooks(...wallets: readonly string[]): Ledger {
  const accounts = [
    openAccount(BANK, 'EUR', 'outside'),
    openAccount('dollars', 'USD'),
    ...wallets.map((id) => openAccount(id, 'EUR')),
  ];
  return {
    accounts: new Map(accounts.map((account) => [account.id, account])),
    holds: new Map(),
    entries: new Map(),
  };
}

/** Books with money in the wallets. */
export function booksWith(money: Readonly<Record<string, number>>): Ledger {
  const tops = Object.entries(money).filter(([, amount]) => amount > 0);
  return done(
    emptyBooks(...Object.keys(money)),
    ...tops.map(([walletId, amount]) => postTopUp(walletId, amount, `start-${walletId}`)),
  );
}

export function topUp(walletId: string, amount: number, providerId: string): LedgerEntry {
  return topUpEntry({
    provider: 'pay',
    providerId,
    outsideId: BANK,
    walletId,
    currency: 'EUR',
    amount,
    at: 1,
  });
}

export function postTopUp(walletId: string, amount: number, providerId: string): LedgerOperation {
  return { kind: 'post', entry: topUp(walletId, amount, providerId) };
}

/** What operations change; fails when they are refused. */
export function changeBy(ledger: Ledger, ...operations: readonly LedgerOperation[]): LedgerChange {
  const decision = applyToLedger(ledger, operations);
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusal));
  return decision.value;
}

/** The books after operations; fails when they are refused. */
export function done(ledger: Ledger, ...operations: readonly LedgerOperation[]): Ledger {
  return changeBy(ledger, ...operations).ledger;
}

export function accountOf(ledger: Ledger, id: string): LedgerAccount {
  const account = ledger.accounts.get(id);
  if (account === undefined) throw new Error(`no account ${id}`);
  return account;
}

/** A refusal has its code, names the field, and says in a sentence what is wrong. */
export function expectRefusal(decision: Decision<unknown>, code: string, field: string): void {
  expect(decision).toMatchObject({ ok: false, refusal: { code, field } });
  expect(decision.ok ? '' : decision.refusal.reason).toMatch(/^[A-Z0-9].{10,}\.$/);
}

import type { LedgerEntry } from './entry.ts';
import type { Ledger } from './ledger.ts';

/** Something in the books that does not fit: what is written, and what follows from entries and holds. */
export interface Discrepancy {
  readonly kind: 'unbalanced' | 'balance' | 'held';
  /** The entry that is not balanced, else the account. */
  readonly id: string;
  readonly written: number;
  readonly expected: number;
}

/** Compares the books, all of them, with their entries and holds. Empty when everything is right to the last unit. */
export function auditLedger(ledger: Ledger): readonly Discrepancy[] {
  const balances = new Map<string, number>();
  const found: Discrepancy[] = [];
  for (const entry of ledger.entries.values()) {
    let sum = 0;
    for (const { accountId, amount } of entry.postings) {
      add(balances, accountId, amount);
      sum += amount;
    }
    if (sum !== 0) found.push({ kind: 'unbalanced', id: entry.id, written: sum, expected: 0 });
  }
  const held = new Map<string, number>();
  for (const { accountId, amount } of ledger.holds.values()) add(held, accountId, amount);
  for (const account of ledger.accounts.values())
    found.push(
      ...difference('balance', account.id, account.balance, balances.get(account.id)),
      ...difference('held', account.id, account.held, held.get(account.id)),
    );
  return found;
}

/** A line of an account's statement. */
export interface StatementLine {
  readonly entry: LedgerEntry;
  /** What the account got, or gave when it is negative. */
  readonly amount: number;
  readonly balance: number;
}

/** What an account got and gave, in the order of the entries, with the balance after each; `opening` is that before them. */
export function statementOf(
  accountId: string,
  entries: readonly LedgerEntry[],
  opening = 0,
): readonly StatementLine[] {
  const lines: StatementLine[] = [];
  let balance = opening;
  for (const entry of entries) {
    const posting = entry.postings.find((one) => one.accountId === accountId);
    if (posting === undefined) continue;
    balance += posting.amount;
    lines.push({ entry, amount: posting.amount, balance });
  }
  return lines;
}

function add(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

function difference(
  kind: Discrepancy['kind'],
  id: string,
  written: number,
  expected = 0,
): readonly Discrepancy[] {
  return written === expected ? [] : [{ kind, id, written, expected }];
}

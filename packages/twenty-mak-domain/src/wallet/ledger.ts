import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import { availableOf } from './account.ts';
import type { LedgerAccount } from './account.ts';
import {
  checkEntry,
  isAmount,
  isSameEntry,
  refuseAmount,
  refuseFunds,
  reversalOf,
  transferEntry,
} from './entry.ts';
import type { LedgerEntry } from './entry.ts';

/** Money of an account that is promised: of every purpose (a lot) there is one hold at most. */
export interface Hold {
  readonly accountId: string;
  readonly purpose: string;
  /** Minor units; a hold of 0 is gone. */
  readonly amount: number;
}

/** The part of the books that an operation needs: accounts by id, holds by `holdKey`, entries by id. */
export interface Ledger {
  readonly accounts: ReadonlyMap<string, LedgerAccount>;
  readonly holds: ReadonlyMap<string, Hold>;
  readonly entries: ReadonlyMap<string, LedgerEntry>;
}

export type LedgerOperation =
  | { readonly kind: 'post'; readonly entry: LedgerEntry }
  /** The hold is this much now, whatever it was. */
  | {
      readonly kind: 'hold';
      readonly accountId: string;
      readonly purpose: string;
      readonly amount: number;
    }
  | { readonly kind: 'release'; readonly accountId: string; readonly purpose: string }
  /** Pays out of a hold, which gets smaller by it. What is left of it stays held. */
  | {
      readonly kind: 'capture';
      readonly entryId: string;
      readonly accountId: string;
      readonly purpose: string;
      readonly to: string;
      readonly amount: number;
      readonly at: Instant;
    }
  | { readonly kind: 'reverse'; readonly entryId: string; readonly at: Instant };

/** The books after some operations, and the rows that they have to write. */
export interface LedgerChange {
  readonly ledger: Ledger;
  readonly accounts: readonly LedgerAccount[];
  readonly holds: readonly Hold[];
  readonly entries: readonly LedgerEntry[];
}

/** The key of a hold in a ledger. */
export function holdKey(accountId: string, purpose: string): string {
  return `${accountId}\n${purpose}`;
}

/**
 * Does all of the operations in their order, or none. What was done before (the same entry, the same hold) changes
 * nothing and is no error; `hold` says how much is held, not how much more.
 *
 * A wallet can give and hold only what is available. A reversal is the exception: it may leave a debt, because the
 * one who gets the money back was promised it.
 *
 * Refuses `amount_invalid`, `account_twice`, `entry_unbalanced`, `unknown_account`, `currency_differs`,
 * `insufficient_funds`, `balance_too_large`, `entry_conflict`, `hold_too_small`, `unknown_entry`, `not_reversible`.
 */
export function applyToLedger(
  ledger: Ledger,
  operations: readonly LedgerOperation[],
): Decision<LedgerChange> {
  const books = new Books(ledger);
  for (const [index, operation] of operations.entries()) {
    const done = books.take(operation);
    if (!done.ok) {
      const { code, reason, field } = done.refusal;
      return refuse(code, reason, `operations.${index}.${field}`);
    }
  }
  return accept(books.change());
}

type Done = Decision<null>;

class Books {
  private readonly accounts: Map<string, LedgerAccount>;
  private readonly holds: Map<string, Hold>;
  private readonly entries: Map<string, LedgerEntry>;
  private readonly changedAccounts = new Set<string>();
  private readonly changedHolds = new Map<string, Hold>();
  private readonly newEntries: LedgerEntry[] = [];

  constructor({ accounts, holds, entries }: Ledger) {
    this.accounts = new Map(accounts);
    this.holds = new Map(holds);
    this.entries = new Map(entries);
  }

  take(operation: LedgerOperation): Done {
    switch (operation.kind) {
      case 'post':
        return this.post(operation.entry, false);
      case 'hold':
        return this.hold(operation);
      case 'release':
        return this.release(operation);
      case 'capture':
        return this.capture(operation);
      case 'reverse':
        return this.reverse(operation);
    }
  }

  change(): LedgerChange {
    const { accounts, holds, entries } = this;
    return {
      ledger: { accounts, holds, entries },
      accounts: [...this.changedAccounts].flatMap((id) => accounts.get(id) ?? []),
      holds: [...this.changedHolds.values()],
      entries: this.newEntries,
    };
  }

  private post(entry: LedgerEntry, mayOwe: boolean): Done {
    const known = this.entries.get(entry.id);
    if (known !== undefined)
      return isSameEntry(known, entry) ? accept(null) : refuseConflict(entry.id);
    const checked = checkEntry(entry);
    if (!checked.ok) return checked;
    for (const { accountId, amount } of entry.postings) {
      const account = this.accounts.get(accountId);
      if (account === undefined) return refuseAccount(accountId, 'postings');
      if (account.currency !== entry.currency)
        return refuse(
          'currency_differs',
          `The account ${accountId} is in ${account.currency}, the entry in ${entry.currency}.`,
          'postings',
        );
      const isCovered = mayOwe || account.kind === 'outside' || availableOf(account) + amount >= 0;
      if (amount < 0 && !isCovered) return refuseFunds(-amount, availableOf(account), 'postings');
      if (!Number.isSafeInteger(account.balance + amount))
        return refuse(
          'balance_too_large',
          `The account ${accountId} cannot count that much.`,
          'postings',
        );
      this.move(account, amount, 0);
    }
    this.entries.set(entry.id, entry);
    this.newEntries.push(entry);
    return accept(null);
  }

  private hold({ accountId, purpose, amount }: Extract<LedgerOperation, { kind: 'hold' }>): Done {
    if (!isAmount(amount)) return refuseAmount('amount');
    const account = this.accounts.get(accountId);
    if (account === undefined) return refuseAccount(accountId, 'account_id');
    const more = amount - this.held(accountId, purpose);
    if (more > 0 && availableOf(account) < more)
      return refuseFunds(more, availableOf(account), 'amount');
    this.setHold(account, purpose, amount);
    return accept(null);
  }

  private release({ accountId, purpose }: Extract<LedgerOperation, { kind: 'release' }>): Done {
    const account = this.accounts.get(accountId);
    if (account === undefined) return refuseAccount(accountId, 'account_id');
    this.setHold(account, purpose, 0);
    return accept(null);
  }

  private capture(operation: Extract<LedgerOperation, { kind: 'capture' }>): Done {
    const { entryId, accountId, purpose, to, amount, at } = operation;
    const account = this.accounts.get(accountId);
    if (account === undefined) return refuseAccount(accountId, 'account_id');
    const { currency } = account;
    const entry = transferEntry(entryId, 'capture', currency, { from: accountId, to, amount, at });
    if (this.entries.has(entryId)) return this.post(entry, false);
    if (!isAmount(amount)) return refuseAmount('amount');
    const left = this.held(accountId, purpose) - amount;
    if (left < 0)
      return refuse(
        'hold_too_small',
        `Of ${purpose} less than ${amount} is held; hold it first.`,
        'amount',
      );
    this.setHold(account, purpose, left);
    // What is held was promised: it is paid even if a reversal has taken the money away since.
    return this.post(entry, true);
  }

  private reverse({ entryId, at }: Extract<LedgerOperation, { kind: 'reverse' }>): Done {
    const entry = this.entries.get(entryId);
    if (entry === undefined)
      return refuse('unknown_entry', `There is no entry ${entryId}.`, 'entry_id');
    if (entry.kind === 'reversal')
      return refuse(
        'not_reversible',
        'A reversal cannot be reversed; make the entry anew.',
        'entry_id',
      );
    return this.post(reversalOf(entry, at), true);
  }

  private held(accountId: string, purpose: string): number {
    return this.holds.get(holdKey(accountId, purpose))?.amount ?? 0;
  }

  private setHold(account: LedgerAccount, purpose: string, amount: number): void {
    const before = this.held(account.id, purpose);
    if (amount === before) return;
    const key = holdKey(account.id, purpose);
    const hold = { accountId: account.id, purpose, amount };
    if (amount === 0) this.holds.delete(key);
    else this.holds.set(key, hold);
    this.changedHolds.set(key, hold);
    this.move(account, 0, amount - before);
  }

  private move(account: LedgerAccount, balance: number, held: number): void {
    this.accounts.set(account.id, {
      ...account,
      balance: account.balance + balance,
      held: account.held + held,
    });
    this.changedAccounts.add(account.id);
  }
}

function refuseAccount(accountId: string, field: string): Decision<never> {
  return refuse('unknown_account', `The ledger has no account ${accountId}.`, field);
}

function refuseConflict(entryId: string): Decision<never> {
  return refuse(
    'entry_conflict',
    `The entry ${entryId} was made before with other accounts or amounts; use a new id.`,
    'entry_id',
  );
}

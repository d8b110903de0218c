/**
 * `wallet` holds money of a participant. `outside` stands for the world beyond the ledger, where top-ups come from and
 * payouts go to: its balance is the negative of all money in the ledger.
 */
export type LedgerAccountKind = 'wallet' | 'outside';

/** One currency each. Amounts are minor units. */
export interface LedgerAccount {
  readonly id: string;
  readonly currency: string;
  readonly kind: LedgerAccountKind;
  /** Sum of all postings. */
  readonly balance: number;
  /** Sum of all holds. */
  readonly held: number;
}

/** An account without money. */
export function openAccount(
  id: string,
  currency: string,
  kind: LedgerAccountKind = 'wallet',
): LedgerAccount {
  return { id, currency, kind, balance: 0, held: 0 };
}

/** What can be held or paid. Below zero is a debt, which only a reversal can leave. */
export function availableOf({ balance, held }: Pick<LedgerAccount, 'balance' | 'held'>): number {
  return balance - held;
}

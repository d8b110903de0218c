import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';

/** No single amount is greater, so that sums of amounts stay exact. */
export const MAX_AMOUNT = 1_000_000_000_000;

export type LedgerEntryKind = 'top_up' | 'payout' | 'capture' | 'correction' | 'reversal';

/** Minor units that an account gets, or gives when they are negative. */
export interface LedgerPosting {
  readonly accountId: string;
  readonly amount: number;
}

/** A movement of money. It is written once and never changed; a mistake is put right by another entry. */
export interface LedgerEntry {
  /** Chosen by who makes the entry, so that a repeat is recognised. */
  readonly id: string;
  readonly kind: LedgerEntryKind;
  readonly currency: string;
  /** Sum to zero. */
  readonly postings: readonly LedgerPosting[];
  readonly at: Instant;
}

/** Money from outside, as a payment provider or an admin reports it. The provider's id makes it happen once. */
export interface TopUp {
  readonly provider: string;
  readonly providerId: string;
  readonly outsideId: string;
  readonly walletId: string;
  readonly currency: string;
  readonly amount: number;
  readonly at: Instant;
}

/** The entry of a top-up. */
export function topUpEntry(topUp: TopUp): LedgerEntry {
  const { provider, providerId, outsideId, walletId, currency, amount, at } = topUp;
  return transferEntry(`top_up/${provider}/${providerId}`, 'top_up', currency, {
    from: outsideId,
    to: walletId,
    amount,
    at,
  });
}

/** An entry that moves an amount from one account to another. */
export function transferEntry(
  id: string,
  kind: LedgerEntryKind,
  currency: string,
  move: Readonly<{ from: string; to: string; amount: number; at: Instant }>,
): LedgerEntry {
  const { from, to, amount, at } = move;
  const postings = [
    { accountId: from, amount: -amount },
    { accountId: to, amount },
  ];
  return { id, kind, currency, postings, at };
}

/** Of every entry there can be one reversal, so its id follows from the entry's. */
export function reversalId(entryId: string): string {
  return `${entryId}/reversal`;
}

/** The entry that undoes another one. */
export function reversalOf(entry: LedgerEntry, at: Instant): LedgerEntry {
  const postings = entry.postings.map(({ accountId, amount }) => ({ accountId, amount: -amount }));
  return { ...entry, id: reversalId(entry.id), kind: 'reversal', postings, at };
}

/** Whether both say the same. When it was said does not matter: a provider repeats itself later. */
export function isSameEntry(left: LedgerEntry, right: LedgerEntry): boolean {
  return (
    left.kind === right.kind &&
    left.currency === right.currency &&
    left.postings.length === right.postings.length &&
    left.postings.every(({ accountId, amount }, index) => {
      const other = right.postings[index];
      return accountId === other?.accountId && amount === other.amount;
    })
  );
}

/**
 * What has to hold of an entry whatever the accounts have. Refuses `amount_invalid`, `account_twice`,
 * `entry_unbalanced`.
 */
export function checkEntry(entry: LedgerEntry): Decision<LedgerEntry> {
  const accounts = new Set<string>();
  let sum = 0n;
  for (const { accountId, amount } of entry.postings) {
    if (!isAmount(Math.abs(amount))) return refuseAmount('postings');
    if (accounts.has(accountId))
      return refuse(
        'account_twice',
        'An entry names an account once; put the sum into one posting.',
        'postings',
      );
    accounts.add(accountId);
    sum += BigInt(amount);
  }
  if (sum !== 0n || accounts.size === 0)
    return refuse(
      'entry_unbalanced',
      'The postings of an entry sum to zero: what one account gets, others give.',
      'postings',
    );
  return accept(entry);
}

/** Whether this is a sum that can be moved or held. */
export function isAmount(amount: number): boolean {
  return Number.isInteger(amount) && amount > 0 && amount <= MAX_AMOUNT;
}

/** The refusal of what is no amount. */
export function refuseAmount(field: string): Decision<never> {
  return refuse(
    'amount_invalid',
    `An amount is a whole number of minor units from 1 to ${MAX_AMOUNT}.`,
    field,
  );
}

/** The refusal of what is not there; a debt is told as nothing. */
export function refuseFunds(wanted: number, available: number, field: string): Decision<never> {
  return refuse(
    'insufficient_funds',
    `${wanted} is needed and ${Math.max(available, 0)} is available; top the wallet up.`,
    field,
  );
}

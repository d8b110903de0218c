import type { Hold, Ledger, LedgerAccount, LedgerChange, LedgerEntry } from 'twenty-mak-domain';
import { holdKey } from 'twenty-mak-domain';
import { plainArray, textArray, timeArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { newId } from '../../platform/ids/index.ts';

/** Owns the accounts of the world beyond the ledger, one a currency. */
export const OUTSIDE = '00000000-0000-0000-0000-000000000000';

/** The part of the books that an operation needs, locked until the transaction ends. */
export interface LockedBooks {
  readonly ledger: Ledger;
  /** Accounts by the id of their owner. */
  readonly byOwner: ReadonlyMap<string, LedgerAccount>;
}

export interface BooksWanted {
  readonly currency: string;
  readonly owners: readonly string[];
  /** Holds of this purpose are read too. */
  readonly purpose?: string;
  /** Also the accounts that hold something for the purpose. */
  readonly withHolders?: boolean;
}

interface AccountRow {
  readonly id: string;
  readonly kind: LedgerAccount['kind'];
  readonly owner_id: string;
  readonly currency: string;
  readonly balance: number;
  readonly held: number;
  readonly hold: number | null;
}

/** Opens the accounts of these owners that are not there yet. */
export async function openWallets(
  tx: Transaction,
  tenantId: string,
  currency: string,
  owners: readonly string[],
): Promise<void> {
  await tx.execute(
    `INSERT INTO wallet_account (id, tenant_id, kind, owner_id, currency)
     SELECT id, $1, CASE owner WHEN '${OUTSIDE}' THEN 'outside' ELSE 'wallet' END, owner, $2
     FROM unnest($3::uuid[], $4::uuid[]) AS new (id, owner) ORDER BY owner
     ON CONFLICT (tenant_id, owner_id, currency) DO NOTHING`,
    [tenantId, currency, plainArray(owners.map(() => newId())), plainArray(owners)],
  );
}

/**
 * Locks accounts, always in the order of their ids, so that no two transactions wait for each other: whoever locks other
 * rows too takes those of lots first and accounts only once.
 */
export async function lockBooks(
  tx: Transaction,
  tenantId: string,
  { currency, owners, purpose = '', withHolders = false }: BooksWanted,
): Promise<LockedBooks> {
  const rows = await tx.query<AccountRow>(
    `SELECT a.id, a.kind, a.owner_id, a.currency, a.balance, a.held, h.amount AS hold
     FROM wallet_account a LEFT JOIN wallet_hold h ON h.account_id = a.id AND h.purpose = $4
     WHERE a.tenant_id = $1 AND a.currency = $2 AND a.owner_id = ANY ($3::uuid[] || ARRAY(
       SELECT holder.owner_id FROM wallet_hold held JOIN wallet_account holder ON holder.id = held.account_id
       WHERE $5 AND held.tenant_id = $1 AND held.purpose = $4 AND held.amount > 0))
     ORDER BY a.id FOR NO KEY UPDATE OF a`,
    [tenantId, currency, plainArray(owners), purpose, withHolders],
    'wallet.lock',
  );
  const accounts = rows.map(({ owner_id: owner, hold: _hold, ...account }) => ({ owner, account }));
  const holds = rows.flatMap(({ id: accountId, hold }): Hold[] =>
    hold === null || hold === 0 ? [] : [{ accountId, purpose, amount: hold }],
  );
  return {
    ledger: {
      accounts: new Map(accounts.map(({ account }) => [account.id, account])),
      holds: new Map(holds.map((hold) => [holdKey(hold.accountId, hold.purpose), hold])),
      entries: new Map(),
    },
    byOwner: new Map(accounts.map(({ owner, account }) => [owner, account])),
  };
}

/** Entries with all their postings. */
export async function readEntries(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LedgerEntry>> {
  const rows = await tx.query<LedgerEntry>(
    `SELECT e.id, e.kind, e.currency, e.at,
       (SELECT jsonb_agg(jsonb_build_object('accountId', p.account_id, 'amount', p.amount) ORDER BY p.place)
        FROM wallet_posting p WHERE p.tenant_id = e.tenant_id AND p.entry_id = e.id) AS postings
     FROM wallet_entry e WHERE e.tenant_id = $1 AND e.id = ANY ($2::text[])`,
    [tenantId, textArray(ids)],
  );
  return new Map(rows.map((entry) => [entry.id, entry]));
}

/** Writes what operations have changed. The accounts are locked by `lockBooks`. `actor` says who did it. */
export function saveBooks(
  tx: Transaction,
  tenantId: string,
  { accounts, holds, entries }: LedgerChange,
  { actor, note = null }: Readonly<{ actor: string; note?: string | null }>,
): void {
  if (accounts.length > 0)
    tx.send(
      `UPDATE wallet_account a SET balance = new.balance, held = new.held
       FROM unnest($2::uuid[], $3::bigint[], $4::bigint[]) AS new (id, balance, held)
       WHERE a.tenant_id = $1 AND a.id = new.id`,
      [
        tenantId,
        plainArray(accounts.map(({ id }) => id)),
        plainArray(accounts.map(({ balance }) => balance)),
        plainArray(accounts.map(({ held }) => held)),
      ],
      'wallet.update',
    );
  if (holds.length > 0)
    tx.send(
      `INSERT INTO wallet_hold AS h (tenant_id, account_id, purpose, amount)
       SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::bigint[])
       ON CONFLICT (account_id, purpose) DO UPDATE SET amount = excluded.amount`,
      [
        tenantId,
        plainArray(holds.map(({ accountId }) => accountId)),
        textArray(holds.map(({ purpose }) => purpose)),
        plainArray(holds.map(({ amount }) => amount)),
      ],
      'wallet.hold',
    );
  if (entries.length > 0) insertEntries(tx, tenantId, entries, accounts, actor, note);
}

function insertEntries(
  tx: Transaction,
  tenantId: string,
  entries: readonly LedgerEntry[],
  accounts: readonly LedgerAccount[],
  actor: string,
  note: string | null,
): void {
  tx.send(
    `INSERT INTO wallet_entry (tenant_id, id, kind, currency, at, actor, note)
     SELECT $1, *, $6, $7 FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[])`,
    [
      tenantId,
      textArray(entries.map(({ id }) => id)),
      textArray(entries.map(({ kind }) => kind)),
      textArray(entries.map(({ currency }) => currency)),
      timeArray(entries.map(({ at }) => at)),
      actor,
      note,
    ],
  );
  const postings = withBalances(entries, accounts);
  tx.send(
    `INSERT INTO wallet_posting (tenant_id, entry_id, account_id, amount, balance)
     SELECT $1, entry, account, amount, balance
     FROM unnest($2::text[], $3::uuid[], $4::bigint[], $5::bigint[])
       WITH ORDINALITY AS new (entry, account, amount, balance, place)
     ORDER BY new.place`,
    [
      tenantId,
      textArray(postings.map(({ entryId }) => entryId)),
      plainArray(postings.map(({ accountId }) => accountId)),
      plainArray(postings.map(({ amount }) => amount)),
      plainArray(postings.map(({ balance }) => balance)),
    ],
  );
}

/** The postings of new entries with what each account has after them; `accounts` are as they are at the end. */
function withBalances(
  entries: readonly LedgerEntry[],
  accounts: readonly LedgerAccount[],
): readonly { entryId: string; accountId: string; amount: number; balance: number }[] {
  const postings = entries.flatMap(({ id: entryId, postings: some }) =>
    some.map((posting) => ({ entryId, ...posting })),
  );
  const balances = new Map(accounts.map(({ id, balance }) => [id, balance]));
  return postings
    .toReversed()
    .map((posting) => {
      const balance = balances.get(posting.accountId) ?? 0;
      balances.set(posting.accountId, balance - posting.amount);
      return { ...posting, balance };
    })
    .toReversed();
}

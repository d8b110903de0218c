import type { LedgerEntryKind } from 'twenty-mak-domain';
import { plainArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { OUTSIDE } from './ledger.repository.ts';

export interface WalletRow {
  readonly id: string;
  readonly owner_id: string;
  readonly owner_name: string | null;
  readonly currency: string;
  readonly balance: number;
  readonly held: number;
}

/** Who looks at a wallet. */
export type WalletViewer = 'owner' | 'other';

/** What is held for a lot whose bids are secret is nobody's business but the bidder's. */
const SECRET = `FROM wallet_hold h JOIN lot ON lot.tenant_id = h.tenant_id AND lot.id = h.purpose::uuid
WHERE lot.kind = 'sealed' AND lot.outcome IS NULL`;

const HELD: Readonly<Record<WalletViewer, string>> = {
  owner: 'w.held',
  other: `w.held - coalesce((SELECT sum(h.amount) ${SECRET} AND h.account_id = w.id), 0)::bigint AS held`,
};

function walletsFor(viewer: WalletViewer): string {
  return `SELECT w.id, w.owner_id, a.name AS owner_name, w.currency, w.balance, ${HELD[viewer]}
FROM wallet_account w LEFT JOIN account a ON a.tenant_id = w.tenant_id AND a.id = w.owner_id`;
}

export async function findWallet(
  tx: Transaction,
  tenantId: string,
  ownerId: string,
  currency: string,
  viewer: WalletViewer,
): Promise<WalletRow | undefined> {
  const [row] = await tx.query<WalletRow>(
    `${walletsFor(viewer)} WHERE w.tenant_id = $1 AND w.owner_id = $2 AND w.currency = $3`,
    [tenantId, ownerId, currency],
  );
  return row;
}

/** Wallets of others, in the order in which they were opened, after `after`. */
export async function listWallets(
  tx: Transaction,
  tenantId: string,
  after: string | null,
  limit: number,
): Promise<WalletRow[]> {
  return tx.query<WalletRow>(
    `${walletsFor('other')} WHERE w.tenant_id = $1 AND w.owner_id <> '${OUTSIDE}' AND ($2::uuid IS NULL OR w.id > $2)
     ORDER BY w.id LIMIT $3`,
    [tenantId, after, limit],
  );
}

export interface HoldRow {
  readonly purpose: string;
  readonly amount: number;
}

/** What an account has promised, the largest first. */
export async function listHolds(
  tx: Transaction,
  accountId: string,
  viewer: WalletViewer,
  limit: number,
): Promise<HoldRow[]> {
  return tx.query<HoldRow>(
    `SELECT purpose, amount FROM wallet_hold w WHERE account_id = $1 AND amount > 0
       AND ($2 = 'owner' OR NOT EXISTS (SELECT ${SECRET} AND h.account_id = w.account_id AND h.purpose = w.purpose))
     ORDER BY amount DESC, purpose LIMIT $3`,
    [accountId, viewer, limit],
  );
}

export interface StatementRow {
  readonly place: number;
  readonly entry_id: string;
  readonly kind: LedgerEntryKind;
  readonly amount: number;
  readonly balance: number;
  readonly at: number;
  readonly note: string | null;
}

/** What an account got and gave, the last first, before `before`. */
export async function readStatement(
  tx: Transaction,
  accountId: string,
  before: number | null,
  limit: number,
): Promise<StatementRow[]> {
  return tx.query<StatementRow>(
    `SELECT p.place, p.entry_id, e.kind, p.amount, p.balance, e.at, e.note
     FROM wallet_posting p JOIN wallet_entry e ON e.tenant_id = p.tenant_id AND e.id = p.entry_id
     WHERE p.account_id = $1 AND ($2::bigint IS NULL OR p.place < $2)
     ORDER BY p.place DESC LIMIT $3`,
    [accountId, before, limit],
  );
}

/** What a lot is called by; everybody who bids on it or sells it has seen that much of it. */
export interface LotNameRow {
  readonly id: string;
  readonly cities: readonly string[];
  readonly niches: readonly string[];
  readonly leads: number;
}

export async function readLotNames(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LotNameRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<LotNameRow>(
    'SELECT id, cities, niches, leads FROM lot WHERE tenant_id = $1 AND id = ANY ($2::uuid[])',
    [tenantId, plainArray([...new Set(ids)])],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Whether this account is the head of a company, which has a wallet; null when there is no such account. */
export async function isCompany(
  tx: Transaction,
  tenantId: string,
  accountId: string,
): Promise<boolean | null> {
  const [row] = await tx.query<{ company: boolean }>(
    `SELECT member_of IS NULL AND role IN ('partner', 'franchisee') AS company FROM account
     WHERE tenant_id = $1 AND id = $2`,
    [tenantId, accountId],
  );
  return row?.company ?? null;
}

/** What the currency of a tenant is, and what time it is for the ledger. */
export async function ledgerTime(
  tx: Transaction,
  tenantId: string,
): Promise<{ currency: string; now: number }> {
  const [row] = await tx.query<{ currency: string; now: number }>(
    `SELECT currency, date_trunc('milliseconds', clock_timestamp()) AS now FROM tenant WHERE id = $1`,
    [tenantId],
  );
  if (row === undefined) throw new Error(`tenant ${tenantId} is not visible in this transaction`);
  return row;
}

export async function saveProvider(
  tx: Transaction,
  tenantId: string,
  provider: string,
  secret: Buffer,
): Promise<void> {
  await tx.execute(
    `INSERT INTO payment_provider (tenant_id, provider, secret) VALUES ($1, $2, $3)
     ON CONFLICT (tenant_id, provider) DO UPDATE SET secret = excluded.secret, created_at = now()`,
    [tenantId, provider, secret],
  );
}

export async function deleteProvider(
  tx: Transaction,
  tenantId: string,
  provider: string,
): Promise<boolean> {
  const count = await tx.execute(
    'DELETE FROM payment_provider WHERE tenant_id = $1 AND provider = $2',
    [tenantId, provider],
  );
  return count > 0;
}

export interface ProviderRow {
  readonly provider: string;
  readonly created_at: number;
}

export async function listProviders(tx: Transaction, tenantId: string): Promise<ProviderRow[]> {
  return tx.query<ProviderRow>(
    'SELECT provider, created_at FROM payment_provider WHERE tenant_id = $1 ORDER BY provider',
    [tenantId],
  );
}

export async function findProviderSecret(
  tx: Transaction,
  tenantId: string,
  provider: string,
): Promise<Buffer | undefined> {
  const [row] = await tx.query<{ secret: Buffer }>(
    'SELECT secret FROM payment_provider WHERE tenant_id = $1 AND provider = $2',
    [tenantId, provider],
  );
  return row?.secret;
}

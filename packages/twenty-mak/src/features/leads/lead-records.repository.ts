import type { LeadKind } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { isUuid } from '../../platform/ids/index.ts';
import { isKnownSql, markChanged } from '../../platform/records/index.ts';

/** A lead as other systems may know it. */
export interface LeadRecordRow {
  readonly id: string;
  readonly merged: boolean;
  readonly title: string | null;
  readonly kind: LeadKind;
  readonly status: string;
  readonly source: string;
  readonly city: string | null;
  readonly niche: string | null;
  /** Null of a lead that a lot offers or has sold: only its band is known there. */
  readonly amount: number | null;
  readonly currency: string | null;
  /** E-mail address of who is responsible. */
  readonly owner: string | null;
  readonly partner_id: string | null;
  readonly franchisee_id: string | null;
  readonly deal_id: string | null;
}

/** Leads by id; of those that were merged into others the ones that other systems know. */
export async function findLeadRecords(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<LeadRecordRow[]> {
  return tx.query<LeadRecordRow>(
    `SELECT l.id, l.merged_into IS NOT NULL AS merged, l.title, l.kind, l.status, l.source, l.city, l.niche,
       CASE WHEN l.lot_id IS NULL THEN l.amount END AS amount, l.currency, lower(responsible.email) AS owner,
       partner.id AS partner_id, buyer.id AS franchisee_id, l.deal_id
     FROM lead l
     LEFT JOIN account responsible ON responsible.id = l.responsible_id
     LEFT JOIN account partner ON partner.id = l.partner_id AND partner.role = 'partner'
     LEFT JOIN account buyer ON buyer.id = l.buyer_id AND buyer.role = 'franchisee'
     WHERE l.tenant_id = $1 AND l.id = ANY ($2::uuid[])
       AND (l.merged_into IS NULL OR ${isKnownSql("'lead'", 'l.id::text')})`,
    [tenantId, ids.filter(isUuid)],
  );
}

/** Addresses in lower case, by account. */
export async function emailsOf(
  tx: Transaction,
  tenantId: string,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.query<{ id: string; email: string }>(
    'SELECT id, lower(email) AS email FROM account WHERE tenant_id = $1 AND id = ANY ($2::uuid[])',
    [tenantId, [...new Set(accountIds)]],
  );
  return new Map(rows.map(({ id, email }) => [id, email]));
}

/** Those of these ids that are of leads, also of such as were merged into others. */
export async function knownLeads(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM lead WHERE tenant_id = $1 AND id = ANY ($2::uuid[])',
    [tenantId, ids],
  );
  return rows.map(({ id }) => id);
}

/** Ids of leads that are there, in their order, after one of them. */
export async function listLeadIds(
  tx: Transaction,
  tenantId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM lead WHERE tenant_id = $1 AND merged_into IS NULL AND ($2::uuid IS NULL OR id > $2)
     ORDER BY id LIMIT $3`,
    [tenantId, after, limit],
  );
  return rows.map(({ id }) => id);
}

/** Leads as all others may know them, and as the head office does; in the order in which what waits is locked. */
const KINDS = ['lead', 'office_lead'] as const;

/** Tells other systems of leads. Those that came in together wait behind what changed one by one. */
export function tellOfLeads(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
  urgency: 'system' | 'backfill' = 'system',
): void {
  if (ids.length === 0) return;
  const changed = ids.map((id) => ({ id, urgency, fields: [] }));
  for (const kind of KINDS) markChanged(tx, tenantId, kind, changed);
}

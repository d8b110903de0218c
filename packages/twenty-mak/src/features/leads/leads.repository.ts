import type { ConsentAnswer, LeadKind, LeadOrigin } from 'twenty-mak-domain';
import { insertRows, updateRows } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { countWhere, placed } from '../segments/index.ts';
import type { MakeCondition } from '../segments/index.ts';
import { tellOfLeads } from './lead-records.repository.ts';

/** Instants are milliseconds. */
export interface LeadRow {
  readonly id: string;
  readonly status: string;
  readonly kind: LeadKind;
  readonly status_number: number;
  readonly status_since: number;
  readonly title: string | null;
  /** Key of the tenant's list. */
  readonly city: string | null;
  /** Key of the tenant's list. */
  readonly niche: string | null;
  readonly legal_form: string | null;
  readonly source: string;
  readonly handling: string | null;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly score: number | null;
  readonly responsible_id: string | null;
  readonly partner_id: string | null;
  readonly buyer_id: string | null;
  readonly lot_id: string | null;
  readonly deal_id: string | null;
  readonly consent: ConsentAnswer | null;
  readonly consent_at: number | null;
  readonly unlisted: boolean;
  readonly origin: LeadOrigin | null;
  readonly stamps: Readonly<Record<string, number>>;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
}

/** A lead as lists show it. */
export type ListedLead = LeadRow & { readonly duplicate: boolean };

const COLUMNS = {
  id: 'uuid',
  status: 'text',
  kind: 'text',
  status_number: 'int',
  status_since: 'timestamptz',
  title: 'text',
  city: 'text',
  niche: 'text',
  legal_form: 'text',
  source: 'text',
  handling: 'text',
  amount: 'bigint',
  currency: 'text',
  score: 'smallint',
  responsible_id: 'uuid',
  partner_id: 'uuid',
  buyer_id: 'uuid',
  lot_id: 'uuid',
  deal_id: 'uuid',
  consent: 'text',
  consent_at: 'timestamptz',
  unlisted: 'boolean',
  origin: 'jsonb',
  stamps: 'jsonb',
  version: 'int',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;

export const LEAD_COLUMNS = [...Object.keys(COLUMNS), 'duplicate']
  .map((name) => `l.${name}`)
  .join(', ');

/** Leads that are there, by id; those that were merged into others are not. `lock` holds them until the end. */
export async function findLeads(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
  lock = false,
): Promise<ListedLead[]> {
  if (ids.length === 0) return [];
  return tx.query<ListedLead>(
    `SELECT ${LEAD_COLUMNS} FROM lead l WHERE l.tenant_id = $1 AND l.id = ANY ($2::uuid[]) AND l.merged_into IS NULL
     ORDER BY l.id${lock ? ' FOR UPDATE' : ''}`,
    [tenantId, ids],
  );
}

/** The lead that this one was merged into, or the same: what was told of it before still leads somewhere. */
export async function survivorOf(tx: Transaction, tenantId: string, id: string): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `WITH RECURSIVE way AS (
       SELECT id, merged_into FROM lead WHERE tenant_id = $1 AND id = $2
       UNION SELECT l.id, l.merged_into FROM way JOIN lead l ON l.tenant_id = $1 AND l.id = way.merged_into)
     SELECT id FROM way WHERE merged_into IS NULL`,
    [tenantId, id],
  );
  return row?.id ?? id;
}

/** New leads wait for the comparison of their names from now on. */
export function insertLeads(tx: Transaction, tenantId: string, rows: readonly LeadRow[]): void {
  const columns = { ...COLUMNS, compare_at: 'timestamptz' } as const;
  const waiting = rows.map((row) => ({ ...row, compare_at: row.created_at }));
  insertRows(tx, tenantId, 'lead', columns, waiting);
  const ids = rows.map(({ id }) => id);
  tellOfLeads(tx, tenantId, ids, ids.length > 1 ? 'backfill' : 'system');
}

/** Saves leads as they are now; each counts one version on. */
export async function updateLeads(
  tx: Transaction,
  tenantId: string,
  rows: readonly LeadRow[],
): Promise<void> {
  const { version: _version, created_at: _created, ...columns } = COLUMNS;
  await updateRows(tx, tenantId, 'lead', columns, rows, 'version = lead.version + 1');
  tellOfLeads(
    tx,
    tenantId,
    rows.map(({ id }) => id),
  );
}

export interface LeadSort {
  readonly field: 'created_at' | 'updated_at' | 'status_since' | 'amount' | 'score';
  readonly descending: boolean;
}

/** One page in the order of `sort`; leads without an amount or score count as below zero. */
export async function listLeads(
  tx: Transaction,
  tenantId: string,
  where: readonly MakeCondition[],
  { field, descending }: LeadSort,
  after: { readonly value: number; readonly id: string } | null,
  limit: number,
): Promise<ListedLead[]> {
  const numeric = field === 'amount' || field === 'score';
  const key = numeric ? `coalesce(l.${field}, -1)` : `l.${field}`;
  const values: unknown[] = [tenantId];
  const conditions = [...placed(where, values)];
  if (after !== null) {
    values.push(numeric ? after.value : new Date(after.value), after.id);
    const [value, id] = [values.length - 1, values.length];
    conditions.push(
      `(${key}, l.id) ${descending ? '<' : '>'} ($${value}::${numeric ? 'bigint' : 'timestamptz'}, $${id}::uuid)`,
    );
  }
  values.push(limit);
  const direction = descending ? 'DESC' : 'ASC';
  return tx.query<ListedLead>(
    `SELECT ${LEAD_COLUMNS} FROM lead l
     WHERE l.tenant_id = $1 AND l.merged_into IS NULL ${conditions.map((one) => `AND ${one}`).join(' ')}
     ORDER BY ${key} ${direction}, l.id ${direction} LIMIT $${values.length}`,
    values,
  );
}

/** How many leads fulfil the conditions, counted up to `most`. */
export async function countLeadsWhere(
  tx: Transaction,
  tenantId: string,
  where: readonly MakeCondition[],
  most: number,
): Promise<number> {
  const from = 'lead l WHERE l.tenant_id = $1 AND l.merged_into IS NULL';
  return countWhere(tx, tenantId, from, where, most);
}

/** How many leads stand in each status, as far as the transaction may see them. */
export async function countLeads(
  tx: Transaction,
  tenantId: string,
): Promise<{ readonly status: string; readonly kind: LeadKind; readonly leads: number }[]> {
  return tx.query(
    `SELECT status, kind, count(*) AS leads FROM lead WHERE tenant_id = $1 AND merged_into IS NULL
     GROUP BY status, kind ORDER BY status`,
    [tenantId],
  );
}

import type { DuplicateMatch, MatchWay } from 'twenty-mak-domain';
import { insertRows } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { FoundLead } from './lead-contacts.repository.ts';
import type { PairDecision, PairState } from './lead-duplicates.dto.ts';

/** Most leads of one block: a block that more share says nothing of a name. */
const CROWD = 500;

/** Leads that share a block with one of these; those that share more come first. */
export async function leadsInBlocks(
  tx: Transaction,
  tenantId: string,
  digests: readonly string[],
  limit: number,
): Promise<Omit<FoundLead, 'digest' | 'way'>[]> {
  return tx.query(
    `SELECT l.id, l.kind, l.responsible_id, l.partner_id, l.buyer_id
     FROM (SELECT lead_id, count(*) AS shared FROM unnest($2::uuid[]) AS wanted (digest)
           CROSS JOIN LATERAL (SELECT lead_id FROM lead_block b WHERE b.tenant_id = $1 AND b.digest = wanted.digest
             ORDER BY lead_id LIMIT ${CROWD}) AS near
           GROUP BY lead_id ORDER BY shared DESC, lead_id LIMIT $3) AS found
     JOIN lead l ON l.id = found.lead_id AND l.merged_into IS NULL ORDER BY found.shared DESC, l.id`,
    [tenantId, digests, limit],
  );
}

/** Leads whose names wait to be compared, the oldest first; others that compare pass them over. */
export async function waitingLeads(
  tx: Transaction,
  tenantId: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM lead WHERE tenant_id = $1 AND compare_at IS NOT NULL
     ORDER BY compare_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [tenantId, limit],
  );
  return rows.map(({ id }) => id);
}

export function saveBlocks(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly string[],
  rows: readonly { readonly digest: string; readonly lead_id: string }[],
): void {
  tx.send('DELETE FROM lead_block WHERE tenant_id = $1 AND lead_id = ANY ($2::uuid[])', [
    tenantId,
    leadIds,
  ]);
  insertRows(
    tx,
    tenantId,
    'lead_block',
    { digest: 'uuid', lead_id: 'uuid' },
    rows,
    'ON CONFLICT DO NOTHING',
  );
}

/** Pairs of these leads and others that share a block, each once, and that nobody has compared yet. */
export async function pairsToCompare(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly string[],
): Promise<{ readonly lead_id: string; readonly other_id: string }[]> {
  return tx.query(
    `SELECT DISTINCT least(own.lead_id, near.lead_id) AS lead_id, greatest(own.lead_id, near.lead_id) AS other_id
     FROM lead_block own
     CROSS JOIN LATERAL (SELECT b.lead_id FROM lead_block b WHERE b.tenant_id = $1 AND b.digest = own.digest
       ORDER BY b.lead_id LIMIT ${CROWD}) AS near
     WHERE own.tenant_id = $1 AND own.lead_id = ANY ($2::uuid[]) AND near.lead_id <> own.lead_id
       AND NOT EXISTS (SELECT FROM lead_duplicate d WHERE d.tenant_id = $1
         AND d.lead_id = least(own.lead_id, near.lead_id) AND d.other_id = greatest(own.lead_id, near.lead_id))`,
    [tenantId, leadIds],
  );
}

/** Remembers pairs for people to decide, and marks their leads. A pair that was decided stays so. */
export function insertPairs(
  tx: Transaction,
  tenantId: string,
  pairs: readonly { readonly leadId: string; readonly match: DuplicateMatch }[],
  now: number,
): void {
  if (pairs.length === 0) return;
  const rows = pairs.map(({ leadId, match }) => {
    const [lead_id = '', other_id = ''] = [leadId, match.leadId].toSorted();
    return { lead_id, other_id, way: match.by, score: match.score, found_at: now };
  });
  insertRows(
    tx,
    tenantId,
    'lead_duplicate',
    { lead_id: 'uuid', other_id: 'uuid', way: 'text', score: 'smallint', found_at: 'timestamptz' },
    rows,
    'ON CONFLICT DO NOTHING',
  );
  markDuplicates(tx, tenantId, [...new Set(rows.flatMap((row) => [row.lead_id, row.other_id]))]);
}

/** Whether something about these leads is left to decide. */
export function markDuplicates(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly string[],
): void {
  tx.send(
    `UPDATE lead l SET duplicate = NOT l.duplicate
     FROM (SELECT id, EXISTS (SELECT FROM lead_duplicate d WHERE d.lead_id = id AND d.decision IS NULL)
             OR EXISTS (SELECT FROM lead_duplicate d WHERE d.other_id = id AND d.decision IS NULL) AS is_open
           FROM unnest($2::uuid[]) AS named (id)) AS found
     WHERE l.tenant_id = $1 AND l.id = found.id AND l.duplicate <> found.is_open`,
    [tenantId, leadIds],
  );
}

export interface PairRow {
  readonly lead_id: string;
  readonly other_id: string;
  readonly way: MatchWay;
  readonly score: number;
  readonly found_at: number;
  readonly decision: 'merged' | 'different' | 'later' | null;
  readonly decided_at: number | null;
  readonly decided_by: string | null;
}

const PAIR = `d.lead_id, d.other_id, d.way, d.score, d.found_at,
  CASE WHEN d.later AND d.decision IS NULL THEN 'later' ELSE d.decision END AS decision, d.decided_at, d.decided_by`;

/** What pairs are narrowed by; what is left out does not narrow. */
export interface PairFilter {
  readonly lead?: string | undefined;
  readonly state?: PairState | undefined;
  readonly by?: MatchWay | undefined;
  /** Of one of the two. */
  readonly source?: string | undefined;
  /** Of one of the two. */
  readonly responsible?: string | undefined;
}

const STATES: Readonly<Record<PairState, string>> = {
  open: 'd.decision IS NULL AND NOT d.later',
  later: 'd.decision IS NULL AND d.later',
  decided: 'd.decision IS NOT NULL',
};

/** The filter as a condition on `lead_duplicate d`, and its parameters. */
function conditionOf(
  tenantId: string,
  { lead, state, by, source, responsible }: PairFilter,
): { readonly sql: string; readonly values: unknown[] } {
  const values: unknown[] = [tenantId];
  const asks = (value: string | undefined, make: (name: string) => string): string[] =>
    value === undefined ? [] : [make(`$${values.push(value)}`)];
  const oneHas = (column: string) => (name: string) =>
    `EXISTS (SELECT FROM lead l WHERE l.id IN (d.lead_id, d.other_id) AND l.${column} = ${name})`;
  const parts = [
    'd.tenant_id = $1',
    ...(state === undefined ? [] : [STATES[state]]),
    ...asks(lead, (name) => `${name}::uuid IN (d.lead_id, d.other_id)`),
    ...asks(by, (name) => `d.way = ${name}`),
    ...asks(source, oneHas('source')),
    ...asks(responsible, (name) => oneHas('responsible_id')(`${name}::uuid`)),
  ];
  return { sql: parts.map((part) => `(${part})`).join(' AND '), values };
}

/** Pairs of a filter, the newest first. */
export async function listPairs(
  tx: Transaction,
  tenantId: string,
  filter: PairFilter,
  before: { readonly at: number; readonly leadId: string; readonly otherId: string } | null,
  limit: number,
): Promise<PairRow[]> {
  const { sql, values } = conditionOf(tenantId, filter);
  const next = values.length + 1;
  const after =
    before === null
      ? ''
      : `AND (d.found_at, d.lead_id, d.other_id) < ($${next}::timestamptz, $${next + 1}::uuid, $${next + 2}::uuid)`;
  if (before !== null) values.push(new Date(before.at), before.leadId, before.otherId);
  return tx.query<PairRow>(
    `SELECT ${PAIR} FROM lead_duplicate d WHERE ${sql} ${after}
     ORDER BY d.found_at DESC, d.lead_id DESC, d.other_id DESC LIMIT $${values.length + 1}`,
    [...values, limit],
  );
}

/** How many pairs of a filter there are, up to a limit. */
export async function countPairs(
  tx: Transaction,
  tenantId: string,
  filter: PairFilter,
  most: number,
): Promise<number> {
  const { sql, values } = conditionOf(tenantId, filter);
  const [row] = await tx.query<{ pairs: number }>(
    `SELECT count(*) AS pairs FROM (SELECT FROM lead_duplicate d WHERE ${sql} LIMIT $${values.length + 1}) AS counted`,
    [...values, most],
  );
  return row?.pairs ?? 0;
}

/** A pair; undefined when there is none. */
export async function findPair(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly [string, string],
): Promise<PairRow | undefined> {
  const [lead, other] = leadIds.toSorted();
  const [row] = await tx.query<PairRow>(
    `SELECT ${PAIR} FROM lead_duplicate d WHERE d.tenant_id = $1 AND d.lead_id = $2 AND d.other_id = $3`,
    [tenantId, lead, other],
  );
  return row;
}

/**
 * Decides a pair. Undefined when it cannot be: what somebody has decided is not put off, and what became of leads that
 * were merged is not taken back.
 */
export async function decidePair(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly [string, string],
  decision: PairDecision,
  by: string,
): Promise<PairRow | undefined> {
  const [lead, other] = leadIds.toSorted();
  const [row] = await tx.query<PairRow>(
    `UPDATE lead_duplicate d SET decision = CASE WHEN $4 = 'different' THEN 'different' END, later = ($4::text = 'later'),
       decided_at = CASE WHEN $4 <> 'open' THEN now() END, decided_by = CASE WHEN $4 <> 'open' THEN $5 END
     WHERE d.tenant_id = $1 AND d.lead_id = $2 AND d.other_id = $3
       AND (d.decision IS NULL OR (d.decision = 'different' AND $4 <> 'later'))
       AND NOT EXISTS (SELECT FROM lead l WHERE l.id IN (d.lead_id, d.other_id) AND l.merged_into IS NOT NULL)
     RETURNING ${PAIR}`,
    [tenantId, lead, other, decision, by],
  );
  return row;
}

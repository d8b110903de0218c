import type { DuplicateMatch, MatchWay } from 'twenty-mak-domain';
import { insertRows } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { FoundLead } from './lead-contacts.repository.ts';

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

export async function saveBlocks(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly string[],
  rows: readonly { readonly digest: string; readonly lead_id: string }[],
): Promise<void> {
  await tx.execute('DELETE FROM lead_block WHERE tenant_id = $1 AND lead_id = ANY ($2::uuid[])', [
    tenantId,
    leadIds,
  ]);
  await insertRows(
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
export async function insertPairs(
  tx: Transaction,
  tenantId: string,
  pairs: readonly { readonly leadId: string; readonly match: DuplicateMatch }[],
  now: number,
): Promise<void> {
  if (pairs.length === 0) return;
  const rows = pairs.map(({ leadId, match }) => {
    const [lead_id = '', other_id = ''] = [leadId, match.leadId].toSorted();
    return { lead_id, other_id, way: match.by, score: match.score, found_at: now };
  });
  await insertRows(
    tx,
    tenantId,
    'lead_duplicate',
    { lead_id: 'uuid', other_id: 'uuid', way: 'text', score: 'smallint', found_at: 'timestamptz' },
    rows,
    'ON CONFLICT DO NOTHING',
  );
  await markDuplicates(tx, tenantId, [
    ...new Set(rows.flatMap((row) => [row.lead_id, row.other_id])),
  ]);
}

/** Whether something about these leads is left to decide. */
export async function markDuplicates(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly string[],
): Promise<void> {
  await tx.execute(
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
  readonly decision: 'merged' | 'different' | null;
  readonly decided_at: number | null;
  readonly decided_by: string | null;
}

const PAIR =
  'd.lead_id, d.other_id, d.way, d.score, d.found_at, d.decision, d.decided_at, d.decided_by';

/** Pairs that are open, the newest first; of one lead all pairs. */
export async function listPairs(
  tx: Transaction,
  tenantId: string,
  leadId: string | null,
  before: { readonly at: number; readonly leadId: string; readonly otherId: string } | null,
  limit: number,
): Promise<PairRow[]> {
  return tx.query<PairRow>(
    `SELECT ${PAIR} FROM lead_duplicate d
     WHERE d.tenant_id = $1 AND (CASE WHEN $2::uuid IS NULL THEN d.decision IS NULL ELSE $2 IN (d.lead_id, d.other_id) END)
       AND ($3::timestamptz IS NULL OR (d.found_at, d.lead_id, d.other_id) < ($3, $4::uuid, $5::uuid))
     ORDER BY d.found_at DESC, d.lead_id DESC, d.other_id DESC LIMIT $6`,
    [
      tenantId,
      leadId,
      before === null ? null : new Date(before.at),
      before?.leadId ?? null,
      before?.otherId ?? null,
      limit,
    ],
  );
}

/** Decides a pair; undefined when there is none. */
export async function decidePair(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly [string, string],
  decision: 'merged' | 'different',
  by: string,
): Promise<PairRow | undefined> {
  const [lead, other] = leadIds.toSorted();
  const [row] = await tx.query<PairRow>(
    `UPDATE lead_duplicate d SET decision = $4, decided_at = now(), decided_by = $5
     WHERE d.tenant_id = $1 AND d.lead_id = $2 AND d.other_id = $3 RETURNING ${PAIR}`,
    [tenantId, lead, other, decision, by],
  );
  return row;
}

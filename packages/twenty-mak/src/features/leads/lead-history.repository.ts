import type { LeadOrigin } from 'twenty-mak-domain';
import { insertRows } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { HISTORY_KINDS } from './leads.dto.ts';

/** Lines that a history shows; more is a machine at work. */
const MOST_LINES = 500;

/** Instants are milliseconds. */
export interface HistoryLine {
  readonly kind: (typeof HISTORY_KINDS)[number];
  readonly at: number;
  readonly actor_id: string | null;
  readonly of_lead: string;
  readonly status: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly mover: string | null;
  readonly reason: string | null;
  readonly text: string | null;
  readonly answer: string | null;
  readonly evidence: string | null;
}

/** Changes of status and, as far as the transaction may see them, of origin, comments and answers about consent, the newest first. */
export async function findLeadHistory(
  tx: Transaction,
  tenantId: string,
  leadId: string,
): Promise<HistoryLine[]> {
  return tx.query<HistoryLine>(
    `SELECT * FROM (
       SELECT 'status' AS kind, at, actor_id, of_lead, to_status AS status, from_status AS "from", NULL AS "to",
         mover, reason, NULL AS text, NULL AS answer, NULL AS evidence, number AS step
       FROM lead_status_change WHERE tenant_id = $1 AND lead_id = $2
       UNION ALL
       SELECT part.kind, at, actor_id, of_lead, NULL, part.before, part.after, NULL, NULL, NULL, NULL, NULL, version
       FROM lead_origin_change CROSS JOIN LATERAL (VALUES ('source', from_source, to_source),
         ('partner', from_partner::text, to_partner::text)) AS part (kind, before, after)
       WHERE tenant_id = $1 AND lead_id = $2 AND part.before IS DISTINCT FROM part.after
       UNION ALL
       SELECT 'comment', created_at, author_id, lead_id, NULL, NULL, NULL, NULL, NULL, text, NULL, NULL, 0
       FROM lead_comment WHERE tenant_id = $1 AND lead_id = $2
       UNION ALL
       SELECT 'consent', recorded_at, recorded_by, lead_id, NULL, NULL, NULL, NULL, NULL, NULL, answer, evidence, 0
       FROM lead_consent WHERE tenant_id = $1 AND lead_id = $2) AS lines
     ORDER BY at DESC, step DESC LIMIT ${MOST_LINES}`,
    [tenantId, leadId],
  );
}

/** What was corrected of the origin of a lead. */
export interface OriginChange {
  readonly leadId: string;
  /** Of the lead, after the change. */
  readonly version: number;
  readonly from: LeadOrigin;
  readonly to: LeadOrigin;
  readonly at: number;
  readonly actorId: string;
}

export function insertOriginChange(
  tx: Transaction,
  tenantId: string,
  { leadId, version, from, to, at, actorId }: OriginChange,
): void {
  const columns = {
    of_lead: 'uuid',
    version: 'int',
    lead_id: 'uuid',
    from_source: 'text',
    to_source: 'text',
    from_partner: 'uuid',
    to_partner: 'uuid',
    at: 'timestamptz',
    actor_id: 'text',
  } as const;
  const row = {
    of_lead: leadId,
    version,
    lead_id: leadId,
    from_source: from.source,
    to_source: to.source,
    from_partner: from.partnerId,
    to_partner: to.partnerId,
    at,
    actor_id: actorId,
  };
  insertRows(tx, tenantId, 'lead_origin_change', columns, [row]);
}

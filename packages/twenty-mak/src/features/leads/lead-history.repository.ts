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
  readonly mover: string | null;
  readonly reason: string | null;
  readonly text: string | null;
  readonly answer: string | null;
  readonly evidence: string | null;
}

/** Changes of status, comments and answers about consent, the newest first. */
export async function findLeadHistory(
  tx: Transaction,
  tenantId: string,
  leadId: string,
): Promise<HistoryLine[]> {
  return tx.query<HistoryLine>(
    `SELECT * FROM (
       SELECT 'status' AS kind, at, actor_id, of_lead, to_status AS status, from_status AS "from", mover, reason,
         NULL AS text, NULL AS answer, NULL AS evidence, number AS step
       FROM lead_status_change WHERE tenant_id = $1 AND lead_id = $2
       UNION ALL
       SELECT 'comment', created_at, author_id, lead_id, NULL, NULL, NULL, NULL, text, NULL, NULL, 0
       FROM lead_comment WHERE tenant_id = $1 AND lead_id = $2
       UNION ALL
       SELECT 'consent', recorded_at, recorded_by, lead_id, NULL, NULL, NULL, NULL, NULL, answer, evidence, 0
       FROM lead_consent WHERE tenant_id = $1 AND lead_id = $2) AS lines
     ORDER BY at DESC, step DESC LIMIT ${MOST_LINES}`,
    [tenantId, leadId],
  );
}

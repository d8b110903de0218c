import { formatInstant } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { isUuid } from '../../platform/ids/index.ts';
import type { MakRecord } from '../../platform/records/index.ts';
import type { TaskRow } from './tasks.repository.ts';

type TaskRecordRow = Pick<TaskRow, 'id' | 'version' | 'title' | 'due_at' | 'status' | 'deal_id'> & {
  readonly assignee: string | null;
};

/** Tasks in the terms in which other systems hear of them. Those of no deal are nobody else's business. */
export async function readTaskRecords(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MakRecord>> {
  const known = ids.filter(isUuid);
  if (known.length === 0) return new Map();
  const rows = await tx.query<TaskRecordRow>(
    `SELECT t.id, t.version, t.title, t.due_at, t.status, t.deal_id, lower(a.email) AS assignee
     FROM task t LEFT JOIN account a ON a.tenant_id = t.tenant_id AND a.id = t.assignee_id
     WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.deal_id IS NOT NULL`,
    [tenantId, known],
  );
  return new Map(rows.map((row) => [row.id, recordOf(row)]));
}

export async function listOpenTaskIds(
  tx: Transaction,
  tenantId: string,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM task WHERE tenant_id = $1 AND status = 'open' AND deal_id IS NOT NULL AND ($2::uuid IS NULL OR id > $2)
     ORDER BY id LIMIT $3`,
    [tenantId, after, limit],
  );
  return rows.map(({ id }) => id);
}

/** Which of these deals are there, each with the one that it was merged into. */
export async function dealsThere(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = ids.filter(isUuid);
  if (known.length === 0) return new Map();
  const rows = await tx.query<{ id: string; now: string }>(
    'SELECT id, coalesce(merged_into, id) AS now FROM deal WHERE tenant_id = $1 AND id = ANY ($2::uuid[])',
    [tenantId, known],
  );
  return new Map(rows.map(({ id, now }) => [id, now]));
}

function recordOf(row: TaskRecordRow): MakRecord {
  return {
    version: row.version,
    values: {
      id: row.id,
      deal: row.deal_id,
      title: row.title === '' ? null : row.title,
      due_at: row.due_at === null ? null : formatInstant(row.due_at),
      status: row.status,
      assignee: row.assignee,
    },
  };
}
